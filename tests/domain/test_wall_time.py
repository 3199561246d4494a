"""An hour as people type it."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadTime
from bot.domain.wall_time import parse_time
from tests.support.schedules import hours, quick

DIGITS = {"Latin": "0123456789", "Persian": "۰۱۲۳۴۵۶۷۸۹", "Arabic": "٠١٢٣٤٥٦٧٨٩"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("9:30", time(9, 30)),
        (" 21.00 \n", time(21)),
        ("21-15", time(21, 15)),
        ("21 15", time(21, 15)),
        ("7,45", time(7, 45)),
        ("0730", time(7, 30)),
        ("730", time(7, 30)),
        ("0", time(0)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("9h30", time(9, 30)),
        ("9 : 30", time(9, 30)),
        ("۷:۳۰", time(7, 30)),
        ("۲۱", time(21)),
        ("٩:٣٠", time(9, 30)),
        ("۹٫۳۰", time(9, 30)),
        ("۹،۳۰", time(9, 30)),
        ("۰۷۳۰", time(7, 30)),
        ("9ч30", time(9, 30)),
        ("9:۳۰", time(9, 30)),
    ],
)
def test_an_hour_is_read(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "morning", "صبح", "утром", "24:00", "۲۴:۰۰", "25", "9:60", "9:5", "9.5", "-9", "+9", "9:30:15",
        "12345", "99999999999999999999", ":30", "9:", "½", "²", "IX", "9:30 and 21:00", "/start", "९९",
        "9" * 4096,
    ],
)  # fmt: skip
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(BadTime):
        parse_time(text)


@quick
@given(at=hours, script=st.sampled_from(sorted(DIGITS)), between=st.sampled_from([":", ".", "-", " : ", "", "٫"]))
def test_every_hour_is_read_in_every_script(at: time, script: str, between: str) -> None:
    typed = f"{at:%H}{between}{at:%M}".translate(str.maketrans("0123456789", DIGITS[script]))
    assert parse_time(typed) == at


@quick
@given(text=st.text(st.characters() | st.sampled_from("0123456789۰۱۲۳۴۵٠١٢٣:.- "), max_size=8))
def test_any_text_is_an_hour_or_a_friendly_refusal(text: str) -> None:
    try:
        at = parse_time(text)
    except BadTime:
        return
    assert (at.second, at.microsecond, at.tzinfo) == (0, 0, None)
    assert any(character.isdecimal() for character in text)
