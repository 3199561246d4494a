"""What is stored is told, handed over and deleted, by whoever it belongs to."""

from tests.support.coach import ADA, Coach
from tests.support.talks import (
    answers_of,
    data,
    export_of,
    finish,
    heard,
    ivan_with_question,
    moscow,
    nothing_at,
    sara_with_question,
    with_first_question,
)
from tests.support.words import FA, RU, Words

CONFIRM = {FA: "این کار برگشت ندارد", RU: "Вернуть их будет нельзя"}
YES = {FA: "بله، همه را پاک کن", RU: "Да, удалить всё"}
NO = {FA: "نه، نگه دار", RU: "Нет, оставить"}
GONE = {FA: "همه‌چیز پاک شد", RU: "Всё удалено"}
KEPT = {FA: "چیزی پاک نشد", RU: "ничего не удалено"}


async def test_the_policy_names_what_is_stored_and_the_ways_out(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("/privacy")
    policy = await person.sees("/forget")
    assert "/export" in policy.text
    assert policy.html.count("<b>") == 3


async def test_the_export_holds_the_answers_the_ratings_and_the_choices(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    sara = await sara_with_question(coach)
    await sara.says("این مال ساراست.")
    await sara.sees(FA.saved)
    await ivan.says("<b>Первая</b> версия.")
    status = await ivan.sees(RU.saved)
    await ivan.presses(RU.start_over, status)
    await ivan.sees(RU.cleared)
    await ivan.says("Вторая.")
    await ivan.presses(RU.reveal, await ivan.sees(RU.saved))
    await ivan.presses(RU.good, await ivan.sees(RU.example))
    await ivan.sees(RU.rated)
    stored = await export_of(coach, ivan)
    [me] = stored["users"]
    assert (me["id"], me["locale"], me["track"], me["zone"]) == (ivan.id, "ru", "support-engineer", "Europe/Moscow")
    assert [part["text"] for part in stored["answer_parts"]] == ["<b>Первая</b> версия.", "Вторая."]
    assert [attempt["rating"] for attempt in stored["attempts"]] == ["good"]
    assert "این مال ساراست." not in str(stored)
    document = await ivan.last()
    assert (document.document, document.text) == ("interview-coach.json", "Всё, что о вас хранится, в файле JSON.")


async def test_forgetting_asks_first_and_then_leaves_nothing(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await finish(person, words)
    await person.says("/forget")
    question = await person.sees(CONFIRM[words])
    await person.presses(YES[words], question)
    assert (await person.sees(GONE[words])).buttons == ()
    [own] = await person.says("/export")
    assert words.not_met in (await person.sees("/start", after=own)).text
    await nothing_at(coach, moscow(24, 12), person)
    [again] = await person.starts()
    await person.sees(words.choose_job, after=again)
    await person.presses(words.job)
    await person.sees(words.first, after=again)
    stored = await export_of(coach, person)
    assert stored["answer_parts"] == stored["cards"] == []


async def test_whoever_hesitates_keeps_everything(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("1 2 3")
    await person.sees(words.saved)
    await person.says("/forget")
    await person.presses(NO[words], await person.sees(CONFIRM[words]))
    assert (await person.sees(KEPT[words])).buttons == ()
    assert await answers_of(coach, person) == [["1 2 3"]]


async def test_forgetting_is_told_the_truth_however_often_one_presses(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("/forget")
    question = await person.sees(CONFIRM[words])
    yes, no = data(question, YES[words]), data(question, NO[words])
    for code in (yes, yes, no):
        await person.presses_data(question, code)
    await person.sees(GONE[words])
    assert not await heard(person, KEPT[words])


async def test_the_farewell_stays_in_the_language_that_was_chosen(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts("support-engineer")
    await ada.presses("Русский", await ada.sees("На каком языке"))
    await ada.sees(RU.first)
    await ada.says("/forget")
    question = await ada.sees(CONFIRM[RU])
    for _ in range(2):
        await ada.presses_data(question, data(question, YES[RU]))
    await ada.sees(GONE[RU])


async def test_whatever_one_does_after_forgetting_is_met_with_a_way_in(coach: Coach) -> None:
    ivan, ada = await ivan_with_question(coach), coach.person(ADA)
    await ada.starts()
    question = await ivan.sees(RU.first)
    settings = await ivan.sees(RU.ready)
    [own] = await ivan.says("Мой ответ.")
    status = await ivan.sees(RU.saved)
    await ivan.says("/forget")
    await ivan.presses(YES[RU], await ivan.sees(CONFIRM[RU]))
    await ivan.sees(GONE[RU])
    await ivan.edits(own, "Мой исправленный ответ.")
    for message in (question, settings, status):
        for row in message.buttons:
            for _, code in row:
                assert code is not None
                assert RU.not_met in (await ivan.presses_data(message, code) or "")
    text = await ivan.says("Алло?", reply_to=question)
    assert RU.not_met in (await ivan.sees("/start", after=text[0])).text
    assert not await heard(ivan, RU.apology)
    assert len(await ada.inbox()) == 1  # nothing went wrong that an administrator should know of
