"""The tables."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.db.types import BigId, UtcDateTime, Weekdays, choice
from bot.domain.identity import Locale, Track
from bot.domain.review import Rating
from bot.domain.schedule import EVERY_DAY


class Dialogue(StrEnum):
    """A short exchange in which the next typed message is an answer to the bot's own question."""

    TIME = "time"
    CITY = "city"


class DeliveryKind(StrEnum):
    """Why the bot speaks first."""

    QUESTION = "question"
    LATER = "later"
    PAUSE_NOTICE = "pause_notice"
    BROADCAST = "broadcast"
    RECALL = "recall"  # a broadcast's message that is to be deleted again


class DeliveryStatus(StrEnum):
    """Pending rows wait for their time; a claimed one is being sent; the others are over."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class BroadcastState(StrEnum):
    """What becomes of a broadcast; only a running one sends."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Locale: choice(Locale),
        Track: choice(Track),
        Rating: choice(Rating),
        Dialogue: choice(Dialogue),
        DeliveryKind: choice(DeliveryKind),
        DeliveryStatus: choice(DeliveryStatus),
        BroadcastState: choice(BroadcastState),
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


def _owner() -> Mapped[int]:
    return mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"), index=True)


class User(Base):
    """A person who pressed start; `id` is Telegram's, which is the private chat's too."""

    __tablename__ = "users"
    __table_args__ = (Index("ix_users_next_question_at", "next_question_at", "lot"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    locale: Mapped[Locale | None]
    track: Mapped[Track | None]
    zone: Mapped[str] = mapped_column(String(64))
    daily_at: Mapped[time] = mapped_column(default=time(9))
    weekdays: Mapped[frozenset[int]] = mapped_column(Weekdays, default=EVERY_DAY)
    next_question_at: Mapped[datetime | None]
    planned_at: Mapped[datetime | None] = mapped_column(index=True)  # when next_question_at was worked out
    lot: Mapped[int] = mapped_column(default=0)  # drawn anew each time: who goes first among those of one hour
    asked_on: Mapped[date | None]  # the last local date on which the day's question was given
    ignored_pushes: Mapped[int] = mapped_column(default=0)  # in a row
    practised_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]  # with paused_at and without this: until they come back
    unreachable_at: Mapped[datetime | None]
    dialogue: Mapped[Dialogue | None]
    dialogue_until: Mapped[datetime | None]
    # The message that ended the last dialogue: should Telegram repeat it, it must not pass for an answer.
    dialogue_message_id: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # The newest update that was begun. A chat's updates go in order, so all before it have been handled.
    update_id: Mapped[int | None] = mapped_column(BigId)


class QuestionSet(Base):
    """A set as last published; `checksum` tells whether the files have changed since."""

    __tablename__ = "question_sets"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    version: Mapped[int]
    checksum: Mapped[str] = mapped_column(String(64))
    titles: Mapped[dict[str, Any]]  # locale -> title
    categories: Mapped[dict[str, Any]]  # category -> locale -> title
    published_at: Mapped[datetime]


class Question(Base):
    """A question of a set. One that a later version drops stays, inactive, for those who answered it."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("set_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("question_sets.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    category: Mapped[str] = mapped_column(String(40))
    difficulty: Mapped[int]
    tags: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)


class QuestionText(Base):
    """A question in one language."""

    __tablename__ = "question_texts"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[Locale] = mapped_column(primary_key=True)
    prompt: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text)
    model_answer: Mapped[str] = mapped_column(Text)
    points: Mapped[dict[str, Any]]  # point -> {label, cues}, in the order of the file


class Attempt(Base):
    """One time that a question is put to a user.

    Open until it is revealed, skipped or left for another question; text can be added and edited
    until the reveal.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        Index(
            "uq_attempts_one_open",
            "user_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = _owner()
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    hinted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    skipped_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    rated_at: Mapped[datetime | None]
    rating: Mapped[Rating | None]
    status_message_id: Mapped[int | None] = mapped_column(BigId)
    reveal_message_id: Mapped[int | None] = mapped_column(BigId)


class Tick(Base):
    """Whether an answer makes a talking point: as recognised at the reveal, and as its author sees it."""

    __tablename__ = "ticks"

    attempt_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # among the question's points, from 0
    user_id: Mapped[int] = _owner()
    point: Mapped[str] = mapped_column(String(40))
    said: Mapped[str | None] = mapped_column(Text)  # the words that were recognised, if any
    made: Mapped[bool]
    corrected_at: Mapped[datetime | None]  # since when the author sees it otherwise


class AttemptMessage(Base):
    """A message of the bot that stands for an attempt, so that a reply to it finds the attempt."""

    __tablename__ = "attempt_messages"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    message_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    attempt_id: Mapped[int] = mapped_column(BigId, ForeignKey("attempts.id", ondelete="CASCADE"), index=True)


class AnswerPart(Base):
    """One message of a typed answer; parts are in the order of their message ids."""

    __tablename__ = "answer_parts"
    __table_args__ = (UniqueConstraint("user_id", "message_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    attempt_id: Mapped[int] = mapped_column(BigId, ForeignKey("attempts.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int] = mapped_column(BigId)
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]  # the user started over


class Card(Base):
    """How well a user knows a question; see bot.domain.review.Memory."""

    __tablename__ = "cards"
    __table_args__ = (Index("ix_cards_user_id_due_at", "user_id", "due_at"),)

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    stability: Mapped[float]
    difficulty: Mapped[float]
    reviewed_at: Mapped[datetime]
    due_at: Mapped[datetime]


class Broadcast(Base):
    """One message of the admins to many people; its counts are those of its deliveries."""

    __tablename__ = "broadcasts"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[BroadcastState] = mapped_column(default=BroadcastState.DRAFT, index=True)
    contents: Mapped[dict[str, Any]]  # locale -> what is sent; see bot.services.broadcasting.Content
    audience: Mapped[dict[str, Any]]  # see bot.db.audience.Audience
    created_by: Mapped[int] = mapped_column(BigId)  # an admin, who may have left since
    created_at: Mapped[datetime]
    starts_at: Mapped[datetime | None]
    local_at: Mapped[time | None]  # at this hour of each reader
    entered_up_to: Mapped[int] = mapped_column(BigId, default=0)  # users up to this id have their deliveries
    entered_at: Mapped[datetime | None]  # since when everybody has
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]  # since when what was sent is being deleted
    recall_finished_at: Mapped[datetime | None]


class Delivery(Base):
    """Something that the bot says of its own accord; `dedupe_key` makes sure it is said once."""

    __tablename__ = "deliveries"
    __table_args__ = (
        # The two ways in which rows are claimed: everything personal, and one broadcast.
        Index("ix_deliveries_status_due_at", "status", "priority", "due_at", "id"),
        Index("ix_deliveries_broadcast_id", "broadcast_id", "status", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = _owner()
    kind: Mapped[DeliveryKind]
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    wanted_at: Mapped[datetime]  # the moment that it is meant for
    due_at: Mapped[datetime]  # not before this; later with every try
    not_after: Mapped[datetime]  # later than this it is not sent any more
    priority: Mapped[int]
    status: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.PENDING)
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    attempt_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("attempts.id", ondelete="CASCADE"), index=True)
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id", ondelete="CASCADE"))
    message_id: Mapped[int | None] = mapped_column(BigId)
    reason: Mapped[str | None] = mapped_column(Text)  # why it failed or was skipped
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    waited: Mapped[float | None]  # seconds from wanted_at to finished_at
