"""Settings, read once at the start from the environment (prefix ``WAYMARK_``) and refused by name when wrong."""

from __future__ import annotations

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]
SHORTEST_SECRET = 32
ID_OF_NOTIFY = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class SettingsRefused(Exception):
    """The settings are missing or unsafe; the message lists every one of them and what to do."""


class Settings(BaseSettings):
    """Everything that differs between one installation and the next.

    ``database_url`` is the app role's (no DDL), ``owner_database_url`` the owner's, used by migrations only.
    With neither, a private PostgreSQL is run for a trial; production refuses that.
    """

    model_config = SettingsConfigDict(env_prefix="WAYMARK_", env_file=None, extra="forbid", frozen=True)

    environment: Literal["demo", "test", "production"] = "demo"
    secret_key: str = Field(default="", repr=False)
    database_url: str = Field(default="", repr=False)
    owner_database_url: str = Field(default="", repr=False)
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str = Field(default="", repr=False, description="smtp://name:password@host:587, or smtps://…")
    mail_from: str = "Waymark <no-reply@localhost>"
    notify_key: str = Field(
        default="", repr=False, description="GOV.UK Notify's key: name-…-…; none: no texts"
    )
    notify_template: str = Field(
        default="", description="the id of Notify's template, which holds ((text)) only"
    )
    content_folder: Path = REPOSITORY / "content"
    content: Path | None = Field(default=None, description="a service's own texts, on top of ours")
    extra_questionnaires: tuple[Path, ...] = ()
    var_folder: Path = REPOSITORY / "var"
    behind_proxy: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    pseudo_language: bool = False

    @property
    def content_folders(self) -> tuple[Path, ...]:
        """Our texts, and on top of them the service's own."""
        return (self.content_folder, self.content) if self.content else (self.content_folder,)

    @field_validator("content")
    @classmethod
    def content_is_there(cls, folder: Path | None) -> Path | None:
        """A folder that is not there would silently be no change at all."""
        if folder is not None and not folder.is_dir():
            raise ValueError(f"there is no folder {folder}")
        return folder

    @field_validator("mail_from")
    @classmethod
    def sender_is_one_address(cls, sender: str) -> str:
        """A sender that is no address would make every e-mail wait for somebody to notice."""
        address = parseaddr(sender)[1]
        if "@" not in address or not address.isascii() or not sender.isprintable():
            raise ValueError("must be one address, like: Waymark <no-reply@example.org>")
        return sender

    @model_validator(mode="after")
    def texts_have_key_and_template(self) -> Settings:
        """Half a setting would be found out when the first text does not go."""
        if problems := _half_of_texts(self.notify_key, self.notify_template):
            raise ValueError("; ".join(problems))
        return self

    @property
    def production(self) -> bool:
        """True where real patients may be invited."""
        return self.environment == "production"

    @property
    def demo(self) -> bool:
        """True for the demonstration, whose sign-in page offers the cast by name."""
        return self.environment == "demo"

    @property
    def https(self) -> bool:
        """True when people reach us by HTTPS; cookies then take the ``__Host-`` prefix."""
        return self.base_url.startswith("https://")

    @model_validator(mode="after")
    def production_is_safe(self) -> Settings:
        if self.production and (problems := _unsafe(self)):
            raise ValueError("; ".join(problems))
        return self


def _unsafe(settings: Settings) -> list[str]:
    problems = []
    if len(settings.secret_key) < SHORTEST_SECRET:
        problems.append(f"WAYMARK_SECRET_KEY must have at least {SHORTEST_SECRET} characters")
    if not settings.database_url:
        problems.append("WAYMARK_DATABASE_URL is missing: production never runs the private database")
    if settings.database_url and settings.database_url == settings.owner_database_url:
        problems.append("WAYMARK_DATABASE_URL must be the app role's, not the owner's")
    if not settings.https:
        problems.append("WAYMARK_BASE_URL must begin with https://")
    if not settings.smtp_url:
        problems.append("WAYMARK_SMTP_URL is missing: nobody could be invited or sent a sign-in link")
    if settings.pseudo_language:
        problems.append("WAYMARK_PSEUDO_LANGUAGE is for tests only")
    return problems


def _half_of_texts(key: str, template: str) -> list[str]:
    problems = []
    if key and not template:
        problems.append("WAYMARK_NOTIFY_TEMPLATE is missing: texts need the key and the template")
    if template and not key:
        problems.append("WAYMARK_NOTIFY_KEY is missing: texts need the key and the template")
    if key and not re.fullmatch(rf".*{ID_OF_NOTIFY}-{ID_OF_NOTIFY}", key):
        problems.append("WAYMARK_NOTIFY_KEY is not whole: it ends with two ids, name-…-…")
    if template and not re.fullmatch(ID_OF_NOTIFY, template):
        problems.append("WAYMARK_NOTIFY_TEMPLATE is the template's id, not its name")
    return problems


def load_settings(**given: Any) -> Settings:
    """Read the settings; ``given`` wins over the environment.

    Raises:
        SettingsRefused: naming every missing or unsafe setting at once.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [_in_words(problem) for problem in error.errors()]
        raise SettingsRefused("Waymark does not start:\n" + "\n".join(lines)) from None


def _in_words(problem: Any) -> str:
    name = "WAYMARK_" + "_".join(str(part) for part in problem["loc"]).upper() if problem["loc"] else ""
    message = str(problem["msg"]).removeprefix("Value error, ")
    return "\n".join(f"- {name}{': ' if name else ''}{part}" for part in message.split("; "))
