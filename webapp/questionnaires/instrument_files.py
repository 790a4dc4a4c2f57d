"""The shape of the files in `content/questionnaires/`: what may stand where, and of which kind.

Anything else is refused with its line. What must fit together across a file is in `instrument_checks`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.definitions import Better, ItemKind, Method, Purpose
from webapp.questionnaires.located_yaml import LocatedFile, Place

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Loinc = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,7}-[0-9]$")]
Snomed = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{5,17}$")]
SameAs = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
Recall = Annotated[str, StringConstraints(pattern=r"^(P[1-9][0-9]*[DWMY]|at-present|today|none)$")]
Positive = Annotated[Decimal, Field(gt=0)]
Whole = Annotated[int, Field(strict=True)]
LoincAnswers = dict[Whole, Annotated[str, StringConstraints(pattern=r"^LA[0-9]+-[0-9]$")]]


class FilePart(BaseModel):
    """A part of a file: nothing in it but what is named here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LicencePart(FilePart):
    """Whose text it is, on what evidence it may be here, and the line that is shown with it."""

    status: Literal["ship", "notice", "plugin"]
    holder: Text
    notice: Text
    evidence: Text
    text_included: bool
    permission: Text | None = None


class LoincPart(FilePart):
    """LOINC codes of the panel, its score and its answers; `item_answers` for items with answers of their own."""

    panel: Loinc | None = None
    score: Loinc | None = None
    answers: LoincAnswers = {}
    item_answers: dict[Name, LoincAnswers] = {}


class SnomedPart(FilePart):
    """SNOMED CT code of the total."""

    score: Snomed | None = None


class ItemPart(FilePart):
    """One question: which whole numbers can be answered and what they count for.

    A tick needs neither `min` nor `max` (0 and 1), and words have none.
    """

    id: Name
    kind: ItemKind = ItemKind.NUMBER
    min: Whole | None = None
    max: Whole | None = None
    reverse: bool = False
    recode: dict[Whole, Decimal] | None = None
    optional: bool = False
    same_as: list[SameAs] = []
    alert_from: Whole | None = None
    loinc: Loinc | None = None

    @property
    def lowest(self) -> int:
        """The lowest answer; 0 for words and where none is given."""
        return self.min or 0

    @property
    def highest(self) -> int:
        """The highest answer; 1 for a tick, 0 for words and where none is given."""
        return 1 if self.kind is ItemKind.TICK else self.max or 0

    @property
    def has_ends(self) -> bool:
        """True if it is known which numbers can be answered."""
        return self.kind is ItemKind.TICK or (
            self.min is not None and self.max is not None and self.min < self.max
        )

    @property
    def counts(self) -> bool:
        """True if it is in the total of a questionnaire whose scoring names no items."""
        return self.kind is not ItemKind.WORDS and not self.optional


class MissingPart(FilePart):
    """How many answers may be missing and what they count as: the mean of the others, if not said."""

    max_missing: Annotated[Whole, Field(ge=0)]
    source: Text
    decimals: Annotated[Whole, Field(ge=0, le=4)] = 1
    count_as: Decimal | None = None
    never: list[Name] = []
    only: list[Name] = []


class BandPart(FilePart):
    """A band from one whole score to another, both inside."""

    id: Name
    at_least: Decimal = Field(alias="from")
    at_most: Decimal = Field(alias="to")


class BandsPart(FilePart):
    """All bands of a scale. They are for staff only, and the file has to say so."""

    staff_only: Literal[True]
    source: Text
    levels: list[BandPart] = Field(min_length=2)


class CutOffPart(FilePart):
    """A published score from which a service counts a person as a case."""

    id: Name
    at_least: Decimal
    source: Text


class ChangeRulePart(FilePart):
    """One published size of change with its method and source."""

    id: Name
    purpose: Purpose
    method: Text
    source: Text
    standing: Literal["read", "recalled", "computed"]
    points: Positive | None = None
    percent: Positive | None = None
    another_band: bool = False


class ChangePart(FilePart):
    """The change rules of a scale, and which of them is told first."""

    lead: Name
    rules: list[ChangeRulePart] = Field(min_length=1)


class ScoringPart(FilePart):
    """How one number comes out of the items.

    Without `items`, all count that are not optional and not answered in words. `range`, `direction`,
    `decimals` and `missing` are needed unless `method` is `none`.
    """

    method: Method
    items: Annotated[list[Name], Field(min_length=1)] | None = None
    range: tuple[Decimal, Decimal] | None = None
    direction: Better | None = None
    decimals: Annotated[Whole, Field(ge=0, le=4)] | None = None
    start: Decimal = Decimal(0)
    multiply: Positive = Decimal(1)
    table: dict[Whole, Decimal] | None = None
    missing: MissingPart | None = None
    bands: BandsPart | None = None
    cut_offs: list[CutOffPart] = []
    change: ChangePart | None = None


class SubscalePart(ScoringPart):
    """A number of its own from some of the items."""

    id: Name
    items: Annotated[list[Name], Field(min_length=1)]
    loinc: Loinc | None = None
    snomed: Snomed | None = None


