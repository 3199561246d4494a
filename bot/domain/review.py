"""When a question should return, by the FSRS algorithm (the py-fsrs package)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import fsrs


class Rating(StrEnum):
    """How well a candidate thinks the answer went."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Memory:
    """How well a question is known: FSRS stability (days) and difficulty (1 to 10)."""

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime


_RATINGS = {
    Rating.AGAIN: fsrs.Rating.Again,
    Rating.HARD: fsrs.Rating.Hard,
    Rating.GOOD: fsrs.Rating.Good,
    Rating.EASY: fsrs.Rating.Easy,
}
# A question comes at most once a day, so the steps of minutes that flash cards use are left out;
# without chance, the buttons can say beforehand when the question returns.
_SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=180)


def review(memory: Memory | None, rating: Rating, now: datetime) -> Memory:
    """What is remembered after rating a question at `now`; `memory` is None the first time."""
    card, _ = _SCHEDULER.review_card(_card(memory, now), _RATINGS[rating], review_datetime=now)
    assert card.stability is not None and card.difficulty is not None
    return Memory(card.stability, card.difficulty, reviewed_at=now, due_at=card.due)


def intervals(memory: Memory | None, now: datetime) -> dict[Rating, timedelta]:
    """How long the question would stay away under each rating."""
    return {rating: review(memory, rating, now).due_at - now for rating in Rating}


def _card(memory: Memory | None, now: datetime) -> fsrs.Card:
    if memory is None:
        return fsrs.Card(card_id=0, due=now)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        step=None,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at,
        last_review=memory.reviewed_at,
    )
