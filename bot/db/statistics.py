"""Counts over all users."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.deliveries import PERSONAL
from bot.db.models import AnswerPart, Delivery, DeliveryStatus, User


async def users(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(User)) or 0


async def users_seen_since(session: AsyncSession, since: datetime) -> int:
    return await session.scalar(select(func.count()).select_from(User).where(User.seen_at >= since)) or 0


async def unreachable_users(session: AsyncSession) -> int:
    query = select(func.count()).select_from(User).where(User.unreachable_at.is_not(None))
    return await session.scalar(query) or 0


async def attempts_answered_since(session: AsyncSession, since: datetime) -> int:
    """How many questions had an answer typed to them."""
    query = select(func.count(AnswerPart.attempt_id.distinct())).where(AnswerPart.sent_at >= since)
    return await session.scalar(query) or 0


async def deliveries_finished_since(session: AsyncSession, status: DeliveryStatus, since: datetime) -> int:
    query = select(func.count()).select_from(Delivery)
    query = query.where(Delivery.status == status, Delivery.finished_at >= since)
    return await session.scalar(query) or 0


async def longest_wait_since(session: AsyncSession, since: datetime) -> timedelta:
    """By how much the latest personal delivery was later than it was meant to be."""
    query = select(func.max(Delivery.waited)).where(
        Delivery.status == DeliveryStatus.SENT, Delivery.priority == PERSONAL, Delivery.finished_at >= since
    )
    return timedelta(seconds=await session.scalar(query) or 0)
