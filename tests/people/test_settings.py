"""A lead sets the service; production invites nobody until somebody answers for it."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people import number_settings, readiness, service_settings, signing_in, staff, tokens
from webapp.people import service as people
from webapp.people.models import Account, Membership, Service
from webapp.people.number_settings import NumberSetting, Section
from webapp.people.readiness import Lack, ModuleText
from webapp.people.sign_in_models import Token


def of(cast: Cast) -> Service:
    return db.session.get_one(Service, cast.hillside.id, populate_existing=True)


@pytest.mark.parametrize(
    ("thing", "sent", "field", "stored"),
    [
        ("name", {"name": "Hill Pain Team", "sender_name": "Hill"}, "name", "Hill Pain Team"),
        ("contact", {"phone": "01632 960111", "contact_lines": "Ring early."}, "phone", "01632 960111"),
        ("hours", {"mon_from": "8:30", "mon_to": "12.00", "tue_from": "", "tue_to": ""}, "hours",
         {"mon": ["08:30", "12:00"], **{day: ["09:00", "17:00"] for day in ("wed", "thu", "fri")}}),
        ("languages", {"nation": "wales", "languages": ["en", "cy"]}, "languages", ["en", "cy"]),
        ("course", {"rhythm": "fortnightly", "calls_a_week": "20"}, "calls_a_week", 20),
        ("safety-officer", {"safety_officer": "Dr S. Okoye"}, "safety_officer", "Dr S. Okoye"),
    ],
)  # fmt: skip
def test_a_thing_is_set_and_written_in_the_audit(
    client: LookingClient, cast: Cast, thing: str, sent: dict[str, Any], field: str, stored: object
) -> None:
    cast.signs_in(client, "lena")
    assert client.submit(f"/service/set/{thing}", sent).path == "/service"
    assert getattr(of(cast), field) == stored
    enter_service(cast.hillside.id)
    row = db.session.scalars(
        select(AuditRow).where(AuditRow.kind == "service").order_by(AuditRow.id.desc())
    ).first()
    assert row and row.verb == "changed" and field in row.fields


@pytest.mark.parametrize(
    ("thing", "sent"),
    [
        ("name", {"name": ""}),
        ("name", {"sender_name": "Hillside Pain"}),
        ("contact", {"phone": "ring me"}),
        ("contact", {"email": "nobody"}),
        ("hours", {"mon_from": "9 o'clock"}),
        ("hours", {"mon_from": "17:00", "mon_to": "09:00"}),
        ("hours", {"mon_from": "09:00", "mon_to": ""}),
        ("languages", {"nation": "england", "languages": ["cy"]}),
        ("course", {"calls_within_working_days": "0"}),
        ("course", {"calls_a_week": "many"}),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_saved(
    client: LookingClient, cast: Cast, thing: str, sent: dict[str, Any]
) -> None:
    cast.signs_in(client, "lena")
    before = of(cast).version
    assert client.submit(f"/service/set/{thing}", sent).status == 422
    assert of(cast).version == before


def test_two_leads_at_once_lose_nothing(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    fields, action = client.page("/service/set/name").form_fields()
    client.submit("/service/set/name", {"name": "First", "sender_name": "Hill"})
    late = Page(client.post(action, data={**fields, "name": "Second"}))
    assert late.status == 422 and "changed on another screen" in late.text
    assert late.form_fields()[0]["name"] == "Second" and of(cast).name == "First"


def test_closures_and_crisis_numbers_are_added_checked_and_removed(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    client.submit("/service/closures", {"day-day": "25", "day-month": "12", "day-year": "2026"})
    assert of(cast).closures == ["2026-12-25"]
    client.submit("/service/closures", form="/remove")
    assert of(cast).closures == []
    line = {"name": "Hill crisis team", "number": "01632 960199", "how": "Day and night, free"}
    client.submit("/service/crisis-numbers", line)
    assert of(cast).crisis_lines == [{**line, "checked_on": clock.today().isoformat()}]
    of(cast).crisis_lines = [{**line, "checked_on": "2025-01-01"}]
    db.session.commit()
    client.submit("/service/crisis-numbers", form="/0/checked")
    assert of(cast).crisis_lines[0]["checked_on"] == clock.today().isoformat()
    fields = client.page("/service/crisis-numbers").form_fields("/0/remove")[0]
    assert client.post("/service/crisis-numbers/7/remove", data=fields).status_code == 404
    client.submit("/service/crisis-numbers", form="/0/remove")
    assert of(cast).crisis_lines == []
    assert client.submit("/service/crisis-numbers", {**line, "number": "ring us"}).status == 422


def png(width: int = 40, height: int = 20, padding: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\x00" + b"\x80" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"tEXt", b"a\x00" + b"x" * padding)
        + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "fits"),
    [
        (png(), True),
        (png(2000, 1), True),
        (png(2001, 1), False),
        (png(padding=61_440 - len(png())), True),
        (png(padding=61_441 - len(png())), False),
        (b"GIF89a" + b"x" * 50, False),
        (b"<svg onload=alert(1)>", False),
        (png()[:-4], False),
        (b"", False),
    ],
)
def test_a_logo_is_judged_by_its_bytes(file: bytes, fits: bool) -> None:
    assert service_settings.is_small_png(file) is fits


def test_a_logo_is_shown_to_anybody_and_removed(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    assert client.get(f"/service-logo/{cast.hillside.id}").status_code == 404
    fields, action = client.page("/service/logo").form_fields()
    refused = client.post(action, data={**fields, "logo": (io.BytesIO(b"no picture"), "logo.png")})
    assert refused.status_code == 422
    client.post(action, data={**fields, "logo": (io.BytesIO(png()), "logo.png")})
    shown = client.application.test_client().get(f"/service-logo/{cast.hillside.id}")
    assert (shown.status_code, shown.mimetype, shown.data) == (200, "image/png", png())
    assert "public" in shown.headers["Cache-Control"]
    client.submit("/service/logo", form="/service/logo/remove")
    assert of(cast).logo is None


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> Section:
    quiet = NumberSetting("quiet_days", "Quiet after", 7, 1, 60, "A design figure", "days")
    share = NumberSetting("share", "Start at this share of the mean", 0.8, 0.5, 1, "I-Engage: 80%")
    section = Section("flags", "Reasons for ringing", "thresholds", [quiet, share])
    monkeypatch.setattr(number_settings, "settings_sections", {"flags": section})
    return section


def test_numbers_keep_only_what_differs_and_ask_for_a_new_signature(
    client: LookingClient, cast: Cast, numbers: Section
) -> None:
    cast.signs_in(client, "lena")
    assert "A design figure" in client.page("/service/sign-numbers").text
    assert client.submit("/service/sign-numbers", {"name": "Dr Okoye"}).status == 422
    client.submit("/service/sign-numbers", {"name": "Dr Okoye", "read": "y"})
    assert (of(cast).numbers_signed_by, of(cast).numbers_signed_on) == ("Dr Okoye", clock.today())
    assert client.submit("/service/numbers/flags", {"quiet_days": "61"}).status == 422
    assert client.submit("/service/numbers/flags", {"quiet_days": "9"}).path == "/service"
    assert of(cast).thresholds == {"quiet_days": 9}
    assert of(cast).numbers_signed_on is None
    client.submit("/service/numbers/flags", {"quiet_days": "7", "share": "0.75"})
    assert of(cast).thresholds == {"share": 0.75}
    assert client.get("/service/numbers/nothing").status_code == 404


def test_other_rooms_are_told_of_a_change(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[set[str]] = []
    monkeypatch.setattr(service_settings, "after_change", [lambda service, changed, by: told.append(changed)])
    service_settings.change(
        of(cast), {"closures": ["2026-12-25"], "phone": of(cast).phone}, by=cast.lena.actor
    )
    assert told == [{"closures"}]


def test_production_invites_only_when_somebody_answers_for_everything(
    cast: Cast, client: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = client.application.extensions["waymark_settings"]
    production = settings.model_copy(update={"environment": "production"})
    monkeypatch.setitem(client.application.extensions, "waymark_settings", production)
    monkeypatch.setattr(readiness, "_modules", lambda: [ModuleText("pacing", "Pacing", "v1")])
    lena, service = cast.lena, of(cast)
    cast.enter(lena)
    assert [one.what for one in readiness.missing(service, production)] == [
        Lack.SAFETY_OFFICER, Lack.NUMBERS, Lack.MODULE,
    ]  # fmt: skip
    service_settings.change(service, {"safety_officer": "Dr Okoye"}, by=lena.actor)
    service_settings.sign_numbers(service, "Dr Okoye", by=lena.actor)
    assert not readiness.may_invite(service)
    assert not readiness.accept_module("pacing", "v0", by=lena.actor, today_in="Europe/London")
    assert readiness.accept_module("pacing", "v1", by=lena.actor, today_in="Europe/London")
    assert readiness.may_invite(service)
    monkeypatch.setattr(readiness, "_modules", lambda: [ModuleText("pacing", "Pacing", "v2")])
    assert not readiness.may_invite(service)
    standing = readiness.standings(service.id)[0]
    assert standing.accepted is None and standing.older and standing.older.fingerprint == "v1"


def test_without_any_module_nobody_is_invited(
    cast: Cast, client: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "_modules", tuple)
    settings = client.application.extensions["waymark_settings"]
    assert Lack.MODULES in [one.what for one in readiness.missing(of(cast), settings)]


def test_a_module_is_accepted_on_its_page(
    client: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "_modules", lambda: [ModuleText("pacing", "Pacing", "v1")])
    cast.signs_in(client, "lena")
    assert "accept the module Pacing" in client.page("/service").text
    assert "by Lena Brandt on" in client.submit("/service/modules", form="/service/modules").text


def test_every_page_says_demonstration_until_the_service_is_ready(
    client: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Demonstration: not for patients"
    assert words in client.page("/sign-in").html
    settings = client.application.extensions["waymark_settings"]
    production = settings.model_copy(update={"environment": "production"})
    monkeypatch.setitem(client.application.extensions, "waymark_settings", production)
    monkeypatch.setattr(readiness, "_modules", lambda: [ModuleText("pacing", "Pacing", "v1")])
    assert words not in client.page("/sign-in").html
    cast.signs_in(client, "lena")
    assert words in client.page("/service").html
    service_settings.change(of(cast), {"safety_officer": "Dr Okoye"}, by=cast.lena.actor)
    service_settings.sign_numbers(of(cast), "Dr Okoye", by=cast.lena.actor)
    db.session.commit()
    client.submit("/service/modules", form="/service/modules")
    assert words not in client.page("/service").html


# Staff


def invited(cast: Cast, email: str) -> tuple[Account, str]:
    enter_service(cast.hillside.id)
    letter = db.session.scalars(
        select(Letter).where(Letter.to_address == email).order_by(Letter.id.desc())
    ).first()
    account = signing_in.account_named(email)
    assert letter and account
    return account, "/staff/" + letter.text.split("/staff/")[1].split()[0]


def test_a_colleague_is_invited_chooses_a_password_and_sets_up_codes(
    client: LookingClient, cast: Cast
) -> None:
    cast.signs_in(client, "lena")
    page = client.submit(
        "/service/staff", {"name": "Nia Hughes", "email": "Nia@Example.org", "role": "clinician"}
    )
    assert "Nia Hughes" in page.text and "Invited" in page.text
    account, path = invited(cast, "nia@example.org")
    client.delete_cookie("signed-in")
    assert client.submit(path, {"password": "password"}).status == 422
    assert client.submit(path, {"password": "otter-lamp-violet-9"}).path == "/second-factor"
    assert account.password_hash and account.totp_secret
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(("hours", "status"), [(71.9, 200), (72.1, 410)])
def test_a_staff_invitation_lasts_72_hours(
    client: LookingClient, cast: Cast, hours: float, status: int
) -> None:
    cast.enter(cast.lena)
    staff.invite("nia@example.org", "Nia Hughes", "caller", by=cast.lena.actor)
    db.session.commit()
    _, path = invited(cast, "nia@example.org")
    db.session.execute(update(Token).values(expires_at=Token.expires_at - timedelta(hours=hours)))
    assert client.get(path).status_code == status


def test_nobody_is_added_twice(client: LookingClient, cast: Cast) -> None:
    name = cast.carol.account.sign_in_name
    cast.signs_in(client, "lena")
    page = client.submit("/service/staff", {"name": "Carol", "email": name, "role": "lead"})
    assert page.status == 422 and "works here already" in page.text


def test_a_new_role_or_the_end_kills_the_sessions_at_once(client: LookingClient, cast: Cast) -> None:
    carols = client.application.test_client()
    cast.signs_in(carols, "carol")
    cast.signs_in(client, "lena")
    assert cast.carol.membership
    path = f"/service/staff/{cast.carol.membership.id}"
    client.submit(path, {"role": "caller"})
    assert carols.get("/me").status_code == 303
    cast.signs_in(carols, "carol")
    client.submit(path, form=f"{path}/end")
    assert carols.get("/me").status_code == 303
    assert client.get(path).status_code == 404


def test_the_last_lead_stays(client: LookingClient, cast: Cast) -> None:
    lena = cast.signs_in(client, "lena")
    assert lena.membership
    path = f"/service/staff/{lena.membership.id}"
    assert client.submit(path, {"role": "caller"}).status == 422
    assert client.submit(path, form=f"{path}/end").status == 422
    enter_service(cast.hillside.id)
    assert db.session.get_one(Membership, (cast.hillside.id, lena.membership.id)).role == "lead"


def test_another_services_colleague_is_not_there(client: LookingClient, cast: Cast) -> None:
    victor = cast.victor.membership
    cast.signs_in(client, "lena")
    assert victor and client.get(f"/service/staff/{victor.id}").status_code == 404


def test_an_administrator_adds_a_service_and_its_first_lead(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "ada")
    page = client.submit("/installation", {"name": "Coast Pain Service", "sender_name": "Coast"})
    assert page.heading == "Coast Pain Service" and "Nobody works here yet" in page.text
    page = client.submit(page.path, {"name": "Lois Gray", "email": "lois@example.org", "role": "lead"})
    assert "Lois Gray" in page.text and "Leads the service" in page.text
    coast = next(one for one in people.all_services() if one.name == "Coast Pain Service")
    enter_service(coast.id)
    assert db.session.scalars(select(Letter.to_address)).all() == ["lois@example.org"]
    assert coast.languages == ["en"]


# The first administrator


def test_the_first_administrator_comes_by_a_link_that_works_once(client: LookingClient, cast: Cast) -> None:
    assert not staff.there_is_an_administrator()
    path = f"/first/{tokens.make('first_administrator')}"
    db.session.commit()
    assert client.submit(path, {"email": "x", "name": "", "password": "x"}).status == 422
    sent = {"email": "Root@Example.org", "name": "Rhian Root", "password": "otter-lamp-violet-9"}
    assert client.submit(path, sent).path == "/second-factor"
    assert staff.there_is_an_administrator()
    assert client.get(path).status_code == 410
    assert client.get("/first/guess").status_code == 410
