"""A new exercise kind is one file, its template and its tests: the example of decision 9 is put in, and works."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from webapp.course import entries
from webapp.course.exercises import registered, registry

DECISION = Path(__file__).resolve().parents[2] / "docs" / "decisions" / "0009-tools.md"


def example(language: str) -> str:
    """The example of the decision in this language."""
    return re.findall(rf"```{language}\n(.*?)```", DECISION.read_text(encoding="utf-8"), re.DOTALL)[0]


@pytest.fixture
def small_wins(app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """The two files of the example and its one line of registration, and nothing else."""
    package = import_module("webapp.course.exercises")
    (tmp_path / "small_wins.py").write_text(example("python"), encoding="utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    *others, (group, names) = registered.GROUPS
    monkeypatch.setattr(registered, "GROUPS", (*others, (group, (*names, "small-wins"))))
    for module in (registered, registry):
        monkeypatch.setattr(module, "TOOLS", (*registered.TOOLS, "small-wins"))
    template = DictLoader({"exercises/small-wins.jinja": example("jinja")})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([template, app.jinja_env.loader]))
    registry.tools.cache_clear()
    yield
    registry.tools.cache_clear()
    sys.modules.pop("webapp.course.exercises.small_wins", None)


def test_the_example_of_the_decision_works_as_it_stands(
    client: LookingClient, cast: Cast, small_wins: None
) -> None:
    cast.signs_in(client, "asha")
    assert "Small wins" in client.page("/toolbox").text
    page = client.submit("/tools/small-wins/evening/new", {"win": "Tea in the garden"})
    assert "You noted something on 1 day this week." in page.text and "Tea in the garden" in page.text
    assert "Tea in the garden" in client.page("/tools/small-wins/print").text
    assert "What went well enough today?" in client.page("/tools/small-wins/blank").text
    client.submit("/tools/small-wins", {"said": "yes"}, form="/share")
    cast.signs_in(client, "carol")
    path = f"/patients/{id_of(cast.asha.patient)}/tools/small-wins"
    assert "Tea in the garden" in client.page(path).text
    cast.enter(cast.asha)
    assert [used.tool for used in entries.used_tools(cast.asha.actor, id_of(cast.asha.patient))] == [
        "small-wins"
    ]
