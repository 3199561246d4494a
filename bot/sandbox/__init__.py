"""A local stand-in for Telegram: a Bot API server and a chat page for trying the bot without a token."""

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import Sandbox
from bot.sandbox.types import SandboxUser

__all__ = ["Fault", "FaultKind", "Sandbox", "SandboxUser"]
