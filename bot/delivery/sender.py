"""Takes due deliveries from the ledger and sends them, at least once and as a rule exactly once."""

import asyncio
from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import CopyMessage, DeleteMessage, SendMessage
from aiohttp import ClientConnectorError
from aiohttp_socks import ProxyConnectionError

from bot.clock import Clock
from bot.db.deliveries import Claimed
from bot.db.engine import Database
from bot.db.outage import DatabaseAway
from bot.delivery.pacing import Pace, Slot
from bot.delivery.reach import Reach
from bot.delivery.recorder import Recorder
from bot.delivery.render import Call, render
from bot.domain.identity import DeliveryId, UserId
from bot.services import broadcasting, deliveries
from bot.services.pushes import (
    Fault,
    NotNeeded,
    NotYet,
    Outcome,
    Prepared,
    QuestionPush,
    Refused,
    Result,
    Sent,
    Unreachable,
)
from bot.telegram.i18n import Catalogues

log = structlog.get_logger()

LEAST_IN_HAND = 50
SECONDS_IN_HAND = 0.4
"""So many rows are in hand as go out in this time, and no fewer than the above: some chats are slow to answer."""

LONGEST_WAIT = 1.0
"""Seconds; whoever waits longer looks after other things first."""

STALE = 10.0
"""Seconds after which what was prepared is not sent any more, but prepared anew."""


class Sender:
    """Claim and commit, then send, then record: no transaction is open while Telegram is waited for.

    A process killed between the sending and the recording leaves a claimed row; when its lease is over
    the message is sent again, for a question twice is better than never.
    """

    def __init__(
        self, bot: Bot, db: Database, clock: Clock, catalogues: Catalogues, *, rate: float, paid: bool = False
    ) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock
        self._catalogues = catalogues
        self._paid = paid
        self._pace = Pace(rate)
        self._reach = Reach()
        self._recorder = Recorder(db, clock, self._let_go)
        self._most_in_hand = max(LEAST_IN_HAND, round(rate * SECONDS_IN_HAND))
        self._in_hand: dict[DeliveryId, asyncio.Task[None]] = {}
        self._room = asyncio.Event()

    async def send_due(self) -> bool:
        """Begins to send what is due, as far as there is room. Returns whether there may be more to send at once."""
        now = self._clock.now()
        if self._reach.waits_until(now):
            return False
        if not (room := await self._find_room()):
            return True
        async with self._db.begin() as session:
            due = await deliveries.claim(session, now=now, limit=room, in_flight=tuple(self._in_hand))
            to_many = [claimed for claimed in due if claimed.broadcast_id is not None]
            prepared = await broadcasting.prepare(session, to_many, now=now) if to_many else []
        for claimed in due:
            if claimed.broadcast_id is None:
                self._in_hand[claimed.id] = asyncio.create_task(self._deliver_personal(claimed))
        for claimed, push in prepared:
            self._in_hand[claimed.id] = asyncio.create_task(self._deliver(claimed, push))
        return bool(due)

    async def _find_room(self) -> int:
        """Waits a little until a good part of the hand is free: a query for each single row would be a waste."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                while len(self._in_hand) > self._most_in_hand // 2:
                    self._room.clear()
                    await self._room.wait()
                return 1 if self._reach.is_lost else self._most_in_hand - len(self._in_hand)
        return 0

    def _let_go(self, result: Result) -> None:
        del self._in_hand[result.claimed.id]
        self._room.set()

    async def finish(self) -> None:
        """Waits for what is in flight."""
        await asyncio.gather(*self._in_hand.values(), return_exceptions=True)

    async def abandon(self) -> None:
        """Writes down what is known; what is still in flight keeps its lease and is sent again after that."""
        for task in self._in_hand.values():
            task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                await self._recorder.finish()

    async def _deliver_personal(self, claimed: Claimed) -> None:
        try:
            async with self._db.begin() as session:
                prepared = await deliveries.prepare(session, claimed, now=self._clock.now())
        except DatabaseAway:
            self._note(claimed, NotYet(self._clock.now()))
        except Exception as error:  # whatever is wrong with it, the others go out
            log.exception("delivery.fault", id=claimed.id)
            self._note(claimed, Fault(repr(error)))
        else:
            await self._deliver(claimed, prepared)

    async def _deliver(self, claimed: Claimed, prepared: Prepared | NotNeeded | NotYet) -> None:
        try:
            outcome = await self._outcome(claimed, prepared)
        except Exception as error:
            log.exception("delivery.fault", id=claimed.id)
            outcome = Fault(repr(error))
        self._note(claimed, outcome)

    def _note(self, claimed: Claimed, outcome: Outcome) -> None:
        log.info("delivery", id=claimed.id, kind=claimed.kind, outcome=type(outcome).__name__.lower())
        self._recorder.note(Result(claimed, outcome))

    async def _outcome(self, claimed: Claimed, prepared: Prepared | NotNeeded | NotYet) -> Outcome:
        if isinstance(prepared, NotNeeded | NotYet):
            return prepared
        asked_at = asyncio.get_running_loop().time()
        async with self._pace.turn(claimed.user_id) as slot:
            now = self._clock.now()
            if until := self._reach.waits_until(now):
                return NotYet(until)
            if slot.began - asked_at > STALE:
                return NotYet(now)
            return await self._send(prepared, claimed.user_id, slot)

    async def _send(self, prepared: Prepared, user_id: UserId, slot: Slot) -> Outcome:
        call = render(prepared, user_id, self._catalogues)
        try:
            message_id = await self._call(call)
        except TelegramRetryAfter as limit:
            self._reach.answered()
            self._pace.refused(slot, limit.retry_after)
            return NotYet(self._clock.now())
        except (TelegramForbiddenError, TelegramBadRequest, TelegramEntityTooLarge) as error:
            self._reach.answered()
            self._pace.answered(slot)
            return _refusal(error, call)
        except (TelegramAPIError, ClientDecodeError) as error:
            now = self._clock.now()
            self._reach.failed(now)
            return Fault(_reason(error), not _never_left(error), self._reach.waits_until(now))
        self._reach.answered()
        self._pace.answered(slot)
        return Sent(message_id, prepared.asked.attempt_id if isinstance(prepared, QuestionPush) else None)

    async def _call(self, call: Call) -> int:
        """The id of the message that is sent, or deleted."""
        if self._paid and not isinstance(call, DeleteMessage):
            call.allow_paid_broadcast = True
        match call:
            case SendMessage():
                return (await self._bot(call)).message_id
            case CopyMessage():
                return (await self._bot(call)).message_id
            case DeleteMessage(message_id=message_id):
                await self._bot(call)
                return message_id


def _refusal(error: TelegramAPIError, call: Call) -> Outcome:
    match error:
        case TelegramForbiddenError():
            return Unreachable(_reason(error))
        case TelegramBadRequest() if "chat not found" in error.message and not isinstance(call, CopyMessage):
            # Of a copy it may be the source that is gone, and that is no fault of the reader's.
            return Unreachable(_reason(error))
        case TelegramBadRequest() if isinstance(call, DeleteMessage) and "not found" in error.message:
            return Sent(call.message_id)  # it is gone already
        case _:
            return Refused(_reason(error))


def _never_left(error: Exception) -> bool:
    """Whether the message cannot have reached Telegram."""
    return isinstance(error, TelegramNetworkError) and isinstance(
        error.__cause__, ClientConnectorError | ProxyConnectionError
    )


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
