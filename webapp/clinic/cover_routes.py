"""Who covers alerts, for the lead; and asking item 9, once the cover is whole and the expected load was read."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow
from webapp.people.models import Service
from webapp.questionnaires import service as questionnaires
from webapp.safety import load_rules
from webapp.safety import service as safety
from webapp.safety.trouble_words import missing

from . import alert_reads, rules, service
from .alert_forms import CoverForm, ItemNineForm
from .forms import ButtonForm
from .routes import Answer, pages

DAYS_IN_A_YEAR = 365


@pages.route("/service/safety", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def cover() -> Answer:
    """Owner, deputy, days away and the words for out of hours."""
    form = _cover_form()
    if form.validate_on_submit():
        safety.change_cover(acting(), **form.changes())
        flash(_("Saved."))
        return redirect(url_for("clinic.cover"), 303)
    return _page(form, sent=form)


@pages.route("/service/safety/item-nine", methods=["GET", "POST"])
@allow(May.LEAD_SERVICE)
def ask_item_nine() -> Answer:
    """Ask PHQ-9 in place of PHQ-8, after reading what to expect. What was shown is kept with the decision."""
    form = ItemNineForm()
    if form.validate_on_submit():
        try:
            safety.switch_item_nine(True, _load(service.service_of(acting())).as_stored, by=acting())
        except safety.NotCovered as lacking:
            form.form_errors = [_("It cannot be switched on yet:"), *map(missing, lacking.missing)]
        else:
            flash(_("PHQ-9 is asked in place of PHQ-8 from now on."))
            return redirect(url_for("clinic.cover"), 303)
    return _page(_cover_form(fresh=True), sent=form, asking=form)


@pages.post("/service/safety/item-nine/off")
@allow(May.LEAD_SERVICE)
def stop_item_nine() -> Answer:
    """Ask PHQ-8 again, at once."""
    if ButtonForm().validate_on_submit():
        safety.switch_item_nine(False, {}, by=acting())
        flash(_("PHQ-8 is asked again. Open alerts stay open."))
    return redirect(url_for("clinic.cover"), 303)


def _cover_form(fresh: bool = False) -> CoverForm:
    """The form as it came, or (``fresh``) as it stands, when another form of the page was sent."""
    now = safety.cover_of(acting())
    given = {"formdata": None} if fresh else {}
    return CoverForm(
        safety.readers(acting()),
        service.today_of(acting()),
        current_version=now.version,
        data={
            "owner": str(now.owner_account_id or ""),
            "deputy": str(now.deputy_account_id or ""),
            "owner_away_until": now.owner_away_until,
            "deputy_away_until": now.deputy_away_until,
            "out_of_hours": now.out_of_hours,
        },
        **given,
    )


def _page(form: CoverForm, *, sent: CoverForm | ItemNineForm, asking: ItemNineForm | None = None) -> Answer:
    ours, now = service.service_of(acting()), safety.cover_of(acting())
    page = render_template(
        "clinic/cover.jinja",
        form=sent,
        cover_form=form,
        asking=asking or ItemNineForm(formdata=None),
        cover=now,
        ours=ours,
        lacks=[missing(one) for one in safety.what_cover_lacks(acting())],
        is_asked=safety.item_nine_is_on(ours.id),
        load=_load(ours),
        studies=(load_rules.FEWEST, load_rules.MOST),
        button=ButtonForm(formdata=None),
    )
    return (page, 422) if sent.is_submitted() else page


def _load(ours: Service) -> load_rules.Load:
    """What this service has to expect in a year, as of today."""
    battery = questionnaires.battery_of(ours)
    times = rules.askings_a_year(
        (
            (sitting.opens.months, sitting.instruments)
            for point in (battery.time_points if battery else ())
            for sitting in point.sittings
        ),
    )
    return load_rules.expected(alert_reads.patients_now(ours.id), times, _working_days(ours))


def _working_days(ours: Service) -> int:
    """The days of the coming year on which somebody works here."""
    working, today = safety.working_time(ours), clock.today(ours.time_zone)
    days = [today + timedelta(days=after) for after in range(DAYS_IN_A_YEAR)]
    return sum(
        1 for day in days if rules.WEEKDAYS[day.weekday()] in working.hours and day not in working.closed
    )
