"""Which typed messages a Telegram client cut out of one long text."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import MESSAGE_UNITS, TypedMessage, continues, goes_on
from tests.support.schedules import quick

SENT = datetime(2026, 11, 22, 6, tzinfo=UTC)


def message(text: str, after: timedelta = timedelta()) -> TypedMessage:
    return TypedMessage(id=7, text=text, sent_at=SENT + after)


@pytest.mark.parametrize(
    ("earlier", "after", "expected"),
    [
        pytest.param("я" * 4096, timedelta(), True, id="cut at the limit, sent in one go"),
        pytest.param("я" * 4000, timedelta(seconds=1), True, id="cut at the last space"),
        pytest.param("я" * 2100, timedelta(seconds=1), True, id="cut between paragraphs"),
        pytest.param("👍" * 2048, timedelta(), True, id="an emoji is two units"),
        pytest.param("👍" * 1000, timedelta(), False, id="2,000 units are less than half"),
        pytest.param("я" * 2000, timedelta(), False, id="less than half as long as the limit"),
        pytest.param("Да.", timedelta(), False, id="a short message is whole"),
        pytest.param("я" * 4096, timedelta(seconds=5), True, id="a slow line"),
        pytest.param("я" * 4096, timedelta(seconds=6), False, id="typed by itself, later"),
    ],
)
def test_a_message_belongs_to_the_one_before(earlier: str, after: timedelta, expected: bool) -> None:
    assert continues(message(earlier), message("и так далее", after)) is expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [(timedelta(seconds=10), True), (timedelta(minutes=50), True), (timedelta(hours=2), False)],
)
def test_an_answer_goes_on_for_a_while(after: timedelta, expected: bool) -> None:
    assert goes_on(message("Сначала слушаю."), message("Потом решаю.", after)) is expected


def as_a_client_cuts(text: str) -> list[str]:
    """Pieces of at most 4,096 UTF-16 units, cut at a space where there is one."""
    pieces = []
    while len(text.encode("utf-16-le")) // 2 > MESSAGE_UNITS:
        fits = text.encode("utf-16-le")[: 2 * MESSAGE_UNITS].decode("utf-16-le", errors="ignore")
        end = fits.rfind(" ") if " " in fits else len(fits)
        pieces.append(text[:end])
        text = text[end:].lstrip()
    return [*pieces, text]


spoken = st.text("абвгдежзиклмнопрстуфхцчшыьэюя👍ابپتثجچحخدذرز", min_size=1, max_size=60)


@quick
@given(words=st.lists(spoken, min_size=20, max_size=60), times=st.integers(10, 30))
def test_every_piece_of_a_long_text_continues_the_one_before(words: list[str], times: int) -> None:
    pieces = [message(piece) for piece in as_a_client_cuts(" ".join(words * times))]
    for earlier, later in pairwise(pieces):
        assert continues(earlier, later)
