"""Services, accounts, memberships and patients."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, JsonList, Moment, OfService, belongs_to, new_id

TEXTS = ARRAY(TEXT)


class Service(Base):
    """A pain service (clinic) that uses this installation, with everything that it may set."""

    __tablename__ = "service"
    retention: ClassVar[str] = "service"
    category: ClassVar[str] = "none"
    walled: ClassVar[bool] = False

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]  # as patients see it: "Hillside Pain Service"
    sender_name: Mapped[str]  # neutral, for e-mails and envelopes: "Hillside"
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)  # PNG
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    postal_address: Mapped[str] = mapped_column(default="")  # lines; also the letter's return address
    contact_lines: Mapped[str] = mapped_column(
        default=""
    )  # how to reach the team, in the service's own words
    hours: Mapped[Json] = mapped_column(
        JSONB, default=dict
    )  # {"mon": ["09:00", "17:00"], …}; a closed day is absent
    closures: Mapped[JsonList] = mapped_column(JSONB, default=list)  # ISO days on which nobody works
    nation: Mapped[str] = mapped_column(default="england")  # england wales scotland northern_ireland
    crisis_lines: Mapped[JsonList] = mapped_column(JSONB, default=list)  # [{name, number, how, checked_on}]
    time_zone: Mapped[str] = mapped_column(default="Europe/London")
    languages: Mapped[list[str]] = mapped_column(TEXTS, default=lambda: ["en"])
    rhythm: Mapped[str] = mapped_column(
        default="weekly"
    )  # offered first at activation: weekly fortnightly own_speed
    thresholds: Mapped[Json] = mapped_column(JSONB, default=dict)  # engagement's, only those that differ
    pacing: Mapped[Json] = mapped_column(JSONB, default=dict)  # pacing's settings, only those that differ
    calls_within_working_days: Mapped[int] = mapped_column(default=2)
    answers_read_within_working_days: Mapped[int] = mapped_column(default=5)
    calls_a_week: Mapped[int] = mapped_column(default=12)  # a clinician's weekly call budget
    staff_bands: Mapped[bool] = mapped_column(default=False)  # show instruments' bands to staff
    staff_change_lines: Mapped[bool] = mapped_column(default=False)  # show published sizes of change to staff
    questionnaires: Mapped[Json] = mapped_column(JSONB, default=dict)  # the battery, only what differs
    safety_officer: Mapped[str] = mapped_column(default="")  # the clinical safety officer's name
    numbers_signed_by: Mapped[str] = mapped_column(default="")
    numbers_signed_on: Mapped[date | None]
    next_reference: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @property
    def logo_url(self) -> str | None:
        """The address of the logo, new with every change of the service; None without one."""
        return f"/service-logo/{self.id}?v={self.version}" if self.logo else None


class ModuleAcceptance(OfService, Base):
    """The service's acceptance of one module in one text: who read it and said that patients may have it."""

    __tablename__ = "module_acceptance"
    __table_args__ = (UniqueConstraint("service_id", "module", "fingerprint", name="uq_module_acceptance"),)
    retention: ClassVar[str] = "service"
    category: ClassVar[str] = "none"

    module: Mapped[str]
    fingerprint: Mapped[str]  # of the text that was accepted: a new text asks again
    accepted_by: Mapped[str]
    accepted_on: Mapped[date]


class Account(Base):
    """Somebody who can sign in.

    The name is an e-mail address, a mobile number or three words that we made.
    """

    __tablename__ = "account"
    retention: ClassVar[str] = "account"
    category: ClassVar[str] = "identity"
    walled: ClassVar[bool] = False

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sign_in_name: Mapped[str] = mapped_column(unique=True)  # normalised: lower case, E.164
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_confirmed_at: Mapped[Moment | None]
    totp_last_step: Mapped[int | None]  # the last 30-second step that was used: none may be used twice
    language: Mapped[str] = mapped_column(default="en")
    low_energy_view: Mapped[bool] = mapped_column(
        default=False
    )  # short pages, large words, one thing a screen
    display_name: Mapped[str]  # as colleagues and patients see it
    administrator: Mapped[bool] = mapped_column(default=False)  # of the installation; sees no patient
    made_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]


