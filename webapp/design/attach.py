"""Gives an application the look: templates, components, charts, and the route that serves the built files."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, send_from_directory, url_for
from jinja2 import StrictUndefined

from webapp.design import charts
from webapp.design.assets import Assets
from webapp.design.components import Components
from webapp.design.errors import problems_of
from webapp.design.qr import in_css, path_of, qr_svg

_A_YEAR_SECONDS = 365 * 24 * 60 * 60
_PLAIN_TEXT = (".txt", ".txt.jinja")


def attach(app: Flask, assets: Assets | None = None) -> None:
    """See ``webapp.design.init_design``."""
    built = assets or Assets.read()
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.autoescape = escapes_in
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(
        nhs=Components(),
        charts=charts,
        problems_of=problems_of,
        inline_css=built.text,
        asset=cache(partial(_address_of, built)),
        qr_svg=qr_svg,
        path_of=path_of,
        in_css=in_css,
    )
    app.register_blueprint(_blueprint(built))


def _address_of(built: Assets, plain: str) -> str:
    return url_for("design.built_file", name=built.name(plain))


def escapes_in(template_name: str | None) -> bool:
    """Whether text is escaped in a template: everywhere but in plain-text messages."""
    return template_name is None or not template_name.endswith(_PLAIN_TEXT)


def _blueprint(built: Assets) -> Blueprint:
    design = Blueprint("design", __name__, template_folder=str(Path(__file__).parent / "templates"))

    @design.get("/assets/<path:name>")
    def built_file(name: str) -> Response:
        """One built file. It never changes under its name, so a browser may keep it for a year."""
        if name not in built.names.values():
            abort(404)
        response = send_from_directory(built.folder, name, max_age=_A_YEAR_SECONDS)
        response.cache_control.public = True
        response.cache_control.immutable = True
        return response

    return design
