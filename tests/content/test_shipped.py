"""The question sets that come with the program: complete, in both languages, and cleanly written."""

import re

import pytest

from bot.content.schema import Question, QuestionText
from bot.content.scoring import recogniser_of
from bot.domain.identity import Locale, Track
from tests.support.letters import blemishes
from tests.support.reading import shipped

# Answers, schedules and later tests refer to these names: points may be added, not renamed.
MANAGER = {
    "tools-familiarity": "hands-on knows-limits picks-by-need asks-peers keeps-learning",
    "running-department": "motivates delegates supports-team clear-goals feedback open-communication",
    "planning-work": "urgency-complexity assess-first delegate-by-skill works-with-others",
    "pressure": "stays-calm parallel-tasks prioritises-delegates meets-deadlines",
    "system-upgrade": "studies-current decides-what detailed-plan watches-rollout tests-all",
    "metrics": "satisfaction response-time clarity customer-feedback resolution-speed",
    "good-leader": "reads-situation win-win experience keeps-growing",
    "key-trait": "communication teamwork problem-solving data-analysis",
    "follow-through": "one-place documented nothing-slips crm",
    "up-to-date": "articles blogs conferences exhibitions shares-with-team",
    "team-conflict-manager": "hears-both everyone-heard understands-first compromise serves-customer",
    "beyond-duty": "concrete-case extra-effort working-solution shared-knowledge followed-up",
    "angry-customer": "stays-calm listens acknowledges clear-solution respected",
    "unknown-answer": "gathers-facts researches several-options asks-for-help sees-through",
    "helpdesk-software": "workflows alerts reports request-management",
    "relevant-experience": "industries daily-operations trains complaints ready-to-learn",
    "hiring-training": "hires adapted-training verifies",
}
TEAM_CONFLICT = (
    "open-dialogue hears-all clarifying-questions mutual-solution facts-meeting written-agreement regular-feedback"
)


QUESTIONS = [
    pytest.param(question, locale, id=f"{found.slug}/{question.slug}-{locale}")
    for found in shipped().values()
    for question in found.items
    for locale in Locale
]
each_text = pytest.mark.parametrize(("question", "locale"), QUESTIONS)


def texts(text: QuestionText) -> list[str]:
    labels = [point.label for point in text.points.values()]
    return [text.prompt, text.purpose, text.guidance, text.model_answer, *labels]


def test_there_is_a_set_for_every_track() -> None:
    assert set(shipped()) == set(Track)


@pytest.mark.parametrize("slug", MANAGER)
def test_a_core_question_for_managers_makes_its_points(slug: str) -> None:
    questions = {question.slug: question for question in shipped()[Track.SUPPORT_MANAGER].items}
    for locale in Locale:
        assert set(MANAGER[slug].split()) <= set(questions[slug].text(locale).points)


def test_engineers_get_at_least_ten_questions_and_the_one_on_conflict() -> None:
    questions = {question.slug: question for question in shipped()[Track.SUPPORT_ENGINEER].items}
    assert len(questions) >= 10
    assert set(TEAM_CONFLICT.split()) <= set(questions["team-conflict"].ru.points)


def test_no_two_questions_are_the_same() -> None:
    questions = [question for found in shipped().values() for question in found.items]
    for locale in Locale:
        for part in ("prompt", "model_answer"):
            written = [getattr(question.text(locale), part) for question in questions]
            assert len(set(written)) == len(written)


@each_text
def test_a_text_is_cleanly_written(question: Question, locale: Locale) -> None:
    found = [f"{fault} in «{text}»" for text in texts(question.text(locale)) for fault in blemishes(text, locale)]
    assert not found, "\n".join(found)


@each_text
def test_a_text_is_written_in_its_language(question: Question, locale: Locale) -> None:
    own = {Locale.FA: r"[آ-ی]", Locale.RU: r"[а-яё]"}[locale]
    for text in texts(question.text(locale)):
        letters = re.findall(r"[^\W\d_]", text)
        share = len(re.findall(own, text.lower())) / len(letters)
        assert share > 0.5, f"{share:.0%} of the letters of «{text}»"


@each_text
def test_an_answer_is_said_by_somebody_in_the_first_person(question: Question, locale: Locale) -> None:
    said = question.text(locale).model_answer.lower()
    own = {Locale.FA: r"\bمن\b|م\b", Locale.RU: r"\b(я|мне|меня|мной|мой|моя|моё|мы|нас|наш|\w{2,}ю)\b"}[locale]
    assert re.search(own, said)


@each_text
def test_the_cues_of_a_point_are_plain_words_and_listed_once(question: Question, locale: Locale) -> None:
    for name, point in question.text(locale).points.items():
        assert len(set(point.cues)) == len(point.cues), name
        for cue in point.cues:
            assert re.match(r"\w", cue), f"{name}: {cue!r}"
            assert not re.search(r"[<>{}\[\],;]|\*\w", cue), f"{name}: {cue!r}"


@each_text
def test_a_model_answer_is_recognised_to_make_its_points(question: Question, locale: Locale) -> None:
    text = question.text(locale)
    made = {point.point for point in recogniser_of(text, locale).points_made(text.model_answer)}
    assert len(made) >= len(text.points) - 1, f"not {text.points.keys() - made}"
