"""Greetings, help, and answers to what the bot cannot use."""

from bot.domain.identity import Track
from bot.services.asking import DoneForToday
from bot.telegram.texts.wording import _, fill, moment

COMMANDS = ("today", "settings", "help", "privacy", "export", "forget")
ADMIN_COMMANDS = (*COMMANDS, "admin")


def bot_name() -> str:
    return _("Interview Coach: customer support")


def bot_description() -> str:
    return _(
        "Prepares you for interviews in customer support: one question a day at the hour you choose, your typed "
        "answer, guidance and a model answer, and the same question again before you forget it.\n\n"
        "For support managers and technical support engineers. Free, in Persian and Russian."
    )


def bot_short_description() -> str:
    return _("A daily interview question for customer-support jobs, with guidance and a model answer.")


def command_description(command: str) -> str:
    return {
        "today": _("Today's question"),
        "settings": _("Language, track, hour, days, pause"),
        "help": _("How this works"),
        "privacy": _("What is stored about you"),
        "export": _("Your data as a file"),
        "forget": _("Delete all your data"),
        "admin": _("Numbers for administrators"),
    }[command]


def choose_language() -> str:
    return _("Hello! Which language shall we speak?")


def choose_track() -> str:
    return _("Hello! I will prepare you for your interview, one question a day.\n\nWhich job are you preparing for?")


def track_name(track: Track) -> str:
    match track:
        case Track.SUPPORT_MANAGER:
            return _("Support manager")
        case Track.SUPPORT_ENGINEER:
            return _("Technical support engineer")


def help_text() -> str:
    lines = [f"{fill('{command}', command=f'/{name}')} — {command_description(name)}" for name in COMMANDS]
    intro = _(
        "<b>How this works</b>\n\n"
        "Every day at your hour I ask a question that interviewers really ask. Type the answer as you would say it, "
        "in one message or several; an edited message counts as edited. Then look at the model answer and rate "
        "yourself: the rating decides when the question comes back.\n\n"
        "To answer an older question, reply to its message."
    )
    return "\n\n".join((fill(intro), "\n".join(lines)))


def done_for_today(done: DoneForToday, zone: str) -> str:
    if done.next_at is None:
        return _("You have done today's question. Nothing is planned: the daily question is paused.")
    sentence = _("You have done today's question. The next one comes on {moment}.")
    return fill(sentence, moment=moment(done.next_at, zone))


def nothing_to_answer() -> str:
    return _(
        "No question is waiting for an answer, so I have not kept this text. Take a question, or reply to an older one."
    )


def cannot_listen() -> str:
    return _("I cannot listen to recordings yet. Please type your answer, the way you would say it.")


def cannot_look() -> str:
    return _("I can only read text so far. Please type your answer as a message.")


def nice_sticker() -> str:
    return _("Nice one! I understand words better, though: type your answer, or send /today for a question.")


def unknown_command() -> str:
    return _("I do not know this command. /help shows what I can do.")


def not_started() -> str:
    return _("We have not met yet, or you have deleted your data. Press /start to begin.")


def only_private() -> str:
    return _("I work in a private chat: open my profile and press Start.")
