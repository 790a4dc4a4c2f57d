"""How people say "less pain", in each language: facts about words, not words of a page.

A goal made of nothing but these gives no picture; the page then explains, once, and takes it the second time.
Everybody's words are held against all languages: people write in the one that they think in.
"""

PAIN_RELIEF_IN = {
    "en": (
        "less pain", "no pain", "no more pain", "without pain", "out of pain", "free of pain", "free from pain",
        "pain free", "painfree", "pain to go", "pain to go away", "pain to stop", "pain gone", "stop hurting",
        "get rid of pain", "get rid of the pain", "get rid of my pain", "lose the pain", "end the pain", "pain relief",
        "less hurt", "not hurt", "not be in pain", "stop the pain", "reduce pain", "reduce the pain", "reduce my pain",
        "feel better", "get better", "be better", "feel well", "be cured", "a cure", "be fixed", "normal again",
    ),
    "cy": (
        "llai o boen", "dim poen", "dim mwy o boen", "heb boen", "heb ddim poen", "yn ddi boen", "di boen", "ddi boen",
        "diboen", "ddiboen", "cael gwared ar y boen", "cael gwared ar boen", "cael gwared o'r boen", "poen i fynd",
        "y boen i fynd", "y boen i stopio", "stopio'r boen", "lleihau'r boen", "lleddfu poen", "lleddfu'r boen",
        "teimlo'n well", "gwella", "bod yn well", "cael iachâd",
    ),
}  # fmt: skip
SMALL_WORDS_IN = {
    "en": (
        "i", "id", "im", "we", "me", "my", "the", "a", "to", "be", "am", "is", "in", "of", "it", "and", "or", "just",
        "want", "wish", "would", "like", "love", "hope", "need", "have", "get", "feel", "live", "life", "more", "so",
        "much", "completely", "totally", "all", "again", "for", "please", "back", "try", "that", "will", "go", "away",
        "can", "could", "being", "having", "from", "some", "day", "one", "only", "mainly", "mostly", "really",
    ),
    "cy": (
        "i", "fi", "fy", "dw", "rwy", "rydw", "hoffwn", "eisiau", "isio", "am", "yn", "n", "y", "yr", "r", "a", "ac",
        "bod", "byw", "bywyd", "cael", "teimlo", "fod", "gael", "o", "ar", "eto", "jyst", "dim", "ond", "mwy", "hollol",
        "un", "dydd", "dymuno", "gobeithio", "mod", "bydd", "gen", "mi", "wir",
    ),
}  # fmt: skip
PAIN_RELIEF = tuple(phrase for phrases in PAIN_RELIEF_IN.values() for phrase in phrases)
SMALL_WORDS = tuple(word for words in SMALL_WORDS_IN.values() for word in words)
