"""People arrive, leave and come back."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.db.models import Dialogue
from bot.domain.errors import AlreadyHandled
from bot.domain.identity import Locale, Track
from bot.domain.schedule import EVERY_DAY
from bot.services.asking import Asked
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman

MONDAY_NINE_IN_TEHRAN = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(("locale", "zone"), [(Locale.FA, "Asia/Tehran"), (Locale.RU, "Europe/Moscow")])
async def test_the_clients_language_brings_sensible_defaults(newcomer: Candidate, locale: Locale, zone: str) -> None:
    newcomer.locale = locale
    chosen = await newcomer.presses_start()
    assert (chosen.locale, chosen.zone) == (locale, zone)
    assert (chosen.daily_at, chosen.weekdays, chosen.paused) == (time(9), EVERY_DAY, False)


async def test_a_language_that_the_product_does_not_speak_stays_to_be_chosen(newcomer: Candidate) -> None:
    assert (await newcomer.presses_start()).locale is None


async def test_nothing_is_planned_before_the_track_is_chosen(newcomer: Candidate) -> None:
    newcomer.locale = Locale.RU
    chosen = await newcomer.presses_start()
    assert (chosen.track, chosen.next_question_at) == (None, None)


async def test_choosing_the_track_plans_the_next_morning(sara: Candidate) -> None:
    assert (await sara.preferences()).next_question_at == MONDAY_NINE_IN_TEHRAN


async def test_the_zone_follows_the_language_until_the_track_is_chosen(newcomer: Candidate) -> None:
    await newcomer.presses_start()
    assert (await newcomer.chooses_locale(Locale.RU)).zone == "Europe/Moscow"
    assert (await newcomer.chooses_locale(Locale.FA)).zone == "Asia/Tehran"
    await newcomer.chooses_track(Track.SUPPORT_ENGINEER)
    assert (await newcomer.chooses_locale(Locale.RU)).zone == "Asia/Tehran"


async def test_a_link_that_names_the_track_waits_with_the_pushes_for_the_language(
    newcomer: Candidate, clock: HandClock, postman: Postman
) -> None:
    """Pushes have no words before a language is chosen; the day's question must not be used up by one."""
    await newcomer.presses_start()
    await newcomer.chooses_track(Track.SUPPORT_ENGINEER)
    clock.advance(timedelta(days=1))
    await postman.does_a_round()
    await newcomer.chooses_locale(Locale.RU)
    assert isinstance(await newcomer.asks_for_today(), Asked)


async def test_somebody_who_never_pressed_start_is_unknown(newcomer: Candidate) -> None:
    assert await newcomer.profile() is None


async def test_blocking_without_ever_having_started_leaves_no_trace(newcomer: Candidate) -> None:
    await newcomer.blocks_the_bot()
    assert await newcomer.profile() is None


async def test_starting_again_keeps_all_that_was_chosen(sara: Candidate) -> None:
    await sara.chooses_locale(Locale.RU)
    await sara.moves_to("Europe/Berlin")
    chosen = await sara.wants_it_at(time(18, 30))
    assert await sara.presses_start() == chosen


async def test_pressing_start_many_times_at_once_makes_one_user(newcomer: Candidate) -> None:
    newcomer.locale = Locale.FA
    await asyncio.gather(*(newcomer.profile() for _ in range(8)))  # connects, so that all start at the same moment
    started = await asyncio.gather(*(newcomer.presses_start() for _ in range(8)))
    assert len(set(started)) == 1


async def test_starting_ends_a_dialogue_that_was_left_open(sara: Candidate) -> None:
    await sara.is_asked_for(Dialogue.CITY)
    await sara.presses_start()
    profile = await sara.profile()
    assert profile is not None
    assert profile.dialogue is None


async def test_nothing_is_planned_for_one_who_has_blocked_the_bot(sara: Candidate) -> None:
    await sara.blocks_the_bot()
    assert (await sara.preferences()).next_question_at is None


async def test_changing_settings_from_an_old_message_does_not_plan_for_one_who_blocked(sara: Candidate) -> None:
    await sara.blocks_the_bot()
    assert (await sara.wants_it_at(time(20))).next_question_at is None


async def test_coming_back_after_a_block_plans_the_next_question(sara: Candidate, clock: HandClock) -> None:
    await sara.blocks_the_bot()
    clock.advance(timedelta(days=30))
    await sara.presses_start()
    assert (await sara.preferences()).next_question_at == MONDAY_NINE_IN_TEHRAN + timedelta(days=30)


async def test_unblocking_alone_plans_the_next_question_too(sara: Candidate) -> None:
    await sara.blocks_the_bot()
    await sara.unblocks_the_bot()
    assert (await sara.preferences()).next_question_at == MONDAY_NINE_IN_TEHRAN


async def test_coming_back_does_not_end_a_pause(sara: Candidate) -> None:
    await sara.pauses(None)
    await sara.blocks_the_bot()
    await sara.unblocks_the_bot()
    chosen = await sara.preferences()
    assert (chosen.paused, chosen.next_question_at) == (True, None)


async def test_doing_anything_brings_one_back_after_a_block(sara: Candidate) -> None:
    await sara.blocks_the_bot()
    await sara.is_there()
    assert (await sara.preferences()).next_question_at == MONDAY_NINE_IN_TEHRAN


async def test_what_ivan_does_brings_back_ivan_alone(sara: Candidate, ivan: Candidate) -> None:
    await sara.blocks_the_bot()
    await ivan.is_there()
    assert (await sara.preferences()).next_question_at is None


async def test_an_update_that_was_handled_before_a_newer_one_is_refused(sara: Candidate) -> None:
    for update_id in (11, 12):
        await sara.causes(update_id)
    with pytest.raises(AlreadyHandled):
        await sara.causes(11)


async def test_the_newest_update_is_handled_again_for_it_may_have_been_cut_short(sara: Candidate) -> None:
    assert await sara.causes(11) == await sara.causes(11) == await sara.profile()


async def test_the_updates_of_one_person_say_nothing_about_those_of_another(sara: Candidate, ivan: Candidate) -> None:
    await sara.causes(12)
    assert await ivan.causes(11) == await ivan.profile()


async def test_after_a_quiet_week_the_ids_of_updates_may_begin_anew(sara: Candidate, clock: HandClock) -> None:
    await sara.causes(900_000_000)
    clock.advance(timedelta(days=8))
    assert await sara.causes(5) == await sara.profile()
    await sara.causes(6)


async def test_a_repeated_update_of_a_stranger_is_nothing_special(newcomer: Candidate) -> None:
    assert await newcomer.causes(12) is None
    assert await newcomer.causes(11) is None
