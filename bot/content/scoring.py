"""How well the cues of the question sets tell what typed answers say, against answers that people have labelled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.content.schema import Question, QuestionSet, QuestionText
from bot.domain.feedback import Recogniser, recogniser
from bot.domain.identity import Locale


class LabelsError(Exception):
    """A line of a file with labelled answers is not as it should be."""


class Labelled(BaseModel):
    """An answer and the points that it makes by a fair human reading; `kind` groups the results."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    locale: Locale
    answer: str
    points: frozenset[str]
    kind: str = "any"


@dataclass(frozen=True, slots=True)
class Reading:
    """A labelled answer as the program reads it: point -> the words by which it was recognised."""

    labelled: Labelled
    said: dict[str, str]

    @property
    def missed(self) -> list[str]:
        return sorted(self.labelled.points - self.said.keys())

    @property
    def mistaken(self) -> list[str]:
        return sorted(self.said.keys() - self.labelled.points)


@dataclass(frozen=True, slots=True)
class Score:
    """How many points were recognised rightly, recognised wrongly, and missed."""

    right: int
    mistaken: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was recognised that was said; 1 when nothing was recognised."""
        return self.right / (self.right + self.mistaken) if self.right + self.mistaken else 1.0

    @property
    def recall(self) -> float:
        """The share of what was said that was recognised; 1 when nothing was said."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 when there was nothing to tell and nothing was told."""
        counted = 2 * self.right + self.mistaken + self.missed
        return 2 * self.right / counted if counted else 1.0


def read_labelled(file: Path) -> list[Labelled]:
    """The answers of a file of JSON lines. Raises LabelsError, which names the line, and OSError."""
    return list(_lines(file))


def _lines(file: Path) -> Iterator[Labelled]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield Labelled.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"])) or "the line"
                raise LabelsError(f"{file}:{number}: {where}: {first['msg']}") from None


def read(labelled: Iterable[Labelled], sets: Iterable[QuestionSet]) -> list[Reading]:
    """Every answer as the program reads it. Raises LabelsError of questions and points that there are not."""
    questions = {question.slug: question for found in sets for question in found.items}
    return [_read(one, questions) for one in labelled]


def _read(one: Labelled, questions: dict[str, Question]) -> Reading:
    if one.question not in questions:
        raise LabelsError(f"there is no question {one.question!r}")
    text = questions[one.question].text(one.locale)
    if unknown := one.points - text.points.keys():
        raise LabelsError(f"{one.question} has no point {', '.join(sorted(unknown))}")
    made = recogniser_of(text, one.locale).points_made(one.answer)
    return Reading(one, {point.point: point.said for point in made})


def recogniser_of(text: QuestionText, locale: Locale) -> Recogniser:
    """Recognises the points of a question in one language."""
    return recogniser(tuple((name, point.cues) for name, point in text.points.items()), text.prompt, locale)


def score(readings: Sequence[Reading]) -> Score:
    return Score(
        right=sum(len(reading.said.keys() & reading.labelled.points) for reading in readings),
        mistaken=sum(len(reading.mistaken) for reading in readings),
        missed=sum(len(reading.missed) for reading in readings),
    )
