"""How values are put into sentences: escaped, with the language's own digits, dates and direction."""

import html
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiogram.utils.i18n import get_i18n, gettext, ngettext
from babel import Locale as BabelLocale
from babel.dates import format_date
from babel.lists import format_list
from persiantools import digits
from persiantools.jdatetime import JalaliDate

from bot.domain.identity import Locale

# A run of Latin letters with what belongs to it: "HTTP 500", "C++", "R&D", "/today", "Event Viewer";
# the full stop or colon after it belongs to the sentence.
_LATIN_WORD = r"[\w.+#/@:'&%-]*[A-Za-z0-9+#%/]"
_LATIN_RUN = re.compile(rf"(?:[/@#$]?[A-Za-z](?:{_LATIN_WORD})?)(?: {_LATIN_WORD})*", re.ASCII)
LONGEST_QUOTE = 60
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class Html(str):
    """A text that is HTML already: put into a sentence as it is."""


def locale() -> Locale:
    """The language of the user who is being answered."""
    return Locale(get_i18n().current_locale)


def _(sentence: str) -> str:
    """The sentence in the user's language."""
    return localise(gettext(sentence))


def __(singular: str, plural: str, count: int) -> str:  # noqa: N807 - the short name of ngettext
    """The sentence in the form that the user's language has for `count`."""
    return localise(ngettext(singular, plural, count))


def fill(sentence: str, **values: object) -> Html:
    """`sentence` with its placeholders filled: texts escaped, numbers in the language's digits."""
    return Html(sentence.format(**{name: _shown(value) for name, value in values.items()}))


def localise(sentence: str) -> str:
    """In Persian, keeps Latin runs from turning the words around them; tags and placeholders stay."""
    pieces = re.split(r"(<[^>]*>|\{\w+\})", sentence)
    return "".join(piece if index % 2 else _in_direction(piece) for index, piece in enumerate(pieces))


def _in_direction(text: str) -> str:
    if locale() is not Locale.FA:
        return text
    return _LATIN_RUN.sub(lambda run: f"{_FIRST_STRONG_ISOLATE}{run[0]}{_POP_ISOLATE}", text)


def _shown(value: object) -> str:
    match value:
        case Html():
            return value
        case int():
            return number(value)
        case _:
            return html.escape(_in_direction(str(value)), quote=False)


def listed(items: Sequence[str]) -> Html:
    """Texts for HTML, as a sentence lists them."""
    return Html(format_list(items, style="standard", locale=locale()))


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The beginning of a text that a user typed, to quote it in a reply."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def number(value: int) -> str:
    return _digits(str(value))


def _digits(text: str) -> str:
    return digits.en_to_fa(text) if locale() is Locale.FA else text


def hour(at: time) -> str:
    return _digits(f"{at:%H:%M}")


def day(on: date) -> str:
    """A date with its weekday: Jalali in Persian, Gregorian in Russian."""
    if locale() is Locale.FA:
        jalali = JalaliDate(on)  # type: ignore[no-untyped-call]
        return f"{jalali.strftime('%A', locale='fa')} {number(jalali.day)} {jalali.strftime('%B', locale='fa')}"
    return format_date(on, "EEEE, d MMMM", locale="ru")


def local_day(at: datetime, zone: str) -> str:
    """The day on which an instant falls in `zone`."""
    return day(at.astimezone(ZoneInfo(zone)).date())


def moment(at: datetime, zone: str) -> str:
    """A day and an hour in the wall time of `zone`."""
    local = at.astimezone(ZoneInfo(zone))
    comma = "،" if locale() is Locale.FA else ","
    return f"{day(local.date())}{comma} {hour(local.time())}"


def weekday(index: int) -> str:
    """The name of a weekday, short where the language has usual short names; Monday is 0."""
    width = "wide" if locale() is Locale.FA else "abbreviated"
    return str(BabelLocale(locale()).days["stand-alone"][width][index])


def week() -> list[int]:
    """The weekdays in the order of the language's calendar: from Saturday in Iran, from Monday in Russia."""
    first = BabelLocale(locale(), "IR" if locale() is Locale.FA else "RU").first_week_day
    return [(first + index) % 7 for index in range(7)]


def days(count: int) -> str:
    return fill(__("{count} day", "{count} days", count), count=count)


def spoken_time(length: timedelta) -> str:
    """A length of speech in minutes and seconds."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    parts = []
    if minutes:
        parts.append(fill(__("{count} minute", "{count} minutes", minutes), count=minutes))
    if seconds or not minutes:
        parts.append(fill(__("{count} second", "{count} seconds", seconds), count=seconds))
    return (" و " if locale() is Locale.FA else " ").join(parts)
