"""Values in sentences: escaped, with the language's digits and dates, and Latin runs that turn nothing around."""

import html
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.identity import Locale
from bot.sandbox.text.html_parser import parse_html
from bot.telegram.texts import wording
from bot.telegram.texts.wording import Html, fill
from tests.support.languages import speaking
from tests.support.schedules import quick

ISOLATES = re.compile("\u2068([^\u2068\u2069]*)\u2069")
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"])) | st.text("a<b>&;{}«ش»/ amp.+#% 1", max_size=30)


def bare(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def isolated(text: str) -> list[str]:
    with speaking(Locale.FA):
        return [html.unescape(run) for run in ISOLATES.findall(fill("{text}", text=text))]


@quick
@given(text=TYPED, locale=st.sampled_from(Locale))
@example("<b>bold</b> & {name} &amp;", Locale.RU)
@example("</b><a href='x'>R&D</a>", Locale.FA)
def test_what_people_type_is_shown_as_they_typed_it(text: str, locale: Locale) -> None:
    with speaking(locale):
        shown, entities = parse_html(fill("<b>{text}</b>", text=text))
    # Telegram trims the ends of a message, and so does its stand-in.
    assert bare(shown).strip() == text.strip()
    assert all(entity["type"] == "bold" for entity in entities)


@quick
@given(text=TYPED)
def test_isolates_come_in_pairs_in_persian_and_never_in_russian(text: str) -> None:
    with speaking(Locale.FA):
        shown = fill("پیش از {text} و پس از آن", text=text)
    assert not re.search("[\u2068\u2069]", ISOLATES.sub("", shown))
    with speaking(Locale.RU):
        assert bare(plain := fill("{text}", text=text)) == plain


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("سیستم CRM ما", ["CRM"]),
        ("خطای HTTP 500 بود", ["HTTP 500"]),
        ("با C++ و C# نوشتم", ["C++", "C#"]),
        ("در Event Viewer دیدم", ["Event Viewer"]),
        ("/today را بزنید", ["/today"]),
        ("نشانی https://example.com/a است", ["https://example.com/a"]),
        ("بخش R&D ما", ["R&D"]),
        ("در Q&A پرسیدم", ["Q&A"]),
        ("هدف 99.9% بود و SLA هم", ["SLA"]),
        ("از دو CI/CD و Wi-Fi", ["CI/CD", "Wi-Fi"]),
        ("کار با SSH.", ["SSH"]),
        ("از SLA: یعنی", ["SLA"]),
        ("(Incident)، (Problem)", ["Incident", "Problem"]),
        ("Jira، Zendesk", ["Jira", "Zendesk"]),
        ("SQL Server, Oracle است", ["SQL Server", "Oracle"]),
        ("فقط فارسی ۱۲", []),
    ],
)
def test_a_latin_run_is_isolated_as_a_whole_and_alone(text: str, runs: list[str]) -> None:
    assert isolated(text) == runs


@pytest.mark.usefixtures("persian")
def test_tags_placeholders_and_entities_stay_whole() -> None:
    sentence = wording.localise("<blockquote expandable>{answer}</blockquote> و <b>SLA</b>")
    shown = fill(sentence, answer="x < y").translate({0x2068: "[", 0x2069: "]"})
    assert shown == "<blockquote expandable>[x] &lt; [y]</blockquote> و <b>[SLA]</b>"


@pytest.mark.usefixtures("russian")
def test_html_goes_in_as_it_is_and_text_is_escaped() -> None:
    assert fill("{one} {other}", one=Html("<b>да</b>"), other="<b>нет</b>") == "<b>да</b> &lt;b&gt;нет&lt;/b&gt;"


@pytest.mark.parametrize(
    ("number", "persian", "russian"), [(0, "۰", "0"), (7, "۷", "7"), (1234567890, "۱۲۳۴۵۶۷۸۹۰", "1234567890")]
)
def test_numbers_have_the_digits_of_the_language(number: int, persian: str, russian: str) -> None:
    with speaking(Locale.FA):
        assert wording.number(number) == persian == fill("{n}", n=number)
    with speaking(Locale.RU):
        assert wording.number(number) == russian == fill("{n}", n=number)


@pytest.mark.parametrize(
    ("on", "persian", "russian"),
    [
        (date(2026, 11, 22), "یکشنبه ۱ آذر", "воскресенье, 22 ноября"),
        (date(2026, 3, 20), "جمعه ۲۹ اسفند", "пятница, 20 марта"),
        (date(2026, 3, 21), "شنبه ۱ فروردین", "суббота, 21 марта"),
        (date(2025, 3, 20), "پنجشنبه ۳۰ اسفند", "четверг, 20 марта"),  # a leap year
        (date(2025, 3, 21), "جمعه ۱ فروردین", "пятница, 21 марта"),
        (date(2024, 2, 29), "پنجشنبه ۱۰ اسفند", "четверг, 29 февраля"),
        (date(2026, 12, 31), "پنجشنبه ۱۰ دی", "четверг, 31 декабря"),
    ],
)
def test_a_day_is_jalali_in_persian_and_gregorian_in_russian(on: date, persian: str, russian: str) -> None:
    with speaking(Locale.FA):
        assert wording.day(on).replace("\u200c", "") == persian
    with speaking(Locale.RU):
        assert wording.day(on) == russian


@quick
@given(on=st.dates(date(2024, 1, 1), date(2060, 12, 31)))
def test_jalali_months_have_29_to_31_days(on: date) -> None:
    with speaking(Locale.FA):
        today, tomorrow = wording.day(on), wording.day(on + timedelta(days=1))
    (number, month), (next_number, next_month) = ((said.split()[-2], said.split()[-1]) for said in (today, tomorrow))
    if month == next_month:
        assert int(next_number) == int(number) + 1
    else:
        assert int(number) in (29, 30, 31)
        assert int(next_number) == 1


def test_a_moment_is_told_in_the_wall_time_of_the_user() -> None:
    late = datetime(2026, 11, 22, 21, 5, tzinfo=UTC)
    with speaking(Locale.FA):
        assert wording.moment(late, "Asia/Tehran").replace("\u200c", "") == "دوشنبه ۲ آذر، ۰۰:۳۵"
    with speaking(Locale.RU):
        assert wording.moment(late, "Europe/Moscow") == "понедельник, 23 ноября, 00:05"
        assert wording.hour(time(9)) == "09:00"


def test_a_week_begins_on_saturday_in_iran_and_on_monday_in_russia() -> None:
    with speaking(Locale.FA):
        assert [wording.weekday(day).replace("\u200c", "") for day in wording.week()][0::6] == ["شنبه", "جمعه"]
    with speaking(Locale.RU):
        assert [wording.weekday(day) for day in wording.week()] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]


@pytest.mark.parametrize(
    ("length", "persian", "russian"),
    [
        (timedelta(seconds=5), "۵ ثانیه", "5 секунд"),
        (timedelta(seconds=60), "۱ دقیقه", "1 минуты"),
        (timedelta(seconds=125), "۲ دقیقه و ۵ ثانیه", "2 минут 5 секунд"),
    ],
)
def test_a_length_of_speech_is_told_in_minutes_and_seconds(length: timedelta, persian: str, russian: str) -> None:
    with speaking(Locale.FA):
        assert wording.spoken_time(length) == persian
    with speaking(Locale.RU):  # after «около»
        assert wording.spoken_time(length) == russian
