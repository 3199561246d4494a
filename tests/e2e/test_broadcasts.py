"""One message to many people: seen in their chats, through faults, held, ended and taken back."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiogram.types import BufferedInputFile
from sqlalchemy import select

from bot.db import users
from bot.db.audience import Audience
from bot.db.models import BroadcastState, Delivery
from bot.domain.identity import BroadcastId, Locale, UserId
from bot.domain.schedule import IGNORED_PUSHES_BEFORE_PAUSE
from bot.sandbox import Fault, FaultKind
from bot.sandbox.state.images import TINY_PNG
from bot.services import broadcasting
from bot.services.broadcasting import Progress
from bot.services.pushes import Button, Content
from bot.telegram.client import connect
from tests.support.coach import ADA, TOKEN, Coach, running_coach
from tests.support.crier import Crier
from tests.support.crowd import NEWS, Crowd, gathered_crowd
from tests.support.person import Person
from tests.support.talks import heard, ivan_with_question, moscow, pushed_at, sara_with_question
from tests.support.telegram import calls_of
from tests.support.waiting import until
from tests.support.words import RU

PEOPLE = 100
"""More than the sender holds in its hand."""

FEW = 10
RUSSIANS = Audience((Locale.RU,))
EVERYBODY = Audience((Locale.FA, Locale.RU))
HELLO = {Locale.FA: Content(text="سلام به همه"), Locale.RU: Content(text="Привет всем")}
TO_CROWD = {Locale.RU: Content(text=NEWS)}
REFUSALS = (FaultKind.TOO_MANY_REQUESTS, FaultKind.SERVER_ERROR, FaultKind.RESET)


@pytest.fixture
def crier(coach: Coach) -> Crier:
    return Crier(coach.db, coach.clock)


@pytest.fixture
async def crowd(coach: Coach, sqlite_url: str) -> AsyncIterator[Crowd]:
    """People who started the bot long ago."""
    await coach.stop()
    async with gathered_crowd(coach.sandbox.url, sqlite_url, PEOPLE, coach.clock.now()) as gathered:
        await coach.start()
        yield gathered


async def _comes_to(crier: Crier, news: BroadcastId, wanted: Callable[[Progress], bool], within: float = 15.0) -> None:
    async def has_come() -> bool:
        return wanted(await crier.progress(news))

    await until(has_come, within)


async def _is_done(crier: Crier, news: BroadcastId) -> Progress:
    """By the coach's clock, which goes on, so that what failed is tried again."""

    async def has_ended() -> bool:
        crier.clock.advance(timedelta(seconds=1))
        return (await crier.progress(news)).state is BroadcastState.DONE

    await until(has_ended, 20)
    return await crier.progress(news)


async def _reasons(coach: Coach, news: BroadcastId) -> dict[int, str | None]:
    """By reader."""
    async with coach.db.read() as session:
        rows = await session.scalars(select(Delivery).where(Delivery.broadcast_id == news))
        return {row.user_id: row.reason for row in rows}


async def _readers(crier: Crier, audience: Audience = EVERYBODY) -> int:
    """How many people a broadcast would reach now."""
    news = await crier.drafts(HELLO, audience)
    async with crier.db.read() as session:
        return await broadcasting.count_readers(session, news)


async def test_it_reaches_both_languages_with_its_buttons(coach: Coach, crier: Crier) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    buttons = ((Button("?", data="no-such-thing"), Button("→", url="https://example.org/")),)
    fa = Content(text="خبر <b>مهم</b>", buttons=buttons)
    ru = Content(text="<i>Важная</i> новость", buttons=buttons)
    news = await crier.starts({Locale.FA: fa, Locale.RU: ru}, EVERYBODY)
    for person, text, html in ((sara, "خبر مهم", "<b>مهم</b>"), (ivan, "Важная новость", "<i>Важная</i>")):
        seen = await person.sees(text)
        assert html in seen.html
        assert seen.buttons == ((("?", "no-such-thing"), ("→", None)),)
    assert (await _is_done(crier, news)).sent == 2


