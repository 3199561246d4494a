"""What a user changes about the hour, the days and the place moves the next question rightly."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.db.engine import Database
from bot.db.models import Dialogue
from bot.domain.errors import NoWeekday, UnknownUser
from bot.domain.identity import Locale, Track
from bot.domain.schedule import EVERY_DAY
from bot.services import preferences
from bot.services.asking import Asked
from bot.services.preferences import Preferences
from tests.support.candidate import Candidate
from tests.support.coach import HandClock

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


def _at(day: date, hour: time, zone: str = "Asia/Tehran") -> datetime:
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def test_an_hour_still_to_come_counts_today(sara: Candidate) -> None:
    assert (await sara.wants_it_at(time(18, 30))).next_question_at == _at(SUNDAY, time(18, 30))


async def test_an_hour_that_has_passed_counts_tomorrow(sara: Candidate) -> None:
    assert (await sara.wants_it_at(time(7))).next_question_at == _at(MONDAY, time(7))


async def test_after_the_days_question_a_later_hour_counts_tomorrow(sara: Candidate) -> None:
    await sara.asks_for_today()
    assert (await sara.wants_it_at(time(18, 30))).next_question_at == _at(MONDAY, time(18, 30))


async def test_dropping_days_leaves_the_next_one_wanted(sara: Candidate) -> None:
    chosen = await sara.wants_only(2, 4)
    assert chosen.weekdays == {2, 4}
    assert chosen.next_question_at == _at(date(2026, 11, 25), time(9))  # Wednesday


async def test_a_day_taken_back_counts_again(sara: Candidate) -> None:
    await sara.wants_only(2)
    assert (await sara.wants_weekday(0, True)).next_question_at == _at(MONDAY, time(9))


async def test_today_as_the_only_day_is_a_week_away_once_it_had_its_question(sara: Candidate) -> None:
    await sara.asks_for_today()
    assert (await sara.wants_only(6)).next_question_at == _at(SUNDAY + timedelta(days=7), time(9))


async def test_the_last_day_cannot_be_dropped(sara: Candidate) -> None:
    before = await sara.wants_only(3)
    with pytest.raises(NoWeekday):
        await sara.wants_weekday(3, False)
    assert await sara.preferences() == before


async def test_pressing_a_day_twice_changes_nothing_more(sara: Candidate) -> None:
    once = await sara.wants_weekday(0, False)
    assert await sara.wants_weekday(0, False) == once


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Moscow", MONDAY),
        ("Asia/Vladivostok", MONDAY),
        ("America/Los_Angeles", MONDAY),  # still Saturday there, and Sunday's question has been given
        ("Pacific/Kiritimati", MONDAY),
    ],
)
async def test_a_move_on_the_day_of_a_question_brings_the_next_one_on_the_day_after(
    sara: Candidate, zone: str, day: date
) -> None:
    await sara.asks_for_today()
    assert (await sara.moves_to(zone)).next_question_at == _at(day, time(9), zone)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/London", SUNDAY),  # 6:00 there
        ("America/Los_Angeles", SUNDAY),  # 22:00 on Saturday
        ("Asia/Tokyo", MONDAY),  # 15:00
    ],
)
async def test_a_move_before_the_days_question_brings_it_at_the_first_nine_o_clock_there(
    sara: Candidate, zone: str, day: date
) -> None:
    assert (await sara.moves_to(zone)).next_question_at == _at(day, time(9), zone)


async def test_a_move_past_midnight_brings_the_new_days_question(sara: Candidate, clock: HandClock) -> None:
    await sara.asks_for_today()
    clock.set(datetime(2026, 11, 22, 12, 0, tzinfo=UTC))  # 15:30 in Tehran, 1:00 on Monday in Auckland
    assert (await sara.moves_to("Pacific/Auckland")).next_question_at == _at(MONDAY, time(9), "Pacific/Auckland")


async def test_there_and_back_again_leaves_everything_as_it_was(sara: Candidate) -> None:
    await sara.asks_for_today()
    before = await sara.preferences()
    for zone in ("America/Los_Angeles", "Pacific/Kiritimati", "Asia/Tehran"):
        after = await sara.moves_to(zone)
    assert after == before


async def test_a_pause_of_days_ends_by_itself(sara: Candidate) -> None:
    chosen = await sara.pauses(3)
    assert chosen.paused
    assert chosen.paused_until == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # after that Wednesday's question
    assert chosen.next_question_at == _at(date(2026, 11, 26), time(9))


async def test_a_pause_without_end_plans_nothing(sara: Candidate) -> None:
    chosen = await sara.pauses(None)
    assert chosen.paused
    assert (chosen.paused_until, chosen.next_question_at) == (None, None)


@pytest.mark.parametrize("days", [3, None])
async def test_resuming_plans_the_next_day(sara: Candidate, days: int | None) -> None:
    before = await sara.preferences()
    await sara.pauses(days)
    assert await sara.resumes() == before


async def test_changing_the_hour_does_not_end_a_pause(sara: Candidate) -> None:
    await sara.pauses(None)
    chosen = await sara.wants_it_at(time(20))
    assert (chosen.paused, chosen.next_question_at) == (True, None)


async def test_changing_the_hour_keeps_to_the_end_of_a_pause(sara: Candidate) -> None:
    await sara.pauses(3)
    assert (await sara.wants_it_at(time(20))).next_question_at == _at(date(2026, 11, 25), time(20))


async def test_a_pause_that_is_over_no_longer_counts_as_one(sara: Candidate, clock: HandClock) -> None:
    await sara.pauses(3)
    clock.advance(timedelta(days=3, hours=1))
    chosen = await sara.wants_it_at(time(20))
    assert (chosen.paused, chosen.paused_until) == (False, None)


async def test_another_language_changes_no_hour(sara: Candidate) -> None:
    before = await sara.preferences()
    after = await sara.chooses_locale(Locale.RU)
    assert (after.zone, after.daily_at, after.next_question_at) == (
        before.zone,
        before.daily_at,
        before.next_question_at,
    )


async def test_another_track_leaves_the_open_question(sara: Candidate) -> None:
    manager = await sara.asks_for_today()
    assert isinstance(manager, Asked)
    await sara.chooses_track(Track.SUPPORT_ENGINEER)
    engineer = await sara.asks_for_another()
    assert engineer.attempt_id != manager.attempt_id
    assert engineer.question.total == 14


async def test_correcting_the_track_right_away_brings_a_question_of_the_right_one(sara: Candidate) -> None:
    """Nothing was answered today: "done for today" would be a dead end on the first screen."""
    await sara.asks_for_today()
    await sara.chooses_track(Track.SUPPORT_ENGINEER)
    asked = await sara.asks_for_today()
    assert isinstance(asked, Asked)
    assert asked.question.total == 14


async def test_the_same_track_again_keeps_the_open_question(sara: Candidate) -> None:
    asked = await sara.asks_for_today()
    await sara.chooses_track(Track.SUPPORT_MANAGER)
    again = await sara.asks_for_today()
    assert isinstance(asked, Asked)
    assert isinstance(again, Asked)
    assert again.attempt_id == asked.attempt_id


async def test_a_typed_hour_ends_the_dialogue_and_is_remembered_as_no_answer(db: Database, sara: Candidate) -> None:
    message_id = sara.new_message_id()
    await sara.is_asked_for(Dialogue.TIME)
    async with db.begin() as session:
        await preferences.set_time(session, sara.id, time(20), now=sara.now, message_id=message_id)
    profile = await sara.profile()
    assert profile is not None
    assert (profile.dialogue, profile.dialogue_message_id) == (None, message_id)


async def test_a_cancelled_dialogue_changes_nothing_else(db: Database, sara: Candidate) -> None:
    before = await sara.preferences()
    await sara.is_asked_for(Dialogue.CITY)
    async with db.begin() as session:
        await preferences.end_dialogue(session, sara.id, sara.new_message_id())
    profile = await sara.profile()
    assert profile is not None
    assert profile.dialogue is None
    assert await sara.preferences() == before


async def test_a_dialogue_that_was_walked_away_from_is_over(sara: Candidate, clock: HandClock) -> None:
    await sara.is_asked_for(Dialogue.CITY)
    clock.advance(timedelta(minutes=9))
    assert await _dialogue(sara) is Dialogue.CITY
    clock.advance(timedelta(minutes=1))
    assert await _dialogue(sara) is None


async def _dialogue(candidate: Candidate) -> Dialogue | None:
    profile = await candidate.profile()
    assert profile is not None
    return profile.dialogue


async def test_ones_choices_are_ones_own(sara: Candidate, ivan: Candidate) -> None:
    before = await ivan.preferences()
    await sara.moves_to("America/Los_Angeles")
    await sara.wants_only(3)
    await sara.pauses(None)
    assert await ivan.preferences() == before


async def test_a_stranger_has_no_preferences(newcomer: Candidate) -> None:
    with pytest.raises(UnknownUser):
        await newcomer.preferences()


async def test_the_shown_moment_is_always_what_is_stored(sara: Candidate) -> None:
    changed: list[Preferences] = [
        await sara.wants_it_at(time(23, 59)),
        await sara.moves_to("Asia/Kathmandu"),
        await sara.wants_only(1, 5),
        await sara.pauses(14),
        await sara.resumes(),
    ]
    assert changed[-1] == await sara.preferences()
    assert changed[-1].weekdays < EVERY_DAY
