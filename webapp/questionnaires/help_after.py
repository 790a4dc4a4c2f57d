"""After which answers help is shown, before anything else."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request, url_for

from webapp.foundations import audit
from webapp.foundations.access import acting
from webapp.questionnaires import service
from webapp.questionnaires.answer_fields import Given
from webapp.questionnaires.answer_pages import Key
from webapp.questionnaires.asked import Question


def brings_up_help(asked: Question, given: Mapping[Key, Given]) -> bool:
    """Was this question answered so that help is shown: an answer that must be seen, or "I'd rather not say"?"""
    if asked.item.alert_from is None or asked.key not in given:
        return False
    answer = given[asked.key]
    return answer is None or asked.item.must_be_seen(answer)


def address_or_help(view: service.SittingView, given: Mapping[Key, Given], following: str) -> str:
    """Where somebody goes after these answers: on, or to the help page first. That it was shown is written down."""
    if view.row is None or not any(brings_up_help(each, given) for each in view.questions):
        return following
    audit.record(acting(), "shown", "help_page", view.row.id, patient_id=view.row.patient_id)
    return url_for("questionnaires.help_page", sitting=view.name, then=request.args.get("then"))
