"""How the house is put together: foundations first, then the rooms from the ground up."""

from __future__ import annotations

import gc
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from inspect import iscoroutinefunction
from typing import Any

from flask import Flask, g, url_for
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.foundations import (
    clock,
    drafts,
    errors,
    health,
    jobs,
    kept_pages,
    language_switch,
    languages,
    logs,
    saving,
)
from webapp.foundations.access import init_access, visitor
from webapp.foundations.carriers import into_files
from webapp.foundations.database import db
from webapp.foundations.headers import csp_nonce, init_headers
from webapp.foundations.mailing import BySmtp
from webapp.foundations.settings import Settings, load_settings
from webapp.foundations.texting import ByNotify
from webapp.rooms import load_models

ROOMS = (
    "people",
    "content",
    "engagement",
    "safety",
    "pacing",
    "goals",
    "course",
    "questionnaires",
    "support",
    "reminders",
    "welcome",
    "home",
    "clinic",
    "reports",
)
ONE_MONTH_SECONDS = 2_592_000

# What templates call a page → its view. A menu shows only what exists.
PAGES = {
    "home": "sign_in.front_door",
    "sign_in": "sign_in.sign_in",
    "sign_out": "sign_in.sign_out",
    "help_now": "support_help.help_now",
    "flare_up": "flare_up.now",
    "problem": "support.something_wrong",
    "accessibility": "support.accessibility",
    "privacy": "support.privacy",
    "today": "home.today",
    "course": "course.overview",
    "toolbox": "home.toolbox",
    "progress": "home.progress",
    "me": "people.me",
    "ring_today": "clinic.ring_today",
    "my_patients": "clinic.caseload",
    "answers": "clinic.answers_to_read",
    "alerts": "clinic.alerts",
    "messages": "clinic.messages",
    "invite": "welcome.invite",
    "service": "people.service_settings",
    "installation": "people.installation",
    "keep_draft": "drafts.keep_typing",
    "preview": "content_preview.overview",
    "information": "course.information_list",
    "ring_me": "support.ring_me",
}


csrf = CSRFProtect()


def build(settings: Settings | None = None) -> Flask:
    """The application: settle, lay the foundations, open the rooms."""
    app = Flask("webapp", static_folder=None)
    settle(app, settings)
    lay_foundations(app)
    open_rooms(app)
    csrf.init_app(app)
    _ask_no_token_without_a_session(app)
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    return app


def _ask_no_token_without_a_session(app: Flask) -> None:
    """A view that reads no session acts for nobody who is signed in: what it may do rests on its own secret."""
    for view in app.view_functions.values():
        if getattr(view, "waymark_sessionless", False):
            csrf.exempt(view)


def settle(app: Flask, settings: Settings | None) -> None:
    """Read the settings, find the database, and configure Flask."""
    settings = settings or load_settings()
    settings = with_database(settings)
    app.extensions["waymark_settings"] = settings
    app.extensions["waymark_links"] = {}
    app.extensions["waymark_addresses"] = {}
    app.config.update(
        SECRET_KEY=settings.secret_key or _secret_of_this_machine(settings),
        SESSION_COOKIE_NAME="__Host-visit" if settings.https else "visit",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=ONE_MONTH_SECONDS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        SQLALCHEMY_ENGINES={"default": settings.database_url},
        TESTING=settings.environment == "test",
    )
    clock.let_it_be_moved(None if settings.production else settings.var_folder / "clock")
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]


def with_database(settings: Settings) -> Settings:
    """The settings, with the private PostgreSQL's addresses where none were given."""
    if settings.database_url:
        return settings
    from webapp.foundations import private_postgres

    private = private_postgres.ensure_running()
    found = {"database_url": private.url("waymark_app"), "owner_database_url": private.url("waymark_owner")}
    return settings.model_copy(update=found)


def _secret_of_this_machine(settings: Settings) -> str:
    """A secret for trials, made once and kept beside the data. Production must set its own."""
    import secrets

    file = settings.var_folder / "secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_hex(32))
        file.chmod(0o600)
    return file.read_text()


def lay_foundations(app: Flask) -> None:
    """Everything that knows no pain words."""
    settings: Settings = app.extensions["waymark_settings"]
    load_models()
    logs.init_logs(app, readable=not settings.production)
    db.init_app(app)
    _close_nothing_async(app)
    errors.init_errors(app)
    _open_the_gate(app)
    init_headers(
        app, settings.https
    )  # after_request runs in the reverse order: headers come after the commit
    saving.init_saving(app)
    drafts.init_drafts(app)
    kept_pages.init_kept_pages(app)
    languages.init_languages(app, settings.var_folder / "pseudo" if settings.pseudo_language else None)
    app.extensions["waymark_carrier"] = (
        BySmtp(settings.smtp_url) if settings.smtp_url else into_files(settings.var_folder / "mail")
    )
    app.extensions["waymark_texting"] = (
        ByNotify(settings.notify_key, settings.notify_template) if settings.notify_key else None
    )
    jobs.init_jobs(app)
    app.register_blueprint(health.pages)
    app.register_blueprint(language_switch.pages)


def _close_nothing_async(app: Flask) -> None:
    """Nothing of ours is async: no event loop to close sessions, no asking of each function whether it is."""
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]
    app.teardown_appcontext_funcs = [f for f in app.teardown_appcontext_funcs if not iscoroutinefunction(f)]


def _open_the_gate(app: Flask) -> None:
    from webapp.people.visitors import find_visitor, languages_of_all, to_sign_in

    app.extensions["waymark_languages_of_all"] = languages_of_all
    app.extensions["waymark_to_sign_in"] = to_sign_in
    init_access(app, find_visitor)


def open_rooms(app: Flask) -> None:
    """Open each room: its `open_room(app)` registers blueprints and what it needs at the start."""
    from webapp.design import init_design

    init_design(app)
    _give_words_to_templates(app)
    for room in ROOMS:
        if find_spec(f"webapp.{room}") and find_spec(f"webapp.{room}.room"):
            import_module(f"webapp.{room}.room").open_room(app)


def _give_words_to_templates(app: Flask) -> None:
    app.jinja_env.globals.update(
        csp_nonce=csp_nonce,
        page_language=languages.page_language,
        languages=languages.language_links,
        in_words=languages.in_words,
        short_date=languages.short_date,
        local_time=clock.local,
        today=clock.today,
        may=_may,
        beside=languages.beside,
        link=partial(_link, app),
    )

    @app.context_processor
    def who_and_where() -> dict[str, Any]:
        who = visitor()
        return {"visitor": who, "service": g.get("shown_service") or getattr(who, "service", None)}


def _link(app: Flask, name: str) -> str | None:
    """The address of a page that templates name; None while there is no such page for this visitor."""
    made = app.extensions["waymark_links"].get(name)
    if made is not None:
        address: str | None = made()
        return address
    kept: dict[str, str | None] = app.extensions["waymark_addresses"]
    if name not in kept:
        kept[name] = url_for(PAGES[name]) if PAGES[name] in app.view_functions else None
    return kept[name]


def _may(capability: str) -> bool:
    who = visitor()
    return who is not None and capability in getattr(who, "capabilities", ())
