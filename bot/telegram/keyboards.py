"""The keyboards under messages."""

from collections.abc import Iterable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.domain.identity import AttemptId, Locale, Track
from bot.domain.review import Rating
from bot.services.answering import Draft
from bot.services.asking import Asked, DoneForToday
from bot.services.preferences import Preferences
from bot.services.reviewing import Revealed, Ticked
from bot.telegram.callbacks import (
    AttemptButton,
    ForgetButton,
    LocaleButton,
    PauseButton,
    RateButton,
    ResumeButton,
    Screen,
    SettingsButton,
    StartOverButton,
    Step,
    TickButton,
    TimeButton,
    TodayButton,
    TrackButton,
    WeekdayButton,
    ZoneButton,
)
from bot.telegram.texts import buttons, practice, settings, wording

HOURS = range(7, 23)
PAUSES = (3, 7, 14, 30)
# The zones where most people who speak the language live.
ZONES = {
    Locale.FA: (
        "Asia/Tehran", "Asia/Kabul", "Asia/Dushanbe", "Asia/Dubai", "Europe/Istanbul",
        "Europe/Berlin", "Europe/London", "America/Toronto", "America/Los_Angeles",
    ),
    Locale.RU: (
        "Europe/Moscow", "Europe/Kaliningrad", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
        "Asia/Novosibirsk", "Asia/Irkutsk", "Asia/Vladivostok", "Asia/Almaty", "Asia/Tashkent",
        "Europe/Minsk", "Asia/Tbilisi",
    ),
}  # fmt: skip

Row = Sequence[InlineKeyboardButton]


def inline(*rows: Row) -> InlineKeyboardMarkup:
    """Rows in reading order: Telegram does not mirror keyboards, so in Persian each row is turned here."""
    from_right = wording.locale() is Locale.FA
    ordered = [list(reversed(row)) if from_right else list(row) for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=ordered)


