"""What administrators read."""

from bot.services.statistics import Overview
from bot.telegram.texts.wording import Html, _, fill, spoken_time


def overview(numbers: Overview) -> str:
    return fill(
        _(
            "<b>Interview Coach</b>\n\n"
            "👥 Users: {users}\n"
            "🟢 Active in the last 7 days: {active}\n"
            "🚫 Unreachable: {unreachable}\n\n"
            "<b>Today</b>\n"
            "✍️ Answered questions: {answers}\n"
            "📤 Deliveries sent: {sent}\n"
            "⚠️ Deliveries failed: {failed}\n"
            "⏱ Longest delay: {delay}"
        ),
        users=numbers.users,
        active=numbers.active,
        unreachable=numbers.unreachable,
        answers=numbers.answers_today,
        sent=numbers.sent_today,
        failed=numbers.failed_today,
        delay=Html(spoken_time(numbers.longest_wait)),
    )


def fault(kind: str, update_id: int) -> str:
    sentence = _("⚠️ An update could not be handled: {kind}, update {id}. The log has the details.")
    return fill(sentence, kind=kind, id=str(update_id))