class RecoveryCode(Base):
    """One of ten codes that stand in for a lost second factor, once. Only its hash is stored."""

    __tablename__ = "recovery_code"
    retention: ClassVar[str] = "account"
    category: ClassVar[str] = "security"
    walled: ClassVar[bool] = False

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[Moment | None]


class Membership(OfService, Base):
    """An account's role in one service. A patient's membership names the record that is theirs."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_account", "account_id"), belongs_to("patient_id", "patient"))
    retention: ClassVar[str] = "account"
    category: ClassVar[str] = "identity"
    wall_also: ClassVar[str | None] = (
        "account_id = nullif(current_setting('waymark.account', true), '')::uuid"
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str]  # patient clinician caller lead author
    patient_id: Mapped[UUID | None]
    calls_a_week: Mapped[int | None]  # this person's call budget; None: the service's usual one
    since_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class Patient(OfService, Base):
    """A patient of one service: name, contacts, what is safe, what they need.

    The one place of names and contacts.
    """

    __tablename__ = "patient"
    __table_args__ = (
        UniqueConstraint("service_id", "reference"),
        Index("ix_patient_sort", "service_id", "sort_key", "id"),
        Index("ix_patient_born", "service_id", "born_on"),
        Index("ix_patient_clinician", "service_id", "clinician_id", "sort_key", "id"),
        Index("ix_patient_group", "service_id", "group_name"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "identity"

    reference: Mapped[str]  # the local number: "PMP-0412"
    given_name: Mapped[str]
    family_name: Mapped[str]
    sort_key: Mapped[str]  # made in Python: family name, given name; accents and case removed
    search_key: Mapped[str]  # every name, reference, e-mail and number, accents and case removed
    born_on: Mapped[date]
    email: Mapped[str] = mapped_column(default="")
    mobile: Mapped[str] = mapped_column(default="")  # E.164
    phone: Mapped[str] = mapped_column(default="")  # E.164
    postal_address: Mapped[str] = mapped_column(default="")
    email_is_safe: Mapped[bool] = mapped_column(default=False)
    text_is_safe: Mapped[bool] = mapped_column(default=False)
    call_is_safe: Mapped[bool] = mapped_column(default=False)
    voicemail_is_safe: Mapped[bool] = mapped_column(default=False)
    letter_is_safe: Mapped[bool] = mapped_column(default=False)
    contact_times: Mapped[str] = mapped_column(default="")  # "after 2 pm"
    needs: Mapped[list[str]] = mapped_column(
        TEXTS, default=list
    )  # large_print easy_read interpreter bsl text_not_call helper
    needs_note: Mapped[str] = mapped_column(default="")  # which language, who helps
    suitability: Mapped[str]  # seen_and_suitable not_yet not_suitable prefers_another
    seen_by: Mapped[str] = mapped_column(default="")
    seen_on: Mapped[date | None]
    suitability_why: Mapped[str] = mapped_column(default="")
    group_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")  # for staff; the patient may read it on request
    language: Mapped[str] = mapped_column(default="en")
    clinician_id: Mapped[UUID | None]  # the membership of the clinician who looks after them
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Choice(OfService, Base):
    """One real choice of a patient, as a log: the latest row for a thing counts. Off until chosen."""

    __tablename__ = "choice"
    __table_args__ = (
        Index("ix_choice_latest", "service_id", "patient_id", "thing", "id"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "identity"
    append_only: ClassVar[bool] = True

    patient_id: Mapped[UUID]
    thing: Mapped[str]  # email text voicemail letter understood
    chosen: Mapped[bool]
    at: Mapped[Moment]
    account_id: Mapped[UUID | None]  # who tapped; staff may type for a patient, marked so


class Sharing(OfService, Base):
    """One thing that a patient shares with the team: one row a patient and thing, shared and withdrawn
    in one tap.
    """

    __tablename__ = "sharing"
    __table_args__ = (
        UniqueConstraint("service_id", "patient_id", "kind", "thing_id"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    kind: Mapped[str]  # pacing_plan goal flare_up exercise
    thing_id: Mapped[str]
    shared_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]


class Supporter(OfService, Base):
    """Someone who helps a patient: a name and what we may discuss. They have no account."""

    __tablename__ = "supporter"
    __table_args__ = (
        Index("ix_supporter_patient", "service_id", "patient_id"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "identity"

    patient_id: Mapped[UUID]
    name: Mapped[str]
    may_discuss: Mapped[str]
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
