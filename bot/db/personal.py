"""Everything that belongs to one user, in whichever tables it is."""

from collections.abc import Sequence

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Base, User
from bot.domain.identity import UserId


async def rows_of(session: AsyncSession, user_id: UserId) -> dict[str, Sequence[Base]]:
    """Table -> the user's rows. A new table with a `user_id` is in it by itself."""
    rows: dict[str, Sequence[Base]] = {"users": [await session.get_one(User, user_id)]}
    models = [mapper.class_ for mapper in Base.registry.mappers]
    for model in sorted(models, key=lambda model: model.__tablename__):
        if "user_id" in inspect(model).columns:
            found = await session.scalars(select(model).where(model.user_id == user_id))
            rows[model.__tablename__] = found.all()
    return rows
