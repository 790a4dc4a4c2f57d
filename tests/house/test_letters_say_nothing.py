"""E-mails and texts may be read by anybody who picks up a phone: no word in them is about health, in any language.

Every template of a message and every file that writes one is looked at, in English and in Welsh; and of a printed
letter what a window in its envelope may show.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import babel_extract

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"
CATALOGUES = {"cy": WEBAPP.parent / "translations/cy/LC_MESSAGES/messages.po"}
NOT_SENT = {"clinic/templates/clinic/record.txt.jinja"}
"""A copy for the clinic's record, on a signed-in page: nobody sends it."""
PRINTED = {"design/templates/design/_letter.jinja": "letter_window"}
"""A printed letter, and the macro of what shows through its envelope."""
CLINICAL = {
    "en": (
        "pain", "health", "clinic", "hospital", "patient", "mood", "feel", "depress", "anxi", "suicid", "harm",
        "hurt", "dead", "death", "crisis", "safe", "danger", "risk", "alert", "worr", "answer", "questionnaire",
        "score", "phq", "gad-7", "treat", "therap", "medic", "ill", "symptom", "diagnos", "psycholog", "flare",
    ),
    "cy": (
        "poen", "phoen", "boen", "iechyd", "clinig", "glinig", "ysbyty", "claf", "glaf", "cleifion", "hwyl",
        "teiml", "iselder", "gorbryder", "hunanladd", "niw", "marw", "argyfwng", "diogel", "ddiogel", "perygl",
        "pheryg", "risg", "rhybudd", "pryder", "ateb", "holiadur", "sgôr", "trin", "therap", "meddyg", "feddyg",
        "salwch", "symptom", "diagnos", "seicoleg",
    ),
}  # fmt: skip
"""Beginnings of words. Source: this project's rules for messages, neutral for whoever looks on."""


def clinical_words(text: str, language: str) -> list[str]:
    """The words of a text that begin as one of the language's list."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text.lower())
    return [word for word in words if word.startswith(CLINICAL[language])]


def message_templates() -> list[str]:
    """Every template that is sent: in a folder of letters or mail, or plain text."""
    found = {path for folder in ("letters", "mail") for path in WEBAPP.glob(f"*/templates/*/{folder}/*")}
    found |= set(WEBAPP.glob("*/templates/**/*.txt.jinja"))
    return sorted({str(path.relative_to(WEBAPP)) for path in found} - NOT_SENT)


def writers() -> list[str]:
    """Every file that puts a message into the outbox or chooses its words."""
    paths = [path for path in WEBAPP.rglob("*.py") if "migrations" not in path.parts]
    return sorted(
        str(path.relative_to(WEBAPP))
        for path in paths
        if path.name == "letters.py" or "post.write(" in path.read_text("utf-8")
    )


def words_of_template(text: str) -> Iterator[str]:
    """What a template says: its marked sentences, and whatever stands between its tags."""
    options = {"silent": "false", "trimmed": "true", "extensions": "jinja2.ext.i18n"}
    for _line, _name, message, _notes in babel_extract(_Bytes(text), ("_", "ngettext"), [], options):
        yield from (part for part in (message if isinstance(message, tuple) else (message,)) if part)
    lexer = Environment(extensions=["jinja2.ext.i18n"]).lex(text)
    yield from (value for _line, kind, value in lexer if kind == "data" and value.strip())


class _Bytes:
    """A text as the extractor reads it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self) -> bytes:
        return self._text.encode()


def words_of_writer(text: str, *, all_of_it: bool) -> Iterator[str]:
    """The marked sentences of functions that write a message or name its subject (or of the whole file)."""
    tree = ast.parse(text)
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    for place in [tree] if all_of_it else [one for one in functions if _writes(one)]:
        for call in ast.walk(place):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS:
                yield from (one.value for one in call.args if _is_text(one))  # type: ignore[attr-defined]


MARKS = {"_", "_l", "_n", "_ln", "gettext", "ngettext", "lazy_gettext"}


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _writes(function: ast.FunctionDef) -> bool:
    source = ast.unparse(function)
    return "post.write(" in source or bool(re.search(r"\bsubject\b", source))


@cache
def catalogue(language: str) -> Catalog:
    """The translations into a language."""
    with CATALOGUES[language].open("rb") as file:
        return read_po(file, locale=language)


def in_every_language(said: str) -> Iterator[tuple[str, str]]:
    """A sentence in English, and in each language that it has been translated into."""
    yield "en", said
    for language in CATALOGUES:
        message = catalogue(language).get(said)
        forms = message.string if message else ""
        for one in forms if isinstance(forms, (list, tuple)) else [forms]:
            if one:
                yield language, one


def clinical_in(said: Iterator[str]) -> list[str]:
    """What ought not to stand in a message, with its sentence. Names of places in a sentence are not words."""
    return [
        f"{language}: {word!r} in {text!r}"
        for sentence in said
        for language, text in in_every_language(sentence)
        for word in clinical_words(re.sub(r"%\(\w+\)[sd]", " ", text), language)
    ]


def test_there_are_messages_to_look_at() -> None:
    assert {"safety/templates/safety/letters/alert.txt.jinja"} <= set(message_templates())
    assert {"safety/telling.py", "people/letters.py", "welcome/letters.py"} <= set(writers())
    assert [one for name in writers() for one in _sentences_of(name)]


@pytest.mark.parametrize("name", message_templates())
def test_a_message_says_nothing_about_health(name: str) -> None:
    assert clinical_in(words_of_template((WEBAPP / name).read_text("utf-8"))) == []


@pytest.mark.parametrize("name", writers())
def test_a_subject_says_nothing_about_health(name: str) -> None:
    assert clinical_in(iter(_sentences_of(name))) == []


@pytest.mark.parametrize("name", PRINTED)
def test_an_envelope_shows_nothing_about_health(name: str) -> None:
    text = (WEBAPP / name).read_text("utf-8")
    shown = re.search(rf"{{% macro {PRINTED[name]}\(.*?{{% endmacro %}}", text, re.DOTALL)
    assert shown and clinical_in(words_of_template(shown[0])) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Your mood answers are in", ["mood", "answers"]),
        ("en", "A safety alert waits", ["safety", "alert"]),
        ("en", "Please sign in: something waits for you", []),
        ("cy", "Eich gwasanaeth poen: atebion newydd", ["poen", "atebion"]),
        ("cy", "Mewngofnodwch", []),
    ],
)
def test_clinical_words_are_found(language: str, text: str, found: list[str]) -> None:
    assert clinical_words(text, language) == found


def test_a_template_and_a_file_that_say_too_much_are_found() -> None:
    template = '{{ _("Hello %(name)s,", name=name) }}\nYour pain team {% trans %}has an alert{% endtrans %}'
    assert len(clinical_in(words_of_template(template))) == 2
    code = 'def tell():\n    subject = _("About your mood")\n\ndef other():\n    return _("Pain")\n'
    assert clinical_in(words_of_writer(code, all_of_it=False)) == ["en: 'mood' in 'About your mood'"]


def test_a_sentence_is_looked_at_in_welsh_too() -> None:
    translated = [text for language, text in in_every_language("Hello,") if language == "cy"]
    assert translated and translated != ["Hello,"]


def _sentences_of(name: str) -> list[str]:
    text = (WEBAPP / name).read_text("utf-8")
    return list(words_of_writer(text, all_of_it=Path(name).name == "letters.py"))
