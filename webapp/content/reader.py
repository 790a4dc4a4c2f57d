"""Reads the whole folder of texts once. Nothing is used unless everything is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from webapp.content.course_file import CourseOrder, Rhythm, read_course_file
from webapp.content.desk import is_name
from webapp.content.glossary import read_glossary
from webapp.content.guided import PracticeBook
from webapp.content.kinds import DRAWINGS, BlockKind, Known
from webapp.content.layers import Layers, Where, in_its_order
from webapp.content.modules import Examined, examine_module_source
from webapp.content.practices import compare_with_english, read_practices
from webapp.content.problems import ContentRefused, Level, Problem, did_you_mean, refusing, warnings_among
from webapp.content.texts import Course, Glossary, Module, ModuleText
from webapp.content.translations import drift, language_name

WORDS = "words"
"""No plain page has this name: all words of the glossary stand there."""
ENDINGS_OF_TEXTS = (".md", ".markdown", ".txt")


@dataclass
class Shelf:
    """What is gathered while the folder is read."""

    layers: Layers
    kinds: Mapping[str, BlockKind]
    known: Known
    today: date | None
    problems: list[Problem] = field(default_factory=list)
    examined: dict[Path, Examined] = field(default_factory=dict)

    def shown(self, path: Path) -> str:
        """The path as an author knows it, such as `content/modules/pacing/en.md`."""
        return self.layers.shown(path)

    def complain(self, path: Path, message: str, help: str = "", line: int = 1) -> None:
        """Note a problem that refuses to start."""
        self.problems.append(Problem(self.shown(path), line, message, help))


def read_course(
    folder: Where, kinds: Mapping[str, BlockKind], *, known: Known | None = None, today: date | None = None
) -> Course:
    """Read `folder` (which holds `modules/`; or several, one on top of the other) into a course.

    Review dates are judged only if `today` is given. Raises `ContentRefused` with every problem.
    """
    course, problems = examine_course(folder, kinds, known=known, today=today)
    if course is None or refusing(problems):
        raise ContentRefused(refusing(problems))
    return course


def check_course(
    folder: Where, kinds: Mapping[str, BlockKind], *, known: Known | None = None, today: date | None = None
) -> list[Problem]:
    """Every problem and warning in the folder, in the order of their place; never raises."""
    return examine_course(folder, kinds, known=known, today=today)[1]


def examine_course(
    folder: Where, kinds: Mapping[str, BlockKind], *, known: Known | None = None, today: date | None = None
) -> tuple[Course | None, list[Problem]]:
    """The course as far as it was read (None without a usable `course.yml`), and every problem."""
    layers = Layers.of(folder)
    shelf = Shelf(layers, kinds, known or known_in(folder), today)
    orders = _read_orders(shelf)
    rows = _rows_of(orders)
    _compare_with_folders(shelf, orders)
    folders = layers.folders_in("modules")
    modules = [
        module
        for number, (name, core) in enumerate(rows.items(), start=1)
        if name in folders and (module := _read_module(shelf, folders[name], name, number=number, core=core))
    ]
    own_pages = layers.folders_in("pages")
    plain = {name: _read_module(shelf, path, name) for name, path in own_pages.items()}
    plain_pages = {name: module for name, module in plain.items() if module}
    if WORDS in plain_pages:
        shelf.complain(
            own_pages[WORDS], f"a page cannot be called '{WORDS}'", "The glossary has that address."
        )
    companions = _read_companions(shelf)
    glossaries = _read_glossaries(shelf)
    practices = _read_practices(shelf)
    _follow_links(shelf, modules, plain_pages)
    problems = sorted(set(shelf.problems))
    warnings = tuple(warnings_among(problems))
    if not rows:
        return None, problems
    course = Course(
        tuple(modules),
        warnings,
        str(_rhythm_of(orders)),
        plain_pages=MappingProxyType(plain_pages),
        companions=MappingProxyType(companions),
        glossaries=MappingProxyType(glossaries),
        practices=MappingProxyType(practices),
    )
    return course, problems


def known_in(folder: Where) -> Known:
    """What is known without the programme: its drawings, and the questionnaires with a text in any layer."""
    layers = Layers.of(folder)
    found = [layers.files_in("questionnaires", pattern) for pattern in ("*.yml", "non-commercial/*.yml")]
    stems = frozenset(path.stem for files in found for path in files.values())
    return Known(drawings=DRAWINGS, instruments=stems - {"battery"} if stems else None)


# --- the folder --------------------


def _read_orders(shelf: Shelf) -> list[tuple[Path, CourseOrder]]:
    """Each layer's `course.yml`, ours first."""
    orders = []
    for path in shelf.layers.each("modules/course.yml"):
        source = _source(shelf, path)
        order = (
            read_course_file(source, shelf.shown(path)) if source is not None else CourseOrder(None, {}, ())
        )
        shelf.problems += order.problems
        orders.append((path, order))
    return orders


