"""What Telegram would refuse: texts that are too long, in both languages and for every question."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.content.schema import Question, QuestionSet
from bot.db.questions import QuestionView
from bot.domain.answer import MESSAGE_UNITS
from bot.domain.errors import DomainError, UnknownCity
from bot.domain.identity import AttemptId, Locale, Track
from bot.domain.review import Rating, intervals
from bot.domain.speech import Speech
from bot.sandbox.text.html_parser import parse_html
from bot.sandbox.text.utf16 import units
from bot.services.reviewing import Before, Revealed, Ticked
from bot.telegram.texts import common, errors, practice, settings
from tests.support.languages import CATALOGUES, speaking
from tests.support.reading import as_read, asked, longest, shipped

TEHRAN = "Asia/Tehran"
WEDNESDAY = datetime(2026, 9, 23, 9, tzinfo=UTC)  # of the longest names, in both calendars
CALLBACK_ANSWER = 200

both = pytest.mark.parametrize("locale", Locale)
every_question = pytest.mark.parametrize(
    ("from_set", "question"),
    [pytest.param(found, item, id=item.slug) for found in shipped().values() for item in found.items],
)


def shown_units(markup: str) -> int:
    text, _ = parse_html(markup)
    return units(text)


def longest_question(question: QuestionView) -> int:
    """With hint, reminder and a note below."""
    plain = asked(question, waiting=True, hinted=True)
    gone = replace(plain, returns_at=WEDNESDAY)
    texts = (practice.question(plain), practice.put_off(plain, WEDNESDAY, TEHRAN), practice.skipped(gone, TEHRAN))
    return max(map(shown_units, texts))


def longest_reveal(question: QuestionView) -> int:
    revealed = Revealed(
        attempt_id=AttemptId(1),
        question=question,
        answer_message_id=1,
        message_id=1,
        intervals=intervals(None, WEDNESDAY),
        rating=None,
        returns_at=None,
        speech=Speech(999, timedelta(minutes=59, seconds=55), True, True, (("w" * 99, 99),) * 9, (("w" * 99, 99),) * 9),
        before=Before(
            8, tuple(point.label for point in question.points), tuple(point.label for point in question.points)
        ),
        ticks=tuple(Ticked(place, point.label, True, "w" * 500) for place, point in enumerate(question.points)),
    )
    rated = (replace(revealed, intervals={}, rating=rating, returns_at=WEDNESDAY) for rating in (None, *Rating))
    missed = replace(revealed, ticks=tuple(replace(ticked, made=ticked.place > 0) for ticked in revealed.ticks))
    return max(shown_units(practice.reveal(one, TEHRAN)) for one in (revealed, missed, *rated))


@both
@every_question
def test_a_question_and_its_reveal_fit_into_a_message(
    from_set: QuestionSet, question: Question, locale: Locale
) -> None:
    read = as_read(from_set, question, locale)
    with speaking(locale):
        assert longest_question(read) <= MESSAGE_UNITS
        assert longest_reveal(read) <= MESSAGE_UNITS


@both
def test_the_longest_question_that_the_schema_lets_pass_fits_too(locale: Locale) -> None:
    with speaking(locale):
        assert longest_question(longest(locale)) <= MESSAGE_UNITS
        assert longest_reveal(longest(locale)) <= MESSAGE_UNITS


@both
@pytest.mark.parametrize("say", [settings.which_city, lambda city: errors.explain(UnknownCity(city))])
def test_a_whole_essay_for_a_city_gets_an_answer_that_fits(say: Callable[[str], str], locale: Locale) -> None:
    with speaking(locale):
        for essay in ("я" * MESSAGE_UNITS, "<&>" * (MESSAGE_UNITS // 3), "ab ش " * (MESSAGE_UNITS // 5)):
            assert shown_units(say(essay)) <= MESSAGE_UNITS


def alerts() -> list[str]:
    """Everything that is said in the small window over the chat."""
    refusals = [kind() for kind in DomainError.__subclasses__() if kind is not UnknownCity]
    said: list[Callable[[], str]] = [partial(errors.explain, refusal) for refusal in refusals]
    said += [errors.apology, errors.old_button, errors.already_there]
    said += [partial(practice.too_late_today, at, TEHRAN) for at in (WEDNESDAY, None)]
    return [text for one in said for text in CATALOGUES.in_each(one).values()] + [
        CATALOGUES.bilingual(common.not_started),
    ]


@pytest.mark.parametrize("text", alerts())
def test_an_alert_is_short_and_plain(text: str) -> None:
    assert units(text) <= CALLBACK_ANSWER
    assert not re.search(r"[<>]|&\w+;", text), "markup is not understood there"


@both
def test_the_face_of_the_bot_fits(locale: Locale) -> None:
    with speaking(locale):
        assert 0 < units(common.bot_name()) <= 64
        assert 0 < units(common.bot_description()) <= 512
        assert 0 < units(common.bot_short_description()) <= 120
        for command in common.ADMIN_COMMANDS:
            assert re.fullmatch("[a-z0-9_]{1,32}", command)
            assert 0 < units(common.command_description(command)) <= 256


@both
@pytest.mark.parametrize("track", Track)
def test_a_link_can_name_every_track(track: Track, locale: Locale) -> None:
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", track)
    with speaking(locale):
        assert common.track_name(track)


@both
@pytest.mark.parametrize("length", [timedelta(days=1), timedelta(days=180)])
def test_a_rating_button_says_how_long_it_takes(length: timedelta, locale: Locale) -> None:
    with speaking(locale):
        labels = [practice.rating_button(rating, length) for rating in Rating]
    assert len(set(labels)) == len(labels)
    assert all(units(label) <= 30 for label in labels), "two of them share a row"
