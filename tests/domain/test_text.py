"""Words as a reader counts them, and the time that they take aloud."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import Locale
from bot.domain.text import fold, time_aloud, word_count
from bot.domain.text import words as words_of
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مشتري", "مشتری"),
        ("كار", "کار"),
        ("می‌کنم", "میکنم"),
        ("خانهٔ", "خانه"),
        ("آرام", "ارام"),
        ("۲۴", "24"),
        ("٢٤", "24"),
        ("Ещё", "еще"),
        ("за́мок", "замок"),
        ("сегодня", "Сегодня"),
        ("каждый", "КАЖДЫЙ"),
    ],
)
def test_spellings_of_one_word_are_folded_into_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "locale", "folded"),
    [
        ("من می کنم", Locale.FA, ["من", "میکنم"]),
        ("مشتری ها را نمی بینم", Locale.FA, ["مشتریها", "را", "نمیبینم"]),
        ("بزرگ تر", Locale.FA, ["بزرگتر"]),
        ("می", Locale.FA, ["می"]),
        ("Из-за клиента, всё", Locale.RU, ["из-за", "клиента", "все"]),
    ],
)
def test_what_is_one_word_however_spaced_is_read_as_one(text: str, locale: Locale, folded: list[str]) -> None:
    assert [word.folded for word in words_of(text, locale)] == folded


def test_marks_divide_sentences_and_clauses() -> None:
    found = words_of("Раз, два. Три — четыре\nпять", Locale.RU)
    assert [(word.sentence, word.clause) for word in found] == [(0, 0), (0, 1), (1, 2), (1, 3), (2, 4)]


@quick
@given(text=st.text(), locale=st.sampled_from(Locale))
def test_words_stand_where_they_say(text: str, locale: Locale) -> None:
    reached = 0
    for word in words_of(text, locale):
        assert reached <= word.start < word.end <= len(text)
        reached = word.end
