"""A service with a licence puts a questionnaire into a folder of its own: it is asked, scored and shown, without code.

Everything in the folder is made up, also the words of the ISI: the real ones are not ours to print.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.questionnaires.sittings import PAIN, begin, finish_module_1, send, tap_all
from webapp.commands import main
from webapp.foundations.database import db
from webapp.questionnaires.instruments import QuestionnairesRefused, read_instruments
from webapp.questionnaires.models import ScoreRow

OURS = Path(__file__).resolve().parents[2] / "content" / "questionnaires"
OURS_READ = read_instruments([OURS])

GARDEN = """\
id: garden-index
version: 3
citation: Made up for a test (Nobody 2026)
measures: how the garden is
topic: other
recall: P7D
minutes: 1
licence:
  status: plugin
  holder: The Garden Institute
  notice: Garden Index © The Garden Institute.
  evidence: The licence of the Garden Institute, number 12.
  permission: The Garden Institute, 2 November 2026
  text_included: true
items:
  - {id: q1, min: 0, max: 4}
  - {id: q2, min: 0, max: 4}
  - {id: q3, min: 0, max: 4, reverse: true}
scoring:
  method: sum
  range: [0, 12]
  direction: high_better
  decimals: 0
  missing: {max_missing: 1, source: Nobody 2026}
  bands:
    staff_only: true
    source: Nobody 2026
    levels: [{id: bare, from: 0, to: 5}, {id: green, from: 6, to: 12}]
  change:
    lead: grown
    rules: [{id: grown, purpose: matters, points: 3, method: made up, source: Nobody 2026, standing: read}]
names:
  en: {heading: The garden, short: Garden score, bands: {bare: Bare, green: Green}}
  cy: {heading: Yr ardd, short: Sgôr yr ardd, bands: {bare: Moel, green: Gwyrdd}}
texts:
  en:
    title: Garden Index
    source: The Garden Institute, form 3
    stem: In the past week, how often did you see these in your garden?
    items: {q1: A robin on the spade, q2: A bee in the beans, q3: A slug on the salad}
    labels: {0: Never at all, 4: Every single day}
examples:
  - {answers: "4,3,1", total: 10, band: green, source: "hand-worked: 4 + 3 + (4 - 1) = 10"}
  - {answers: "4,3,-", total: 10.5, missing: [q3], source: "hand-worked: 7 + 7/2 = 10.5"}
"""
BATTERY = """\
id: hillside
version: 1
source: The service's own choice, for a test.
time_points:
  - id: baseline
    sittings:
      - id: baseline-pain
        instruments: [garden-index, isi]
        opens: {milestone: module-1-finished}
        window_days: 21
"""
MADE_UP_TEXTS = """
texts:
  en:
    title: A made-up text for the ISI
    source: written for this test
    items:
      q1: Made-up question one
      q2: Made-up question two
      q3: Made-up question three
      q4: Made-up question four
      q5: Made-up question five
      q6: Made-up question six
      q7: Made-up question seven
    labels: {0: Made-up least, 4: Made-up most}
