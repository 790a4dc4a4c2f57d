"""The published wording, to the letter: an accidental edit of a text, a code or a licence line fails here.

To change a text on purpose: compare it with its source, raise the file's `version`, pin the fingerprint.
"""

from __future__ import annotations

import pytest

from tests.questionnaires.conftest import OWN_FOLDER
from webapp.questionnaires.asked import questions_of
from webapp.questionnaires.instruments import Instrument, Instruments
from webapp.questionnaires.rules import Better

PINNED = {
    ("fft", 1): "98d609e707a2a2a284d375d9cfcc70b50473004bc98dc089841f8f78353372be",
    ("gad-7", 1): "48c46f676a19be332a7057e29c0f44f21d4d3e120ac4ffeadab5b3c391dbe744",
    ("house-about-you", 1): "b5c0c8d33f1647de74e3518b4aa268fef482ebc28d223950a0fe42fb40a44fea",
    ("house-sleep", 1): "9bf6b30f34e238c35c7fd8de80cc320fc57d4f71928ece755134cf05076a5644",
    ("pain-nrs", 1): "7a4d3ba487139b605e93bc198901e7f5d33be851a7cd3e00650d2c73f624c967",
    ("peg-3", 1): "4c127bb554293e932a54aab969c75516a0e47d7737eb34c6b03b59235f329564",
    ("pgic", 1): "98441720601950efe0f2858388da472523889e3ed657d250cae21dcf47a9f97b",
    ("phq-4", 1): "f99a2ee2b7efa8e5996b47b81017d5d1a697c645f3d315ece669fb60604f2f88",
    ("phq-8", 1): "fa7bbb23d684c05df01f73fa44d5f3704214c518be1bacca203c08c43a4d1c90",
    ("phq-9", 1): "72cab79139483857fb7a06c0299302bbacda80e21dd4a23fc185b191a3f4c04f",
    ("pseq-10", 1): "83244c2fd0c5402c93bea0fcb1df1d2fff9240db85852ce62aef0f6c215a40ae",
    ("pseq-2", 1): "56cb1db75d685e928e990033e2f907b42b79b595baba00736d0933b393ff51ad",
    ("rmdq-24", 1): "d4e3f8bb91e8c74df6842ea63c3fa8d406a162097d02edc918fa50b8efdfa346",
    ("self-rated-health", 1): "f614af0419f60e2eefc6aee3844a1ebfb04a80254bb6de0b62a19d64626f5d21",
    ("start-back", 1): "10a1ffd69bacb75e1870f41238bc29f0166fc328891027a5c94f64c72a18a3d9",
    ("sus", 1): "b1d208bb93cfef8467f3c401a049825b60b4bf11fdea354843ab10c6071ba274",
    ("ucla-3", 1): "26773592b78e4123f24c1add2248135a4aef29853b6685e12ba7604ea629b0f6",
    ("who-5", 1): "d620080f7311469f5645757a4572baa7d7589940ca1ffe064e265a861892b138",
}
OPTIONS_OF_THE_PHQ = {0: "Not at all", 1: "Several days", 2: "More than half the days", 3: "Nearly every day"}


def with_text(shipped: Instruments) -> list[Instrument]:
    """The questionnaires whose text is here, by id."""
    return [each for each in shipped.by_id.values() if each.texts]


@pytest.mark.parametrize("pinned", sorted(PINNED), ids=lambda pinned: pinned[0])
def test_the_text_is_as_it_was_checked(shipped: Instruments, pinned: tuple[str, int]) -> None:
    instrument = shipped.get(pinned[0])
    assert (instrument.version, instrument.texts["en"].fingerprint) == (pinned[1], PINNED[pinned])


def test_every_text_that_is_shipped_is_pinned(shipped: Instruments) -> None:
    assert {(each.id, each.version) for each in with_text(shipped)} == set(PINNED)
    assert len(PINNED) >= 14


