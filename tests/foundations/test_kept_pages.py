"""Pages that are kept: two people who take turns see only what is theirs, and nothing old is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from tests.cast import Cast, id_of
from tests.clinic.people import asks_for_a_call
from tests.course.reading import read
from tests.looking import LookingClient
from webapp.foundations.access import visitor
from webapp.foundations.database import db
from webapp.foundations.kept_pages import kept_page, slot
from webapp.people import service as people
from webapp.people.visitors import NOBODY

PROSE = "/course/start-here/getting-help"
SECRETS = {
    "form token": r'name="csrf_token" value="([^"]+)"',
    "one-time key": r'name="once" value="([^"]+)"',
    "nonce": r'nonce="([^"]+)"',
}


@pytest.fixture(autouse=True)
def nothing_kept(app: Flask) -> Iterator[None]:
    """Each test begins with an empty shelf, so that the first to ask is the one whom the test names."""
    app.extensions["waymark_kept_pages"].cache_clear()
    yield
    app.extensions["waymark_kept_pages"].cache_clear()


def hits(app: Flask) -> int:
    """How many pages were not drawn but taken from the shelf."""
    found: int = app.extensions["waymark_kept_pages"].cache_info().hits
    return found


def reader(app: Flask, cast: Cast, name: str) -> LookingClient:
    """Somebody who has begun the first module, in a browser of their own."""
    client = app.test_client()
    cast.signs_in(client, name)
    read(client, "start-here", "what-this-is")  # type: ignore[arg-type]
    return client  # type: ignore[return-value]


def html_of(client: FlaskClient, path: str) -> str:
    """The page, asked for as a new request: in the tests, requests share one ``g``."""
    for name in ("csrf_token", "csp_nonce", "draft"):
        g.pop(name, None)
    return client.get(path).get_data(as_text=True)


def test_two_patients_who_take_turns_have_their_own_secrets(app: Flask, cast: Cast) -> None:
    readers = [reader(app, cast, "asha"), reader(app, cast, "dewi")]
    pages = [html_of(client, PROSE) for client in (*readers, *readers)]
    assert hits(app) == 3
    for what, pattern in SECRETS.items():
        ashas, dewis, *again = (set(re.findall(pattern, page)) for page in pages)
        assert all(len(one) == 1 for one in (ashas, dewis, *again)), what
        assert not (ashas | again[0]) & (dewis | again[1]), what
    plain = [re.sub("|".join(SECRETS.values()), "", page) for page in pages]
    assert len(set(plain)) == 1


def test_the_form_of_a_kept_page_works_for_each_of_them(app: Flask, cast: Cast) -> None:
    for client in (reader(app, cast, "asha"), reader(app, cast, "dewi")):
        html_of(client, PROSE)
        assert "One small step" in read(client, "start-here", "getting-help").text


def test_staff_who_take_turns_see_their_own_name_and_their_own_service(app: Flask, cast: Cast) -> None:
    asks_for_a_call(cast, "asha")
    asks_for_a_call(cast, "vera")
    shown = {"carol": "Carol Osei", "colin": "Colin Marsh", "lena": "Lena Brandt", "victor": "Victor Hale"}
    clients = {name: app.test_client() for name in shown}
    for name, client in clients.items():
        cast.signs_in(client, name)
    for _turn in range(3):
        for name, client in clients.items():
            page = html_of(client, "/ring-today")
            assert [one for one in shown.values() if one in page] == [shown[name]]
            assert ("Vera Okafor" in page, "Asha Patel" in page) == (name == "victor", name != "victor")
    assert hits(app) >= len(clients)


def test_names_are_escaped_wherever_they_stand(app: Flask, cast: Cast, client: LookingClient) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.carol.account.display_name = '<i id="carol">Carol</i>'
    assert asha.patient
    given = {
        "given_name": "<script>x</script>",
        "contact_times": "<u>never</u>",
        "mobile": "",
        "phone": "<b>1</b>",
    }
    people.change_patient(asha.patient, given, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    for _turn in range(2):
        page = html_of(client, "/ring-today")
        assert not re.search(r"<i |<script>|<u>|<b>1", page)
        assert "&lt;script&gt;x&lt;/script&gt; Patel" in page and "&lt;u&gt;never&lt;/u&gt;" in page
        assert "&lt;i id=&#34;carol&#34;&gt;Carol&lt;/i&gt;" in page
        assert f'href="/patients/{id_of(asha.patient)}/call?' in page


def test_a_service_that_changes_changes_its_pages(app: Flask, cast: Cast) -> None:
    client = reader(app, cast, "asha")
    assert "Hillside Pain Service" in html_of(client, PROSE)
    people.service_with(cast.hillside.id).name = "Harbour Pain Service"
    db.session.commit()
    page = html_of(client, PROSE)
    assert "Harbour Pain Service" in page and "Hillside" not in page


def test_a_page_is_drawn_for_nobody_and_only_once(app: Flask, cast: Cast, client: LookingClient) -> None:
    drawn: list[object] = []

    def draw() -> str:
        who = visitor()
        assert who
        drawn.append(who.account_id)
        return f"{slot('name')} {slot('thing')} {g.csrf_token}"

    with app.test_request_context("/x"):
        g.visitor = _visitor(app, cast, client)
        first, second = (kept_page("a", draw, thing=thing) for thing in ("<b>", "two"))
        kept_page("b", draw, thing="")
        token = g.csrf_token
    assert drawn == [NOBODY, NOBODY]
    assert first == f"Asha Patel &lt;b&gt; {token}" and second == f"Asha Patel two {token}"


def _visitor(app: Flask, cast: Cast, client: LookingClient) -> object:
    cast.signs_in(client, "asha")
    client.get("/today")
    return g.visitor
