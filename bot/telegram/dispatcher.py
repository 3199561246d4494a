"""Puts the routers in the order in which they are asked."""

from aiogram import Dispatcher

from bot.clock import Clock
from bot.db.engine import Database
from bot.telegram import errors
from bot.telegram.handlers import (
    admin,
    answers,
    fallback,
    membership,
    preferences,
    privacy,
    questions,
    start,
)
from bot.telegram.i18n import Catalogues, ChosenLocale
from bot.telegram.middlewares import CurrentUser, UntilStored


def build_dispatcher(*, db: Database, clock: Clock, catalogues: Catalogues, admin_ids: frozenset[int]) -> Dispatcher:
    """A dispatcher with everything that handlers ask for by name: db, clock, i18n, admin_ids, profile."""
    # Dialogues live with the user in the database, where one transaction ends them together with
    # what they are for; aiogram's own state would be a second store to keep in step.
    dispatcher = Dispatcher(disable_fsm=True, db=db, clock=clock, admin_ids=admin_ids, profile=None)
    dispatcher.update.outer_middleware(UntilStored())
    dispatcher.update.outer_middleware(CurrentUser(db, clock))
    ChosenLocale(catalogues).setup(dispatcher)
    dispatcher.include_routers(
        errors.build_router(),
        membership.build_router(),
        start.build_router(),
        privacy.build_router(),
        start.build_unfinished_router(),
        admin.build_router(),
        questions.build_router(),
        preferences.build_router(),
        answers.build_router(),
        fallback.build_router(),
    )
    return dispatcher