class ConditionPart(FilePart):
    """Where a score or an answer has to lie: one of `scale` and `item`, and at least one bound."""

    scale: Name | None = None
    item: Name | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    one_of: list[Decimal] = []


class GroupPart(FilePart):
    """One outcome of a compound rule."""

    id: Name
    when: list[ConditionPart]


class GroupsPart(FilePart):
    """A compound rule. Its groups are for staff only, and the file has to say so."""

    staff_only: Literal[True]
    source: Text
    levels: list[GroupPart] = Field(min_length=2)


class TotalPart(ScoringPart):
    """The total, the subscales beside it, the compound rule, and the value set that is used if none is named."""

    subscales: list[SubscalePart] = []
    groups: GroupsPart | None = None
    value_set: Name | None = None


class ExamplePart(FilePart):
    """A worked example with its source. What is given beside `answers` is recomputed by `check`."""

    answers: Text
    source: Text
    value_set: Name | None = None
    age: Annotated[Whole, Field(ge=0)] | None = None
    sex: Name | None = None
    total: Decimal | None = None
    band: Name | None = None
    subscales: dict[Name, Decimal | None] = {}
    subscale_bands: dict[Name, Name | None] = {}
    cut_offs: list[Name] = []
    missing: list[Name] = []
    prorated: bool = False
    profile: Text | None = None


class NamesPart(FilePart):
    """Our own words for an instrument in one language. They are not part of the published text."""

    heading: Text
    short: Text
    bands: dict[Name, Text] = {}
    subscales: dict[Name, Text] = {}


class TextsPart(FilePart):
    """The official text in one language, word for word."""

    title: Text
    source: Text
    instruction: Text | None = None
    stem: Text | None = None
    items: dict[Name, Text]
    labels: dict[Whole, Text] = {}
    item_labels: dict[Name, dict[Whole, Text]] = {}


class InstrumentFile(FilePart):
    """A whole file `<id>.yml`."""

    id: Name
    version: Annotated[Whole, Field(ge=1)]
    citation: Text
    measures: Text
    topic: Literal["pain", "confidence", "mood", "other"] = "other"
    told: Literal["score", "answer", "nothing"] = "score"
    recall: Recall
    minutes: Annotated[Whole, Field(ge=1)]
    licence: LicencePart
    loinc: LoincPart = LoincPart()
    snomed: SnomedPart = SnomedPart()
    items: list[ItemPart] = Field(min_length=1)
    scoring: TotalPart
    names: dict[Language, NamesPart]
    texts: dict[Language, TextsPart] = {}
    examples: list[ExamplePart] = Field(min_length=1)


File = TypeVar("File", bound=BaseModel)


def parse(kind: type[File], found: LocatedFile) -> tuple[File | None, list[Problem]]:
    """The file as that kind, or every place where it differs."""
    try:
        return kind.model_validate(found.value), []
    except ValidationError as error:
        return None, [_problem(kind, found, details) for details in error.errors()]


def _problem(kind: type[BaseModel], found: LocatedFile, details: ErrorDetails) -> Problem:
    place: Place = details["loc"]
    name = place[-1] if place else ""
    match details["type"]:
        case "extra_forbidden":
            suggestion = did_you_mean(str(name), _names_at(kind, place[:-1]))
            return found.problem(place, f"'{name}' is not known here", suggestion)
        case "missing":
            return found.problem(place, f"'{name}' is missing")
        case "enum" | "literal_error":
            known = details["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
            return found.problem(
                place, f"'{details['input']}' is not a '{name}'", did_you_mean(str(details["input"]), known)
            )
    return found.problem(place, f"'{_without_key_mark(place)}': {_in_plain_words(details)}")


def _in_plain_words(details: ErrorDetails) -> str:
    given = f"not '{details['input']}'"
    match details["type"]:
        case "int_type" | "int_parsing" | "int_from_float":
            return f"a whole number is needed, {given}"
        case "decimal_type" | "decimal_parsing":
            return f"a number is needed, {given}"
        case "string_type":
            return f"text is needed, {given}; put it in quotes"
        case "model_type" | "dict_type":
            return "lines of the form 'name: value' are needed here"
        case "list_type" | "tuple_type":
            return f"a list is needed, {given}"
        case "string_too_short":
            return "the text is empty"
        case "string_pattern_mismatch":
            return f"'{details['input']}' is not of the form {details['ctx']['pattern']}"
        case _:
            return details["msg"][:1].lower() + details["msg"][1:]


def _without_key_mark(place: Place) -> str | int:
    named = [part for part in place if part != "[key]"]
    return named[-1] if named else "this file"


def _names_at(kind: type[BaseModel], place: Place) -> list[str]:
    """The names that may stand at a place: follows the annotations of the models down."""
    model: type[BaseModel] | None = kind
    for part in place:
        field = None if model is None else _fields(model).get(str(part))
        if field is not None:
            model = _model_in(field)
    return [] if model is None else list(_fields(model))


def _fields(model: type[BaseModel]) -> dict[str, object]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, (_model_in(part) for part in get_args(annotation))), None)
