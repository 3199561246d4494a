"""What the user is told when something cannot be done."""

from bot.domain import errors
from bot.domain.errors import DomainError
from bot.telegram.texts.wording import _, fill, shortened


def explain(error: DomainError) -> str:
    """The error in the user's words, with what to do about it."""
    match error:
        case errors.UnknownUser():
            return _("We have not met yet, or you have deleted your data. Press /start to begin.")
        case errors.UnknownAttempt():
            return _("This button belongs to a question that is not yours or no longer exists. Take one with /today.")
        case errors.NothingAnswered():
            return _("First try to answer, or skip the question: then the model answer helps most.")
        case errors.NothingEarlier():
            return _("There is no earlier answer of yours to this question.")
        case errors.AlreadyAnswered():
            return _("You have answered this question already. Look at the model answer next.")
        case errors.AlreadyClosed():
            return _("This question is over. Take the next one with /today, or reply to it to try once more.")
        case errors.NoQuestions():
            return _("There is no question for your job yet. Please choose another one in /settings.")
        case errors.BadTime():
            return _("I did not understand this hour. Type it like 9:30 or 21:00.")
        case errors.UnknownCity(city):
            return fill(
                _(
                    "I do not know the time zone of {city}. "
                    "Type a larger city with the same time, or share your location."
                ),
                city=shortened(city),
            )
        case errors.NoWeekday():
            return _("At least one day must stay. To stop the questions, use the pause.")
        case _:
            return _explain_to_admin(error)


def _explain_to_admin(error: DomainError) -> str:
    match error:
        case errors.UnknownBroadcast():
            return _("There is no such broadcast any more.")
        case errors.NotPossibleNow():
            return _("This cannot be done with the broadcast as it stands now. Look at its state first.")
        case errors.NobodyToReach():
            return _("Nobody belongs to this audience. Choose a wider one.")
        case errors.EmptyBroadcast():
            return _("A broadcast needs a message in at least one language.")
        case _:
            return apology()


def apology() -> str:
    return _("Something went wrong on my side, and it has been reported. What you typed is safe. Please try again.")


def old_button() -> str:
    return _("This button is out of date. Send /today or /settings for a fresh one.")


def already_there() -> str:
    return _("It is already in the chat, a little further down.")
