"""What an admin wants to know at a glance."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import statistics
from bot.db import users as people
from bot.db.models import DeliveryStatus
from bot.domain.identity import UserId
from bot.domain.schedule import day_start
from bot.services.preferences import schedule_of

ACTIVE_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts; "today" is the admin's own day so far."""

    users: int
    active: int  # seen within ACTIVE_WITHIN
    unreachable: int
    answers_today: int
    sent_today: int
    failed_today: int
    longest_wait: timedelta  # of a personal message today, from when it was meant to be sent


async def overview(session: AsyncSession, admin_id: UserId, *, now: datetime) -> Overview:
    """Raises UnknownUser for an admin who has not started the bot."""
    admin = await people.get(session, admin_id)
    today = day_start(schedule_of(admin), now)
    sent, failed = DeliveryStatus.SENT, DeliveryStatus.FAILED
    return Overview(
        users=await statistics.users(session),
        active=await statistics.users_seen_since(session, now - ACTIVE_WITHIN),
        unreachable=await statistics.unreachable_users(session),
        answers_today=await statistics.attempts_answered_since(session, today),
        sent_today=await statistics.deliveries_finished_since(session, sent, today),
        failed_today=await statistics.deliveries_finished_since(session, failed, today),
        longest_wait=await statistics.longest_wait_since(session, today),
    )
