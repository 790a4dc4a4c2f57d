"""Signing in: one answer for everybody, waits that no stranger can turn into a lock-out, links that
scanners open.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import func, select, update

from tests.cast import Cast, Person
from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people import passwords, sessions, throttle
from webapp.people.sign_in_models import SignedIn, Throttle, Token
from webapp.people.visitors import COOKIE, hash_of

GOOD = "otter-lamp-violet-9"


def gives_password(person: Person, password: str = GOOD) -> str:
    passwords.set_password(person.account, password)
    db.session.commit()
    return person.account.sign_in_name


def sign_in(
    client: LookingClient, name: str, password: str = GOOD, *, path: str = "/sign-in", **kwargs: object
) -> Page:
    sent = {"name": name, "password": password, "kind": "own_phone"}
    return client.submit(path, sent, form="/sign-in" if "?" not in path else None, **kwargs)


def throttled_from(client: LookingClient, address: str) -> None:
    client.environ_base["REMOTE_ADDR"] = address


def wait_is_over() -> None:
    db.session.execute(update(Throttle).values(wait_until=clock.now() - timedelta(seconds=1)))


def latest_letter(cast: Cast) -> Letter:
    enter_service(cast.hillside.id)
    letter = db.session.scalar(select(Letter).order_by(Letter.id.desc()).limit(1))
    assert letter is not None
    return letter


def link_in(letter: Letter) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", letter.text)
    assert found
    return found[1]


def test_a_patient_signs_in_with_the_password_however_the_name_is_typed(
    client: LookingClient, cast: Cast
) -> None:
    name = gives_password(cast.asha)
    page = sign_in(client, f"  {name.upper()} ")
    assert (page.status, page.path) == (200, "/today")
    stored = db.session.scalars(select(SignedIn.token_hash)).one()
    cookie = client.get_cookie(COOKIE)
    assert cookie and stored == hash_of(cookie.value) and cookie.http_only and cookie.same_site == "Lax"


def test_a_shared_phone_forgets_when_the_browser_closes(client: LookingClient, cast: Cast) -> None:
    name = gives_password(cast.asha)
    client.submit("/sign-in", {"name": name, "password": GOOD, "kind": "shared"})
    cookie = client.get_cookie(COOKIE)
    assert cookie and cookie.expires is None
    assert db.session.scalars(select(SignedIn.kind)).one() == "shared"


def masked(page: Page) -> str:
    text = re.sub(r'(nonce|value|src|href)="[^"]*"', "", page.html)
    return re.sub(r"(style|script)-?nonce[^>]*", "", text)


def test_known_and_unknown_accounts_get_the_same_answer(client: LookingClient, cast: Cast) -> None:
    gives_password(cast.asha)
    known = sign_in(client, cast.asha.account.sign_in_name, "wrong-wrong-wrong")
    unknown = sign_in(client, "nobody@example.org", "wrong-wrong-wrong")
    without = sign_in(client, cast.dewi.account.sign_in_name, "wrong-wrong-wrong")  # has no password yet
    assert {known.status, unknown.status, without.status} == {422}
    assert masked(known) == masked(unknown) == masked(without)


def test_one_hash_is_made_for_known_and_unknown_accounts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = passwords._hasher.verify

    class Counting:
        def verify(self, known: str, typed: str) -> bool:
            made.append(known[:10])
            return bool(real(known, typed))

        def __getattr__(self, name: str) -> object:
            return getattr(passwords_hasher, name)

    passwords_hasher = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Counting())
    gives_password(cast.asha)
    assert not passwords.is_right(cast.asha.account, "wrong-wrong-wrong")
    assert not passwords.is_right(None, "wrong-wrong-wrong")
    assert len(made) == 2


def test_what_was_typed_stays_but_never_the_password(client: LookingClient, cast: Cast) -> None:
    page = sign_in(client, "nobody@example.org", "wrong-wrong-wrong")
    assert page.all("input", name="name")[0].get("value") == "nobody@example.org"
    assert "wrong-wrong-wrong" not in page.html


@pytest.mark.parametrize("missing", ["name", "password", "kind"])
def test_an_empty_field_is_told(client: LookingClient, cast: Cast, missing: str) -> None:
    sent = {"name": "a@example.org", "password": GOOD, "kind": "shared", missing: ""}
    assert client.submit("/sign-in", sent).status == 422


@pytest.mark.parametrize(("field", "autocomplete"), [("name", "username"), ("password", "current-password")])
def test_managers_can_fill_it_in(client: LookingClient, cast: Cast, field: str, autocomplete: str) -> None:
    assert client.page("/sign-in").all("input", name=field)[0].get("autocomplete") == autocomplete


def test_wrong_tries_wait_longer_and_longer_and_the_right_password_ends_it(
    client: LookingClient, cast: Cast
) -> None:
    name = gives_password(cast.asha)
    answers = [sign_in(client, name, "wrong-wrong-wrong").status for _ in range(6)]
    assert answers == [422] * 5 + [429]
    wait_is_over()
    assert sign_in(client, name, "wrong-wrong-wrong").status == 422
    waits = client.post("/sign-in", data={"name": name, "password": GOOD, "kind": "shared", **token(client)})
    assert waits.status_code == 429 and 5 < int(waits.headers["Retry-After"]) <= 10
    wait_is_over()
    assert sign_in(client, name).status == 200


def next_request() -> None:
    """Tests share one application context: forget what the last request kept for itself."""
    for name in ("draft", "csrf_token", "csrf_valid", "kept_typing"):
        g.pop(name, None)


def token(client: LookingClient) -> dict[str, str]:
    fields, _ = client.page("/sign-in").form_fields("/sign-in")
    return {"csrf_token": fields["csrf_token"]}


def test_a_stranger_elsewhere_cannot_lock_anybody_out(client: LookingClient, cast: Cast) -> None:
    name = gives_password(cast.asha)
    throttled_from(client, "192.0.2.1")
    for _ in range(60):
        client.post(
            "/sign-in",
            data={"name": name, "password": "wrong-wrong-wrong", "kind": "shared", **token(client)},
        )
    assert sign_in(client, name).status == 429
    throttled_from(client, "198.51.100.7")
    assert sign_in(client, name).status == 200


def test_many_names_from_one_network_wait_too(client: LookingClient, cast: Cast) -> None:
    limit = throttle.LIMITS["network"].free
    fields = {**token(client), "password": "x" * 15, "kind": "shared"}
    answers = [
        client.post("/sign-in", data={**fields, "name": f"n{i}@example.org"}).status_code
        for i in range(limit + 1)
    ]  # fmt: skip
    assert answers == [422] * limit + [429]


@pytest.mark.parametrize(
    ("failures", "seconds"), [(4, 0), (5, 5), (6, 10), (7, 20), (12, 640), (13, 900), (500, 900)]
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert throttle.LIMITS["account"].wait_after(failures) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/me/helper", "/me/helper"),
        ("//evil.example", "/today"),
        ("https://evil.example/", "/today"),
        ("/\\evil.example", "/today"),
    ],
)
def test_after_signing_in_we_go_only_to_our_own_pages(
    client: LookingClient, cast: Cast, wanted: str, leads_to: str
) -> None:
    name = gives_password(cast.asha)
    fields = {**token(client), "name": name, "password": GOOD, "kind": "shared", "next": wanted}
    assert Page(client.post("/sign-in", data=fields, follow_redirects=True)).path == leads_to


@pytest.mark.parametrize(
    ("kind", "idle", "whole"),
    [
        ("own_phone", timedelta(days=14), timedelta(days=30)),
        ("shared", timedelta(hours=20), timedelta(hours=20)),
        ("staff", timedelta(minutes=15), timedelta(hours=12)),
    ],
)
@pytest.mark.parametrize(("seconds", "still_in"), [(-1, True), (1, False)])
@pytest.mark.parametrize("limit", ["idle", "whole"])
def test_a_session_ends_just_past_its_limit(
    client: LookingClient, cast: Cast, kind: str, idle: timedelta, whole: timedelta, seconds: int,
    still_in: bool, limit: str
) -> None:  # fmt: skip
    cast.signs_in(client, "carol" if kind == "staff" else "asha", kind)
    past = clock.now() - timedelta(seconds=seconds)
    ages = {"last_seen_at": past - idle} if limit == "idle" else {"started_at": past - whole}
    db.session.execute(update(SignedIn).values(**ages))
    assert (client.get("/me").status_code == 200) is still_in


def test_signing_out_ends_the_session_everywhere(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    cookie = client.get_cookie(COOKIE)
    assert cookie
    fields, _ = client.page("/me").form_fields("/sign-out")
    answer = client.post("/sign-out", data=fields)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    client.set_cookie(COOKIE, cookie.value)
    assert client.get("/me").status_code == 303


def test_a_session_that_ends_in_the_middle_of_a_form_loses_no_word(client: LookingClient, cast: Cast) -> None:
    name = gives_password(cast.asha)
    cast.signs_in(client, "asha")
    fields, _ = client.page("/me/helper").form_fields()
    db.session.execute(update(SignedIn).values(last_seen_at=clock.now() - timedelta(days=15)))
    typed = {**fields, "name": "Mum", "may_discuss": "my appointments\nand my sleep"}
    page = Page(client.post("/me/helper", data=typed, follow_redirects=True))
    assert page.path == "/sign-in" and "What you typed is kept" in page.text
    sent, action = page.form_fields("/sign-in")
    next_request()
    back = Page(
        client.post(
            action, data={**sent, "name": name, "password": GOOD, "kind": "own_phone"}, follow_redirects=True
        )
    )
    assert back.path == "/me/helper"
    assert back.form_fields()[0]["name"] == "Mum"
    assert "my appointments" in back.form_fields()[0]["may_discuss"]


def test_another_person_on_the_same_phone_does_not_see_what_was_typed(
    client: LookingClient, cast: Cast
) -> None:
    cast.signs_in(client, "asha")
    fields, _ = client.page("/me/helper").form_fields()
    sessions.end_all(cast.asha.account.id)
    client.post("/me/helper", data={**fields, "name": "Mum", "may_discuss": "all"})
    cast.signs_in(client, "dewi")
    assert client.page("/me/helper").form_fields()[0]["name"] == ""


# The e-mailed link


def asks(client: LookingClient, name: str) -> Page:
    return client.submit("/sign-in/link", {"name": name, "kind": "own_phone"})


def test_a_link_works_after_five_scanners_and_once(client: LookingClient, cast: Cast) -> None:
    assert asks(client, cast.asha.account.sign_in_name).path == "/sign-in/link/sent"
    letter = latest_letter(cast)
    assert "pain" not in letter.subject.casefold()
    path = link_in(letter)
    scanner = client.application.test_client()
    for _ in range(5):
        assert scanner.get(path).status_code == 410
        assert client.get(path).status_code == 200
    assert client.submit(path).path == "/today"
    assert client.get_cookie(COOKIE)
    client.delete_cookie(COOKIE)
    assert client.get(path).status_code == 410
    assert "Get a new link" in client.page(path).text


def test_a_link_is_refused_in_another_browser(client: LookingClient, cast: Cast) -> None:
    asks(client, cast.asha.account.sign_in_name)
    path = link_in(latest_letter(cast))
    other = client.application.test_client()
    next_request()
    fields, _ = Page(other.get("/sign-in")).form_fields("/sign-in")
    assert other.post(path, data={"csrf_token": fields["csrf_token"]}).status_code == 410
    assert other.get_cookie(COOKIE) is None


@pytest.mark.parametrize(("age_seconds", "status"), [(599, 200), (601, 410)])
def test_a_link_lasts_ten_minutes(client: LookingClient, cast: Cast, age_seconds: int, status: int) -> None:
    asks(client, cast.asha.account.sign_in_name)
    path = link_in(latest_letter(cast))
    aged = timedelta(seconds=age_seconds)
    db.session.execute(update(Token).values(expires_at=Token.expires_at - aged, made_at=Token.made_at - aged))
    assert client.get(path).status_code == status


@pytest.mark.parametrize("name", ["nobody@example.org", "carol@example.org"])
def test_only_patients_get_a_link_and_nobody_learns_who_is_one(
    client: LookingClient, cast: Cast, name: str
) -> None:
    assert cast.carol
    page = asks(client, name)
    known = asks(client, cast.asha.account.sign_in_name)
    assert (page.status, page.path, masked(page)) == (known.status, known.path, masked(known))
    enter_service(cast.hillside.id)
    assert db.session.scalars(select(Letter.to_address)).all() == ["asha@example.org"]
    assert db.session.scalar(select(func.count()).select_from(Token)) == 2


def test_asking_again_and_again_has_to_wait(client: LookingClient, cast: Cast) -> None:
    answers = [asks(client, "asha@example.org").status for _ in range(4)]
    assert answers == [200, 200, 200, 429]


# The demonstration


def test_nobody_is_offered_outside_the_demonstration(client: LookingClient, cast: Cast) -> None:
    cast.asha.account.sign_in_name = "asha@demo.waymark"
    db.session.commit()
    assert "Asha" not in client.page("/sign-in").text
    answer = client.post(f"/sign-in/as/{cast.asha.account.id}", data=token(client))
    assert answer.status_code == 404
    assert client.get_cookie(COOKIE) is None


def demonstrates(client: LookingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = client.application.extensions["waymark_settings"]
    changed = settings.model_copy(update={"environment": "demo"})
    monkeypatch.setitem(client.application.extensions, "waymark_settings", changed)


@pytest.mark.parametrize(
    ("name", "leads_to"), [("asha", "/today"), ("lena", "/ring-today"), ("ada", "/installation")]
)
def test_in_the_demonstration_one_tap_is_enough(
    client: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str, leads_to: str
) -> None:
    person = getattr(cast, name)
    person.account.sign_in_name = f"{name}@demo.waymark"
    db.session.commit()
    demonstrates(client, monkeypatch)
    assert person.account.display_name in client.page("/sign-in").text
    page = client.submit("/sign-in", form=f"/sign-in/as/{person.account.id}")
    assert (page.status, page.path) == (200, leads_to)


def test_even_in_the_demonstration_only_made_up_people_are_offered(
    client: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    demonstrates(client, monkeypatch)
    assert client.post(f"/sign-in/as/{cast.asha.account.id}", data=token(client)).status_code == 404
