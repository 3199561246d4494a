"""What a candidate has typed and done, kept beside the bot, to be compared with what the bot has stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.domain.answer import TypedMessage
from bot.domain.errors import DomainError
from bot.domain.identity import AttemptId
from bot.services.answering import Draft


@dataclass
class Diary:
    """`home` says which attempt a message belongs to; `shown` are the messages with questions."""

    attempts: list[AttemptId] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    written: dict[int, TypedMessage] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)  # as edited last
    home: dict[int, AttemptId] = field(default_factory=dict)
    discarded: set[int] = field(default_factory=set)
    skipped: set[AttemptId] = field(default_factory=set)
    revealed: dict[AttemptId, list[str]] = field(default_factory=dict)

    def ask(self, attempt_id: AttemptId) -> bool:
        """Notes a question; whether it has an answer."""
        if attempt_id not in self.attempts:
            self.attempts.append(attempt_id)
        return self.is_answered(attempt_id)

    def message(self, which: int) -> TypedMessage:
        return list(self.written.values())[which % len(self.written)]

    def write(self, message: TypedMessage, draft: Draft) -> None:
        assert draft.attempt_id not in self.revealed, "a revealed answer has grown"
        self.ask(draft.attempt_id)
        self.written[message.id] = message
        self.texts[message.id] = message.text
        self.home[message.id] = draft.attempt_id
        self.compare(message.id, draft)

    def edit(self, message_id: int, text: str, draft: Draft | None) -> None:
        assert draft is not None
        self.texts[message_id] = text
        self.compare(message_id, draft)

    def discard(self, up_to: int, draft: Draft) -> None:
        """All that was typed to the same question, up to the message `up_to`, counts no more."""
        same = [id_ for id_, home in self.home.items() if home == self.home[up_to]]
        self.discarded |= {id_ for id_ in same if id_ <= up_to}
        self.compare(up_to, draft)

    def reveal(self, attempt_id: AttemptId) -> None:
        self.revealed.setdefault(attempt_id, self.answer(attempt_id))

    def counting(self, attempt_id: AttemptId) -> list[int]:
        return sorted(id_ for id_, home in self.home.items() if home == attempt_id and id_ not in self.discarded)

    def answer(self, attempt_id: AttemptId) -> list[str]:
        return [self.texts[message_id] for message_id in self.counting(attempt_id)]

    def is_answered(self, attempt_id: AttemptId) -> bool:
        return bool(self.counting(attempt_id))

    def is_revealed(self, message_id: int) -> bool:
        return self.home[message_id] in self.revealed

    def can_be_revealed(self, attempt_id: AttemptId) -> bool:
        return self.is_answered(attempt_id) or attempt_id in self.skipped

    @contextmanager
    def refused(self, error: type[DomainError], *, when: bool) -> Iterator[None]:
        """What is done in the block is refused with `error` exactly when it should be."""
        try:
            yield
        except error:
            assert when, f"refused without need: {error.__doc__}"
        else:
            assert not when, f"should have been refused: {error.__doc__}"

    def compare(self, message_id: int, draft: Draft) -> None:
        """The status that the user sees after a message is that of its question."""
        counting = self.counting(self.home[message_id])
        assert draft.attempt_id == self.home[message_id]
        assert (draft.messages, draft.last_message_id) == (len(counting), counting[-1] if counting else None)

    def check(self, stored: dict[str, Any]) -> None:
        """Every message is stored once, as edited last, with its question; and what was revealed stays as it was."""
        parts = stored["answer_parts"]
        assert len(parts) == len(self.texts)
        assert {part["message_id"]: part["text"] for part in parts} == self.texts
        assert {part["message_id"]: part["attempt_id"] for part in parts} == self.home
        assert {part["message_id"] for part in parts if part["discarded_at"]} == self.discarded
        for attempt in stored["attempts"]:
            answered = self.is_answered(AttemptId(attempt["id"]))
            assert (attempt["answered_at"] is not None) == answered, (
                f"{attempt} has {'an' if answered else 'no'} answer"
            )
        for attempt_id, answer in self.revealed.items():
            assert self.answer(attempt_id) == answer
