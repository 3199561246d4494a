"""The language in which a test reads."""

from collections.abc import Iterator

import pytest

from bot.domain.identity import Locale
from tests.support.languages import speaking


@pytest.fixture
def persian() -> Iterator[None]:
    with speaking(Locale.FA):
        yield


@pytest.fixture
def russian() -> Iterator[None]:
    with speaking(Locale.RU):
        yield
