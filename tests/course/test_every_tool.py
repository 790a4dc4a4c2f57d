"""What holds for every tool: a walk through the registry."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tests.cast import Cast, id_of
from tests.course.filling import fill_in, samples_of, turn_energy_mode_on
from tests.looking import LookingClient
from tests.page import Page
from webapp.course import entries
from webapp.course.exercises import registered
from webapp.course.exercises.registry import tools
from webapp.foundations.database import db

NAMES = list(registered.TOOLS)


def asks_for_more(page: Page) -> bool:
    return any(element.get("data-asks-more") is not None for element in page.tree.iter())


def test_every_registered_tool_is_there() -> None:
    assert list(tools()) == NAMES
    for name in NAMES:
        assert find_spec(f"tests.course.exercises.test_{name.replace('-', '_')}"), f"{name} has no tests"


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_empty_and_filled_and_prints(client: LookingClient, cast: Cast, name: str) -> None:
    kind = tools()[name]
    cast.signs_in(client, "asha")
    assert client.page(f"/tools/{name}").status == 200
    fill_in(cast, cast.asha, kind)
    for path in (f"/tools/{name}", f"/tools/{name}/print", f"/tools/{name}/blank"):
        assert client.page(path).status == 200, path
    for sheet in kind.sheets:
        assert samples_of(name).get(sheet.name), f"{name}: the sheet {sheet.name} has no sample"


@pytest.mark.parametrize("name", NAMES)
def test_the_team_reads_it_once_it_is_shared(client: LookingClient, cast: Cast, name: str) -> None:
    kind = tools()[name]
    fill_in(cast, cast.asha, kind)
    entries.share_tool(kind, True, patient_id=id_of(cast.asha.patient), by=cast.asha.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    page = client.page(f"/patients/{id_of(cast.asha.patient)}/tools/{name}")
    assert page.status == 200
    own = [link for link in page.all("a") if (link.get("href") or "").startswith("/tools/")]
    assert not own, "a link to the patient's own pages stands on the team's page"


@pytest.mark.parametrize("name", NAMES)
def test_energy_mode_is_obeyed(client: LookingClient, cast: Cast, name: str) -> None:
    kind = tools()[name]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, kind)
    paths = [f"/tools/{name}", f"/tools/{name}/print"]
    if kind.asks_more:
        assert any(asks_for_more(client.page(path)) for path in paths), "nothing is marked as asking for more"
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    for path in paths:
        assert not asks_for_more(client.page(path)), path


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_have_a_source_and_sane_limits(name: str) -> None:
    for number in tools()[name].numbers:
        assert str(number.source) and number.low <= number.default <= number.high
        assert number.key.startswith(name.replace("-", "_")), "a key begins with the tool's name"
