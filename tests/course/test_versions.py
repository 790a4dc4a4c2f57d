"""An enrolment keeps the version that it began; who begins later gets the new one."""

from __future__ import annotations

from sqlalchemy import select, update

from tests.course.reading import read
from webapp.content import fingerprint
from webapp.course import shelf
from webapp.course.models import ModuleBegun, ModuleTextVersion
from webapp.foundations.database import db

FIRST = "/course/start-here/what-this-is"


def with_an_older_text(person) -> str:  # type: ignore[no-untyped-def]
    """The person began module 1 when its first page had another title."""
    source = (
        shelf.course().modules[0].texts["en"].source.replace("What this course is\n", "What it was then\n", 1)
    )
    print_of_it = fingerprint(source)
    key = db.session.scalars(select(ModuleTextVersion)).first()
    assert key is not None
    db.session.add(
        ModuleTextVersion(
            service_id=key.service_id,
            module=key.module,
            language="en",
            fingerprint=print_of_it,
            source=source,
            stored_at=key.stored_at,
        )
    )
    db.session.flush()
    db.session.execute(
        update(ModuleBegun)
        .where(ModuleBegun.enrolment_id == person.enrolment.id)
        .values(versions={"en": print_of_it})
    )
    db.session.commit()
    return print_of_it


def test_the_text_is_stored_when_somebody_first_begins_it(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is")
    cast.enter(asha)
    stored = db.session.scalars(select(ModuleTextVersion)).all()
    text = shelf.course().modules[0].texts["en"]
    assert [(row.module, row.language, row.fingerprint) for row in stored] == [
        ("start-here", "en", text.fingerprint)
    ]
    assert stored[0].source == text.source


def test_who_began_an_older_text_goes_on_with_it(app, client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is")
    cast.enter(asha)
    with_an_older_text(asha)
    assert client.page(FIRST).heading == "What it was then"
    assert "What it was then" in client.page("/course/start-here").text
    other = app.test_client()
    cast.signs_in(other, "dewi")
    assert other.page(FIRST).heading == "What this course is"


def test_an_older_text_that_can_no_longer_be_read_gives_way_to_the_present_one(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is")
    cast.enter(asha)
    print_of_it = with_an_older_text(asha)
    db.session.execute(
        update(ModuleTextVersion)
        .where(ModuleTextVersion.fingerprint == print_of_it)
        .values(source="::: nonsense\n", fingerprint="000000000000")
    )
    db.session.execute(update(ModuleBegun).values(versions={"en": "000000000000"}))
    db.session.commit()
    assert client.page(FIRST).heading == "What this course is"
