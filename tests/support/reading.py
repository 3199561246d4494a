"""Questions of the shipped content as one user reads them, without a database."""

from functools import cache

from bot import app
from bot.content.loader import load_sets
from bot.content.schema import Point, Question, QuestionSet, QuestionText
from bot.db.questions import PointView, QuestionView
from bot.domain.identity import AttemptId, Locale, QuestionId
from bot.services.asking import Asked


@cache
def shipped() -> dict[str, QuestionSet]:
    """The question sets that come with the program, by slug."""
    return {found.slug: found for found in load_sets(app.CONTENT)}


def as_read(from_set: QuestionSet, question: Question, locale: Locale) -> QuestionView:
    number = [item.slug for item in from_set.items].index(question.slug) + 1
    category = getattr(from_set.categories[question.category], locale)
    return view(question.text(locale), category, number, len(from_set.items))


def view(text: QuestionText, category: str, number: int = 1, total: int = 1) -> QuestionView:
    return QuestionView(
        id=QuestionId(1),
        number=number,
        total=total,
        category=category,
        difficulty=3,
        prompt=text.prompt,
        purpose=text.purpose,
        guidance=text.guidance,
        model_answer=text.model_answer,
        points=tuple(PointView(name, point.label, point.cues) for name, point in text.points.items()),
    )


def asked(question: QuestionView, attempt_id: int = 1, **stands: object) -> Asked:
    """Put to the user just now, unless `stands` says otherwise."""
    fresh = {"shown": True, "waiting": False, "answered": False, "hinted": False, "returns_at": None}
    return Asked(attempt_id=AttemptId(attempt_id), question=question, **(fresh | stands))  # type: ignore[arg-type]


def longest(locale: Locale) -> QuestionView:
    """As long a question as the schema allows, in words of ordinary length."""
    word = {Locale.FA: "پاسخگویی", Locale.RU: "поддержка"}[locale]

    def text(length: int) -> str:
        return (f"{word} " * length)[: length - 1] + word[0]

    line = " ".join([word + word[:3]] * 16)
    answer = "\n".join([line] * 8)[:1500]
    point = Point(label=text(70), cues=(word,) * 4)
    filled = QuestionText(
        prompt=text(300),
        purpose=text(200),
        guidance=text(600),
        model_answer=answer,
        points={f"point-{number}": point for number in range(8)},
    )
    return view(filled, category=text(70), number=100, total=100)
