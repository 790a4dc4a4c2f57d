"""What must hold for every message and every row, checked on what arrived and what stood on the list. Pure.

Each promise answers with the rows that break it, in words; none means that it was kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import sqrt
from zoneinfo import ZoneInfo

from webapp.commands.demo.year.findings import Findings, Message, Spell
from webapp.commands.demo.year.ringing import Contacted, Row
from webapp.engagement.contact_rules import OUTCOMES
from webapp.engagement.standing import State, Tier
from webapp.engagement.thresholds import DEFAULT
from webapp.foundations.quiet_hours import is_quiet
from webapp.reminders.rules import HOURS_BETWEEN

ZONE = "Europe/London"
MOST_RED_RAISES = 10.0
"""New "ring first" rows per 100 person-weeks. Source: dropout.md 5, goal 5."""

ENOUGH_WEEKS, CHANCE = 1000, 2.33
"""In fewer person-weeks a rate is still a matter of luck: a small crowd may have what chance brings in 1 of 100."""

STILL_ON_ITS_WAY = timedelta(hours=48)
"""A message younger than this at the end may still wait: the post tries for so long."""

NOT_COUNTED = {State.LEFT, State.FINISHED, State.KEEPING_GOING, State.LAPSED, State.PAUSED}
"""Whoever is in one of these is not somebody who could be raised: their days are no person-weeks."""

ALLOWED_IN = {
    "pause": {"reminder:pause-ends", "reminder:remind-me", "reminder:goodbye"},
    "flare": {"reminder:flare-check-in", "reminder:remind-me", "reminder:pause-ends", "reminder:goodbye"},
    "stopped": set[str](),
}
"""What may still arrive in a pause, in the first 14 days of a flare-up, and after messages were stopped."""

MAKES_A_ROW = {"flare_check_in", "week_two", "module_overdue", "no_visit", "not_started", "not_back"}
Broken = list[str]


def two_days_apart(found: Findings) -> Broken:
    """Between two messages to the same person lie at least 48 hours."""
    return [
        f"person {person}: {first.kind} at {_local(a)} and {second.kind} at {_local(b)}, {b - a} apart"
        for person, messages in _by_person(found).items()
        for (a, first), (b, second) in pairwise(messages)
        if b - a < HOURS_BETWEEN
    ]


def not_at_night(found: Findings) -> Broken:
    """Nothing of ours arrives from 20:00 to 08:00 on local clocks, the nights of the clock changes included."""
    return [
        f"person {message.person}: {message.kind} at {_local(moment)}"
        for message in _ours(found)
        if message.channel != "letter"
        for moment in message.arrived_at
        if is_quiet(moment, ZONE)
    ]


def never_twice(found: Findings) -> Broken:
    """The same message arrives once; twice only if the worker died between the server's yes and its own note of it."""
    return [
        f"person {message.person}: {message.kind} {message.message_id} arrived {len(message.arrived_at)} times"
        for message in found.messages
        if len(message.arrived_at) > 1 + (message.message_id in found.windows)
    ]


def told_once(found: Findings) -> Broken:
    """No thing is told of in two messages."""
    told = Counter(thing for message in _ours(found) for thing in message.things)
    return [f"{thing} was told {times} times" for thing, times in sorted(told.items()) if times > 1]


def nothing_is_lost(found: Findings) -> Broken:
    """Every message that was written and not withdrawn has arrived, or is younger than 48 hours."""
    return [
        f"person {message.person}: {message.kind} of {_local(message.written_at)} never arrived"
        for message in found.messages
        if message.channel != "letter" and not message.withdrawn and not message.arrived_at
        if found.ended_at - message.written_at > STILL_ON_ITS_WAY
    ]


def peace_is_kept(found: Findings) -> Broken:
    """In a pause or a flare-up arrives only what belongs to it; after messages were stopped, nothing."""
    rests = _rests(found.spells)
    return [
        f"person {message.person}: {message.kind} at {_local(moment)}, in a {spell.what} since {spell.from_on}"
        for message in _ours(found)
        if (moment := message.first_at) is not None and message.channel != "letter"
        for spell, last_on in rests[message.person]
        if message.kind not in ALLOWED_IN[spell.what] and spell.from_at < moment and _day(moment) <= last_on
    ]


def _rests(spells: Iterable[Spell]) -> dict[int, list[tuple[Spell, date]]]:
    """Each person's spells with the last day on which they keep the peace: in a flare-up the fourteenth, at most."""
    found: dict[int, list[tuple[Spell, date]]] = defaultdict(list)
    for spell in spells:
        last_on = spell.until_on or date.max
        if spell.what == "flare":
            last_on = min(last_on, spell.from_on + timedelta(days=DEFAULT.flare_pause_days - 1))
        found[spell.person].append((spell, last_on))
    return found


