"""The buttons under messages: what they carry fits, is understood again, and reads in the user's direction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from time import process_time
from zoneinfo import available_timezones

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.identity import AttemptId, Locale, Track
from bot.domain.review import intervals
from bot.domain.schedule import EVERY_DAY
from bot.services.answering import Draft
from bot.services.asking import DoneForToday
from bot.services.preferences import Preferences
from bot.services.reviewing import Revealed, Ticked
from bot.telegram import callbacks, keyboards
from tests.support.languages import speaking
from tests.support.reading import asked, longest

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
LAST_ID = 2**63 - 1
"""The largest number that the database can give out."""

LONGEST_ZONES = sorted(available_timezones(), key=lambda zone: (len(zone), zone))[-20:]
DRAFT = Draft(
    attempt_id=AttemptId(LAST_ID), words=9, aloud=timedelta(seconds=5),
    messages=2, last_message_id=LAST_ID, status_message_id=1, open=True,
)  # fmt: skip
CHOSEN = Preferences(
    locale=Locale.FA, track=Track.SUPPORT_ENGINEER, zone="Asia/Tehran", daily_at=time(9), weekdays=EVERY_DAY,
    paused=False, paused_until=None, next_question_at=NOW,
)  # fmt: skip
KINDS = [kind for kind in vars(callbacks).values() if isinstance(kind, type) and issubclass(kind, CallbackData)]
KINDS.remove(CallbackData)
both = pytest.mark.parametrize("locale", Locale)


def all_keyboards(locale: Locale) -> Iterator[InlineKeyboardMarkup]:
    question = asked(longest(locale), attempt_id=LAST_ID)
    revealed = Revealed(
        attempt_id=AttemptId(LAST_ID), question=question.question, answer_message_id=1, message_id=None,
        intervals=intervals(None, NOW), rating=None, returns_at=None,
    )  # fmt: skip
    for stands in (question, replace(question, hinted=True), replace(question, answered=True)):
        yield keyboards.question(stands)
    yield keyboards.question(replace(question, returns_at=NOW))
    drawn = keyboards.draft(DRAFT)
    assert drawn is not None
    yield drawn
    yield keyboards.reveal(revealed)
    yield keyboards.reveal(replace(revealed, intervals={}))
    yield keyboards.reveal(replace(revealed, ticks=(Ticked(99, "…", True, "…"), Ticked(0, "…", False, None))))
    yield from (
        keyboards.done_for_today(DoneForToday(None)),
        keyboards.todays(),
        keyboards.resume(),
        keyboards.languages(back=True),
    )
    yield from (keyboards.tracks(Track.SUPPORT_MANAGER, back=True), keyboards.times(), keyboards.pauses())
    yield from (keyboards.overview(CHOSEN), keyboards.overview(replace(CHOSEN, paused=True)))
    yield from (keyboards.weekdays(CHOSEN), keyboards.weekdays(replace(CHOSEN, weekdays=frozenset({5}))))
    yield from (keyboards.zones(), keyboards.zones(LONGEST_ZONES))
    yield from (keyboards.forget(), keyboards.back())


def all_buttons(locale: Locale) -> list[InlineKeyboardButton]:
    with speaking(locale):
        return [key for keyboard in all_keyboards(locale) for row in keyboard.inline_keyboard for key in row]


@both
def test_what_a_button_carries_fits_into_64_bytes(locale: Locale) -> None:
    for key in all_buttons(locale):
        assert key.callback_data is not None
        assert 1 <= len(key.callback_data.encode()) <= 64, key.callback_data


@both
def test_what_a_button_carries_is_understood_again(locale: Locale) -> None:
    used = set()
    for key in all_buttons(locale):
        assert key.callback_data is not None
        (kind,) = (kind for kind in KINDS if kind.__prefix__ == key.callback_data.partition(":")[0])
        assert kind.unpack(key.callback_data).pack() == key.callback_data
        used.add(kind)
    assert used == set(KINDS), "a kind of button that is on no keyboard"


@both
def test_every_button_has_a_label_that_a_phone_can_show(locale: Locale) -> None:
    for key in all_buttons(locale):
        assert 0 < len(key.text.strip()) <= 40, key.text
        assert "&" not in key.text, "a label is no HTML"


@both
def test_no_keyboard_has_two_buttons_that_look_the_same(locale: Locale) -> None:
    with speaking(locale):
        usual = keyboards.zones()
        for keyboard in (usual, keyboards.times(), keyboards.weekdays(CHOSEN), keyboards.overview(CHOSEN)):
            labels = [key.text for row in keyboard.inline_keyboard for key in row]
            assert len(set(labels)) == len(labels)


def test_a_page_of_zones_is_drawn_at_once() -> None:
    with speaking(Locale.RU):
        keyboards.zones()
        begun = process_time()
        for _ in range(20):
            keyboards.zones()
    assert process_time() - begun < 0.4, "everybody waits meanwhile"


@pytest.mark.parametrize(
    "data",
    [
        "q:hint:0", "q:hint:9223372036854775808", "q:dance:1", "q:hint", "over:1:-1", "rate:1:great", "at:1440",
        "at:-1", "zone:Nowhere/Land", "zone:../../etc/passwd", "zone:", "day:7:1", "day:-1:1", "pause:0",
        "pause:99999999999", "locale:en", "track:boss", "set:money", "today:perhaps",
    ],
)  # fmt: skip
def test_what_no_button_of_ours_carries_is_not_understood(data: str) -> None:
    (kind,) = (kind for kind in KINDS if kind.__prefix__ == data.partition(":")[0])
    with pytest.raises((TypeError, ValueError)):  # the filter takes both for "not mine"
        kind.unpack(data)


def test_rows_read_from_the_right_in_persian_and_from_the_left_in_russian() -> None:
    with speaking(Locale.FA):
        persian = [[key.callback_data for key in row] for row in keyboards.times().inline_keyboard]
    with speaking(Locale.RU):
        russian = [[key.callback_data for key in row] for row in keyboards.times().inline_keyboard]
    assert [row[::-1] for row in persian] == russian
    assert russian[0] == ["at:420", "at:480", "at:540", "at:600"]


def test_a_question_that_is_answered_can_no_longer_be_skipped_or_put_off() -> None:
    with speaking(Locale.RU):
        keyboard = keyboards.question(asked(longest(Locale.RU), answered=True))
    carried = {key.callback_data for row in keyboard.inline_keyboard for key in row}
    assert carried == {"q:hint:1", "q:reveal:1"}
