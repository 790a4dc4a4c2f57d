"""Reads `content/` once into frozen texts, gathering every problem with its line; any problem refuses.

Its words: a *course* holds *modules*, a module has a *text* in each language, a text has *pages*, a page has
*parts* (*prose* and *blocks*), and a block is of a *kind*, which the rooms above may add to.
Others may call what `__all__` names: `read_course`, `check_course`, `examine_course`, `read_module_source`,
`examine_module_source`, `fingerprint`, `known_in`, kinds and texts; it knows no web, settings or database.
"""

from webapp.content.completeness import incomplete
from webapp.content.desk import fingerprint
from webapp.content.kinds import (
    BUILT_IN_KINDS,
    DRAWINGS,
    EXERCISE_KINDS,
    HELP_LINKS,
    KNOWN,
    BlockKind,
    Known,
    Prompt,
)
from webapp.content.modules import Examined, examine_module_source, read_module_source
from webapp.content.problems import ContentRefused, Level, Problem, refusing, warnings_among
from webapp.content.reader import check_course, examine_course, known_in, read_course
from webapp.content.texts import (
    Answer,
    Block,
    Course,
    Glossary,
    InAppLink,
    Module,
    ModuleText,
    Page,
    Passage,
    Prose,
    Word,
)

__all__ = [
    "BUILT_IN_KINDS",
    "DRAWINGS",
    "EXERCISE_KINDS",
    "HELP_LINKS",
    "KNOWN",
    "Answer",
    "Block",
    "BlockKind",
    "ContentRefused",
    "Course",
    "Examined",
    "Glossary",
    "InAppLink",
    "Known",
    "Level",
    "Module",
    "ModuleText",
    "Page",
    "Passage",
    "Problem",
    "Prompt",
    "Prose",
    "Word",
    "check_course",
    "examine_course",
    "examine_module_source",
    "fingerprint",
    "incomplete",
    "known_in",
    "read_course",
    "read_module_source",
    "refusing",
    "warnings_among",
]
