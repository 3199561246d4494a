"""How an answer would sound: fillers, repetitions, numbers, whose deeds it tells."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import Locale
from bot.domain.speech import speech
from tests.support.schedules import quick

PROMPT = "Как вы работаете с клиентами?"
LONG = "Каждое утро сначала смотрю очередь и раздаю срочные заявки тем инженерам которые знают эту систему лучше."


def test_an_answer_of_a_few_words_has_no_style() -> None:
    said = speech("Ну ну ну мы мы.", PROMPT, Locale.RU)
    assert (said.words, said.fillers, said.others_only, said.lacks_numbers) == (5, (), False, False)
    assert said.aloud == timedelta(seconds=5)


def test_fillers_are_counted_whether_one_word_or_two() -> None:
    said = speech(f"{LONG} Ну, короче, ну как бы так. Ну и, как бы, всё. Как бы да.", PROMPT, Locale.RU)
    assert said.fillers == (("ну", 3), ("как бы", 3))


def test_persian_fillers() -> None:
    said = speech("خب من خب با مشتری حرف می‌زنم و خب مشکل را بررسی می‌کنم و بعد راه‌حل را می‌گویم.", "", Locale.FA)
    assert said.fillers == (("خب", 3),)


def test_a_word_in_whatever_case_wears_out_unless_the_question_has_it() -> None:
    text = (
        "Заявка пришла. Заявку взял. Заявкой занялся. О заявке узнал. Заявки нет. "
        + "Клиенты, клиентам, клиентов! " * 3
    )
    said = speech(text, PROMPT, Locale.RU)
    assert said.repeated == (("заявка", 5),)


@pytest.mark.parametrize(
    ("answer", "locale", "lacks"),
    [
        (LONG, Locale.RU, True),
        (f"{LONG} Уложились в 2 часа.", Locale.RU, False),
        (f"{LONG} Стало вдвое быстрее.", Locale.RU, False),
        ("با تیم هر روز صبح جلسه می‌گذاریم و تیکت‌های فوری را به کسی که بهتر بلد است می‌سپارم.", Locale.FA, True),
        ("با تیم هر روز صبح جلسه می‌گذاریم و ۵ تیکت فوری را به کسی که بهتر بلد است می‌سپارم.", Locale.FA, False),
        ("با تیم هر روز صبح جلسه می‌گذاریم و سه تیکت فوری را به کسی که بهتر بلد است می‌سپارم.", Locale.FA, False),
    ],
)
def test_numbers_are_digits_or_words(answer: str, locale: Locale, lacks: bool) -> None:
    assert speech(answer, "", locale).lacks_numbers is lacks


@pytest.mark.parametrize(
    ("answer", "locale", "others_only"),
    [
        (
            "Мы собрали команду, мы нашли причину, наш отдел всё починил, и нас потом хвалили все вокруг нас.",
            Locale.RU,
            True,
        ),
        (
            "Мы собрали команду, я нашёл причину, наш отдел всё починил, и нас потом хвалили все вокруг.",
            Locale.RU,
            False,
        ),
        (LONG, Locale.RU, False),
        ("ما تیم را جمع کردیم و ما دلیل را پیدا کردیم و همه چیز را درست کردیم و رفتیم سراغ کار.", Locale.FA, True),
        ("ما تیم را جمع کردیم و من دلیل را پیدا کردم و همه چیز را درست کردیم و رفتیم سراغ کار.", Locale.FA, False),
    ],
)
def test_who_tells_only_of_us_is_told(answer: str, locale: Locale, others_only: bool) -> None:
    assert speech(answer, "", locale).others_only is others_only


@quick
@given(answer=st.text(), locale=st.sampled_from(Locale))
def test_any_text_can_be_heard(answer: str, locale: Locale) -> None:
    said = speech(answer, PROMPT, locale)
    assert said.words >= 0
    assert said.aloud >= timedelta(seconds=5)
