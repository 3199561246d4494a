"""What can be set from outside; the only reader of the environment."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from aiogram.utils.token import TokenValidationError, validate_token
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parents[1]
FREE_RATE, PAID_RATE = 30, 1000
"""Messages a second over all chats that Telegram takes for nothing, and for Stars."""

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


class SettingsError(Exception):
    """A setting is missing or malformed; the message names it in one line."""


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


class LogLevel(StrEnum):
    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


def _token(token: SecretStr) -> SecretStr:
    try:
        validate_token(token.get_secret_value())
    except TokenValidationError:
        raise ValueError("is not a token as @BotFather gives it, such as 123456:ABC-DEF") from None
    return token


def _ids(value: Any) -> Any:
    """A comma-separated list of numbers, as a .env file holds it."""
    if not isinstance(value, str):
        return value
    pieces = [piece.strip() for piece in value.split(",") if piece.strip()]
    if not all(piece.isdecimal() for piece in pieces):
        raise ValueError("should be Telegram ids separated by commas, such as 1001,1002")
    return frozenset(map(int, pieces))


def _database_url(value: str) -> str:
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        raise ValueError("is not a database URL") from None
    backend = url.drivername.partition("+")[0]
    if backend not in _DRIVERS:
        raise ValueError("should begin with sqlite: or postgresql:")
    return url.set(drivername=_DRIVERS[backend]).render_as_string(hide_password=False)


def _http_url(value: str) -> str:
    return _url(value, "http", "https").rstrip("/")


def _proxy_url(value: str | None) -> str | None:
    return _url(value, "http", "https", "socks4", "socks5") if value else None


def _url(value: str, *schemes: str) -> str:
    try:
        parts = urlsplit(value)
        complete = parts.scheme in schemes and parts.hostname and (parts.port or True)
    except ValueError:  # a port that is no number
        complete = False
    if not complete:
        raise ValueError(f"should be a URL with a host, beginning with {' or '.join(schemes)}")
    return value


class Settings(BaseSettings):
    """Read from the environment, else from the file .env; .env.example explains each one."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, validate_default=True
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    bot_api_url: Annotated[str, AfterValidator(_http_url)] = "https://api.telegram.org"
    proxy_url: Annotated[str | None, AfterValidator(_proxy_url), Field(repr=False)] = None
    database_url: Annotated[str, AfterValidator(_database_url), Field(repr=False)] = f"sqlite:///{ROOT}/data/bot.db"
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    paid_broadcast: bool = False
    send_rate: Annotated[float, Field(gt=0, le=PAID_RATE)] = 29.9
    log_level: Annotated[LogLevel, BeforeValidator(lambda value: str(value).upper())] = LogLevel.INFO
    log_format: LogFormat = LogFormat.CONSOLE
    heartbeat_file: Path | None = None

    @field_validator("send_rate")
    @classmethod
    def _is_allowed(cls, rate: float, info: ValidationInfo) -> float:
        """https://core.telegram.org/bots/faq#broadcasting-to-users"""
        if rate > FREE_RATE and not info.data.get("paid_broadcast"):
            raise ValueError(f"should be at most {FREE_RATE} a second; PAID_BROADCAST=true allows more, for Stars")
        return rate


def load_settings(**changes: Any) -> Settings:
    """The settings, some of them replaced by `changes`. Raises SettingsError."""
    try:
        return Settings(**changes)
    except ValidationError as invalid:
        first = invalid.errors(include_input=False)[0]
        name = str(first["loc"][0]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    except UnicodeDecodeError:
        raise SettingsError(".env: is not UTF-8 text") from None
