"""The forms of a service's schedule: one sitting, and what holds for all of them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms.validators import InputRequired

from webapp.design.widgets import CheckboxesField, NumberField, RadiosField, TickField
from webapp.foundations.forms import BaseForm
from webapp.people.models import Service
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.own_battery import asks_double_entry, value_set_of
from webapp.questionnaires.own_battery_rules import LONGEST_WINDOW_DAYS, Contradiction, Wrong
from webapp.questionnaires.settings_view import (
    SittingSettings,
    choices,
    chosen,
    in_order,
    tables_of,
    title_of,
    what_is_wrong,
    with_tables,
)

MOST_DAYS_BEFORE = 42
ASK, LEAVE_OUT = "ask", "leave-out"


class SittingForm(BaseForm):
    """What one sitting asks, and how long it stays open."""

    asked = RadiosField(
        _l("Do you ask this?"),
        choices=[(ASK, _l("Yes, we ask it")), (LEAVE_OUT, _l("No, we leave it out"))],
        validators=[InputRequired(_l("Say whether you ask this"))],
    )
    instruments = CheckboxesField(_l("Which questionnaires?"))
    shorter = CheckboxesField(
        _l("And when a patient has only a little time?"),
        description=_l("Tick none if you offer no shorter set."),
    )
    window_days_before = NumberField(
        _l("It opens before its day by"), whole=True, least=0, most=MOST_DAYS_BEFORE, unit=_l("days"),
        validators=[InputRequired(_l("Write a number of days"))],
    )  # fmt: skip
    window_days = NumberField(
        _l("It closes after its day by"), whole=True, least=1, most=LONGEST_WINDOW_DAYS, unit=_l("days"),
        validators=[InputRequired(_l("Write a number of days"))],
    )  # fmt: skip

    def __init__(self, service: Service, settings: SittingSettings) -> None:
        sitting = settings.sitting
        self._service, self._sitting = service, sitting
        super().__init__(
            data={
                "asked": LEAVE_OUT if sitting.off else ASK,
                "instruments": chosen(sitting.instruments),
                "shorter": chosen(sitting.shorter),
                "window_days": sitting.window_days,
                "window_days_before": sitting.window_days_before,
            },
            current_version=service.version,
        )
        offered = [(one.id, f"{title_of(one)}: {how_many(len(one.definition.items))}") for one in choices()]
        self.instruments.choices = self.shorter.choices = offered

    @property
    def wanted(self) -> dict[str, Any]:
        """What the lead wants of this sitting."""
        return {
            "off": self.asked.data == LEAVE_OUT,
            "instruments": in_order(self.instruments.data or [], tuple(chosen(self._sitting.instruments))),
            "shorter": in_order(self.shorter.data or [], tuple(chosen(self._sitting.shorter))),
            "window_days": int(self.window_days.data or 0),
            "window_days_before": int(self.window_days_before.data or 0),
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field is well filled in, and together they make sense."""
        if not super().validate(extra_validators):
            return False
        found = what_is_wrong(self._service, self._sitting.id, self.wanted)
        for one in found:
            field = self[one.field]
            field.errors = [*field.errors, _said(one)]
        return not found


class SwitchesForm(BaseForm):
    """What holds for all questionnaires of a service."""

    double_entry = TickField(_l("Ask a second person to type each paper form again, and show what differs"))
    staff_bands = TickField(_l("Show the published bands of scores to staff. Patients never see them"))
    staff_change_lines = TickField(
        _l("Show published sizes of change to staff, each with its method and source")
    )

    @classmethod
    def of(cls, service: Service) -> SwitchesForm:
        """The form filled in with what holds now; a list for each instrument that is scored by a named table."""
        lists = {_field(one): _table_field(one) for one in with_tables()}
        made = type("SwitchesForm", (cls,), lists)
        present = {
            _field(one): value_set_of(service, one.definition) or one.definition.value_set
            for one in with_tables()
        }
        data = {
            "double_entry": asks_double_entry(service),
            "staff_bands": service.staff_bands,
            "staff_change_lines": service.staff_change_lines,
            **present,
        }
        form: SwitchesForm = made(data=data, current_version=service.version)
        return form

    def changes(self, service: Service) -> dict[str, Any]:
        """What is to be changed in the service."""
        kept = {
            key: value
            for key, value in service.questionnaires.items()
            if key not in ("double_entry", "value_sets")
        }
        tables = {one.id: self[_field(one)].data for one in with_tables()}
        differing = {
            one.id: tables[one.id]
            for one in with_tables()
            if tables[one.id] not in (None, one.definition.value_set)
        }
        return {
            "questionnaires": kept
            | ({"double_entry": True} if self.double_entry.data else {})
            | ({"value_sets": differing} if differing else {}),
            "staff_bands": bool(self.staff_bands.data),
            "staff_change_lines": bool(self.staff_change_lines.data),
        }


def _field(instrument: Instrument) -> str:
    return "values_" + instrument.id.replace("-", "_")


def _table_field(instrument: Instrument) -> RadiosField:
    sets = [(one.id, f"{one.title} ({one.source})") for one in tables_of(instrument)]
    return RadiosField(
        _l("By which table is %(title)s scored?", title=title_of(instrument)),
        choices=sets,
        validators=[InputRequired(_l("Choose a table"))],
    )


def how_many(questions: int) -> str:
    """A number of questions, in words."""
    return str(ngettext("%(num)s question", "%(num)s questions", questions))


def _said(one: Contradiction) -> Any:
    title = title_of(instruments().get(one.about)) if one.about in instruments().by_id else one.about
    match one.wrong:
        case Wrong.NOTHING_ASKED:
            return _("Tick at least one questionnaire, or leave this part out")
        case Wrong.ASKED_TWICE:
            return _("%(title)s is asked in another part of the same time point", title=title)
        case Wrong.BEFORE_THE_START:
            return _("%(title)s asks about the programme, so it cannot be asked at the start", title=title)
        case Wrong.ONLY_AT_THE_END:
            return _("%(title)s is asked once, at the end of the course", title=title)
        case Wrong.SHORTER_IS_NOT_SHORTER:
            return _("The shorter set must ask fewer questions than the whole one")
        case Wrong.WINDOWS_OVERLAP:
            return _("With these days, two time points would be open at once. Choose fewer days")
