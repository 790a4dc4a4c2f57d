"""Whose text may be where: nothing licensed is shipped, and what is non-commercial has a folder of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.questionnaires.conftest import OWN_FOLDER
from webapp.questionnaires.instruments import Instrument, Instruments, read_instruments

NON_COMMERCIAL = OWN_FOLDER / "non-commercial"
SCORING_ONLY = [
    "wsas",
    "pcs",
    "bpi-sf",
    "eq-5d-5l",
    "hads",
    "msk-hq",
    "pdi",
    "cpaq-8",
    "tsk-11",
    "fabq",
    "isi",
    "odi",
    "csi",
    "promis-global-10",
]


def says_non_commercial(instrument: Instrument) -> bool:
    licence = instrument.licence
    words = f"{licence.notice} {licence.evidence} {licence.holder}".lower()
    return "non-commercial" in words or "noncommercial" in words or re.search(r"\bnc\b", words) is not None


def test_only_what_may_be_shipped_has_its_text_here(shipped: Instruments) -> None:
    for each in shipped.by_id.values():
        assert each.licence.text_included is bool(each.texts), each.id
        assert not each.texts or each.licence.status in ("ship", "notice"), each.id


@pytest.mark.parametrize("name", SCORING_ONLY)
def test_no_text_of_a_licensed_questionnaire_is_here(shipped: Instruments, name: str) -> None:
    """A licensed instrument may be defined here, but its words may not."""
    files = [path for path in OWN_FOLDER.rglob("*.yml") if path.stem == name]
    assert all(re.search(r"^texts:", path.read_text(encoding="utf-8"), re.M) is None for path in files)
    assert name not in shipped.by_id or shipped.by_id[name].texts == {}
    assert name not in {each.id for each in shipped.offered_in("en")}


def test_non_commercial_texts_stand_only_in_their_folder(shipped: Instruments) -> None:
    inside = {each.id for each in shipped.by_id.values() if each.path.parent == NON_COMMERCIAL}
    assert inside == {"start-back", "who-5"}
    assert inside == {each.id for each in shipped.by_id.values() if each.texts and says_non_commercial(each)}


def test_a_packager_can_leave_the_non_commercial_folder_out(tmp_path: Path) -> None:
    folder = tmp_path / "questionnaires"
    shutil.copytree(OWN_FOLDER, folder)
    shutil.rmtree(folder / "non-commercial")
    left = read_instruments([folder])
    assert not {"start-back", "who-5"} & set(left.by_id)
    assert "phq-9" in left.by_id


def test_the_text_of_the_pseq_can_be_pulled_without_a_code_change(tmp_path: Path) -> None:
    """Its licence is provisional: its scoring stays, its words go, and nothing else breaks."""
    folder = tmp_path / "questionnaires"
    shutil.copytree(OWN_FOLDER, folder)
    (folder / "battery.yml").unlink()
    for name in ("pseq-10", "pseq-2"):
        path = folder / f"{name}.yml"
        words = path.read_text(encoding="utf-8").replace("text_included: true", "text_included: false")
        before, _, rest = words.partition("\ntexts:\n")
        _, _, examples = rest.partition("\nexamples:\n")
        path.write_text(f"{before}\nexamples:\n{examples}", encoding="utf-8")
    left = read_instruments([folder])
    assert {name: left.get(name).texts for name in ("pseq-10", "pseq-2")} == {"pseq-10": {}, "pseq-2": {}}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("start-back", "© Keele University 01/08/07. Funded by Arthritis Research UK."),
        ("who-5", "CC BY-NC-SA 3.0 IGO"),
        ("fft", "Open Government Licence v3.0"),
        ("ucla-3", "Open Government Licence v3.0"),
        ("sus", "John Brooke"),
        ("self-rated-health", "developed at RAND as part of the Medical Outcomes Study"),
        ("pseq-10", "© Michael K. Nicholas"),
        ("pseq-2", "© Michael K. Nicholas"),
        ("phq-9", "Copyright © Pfizer Inc."),
    ],
)
def test_the_line_that_must_be_kept_is_kept(shipped: Instruments, name: str, line: str) -> None:
    assert line in shipped.get(name).licence.notice


def rows_with_text(shipped: Instruments) -> list[str]:
    """The first table of `LICENCES.md`, from the files."""
    terms = {"ship": "free", "notice": "notice"}
    return [
        f"| {each.id} | {terms[each.licence.status]} | {each.licence.holder} | {each.licence.notice} "
        f"| {each.licence.evidence} |"
        for each in shipped.by_id.values()
        if each.texts
    ]


def rows_without_text(shipped: Instruments) -> list[str]:
    """Its second table."""
    return [
        f"| {each.id} | {each.measures} | {each.licence.holder} | {each.licence.evidence} |"
        for each in shipped.by_id.values()
        if not each.texts
    ]


def test_the_tables_of_licences_say_what_the_files_say(shipped: Instruments) -> None:
    written = (OWN_FOLDER / "LICENCES.md").read_text(encoding="utf-8").splitlines()
    found = [line for line in written if re.match(r"\| [a-z0-9-]*[a-z0-9] \| ", line)]
    assert found == rows_with_text(shipped) + rows_without_text(shipped)


def test_only_the_licensed_questionnaires_are_without_text(shipped: Instruments) -> None:
    assert {each.id for each in shipped.by_id.values() if not each.texts} == set(SCORING_ONLY)
