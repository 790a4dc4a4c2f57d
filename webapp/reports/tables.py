"""The tables of a copy: one row a score, one row a question. Each column says what it means where it is made.

The files are for programs and spreadsheets: their columns and the data dictionary are in English in every service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from webapp.questionnaires.instruments import Instrument, Instruments, Texts
from webapp.questionnaires.rules import Item, Scale
from webapp.questionnaires.twin_rules import NONE, Twins

from .reads import Given, Result, Scored, Sent
from .rules import AnswerState, cell

Line = TypeVar("Line")
TOTAL = "total"


@dataclass(frozen=True)
class Column(Generic[Line]):
    """One column: how it is read off a line, and what the data dictionary says of it."""

    name: str
    of: Callable[[Line], object]
    meaning: str
    kind: str  # text, whole number, number, fraction, yes or no, day, moment, code
    unit: str = ""
    range: str = ""
    direction: str = ""
    source: str = "Waymark"


@dataclass(frozen=True)
class ScoreLine:
    """One number of one questionnaire in one sitting. ``scale`` None: not as this version has it."""

    sent: Sent
    scored: Scored
    scale_id: str
    result: Result
    scale: Scale | None

    @property
    def texts(self) -> list[Given]:
        """The answers behind it, for the language and the text that was answered."""
        return list(self.sent.answers_to(self.scored.instrument).values())


@dataclass(frozen=True)
class ItemLine:
    """One question in one sitting, answered or not."""

    sent: Sent
    scored: Scored
    item_id: str
    item: Item | None
    given: Given | None
    state: AnswerState
    label: str | None
    loinc: str | None


@dataclass(frozen=True)
class Shelf:
    """The questionnaires that are known here, as far as they are still the version that was answered."""

    known: Instruments
    twins: Twins

    def instrument(self, scored: Scored) -> Instrument | None:
        """The questionnaire by whose rule this was scored; None if it is here in another version or not at all."""
        found = self.known.by_id.get(scored.instrument)
        return found if found is not None and found.version == scored.version else None

    def texts(self, scored: Scored, given: Given) -> Texts | None:
        """The very text that was answered; None if a word of it is different now."""
        found = self.instrument(scored)
        texts = None if found is None else found.texts.get(given.language)
        return texts if texts is not None and texts.fingerprint == given.fingerprint else None


def score_lines(sent: Sent, shelf: Shelf) -> Iterator[ScoreLine]:
    """Every score of a sitting: totals with their subscales. Without a total by its rule: subscales only."""
    for scored in sent.scores:
        found = shelf.instrument(scored)
        scales = {} if found is None else {scale.id: scale for scale in found.definition.subscales}
        if scored.total.reason != "no_total":
            total = None if found is None else found.definition.scale
            yield ScoreLine(sent, scored, TOTAL, scored.total, total)
        for name, result in scored.subscales.items():
            yield ScoreLine(sent, scored, name, result, scales.get(name))


def item_lines(sent: Sent, shelf: Shelf, *, with_words: bool) -> Iterator[ItemLine]:
    """Every question of the questionnaires that were asked. ``with_words``: answers in words are in the copy."""
    for scored in sent.asked:
        found, answers = shelf.instrument(scored), sent.answers_to(scored.instrument)
        items = {} if found is None else {item.id: item for item in found.definition.items}
        for item_id in dict.fromkeys([*items, *answers]):
            item, given = items.get(item_id), answers.get(item_id)
            state = _state(sent, scored, shelf.twins, item, given, with_words=with_words)
            codes = {} if found is None else found.codes.items
            label = None if given is None else label_of(shelf, scored, item_id, given)
            yield ItemLine(sent, scored, item_id, item, given, state, label, codes.get(item_id))


def _state(
    sent: Sent, scored: Scored, twins: Twins, item: Item | None, given: Given | None, *, with_words: bool
) -> AnswerState:
    if given is None:
        return (
            AnswerState.ELSEWHERE if item and _is_elsewhere(sent, scored, twins, item) else AnswerState.OPEN
        )
    if given.words is not None:
        return AnswerState.ANSWERED if with_words else AnswerState.KEPT_BACK
    return AnswerState.RATHER_NOT_SAY if given.value is None else AnswerState.ANSWERED


def _is_elsewhere(sent: Sent, scored: Scored, twins: Twins, item: Item) -> bool:
    """Was the very same question answered in another questionnaire, of this sitting or of its time point?"""
    same = twins.get((scored.instrument, item.id), NONE)
    parts = (scored.total, *scored.subscales.values())
    counted = any(part.answered for part in parts) and not any(item.id in part.missing for part in parts)
    return any(key in sent.answers for key in same) or (bool(same) and not item.optional and counted)


def label_of(shelf: Shelf, scored: Scored, item_id: str, given: Given) -> str | None:
    """The published words of an answer, in the language in which it was given."""
    texts = shelf.texts(scored, given)
    return None if texts is None or given.value is None else texts.labels_of(item_id).get(given.value)


def _words(line: ItemLine) -> str | None:
    return line.given.words if line.given is not None and line.state is AnswerState.ANSWERED else None


def _each_once(values: list[str]) -> str | None:
    return " ".join(dict.fromkeys(values)) or None


SITTING_COLUMNS: tuple[Column[Sent], ...] = (
    Column("patient_reference", lambda one: one.row.reference, "The patient's local number. No name.", "text"),
    Column("sitting_id", lambda one: str(one.row.id), "The sitting: joins scores, items and FHIR.", "code"),
    Column("battery", lambda one: one.row.battery, "Which battery was asked, with its version.", "code"),
    Column("time_point", lambda one: one.row.time_point, "When in the programme: baseline, end …", "code"),
    Column("sitting", lambda one: one.row.name, "The name of the sitting in the battery.", "code"),
    Column("finished_at", lambda one: one.row.finished_at, "When the answers were sent or typed in.", "moment",
           unit="local time with its offset"),
    Column("mode", lambda one: one.row.mode, "How they were given.", "code", range="online, paper, phone"),
    Column("written_on", lambda one: one.row.written_on, "The day that stands on the paper.", "day"),
    Column("entered_by", lambda one: one.row.entered_by, "Who of the staff typed them in; empty: the patient did.",
           "text"),
    Column("checked_by", lambda one: one.row.checked_by, "Who typed them in a second time.", "text"),
    Column("checked_at", lambda one: one.row.checked_at, "When they were typed in a second time.", "moment"),
    Column("short_set", lambda one: one.row.short, "The shorter set, because time was short.", "yes or no"),
    Column("helped", lambda one: one.row.helped, "Somebody helped to answer.", "yes or no"),
)  # fmt: skip

SCORE_COLUMNS: tuple[Column[ScoreLine], ...] = (
    Column("instrument", lambda one: one.scored.instrument, "The questionnaire.", "code"),
    Column("instrument_version", lambda one: one.scored.version,
           "The version of its rule. Scores of two versions are not compared.", "whole number"),
    Column("scale", lambda one: one.scale_id, "total, or the name of a subscale.", "code"),
    Column("score", lambda one: one.result.total, "The score, rounded as its rule says. Empty: no score.", "number",
           unit="points", range="columns lowest and highest", direction="column better",
           source="the rule of the questionnaire: see its own row"),
    Column("score_exact", lambda one: one.result.exact, "The same number before it is rounded.", "fraction",
           unit="points"),
    Column("lowest", lambda one: one.scale and one.scale.minimum, "The lowest score that there is.", "number"),
    Column("highest", lambda one: one.scale and one.scale.maximum, "The highest score that there is.", "number"),
    Column("better", lambda one: one.scale and one.scale.better.value, "Which end is better for the patient.",
           "code", range="high_better, high_worse"),
    Column("answered", lambda one: one.result.answered, "How many questions of the scale were answered.",
           "whole number", unit="questions"),
    Column("missing_items", lambda one: " ".join(one.result.missing) or None,
           "The questions of the scale without an answer.", "text"),
    Column("prorated", lambda one: one.result.prorated, "Answers that are missing were filled in by the rule.",
           "yes or no"),
    Column("no_score_why", lambda one: one.result.reason, "Why there is no score.", "code",
           range="nothing_answered, too_many_missing, needed_missing"),
    Column("derived", lambda one: one.scored.derived,
           "Not asked by itself: from the same questions in other questionnaires.", "yes or no"),
    Column("scored_on", lambda one: one.scored.on, "The local day of the score.", "day"),
    Column("language", lambda one: _each_once([given.language for given in one.texts]),
           "The language of the text that was answered.", "code"),
    Column("text_fingerprint", lambda one: _each_once([given.fingerprint for given in one.texts]),
           "SHA-256 of the text that was answered, word for word.", "code"),
)  # fmt: skip

ITEM_COLUMNS: tuple[Column[ItemLine], ...] = (
    Column("instrument", lambda one: one.scored.instrument, "The questionnaire.", "code"),
    Column("instrument_version", lambda one: one.scored.version, "The version of the questionnaire.", "whole number"),
    Column("item", lambda one: one.item_id, "The question.", "code"),
    Column("state", lambda one: one.state.value,
           "answered; rather_not_say: the patient chose not to say; open: left open; asked_elsewhere: the same "
           "question stands in another questionnaire of the sitting; kept_back: words, which are not in this copy.",
           "code", range=", ".join(AnswerState)),
    Column("value", lambda one: one.given and one.given.value,
           "The answer as it was given, before anything is turned round. Empty: see state.", "whole number",
           range="columns lowest and highest"),
    Column("label", lambda one: one.label, "The published words of the answer, in its language.", "text",
           source="the questionnaire"),
    Column("words", _words, "The answer in the patient's own words.", "text", source="the patient"),
    Column("lowest", lambda one: None if one.item is None or one.item.in_words else one.item.minimum,
           "The lowest answer.", "whole number"),
    Column("highest", lambda one: None if one.item is None or one.item.in_words else one.item.maximum,
           "The highest answer.", "whole number"),
    Column("loinc", lambda one: one.loinc, "The LOINC code of the question.", "code", source="LOINC"),
    Column("answered_at", lambda one: one.given and one.given.at, "When the answer was given or typed in.",
           "moment", unit="local time with its offset"),
    Column("language", lambda one: one.given and one.given.language, "The language of the text.", "code"),
    Column("text_fingerprint", lambda one: one.given and one.given.fingerprint,
           "SHA-256 of the text that was answered, word for word.", "code"),
)  # fmt: skip


def headings(columns: Sequence[Column[Line]]) -> list[str]:
    """The names of the columns of a table: those of its sitting, then its own."""
    return [*(column.name for column in SITTING_COLUMNS), *(column.name for column in columns)]


def score_rows(sent: Sent, shelf: Shelf, zone: str) -> Iterator[list[str]]:
    """The cells of every score of a sitting."""
    yield from _cells(sent, SCORE_COLUMNS, score_lines(sent, shelf), zone)


def item_rows(sent: Sent, shelf: Shelf, zone: str, *, with_words: bool) -> Iterator[list[str]]:
    """The cells of every question of a sitting."""
    yield from _cells(sent, ITEM_COLUMNS, item_lines(sent, shelf, with_words=with_words), zone)


def _cells(
    sent: Sent, columns: Sequence[Column[Line]], lines: Iterable[Line], zone: str
) -> Iterator[list[str]]:
    """What is the same in every row of a sitting is worked out once."""
    same = [cell(column.of(sent), zone) for column in SITTING_COLUMNS]
    for line in lines:
        yield [*same, *(cell(column.of(line), zone) for column in columns)]
