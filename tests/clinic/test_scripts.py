"""Call scripts of a service's own: changed, looked at, refused in words, told when stale, and taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.clinic.people import asks_for_a_call
from tests.looking import LookingClient
from webapp.clinic import scripts
from webapp.clinic.models import CallScript
from webapp.clinic.rules import SITUATIONS
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.people import service as people

OURS = "# Our hello\n\nHello, may I ask your date of birth?\n\n- How are the **stairs**?\n"
PATH = "/service/scripts/not-started/en"


def own_rows(cast: Cast) -> list[CallScript]:
    cast.enter(cast.lena)
    db.session.expire_all()
    return list(db.session.scalars(select(CallScript)))


def test_every_script_is_listed_in_every_language_of_the_service(client: LookingClient, cast: Cast) -> None:
    cast.enter(cast.lena)
    people.service_with(cast.hillside.id).languages = ["en", "cy"]
    people.service_with(cast.hillside.id).version += 1
    db.session.commit()
    cast.signs_in(client, "lena")
    assert "What we say on the phone" in client.page("/service").text
    page = client.page("/service/scripts")
    links = [str(a.get("href")) for a in page.all("a", class_="wm-row-action")]
    assert links == [f"/service/scripts/{one}/{code}" for one in SITUATIONS for code in ("en", "cy")]
    assert "Not started yet" in page.text and "As it came with Waymark" in page.text
    assert client.page(f"{links[1]}").all("textarea")[0].text.strip().startswith("# ")  # type: ignore[union-attr]


def test_a_services_own_words_stand_beside_the_call_and_on_the_story(
    client: LookingClient, cast: Cast
) -> None:
    tomasz, vera = cast.tomasz, asks_for_a_call(cast, "vera")
    cast.signs_in(client, "lena")
    page = client.submit(PATH, {"text": OURS})
    assert page.path == "/service/scripts" and "Yours: Lena Brandt" in page.text
    assert "It is beside the next call." in page.text
    cast.signs_in(client, "colin")
    call = client.page(f"/patients/{id_of(tomasz.patient)}/call")
    assert "Our hello" in call.text and "<strong>stairs</strong>" in call.html
    assert "How are the stairs?" in client.page(f"/patients/{id_of(tomasz.patient)}").text
    cast.signs_in(client, "victor")
    other = client.page(f"/patients/{id_of(vera.patient)}/call?script=not-started")
    assert "Our hello" not in other.text and "Not started yet" in other.text


def test_a_look_shows_what_was_typed_and_saves_nothing(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    page = client.submit(PATH, {"text": OURS, "only_look": "1"})
    assert page.status == 200 and page.path == PATH
    assert "<strong>stairs</strong>" in page.html and page.all("textarea")[0].text == OURS
    assert own_rows(cast) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write the script"),
        ("Hello.\n\n- One", "Begin with a heading"),
        ("# Hi\n\n- One", "write how the call begins"),
        ("# Hi\n\nHello.", "Add a list"),
        ("# Hi\n\nHello.\n\n- " + "x" * 6000, "at most 6,000 letters"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"only_look": "1"}])
def test_a_text_that_is_no_script_is_refused_beside_the_field(
    client: LookingClient, cast: Cast, text: str, words: str, button: dict[str, str]
) -> None:
    cast.signs_in(client, "lena")
    page = client.submit(PATH, {"text": text, **button})
    assert page.status == 422 and words in page.text
    assert (page.all("textarea")[0].text or "").strip() == text.strip()
    assert own_rows(cast) == []


def test_html_in_it_stays_text(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    client.submit(PATH, {"text": OURS + "\n<script>alert(1)</script>\n"})
    cast.signs_in(client, "colin")
    page = client.page(f"/patients/{id_of(cast.tomasz.patient)}/call")
    assert "<script>alert" not in page.html and "alert(1)" in page.text


def test_a_stale_save_is_told_and_nothing_is_lost(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    old, _action = client.page(PATH).form_fields()
    client.submit(PATH, {"text": OURS})
    refused = client.post(PATH, data={**old, "text": OURS.replace("stairs", "garden")})
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "changed on another screen" in text and "garden" in text
    assert "stairs" in own_rows(cast)[0].text


def test_the_text_that_came_with_waymark_is_used_again(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    client.submit(PATH, {"text": OURS})
    page = client.submit(PATH, form="/as-waymark")
    assert "The text that came with Waymark is used again." in page.text and "Yours" not in page.text
    assert own_rows(cast) == []
    cast.enter(cast.lena)
    verbs = db.session.scalars(
        select(AuditRow.verb).where(AuditRow.kind == "call_script").order_by(AuditRow.id)
    )
    assert list(verbs) == ["changed", "removed"]
    assert not [form for form in client.page(PATH).all("form") if "as-waymark" in str(form.get("action"))]


@pytest.mark.parametrize("path", ["/service/scripts/nonsense/en", "/service/scripts/welcome/cy"])
def test_a_script_that_cannot_be_is_not_there(client: LookingClient, cast: Cast, path: str) -> None:
    cast.signs_in(client, "lena")
    assert client.get(path).status_code == 404  # Hillside offers English only


def test_only_the_lead_changes_scripts(client: LookingClient, cast: Cast) -> None:
    for name in ("carol", "colin", "arthur"):
        cast.signs_in(client, name)
        assert client.get("/service/scripts").status_code == 403
        assert client.get(PATH).status_code == 403


def test_own_english_words_do_not_hide_waymarks_welsh(client: LookingClient, cast: Cast) -> None:
    cast.enter(cast.lena)
    scripts.say_it_so(cast.lena.actor, "welcome", "en", OURS)
    assert scripts.scripts_of(cast.hillside.id, "en")["welcome"].title == "Our hello"
    assert scripts.scripts_of(cast.hillside.id, "cy")["welcome"].language == "cy"
    assert scripts.scripts_of(cast.hillside.id, "eo")["welcome"].title == "Our hello"
    assert scripts.scripts_of(cast.valley.id, "en")["welcome"].title == "Welcome call"