@pytest.mark.parametrize("name", ["phq-4", "phq-8", "phq-9", "gad-7"])
def test_stem_options_and_licence_line_of_the_phq_family(shipped: Instruments, name: str) -> None:
    texts = shipped.get(name).texts["en"]
    assert texts.stem == (
        "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    )
    scored = [item for item in texts.items if item != "q10"]
    assert all(texts.labels_of(item) == OPTIONS_OF_THE_PHQ for item in scored)
    assert "No permission required to reproduce, translate, display or distribute." in (
        shipped.get(name).licence.notice
    )


def test_the_phq_8_and_the_phq_4_do_not_ask_about_self_harm(shipped: Instruments) -> None:
    """The ninth question of the PHQ-9 is asked only where somebody reads the answer."""
    asking = [
        (each.id, item)
        for each in with_text(shipped)
        for item, text in each.texts["en"].items.items()
        if "better off dead" in text
    ]
    assert asking == [("phq-9", "q9")]


def test_only_item_9_of_the_phq_9_must_be_seen_by_a_person(shipped: Instruments) -> None:
    alerts = {
        (each.id, item.id): item.alert_from
        for each in shipped.by_id.values()
        for item in each.definition.items
        if item.alert_from is not None
    }
    assert alerts == {("phq-9", "q9"): 1}
    assert shipped.get("phq-9").definition.scale.missing.never == ("q9",)


def test_the_tenth_question_of_the_phq_9_has_options_and_codes_of_its_own(shipped: Instruments) -> None:
    phq = shipped.get("phq-9")
    assert phq.texts["en"].labels_of("q10") == {
        0: "Not difficult at all",
        1: "Somewhat difficult",
        2: "Very difficult",
        3: "Extremely difficult",
    }
    assert phq.codes.answers_of("q10") == {0: "LA6572-7", 1: "LA6573-5", 2: "LA6575-0", 3: "LA6574-3"}
    assert phq.codes.answers_of("q9") == {0: "LA6568-5", 1: "LA6569-3", 2: "LA6570-1", 3: "LA6571-9"}


@pytest.mark.parametrize(
    ("short_form", "long_form"),
    [
        ("phq-4/q1", "gad-7/q1"),
        ("phq-4/q2", "gad-7/q2"),
        ("phq-4/q3", "phq-8/q1"),
        ("phq-4/q4", "phq-8/q2"),
        ("phq-4/q3", "phq-9/q1"),
        ("phq-4/q4", "phq-9/q2"),
        ("pseq-2/q1", "pseq-10/q5"),
        ("pseq-2/q2", "pseq-10/q9"),
        *((f"phq-8/q{number}", f"phq-9/q{number}") for number in range(1, 9)),
    ],
)
def test_the_same_question_has_the_same_words_and_each_names_the_other(
    shipped: Instruments, short_form: str, long_form: str
) -> None:
    (short, short_item), (long, long_item) = short_form.split("/"), long_form.split("/")
    here, there = shipped.get(short), shipped.get(long)
    assert here.texts["en"].items[short_item] == there.texts["en"].items[long_item]
    assert here.texts["en"].labels_of(short_item) == there.texts["en"].labels_of(long_item)
    assert here.texts["en"].stem == there.texts["en"].stem
    assert here.texts["en"].instruction == there.texts["en"].instruction
    assert here.codes.items.get(short_item) == there.codes.items.get(long_item)
    assert long_form in here.definition.item(short_item).same_as
    assert short_form in there.definition.item(long_item).same_as


def test_average_pain_of_the_past_week_is_one_question_under_two_wordings(shipped: Instruments) -> None:
    number, peg = shipped.get("pain-nrs"), shipped.get("peg-3")
    assert (number.definition.item("q1").same_as, peg.definition.item("q1").same_as) == (
        ("peg-3/q1",),
        ("pain-nrs/q1",),
    )
    assert number.texts["en"].labels_of("q1") == peg.texts["en"].labels_of("q1")
    assert (number.recall, number.codes.items["q1"]) == (peg.recall, peg.codes.items["q1"])


def test_the_ends_of_the_peg_differ_between_pain_and_interference(shipped: Instruments) -> None:
    texts = shipped.get("peg-3").texts["en"]
    assert texts.labels_of("q1") == {0: "No pain", 10: "Pain as bad as you can imagine"}
    assert texts.labels_of("q2") == texts.labels_of("q3")
    assert texts.labels_of("q3") == {0: "Does not interfere", 10: "Completely interferes"}


def test_the_misprint_in_the_roland_morris_is_mended_and_its_sentences_are_ticked(
    shipped: Instruments,
) -> None:
    rmdq = shipped.get("rmdq-24")
    assert rmdq.texts["en"].items["q9"] == "I get dressed more slowly than usual because of my back."
    assert {item.kind.value for item in rmdq.definition.items} == {"tick"}
    assert len(rmdq.definition.items) == 24
    assert "only tick the sentence if you are sure" in (rmdq.texts["en"].instruction or "")


def test_the_global_impression_of_change_is_the_one_in_which_low_is_better(shipped: Instruments) -> None:
    """The form of Hurst and Bolton runs the other way, and has one code for no change and for worse."""
    pgic = shipped.get("pgic")
    assert pgic.definition.scale.better is Better.LOW
    assert list(pgic.texts["en"].labels_of("q1").items()) == [
        (1, "Very much improved"),
        (2, "Much improved"),
        (3, "Minimally improved"),
        (4, "No change"),
        (5, "Minimally worse"),
        (6, "Much worse"),
        (7, "Very much worse"),
    ]
    every_word = " ".join(pgic.texts["en"].labels.values()).lower()
    assert "great deal better" not in every_word and "condition has got worse" not in every_word


@pytest.mark.parametrize(
    ("name", "item", "printed"),
    [
        (
            "fft",
            "q1",
            ["Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don’t know"],
        ),
        (
            "who-5",
            "q1",
            [
                "All of the time",
                "Most of the time",
                "More than half of the time",
                "Less than half of the time",
                "Some of the time",
                "At no time",
            ],
        ),
        ("ucla-3", "q2", ["Hardly ever or never", "Some of the time", "Often"]),
        ("self-rated-health", "q1", ["Excellent", "Very good", "Good", "Fair", "Poor"]),
        ("start-back", "q1", ["Disagree", "Agree"]),
        ("start-back", "q9", ["Not at all", "Slightly", "Moderately", "Very much", "Extremely"]),
    ],
)
def test_the_options_are_in_their_printed_order(
    shipped: Instruments, name: str, item: str, printed: list[str]
) -> None:
    assert list(shipped.get(name).texts["en"].labels_of(item).values()) == printed


@pytest.mark.parametrize(
    ("name", "item", "values"),
    [
        ("who-5", "q1", (5, 4, 3, 2, 1, 0)),
        ("pgic", "q1", (1, 2, 3, 4, 5, 6, 7)),
        ("peg-3", "q1", tuple(range(11))),
        ("sus", "q1", (1, 2, 3, 4, 5)),
        ("fft", "why", ()),
    ],
)
def test_a_question_offers_its_answers_in_that_order(
    shipped: Instruments, name: str, item: str, values: tuple[int, ...]
) -> None:
    (question,) = (
        each
        for each in questions_of([shipped.get(name)], "en", answered={(name, item): None})
        if each.item.id == item
    )
    assert question.values == values


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("gad-7", Better.LOW),
        ("house-sleep", Better.LOW),
        ("pain-nrs", Better.LOW),
        ("peg-3", Better.LOW),
        ("pgic", Better.LOW),
        ("phq-4", Better.LOW),
        ("phq-8", Better.LOW),
        ("phq-9", Better.LOW),
        ("pseq-10", Better.HIGH),
        ("pseq-2", Better.HIGH),
        ("rmdq-24", Better.LOW),
        ("self-rated-health", Better.LOW),
        ("start-back", Better.LOW),
        ("sus", Better.HIGH),
        ("ucla-3", Better.LOW),
        ("who-5", Better.HIGH),
    ],
)
def test_which_end_is_better(shipped: Instruments, name: str, better: Better) -> None:
    assert shipped.get(name).definition.scale.better is better


