"""Telegram repeats what is not confirmed: updates that were handled before must change nothing."""

from __future__ import annotations

import pytest

from bot import app
from bot.sandbox import Fault, FaultKind
from tests.support.coach import IVAN, SARA, Coach
from tests.support.person import Person

PRIVACY = "Что я храню"
SLOW = 60.0
"""Seconds; the first typed city takes long."""


@pytest.fixture
async def ivan(coach: Coach) -> Person:
    """Ivan has a question."""
    ivan = coach.person(IVAN)
    await ivan.starts("support-engineer")
    await ivan.sees("Вопрос 1 из 14")
    return ivan


async def _hold_back(coach: Coach) -> None:
    """What anybody does from now on is handled but stays unconfirmed.

    Telegram cannot deliver to Sara, so her update stays in progress, and nothing after it is confirmed.
    """
    coach.sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, chat_id=SARA.id))
    await coach.person(SARA).starts()


async def _repeat(coach: Coach, ivan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot ends without mercy and starts again, and Telegram repeats everything since Sara's start."""
    monkeypatch.setattr(app, "GRACE", 0.05)
    await coach.stop()
    coach.sandbox.faults.clear()
    await coach.start()
    # One chat is handled in order: when this is answered, so is all that was repeated.
    await ivan.says("/privacy")
    await ivan.sees(PRIVACY)


async def test_one_more_question_is_one_more_even_when_its_answer_has_begun(
    coach: Coach, ivan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ivan.says("Первый ответ.")
    await ivan.presses("Показать пример", await ivan.sees("Сохранено: 2 слова"))
    example = await ivan.sees("Один из возможных ответов")
    await ivan.presses("хорошо", example)
    await ivan.sees("Ваша оценка")
    await _hold_back(coach)
    await ivan.presses("Ещё вопрос", example)
    question = await ivan.sees("Вопрос 2 из 14")
    await ivan.says("Начало ответа.")
    await ivan.sees("Сохранено: 2 слова", after=question)
    await _repeat(coach, ivan, monkeypatch)
    await ivan.says("Конец ответа.")
    await ivan.sees("Сохранено: 4 слова", after=question)
    assert not [message for message in await ivan.inbox() if message.text.startswith("Вопрос 3")]


async def test_a_typed_hour_does_not_become_an_answer(
    coach: Coach, ivan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _opens_other_hour(ivan)
    await _hold_back(coach)
    await ivan.says("21:30")
    await ivan.presses("Часовой пояс", await ivan.sees("21:30"))
    await ivan.presses("Другой город", await ivan.sees("Где вы живёте?"))
    await ivan.sees("Напишите свой город")
    await ivan.says("Берлин")
    await ivan.sees("Теперь ваш часовой пояс", within=SLOW)
    await _repeat(coach, ivan, monkeypatch)
    await _has_typed_no_answer(ivan)


async def test_a_mistyped_hour_does_not_become_an_answer(
    coach: Coach, ivan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _opens_other_hour(ivan)
    await _hold_back(coach)
    await ivan.says("вечером")
    await ivan.sees("Не понял время")
    await ivan.says("21:30")
    await ivan.sees("21:30")
    await _repeat(coach, ivan, monkeypatch)
    await _has_typed_no_answer(ivan)


async def test_an_answer_is_not_taken_for_the_hour_that_is_asked_for_later(
    coach: Coach, ivan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _hold_back(coach)
    await ivan.says("8")
    await ivan.sees("Сохранено: 1 слово")
    await _opens_other_hour(ivan)
    await _repeat(coach, ivan, monkeypatch)
    await ivan.says("/settings")
    assert "09:00" in (await ivan.sees("Настройки")).text


async def test_an_edit_that_was_taken_is_not_refused_afterwards(
    coach: Coach, ivan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _hold_back(coach)
    [sent] = await ivan.says("Первый ответ.")
    await ivan.sees("Сохранено: 2 слова")
    await ivan.edits(sent, "Первый ответ, исправленный.")
    await ivan.presses("Показать пример", await ivan.sees("Сохранено: 3 слова"))
    await ivan.sees("Один из возможных ответов")
    await _repeat(coach, ivan, monkeypatch)
    assert not [message for message in await ivan.inbox() if "ваш ответ остался" in message.text]


async def test_commands_are_not_answered_again(coach: Coach, ivan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    await _hold_back(coach)
    await ivan.says("/today")
    await ivan.says("/help")
    await ivan.says("Мой ответ.")  # the newest may be handled once more: it might have been cut short
    await ivan.sees("Сохранено: 2 слова")
    await _repeat(coach, ivan, monkeypatch)
    inbox = await ivan.inbox()
    assert sum("Как это работает" in message.text for message in inbox) == 1
    assert sum("Вопрос 1 из 14" in message.text for message in inbox) == 2  # at the start, and by /today


async def _opens_other_hour(ivan: Person) -> None:
    await ivan.says("/settings")
    await ivan.presses("Время", await ivan.sees("Настройки"))
    await ivan.presses("Другое время", await ivan.sees("В котором часу"))
    await ivan.sees("Напишите время")


async def _has_typed_no_answer(ivan: Person) -> None:
    assert not [message for message in await ivan.inbox() if message.text.startswith("Сохранено")]
