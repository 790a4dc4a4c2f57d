"""*Me*: what a patient chose, shares and may see; for staff, the parts that concern their account."""

from __future__ import annotations

from uuid import UUID

from flask import abort, current_app, redirect, render_template, request, url_for

from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import COOKIE as LANGUAGE_COOKIE

from . import me_sections, own_record, sessions
from . import service as people
from .me_forms import HelperForm, LanguageForm
from .routes import pages
from .sign_in_routes import Answer, account, come_in, person
from .signing_in import switch

A_YEAR_SECONDS = 31_536_000


def patient_id() -> UUID:
    """The signed-in patient's own record."""
    found = person().patient_id
    if found is None:
        abort(404)
    return found


@pages.get("/me")
@allow(May.USE_ACCOUNT)
def me() -> Answer:
    """What there is to see and change about oneself."""
    who = person()
    more = [
        (title, endpoint)
        for title, endpoint in me_sections.me_sections
        if endpoint in current_app.view_functions
    ]
    elsewhere = [one for one in sessions.memberships_of(who.account_id) if one.id != who.membership_id]
    named = {service.id: service.name for service in people.all_services()} if elsewhere else {}
    administers = account().administrator and who.membership_id is not None
    return render_template(
        "people/me.jinja", more=more, elsewhere=elsewhere, named=named, administers=administers
    )


@pages.get("/me/choices")
@allow(May.FOLLOW_COURSE)
def choices() -> Answer:
    """How we may reach them: each off until chosen."""
    me_now = people.patient_of(acting(), patient_id())
    chosen = people.choices_of(me_now.service_id, me_now.id)
    return render_template("people/choices.jinja", chosen=chosen, things=people.REAL_CHOICES, patient=me_now)


@pages.post("/me/choices/<string:thing>")
@allow(May.FOLLOW_COURSE)
def choose(thing: str) -> Answer:
    """One tap: on or off."""
    if thing not in people.REAL_CHOICES:
        abort(404)
    people.choose(patient_id(), thing, request.form.get("chosen") == "yes", by=acting())
    return redirect(url_for("people.choices"), 303)


@pages.get("/me/what-the-team-sees")
@allow(May.FOLLOW_COURSE)
def what_the_team_sees() -> Answer:
    """What the team sees and does not see."""
    return render_template("people/what_the_team_sees.jinja")


@pages.get("/me/sharing")
@allow(May.FOLLOW_COURSE)
def sharing() -> Answer:
    """What is shared now, each withdrawn in one tap."""
    return render_template(
        "people/sharing.jinja", things=own_record.what_is_shared(patient_id(), by=acting())
    )


@pages.post("/me/sharing")
@allow(May.FOLLOW_COURSE)
def stop_sharing() -> Answer:
    """Withdraw one thing."""
    people.share(
        patient_id(), request.form.get("kind", ""), request.form.get("thing", ""), False, by=acting()
    )
    return redirect(url_for("people.sharing"), 303)


@pages.route("/me/helper", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def helper() -> Answer:
    """Somebody helps me: who, and what we may discuss with them."""
    form, by = HelperForm(), acting()
    if form.validate_on_submit():
        own_record.add_supporter(patient_id(), form.name.data, form.may_discuss.data, by=by)
        return redirect(url_for("people.helper"), 303)
    helpers = people.supporters_of(person().service_id, patient_id())  # type: ignore[arg-type]
    page = render_template("people/helper.jinja", form=form, helpers=helpers)
    return page, 422 if form.is_submitted() else 200


@pages.post("/me/helper/<uuid:supporter_id>/withdraw")
@allow(May.FOLLOW_COURSE)
def withdraw_helper(supporter_id: UUID) -> Answer:
    """One tap, and we discuss nothing with them any more."""
    try:
        own_record.withdraw_supporter(patient_id(), supporter_id, by=acting())
    except people.NotFound:
        abort(404)
    return redirect(url_for("people.helper"), 303)


@pages.get("/me/who-looked")
@allow(May.FOLLOW_COURSE)
def who_looked() -> Answer:
    """Who of the team opened the record, when, and at what."""
    looks = own_record.who_looked(patient_id(), by=acting())
    return render_template("people/who_looked.jinja", looks=looks)


@pages.route("/me/language", methods=["GET", "POST"])
@allow(May.USE_ACCOUNT)
def language() -> Answer:
    """The language of the pages and of our messages."""
    service = person().service
    form = LanguageForm(
        languages=list(service.languages) if service else ["en"], data={"language": account().language}
    )
    if not form.validate_on_submit():
        return render_template("people/language.jinja", form=form), 422 if form.is_submitted() else 200
    own_record.speak(form.language.data, person().patient_id, by=acting())
    response = redirect(url_for("people.me"), 303)
    secure = current_app.extensions["waymark_settings"].https
    response.set_cookie(
        LANGUAGE_COOKIE, form.language.data, max_age=A_YEAR_SECONDS, secure=secure, samesite="Lax", path="/"
    )
    return response


@pages.get("/me/devices")
@allow(May.USE_ACCOUNT)
def devices() -> Answer:
    """Where this account is signed in."""
    who = person()
    found = own_record.devices(who.account_id, who.session_hash)
    return render_template("people/devices.jinja", devices=found, today_is=clock.today())


@pages.post("/me/devices/<string:reference>/end")
@allow(May.USE_ACCOUNT)
def end_device(reference: str) -> Answer:
    """Sign one device out."""
    try:
        own_record.end_device(person().account_id, reference)
    except people.NotFound:
        abort(404)
    return redirect(url_for("people.devices"), 303)


@pages.post("/me/devices/end-others")
@allow(May.USE_ACCOUNT)
def end_other_devices() -> Answer:
    """Sign every other device out."""
    sessions.end_all(person().account_id, but=person().session_hash)
    return redirect(url_for("people.devices"), 303)


@pages.post("/me/switch")
@allow(May.USE_ACCOUNT)
def switch_service() -> Answer:
    """Go on in another service in which this account has a role."""
    wanted = request.form.get("membership", "")
    try:
        membership_id = UUID(wanted) if wanted else None
    except ValueError:
        abort(404)
    begun = switch(acting(), membership_id, person().session_hash)
    return come_in(begun, None) if begun else abort(404)
