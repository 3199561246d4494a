"""A button works for the one whose question it is about, whoever else it is forwarded to."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.errors import UnknownAttempt
from bot.domain.identity import AttemptId
from bot.domain.review import Rating
from tests.support.candidate import Candidate

PRESSES: dict[str, Callable[[Candidate, AttemptId], Awaitable[object]]] = {
    "ask again": lambda person, attempt_id: person.is_asked_again(attempt_id),
    "hint": lambda person, attempt_id: person.takes_the_hint(attempt_id),
    "skip": lambda person, attempt_id: person.skips(attempt_id),
    "later": lambda person, attempt_id: person.puts_off(attempt_id),
    "start over": lambda person, attempt_id: person.starts_over(attempt_id, 10**9),
    "reveal": lambda person, attempt_id: person.reveals(attempt_id),
    "rate": lambda person, attempt_id: person.rates(attempt_id, Rating.EASY),
}


@pytest.mark.parametrize("press", PRESSES)
async def test_nobody_can_press_the_buttons_of_somebody_else(sara: Candidate, ivan: Candidate, press: str) -> None:
    """Buttons travel with forwarded messages."""
    asked = await sara.asks_for_another()
    await sara.answers("My own words.")
    before = await sara.exports()
    with pytest.raises(UnknownAttempt):
        await PRESSES[press](ivan, asked.attempt_id)
    assert await sara.exports() == before


@pytest.mark.parametrize("press", PRESSES)
async def test_a_button_of_a_question_that_never_was_does_nothing(sara: Candidate, press: str) -> None:
    with pytest.raises(UnknownAttempt):
        await PRESSES[press](sara, AttemptId(2**40))