def _rows_of(orders: list[tuple[Path, CourseOrder]]) -> dict[str, bool]:
    """Every module in order, and whether it is core; what a higher layer says counts."""
    names: list[str] = []
    core: dict[str, bool] = {}
    for file in (order.file for _path, order in orders if order.file):
        listed = {row.name: row.core for row in file.modules}
        names = in_its_order(names, list(listed))
        core |= listed
    return {name: core[name] for name in names}


def _rhythm_of(orders: list[tuple[Path, CourseOrder]]) -> Rhythm:
    said = [
        order.file
        for _path, order in orders
        if order.file and order.file.model_fields_set & {"default_rhythm"}
    ]
    return said[-1].default_rhythm if said else Rhythm.WEEKLY


def _compare_with_folders(shelf: Shelf, orders: list[tuple[Path, CourseOrder]]) -> None:
    if any(order.file is None for _path, order in orders):
        return
    folders = shelf.layers.folders_in("modules")
    listed = {name for _path, order in orders for name in order.line_of}
    for file, order in orders:
        for name, line in order.line_of.items():
            if name not in folders:
                spare = [folder for folder in folders if folder not in listed]
                help = did_you_mean(name, spare) if spare else f"Make the folder {name}/ with an en.md in it."
                shelf.complain(file, f"the module '{name}' has no folder", help, line)
    for name, path in folders.items():
        if name not in listed:
            shelf.complain(
                path, f"the folder '{name}' is not in course.yml", "Add it to the list, or move it away."
            )


