"""The gallery: every widget in every state, every drawing and every kind of page, as plain HTML files.

The build purges the style sheets against it: a rule that nothing here uses is not sent to anybody. Look at
it too:
``python -m webapp.design.gallery OUTDIR``. It needs no database and no other room.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, render_template
from flask_babel import Babel
from markupsafe import Markup

from webapp.design import charts, init_design
from webapp.design.assets import BUILT, Assets, NotBuilt
from webapp.design.gallery_forms import empty_form, filled_form, refused_form

_LINKS = [
    "home",
    "help_now",
    "flare_up",
    "today",
    "course",
    "toolbox",
    "progress",
    "me",
    "ring_today",
    "my_patients",
    "answers",
    "invite",
    "service",
    "sign_out",
    "problem",
    "accessibility",
    "privacy",
    "information",
]
_NAMES = ("portal.css", "patient.js", "portal.js", "listen.js", "play.js", "plotly-basic.min.js", "icon.svg")

PATIENT = SimpleNamespace(
    name="Asha Patel", signed_in=True, is_staff=False, is_patient=True, low_energy_view=False
)
TIRED = SimpleNamespace(**{**vars(PATIENT), "low_energy_view": True})
CLINICIAN = SimpleNamespace(name="Carol Osei", signed_in=True, is_staff=True, is_patient=False)

# Every kind of page: its file name, its template, who looks at it, and which form it holds.
PAGES: tuple[tuple[str, str, Any, str], ...] = (
    ("today", "today", PATIENT, ""),
    ("module", "module", PATIENT, ""),
    ("module-low-energy", "module", TIRED, ""),
    ("exercise", "exercise", PATIENT, ""),
    ("player", "player", PATIENT, ""),
    ("question", "question", PATIENT, "empty"),
    ("progress", "progress", PATIENT, ""),
    ("form-empty", "form", PATIENT, "empty"),
    ("form-filled", "form", PATIENT, "filled"),
    ("form-refused", "form", PATIENT, "refused"),
    ("form-signed-out", "form", None, "refused"),
    ("words", "words", None, ""),
    ("words-staff", "words", CLINICIAN, ""),
    ("drawings", "drawings", PATIENT, ""),
    ("portal-ring", "portal_ring", CLINICIAN, ""),
    ("portal-story", "portal_story", CLINICIAN, ""),
    ("portal-form", "portal_form", CLINICIAN, "refused"),
    ("portal-words", "portal_words", CLINICIAN, ""),
    ("paper", "paper", CLINICIAN, ""),
    ("sheet", "sheet", CLINICIAN, ""),
)


def gallery_app(
    *, direction: str = "ltr", several_languages: bool = False, assets: Assets | None = None
) -> Flask:
    """A small application with nothing in it but the look. *assets*: those of the last build, if there is
    one."""
    app = Flask(__name__)
    Babel(app)
    init_design(app, assets or built_or_empty())
    links = [("cy", "Cymraeg", "#cy", False), ("en", "English", "#en", True), ("ar", "العربية", "#ar", False)]
    app.jinja_env.globals.update(
        link=lambda name: f"#{name}" if name in _LINKS else None,
        languages=lambda: links if several_languages else links[:2],
        csp_nonce=lambda: "gallery",
        csrf_token=lambda: "gallery",
        page_language=lambda: ("ar" if direction == "rtl" else "en", direction),
        demonstration=lambda: several_languages,
        service=SimpleNamespace(
            name="Hillside Pain Service",
            phone="0117 496 0000",
            logo_url="#logo" if several_languages else None,
        ),
        may=lambda _capability: True,
        charts=charts,
        drawing_names=sorted(charts.DRAWINGS),
        figure=Markup('{"data": [], "layout": {}}'),
    )
    return app


def built_or_empty() -> Assets:
    """The last build if it is whole, or names only: the very first build starts from the gallery."""
    try:
        built = Assets.read()
        if all(name in built.names for name in _NAMES):
            return built
    except NotBuilt:
        pass
    return Assets(BUILT, {name: name for name in _NAMES}, {"patient.css": Markup("")})


def rendered(app: Flask) -> Iterator[tuple[str, str]]:
    """Each page of the gallery: its name and its HTML."""
    forms = {"": None, "empty": empty_form, "filled": filled_form, "refused": refused_form}
    for name, template, visitor, form in PAGES:
        with app.test_request_context(f"/{name}"):
            make = forms[form]
            context = {"form": make()} if make else {}
            yield name, render_template(f"gallery/{template}.jinja", visitor=visitor, **context)


def write(folder: Path) -> int:
    """Write the gallery into *folder*; return the number of pages."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = dict(rendered(gallery_app()))
    pages |= {
        f"{name}-rtl": page for name, page in rendered(gallery_app(direction="rtl", several_languages=True))
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return len(pages)


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} pages")
