"""How hard a text is to read: arithmetic on words, sentences and syllables. It refuses nothing.

Sources. Flesch-Kincaid grade: Kincaid, Fishburne, Rogers and Chissom 1975, Naval Technical Training
Command, Research Branch Report 8-75: 0.39 words per sentence + 11.8 syllables per word - 15.59. Automated
readability index: Smith and Senter 1967, AMRL-TR-66-220: 4.71 letters per word + 0.5 words per sentence
- 21.43. Both give a United States school grade; a pupil of grade n is about n + 5 years old, which is the
reading age told here. Syllables are counted by vowel groups, which is right for about nine words in ten.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_SENTENCE_WORDS = 20
YEARS_FROM_GRADE_TO_AGE = 5

WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|:\s*\n")
SHORTENED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|e\.g|i\.e|etc|vs)\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence, the line on which it begins, and its number of words."""

    text: str
    line: int
    words: int


@dataclass(frozen=True)
class Ease:
    """How a stretch of text reads. Ages are in years; None when there are no words."""

    words: int
    sentences: int
    flesch_kincaid_age: float | None
    readability_index_age: float | None
    long_sentences: tuple[Sentence, ...]

    @property
    def longest(self) -> int:
        """Words in the longest of the sentences that are too long, 0 if none is."""
        return max((sentence.words for sentence in self.long_sentences), default=0)


def reading_ease(passages: Iterable[tuple[str, int]]) -> Ease:
    """Measure passages, each with the line on which it begins. A passage ends a sentence."""
    sentences = [sentence for text, line in passages for sentence in sentences_in(text, line)]
    words = [word for sentence in sentences for word in WORD.findall(sentence.text)]
    too_long = tuple(sentence for sentence in sentences if sentence.words > LONGEST_SENTENCE_WORDS)
    if not words:
        return Ease(0, 0, None, None, ())
    per_sentence = len(words) / len(sentences)
    syllables = sum(map(syllables_in, words)) / len(words)
    letters = sum(sum(map(str.isalnum, word)) for word in words) / len(words)
    return Ease(
        words=len(words),
        sentences=len(sentences),
        flesch_kincaid_age=flesch_kincaid_grade(per_sentence, syllables) + YEARS_FROM_GRADE_TO_AGE,
        readability_index_age=readability_index_grade(letters, per_sentence) + YEARS_FROM_GRADE_TO_AGE,
        long_sentences=too_long,
    )


def flesch_kincaid_grade(words_per_sentence: float, syllables_per_word: float) -> float:
    """School grade (Kincaid and others 1975)."""
    return 0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59


def readability_index_grade(letters_per_word: float, words_per_sentence: float) -> float:
    """School grade (Smith and Senter 1967)."""
    return 4.71 * letters_per_word + 0.5 * words_per_sentence - 21.43


def syllables_in(word: str) -> int:
    """Vowel groups, without a silent e at the end and without -ed where it is not spoken; at least 1."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    spoken = re.sub(r"(?<=[^aeioutd])ed$|(?<=[^aeiouysxz])es$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$", "", plain)
    groups = len(re.findall(r"[aeiouy]+", spoken)) + len(re.findall(r"i[ao](?!u)|[aeo]ing$", spoken))
    groups -= len(re.findall(r"[tcs]i[ao]", spoken))
    return max(1, groups)


def sentences_in(text: str, line: int = 1) -> Sequence[Sentence]:
    """Cut at full stops, question and exclamation marks; `Dr.` and the like do not end a sentence."""
    found, start = [], 0
    for end in [*_ends(text), len(text)]:
        piece = text[start:end]
        words = len(WORD.findall(piece))
        if words:
            lead = len(piece) - len(piece.lstrip())
            found.append(Sentence(" ".join(piece.split()), line + text[: start + lead].count("\n"), words))
        start = end
    return found


def _ends(text: str) -> Iterable[int]:
    for found in SENTENCE_END.finditer(text):
        if not SHORTENED.search(text[: found.end()].rstrip()):
            yield found.end()
