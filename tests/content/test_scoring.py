"""How well talking points are recognised in what people type, by answers that were labelled beforehand."""

import json
from pathlib import Path

import pytest

from bot.content import scoring
from bot.content.scoring import LabelsError, Score
from bot.domain.identity import Locale
from tests.support.reading import shipped

TUNING = Path(__file__).parents[1] / "feedback" / "tuning.jsonl"
KEPT = TUNING.with_name("kept.jsonl")
LEAST_F1 = 0.85


@pytest.mark.parametrize("locale", Locale)
def test_points_are_recognised_in_the_answers_used_for_tuning(locale: Locale) -> None:
    answers = [answer for answer in scoring.read_labelled(TUNING) if answer.locale is locale]
    reached = scoring.score(scoring.read(answers, shipped().values()))
    assert reached.f1 >= LEAST_F1, reached


def test_the_labelled_answers_are_of_all_kinds_and_of_many_questions() -> None:
    answers = scoring.read_labelled(TUNING) + scoring.read_labelled(KEPT)
    for locale in Locale:
        own = [answer for answer in answers if answer.locale is locale]
        assert len(own) >= 60
        assert {answer.kind for answer in own} == {"good", "partial", "off-topic", "adversarial"}
        assert len({answer.question for answer in own}) >= 25
    assert len({answer.answer for answer in answers}) == len(answers)


def test_the_labels_are_of_questions_and_points_that_there_are() -> None:
    scoring.read(scoring.read_labelled(KEPT), shipped().values())


def test_precision_and_recall_count_points() -> None:
    score = Score(right=6, mistaken=2, missed=4)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_where_there_is_nothing_to_tell_nothing_is_wrong() -> None:
    assert Score(0, 0, 0) == Score(0, 0, 0)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (1, 1, 1)
    assert Score(0, 1, 0).f1 == 0


GOOD = {"question": "angry-customer", "locale": "ru", "answer": "Выслушаю.", "points": ["listens"]}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "1"),
        (json.dumps({**GOOD, "locale": "en"}), "locale"),
        (json.dumps({**GOOD, "answers": ""}), "answers"),
        ("[]", "line"),
        (json.dumps({**GOOD, "question": "no-such"}), "no-such"),
        (json.dumps({**GOOD, "points": ["listens", "sings"]}), "sings"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(f"{line}\n")
    with pytest.raises(LabelsError, match=complaint):
        scoring.read(scoring.read_labelled(file), shipped().values())


def test_empty_lines_are_nothing(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(f"\n{json.dumps(GOOD)}\n\n")
    [reading] = scoring.read(scoring.read_labelled(file), shipped().values())
    assert (reading.missed, reading.mistaken) == ([], [])
