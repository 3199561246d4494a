"""The methods of the Bot API that the sandbox carries out; importing a module registers its methods."""

from bot.sandbox.api.methods import answering, copying, editing, media, presenting, sending, updating
from bot.sandbox.api.methods.registry import METHODS, carry_out, check_implemented

__all__ = [
    "METHODS",
    "answering",
    "carry_out",
    "check_implemented",
    "copying",
    "editing",
    "media",
    "presenting",
    "sending",
    "updating",
]