"""


def with_text(ours: str) -> str:
    """Our file without text, completed exactly as its first lines say."""
    permitted = "text_included: true\n  permission: the owner (made up), 1 November 2026"
    return ours.replace("text_included: false", permitted) + MADE_UP_TEXTS


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The service's folder, outside the repository."""
    folder = tmp_path_factory.mktemp("hillside")
    ours = (OURS / "scoring-only" / "isi.yml").read_text(encoding="utf-8")
    for name, text in (("garden-index", GARDEN), ("battery", BATTERY), ("isi", with_text(ours))):
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hillside_app(
    postgres: Any, database_name: str, own_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application as it starts with that folder."""
    from webapp import create_app
    from webapp.foundations.settings import load_settings

    settings = load_settings(
        environment="test",
        secret_key="only for a garden " * 3,
        database_url=postgres.url("waymark_app", database_name),
        owner_database_url=postgres.url("waymark_owner", database_name),
        var_folder=tmp_path_factory.mktemp("var"),
        extra_questionnaires=(own_folder,),
    )
    app = create_app(settings)
    app.test_client_class = LookingClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def hillside(hillside_app: Flask) -> Iterator[tuple[LookingClient, Cast]]:
    """A browser and the cast in that application."""
    from tests.conftest import rolled_back

    with rolled_back(hillside_app):
        yield hillside_app.test_client(), Cast(hillside_app)  # type: ignore[misc]


def scored(*words: str) -> dict[str, Any]:
    """What `waymark questionnaires score` prints."""
    result = CliRunner().invoke(main, ["questionnaires", "score", *words])
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.output)
    return told


def test_the_folder_is_checked_and_listed_like_our_own(own_folder: Path) -> None:
    folder = ["--folder", str(own_folder)]
    assert CliRunner().invoke(main, ["questionnaires", "check", *folder]).exit_code == 0
    listed = CliRunner().invoke(main, ["questionnaires", "list", *folder]).output.splitlines()
    assert next(line.split()[:4] for line in listed if line.startswith("garden-index")) == [
        "garden-index", "3", "3", "0",
    ]  # fmt: skip
    isi = next(line for line in listed if line.startswith("isi "))
    assert " en " in isi and " yes " in isi


def test_it_is_scored_on_the_command_line(own_folder: Path) -> None:
    told = scored("garden-index", "4,3,1", "--folder", str(own_folder))
    assert (told["id"], told["version"], told["total"], told["band"]) == ("garden-index", 3, 10, "green")
    assert scored("garden-index", "4,-,1", "--folder", str(own_folder))["missing"] == ["q2"]
    unknown = CliRunner().invoke(main, ["questionnaires", "score", "garden-index", "4,3,1"])
    assert unknown.exit_code == 2 and "there is no questionnaire 'garden-index'" in unknown.output


def test_a_patient_answers_it_in_its_own_words(hillside: tuple[LookingClient, Cast]) -> None:
    client, cast = hillside
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    page = begin(client, PAIN)
    assert page.path == f"{PAIN}/garden-index/q1"
    assert page.heading == "A robin on the spade"
    assert "In the past week, how often did you see these in your garden?" in page.text
    assert "Never at all" in page.text and "Every single day" in page.text
    assert "Garden Index © The Garden Institute." in page.text
    page = tap_all(client, PAIN, "garden-index", [4, 3, 1])
    assert page.path == f"{PAIN}/isi/q1"
    assert page.heading == "Made-up question one"
    tap_all(client, PAIN, "isi", [1, 2, 1, 0, 0, 3, 2])
    done = send(client, PAIN)
    assert "Your garden score is 10 out of 12" in done.text
    assert "Your sleep score is 9 out of 28" in done.text
    assert "Green" not in done.text and "8 to 14" not in done.text  # bands are for staff
    totals = {row.instrument: row.total for row in db.session.scalars(select(ScoreRow))}
    assert {name: str(total.normalize()) for name, total in totals.items() if total is not None} == {
        "garden-index": "1E+1",
        "isi": "9",
    }


def test_the_clinician_sees_it_in_the_story_and_in_answers_to_read(
    hillside: tuple[LookingClient, Cast],
) -> None:
    client, cast = hillside
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    begin(client, PAIN)
    tap_all(client, PAIN, "garden-index", [0, 1, 4])
    tap_all(client, PAIN, "isi", [4, 4, 4, 4, 4, 4, 4])
    send(client, PAIN)
    cast.signs_in(client, "carol")
    assert "The garden" in client.page("/answers").text
    patient = f"/patients/{id_of(cast.asha.patient)}"
    story = client.page(patient).text
    assert "The garden (GARDEN-INDEX)" in story and "Your garden score is 1 out of 12." in story
    assert "Sleep (ISI)" in story and "Your sleep score is 28 out of 28." in story
    links = [link.get("href") or "" for link in client.page("/answers").all("a")]
    words = client.page(next(href for href in links if href.startswith(f"{patient}/answers/"))).text
    assert "A slug on the salad" in words and "Made-up question seven" in words


def test_a_completed_file_takes_the_place_of_ours_and_scores_alike(own_folder: Path) -> None:
    ours, theirs = OURS_READ, read_instruments([OURS, own_folder])
    assert (ours.get("isi").languages, theirs.get("isi").languages) == ((), ("en",))
    assert theirs.get("isi").path.parent == own_folder
    assert theirs.get("isi").definition == ours.get("isi").definition
    assert theirs.battery is not None and theirs.battery.id == "hillside"
    answers = "1,2,1,0,0,3,2"
    assert scored("isi", answers) == scored("isi", answers, "--folder", str(own_folder))


def completed(name: str) -> str:
    """One of our files with made-up words for each of its questions."""
    items = OURS_READ.get(name).definition.items
    words = [f"      {item.id}: Made-up words for {item.id}" for item in items]
    ends = [f"      {item.id}: {{{item.minimum}: Least, {item.maximum}: Most}}" for item in items]
    head = ["", "texts:", "  en:", "    title: Made up", "    source: Made up", "    items:"]
    texts = "\n".join([*head, *words, "    item_labels:", *ends, ""])
    ours = OURS_READ.get(name).path.read_text(encoding="utf-8")
    return with_text(ours).replace(MADE_UP_TEXTS, texts)


def test_every_file_without_text_can_be_completed_as_its_first_lines_say(tmp_path: Path) -> None:
    without = [name for name, each in OURS_READ.by_id.items() if not each.licence.text_included]
    for name in without:
        (tmp_path / f"{name}.yml").write_text(completed(name), encoding="utf-8")
    found = read_instruments([OURS, tmp_path])
    assert len(without) >= 12
    for name in without:
        assert found.get(name).languages == ("en",)
        assert found.get(name).path.parent == tmp_path
        assert found.get(name).definition == OURS_READ.get(name).definition


def test_text_without_a_permission_is_refused(own_folder: Path, tmp_path: Path) -> None:
    without = GARDEN.replace("  permission: The Garden Institute, 2 November 2026\n", "")
    (tmp_path / "garden-index.yml").write_text(without, encoding="utf-8")
    with pytest.raises(QuestionnairesRefused, match="who gave it, and when"):
        read_instruments([OURS, tmp_path])