def _button(label: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def _in_rows(buttons_: Iterable[InlineKeyboardButton], width: int) -> list[Row]:
    row = list(buttons_)
    return [row[start : start + width] for start in range(0, len(row), width)]


def question(asked: Asked) -> InlineKeyboardMarkup:
    """What can be done with a question as it stands."""

    def step(label: str, step: Step) -> InlineKeyboardButton:
        return _button(label, AttemptButton(step=step, attempt_id=asked.attempt_id))

    reveal = [step(buttons.reveal(), Step.REVEAL)]
    if asked.returns_at is not None:
        return inline(reveal, [_another()])
    earlier = [_earlier(asked.attempt_id)] if asked.has_earlier else []
    hint = [] if asked.hinted else [step(buttons.hint(), Step.HINT)]
    if asked.answered:
        return inline(hint, reveal, earlier)
    return inline([*hint, step(buttons.later(), Step.LATER), step(buttons.skip(), Step.SKIP)], earlier)


def draft(answer: Draft) -> InlineKeyboardMarkup | None:
    if answer.last_message_id is None:
        return None
    reveal = AttemptButton(step=Step.REVEAL, attempt_id=answer.attempt_id)
    over = StartOverButton(attempt_id=answer.attempt_id, up_to=answer.last_message_id)
    return inline([_button(buttons.reveal(), reveal)], [_button(buttons.start_over(), over)])


def reveal(revealed: Revealed) -> InlineKeyboardMarkup:
    earlier = [_earlier(revealed.attempt_id)] if revealed.before else []
    if not revealed.intervals:
        return inline(earlier, [_another()])

    def rating(rating: Rating) -> InlineKeyboardButton:
        label = practice.rating_button(rating, revealed.intervals[rating])
        return _button(label, RateButton(attempt_id=revealed.attempt_id, rating=rating))

    return inline(
        *[_tick(ticked, revealed.attempt_id) for ticked in revealed.ticks], *_in_rows(map(rating, Rating), 2), earlier
    )


def _earlier(attempt_id: AttemptId) -> InlineKeyboardButton:
    return _button(buttons.earlier(), AttemptButton(step=Step.EARLIER, attempt_id=attempt_id))


def _tick(ticked: Ticked, attempt_id: AttemptId) -> Row:
    data = TickButton(attempt_id=attempt_id, place=ticked.place, made=not ticked.made)
    return [_button(practice.tick_button(ticked), data)]


def done_for_today(done: DoneForToday) -> InlineKeyboardMarkup:
    resume = [] if done.next_at else [_button(buttons.resume(), ResumeButton())]
    return inline([_another()], resume)


def _another() -> InlineKeyboardButton:
    return _button(buttons.another(), TodayButton(another=True))


def todays() -> InlineKeyboardMarkup:
    return inline([_button(buttons.todays(), TodayButton(another=False))])


def resume() -> InlineKeyboardMarkup:
    return inline([_button(buttons.resume(), ResumeButton())])


def languages(*, back: bool = False) -> InlineKeyboardMarkup:
    row = [_button(name, LocaleButton(locale=locale)) for locale, name in settings.LANGUAGE_NAMES.items()]
    return inline(row, _back() if back else ())


def tracks(chosen: Track | None = None, *, back: bool = False) -> InlineKeyboardMarkup:
    rows = [[_button(settings.track_label(track, chosen), TrackButton(track=track))] for track in Track]
    return inline(*rows, _back() if back else ())


def overview(chosen: Preferences) -> InlineKeyboardMarkup:
    screens = (
        (buttons.language(), Screen.LANGUAGE), (buttons.track(), Screen.TRACK),
        (buttons.time(), Screen.TIME), (buttons.zone(), Screen.ZONE),
        (buttons.weekdays(), Screen.WEEKDAYS),
    )  # fmt: skip
    row = [_screen(label, screen) for label, screen in screens]
    pause = _button(buttons.resume(), ResumeButton()) if chosen.paused else _screen(buttons.pause(), Screen.PAUSE)
    return inline(*_in_rows([*row, pause], 2))


def times() -> InlineKeyboardMarkup:
    hours = (_button(wording.hour(choice.time), choice) for choice in (TimeButton(minutes=60 * h) for h in HOURS))
    return inline(*_in_rows(hours, 4), [_screen(buttons.other_time(), Screen.OTHER_TIME)], _back())


def zones(choice: Iterable[str] | None = None) -> InlineKeyboardMarkup:
    """The usual zones of the language, or those in `choice`."""
    listed = choice if choice is not None else ZONES[wording.locale()]
    rows = _in_rows((_button(settings.city(zone), ZoneButton(zone=zone)) for zone in listed), 3)
    typed = [
        _screen(buttons.other_city(), Screen.OTHER_CITY),
        _screen(buttons.share_location(), Screen.LOCATION),
    ]
    return inline(*rows, typed, _back())


def weekdays(chosen: Preferences) -> InlineKeyboardMarkup:
    def toggle(day: int) -> InlineKeyboardButton:
        wanted = day in chosen.weekdays
        label = f"✓ {wording.weekday(day)}" if wanted else wording.weekday(day)
        return _button(label, WeekdayButton(day=day, wanted=not wanted))

    return inline(*_in_rows(map(toggle, wording.week()), 4), _back())


def pauses() -> InlineKeyboardMarkup:
    spans = [_button(wording.days(days), PauseButton(days=days)) for days in PAUSES]
    forever = _button(buttons.pause_until_return(), PauseButton(days=None))
    return inline(*_in_rows(spans, 2), [forever], _back())


def forget() -> InlineKeyboardMarkup:
    yes, no = (ForgetButton(sure=sure) for sure in (True, False))
    return inline([_button(buttons.keep(), no)], [_button(buttons.forget(), yes)])


def back() -> InlineKeyboardMarkup:
    return inline(_back())


def _back() -> Row:
    return [_screen(buttons.back(), Screen.OVERVIEW)]


def _screen(label: str, screen: Screen) -> InlineKeyboardButton:
    return _button(label, SettingsButton(screen=screen))


def share_location() -> ReplyKeyboardMarkup:
    """A keyboard in place of the letters: only there can a button share the location."""
    rows = [
        [KeyboardButton(text=buttons.share_location(), request_location=True)],
        [KeyboardButton(text=buttons.cancel())],
    ]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, one_time_keyboard=True)
