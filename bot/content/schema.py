"""What the files of a question set hold; pydantic checks each file against these models."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from bot.domain.identity import Locale
from bot.domain.text import word_count

MODEL_ANSWER_WORDS = range(90, 181)
"""A model answer is said aloud in about a minute, a minute and a half at most."""

# The lengths are in characters. Together they keep a question and its reveal, headings included,
# under the 4,096 UTF-16 units that Telegram takes in one message.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=70)]
Prompt = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=300)]
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=200)]
Guidance = Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=600)]
ModelAnswer = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1500)]
Cue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60, pattern=r"^\w")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Localised(_Strict):
    """One short text in every language of the product."""

    fa: Label
    ru: Label


class Point(_Strict):
    """Something that a good answer says.

    `label` names it to the candidate. `cues` are words and short phrases by which a typed answer can
    be recognised to say it: words are compared by their stem, and a word that ends in `*` stands
    for every word that begins so.
    """

    label: Label
    cues: Annotated[tuple[Cue, ...], Field(min_length=4, max_length=40)]


class QuestionText(_Strict):
    """All that a candidate reads of a question in one language."""

    prompt: Prompt
    purpose: Purpose
    guidance: Guidance
    model_answer: ModelAnswer
    points: Annotated[dict[Slug, Point], Field(min_length=3, max_length=8)]

    @field_validator("model_answer")
    @classmethod
    def can_be_said_aloud(cls, answer: str) -> str:
        words = word_count(answer)
        if words not in MODEL_ANSWER_WORDS:
            low, high = MODEL_ANSWER_WORDS[0], MODEL_ANSWER_WORDS[-1]
            raise ValueError(f"has {words} words, should have {low} to {high}")
        return answer


class Question(_Strict):
    """One question in both languages: the file `questions/<slug>.yaml`.

    Both languages make the same points; the loader sees to that.
    """

    slug: Slug
    category: Slug
    difficulty: Annotated[int, Field(ge=1, le=3)]
    tags: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=6)]
    fa: QuestionText
    ru: QuestionText

    def text(self, locale: Locale) -> QuestionText:
        return self.fa if locale is Locale.FA else self.ru


class QuestionSetHeader(_Strict):
    """The file `set.yaml`: the set's name, its categories and the order of its questions."""

    slug: Slug
    title: Localised
    categories: Annotated[dict[Slug, Localised], Field(min_length=1)]
    questions: Annotated[tuple[Slug, ...], Field(min_length=1)]


class QuestionSet(QuestionSetHeader):
    """A header with the questions that it lists, in its order."""

    items: tuple[Question, ...]
