"""The daily push over weeks: one question a local day, whatever happens to the bot, its clock and the user."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.schedule import EVERY_DAY, Push, Schedule, decide_push
from tests.support.planner import Candidate, looks
from tests.support.schedules import instants, local, quick, schedules, zones

WEEKS = timedelta(weeks=3)
HOUR = timedelta(hours=1)
BERLIN = Schedule("Europe/Berlin", time(2, 30), EVERY_DAY)
TEHRAN = Schedule("Asia/Tehran", time(9), EVERY_DAY)
NINE_IN_TEHRAN = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)

moments = st.integers(0, 21 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
outages = st.lists(st.tuples(moments, st.integers(1, 80).map(lambda hours: timedelta(hours=hours))), max_size=8)


def expected_asks(
    schedule: Schedule, alive: list[datetime], practice: list[datetime], joined: datetime
) -> list[datetime]:
    """By the words of the promise: the first look of each wanted day that is not too early and not too close."""
    asks: dict[date, datetime] = {}
    for now in alive:
        today, moment = schedule.today(now), schedule.moment(schedule.today(now))
        wanted = today.weekday() in schedule.weekdays and moment is not None and joined < moment <= now
        quiet = any(now - HOUR < at <= now for at in practice)
        if wanted and not quiet:
            asks.setdefault(today, now)
    return list(asks.values())


@quick
@given(schedule=schedules, start=instants, down=outages, practice=st.lists(moments, max_size=40))
@example(BERLIN, datetime(2026, 3, 20, tzinfo=UTC), [], [])
@example(BERLIN, datetime(2026, 10, 15, tzinfo=UTC), [], [])
@example(Schedule("Pacific/Apia", time(9), EVERY_DAY), datetime(2011, 12, 20, tzinfo=UTC), [], [])
def test_three_weeks_bring_one_question_on_each_wanted_day(
    schedule: Schedule, start: datetime, down: list[tuple[timedelta, timedelta]], practice: list[timedelta]
) -> None:
    alive = list(looks(start, WEEKS, [(start + begin, start + begin + length) for begin, length in down]))
    sessions = sorted(start + at for at in practice)
    candidate = Candidate.newcomer(schedule, start)
    waiting = list(sessions)
    for now in alive:
        while waiting and waiting[0] <= now:
            candidate.practises(waiting.pop(0))
        candidate.look(now)
        candidate.ignored = 0  # reads every push
    assert candidate.asked == expected_asks(schedule, alive, sessions, start)
    assert len(set(candidate.days)) == len(candidate.days)


@quick
@given(schedule=schedules, moves=st.lists(st.tuples(moments, schedules), max_size=6), start=instants)
def test_no_local_date_brings_two_questions_to_a_traveller(
    schedule: Schedule, moves: list[tuple[timedelta, Schedule]], start: datetime
) -> None:
    candidate = Candidate.newcomer(schedule, start)
    waiting = sorted(((start + at, new) for at, new in moves), key=lambda move: move[0])
    for now in looks(start, WEEKS):
        while waiting and waiting[0][0] <= now:
            candidate.moves(waiting.pop(0)[1], now)
        candidate.look(now)
        candidate.ignored = 0
    assert candidate.days == sorted(set(candidate.days))


def test_the_widest_journey_west_brings_no_second_question_for_a_date() -> None:
    kiritimati = Schedule("Pacific/Kiritimati", time(0), EVERY_DAY)
    niue = Schedule("Pacific/Niue", time(23, 45), EVERY_DAY)
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    landing = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
    candidate = Candidate.newcomer(kiritimati, start)
    for now in looks(start, timedelta(days=5)):
        if now == landing:
            assert candidate.days == [date(2026, 11, 23)]
            assert niue.today(now) == date(2026, 11, 21)
            candidate.moves(niue, now)
        candidate.look(now)
    assert candidate.days == sorted(set(candidate.days))


jumps = st.lists(st.integers(-24 * 60, 48 * 60).map(lambda minutes: timedelta(minutes=minutes)), max_size=40)


@quick
@given(schedule=schedules, start=instants, steps=jumps)
def test_no_local_date_brings_two_questions_while_the_clock_jumps(
    schedule: Schedule, start: datetime, steps: list[timedelta]
) -> None:
    candidate = Candidate.newcomer(schedule, start)
    latest = now = start
    for step in steps:
        now = max(now + step, latest - timedelta(days=1))
        latest = max(latest, now)
        candidate.decide(now)
        candidate.ignored = 0
    assert len(set(candidate.days)) == len(candidate.days)


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=400)])
def test_a_question_dated_by_a_clock_that_was_wrong_keeps_nobody_waiting(ahead: timedelta) -> None:
    wrong = TEHRAN.today(NINE_IN_TEHRAN + ahead)
    decision = decide_push(TEHRAN, NINE_IN_TEHRAN, asked_on=wrong, practised_at=None, ignored_pushes=0)
    assert decision.push is Push.ASK


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=400)])
def test_practice_dated_by_a_clock_that_was_wrong_keeps_nobody_waiting(ahead: timedelta) -> None:
    decision = decide_push(TEHRAN, NINE_IN_TEHRAN, asked_on=None, practised_at=NINE_IN_TEHRAN + ahead, ignored_pushes=0)
    assert decision.push is Push.ASK


@quick
@given(
    schedule=schedules,
    now=instants,
    practised=st.timedeltas(timedelta(), HOUR - timedelta(seconds=1)),
    asked=st.none() | st.integers(-9, 1),
    ignored=st.integers(0, 9),
)
def test_nothing_is_pushed_within_an_hour_of_practice(
    schedule: Schedule, now: datetime, practised: timedelta, asked: int | None, ignored: int
) -> None:
    asked_on = None if asked is None else schedule.today(now) + timedelta(days=asked)
    decision = decide_push(schedule, now, asked_on=asked_on, practised_at=now - practised, ignored_pushes=ignored)
    assert decision.push is Push.WAIT
    assert decision.next_at is not None and decision.next_at > now


@quick
@given(schedule=schedules, start=instants)
def test_seven_ignored_questions_end_in_one_stop(schedule: Schedule, start: datetime) -> None:
    assume(schedule.at <= time(23, 44))  # time for a look before midnight
    candidate = Candidate.newcomer(schedule, start)
    # Even one question a week is ignored for the seventh time within nine weeks.
    for now in looks(start, timedelta(weeks=9)):
        candidate.look(now)
    assert len(candidate.asked) == 7
    assert len(candidate.stopped) == 1
    assert candidate.next_at is None
    assert candidate.stopped[0] > candidate.asked[-1] + timedelta(hours=20), "the seventh has its day, too"


def test_six_ignored_questions_and_a_sign_of_life_begin_the_count_anew() -> None:
    candidate = Candidate.newcomer(TEHRAN, NINE_IN_TEHRAN - HOUR)
    for now in looks(NINE_IN_TEHRAN - HOUR, timedelta(days=13)):
        candidate.look(now)
        if len(candidate.asked) == 6 and candidate.ignored == 6:
            candidate.practises(now)
    assert len(candidate.asked) == 13
    assert not candidate.stopped


def test_a_bot_that_was_down_at_nine_asks_when_it_is_back_on_the_same_day() -> None:
    back = NINE_IN_TEHRAN + timedelta(hours=14, minutes=59)  # a minute before midnight in Tehran
    decision = decide_push(TEHRAN, back, asked_on=None, practised_at=None, ignored_pushes=0)
    assert decision.push is Push.ASK
    assert decision.next_at == NINE_IN_TEHRAN + timedelta(days=1)


def test_a_bot_that_was_down_until_midnight_waits_for_the_next_nine_o_clock() -> None:
    back = NINE_IN_TEHRAN + timedelta(hours=15)
    decision = decide_push(TEHRAN, back, asked_on=None, practised_at=None, ignored_pushes=0)
    assert decision.push is Push.WAIT
    assert decision.next_at == NINE_IN_TEHRAN + timedelta(days=1)


@quick
@given(schedule=schedules, now=instants, zone=zones)
def test_a_decision_does_not_depend_on_the_zone_in_which_the_instant_is_written(
    schedule: Schedule, now: datetime, zone: str
) -> None:
    here, there = (
        decide_push(schedule, instant, asked_on=None, practised_at=None, ignored_pushes=0)
        for instant in (now, local(now, zone))
    )
    assert here == there
