"""How the last weeks of each made-up patient went, told in acts on days. Each act is the one that a page would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.commands.demo import acts, team
from webapp.commands.demo.post import Post
from webapp.course.service import core_modules
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.home import leaving
from webapp.people.models import Patient, Service
from webapp.reminders import bounces
from webapp.reminders.rules import Answer

ZONE = ZoneInfo("Europe/London")
FIRST_BOOSTER_DAY, WEEKS_AWAY_DAYS = 34, 24
PARTS, ANSWER_DAYS = 2, (4, 10)
GOAL_DAY, THIRD_MODULE_DAY, QUESTIONS_DAY = 12, 15, 5
MODULES = ("start-here", "understanding-persistent-pain", "pacing", "goals-and-values")


@dataclass
class Life:
    """One made-up patient on the way: days count from the invitation."""

    service: Service
    patient: Patient
    enrolment: Enrolment
    me: Actor
    clinician: Actor
    invited_on: date
    rhythm: str
    post: Post | None = None

    @property
    def days_so_far(self) -> int:
        """How many days ago the invitation was."""
        return (clock.today() - self.invited_on).days

    @contextmanager
    def day(self, number: int, hour: int = 19) -> Iterator[Life]:
        """Act on that day (never later than an hour ago); what was done is kept."""
        moment = datetime.combine(
            self.invited_on + timedelta(days=number), time(hour, 20 + number % 30), ZONE
        )
        moment = min(moment, clock.now() - timedelta(hours=1))
        self.hears_until(moment)
        with clock.standing_at(moment):
            yield self
            db.session.commit()

    def hears_until(self, moment: datetime) -> None:
        """Messages come in until then, where this life has a post."""
        if self.post is not None:
            self.post.go_on_until(self.enrolment, moment)

    def taps(self, answer: Answer, number: int) -> None:
        """Answer the latest message by one tap, on that day at noon."""
        with self.day(number, 12):
            if self.post is not None:
                self.post.tap(answer)

    def starts(self, number: int = 1) -> Life:
        """Activate, in the rhythm of this life."""
        with self.day(number):
            engagement.start(self.enrolment, rhythm=self.rhythm, by=self.me)
        return self

    def does_module(self, name: str, first_day: int, days: int = 2) -> Life:
        """Read a module over some days and settle its key exercise."""
        for part in range(days):
            self.reads_part(name, first_day + part, part, days)
        return self

    def reads_part(self, name: str, day: int, part: int, of: int = 2) -> None:
        """Read one of so many parts of a module; with the last its key exercise is settled."""
        pages = acts.pages_of(name)
        per_day = -(-len(pages) // of)
        with self.day(day):
            acts.read(self.enrolment, name, pages[part * per_day : (part + 1) * per_day], by=self.me)


def invited(_life: Life) -> None:
    """Has the invitation and has not come yet."""


def just_started(life: Life) -> None:
    """Came, and read the first pages."""
    life.starts(min(1, life.days_so_far))
    with life.day(life.days_so_far, 11):
        acts.read(life.enrolment, MODULES[0], acts.pages_of(MODULES[0])[:3], by=life.me)


def steady(life: Life, until: int | None = None, answers: bool = True) -> None:
    """A module in each step of the rhythm, the questionnaires, and a day here and there between."""
    until = life.days_so_far if until is None else until
    step = {"weekly": 7, "fortnightly": 14}.get(life.rhythm, 10)
    life.starts()
    for day in range(1, until + 1):
        if day % 3 == 0:
            with life.day(day, 8):
                engagement.record(life.me, life.enrolment, "exercise_saved", "toolbox")
        number, part = divmod(day - 1, step)
        if number < len(MODULES) and part < PARTS and day - part + PARTS <= until:
            life.reads_part(MODULES[number], day, part)
        if answers and day in ANSWER_DAYS:
            with life.day(day):
                acts.answer_what_is_due(life.enrolment, by=life.me, shift=life.days_so_far)


def pacing(life: Life) -> None:
    """The first name on the list: two modules done, a walk being paced and ticked, a goal, both shared."""
    life.starts()
    life.does_module(MODULES[0], 1)
    with life.day(3):
        acts.answer_what_is_due(life.enrolment, by=life.me, shift=1)
    for number, (minutes, day) in enumerate(((12, "good"), (6, "bad"), (9, "ordinary"))):
        with life.day(4 + number, 16):
            acts.walk_try(life.patient, minutes, day, by=life.me)
    life.does_module(MODULES[1], 8)
    with life.day(9):
        acts.answer_what_is_due(life.enrolment, by=life.me, shift=1)
    with life.day(10):
        acts.start_walk(life.patient, by=life.me)
    for number in range(11, life.days_so_far):
        if number % 4 != 2:
            with life.day(number, 17):
                acts.tick_walk(life.patient, by=life.me)
        if number == GOAL_DAY:
            with life.day(number):
                acts.make_goal(life.patient, by=life.me)
        if number == THIRD_MODULE_DAY:
            with life.day(number):
                acts.read(life.enrolment, MODULES[2], acts.pages_of(MODULES[2])[:2], by=life.me)


def quieter(life: Life) -> None:
    """Went steadily, and has not been here for nine days."""
    steady(life, until=life.days_so_far - 9)


def ring_first(life: Life) -> None:
    """Two modules, then nothing for a fortnight."""
    steady(life, until=min(10, life.days_so_far - 12))


def week_two(life: Life) -> None:
    """Began well and stopped in the first week."""
    life.starts()
    life.does_module(MODULES[0], 2, days=1)


def lapsed(life: Life) -> None:
    """Stopped long ago; two calls were not answered."""
    steady(life, until=12)
    for day in (24, 33):
        with life.day(day, 11):
            requests.log_contact(life.enrolment, "call", "no_answer", "", by=life.clinician)


def paused(life: Life) -> None:
    """Went steadily, and has paused for a holiday."""
    steady(life, until=life.days_so_far - 4)
    with life.day(life.days_so_far - 3):
        back_on = clock.today() + timedelta(days=14)
        requests.pause(life.enrolment, back_on, "holiday", by=life.me, by_patient=True)


def flare(life: Life) -> None:
    """Went steadily; a flare-up began three days ago."""
    steady(life, until=life.days_so_far - 4)
    with life.day(life.days_so_far - 3):
        row = requests.report_flare(life.enrolment, by=life.me)
        requests.choose_for_today(life.enrolment, row, "half", by=life.me)


def left(life: Life) -> None:
    """Was rung, and has stopped, with a reason."""
    steady(life, until=10)
    with life.day(20, 14):
        requests.log_contact(life.enrolment, "call", "reached_stopping", "", by=life.clinician)
        engagement.leave(life.enrolment, "prefers_group", by=life.clinician)


def finished(life: Life) -> None:
    """Did every core module, one after another, and answered at the start, halfway, at the end and 3 months later.

    Some sent the last questions on paper; for a few they were a little worse than at the start.
    """
    life.starts()
    modules = core_modules()
    step = max(min((life.days_so_far - 2) // len(modules), {"weekly": 7, "fortnightly": 14}[life.rhythm]), 2)
    for number, module in enumerate(modules):
        life.does_module(module, 1 + number * step)
        if number == 0:
            _answer_on(life, (4, 7, 10), 0.65)
        if number + 1 == (len(modules) + 1) // 2:
            _answer_on(life, (3 + number * step,), 0.55)
    done = 2 + (len(modules) - 1) * step
    after = 0.75 if life.days_so_far % 9 == 3 else 0.4
    came_on_paper = life.days_so_far % 20 == 10
    _answer_on(
        life, (done + 3, done + 7, done + 10), after, typed_by=life.clinician if came_on_paper else None
    )
    _answer_on(life, (done + 93,), after)


def _answer_on(life: Life, days: Sequence[int], level: float, typed_by: Actor | None = None) -> None:
    """Answer what is due on these days, as far as they have come."""
    for day in days:
        if day < life.days_so_far:
            with life.day(day, 20):
                acts.answer_what_is_due(
                    life.enrolment, by=life.me, shift=life.days_so_far, level=level, typed_by=typed_by
                )


def refresher(life: Life) -> None:
    """Finished a group before; said what has slipped, walks a route, and came for the first booster."""
    life.starts()
    with life.day(1, 20):
        acts.look_at_skills(life.enrolment, (5, 7, 2, 8, 7, 9, 3, 8), at_booster=False, by=life.me)
    for day in range(2, life.days_so_far):
        if day % 11 == 2:
            with life.day(day):
                acts.read(life.enrolment, MODULES[2], acts.pages_of(MODULES[2])[:1], by=life.me)
                engagement.record(life.me, life.enrolment, "exercise_saved", "toolbox")
        if day == QUESTIONS_DAY:
            with life.day(day):
                acts.answer_what_is_due(life.enrolment, by=life.me, shift=3)
        if day == FIRST_BOOSTER_DAY:
            with life.day(day):
                acts.look_at_skills(life.enrolment, (6, 8, 6, 8, 8, 9, 4, 8), at_booster=True, by=life.me)
    with life.day(life.days_so_far - 1, 9):
        acts.finish_a_stop(life.enrolment, by=life.me)


def back_after_weeks(life: Life) -> None:
    """Went steadily, then nothing for over three weeks. Signing in today, they are welcomed with three ways to go on."""
    last = life.days_so_far - WEEKS_AWAY_DAYS
    steady(life, until=last)
    with life.day(last):
        acts.read(life.enrolment, MODULES[2], acts.pages_of(MODULES[2])[:2], by=life.me)


def asked_for_call(life: Life) -> None:
    """Goes steadily, and asked yesterday to be rung about an exercise."""
    steady(life, until=life.days_so_far - 1)
    with life.day(life.days_so_far - 1, 20):
        requests.ask_for_call(life.enrolment, "exercise", by=life.me)


def told_how_they_feel(life: Life) -> None:
    """Asked a fortnight ago to be rung about how they feel, and was; asked again last night."""
    asked_on = life.days_so_far - 15
    steady(life, until=asked_on)
    with life.day(asked_on, 21):
        team.ask_about_feelings(life.patient, by=life.me)
    with life.day(asked_on + 1, 10):
        team.meet_alert(life.enrolment, by=life.clinician)
    with life.day(life.days_so_far - 1, 22):
        team.ask_about_feelings(life.patient, by=life.me)


def on_paper(life: Life) -> None:
    """Has the booklets; the team rings on agreed days."""
    with life.day(2, 10):
        engagement.start(life.enrolment, rhythm="own_speed", by=life.clinician)
        requests.log_contact(
            life.enrolment,
            "call",
            "reached_continuing",
            "",
            by=life.clinician,
            ring_again_on=clock.today() + timedelta(days=10),
        )


def by_phone(life: Life) -> None:
    """Does it by phone; the next call is today."""
    with life.day(2, 10):
        engagement.start(life.enrolment, rhythm="own_speed", by=life.clinician)
        due_on = life.invited_on + timedelta(days=life.days_so_far)
        requests.log_contact(
            life.enrolment, "call", "reached_continuing", "", by=life.clinician, ring_again_on=due_on
        )


def stuck(life: Life) -> None:
    """Went quiet, and said in an e-mail yesterday that they are stuck: somebody is to ring."""
    steady(life, until=life.days_so_far - 10)
    life.taps(Answer.STUCK, life.days_so_far - 1)


def flare_by_mail(life: Life) -> None:
    """Went quiet, and said in an e-mail two days ago that it is a flare-up."""
    steady(life, until=life.days_so_far - 11)
    life.taps(Answer.FLARE_UP, life.days_so_far - 2)


def bounced(life: Life) -> None:
    """Went steadily; then an e-mail came back, and somebody noted it."""
    steady(life, until=life.days_so_far - 6)
    with life.day(life.days_so_far - 4, 11):
        bounces.note_bounce(life.clinician, life.patient.id, "email", life.patient.email, "unknown")


def by_letter(life: Life) -> None:
    """Has no e-mail, and wants letters: one waits to be printed."""
    steady(life, until=life.days_so_far - 2, answers=False)


def left_and_back(life: Life) -> None:
    """Left after some weeks, and came back by the refresher door."""
    steady(life, until=18)
    with life.day(20, 20):
        leaving.leave(life.enrolment, "no_time", by=life.me)
    with life.day(life.days_so_far - 8):
        life.enrolment = leaving.begin_afresh(life.enrolment, by=life.me)
    with life.day(life.days_so_far - 7, 20):
        acts.look_at_skills(life.enrolment, (4, 6, 3, 7, 6, 8, 5, 7), at_booster=False, by=life.me)


STORIES: dict[str, Callable[[Life], None]] = {
    story.__name__: story
    for story in (
        invited, just_started, steady, pacing, quieter, ring_first, week_two, lapsed, paused, flare, left, finished,
        refresher, back_after_weeks, asked_for_call, told_how_they_feel, on_paper, by_phone,
        stuck, flare_by_mail, bounced, by_letter, left_and_back,
    )
}  # fmt: skip
