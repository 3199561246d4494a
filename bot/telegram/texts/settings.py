"""The summary of a user's choices and the questions about them."""

from datetime import datetime, time

from bot.domain.identity import Locale, Track
from bot.domain.places import city_of
from bot.domain.schedule import EVERY_DAY
from bot.services.preferences import Preferences
from bot.telegram.texts.common import track_name
from bot.telegram.texts.wording import _, fill, hour, locale, moment, shortened, week, weekday

LANGUAGE_NAMES = {Locale.FA: "فارسی", Locale.RU: "Русский"}


def welcome(chosen: Preferences) -> str:
    return "\n\n".join((_("Everything is ready. Change whatever does not suit you:"), summary(chosen)))


def overview(chosen: Preferences) -> str:
    return "\n\n".join((_("<b>Settings</b>"), summary(chosen)))


def summary(chosen: Preferences) -> str:
    lines = [
        fill(_("🎯 Job: {track}"), track=track_name(chosen.track) if chosen.track else "—"),
        fill(_("🕘 Hour: {hour}, {city} time"), hour=hour(chosen.daily_at), city=city(chosen.zone)),
        fill(_("📅 Days: {days}"), days=_weekdays(chosen.weekdays)),
        _next(chosen),
    ]
    return "\n".join(lines)


def _weekdays(chosen: frozenset[int]) -> str:
    if chosen == EVERY_DAY:
        return _("every day")
    comma = "، " if locale() is Locale.FA else ", "
    return comma.join(weekday(day) for day in week() if day in chosen)


def _next(chosen: Preferences) -> str:
    if chosen.paused and chosen.paused_until is None:
        return _("⏸ Paused until you come back")
    if chosen.paused and chosen.paused_until is not None:
        return fill(_("⏸ Paused until {moment}"), moment=moment(chosen.paused_until, chosen.zone))
    if chosen.next_question_at is None:
        return ""
    return fill(_("➡️ Next question: {moment}"), moment=moment(chosen.next_question_at, chosen.zone))


def city(zone: str) -> str:
    """The name of a zone's city in the user's language."""
    return city_of(zone, locale())


def choose_time() -> str:
    return _("At which hour shall the question come?")


def ask_time() -> str:
    return fill(_("Type the hour, for example {example}."), example=hour(time(7, 30)))


def choose_zone() -> str:
    return _("Where do you live? The question comes at your local time.")


def ask_city() -> str:
    return _("Type the name of your city, or of a large city with the same time.")


def which_city(name: str) -> str:
    return fill(_("Which one is meant by {name}?"), name=shortened(name))


def ask_location() -> str:
    return _("Press the button below to share your location. Only the time zone is kept, not the place.")


def zone_set(chosen: Preferences) -> str:
    return fill(_("Your time zone is now that of {city}."), city=city(chosen.zone))


def choose_days() -> str:
    return _("On which days shall a question come?")


def choose_pause() -> str:
    return _("For how long shall I keep quiet? You can still take questions with /today.")


def choose_language() -> str:
    return _("Which language shall we speak?")


def choose_track() -> str:
    return _("Which job are you preparing for?")


def pause_notice() -> str:
    return _(
        "Seven questions have gone unanswered, so I will not send any more: no reproach, life is like that. "
        "Whenever you want to go on, press the button."
    )


def resumed(next_at: datetime | None, zone: str) -> str:
    if next_at is None:
        return _("Good to have you back!")
    sentence = _("Good to have you back! The next question comes on {moment}.")
    return fill(sentence, moment=moment(next_at, zone))


def cancelled() -> str:
    return _("All right, nothing was changed.")


def track_label(track: Track, chosen: Track | None) -> str:
    return f"✓ {track_name(track)}" if track is chosen else track_name(track)
