"""Words as a reader counts them, and the time that they take aloud."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import Locale
from bot.domain.text import time_aloud, word_count
from tests.support.schedules import quick

words = st.sampled_from(["پشتیبانی", "می‌روم", "клиент", "что-то", "CRM", "۲۴", "за́мок", "خانهٔ"])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("   \n\t", 0),
        ("… — ! ؟ 👍🏽", 0),
        ("سلام", 1),
        ("می‌خواهم کتاب‌هایم را ببینم", 4),
        ("خانهٔ مُدیر کلّ", 3),
        ("با مشتری صحبت کردم؛ آرام شد.", 6),
        ("۲۴ ساعت", 2),
        ("Я восемь лет работаю в поддержке.", 6),
        ("кто-то из-за чего-то", 3),
        ("Работа — хорошая!", 2),
        ("Слушаю,понимаю,помогаю", 3),
        ("I'm fine, don’t worry", 4),
        ("HTTP 500", 2),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, count: int) -> None:
    assert word_count(text) == count


@quick
@given(first=st.text(), second=st.text(), gap=st.sampled_from([" ", "\n", "\n\n"]))
def test_an_answer_in_two_messages_has_the_words_of_both(first: str, second: str, gap: str) -> None:
    assert word_count(first + gap + second) == word_count(first) + word_count(second)


@quick
@given(said=st.lists(words), locale=st.sampled_from(Locale))
def test_more_words_take_more_time(said: list[str], locale: Locale) -> None:
    short, long = (time_aloud(" ".join(text), locale) for text in (said, said + said))
    assert timedelta(seconds=5) <= short <= long
    assert short.total_seconds() % 5 == 0


@pytest.mark.parametrize(
    ("count", "locale", "expected"),
    [
        (130, Locale.FA, timedelta(minutes=1)),
        (260, Locale.FA, timedelta(minutes=2)),
        (110, Locale.RU, timedelta(minutes=1)),
        (220, Locale.RU, timedelta(minutes=2)),
        (1, Locale.RU, timedelta(seconds=5)),
    ],
)
def test_calm_speech_takes(count: int, locale: Locale, expected: timedelta) -> None:
    assert time_aloud("слово " * count, locale) == expected
