"""What can go wrong for one user; the docstring is the message, the attributes are the data."""

from dataclasses import dataclass


class DomainError(Exception):
    """Something that the user can be told about and can mend."""

    def __str__(self) -> str:
        return type(self).__doc__ or type(self).__name__


class AlreadyHandled(DomainError):
    """Telegram has repeated an update that was handled to the end."""


class UnknownUser(DomainError):
    """The person has not started the bot, or has deleted everything."""


class UnknownAttempt(DomainError):
    """The button names a question that was never put to this user."""


class NothingAnswered(DomainError):
    """The model answer is shown after a try or an explicit skip, not before."""


class NothingEarlier(DomainError):
    """The question was never answered before."""


class AlreadyAnswered(DomainError):
    """A question that has an answer cannot be skipped or put off."""


class AlreadyClosed(DomainError):
    """The question was revealed or skipped before."""


class NoQuestions(DomainError):
    """The user's track has no question to ask."""


class BadTime(DomainError):
    """The typed hour is not a time of day."""


@dataclass
class UnknownCity(DomainError):
    """No time zone is known by that city."""

    city: str


class NoWeekday(DomainError):
    """At least one day of the week must stay."""


class UnknownBroadcast(DomainError):
    """There is no broadcast by that number."""


class NotPossibleNow(DomainError):
    """The broadcast is not in a state in which that can be done, such as resuming what has been cancelled."""


class NobodyToReach(DomainError):
    """No user belongs to the audience."""


class EmptyBroadcast(DomainError):
    """A broadcast needs something to send, in at least one language."""
