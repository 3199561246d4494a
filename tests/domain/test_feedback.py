"""Talking points are recognised by what an answer states, however it is spelled, and not by what it denies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feedback import Recogniser
from bot.domain.identity import Locale
from tests.support.schedules import quick

PROMPT = {
    Locale.RU: "Как вы разговариваете с рассерженным клиентом?",
    Locale.FA: "با مشتری عصبانی چطور برخورد می‌کنید؟",
}
CUES = {
    Locale.RU: {
        "listens": ["выслуша*", "слушаю клиента", "не перебива*"],
        "apologises": ["извиняюсь", "прошу прощения"],
        "calls-back": ["перезвон*", "созван* команда"],
    },
    Locale.FA: {
        "listens": ["گوش می*", "حرف* گوش", "قطع نمی‌کنم"],
        "apologises": ["عذرخواهی*", "معذرت"],
        "calls-back": ["زنگ می*", "تماس گرفتن", "کتاب"],
    },
}


def made(locale: Locale, answer: str) -> set[str]:
    return {point.point for point in Recogniser(CUES[locale], PROMPT[locale], locale).points_made(answer)}


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("Сначала я выслушаю человека до конца.", {"listens"}),
        ("ВЫСЛУШАЮ И ПЕРЕЗВОНЮ", {"listens", "calls-back"}),
        ("Я слушаю каждого клиента.", {"listens"}),
        ("Клиента я внимательно слушаю.", {"listens"}),
        ("Слушаю музыку, пока жду клиента.", set()),
        ("Я никогда не перебиваю.", {"listens"}),
        ("Часто перебиваю.", set()),
        ("Я не извиняюсь.", set()),
        ("Не буду извиняться и не выслушаю.", set()),
        ("Я не только выслушаю, но и извиняюсь.", {"listens", "apologises"}),
        ("Перезваниваю сама через час.", {"calls-back"}),
        ("Созваниваемся с командой, всё решаем.", {"calls-back"}),
        ("Выслущаю и перезваню.", {"listens", "calls-back"}),
        ("Созвон с командой не проводим.", set()),
        ("Выслушать, извинения, звонок, решение", set()),
        ("Как вы разговариваете с рассерженным клиентом? Разговариваете с клиентом.", set()),
        ("I listen to the client and apologise, then выслушаю.", set()),
        ("👍🙏🔥", set()),
        ("", set()),
    ],
)
def test_points_of_russian_answers(answer: str, points: set[str]) -> None:
    assert made(Locale.RU, answer) == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("اول خوب گوش می‌کنم.", {"listens"}),
        ("اول خوب گوش ميكنم", {"listens"}),
        ("به حرفش خوب گوش می کنم و معذرت میخوام", {"listens", "apologises"}),
        ("به حرف مشتری گوش نمی‌کنم.", set()),
        ("حرفش را قطع نمی‌کنم.", {"listens"}),
        ("حرفش را قطع می‌کنم.", set()),
        ("از او عذرخواهی می‌کنم و بعدا زنگ می‌زنم", {"apologises", "calls-back"}),
        ("من اهل عذرخواهی و این چیزها نیستم.", set()),
        ("نه عذرخواهی می‌کنم نه زنگ می‌زنم.", set()),
        ("با او تماس ميگيرم؛ تماس گرفتن وظیفه ماست", {"calls-back"}),
        ("كتاب مي خوانم", {"calls-back"}),
        ("کتابها را می‌خوانم", {"calls-back"}),
        ("گوش دادن، عذرخواهی، تماس، راه حل", set()),
        ("Я выслушаю и извиняюсь.", set()),
    ],
)
def test_points_of_persian_answers(answer: str, points: set[str]) -> None:
    assert made(Locale.FA, answer) == points


def test_the_words_that_tell_are_quoted_as_they_were_typed_with_what_follows() -> None:
    [point] = Recogniser(CUES[Locale.RU], "", Locale.RU).points_made("Ну, Слушаю я КЛИЕНТА и молчу. Потом…")
    assert point.said == "Слушаю я КЛИЕНТА и молчу"


@quick
@given(answer=st.text(), locale=st.sampled_from(Locale))
def test_any_text_can_be_read(answer: str, locale: Locale) -> None:
    for point in Recogniser(CUES[locale], PROMPT[locale], locale).points_made(answer):
        assert point.said in answer


@quick
@given(locale=st.sampled_from(Locale), before=st.text(alphabet="абвгд абвгд کلمه", max_size=60))
def test_what_is_said_is_recognised_whatever_stands_in_the_sentences_around_it(locale: Locale, before: str) -> None:
    said = {Locale.RU: "Я его выслушаю.", Locale.FA: "به حرفش گوش می‌کنم."}[locale]
    assert "listens" in made(locale, f"{said * 3}\n{before[:20]}\n{said}")


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("با مشتری تماس نمی‌گیرم و زنگ نمی‌زنم.", set()),
        ("زنگ می‌زنم که نگران نباشد.", {"calls-back"}),
        ("عذرخواهی نکرده‌ام.", set()),
        ("از عذرخواهی برنمی‌آیم.", set()),
    ],
)
def test_persian_verbs_deny_in_all_their_forms(answer: str, points: set[str]) -> None:
    assert made(Locale.FA, answer) == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("Перезванивать и извиняться смысла не вижу.", set()),
        ("Перезваниваю, чтобы он не ждал.", {"calls-back"}),
        ("Перезванивал не я.", set()),
        ("В журнале error.log ничего, выслушаю.", {"listens"}),
    ],
)
def test_russian_denials_reach_their_verb_and_no_further(answer: str, points: set[str]) -> None:
    assert made(Locale.RU, answer) == points
