"""The glossary: the words of the clinic that patients meet, each explained in one or two plain sentences.

One file for each language, `content/glossary/<lang>.yml`. A key is a short name; below it stand the term, its
other forms, the explanation, and the modules that teach the word themselves (there it needs no explaining).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from webapp.content.desk import as_name, is_name, tidy
from webapp.content.problems import Level, Problem, did_you_mean
from webapp.content.reading import LONGEST_SENTENCE_WORDS, sentences_in
from webapp.content.texts import Glossary, Word
from webapp.content.yaml_lines import Place, places_of, repeated_keys, unreadable

MOST_SENTENCES = 2
LABELS = ("term", "other forms", "explanation", "taught in")
Words = Annotated[str, Field(min_length=1, max_length=400)]


class WrittenWord(BaseModel):
    """One entry as it is typed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    term: Words
    explanation: Words
    other_forms: Annotated[list[Words], Field(alias="other forms")] = []
    taught_in: Annotated[list[str], Field(alias="taught in")] = []


def read_glossary(source: str, lang: str, path: str) -> tuple[Glossary, list[Problem]]:
    """The words that could be understood, and everything that is wrong; never raises."""
    try:
        root = yaml.compose(tidy(source), Loader=yaml.SafeLoader)
        values = yaml.safe_load(tidy(source))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Glossary(lang, path, ()), [unreadable(error, path)]
    if root is None or not isinstance(values, dict):
        help = "Begin with a line 'flare-up:' and put its 'term:' and 'explanation:' below it."
        return Glossary(lang, path, ()), [Problem(path, 1, "there is no word in this file", help)]
    lines = {place: node.start_mark.line + 1 for place, node in places_of(root, ())}
    problems = list(repeated_keys(root, path))
    words = [
        word
        for key, value in values.items()
        if (word := _read_word(str(key), value, lines, path, problems)) is not None
    ]
    problems += _same_forms(words, path)
    return Glossary(lang, path, tuple(words)), problems


def pattern_of(words: Iterable[Word]) -> re.Pattern[str]:
    """Finds any form of these words, the longest first. Capitals count where a form is all capitals."""
    forms = sorted({form for word in words for form in word.forms}, key=lambda form: (-len(form), form))
    either = "|".join(_form_pattern(form) for form in forms) or r"(?!)"
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def plain_form(found: str) -> str:
    """How a form is looked up, however it was broken over lines or begun with a capital."""
    return " ".join(found.split()).casefold()


def _form_pattern(form: str) -> str:
    pattern = r"\s+".join(map(re.escape, form.split()))
    return pattern if form.isupper() else f"(?i:{pattern})"


def _read_word(
    key: str, value: object, lines: dict[Place, int], path: str, problems: list[Problem]
) -> Word | None:
    line = lines.get((key, "key"), 1)
    if not is_name(key):
        help = f"Use small letters, digits and hyphens: '{as_name(key) or 'a-short-name'}:'."
        problems.append(Problem(path, line, f"'{key[:40]}' is not a name", help))
        return None
    try:
        written = WrittenWord.model_validate(value)
    except ValidationError as error:
        problems += _told(error, key, lines, path)
        return None
    forms = tuple(dict.fromkeys((written.term, *written.other_forms)))
    problems += _hard_sentences(written, key, lines.get((key, "explanation", "key"), line), path)
    return Word(key, written.term, forms, written.explanation, frozenset(written.taught_in), line)


def _told(error: ValidationError, key: str, lines: dict[Place, int], path: str) -> Iterator[Problem]:
    for detail in error.errors():
        place: Place = (key, *detail["loc"])
        line = lines.get((*place, "key")) or lines.get(place) or lines.get((key, "key"), 1)
        name = str(place[1]) if len(place) > 1 else key
        if detail["type"] == "extra_forbidden":
            yield Problem(path, line, f"'{name}:' is not known here", did_you_mean(name, LABELS, ending=":"))
        elif detail["type"] == "missing":
            yield Problem(path, line, f"'{key}' has no '{name}:'", f"Add a line '{name}: …' below it.")
        else:
            yield Problem(path, line, f"'{name}' is not right", f"{detail['msg']}.")


def _hard_sentences(written: WrittenWord, key: str, line: int, path: str) -> Iterator[Problem]:
    sentences = sentences_in(written.explanation)
    if len(sentences) > MOST_SENTENCES:
        message = f"'{key}' is explained in {len(sentences)} sentences"
        yield Problem(path, line, message, "One or two are enough.", Level.WARNING)
    for sentence in sentences:
        if sentence.words > LONGEST_SENTENCE_WORDS:
            message = f"'{key}' is explained in a sentence of {sentence.words} words"
            help = f"Use at most {LONGEST_SENTENCE_WORDS}."
            yield Problem(path, line, message, help, Level.WARNING)


def _same_forms(words: Iterable[Word], path: str) -> Iterator[Problem]:
    first: dict[str, Word] = {}
    for word in words:
        for form in word.forms:
            other = first.setdefault(plain_form(form), word)
            if other is not word:
                message = f"'{form}' already belongs to '{other.key}' on line {other.line}"
                yield Problem(path, word.line, message, "Keep it in one place.")
