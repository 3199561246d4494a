"""Persian sentences as they stand on the screen: no Latin word in them may turn the others around."""

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from bot.domain.errors import DomainError, UnknownCity
from bot.telegram.texts import admin, common, errors, practice, privacy, settings

MODULES = (admin, common, errors, practice, privacy, settings)


def sentences_of(module: ModuleType) -> Iterator[tuple[str, Callable[[], str]]]:
    """The texts of a module that need no values."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        own = function.__module__ == module.__name__ and not name.startswith("_")
        if own and not inspect.signature(function).parameters:
            yield name, function


def refusals() -> Iterator[DomainError]:
    for kind in DomainError.__subclasses__():
        yield UnknownCity("Tehran Pars") if kind is UnknownCity else kind()


def bare_latin(text: str) -> list[str]:
    without_tags = re.sub(r"<[^>]*>|&\w+;", "", text)
    return re.findall(r"\S*[A-Za-z]+\S*", re.sub("\u2068[^\u2069]*\u2069", "", without_tags))


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize(
    "sentence", [pytest.param(say, id=name) for module in MODULES for name, say in sentences_of(module)]
)
def test_latin_words_in_a_sentence_are_isolated(sentence: Callable[[], str]) -> None:
    assert not bare_latin(sentence())


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize("refusal", list(refusals()), ids=lambda refusal: type(refusal).__name__)
def test_latin_words_in_a_refusal_are_isolated(refusal: DomainError) -> None:
    assert not bare_latin(errors.explain(refusal))
