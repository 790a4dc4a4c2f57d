"""How everything looks: NHS components, form widgets, base pages, charts, style sheets and small scripts.

Its words: a *component* is an NHS macro, a *widget* draws one form field, a *page* is a base template, a
*drawing*
is an SVG made here on the server. Other rooms call ``init_design`` once, then extend the templates, use
the widgets
in their forms and ``charts`` in their pages.

What a room may call
    ``init_design(app)``: once, in ``create_app``.
    ``webapp.design.widgets``: fields and widgets for forms (``TextField``, ``RadiosField``,
    ``TextareaField`` …).
    ``webapp.design.charts``: drawings (``staircase``, ``week_strip`` …); in templates
    ``charts.staircase(…)``.
    In templates: ``nhs.button({…})`` and the other components, ``asset(name)``, ``inline_css("patient")``,
    ``problems_of(form)``.

Base templates, in ``templates/design/``
    ``patient.jinja``  signed-in patient: bottom menu (set ``here`` to today, course, toolbox, progress or
    me).
    ``plain.jinja``    signed out, or a page that belongs to nobody.
    ``form.jinja``     a form for a patient or a visitor; ``portal_form.jinja`` the same for staff.
    ``portal.jinja``   staff: wide, menu on top (set ``here`` to ring, patients, answers, invite or service).
    ``print.jinja``    A4, black on white.
    ``paper.jinja``    the same with service, phone, help numbers and a QR code back (blocks ``paper``,
    ``choices``; variable ``back_to``, an absolute address); pieces in ``_paper.jinja``.
    Blocks: ``heading`` (or a variable ``heading``), ``h1``, ``before``, ``main``, ``actions``, ``head``,
    ``title``.

What the application gives (Jinja globals or a context processor)
    ``visitor`` (None or ``.name .signed_in .is_staff .is_patient``), ``service`` (None or ``.name
    .logo_url``),
    ``languages()`` → ``[(code, own_name, url, current)]``, ``csp_nonce()``, ``page_language()`` → ``(lang,
    dir)``,
    ``demonstration()``, ``csrf_token()`` and ``link(name)`` → the address, or None while that page does
    not exist:
    a menu shows only what works. Names asked for: home, help_now, flare_up, today, course, toolbox,
    progress, me,
    ring_today, my_patients, answers, invite, service, sign_in, sign_out, problem, accessibility, privacy, information.
"""

from __future__ import annotations

from flask import Flask

from webapp.design.assets import Assets, NotBuilt
from webapp.design.attach import attach

__all__ = ["Assets", "NotBuilt", "init_design"]


def init_design(app: Flask, assets: Assets | None = None) -> None:
    """Give *app* the look: templates, components, charts and the built files under ``/assets/``.

    Undefined names in templates become errors, and text is escaped in every template but plain-text messages
    (``*.txt``). *assets* is for tests and for the gallery; otherwise the files in ``built/`` are used.

    Raises:
        NotBuilt: the style sheets have not been built (``npm run build``).
        LookupError: the installed nhsuk-frontend-jinja lacks a component that we use.
    """
    attach(app, assets)
