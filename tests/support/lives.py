"""People who live with the bot for weeks, and what they may expect of it, reckoned by the clock on their wall."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tests.support.person import Person
from tests.support.talks import finish
from tests.support.typist import asks
from tests.support.words import RU, Words

_MINUTE = timedelta(minutes=1)
_PEACE_AFTER_PRACTICE = timedelta(hours=1)
_PAUSE = timedelta(days=3)
_PATIENCE_OF_THE_BOT = 7
_LONGEST_SILENCE = timedelta(days=5)


@cache
def due(zone: ZoneInfo, hour: time, day: date) -> datetime:
    """When the wall clock first shows the hour on that day; an hour that is left out comes when it would have come."""
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    for minute in range(25 * 60):
        local = (midnight + minute * _MINUTE).astimezone(zone)
        if local.date() == day and local.time() == hour:
            return midnight + minute * _MINUTE
    return midnight + timedelta(hours=hour.hour, minutes=hour.minute)


@dataclass
class Life:
    """One person: where they live, what they did, and when a question should have come.

    Whoever `answers` does so now and then; the `steady` ones do nothing else.
    """

    person: Person
    words: Words
    zone: ZoneInfo
    hour: time
    weekdays: frozenset[int]
    chance: random.Random
    answers: bool = True
    steady: bool = False
    questions: list[datetime] = field(default_factory=list)
    notices: list[datetime] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    unanswered: int = 0
    waiting: bool = False
    acted_at: datetime | None = None
    practised_at: datetime | None = None
    paused_until: datetime | None = None
    diary: list[str] = field(default_factory=list)

    def begins(self, now: datetime) -> None:
        self.acted_at = now
        self._has_a_question(now)

    def expects(self, now: datetime) -> None:
        """Notes what the bot owes at this moment, when it runs."""
        if not self._is_owed(now):
            return
        if self.unanswered == _PATIENCE_OF_THE_BOT:
            self.notices.append(now)
        else:
            self.unanswered += 1
            self._has_a_question(now)

    async def acts(self, now: datetime) -> None:
        """Does something, or not, as people do."""
        long_silent = self.acted_at is not None and now - self.acted_at > _LONGEST_SILENCE
        if not self.answers or not (long_silent or self.chance.random() < 0.03):
            return
        self.acted_at, self.unanswered = now, 0
        if self.waiting:
            self._notes(now, "answers")
            await finish(self.person, self.words)
            self.waiting, self.practised_at = False, now
        elif not self.steady:
            await (self._pauses(now) if self.chance.random() < 0.2 else self._takes_todays(now))

    async def _takes_todays(self, now: datetime) -> None:
        self._notes(now, "asks for today's question")
        [asked] = await self.person.says("/today")
        if now.astimezone(self.zone).date() in self.days:
            await self.person.sees(self.words.done, after=asked)
        else:
            await self.person.sees(_number_of_questions(self.words), after=asked)
            self._has_a_question(now)

    async def _pauses(self, now: datetime) -> None:
        [asked] = await self.person.says("/settings")
        settings = await self.person.sees(self.words.settings, after=asked)
        if self._is_paused(now):
            return
        self._notes(now, "pauses for three days")
        await self.person.presses("⏸", settings)
        await self.person.presses("۳" if self.words is not RU else "3", settings)
        self.paused_until = now + _PAUSE

    def _notes(self, now: datetime, what: str) -> None:
        self.diary.append(f"{self.locally(now)} {what}")

    def locally(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%a %d %b %H:%M %Z}"

    def _has_a_question(self, now: datetime) -> None:
        self._notes(now, "should have a question")
        self.questions.append(now)
        self.days.add(now.astimezone(self.zone).date())
        self.waiting = True

    def _is_owed(self, now: datetime) -> bool:
        today = now.astimezone(self.zone).date()
        moment = due(self.zone, self.hour, today)
        if today in self.days or today.weekday() not in self.weekdays or moment > now or self.notices:
            return False
        resting = self.practised_at is not None and now - self.practised_at < _PEACE_AFTER_PRACTICE
        return not resting and not self._is_paused(now) and not self._is_paused(moment)

    def _is_paused(self, at: datetime) -> bool:
        until = self.paused_until
        return until is not None and until - _PAUSE <= at < until


async def compare(life: Life) -> None:
    """What came against what should have come."""
    inbox = await life.person.inbox()
    _check(life, life.questions, [message.date for message in inbox if asks(message, life.words)])
    _check(life, life.notices, [message.date for message in inbox if life.words.stopped in message.text])


def _check(life: Life, expected: list[datetime], came: list[datetime]) -> None:
    missing = [life.locally(moment) for moment in expected if moment not in came]
    uncalled = [life.locally(moment) for moment in came if moment not in expected]
    told = f"{life.person.id}: missing {missing}, uncalled for {uncalled}"
    assert came == expected, "\n".join([told, *life.diary])


def _number_of_questions(words: Words) -> str:
    return words.first.partition(" ")[2].partition(" ")[2]
