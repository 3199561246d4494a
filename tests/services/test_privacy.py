"""A user can have everything that is stored about them, and can have it deleted."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.models import Base, Dialogue
from bot.domain.errors import UnknownUser
from bot.domain.identity import UserId
from bot.domain.review import Rating
from bot.services import answering, reviewing
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman

PERSONAL = {name: table for name, table in Base.metadata.tables.items() if "user_id" in table.columns}


async def _lives_fully(person: Candidate) -> None:
    """Leaves something in every table that has to do with people."""
    await person.finishes(Rating.HARD)
    asked = await person.asks_for_another()
    await person.takes_the_hint(asked.attempt_id)
    first = await person.answers(f"My number is {person.id}. <b>Bold</b> 'quoted'")
    assert first.last_message_id is not None
    await person.starts_over(asked.attempt_id, first.last_message_id)
    draft = await person.answers("Обычный ответ. پاسخ")
    assert draft.last_message_id is not None
    await person.edits(draft.last_message_id, f"Mended by {person.id}.")
    async with person.db.begin() as session:
        await answering.note_status_message(session, person.id, asked.attempt_id, person.new_message_id())
        await reviewing.note_reveal_message(session, person.id, asked.attempt_id, person.new_message_id())
    put_off = await person.asks_for_another()
    await person.puts_off(put_off.attempt_id)
    await person.wants_only(1, 3)
    await person.pauses(3)
    await person.is_asked_for(Dialogue.CITY)


async def _rows_of(db: Database, user_id: UserId) -> Mapping[str, int]:
    """How many rows of each table belong to the user."""
    async with db.read() as session:
        counts = {
            name: await session.scalar(select(func.count()).where(table.columns.user_id == user_id))
            for name, table in PERSONAL.items()
        }
        people = Base.metadata.tables["users"]
        counts["users"] = await session.scalar(select(func.count()).where(people.columns.id == user_id))
    return {name: count or 0 for name, count in counts.items()}


async def test_the_export_holds_every_row_of_the_user(db: Database, sara: Candidate) -> None:
    await _lives_fully(sara)
    exported = await sara.exports()
    counted = await _rows_of(db, sara.id)
    assert {name: len(rows) for name, rows in exported.items() if name != "exported_at"} == counted
    assert all(counted.values()), "nothing is proven of a table that is empty"


async def test_the_export_says_what_was_typed_and_chosen(sara: Candidate, clock: HandClock) -> None:
    await _lives_fully(sara)
    exported = await sara.exports()
    assert exported["exported_at"] == clock.now().isoformat()
    texts = [part["text"] for part in exported["answer_parts"]]
    assert f"Mended by {sara.id}." in texts
    assert f"My number is {sara.id}. <b>Bold</b> 'quoted'" in texts, "what was set aside is still stored"
    (user,) = exported["users"]
    assert (user["id"], user["locale"], user["zone"]) == (sara.id, "fa", "Asia/Tehran")
    assert (user["daily_at"], user["weekdays"]) == ("09:00:00", [1, 3])
    assert exported["attempts"][0]["rating"] == "hard"


async def test_the_export_holds_nothing_of_anybody_else(sara: Candidate, ivan: Candidate) -> None:
    await _lives_fully(sara)
    await _lives_fully(ivan)
    exported = await sara.exports()
    for table, rows in exported.items():
        if table not in {"exported_at", "users"}:
            assert {row["user_id"] for row in rows} == {sara.id}
    assert f"Mended by {ivan.id}." not in json.dumps(exported)


async def test_the_export_is_json_and_names_every_column(sara: Candidate) -> None:
    await _lives_fully(sara)
    exported: dict[str, Any] = await sara.exports()
    assert json.loads(json.dumps(exported, ensure_ascii=False)) == exported
    for table, rows in exported.items():
        if table != "exported_at":
            assert set(rows[0]) == {column.name for column in Base.metadata.tables[table].columns}


async def test_forgetting_leaves_no_row_of_the_user_in_any_table(
    db: Database, sara: Candidate, postman: Postman
) -> None:
    await _lives_fully(sara)
    await sara.forgets_me()
    assert set((await _rows_of(db, sara.id)).values()) == {0}
    assert await sara.profile() is None


async def test_forgetting_one_leaves_the_others_untouched(sara: Candidate, ivan: Candidate) -> None:
    await _lives_fully(sara)
    await _lives_fully(ivan)
    before = await ivan.exports()
    await sara.forgets_me()
    assert await ivan.exports() == before


async def test_forgetting_leaves_the_questions(db: Database, sara: Candidate, ivan: Candidate) -> None:
    await _lives_fully(sara)
    await sara.forgets_me()
    assert (await ivan.asks_for_another()).question.total == 17


async def test_forgetting_twice_is_forgetting_once(sara: Candidate) -> None:
    await sara.forgets_me()
    await sara.forgets_me()
    assert await sara.profile() is None


async def test_whoever_comes_back_begins_anew(sara: Candidate) -> None:
    await _lives_fully(sara)
    await sara.forgets_me()
    chosen = await sara.arrives()
    assert (chosen.weekdays, chosen.paused) == (frozenset(range(7)), False)
    assert (await sara.asks_for_another()).question.number == 1


async def test_nothing_is_exported_of_a_stranger(newcomer: Candidate) -> None:
    with pytest.raises(UnknownUser):
        await newcomer.exports()
