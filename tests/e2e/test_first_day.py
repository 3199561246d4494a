"""A candidate's first day, in both languages."""

from tests.support.coach import ADA, IVAN, SARA, Coach


async def test_sara_gets_her_first_question_after_one_tap(coach: Coach) -> None:
    sara = coach.person(SARA)
    await sara.starts()
    await sara.sees("برای کدام شغل آماده می‌شوید؟")
    await sara.presses("مدیر پشتیبانی")
    summary = await sara.sees("همه‌چیز آماده است")
    assert "۰۹:۰۰ به وقت تهران" in summary.text
    question = await sara.sees("پرسش ۱ از ۱۷")
    assert [label for row in question.buttons for label, _ in row] == ["⏭ رد کردن", "⏰ امروز، دیرتر", "💡 راهنمایی"]


async def test_ivan_answers_and_rates_himself(coach: Coach) -> None:
    ivan = coach.person(IVAN)
    await ivan.starts("support-engineer")
    await ivan.sees("Вопрос 1 из 14")
    await ivan.says("Я восемь лет работаю в поддержке.")
    status = await ivan.sees("Сохранено: 6 слов")
    assert (await ivan.own())[-1].reactions == ("✍",)
    await ivan.says("И люблю разбираться в причинах.")
    assert (await ivan.sees("Сохранено: 11 слов")).id == status.id
    await ivan.presses("Показать пример ответа")
    reveal = await ivan.sees("Один из возможных ответов")
    assert "<blockquote expandable>" in reveal.html
    assert reveal.reply_to == (await ivan.own())[-1].id
    await ivan.presses("хорошо")
    await ivan.sees("Ваша оценка: хорошо. Вопрос вернётся: вторник, 24 ноября.")


async def test_a_client_in_another_language_is_asked_which_one_to_speak(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts()
    chooser = await ada.sees("На каком языке будем говорить?")
    assert "به چه زبانی صحبت کنیم؟" in chooser.text
    await ada.presses("Русский")
    await ada.presses("Инженер технической поддержки")
    await ada.sees("Вопрос 1 из 14")