def test_they_are_offered_in_english_only_and_named_in_welsh(shipped: Instruments) -> None:
    assert {each.id for each in shipped.offered_in("en")} == {name for name, _ in PINNED}
    assert shipped.offered_in("cy") == ()
    assert shipped.get("pseq-10").names_in("cy").heading == "Hyder"
    assert shipped.get("pseq-10").names_in("ar") is shipped.get("pseq-10").names_in("en")


def test_every_name_of_ours_is_in_english_and_in_welsh(shipped: Instruments) -> None:
    for each in with_text(shipped):
        english, welsh = each.names["en"], each.names["cy"]
        assert english.heading != welsh.heading, each.id
        assert (english.bands.keys(), english.subscales.keys()) == (
            welsh.bands.keys(),
            welsh.subscales.keys(),
        )


def test_our_names_hold_no_word_of_illness_or_severity(shipped: Instruments) -> None:
    """Heading and short name are on patients' pages."""
    banned = ("severe", "severity", "depress", "anxi", "disorder", "impair", "risk", "disab", "screen")
    for each in with_text(shipped):
        shown = f"{each.names_in('en').heading} {each.names_in('en').short}".lower()
        assert not any(word in shown for word in banned), shown


def test_a_house_item_says_that_it_is_one_and_has_no_published_number(shipped: Instruments) -> None:
    ours = [each for each in shipped.by_id.values() if each.id.startswith("house-")]
    assert [each.id for each in ours] == ["house-about-you", "house-sleep"]
    for each in ours:
        scale = each.definition.scale
        assert "house item" in each.measures
        assert "not a validated questionnaire" in each.licence.notice
        assert (scale.bands, scale.cut_offs, scale.changes) == ((), (), ())


def test_the_folder_of_shipped_texts_is_the_one_that_was_read(shipped: Instruments) -> None:
    folders = {each.path.parent.relative_to(OWN_FOLDER).as_posix() for each in with_text(shipped)}
    assert folders == {".", "non-commercial"}


def test_how_a_patient_is_told_of_each(shipped: Instruments) -> None:
    """A rating in its own words, and nothing of what is asked for the service's sake; otherwise a score."""
    told = {each.id: each.told for each in with_text(shipped) if each.told != "score"}
    assert told == {
        "fft": "nothing",
        "house-about-you": "nothing",
        "house-sleep": "answer",
        "pgic": "answer",
        "self-rated-health": "answer",
        "start-back": "nothing",
        "sus": "nothing",
    }
