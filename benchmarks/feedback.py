"""How long it takes to find the talking points in a typed answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from bot.app import CONTENT
from bot.content.loader import load_sets
from bot.content.schema import QuestionText
from bot.content.scoring import recogniser_of
from bot.domain.identity import Locale

WORDS = 300
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of the results: milliseconds for an answer."""

    language: str
    answers: int
    words: int
    median_ms: float
    slowest_ms: float


def measure(share: float = 1.0) -> list[Figures]:
    """Answers put together of model answers, each looked at for the points of another question."""
    return [_measure_one(locale, max(1, round(ROUNDS * share))) for locale in Locale]


def _measure_one(locale: Locale, rounds: int) -> Figures:
    texts = [question.text(locale) for found in load_sets(CONTENT) for question in found.items]
    spoken = " ".join(text.model_answer for text in texts).split()
    answers = [" ".join(spoken[start : start + WORDS]) for start in range(0, len(spoken) - WORDS, WORDS)]
    times = [seconds * 1000 for _ in range(rounds) for seconds in _seconds(answers, texts, locale)]
    return Figures(locale, len(times), WORDS, median(times), max(times))


def _seconds(answers: list[str], texts: list[QuestionText], locale: Locale) -> Iterator[float]:
    for answer, text in zip(answers, texts, strict=False):
        found = recogniser_of(text, locale)
        started = perf_counter()
        found.points_made(answer)
        yield perf_counter() - started