def red_is_rare(found: Findings) -> Broken:
    """At most ten new "ring first" rows per 100 person-weeks (dropout.md 5, goal 5); in a small crowd, but for chance."""
    raises, weeks = red_raises(found.rows)
    expected = MOST_RED_RAISES * weeks / 100
    chance = CHANCE * sqrt(expected) if weeks < ENOUGH_WEEKS else 0
    if raises <= expected + chance:
        return []
    return [f"{raises * 100 / weeks:.1f} per 100 person-weeks ({raises} in {weeks:.0f} weeks)"]


def red_raises(rows: Iterable[Row]) -> tuple[int, float]:
    """How often somebody came onto the list as "ring first" who was not so the day before, and the person-weeks."""
    raises, days, red = 0, 0, dict[int, date]()
    for row in sorted(rows, key=lambda row: (row.on, row.person)):
        days += row.state not in NOT_COUNTED
        if row.tier == Tier.RING_FIRST:
            raises += red.get(row.person) != row.on - timedelta(days=1)
            red[row.person] = row.on
    return raises, days / 7


def no_repeats(found: Findings) -> Broken:
    """For 28 days after a contact nobody is on the list for what the team knew then: something new has to have happened."""
    contacts = _contacts_by_person(found.contacted)
    return [
        f"person {row.person}: on the list on {row.on} as on the day of the contact, {contact.on}"
        for row in found.rows
        if row.tier is not None and row.tier >= Tier.CHECK_IN
        if (contact := _latest_before(contacts.get(row.person, ()), row.on)) is not None
        if (row.on - contact.on).days <= DEFAULT.hidden_after_contact_days and not _has_news(row, contact)
    ]


def _has_news(row: Row, contact: Contacted) -> bool:
    """Is a reason there that was not there at the contact, and is dated on the day of the contact or later?"""
    known = set(contact.reasons)
    return any(
        kind in MAKES_A_ROW and date.fromisoformat(since) >= contact.on and (kind, since) not in known
        for kind, since in row.reasons
    )


def the_budget_is_kept(found: Findings) -> Broken:
    """No week holds more calls than the team has agreed to."""
    weeks = Counter(
        one.on - timedelta(days=one.on.weekday()) for one in found.contacted if one.outcome in OUTCOMES
    )
    return [
        f"week of {week}: {calls} of {found.calls_a_week}"
        for week, calls in sorted(weeks.items())
        if calls > found.calls_a_week
    ]


def every_kill_struck(found: Findings) -> Broken:
    """The worker died as often as was asked."""
    return [f"{found.kills_left} of {found.plan.kills} did not"] if found.kills_left else []


PROMISES: Mapping[str, Callable[[Findings], Broken]] = {
    "48 hours between two messages to the same person": two_days_apart,
    "no message from 20:00 to 08:00": not_at_night,
    "no message twice, but in the documented window": never_twice,
    "no thing told twice": told_once,
    "no message lost": nothing_is_lost,
    "only what belongs there in pauses and flare-ups, nothing after stopping": peace_is_kept,
    f"at most {MOST_RED_RAISES:.0f} red raises per 100 person-weeks": red_is_rare,
    "no repeat within 28 days of a contact": no_repeats,
    "calls within the weekly budget": the_budget_is_kept,
    "every kill struck": every_kill_struck,
}
"""Each promise in words, with its check."""


def broken_promises(found: Findings) -> dict[str, Broken]:
    """The promises that were not kept, each with the rows that show it."""
    checked = {words: check(found) for words, check in PROMISES.items()}
    return {words: broken for words, broken in checked.items() if broken}


def _ours(found: Findings) -> Iterator[Message]:
    return (message for message in found.messages if message.is_ours)


def _by_person(found: Findings) -> dict[int, list[tuple[datetime, Message]]]:
    """Each person's messages by the moment when they were there first."""
    people: dict[int, list[tuple[datetime, Message]]] = defaultdict(list)
    for message in _ours(found):
        if (moment := message.first_at) is not None and not (
            message.channel == "letter" and message.withdrawn
        ):
            people[message.person].append((moment, message))
    return {person: sorted(messages, key=lambda one: one[0]) for person, messages in people.items()}


def _contacts_by_person(contacted: Iterable[Contacted]) -> dict[int, list[Contacted]]:
    found: dict[int, list[Contacted]] = defaultdict(list)
    for one in contacted:
        found[one.person].append(one)
    return found


def _latest_before(contacts: Sequence[Contacted], on: date) -> Contacted | None:
    return max((one for one in contacts if one.on < on), key=lambda one: one.on, default=None)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(ZONE)):%Y-%m-%d %H:%M}"


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(ZONE)).date()
