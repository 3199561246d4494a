"""What the buttons carry. Every value is absolute, never "the other one", so a repeated press is harmless."""

from datetime import time
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import AfterValidator, Field

from bot.domain.identity import Locale, Track
from bot.domain.places import known_zones
from bot.domain.review import Rating

# Clients can be made to send any data: what is out of bounds does not match its handler.
Id = Annotated[int, Field(ge=1, lt=2**63)]


def _known_zone(zone: str) -> str:
    if zone not in known_zones():
        raise ValueError("no such time zone")
    return zone


class Step(StrEnum):
    """What can be done with a question."""

    HINT = "hint"
    LATER = "later"
    SKIP = "skip"
    REVEAL = "reveal"
    EARLIER = "earlier"


class AttemptButton(CallbackData, prefix="q"):
    step: Step
    attempt_id: Id


class StartOverButton(CallbackData, prefix="over"):
    """`up_to` is the last message that the press sets aside."""

    attempt_id: Id
    up_to: Id


class TickButton(CallbackData, prefix="tick"):
    """Whether the answer makes the talking point at this place."""

    attempt_id: Id
    place: Annotated[int, Field(ge=0, lt=100)]
    made: bool


class RateButton(CallbackData, prefix="rate"):
    attempt_id: Id
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
    minutes: Annotated[int, Field(ge=0, lt=24 * 60)]  # since midnight

    @property
    def time(self) -> time:
        return time(*divmod(self.minutes, 60))


class ZoneButton(CallbackData, prefix="zone"):
    zone: Annotated[str, AfterValidator(_known_zone)]


class WeekdayButton(CallbackData, prefix="day"):
    day: Annotated[int, Field(ge=0, lt=7)]  # Monday is 0
    wanted: bool


class PauseButton(CallbackData, prefix="pause"):
    days: Annotated[int, Field(ge=1, le=365)] | None


class ResumeButton(CallbackData, prefix="resume"):
    pass


class ForgetButton(CallbackData, prefix="forget"):
    sure: bool
