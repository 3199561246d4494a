"""What can be set from outside; the only reader of the environment."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from aiogram.utils.token import TokenValidationError, validate_token
from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parents[1]
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
    except ArgumentError:
        raise ValueError("is not a database URL") from None
    backend = url.drivername.partition("+")[0]
    if backend not in _DRIVERS:
        raise ValueError("should begin with sqlite: or postgresql:")
    return url.set(drivername=_DRIVERS[backend]).render_as_string(hide_password=False)


def _http_url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("should begin with http:// or https://")
    return value.rstrip("/")


def _proxy_url(value: str | None) -> str | None:
    if value and not value.startswith(("http://", "https://", "socks4://", "socks5://")):
        raise ValueError("should begin with http://, socks4:// or socks5://")
    return value or None


class Settings(BaseSettings):
    """Read from the environment, else from the file .env; .env.example explains each one."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, validate_default=True
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    bot_api_url: Annotated[str, AfterValidator(_http_url)] = "https://api.telegram.org"
    proxy_url: Annotated[str | None, AfterValidator(_proxy_url)] = None
    database_url: Annotated[str, AfterValidator(_database_url)] = f"sqlite:///{ROOT}/data/bot.db"
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    log_level: Annotated[LogLevel, BeforeValidator(lambda value: str(value).upper())] = LogLevel.INFO
    log_format: LogFormat = LogFormat.CONSOLE
    heartbeat_file: Path | None = None


def load_settings(**changes: Any) -> Settings:
    """The settings, some of them replaced by `changes`. Raises SettingsError."""
    try:
        return Settings(**changes)
    except ValidationError as invalid:
        first = invalid.errors(include_input=False)[0]
        name = str(first["loc"][0]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
