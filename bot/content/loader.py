"""Reads question sets from a folder and reports every mistake in them at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.schema import Question, QuestionSet, QuestionSetHeader
from bot.content.source import Mistake, Source, read_source

Model = TypeVar("Model", bound=BaseModel)


class ContentError(Exception):
    """Content files have mistakes."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'} in the content")
        self.mistakes = sorted(mistakes)


def load_sets(folder: Path) -> list[QuestionSet]:
    """Every question set below `folder`, one sub-folder each, by slug.

    Raises ContentError with all mistakes of all files.
    """
    mistakes: list[Mistake] = []
    folders = sorted(path for path in folder.glob("*") if (path / "set.yaml").exists() or (path / "questions").exists())
    if not folders:
        mistakes.append(Mistake(folder, 1, "", "no question set: expected <track>/set.yaml below this folder"))
    sets = [_load_set(found, mistakes) for found in folders]
    if mistakes:
        raise ContentError(mistakes)
    return [found for found in sets if found is not None]


def _load_set(folder: Path, mistakes: list[Mistake]) -> QuestionSet | None:
    sources = _read_questions(folder / "questions", mistakes)
    questions = [question for source in sources if (question := _checked(source, Question, mistakes))]
    source = _read_header(folder / "set.yaml", mistakes)
    header = _checked(source, QuestionSetHeader, mistakes) if source else None
    if source is None or header is None:
        return None
    mistakes.extend(_misfits(source, header))
    for question_source in sources:
        mistakes.extend(_misplaced(question_source, header))
    by_slug = {question.slug: question for question in questions}
    items = tuple(by_slug[slug] for slug in header.questions if slug in by_slug)
    return QuestionSet(**dict(header), items=items)


def _read_questions(folder: Path, mistakes: list[Mistake]) -> list[Source]:
    files = [file for file in sorted(folder.glob("*")) if not file.name.startswith(".")]
    yaml_files = [file for file in files if file.suffix == ".yaml"]
    unread = sorted(set(files) - set(yaml_files))
    mistakes.extend(Mistake(file, 1, "", "is not read: a question's file ends in .yaml") for file in unread)
    sources = [source for file in yaml_files if (source := read_source(file, mistakes))]
    for source in sources:
        mistakes.extend(_differing_points(source))
    return sources


def _read_header(file: Path, mistakes: list[Mistake]) -> Source | None:
    if file.exists():
        return read_source(file, mistakes)
    mistakes.append(Mistake(file, 1, "", "is missing, though there is a folder of questions"))
    return None


def _checked(source: Source, model: type[Model], mistakes: list[Mistake]) -> Model | None:
    """The file as `model`, or None after its mistakes were noted."""
    try:
        return model.model_validate(source.data)
    except ValidationError as invalid:
        mistakes.extend(
            source.mistake(error["loc"], error["msg"].removeprefix("Value error, ")) for error in invalid.errors()
        )
    return None


def _differing_points(source: Source) -> Iterator[Mistake]:
    fa, ru = source.get("fa", "points"), source.get("ru", "points")
    if not (isinstance(fa, dict) and isinstance(ru, dict)):
        return
    missing, extra = [slug for slug in fa if slug not in ru], [slug for slug in ru if slug not in fa]
    if missing or extra:
        names = ", ".join(map(str, [*missing, *extra]))
        yield source.mistake(("ru", "points"), f"differ from those of fa: {names}")
    elif list(fa) != list(ru):
        yield source.mistake(("ru", "points"), "are those of fa in another order")


def _misfits(source: Source, header: QuestionSetHeader) -> Iterator[Mistake]:
    """What is wrong between the header and the names of the files."""
    folder = source.path.parent
    if folder.name != header.slug:
        yield source.mistake(("slug",), f"is {header.slug!r}, but the folder is {folder.name!r}")
    for index, slug in enumerate(header.questions):
        if not (folder / "questions" / f"{slug}.yaml").exists():
            yield source.mistake(("questions", index), f"there is no file questions/{slug}.yaml")
        if slug in header.questions[:index]:
            yield source.mistake(("questions", index), f"{slug!r} is listed twice")


def _misplaced(source: Source, header: QuestionSetHeader) -> Iterator[Mistake]:
    """What is wrong between a question, its file's name and the header."""
    slug, category = source.get("slug"), source.get("category")
    if not isinstance(slug, str):
        return  # told already, as a mistake of the field
    if slug != source.path.stem:
        yield source.mistake(("slug",), f"is {slug!r}, but the file is {source.path.name!r}")
    elif slug not in header.questions:
        yield source.mistake(("slug",), f"{slug!r} is not listed in set.yaml")
    if isinstance(category, str) and category not in header.categories:
        yield source.mistake(("category",), f"{category!r} is not a category of set.yaml")
