"""Reads question sets from a folder and reports every mistake in them at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.content.schema import Question, QuestionSet, QuestionSetHeader

# libyaml's loader does the same ten times as fast; a few platforms come without it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound=BaseModel)
FieldPath = tuple[int | str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong in a content file; `line` counts from 1."""

    file: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


class ContentError(Exception):
    """Content files have mistakes."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} mistakes in the content")
        self.mistakes = sorted(mistakes)


def load_sets(folder: Path) -> list[QuestionSet]:
    """Every question set below `folder`, one sub-folder each, by slug.

    Raises ContentError with all mistakes of all files.
    """
    mistakes: list[Mistake] = []
    headers = sorted(folder.glob("*/set.yaml"))
    if not headers:
        mistakes.append(Mistake(folder, 1, "", "no question set: expected <track>/set.yaml below this folder"))
    sets = [_load_set(header, mistakes) for header in headers]
    if mistakes:
        raise ContentError(mistakes)
    return [found for found in sets if found is not None]


def _load_set(path: Path, mistakes: list[Mistake]) -> QuestionSet | None:
    header = _load_file(path, QuestionSetHeader, mistakes)
    files = sorted((path.parent / "questions").glob("*.yaml"))
    questions = {file: question for file in files if (question := _load_file(file, Question, mistakes))}
    if header is None:
        return None
    broken = {file.stem for file in files} - {file.stem for file in questions}
    mistakes.extend(_misfits(path, header, questions, broken))
    by_slug = {question.slug: question for question in questions.values()}
    items = tuple(by_slug[slug] for slug in header.questions if slug in by_slug)
    return QuestionSet(**dict(header), items=items)


def _misfits(
    path: Path, header: QuestionSetHeader, questions: dict[Path, Question], broken: set[str]
) -> Iterator[Mistake]:
    """What is wrong between files that are fine by themselves."""
    if path.parent.name != header.slug:
        yield Mistake(path, 1, "slug", f"is {header.slug!r}, but the folder is {path.parent.name!r}")
    known = {question.slug for question in questions.values()} | broken
    for index, slug in enumerate(header.questions):
        if slug not in known:
            yield Mistake(path, 1, f"questions.{index}", f"there is no file questions/{slug}.yaml")
        if slug in header.questions[:index]:
            yield Mistake(path, 1, f"questions.{index}", f"{slug!r} is listed twice")
    for file, question in questions.items():
        if file.stem != question.slug:
            yield Mistake(file, 1, "slug", f"is {question.slug!r}, but the file is {file.name!r}")
        elif question.slug not in header.questions:
            yield Mistake(file, 1, "slug", f"{question.slug!r} is not listed in set.yaml")
        if question.category not in header.categories:
            yield Mistake(file, 1, "category", f"{question.category!r} is not a category of set.yaml")


def _load_file(path: Path, model: type[Model], mistakes: list[Mistake]) -> Model | None:
    """The file as `model`, or None after its mistakes were noted."""
    try:
        text = path.read_text(encoding="utf-8")
        return model.model_validate(yaml.load(text, Loader=_Loader))  # noqa: S506 - it is a safe one
    except UnicodeDecodeError:
        mistakes.append(Mistake(path, 1, "", "is not UTF-8 text"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        mistakes.append(Mistake(path, line, "", f"is not valid YAML: {error.problem}"))
    except yaml.YAMLError as error:
        mistakes.append(Mistake(path, 1, "", f"is not valid YAML: {error}"))
    except ValidationError as invalid:
        node = yaml.compose(text, Loader=_Loader)
        for found in invalid.errors():
            field = ".".join(map(str, found["loc"]))
            mistakes.append(Mistake(path, _line_of(node, found["loc"]), field, found["msg"]))
    return None


def _line_of(node: yaml.Node | None, field: FieldPath) -> int:
    """The line of `field`, or of the nearest thing around it that the file does have."""
    line = node.start_mark.line + 1 if node else 1
    for step in field:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