async def test_a_copied_photo_keeps_its_caption_and_formatting(coach: Coach, crier: Crier) -> None:
    ivan, ada = await ivan_with_question(coach), coach.person(ADA)
    await ada.starts()
    photo = await _photo_in_the_chat_of(coach, ada, "Новый <b>набор</b> вопросов")
    content = Content(from_chat_id=ada.id, message_id=photo, buttons=((Button("Ура", data="x"),),))
    await crier.starts({Locale.RU: content}, RUSSIANS)
    seen = await ivan.sees("Новый набор вопросов")
    assert "<b>набор</b>" in seen.html
    assert seen.buttons == ((("Ура", "x"),),)
    [body] = [body for body in (await ivan.chat())["messages"] if body["message_id"] == seen.id]
    assert body["photo"]
    assert "forward_origin" not in body
    [call] = await calls_of(coach.sandbox.url, "copyMessage")
    assert (call["params"]["chat_id"], call["params"]["from_chat_id"]) == (str(ivan.id), str(ada.id))


async def _photo_in_the_chat_of(coach: Coach, person: Person, caption: str) -> int:
    bot = connect(TOKEN, api_url=coach.sandbox.url, proxy_url=None, patient=False)
    try:
        return (await bot.send_photo(person.id, BufferedInputFile(TINY_PNG, "p.png"), caption=caption)).message_id
    finally:
        await bot.session.close()


async def test_whoever_cannot_be_reached_is_left_alone_until_they_come_back(coach: Coach, crier: Crier) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.DEACTIVATED, "sendMessage", chat_id=ivan.id))
    news = await crier.starts(HELLO, EVERYBODY)
    await sara.sees("سلام به همه")
    done = await _is_done(crier, news)
    assert (done.sent, done.failed) == (1, 1)
    assert "user is deactivated" in str((await _reasons(coach, news))[ivan.id])
    assert await _readers(crier) == 1
    coach.sandbox.faults.clear()
    [own] = await ivan.starts()
    await ivan.sees(RU.ready, after=own)
    assert await _readers(crier) == 2
    await crier.starts(HELLO, EVERYBODY)
    await ivan.sees("Привет всем")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(Content(text="<b>Привет"), "can't parse entities", id="a text that is no HTML"),
        pytest.param(Content(text="я" * 5000), "too long", id="a text that is too long"),
        pytest.param(Content(from_chat_id=202, message_id=10**6), "not found", id="a message that is gone"),
        pytest.param(Content(from_chat_id=-1001, message_id=1), "chat not found", id="a chat that is gone"),
    ],
)
async def test_what_telegram_does_not_take_is_nobody_s_fault(
    coach: Coach, crier: Crier, content: Content, reason: str
) -> None:
    ivan = await ivan_with_question(coach)
    news = await crier.starts({Locale.RU: content}, RUSSIANS)
    assert (await _is_done(crier, news)).failed == 1
    assert reason in str((await _reasons(coach, news))[ivan.id])
    assert await _readers(crier, RUSSIANS) == 1, "he is there all the same"


@pytest.mark.parametrize("kind", REFUSALS)
async def test_what_failed_is_tried_again(coach: Coach, crier: Crier, kind: FaultKind) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    coach.sandbox.faults.add(Fault(kind, "sendMessage", chat_id=ivan.id, times=2))
    news = await crier.starts(HELLO, EVERYBODY)
    assert (await _is_done(crier, news)).sent == 2
    assert len(await heard(ivan, "Привет всем")) == 1
    assert len(await heard(sara, "سلام به همه")) == 1


def _loses_an_answer(coach: Coach, person: Person) -> None:
    """The next message arrives, and Telegram's answer does not."""
    coach.sandbox.faults.add(Fault(FaultKind.LOST_RESPONSE, "sendMessage", chat_id=person.id, times=1))


async def test_what_was_sent_in_vain_comes_once_more(coach: Coach, crier: Crier) -> None:
    """Telegram took it, and its answer got lost: twice is better than never."""
    ivan = await ivan_with_question(coach)
    _loses_an_answer(coach, ivan)
    news = await crier.starts({Locale.RU: HELLO[Locale.RU]}, RUSSIANS)
    assert (await _is_done(crier, news)).sent == 1
    assert len(await heard(ivan, "Привет всем")) == 2


