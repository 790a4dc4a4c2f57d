"""`waymark database`, in so far as it decides: starting is tested with the private PostgreSQL."""

import pytest
from click.testing import CliRunner, Result

from webapp.commands import main
from webapp.commands.database import app_url, owner_url
from webapp.foundations.settings import Settings

APP = "postgresql+psycopg://waymark_app@database/waymark"
OWNER = "postgresql+psycopg://waymark_owner@database/waymark"


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["database", *words], env=environment)


@pytest.mark.parametrize("word", ["start", "status"])
def test_a_database_that_is_given_is_never_replaced_by_the_private_one(word: str) -> None:
    done = run(word, WAYMARK_DATABASE_URL=APP)
    assert done.output == "The database is the one in WAYMARK_DATABASE_URL.\n"
    assert done.exit_code == 0


def test_the_addresses_that_are_given_are_used_as_they_are() -> None:
    settings = Settings(database_url=APP, owner_database_url=OWNER)
    assert (app_url(settings), owner_url(settings)) == (APP, OWNER)
    assert run("url", WAYMARK_DATABASE_URL=APP).output.strip() == APP


def test_migrations_are_refused_without_the_owner() -> None:
    done = run("migrate", WAYMARK_DATABASE_URL=APP)
    assert done.exit_code == 1
    assert "WAYMARK_OWNER_DATABASE_URL" in done.output


def test_settings_that_are_refused_are_told_in_words_not_in_a_traceback() -> None:
    done = run("start", WAYMARK_ENVIRONMENT="production")
    assert done.exit_code == 1
    assert "WAYMARK_SECRET_KEY" in done.output and "WAYMARK_DATABASE_URL" in done.output
    assert "Traceback" not in done.output
