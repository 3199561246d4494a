"""What the buttons carry. Every value is absolute, never "the other one", so a repeated press is harmless."""

from datetime import time
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.identity import Locale, Track
from bot.domain.review import Rating


class Step(StrEnum):
    """What can be done with a question."""

    HINT = "hint"
    LATER = "later"
    SKIP = "skip"
    REVEAL = "reveal"


class AttemptButton(CallbackData, prefix="q"):
    step: Step
    attempt_id: int


class StartOverButton(CallbackData, prefix="over"):
    """`up_to` is the last message that the press sets aside."""

    attempt_id: int
    up_to: int


class RateButton(CallbackData, prefix="rate"):
    attempt_id: int
    rating: Rating


class TodayButton(CallbackData, prefix="today"):
    """The waiting or the day's question; with `another`, one more after it."""

    another: bool


class Screen(StrEnum):
    """The pages of /settings."""

    OVERVIEW = "overview"
    LANGUAGE = "language"
    TRACK = "track"
    TIME = "time"
    OTHER_TIME = "other-time"
    ZONE = "zone"
    OTHER_CITY = "other-city"
    LOCATION = "location"
    WEEKDAYS = "days"
    PAUSE = "pause"


class SettingsButton(CallbackData, prefix="set"):
    screen: Screen


class LocaleButton(CallbackData, prefix="locale"):
    locale: Locale


class TrackButton(CallbackData, prefix="track"):
    track: Track


class TimeButton(CallbackData, prefix="at"):
    minutes: int  # since midnight

    @property
    def time(self) -> time:
        return time(*divmod(self.minutes, 60))


class ZoneButton(CallbackData, prefix="zone"):
    zone: str


class WeekdayButton(CallbackData, prefix="day"):
    day: int  # Monday is 0
    wanted: bool


class PauseButton(CallbackData, prefix="pause"):
    days: int | None


class ResumeButton(CallbackData, prefix="resume"):
    pass


class ForgetButton(CallbackData, prefix="forget"):
    sure: bool
