"""A candidate who does anything in any order: the steps from which hypothesis makes up lives."""

from collections.abc import Callable, Coroutine
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.db.engine import Database
from bot.domain.answer import MESSAGE_UNITS
from bot.domain.errors import AlreadyAnswered, AlreadyClosed, NothingAnswered
from bot.domain.identity import AttemptId, Locale, Track, UserId
from bot.domain.review import Rating
from bot.services.asking import Asked
from tests.support import coach
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.diary import Diary
from tests.support.postman import Postman

Run = Callable[[Coroutine[Any, Any, Any]], Any]

ANY = st.integers(0, 99)
"""Picks one of whatever there is."""

WHILE = st.sampled_from([timedelta(minutes=m) for m in (1, 25, 61, 200, 700, 1440, 3000, -5, -90)])
ZONES = ["Asia/Tehran", "Europe/Moscow", "America/Los_Angeles", "Pacific/Auckland"]
TEXTS = st.sampled_from(["I listen.", "<b>", "پاسخ من", "x" * MESSAGE_UNITS])


class Life(RuleBasedStateMachine):
    """One candidate; the diary keeps what they must find again. `on_their_way` counts pushes not delivered yet."""

    def __init__(self, db: Database, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        super().__init__()
        self.run = run
        self.clock = HandClock()
        self.sara = Candidate(db, self.clock, UserId(coach.SARA.id), Locale.FA)
        self.postman = Postman(db, self.clock, self.sara)
        self.diary = Diary()
        self.on_their_way = 0
        self.zone = ZoneInfo("Asia/Tehran")

    @initialize()
    def arrives(self) -> None:
        self.run(self.sara.arrives())

    def teardown(self) -> None:
        """The next life is played on the same database, and the bot must meet nobody of this one."""
        self.run(self.sara.forgets_me())

    # What she does with questions.

    @rule()
    def asks_for_today(self) -> None:
        asked = self.run(self.sara.asks_for_today())
        if isinstance(asked, Asked):
            self.is_asked(asked)

    @rule()
    def asks_for_another(self) -> None:
        self.is_asked(self.run(self.sara.asks_for_another()))

    def is_asked(self, asked: Asked) -> None:
        answered = self.diary.ask(asked.attempt_id)
        assert asked.answered == answered

    @rule(text=TEXTS)
    def types(self, text: str) -> None:
        self._sends(text, reply_to=None)

    @precondition(lambda self: self.diary.shown)
    @rule(text=TEXTS, which=ANY)
    def replies(self, text: str, which: int) -> None:
        self._sends(text, reply_to=self.diary.shown[which % len(self.diary.shown)])

    def _sends(self, text: str, reply_to: int | None) -> None:
        message = self.sara.message(text, reply_to=reply_to)
        draft = self.run(self.sara.sends(message))
        if draft is not None:
            self.diary.write(message, draft)

    @precondition(lambda self: self.diary.written)
    @rule(which=ANY)
    def telegram_repeats_a_message(self, which: int) -> None:
        message = self.diary.message(which)
        draft = self.run(self.sara.sends(message))
        assert draft is not None
        self.diary.compare(message.id, draft)

    @precondition(lambda self: self.diary.written)
    @rule(which=ANY, text=TEXTS)
    def edits(self, which: int, text: str) -> None:
        message = self.diary.message(which)
        with self.diary.refused(AlreadyClosed, when=self.diary.is_revealed(message.id)):
            draft = self.run(self.sara.edits(message.id, text))
            self.diary.edit(message.id, text, draft)

    @precondition(lambda self: self.diary.written)
    @rule(which=ANY)
    def starts_over(self, which: int) -> None:
        message = self.diary.message(which)
        with self.diary.refused(AlreadyClosed, when=self.diary.is_revealed(message.id)):
            draft = self.run(self.sara.starts_over(self.diary.home[message.id], message.id))
            self.diary.discard(message.id, draft)

    @precondition(lambda self: self.diary.attempts)
    @rule(which=ANY)
    def takes_the_hint(self, which: int) -> None:
        assert self.run(self.sara.takes_the_hint(self._attempt(which))).hinted

    @precondition(lambda self: self.diary.attempts)
    @rule(which=ANY)
    def skips(self, which: int) -> None:
        attempt_id = self._attempt(which)
        try:
            self.run(self.sara.skips(attempt_id))
        except AlreadyAnswered:
            assert self.diary.is_answered(attempt_id)
        except AlreadyClosed:
            assert not self.diary.is_answered(attempt_id)
        else:
            self.diary.skipped.add(attempt_id)

    @precondition(lambda self: self.diary.attempts)
    @rule(which=ANY)
    def puts_off(self, which: int) -> None:
        attempt_id = self._attempt(which)
        try:
            self.run(self.sara.puts_off(attempt_id))
        except AlreadyAnswered:
            assert self.diary.is_answered(attempt_id)
        except AlreadyClosed:
            assert not self.diary.is_answered(attempt_id)

    @precondition(lambda self: self.diary.attempts)
    @rule(which=ANY)
    def reveals(self, which: int) -> None:
        attempt_id = self._attempt(which)
        with self.diary.refused(NothingAnswered, when=not self.diary.can_be_revealed(attempt_id)):
            self.run(self.sara.reveals(attempt_id))
            self.diary.reveal(attempt_id)

    @precondition(lambda self: self.diary.attempts)
    @rule(which=ANY, rating=st.sampled_from(Rating))
    def rates(self, which: int, rating: Rating) -> None:
        attempt_id = self._attempt(which)
        with self.diary.refused(NothingAnswered, when=attempt_id not in self.diary.revealed):
            self.run(self.sara.rates(attempt_id, rating))

    def _attempt(self, which: int) -> AttemptId:
        return self.diary.attempts[which % len(self.diary.attempts)]

    # What she changes, and what time does.

    @rule(by=WHILE)
    def time_goes_by(self, by: timedelta) -> None:
        """Sometimes a computer's clock is put back a little."""
        self.clock.advance(by)

    @rule()
    def does_something_else(self) -> None:
        self.run(self.sara.is_there())

    @rule(days=st.sampled_from([None, 1, 3]))
    def pauses(self, days: int | None) -> None:
        self.run(self.sara.pauses(days))

    @rule()
    def resumes(self) -> None:
        self.run(self.sara.resumes())

    @rule(hour=st.integers(0, 23))
    def wants_another_hour(self, hour: int) -> None:
        self.run(self.sara.wants_it_at(time(hour)))

    @precondition(lambda self: not self.on_their_way)
    @rule(zone=st.sampled_from(ZONES))
    def moves(self, zone: str) -> None:
        self.run(self.sara.moves_to(zone))
        self.zone = ZoneInfo(zone)

    @rule(track=st.sampled_from(Track))
    def prepares_for(self, track: Track) -> None:
        self.run(self.sara.chooses_track(track))
