"""The question, the answer as it grows, the reveal and the rating."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.db.questions import QuestionView
from bot.domain.review import Rating
from bot.domain.speech import Speech
from bot.services.answering import Draft
from bot.services.asking import Asked
from bot.services.reviewing import Before, Earlier, Revealed, Ticked
from bot.telegram.texts.wording import Html, _, __, days, fill, hour, listed, local_day, shortened, spoken_time

SAID = 28
"""Letters of the words that are quoted beside a point; enough to find them, and all fits into one message."""

MOST_ADVICE, MOST_WORDS = 2, 2

LONGEST_EARLIER = 1800
"""Letters of an earlier answer that is shown again: they fit into one message even if all are emoji."""

_DIFFICULTY = {1: "●○○", 2: "●●○", 3: "●●●"}


def question(asked: Asked) -> str:
    """The question itself, with its guidance once the user has asked for the hint."""
    parts = [_head(asked), fill("<b>{prompt}</b>", prompt=asked.question.prompt)]
    if asked.hinted:
        parts.append(_guidance(asked.question.guidance))
    if not asked.answered and asked.returns_at is None:
        parts.append(fill(_("Type your answer as you would say it, in one message or several.")))
    return "\n\n".join(parts)


def _head(asked: Asked) -> str:
    item = asked.question
    place = fill(
        _("Question {number} of {total} · {category} · {difficulty}"),
        number=item.number,
        total=item.total,
        category=item.category,
        difficulty=_DIFFICULTY[item.difficulty],
    )
    if not asked.waiting:
        return place
    return "\n".join((_("This question is still waiting for your answer:"), place))


def _guidance(guidance: str) -> str:
    return fill("💡 <b>{title}</b>\n{guidance}", title=_("How to build a good answer"), guidance=guidance)


def skipped(asked: Asked, zone: str) -> str:
    assert asked.returns_at is not None
    sentence = _("⏭ Skipped. This question comes back on {day}.")
    return "\n\n".join((question(asked), fill(sentence, day=local_day(asked.returns_at, zone))))


def put_off(asked: Asked, until: datetime, zone: str) -> str:
    sentence = _("⏰ I will ask again at {hour}.")
    at = until.astimezone(ZoneInfo(zone)).time()
    return "\n\n".join((question(asked), fill(sentence, hour=hour(at))))


def too_late_today(next_at: datetime | None, zone: str) -> str:
    if next_at is None:
        return _("It is late already. You can still answer now.")
    sentence = _("It is late already: I will ask again on {day}. You can still answer now.")
    return fill(sentence, day=local_day(next_at, zone))


def draft(answer: Draft) -> str:
    """How the answer stands: words, time aloud, and what a good length is."""
    if answer.last_message_id is None:
        if answer.open:
            return _("Cleared. Type your answer anew whenever you like.")
        return _("Cleared. To answer anew, reply to the question.")
    words = __("{count} word", "{count} words", answer.words)
    saved = fill(
        _("Saved: {words}, about {time} aloud."),
        words=fill(words, count=answer.words),
        time=spoken_time(answer.aloud),
    )
    return f"{saved}\n{_length_advice(answer.aloud)}"


def _length_advice(aloud: timedelta) -> str:
    if aloud > timedelta(minutes=3):
        return _("That is long for an interview: aim for about two minutes.")
    if aloud < timedelta(seconds=45):
        return _("About two minutes is a good length: you can add more, or edit what you sent.")
    return _("About two minutes is a good length.")


def reveal(revealed: Revealed, zone: str) -> str:
    """Everything that was held back, and what the rating came to once there is one."""
    item = revealed.question
    parts = [
        fill("<b>{prompt}</b>", prompt=item.prompt),
        fill("🎯 <b>{title}</b>\n{text}", title=_("What the interviewer wants to learn"), text=item.purpose),
        _guidance(item.guidance),
        _covered(revealed.ticks) if revealed.ticks else _points(item),
        *([_compared(revealed.before, len(revealed.ticks))] if revealed.before else []),
        *([_sounds(revealed.speech)] if revealed.speech else []),
        fill("🗣 <b>{title}</b>", title=_("One example of an answer")),
    ]
    paragraphs = item.model_answer.replace("\n", "\n\n")
    example = fill("<blockquote expandable>{answer}</blockquote>", answer=paragraphs)
    return "\n\n".join(parts) + f"\n{example}\n" + _verdict(revealed, zone)


def _points(item: QuestionView) -> str:
    points = "\n".join(fill("• {point}", point=point.label) for point in item.points)
    return fill("✅ <b>{title}</b>\n{points}", title=_("A good answer says"), points=Html(points))


def _covered(ticks: Sequence[Ticked]) -> str:
    """What the answer says of what a good one says; what was not recognised is a question, never a verdict."""
    made = sum(ticked.made for ticked in ticks)
    title = fill(_("Your answer: {made} of {all} points"), made=made, all=len(ticks))
    lines = [fill("🧩 <b>{title}</b>", title=title), *map(_line, ticks)]
    if made < len(ticks):
        question = _("I did not recognise what is marked ⬜. Did you say it? Tap it below.")
        lines.append(fill("<i>{question}</i>", question=question))
    return "\n".join(lines)


def _line(ticked: Ticked) -> str:
    if not ticked.made:
        return fill("⬜ {point}", point=ticked.label)
    if ticked.said is None:
        return fill("✅ {point}", point=ticked.label)
    return fill(_("✅ {point}: “{said}”"), point=ticked.label, said=shortened(ticked.said, SAID))


def _compared(before: Before, total: int) -> str:
    """What has changed since the answer before."""
    parts = [fill(_("🔁 Last time: {made} of {all} points."), made=before.made, all=total)]
    if before.new:
        parts.append(fill(_("➕ New: {points}"), points=_some(before.new)))
    if before.gone:
        parts.append(fill(_("➖ Gone: {points}"), points=_some(before.gone)))
    return "\n".join(parts)


def _some(labels: Sequence[str]) -> Html:
    return listed([fill("{label}", label=shortened(label, SAID)) for label in labels[:MOST_WORDS]])


def earlier(found: Earlier, zone: str) -> str:
    """An earlier answer, or its beginning: the message that this one replies to has all of it."""
    title = fill(_("Your answer on {day}:"), day=local_day(found.answered_at, zone))
    answer = fill("<blockquote expandable>{text}</blockquote>", text=shortened(found.text, LONGEST_EARLIER))
    return "\n".join((fill("<b>{prompt}</b>", prompt=found.question.prompt), title, answer))


def _sounds(said: Speech) -> str:
    """The length, and at most two things to mend: more would not be heeded."""
    aloud = fill(_("⏱ About {time} aloud."), time=spoken_time(said.aloud))
    return " ".join([aloud, *_advice(said)[:MOST_ADVICE]])


def _advice(said: Speech) -> list[str]:
    advice = []
    if said.others_only:
        advice.append(_("You tell what “we” did: say what you did yourself."))
    if said.fillers:
        advice.append(fill(_("Often heard: {words}. A pause is better."), words=_counted(said.fillers)))
    if said.lacks_numbers:
        advice.append(_("A number convinces: how many, how long, by how much."))
    if said.repeated:
        advice.append(fill(_("Often repeated: {words}."), words=_counted(said.repeated)))
    return advice


def _counted(found: Sequence[tuple[str, int]]) -> Html:
    shown = [
        fill(_("“{word}” ×{count}"), word=shortened(word, SAID), count=count) for word, count in found[:MOST_WORDS]
    ]
    return listed(shown)


def tick_button(ticked: Ticked) -> str:
    return f"{'✅' if ticked.made else '⬜'} {ticked.label}"


def _verdict(revealed: Revealed, zone: str) -> str:
    if revealed.intervals:
        return _("Compare it with your own answer above. How did it go?")
    if revealed.returns_at is None:
        return ""
    back = local_day(revealed.returns_at, zone)
    if revealed.rating is None:
        return fill(_("This question comes back on {day}."), day=back)
    sentence = _("Your rating: {rating}. This question comes back on {day}.")
    return fill(sentence, rating=rating_name(revealed.rating), day=back)


def rating_name(rating: Rating) -> str:
    match rating:
        case Rating.AGAIN:
            return _("again")
        case Rating.HARD:
            return _("hard")
        case Rating.GOOD:
            return _("good")
        case Rating.EASY:
            return _("easy")


def rating_button(rating: Rating, interval: timedelta) -> str:
    # In Persian a middle dot passes for a zero: the catalogue has another mark there.
    sentence = _("{rating} · {interval}")
    return fill(sentence, rating=rating_name(rating), interval=days(max(1, interval.days)))


def closed_to_edits() -> str:
    return _(
        "You have already seen the model answer to this one, so your answer stays as it was. "
        "To try once more, reply to the question."
    )