async def test_a_question_whose_answer_got_lost_comes_once_more(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    _loses_an_answer(coach, ivan)
    coach.clock.set(moscow(23, 9))
    await ivan.sees(RU.waiting)
    await _time_passes(coach)
    assert len(await heard(ivan, RU.waiting)) == 2


async def test_a_pause_notice_whose_answer_got_lost_does_not(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    async with coach.db.begin() as session:
        user = await users.get(session, UserId(ivan.id))
        user.ignored_pushes = IGNORED_PUSHES_BEFORE_PAUSE
    _loses_an_answer(coach, ivan)
    coach.clock.set(moscow(23, 9))
    await ivan.sees(RU.stopped)
    await _time_passes(coach)
    assert len(await heard(ivan, RU.stopped)) == 1


async def _time_passes(coach: Coach) -> None:
    """Long enough for two more tries, the second of which nobody wants."""
    for _ in range(10):
        coach.clock.advance(timedelta(seconds=15))
        await asyncio.sleep(0.1)


async def test_a_refusal_in_the_middle_loses_and_doubles_nothing(coach: Coach, crier: Crier, crowd: Crowd) -> None:
    news = await crier.starts(TO_CROWD, RUSSIANS)
    await _comes_to(crier, news, lambda progress: progress.sent >= FEW)
    coach.sandbox.faults.add(Fault(FaultKind.TOO_MANY_REQUESTS, "sendMessage", times=3))
    assert (await _is_done(crier, news)).sent == PEOPLE
    assert set((await crowd.copies()).values()) == {1}


async def test_pausing_holds_it_and_resuming_goes_on(crier: Crier, crowd: Crowd) -> None:
    news = await crier.starts(TO_CROWD, RUSSIANS)
    await _comes_to(crier, news, lambda progress: progress.sent >= FEW)
    await crier.pauses(news)
    held = await _stands_still(crier, news)
    assert held.left > 0
    copies = await crowd.copies()
    assert (copies.total(), max(copies.values())) == (held.sent, 1)
    await crier.resumes(news)
    assert (await _is_done(crier, news)).sent == PEOPLE
    assert set((await crowd.copies()).values()) == {1}


async def test_cancelling_ends_it_and_a_recall_takes_it_back(crier: Crier, crowd: Crowd) -> None:
    news = await crier.starts(TO_CROWD, RUSSIANS)
    await _comes_to(crier, news, lambda progress: progress.sent >= FEW)
    await crier.cancels(news)
    await _comes_to(crier, news, lambda progress: progress.finished_at is not None)
    ended = await crier.progress(news)
    assert ended.skipped > 0
    assert (ended.sent + ended.skipped, ended.left) == (PEOPLE, 0)
    assert (await crowd.copies()).total() == ended.sent
    await crier.recalls(news)
    await _comes_to(crier, news, lambda progress: progress.recalled == ended.sent)
    assert (await crowd.copies()).total() == 0


async def _stands_still(crier: Crier, news: BroadcastId) -> Progress:
    """Waits until nothing is on its way any more."""
    before = (await crier.progress(news)).sent
    while True:
        await asyncio.sleep(0.5)  # that nothing comes cannot be waited for
        now = await crier.progress(news)
        if now.sent == before:
            return now
        before = now.sent


async def test_a_restart_in_the_middle_loses_and_doubles_nothing(coach: Coach, crier: Crier, crowd: Crowd) -> None:
    news = await crier.starts(TO_CROWD, RUSSIANS)
    await _comes_to(crier, news, lambda progress: progress.sent >= FEW)
    await coach.restart()
    assert (await crier.progress(news)).left > 0, "it was restarted too late"
    assert (await _is_done(crier, news)).sent == PEOPLE
    assert set((await crowd.copies()).values()) == {1}


async def test_nobody_waits_for_a_reply_because_of_a_broadcast(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_RATE", "10")
    async with running_coach(sqlite_url) as coach:
        await coach.stop()
        async with gathered_crowd(coach.sandbox.url, sqlite_url, PEOPLE, coach.clock.now()):
            await coach.start()
            ivan, crier = await ivan_with_question(coach), Crier(coach.db, coach.clock)
            news = await crier.starts(TO_CROWD, RUSSIANS)
            await _comes_to(crier, news, lambda progress: progress.sent >= FEW)
            took = await _timed(_answers(ivan))
            assert (await crier.progress(news)).left > 50
            await crier.cancels(news)
    assert took < 2


async def _answers(person: Person) -> None:
    await person.says("Мой ответ.")
    await person.sees(RU.saved)


async def _timed(deed: Awaitable[None]) -> float:
    began = time.monotonic()
    await deed
    return time.monotonic() - began


async def test_a_question_that_comes_late_in_the_night_does_not_ring(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await pushed_at(coach, moscow(23, 9), ivan, RU.waiting)
    await coach.stop()
    coach.clock.set(moscow(24, 23))
    before = await ivan.last()
    await coach.start()
    await ivan.sees(RU.waiting, after=before)
    sent = [call["params"] for call in await calls_of(coach.sandbox.url, "sendMessage")]
    *_, loud, silent = [call for call in sent if call["chat_id"] == str(ivan.id)]
    assert "disable_notification" not in loud
    assert silent["disable_notification"].lower() == "true"
