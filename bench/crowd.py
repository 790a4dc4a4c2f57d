"""A service full of patients, written as rows in a few seconds.

One in four stands on the worklist, for the usual reasons and in the usual mixture; every tenth of these has
asked for a call. The e-mail of one in fifty comes back. Ids grow with time, as ours do.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from webapp.foundations import clock

_BEGIN = """
CREATE TEMP TABLE crowd AS
SELECT n, %(service)s::uuid AS service_id,
       (%(mark)s || '-0001-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS patient_id,
       (%(mark)s || '-0002-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS enrolment_id,
       (ARRAY['Bronwen', 'Amir', 'Grace', 'Tom', 'Ngozi', 'Eirlys', 'Jean',
    'Piotr'])[1 + n %% 8] AS given_name,
       (ARRAY['Abbott', 'Begum', 'Davies', 'Evans', 'Khan', 'Morgan', 'Okoro',
    'Smith'])[1 + n / 8 %% 8] || n AS family_name,
       n %% 5 AS done, (%(today)s::date - (10 + n %% 60)) AS began
FROM generate_series(1, %(number)s) AS n
"""
_PATIENTS = """
INSERT INTO patient (service_id, id, reference, given_name, family_name, sort_key, search_key, born_on,
    email, mobile,
    phone, postal_address, email_is_safe, text_is_safe, call_is_safe, voicemail_is_safe, letter_is_safe,
    contact_times,
    needs, needs_note, suitability, seen_by, suitability_why, group_name, note, language, clinician_id,
    made_at, version)
SELECT service_id, patient_id, 'PMP-' || lpad(n::text, 6, '0'), given_name, family_name,
    lower(family_name || ' ' || given_name), lower(given_name || ' ' || family_name || ' pmp-' || n),
    '1970-01-01'::date + n,
    'patient' || n || '@example.org', '+44770090' || lpad((n %% 10000)::text, 4, '0'), '', '', true,
    false, true, false,
    true, CASE n %% 3 WHEN 0 THEN 'after 2 pm' ELSE '' END, '{}', '', 'seen_and_suitable', 'Carol Osei',
    '', '', '', 'en',
    CASE n %% 4 WHEN 0 THEN %(clinician)s::uuid END, now(), 1
FROM crowd
"""
_ENROLMENTS = """
INSERT INTO enrolment (service_id, id, patient_id, door, rhythm, way, invited_on, invited_by, started_on,
    version)
SELECT service_id, enrolment_id, patient_id, 'course', 'weekly', 'online', began, 'Carol Osei', began,
    1 FROM crowd
"""
_MILESTONES = """
INSERT INTO milestone (service_id, id, enrolment_id, name, position, done_on)
SELECT service_id, (%(mark)s || '-0003-7000-800' || position || '-' || lpad(to_hex(n), 12, '0'))::uuid,
    enrolment_id,
    module, position, CASE WHEN position <= done THEN began + 7 * position::int END
FROM crowd, unnest(%(modules)s::text[]) WITH ORDINALITY AS one(module, position)
"""
_SUMMARIES = """
INSERT INTO engagement (service_id, enrolment_id, patient_id, clinician_id, sort_key, state, since_on,
    reasons, points,
    silent_days, last_active_on, module, modules_done, tried, ring_key, ranked_on,
    next_change_on, remind_on)
SELECT service_id, enrolment_id, patient_id, CASE n %% 4 WHEN 0 THEN %(clinician)s::uuid END,
    lower(family_name || ' ' || given_name), CASE n %% 4 WHEN 0 THEN 'quieter' ELSE 'on_track' END, %(today)s,
    CASE n %% 4 WHEN 0 THEN %(reasons)s::jsonb -> (n / 4 %% 10) ELSE '[]' END, 3, 8, %(today)s::date - 8,
    (%(modules)s::text[])[done + 1], done,
    CASE n %% 8 WHEN 0 THEN jsonb_build_object('on', %(today)s::date - 3, 'channel', 'call', 'outcome',
    'no_answer') ELSE '{}' END,
    CASE n %% 4 WHEN 0 THEN (6::bigint << 24) + n END, %(today)s,
    %(today)s::date + 2 + n %% 20, %(today)s::date + n %% 7
FROM crowd
"""
_REQUESTS = """
INSERT INTO call_request (service_id, id, enrolment_id, about, asked_at, asked_on, promised_on)
SELECT service_id, (%(mark)s || '-0004-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, enrolment_id,
    'exercise', now(),
    %(today)s, %(today)s::date + 1
FROM crowd WHERE n %% 40 = 0
"""
_BOUNCES = """
INSERT INTO bounce (service_id, id, patient_id, channel, address, why, since_on, noted_at, noted_by)
SELECT service_id, (%(mark)s || '-0005-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, patient_id, 'email',
    'patient' || n || '@example.org', 'unknown', %(today)s, now(), 'import'
FROM crowd WHERE n %% 50 = 0
"""


def fill(
    owner: Connection[Any], service_id: UUID, number: int, modules: tuple[str, ...], clinician_id: UUID | None
) -> None:
    """Write ``number`` patients into a service; ``clinician_id`` looks after those on the list."""
    today = clock.today()
    given = {
        "service": service_id,
        "mark": service_id.hex[-8:],
        "number": number,
        "clinician": clinician_id,
        "modules": list(modules),
        "today": today,
        "reasons": json.dumps([_reasons(place, modules[1]) for place in range(10)]),
    }
    with owner.transaction():
        for statement in (_BEGIN, _PATIENTS, _ENROLMENTS, _MILESTONES, _SUMMARIES, _REQUESTS, _BOUNCES):
            owner.execute(statement, given)
        owner.execute("DROP TABLE crowd")
    owner.execute("ANALYZE")


def _reasons(place: int, module: str) -> list[dict[str, Any]]:
    """Why the one at this place of every ten is on the list."""
    if place == 0:
        return [_reason("asked_for_call", 0), _reason("no_visit", 8, 8)]
    if place < 4:
        return [_reason("week_two", 6, 6, module=module), _reason("no_visit", 8, 8)]
    if place < 8:
        return [_reason("module_overdue", 9, 9, module=module), _reason("no_visit", 8, 8)]
    return [_reason("no_visit", 8, 8), _reason("few_days", 14, 1)]


def _reason(kind: str, days_ago: int, number: int | None = None, **more: Any) -> dict[str, Any]:
    since_on = str(clock.today() - timedelta(days=days_ago))
    return {
        "kind": kind,
        "since_on": since_on,
        "rule": f"{kind}>=7",
        "number": number,
        "version": "1",
        **more,
    }
