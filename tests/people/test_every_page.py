"""Every page of the room is fetched by those who may see it; the looking client finds what is wrong
with it.
"""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.looking import LookingClient

SIGNED_OUT = ["/", "/sign-in", "/sign-in/link", "/sign-in/link/sent", "/signed-out"]
ANYBODY = ["/me", "/me/language", "/me/password", "/me/three-words", "/me/devices"]
PATIENT = ["/me/choices", "/me/what-the-team-sees", "/me/sharing", "/me/helper", "/me/who-looked"]
THINGS = ("name", "contact", "hours", "languages", "course", "safety-officer")
LEAD = [
    "/service", "/service/closures", "/service/crisis-numbers", "/service/logo", "/service/sign-numbers",
    "/service/modules", "/service/staff", "/me/codes",
    *(f"/service/set/{thing}" for thing in THINGS),
]  # fmt: skip


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_a_page_for_everybody(client: LookingClient, cast: Cast, path: str) -> None:
    assert client.page(path).status == 200


@pytest.mark.parametrize("path", [*ANYBODY, *PATIENT])
def test_a_page_of_a_patient(client: LookingClient, cast: Cast, path: str) -> None:
    cast.signs_in(client, "asha")
    assert client.page(path).status == 200
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*ANYBODY, *LEAD])
def test_a_page_of_a_lead(client: LookingClient, cast: Cast, path: str) -> None:
    cast.signs_in(client, "lena")
    assert client.page(path).status == 200


@pytest.mark.parametrize("path", ["/installation", *ANYBODY])
def test_a_page_of_an_administrator(client: LookingClient, cast: Cast, path: str) -> None:
    cast.signs_in(client, "ada")
    assert client.page(path).status == 200


@pytest.mark.parametrize("path", [*LEAD[:-1], "/installation"])
def test_a_clinician_may_not_change_the_service(client: LookingClient, cast: Cast, path: str) -> None:
    cast.signs_in(client, "carol")
    assert client.get(path).status_code == (200 if path == "/me/codes" else 403)


@pytest.mark.parametrize("path", PATIENT)
def test_staff_have_no_patients_pages(client: LookingClient, cast: Cast, path: str) -> None:
    cast.signs_in(client, "carol")
    assert client.get(path).status_code == 403


def test_an_administrator_sees_a_service_and_its_staff_but_no_patient(
    client: LookingClient, cast: Cast
) -> None:
    names = [cast.lena.account.display_name, cast.asha.account.display_name]
    cast.signs_in(client, "ada")
    page = client.page(f"/installation/services/{cast.hillside.id}")
    assert page.status == 200
    assert [name in page.text for name in names] == [True, False]
