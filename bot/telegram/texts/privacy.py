"""What is stored, the export, and forgetting."""

from bot.telegram.texts.wording import _, fill


def policy() -> str:
    return fill(
        _(
            "<b>What I store</b>\n"
            "Your Telegram id, your settings, the answers that you type, your ratings, and when I wrote to you. "
            "Not your name, your phone number or your location: of a shared location only the time zone is kept.\n\n"
            "<b>What for</b>\n"
            "To ask you the right question at the right hour. Nobody else reads your answers, and they are not "
            "passed on.\n\n"
            "<b>Your rights</b>\n"
            "/export sends you everything as a file. /forget deletes everything, at once and for good."
        )
    )


def export_caption() -> str:
    return _("Everything that is stored about you, as a JSON file.")


def confirm_forget() -> str:
    return _(
        "Shall I delete all your answers, ratings and settings? This cannot be undone. "
        "If you want a copy, take it with /export first."
    )


def forgotten() -> str:
    return _("Everything is deleted. I wish you luck! If you want to start again: /start")


def kept() -> str:
    return _("Good. Nothing was deleted.")
