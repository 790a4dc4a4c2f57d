"""Words that a message must not hold: about health where somebody else may look on, and unkind ones anywhere.

The lists are closed, one for each language that we write ourselves. Source: this project's rules for messages
(neutral for whoever picks up the phone; nobody is blamed for a quiet week).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

HEALTH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "pain", "painful", "health", "clinic", "hospital", "patient", "surgery", "ward", "nhs", "gp", "gps",
            "doctor", "nurse", "physio", "psycholog", "psychiatr", "therap", "counsell", "medic", "drug", "dose",
            "tablet", "treat", "symptom", "diagnos", "disease", "disab", "illness", "ill", "sick", "injur", "flare",
            "fatigue", "mood", "feel", "depress", "anxi", "mental", "suicid", "harm", "hurt", "dead", "death",
            "crisis", "safe", "danger", "risk", "alert", "worr", "answer", "questionnaire", "score", "phq", "gad-7",
            "rehab", "referral", "appointment",
        ),
        "cy": (
            "poen", "phoen", "boen", "mhoen", "iechyd", "clinig", "glinig", "chlinig", "ysbyty", "ysbytai", "claf",
            "glaf", "chlaf", "cleif", "gleif", "chleif", "meddyg", "feddyg", "gig", "nyrs", "ffisio", "seicoleg",
            "seiciatr", "therap", "cwnsel", "gwnsel", "moddion", "foddion", "tabled", "dabled", "dos", "trin",
            "drin", "thrin", "symptom", "diagnos", "clefyd", "glefyd", "chlefyd", "anabl", "salwch", "sâl", "pwl",
            "bwl", "phwl", "pyliau", "blinder", "flinder", "hwyl", "teiml", "deiml", "theiml", "iselder",
            "gorbryder", "hunanladd", "niw", "niwed", "marw", "farw", "argyfwng", "diogel", "ddiogel", "perygl",
            "pheryg", "beryg", "risg", "rhybudd", "pryder", "bryder", "phryder", "ateb", "holiadur", "sgôr",
            "atgyfeir", "apwyntiad", "nhs",
        ),
    }
)  # fmt: skip
"""Beginnings of words, in small letters."""

WHOLE = frozenset(
    {"gp", "gps", "ill", "ward", "dose", "drug", "gig", "dos", "pwl", "bwl", "phwl", "niw", "sick"}
)
"""Those of the beginnings that are whole words here: "ill" is one, "illustrate" is not."""

UNKIND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "late", "missed", "missing", "failed", "fail", "failure", "failing", "behind", "only", "at risk",
            "overdue", "must", "should have", "ought", "unfortunately", "sadly", "drop out", "dropped out", "dropout",
            "non-compliant", "compliance", "lazy", "forgot", "forgotten", "neglected", "gave up", "given up",
            "you have not", "you haven't", "you did not", "you didn't", "we noticed", "we have noticed", "streak",
            "catch up", "cure", "cured", "pain-free", "painkiller", "painkillers", "last chance", "final",
        ),
        "cy": (
            "hwyr", "yn hwyr", "methu", "fethu", "methodd", "fethodd", "methoch", "fethoch", "methiant", "fethiant",
            "ar ei hôl hi", "ar eich ôl hi", "ar ei ôl hi", "mewn perygl", "dim ond", "yn unig", "rhaid", "dylech",
            "ddylech", "dylasech", "gwaetha'r modd", "yn anffodus", "diog", "anghofio", "anghofioch",
            "rhoi'r gorau iddi", "nid ydych wedi", "dydych chi ddim wedi", "wnaethoch chi ddim", "sylwi", "sylwon",
            "dal i fyny", "gwellhad", "iachâd", "cyfle olaf", "cyffuriau lladd poen",
        ),
    }
)  # fmt: skip
"""Whole words and phrases, in small letters."""

WORD = re.compile(r"[^\W\d_][\w'-]*")


def health_words_in(text: str, language: str) -> list[str]:
    """The words about health, as they were written."""
    listed = HEALTH.get(language, ())
    beginnings = tuple(one for one in listed if one not in WHOLE)
    words = [(word, word.lower()) for word in WORD.findall(_straight(text))]
    return [
        word for word, small in words if small.startswith(beginnings) or (small in WHOLE and small in listed)
    ]


def unkind_words_in(text: str, language: str) -> list[str]:
    """Words that blame, push or promise too much, in the order of the list."""
    plain = " ".join(_straight(text).lower().split())
    return [phrase for phrase, form in _phrases(language) if form.search(plain)]


def has_a_list(language: str) -> bool:
    """Whether we know the words of this language. For another, a person has to read the texts."""
    return language in HEALTH


@cache
def _phrases(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (phrase, re.compile(rf"(?<![\w'-]){re.escape(phrase)}(?![\w-])"))
        for phrase in UNKIND.get(language, ())
    )


def _straight(text: str) -> str:
    return text.replace("’", "'")
