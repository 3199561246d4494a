"""The names by which people, questions and tries are told apart."""

from enum import StrEnum
from typing import NewType

UserId = NewType("UserId", int)
"""A Telegram user's id; in a private chat it is the chat's id too."""

QuestionId = NewType("QuestionId", int)
AttemptId = NewType("AttemptId", int)
DeliveryId = NewType("DeliveryId", int)
BroadcastId = NewType("BroadcastId", int)


class Locale(StrEnum):
    """A language that the product speaks."""

    FA = "fa"
    RU = "ru"


class Track(StrEnum):
    """A job that the product prepares for; the value is the slug of its question set."""

    SUPPORT_MANAGER = "support-manager"
    SUPPORT_ENGINEER = "support-engineer"