def _source(shelf: Shelf, path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        shelf.complain(path, "this file is missing", "Make it, or bring it back.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        shelf.complain(path, "this line holds letters that cannot be read", "Save the file as UTF-8.", line)
    except OSError as error:
        shelf.complain(path, f"this file cannot be opened ({error.strerror})")
    return None


# --- one module --------------------


def _read_module(
    shelf: Shelf, folder: Path, name: str, *, number: int = 0, core: bool = False
) -> Module | None:
    if not folder.is_dir():
        return None
    if not is_name(name):
        shelf.complain(folder, f"'{name}' is not a name", "Use small letters, digits and hyphens.")
    _check_file_names(shelf, folder)
    english = _examine(shelf, folder / "en.md", name, "en")
    if english is None:
        return None
    texts = {"en": english.text} | _read_translations(shelf, folder, name, english)
    _warn_if_overdue(shelf, folder / "en.md", english)
    return Module(
        name=name,
        number=number,
        core=core,
        title=english.text.title,
        summary=english.text.summary,
        minutes=english.front.minutes,
        reviewed_by=english.front.reviewed_by,
        reviewed_on=english.front.reviewed_on,
        review_again=english.front.review_again or date.max,
        texts=MappingProxyType(texts),
    )


def _read_translations(shelf: Shelf, folder: Path, name: str, english: Examined) -> dict[str, ModuleText]:
    texts = {}
    for path in sorted(folder.glob("*.md")):
        if path.stem == "en" or not language_name(path.stem):
            continue
        translation = _examine(shelf, path, name, path.stem)
        if translation is not None:
            texts[path.stem] = translation.text
            shelf.problems += drift(english.text, translation.text, shelf.shown(path))
    return texts


def _warn_if_overdue(shelf: Shelf, path: Path, english: Examined) -> None:
    due_on = english.front.review_again
    if shelf.today is None or due_on is None or due_on >= shelf.today:
        return
    line = english.front.line_of["review again"] + 1
    message = f"the review of this text was due on {due_on.isoformat()}"
    help = "Read it again, then change 'reviewed on:' and 'review again:'."
    shelf.problems.append(Problem(shelf.shown(path), line, message, help, Level.WARNING))


def _examine(shelf: Shelf, path: Path, module: str, lang: str) -> Examined | None:
    source = _source(shelf, path)
    if source is None:
        return None
    shown = shelf.shown(path)
    examined = examine_module_source(
        source, shelf.kinds, module=module, lang=lang, path=shown, known=shelf.known
    )
    shelf.problems += examined.problems
    shelf.examined[path] = examined
    return examined


def _check_file_names(shelf: Shelf, folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix not in ENDINGS_OF_TEXTS:
            continue
        if path.suffix != ".md" or language_name(path.stem) is None:
            shelf.complain(
                path, f"'{path.name}' is not named after a language", "Call it en.md, cy.md and so on."
            )


# --- beside the course --------------------


def _read_companions(shelf: Shelf) -> dict[str, Module]:
    """The pages for clinicians, by the name of the module that they belong to."""
    folders = shelf.layers.folders_in("companions")
    read = {name: _read_module(shelf, folder, name) for name, folder in folders.items()}
    return {name: module for name, module in read.items() if module}


def _read_glossaries(shelf: Shelf) -> dict[str, Glossary]:
    found = {}
    for path in shelf.layers.files_in("glossary", "*.yml").values():
        if language_name(path.stem) is None:
            shelf.complain(
                path, f"'{path.name}' is not named after a language", "Call it en.yml, cy.yml and so on."
            )
        elif (source := _source(shelf, path)) is not None:
            found[path.stem], problems = read_glossary(source, path.stem, shelf.shown(path))
            shelf.problems += problems
    return found


def _read_practices(shelf: Shelf) -> dict[tuple[str, str], PracticeBook]:
    """The scripts of the players, by tool and language."""
    found: dict[tuple[str, str], PracticeBook] = {}
    for path in shelf.layers.files_in("practices", "*/*.yml").values():
        tool, lang = path.parent.name, path.stem
        if language_name(lang) is None:
            shelf.complain(
                path, f"'{path.name}' is not named after a language", "Call it en.yml, cy.yml and so on."
            )
        elif (source := _source(shelf, path)) is not None:
            found[tool, lang], problems = read_practices(source, tool, lang, shelf.shown(path))
            shelf.problems += problems
    for (tool, lang), book in found.items():
        if lang != "en" and (tool, "en") in found:
            shelf.problems += compare_with_english(found[tool, "en"], book)
    return found


# --- links --------------------


def _follow_links(shelf: Shelf, modules: list[Module], plain_pages: Mapping[str, Module]) -> None:
    places = set(shelf.known.links)
    places |= {f"module:{module.name}" for module in modules} | {f"info:{name}" for name in plain_pages}
    for module in (*modules, *plain_pages.values()):
        places |= {f"page:{module.name}/{page.name}" for page in module.texts["en"].pages}
    for path, examined in shelf.examined.items():
        for link in (link for page in examined.text.pages for link in page.links):
            if link.target not in places:
                kind = link.target.split(":")[0]
                near = [place for place in places if place.startswith(kind + ":")]
                shelf.complain(
                    path,
                    f"the link '{link.target}' leads nowhere",
                    did_you_mean(link.target, near),
                    link.line,
                )
