"""The second factor: set up at the first sign-in, each code once, recovery codes once, nothing without it."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import g
from sqlalchemy import func, select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people import passwords, second_factor
from webapp.people.models import Account, RecoveryCode
from webapp.people.sign_in_models import SignedIn
from webapp.people.signing_in import WaitFirst
from webapp.people.visitors import COOKIE

GOOD = "otter-lamp-violet-9"


def code_now(account: Account, steps: int = 0) -> str:
    return pyotp.TOTP(account.totp_secret or "").at(clock.now() + timedelta(seconds=30 * steps))


def set_up(account: Account) -> list[str]:
    second_factor.start(account)
    codes = second_factor.confirm(account)
    db.session.commit()
    return codes


def by_password(client: LookingClient, cast: Cast, name: str = "carol", wanted: str = "/me/devices") -> Page:
    person = getattr(cast, name)
    passwords.set_password(person.account, GOOD)
    db.session.commit()
    sent = {"name": person.account.sign_in_name, "password": GOOD, "kind": "own_phone", "next": wanted}
    return client.submit("/sign-in", sent, form="/sign-in")


def test_the_first_sign_in_sets_it_up_and_shows_ten_codes_once(client: LookingClient, cast: Cast) -> None:
    page = by_password(client, cast)
    assert (page.path, page.heading) == ("/second-factor", "Set up your sign-in codes")
    assert "<svg" in page.html and "style=" not in page.html.partition("<svg")[2]
    typed = "".join(re.findall(r"\b[A-Z2-7]{4}\b", page.text))
    assert typed == cast.carol.account.totp_secret
    fields, action = page.form_fields("/second-factor")
    assert fields["next"] == "/me/devices"
    before = client.get_cookie(COOKIE)
    done = Page(client.post(action, data={**fields, "code": code_now(cast.carol.account)}))
    assert done.status == 200 and len(done.all("code")) == 10
    after = client.get_cookie(COOKIE)
    assert before and after and before.value != after.value
    assert done.all("a", class_="nhsuk-button")[0].get("href") == "/me/devices"
    assert client.page("/me/devices").path == "/me/devices"
    assert client.page("/second-factor").path == "/ring-today"


@pytest.mark.parametrize("path", ["/me", "/me/password", "/me/devices", "/service"])
def test_no_page_with_one_factor_only(client: LookingClient, cast: Cast, path: str) -> None:
    by_password(client, cast, "lena")
    assert client.page(path).path == "/second-factor"


def test_a_wrong_code_is_told_and_the_picture_stays(client: LookingClient, cast: Cast) -> None:
    by_password(client, cast)
    page = client.submit("/second-factor", {"code": "000000"}, form="/second-factor")
    assert page.status == 422 and "<svg" in page.html


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_of_one_step_either_side_is_right(cast: Cast, steps: int, right: bool) -> None:
    account = cast.carol.account
    set_up(account)
    now = clock.now()
    while now.timestamp() % 30 > 27:  # do not let the step change between making and checking
        now = clock.now()
    assert second_factor.is_right(account, code_now(account, steps)) is right


def test_no_step_twice_and_none_before_one_that_was_used(cast: Cast) -> None:
    account = cast.carol.account
    set_up(account)
    before, now = code_now(account, -1), code_now(account)
    assert second_factor.is_right(account, now)
    assert not second_factor.is_right(account, now)
    assert not second_factor.is_right(account, before)


def test_a_code_may_be_typed_with_a_blank(cast: Cast) -> None:
    set_up(cast.carol.account)
    code = code_now(cast.carol.account)
    assert second_factor.is_right(cast.carol.account, f" {code[:3]} {code[3:]} ")


def test_a_recovery_code_works_once_and_only_its_hash_is_kept(cast: Cast) -> None:
    account = cast.carol.account
    codes = set_up(account)
    assert len(set(codes)) == 10 and all(len(code) == 29 for code in codes)
    assert second_factor.is_right(account, codes[3].upper())
    assert not second_factor.is_right(account, codes[3])
    stored = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(stored) == 10 and not {code.replace("-", "") for code in codes} & set(stored)


def test_new_recovery_codes_end_the_old_ones(cast: Cast) -> None:
    account = cast.carol.account
    old = set_up(account)
    new = second_factor.new_recovery_codes(account)
    assert not second_factor.is_right(account, old[0])
    assert second_factor.is_right(account, new[0])
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_another_persons_code_does_not_fit(cast: Cast) -> None:
    codes = set_up(cast.carol.account)
    set_up(cast.lena.account)
    assert not second_factor.is_right(cast.lena.account, codes[0])


def test_guessing_codes_has_to_wait(cast: Cast) -> None:
    set_up(cast.carol.account)
    assert [second_factor.is_right(cast.carol.account, "000000") for _ in range(5)] == [False] * 5
    with pytest.raises(WaitFirst) as wait:
        second_factor.is_right(cast.carol.account, code_now(cast.carol.account))
    assert 0 < wait.value.seconds <= 5


def test_the_session_of_one_factor_ends_when_the_second_is_shown(client: LookingClient, cast: Cast) -> None:
    set_up(cast.carol.account)
    by_password(client, cast)
    g.pop("csrf_token", None)
    page = client.submit(
        "/second-factor?next=/me/devices", {"code": code_now(cast.carol.account)}, form="/second-factor"
    )
    assert (page.status, page.path) == (200, "/me/devices")
    rows = db.session.execute(
        select(SignedIn.second_factor_at, SignedIn.ended_at).order_by(SignedIn.started_at)
    ).all()
    assert [(at is not None, ended is not None) for at, ended in rows] == [(False, True), (True, False)]


def test_patients_are_never_asked(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    assert client.get("/second-factor").status_code == 403
