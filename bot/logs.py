"""How the program logs: for people on a console, or as JSON; never a token."""

import logging
import re
from typing import Any

import structlog
from structlog.typing import Processor

from bot.settings import LogFormat, LogLevel

# A bot's token, as it stands in the URLs that network errors quote.
_TOKEN = re.compile(r"\d{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")


def configure_logging(level: LogLevel, format_: LogFormat) -> None:
    """Sends the logs of the program and of its libraries to standard error, one line each."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(shared, format_))
    logging.basicConfig(level=level.value, handlers=[handler], force=True)
    for chatty in ("aiogram", "aiohttp.access", "alembic", "aiosqlite", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level.value)))


def _formatter(shared: list[Processor], format_: LogFormat) -> logging.Formatter:
    if format_ is LogFormat.JSON:
        last: list[Processor] = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        plain = structlog.dev.plain_traceback
        last = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    chain: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last, _hide_token]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=chain)


def _hide_token(_logger: object, _method: str, line: str) -> str:
    return _TOKEN.sub("<token>", line)
