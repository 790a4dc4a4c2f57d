"""Pages that belong to no module: for patients with their menu, for everybody without signing in, and on paper."""

from __future__ import annotations

import re

import pytest

from tests.cast import Cast
from tests.looking import LookingClient
from webapp.course import shelf

NAMES = ["family", "read-first", "words"]


def links_of(page) -> set[str]:  # type: ignore[no-untyped-def]
    return {a.get("href") or "" for a in page.all("a")}


@pytest.mark.parametrize("name", NAMES)
def test_everybody_can_read_them_without_signing_in(client: LookingClient, name: str) -> None:
    page = client.page(f"/leaflets/{name}")
    assert page.status == 200
    assert not [link for link in links_of(page) if link.startswith(("/course", "/information/"))]
    assert "Share or print this page" in page.text
    assert f"/leaflets/{name}" in page.text


@pytest.mark.parametrize("path", ["/leaflets", *(f"/leaflets/{name}" for name in NAMES)])
def test_no_session_is_read_and_every_cache_may_keep_them(
    client: LookingClient, cast: Cast, path: str
) -> None:
    cast.signs_in(client, "asha")
    answer = client.get(path)
    assert not [one for one in client.last_statements if "signed_in" in one or "patient" in one]
    assert "public" in answer.headers["Cache-Control"] and "Set-Cookie" not in answer.headers
    assert "nonce-" not in answer.headers["Content-Security-Policy"]
    assert "Asha" not in answer.text and str(cast.hillside.id) not in answer.text
    assert answer.text == client.application.test_client().get(path).text


def test_a_patient_sees_them_with_the_menu(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    for path in ("/information", "/information/words", "/information/family"):
        page = client.page(path)
        assert page.status == 200 and "/today" in links_of(page), path
    assert "/leaflets/family" in client.page("/information/family").text


def test_the_list_leads_to_every_page(client: LookingClient, cast: Cast) -> None:
    names = {"words", *client.application.extensions[shelf.EXTENSION].course.plain_pages}
    assert {f"/leaflets/{name}" for name in names} <= links_of(client.page("/leaflets"))
    cast.signs_in(client, "asha")
    assert {f"/information/{name}" for name in names} <= links_of(client.page("/information"))


@pytest.mark.parametrize("who", [None, "carol"])
def test_whoever_is_no_patient_is_led_to_the_open_page(
    client: LookingClient, cast: Cast, who: str | None
) -> None:
    if who:
        cast.signs_in(client, who)
    for end in ("", "/words", "/family"):
        answer = client.get(f"/information{end}")
        assert (answer.status_code, answer.location) == (303, f"/leaflets{end}")


@pytest.mark.parametrize("path", ["/leaflets/no-such", "/leaflets/no-such/print", "/information/no-such"])
@pytest.mark.parametrize("who", [None, "asha"])
def test_a_page_that_is_not_there(client: LookingClient, cast: Cast, path: str, who: str | None) -> None:
    if who:
        cast.signs_in(client, who)
    assert client.get(path).status_code == 404


def test_a_page_on_paper_leads_back_to_itself(client: LookingClient) -> None:
    page = client.page("/leaflets/family/print")
    assert "/leaflets/family" in page.text and 'class="wp-qr"' in page.response.text
    assert not [link for link in links_of(page) if link.startswith("/course")]


def test_the_words_stand_from_a_to_z(client: LookingClient) -> None:
    page = client.page("/leaflets/words")
    terms = [re.sub(r"\s+", " ", "".join(dt.itertext())).strip() for dt in page.all("dt")]
    assert len(terms) >= 25 and terms == sorted(terms, key=str.casefold)


def test_a_message_to_a_friend_holds_the_whole_address(client: LookingClient) -> None:
    base = client.application.extensions["waymark_settings"].base_url
    links = links_of(client.page("/leaflets/family"))
    (text_message,) = [link for link in links if link.startswith("sms:")]
    (mail,) = [link for link in links if link.startswith("mailto:")]
    for link in (text_message, mail):
        assert base.replace(":", "%3A") in link and "leaflets/family" in link
        assert "pain" not in link.replace(base, "").lower()


def test_the_foot_of_every_page_leads_there(client: LookingClient, cast: Cast) -> None:
    assert "/information" in links_of(client.page("/sign-in"))
    cast.signs_in(client, "asha")
    assert "/information" in links_of(client.page("/today"))


def test_a_page_cannot_be_called_words(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tests.content.sources import a_page, write_course
    from webapp.content import EXERCISE_KINDS, check_course

    folder = write_course(tmp_path / "content", {"pacing/en": a_page("\nWords.")})
    (folder / "pages" / "words").mkdir(parents=True)
    (folder / "pages" / "words" / "en.md").write_text(a_page("\nWords."), encoding="utf-8")
    assert [str(problem) for problem in check_course(folder, EXERCISE_KINDS)] == [
        "content/pages/words:1: a page cannot be called 'words'. The glossary has that address."
    ]
