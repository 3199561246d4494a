"""Every setting: what it takes, how it is refused, and where it is read from."""

from pathlib import Path

import pytest

from bot.settings import LogFormat, LogLevel, SettingsError, load_settings

SECRET = "AAE-w3lBqYc_a9dQmR2tVxZ0nJkLsPfGhUo"  # opens nothing
TOKEN = f"123456789:{SECRET}"


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    return str(refused.value)


def test_nothing_need_be_set() -> None:
    settings = load_settings()
    assert settings.bot_token is None
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.proxy_url is None
    assert settings.database_url.startswith("sqlite+aiosqlite:////")
    assert settings.database_url.endswith("/data/bot.db")
    assert settings.admin_ids == frozenset()
    assert settings.log_level is LogLevel.INFO
    assert settings.log_format is LogFormat.CONSOLE
    assert settings.heartbeat_file is None


def test_a_setting_that_is_left_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = load_settings()
    for name in type(nothing).model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load_settings() == nothing


def test_the_token_is_taken_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = load_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    for shown in (repr(settings), str(settings), settings.model_dump_json(), repr(settings.bot_token)):
        assert SECRET not in shown


@pytest.mark.parametrize("name", ["DATABASE_URL", "PROXY_URL"])
def test_a_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    addresses = {
        "DATABASE_URL": "postgresql://coach:hunter2@127.0.0.1/coach",
        "PROXY_URL": "socks5://coach:hunter2@127.0.0.1:1080",
    }
    monkeypatch.setenv(name, addresses[name])
    settings = load_settings()
    assert "hunter2" in (settings.database_url + str(settings.proxy_url)), "it is needed to connect"
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("BOT_API_URL", "http://127.0.0.1:8081/", "bot_api_url", "http://127.0.0.1:8081"),
        ("PROXY_URL", "socks5://127.0.0.1:1080", "proxy_url", "socks5://127.0.0.1:1080"),
        ("PROXY_URL", "http://proxy.example:3128", "proxy_url", "http://proxy.example:3128"),
        ("DATABASE_URL", "sqlite:///bot.db", "database_url", "sqlite+aiosqlite:///bot.db"),
        ("DATABASE_URL", "postgres://u:p@h:5432/d", "database_url", "postgresql+asyncpg://u:p@h:5432/d"),
        ("DATABASE_URL", "postgresql://u:p%40@h/d", "database_url", "postgresql+asyncpg://u:p%40@h/d"),
        ("DATABASE_URL", "postgresql+psycopg://u@h/d", "database_url", "postgresql+asyncpg://u@h/d"),
        ("ADMIN_IDS", "1001", "admin_ids", {1001}),
        ("ADMIN_IDS", " 1001, 1002 ,", "admin_ids", {1001, 1002}),
        ("LOG_LEVEL", "debug", "log_level", LogLevel.DEBUG),
        ("LOG_LEVEL", "WARNING", "log_level", LogLevel.WARNING),
        ("LOG_FORMAT", "json", "log_format", LogFormat.JSON),
        ("HEARTBEAT_FILE", "/run/coach/alive", "heartbeat_file", Path("/run/coach/alive")),
    ],
)
def test_a_setting_is_taken(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, expected: object
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(load_settings(), field) == expected


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("BOT_TOKEN", "abc", "@BotFather"),
        ("BOT_TOKEN", SECRET, "@BotFather"),
        ("BOT_TOKEN", "123456:", "@BotFather"),
        ("BOT_TOKEN", f"{TOKEN} ", "@BotFather"),
        ("BOT_API_URL", "api.telegram.org", "http"),
        ("BOT_API_URL", "http://", "host"),
        ("PROXY_URL", "127.0.0.1:1080", "socks5"),
        ("PROXY_URL", "socks5://", "host"),
        ("PROXY_URL", "socks5://host:port", "URL"),
        ("DATABASE_URL", "bot.db", "database"),
        ("DATABASE_URL", "mysql://u:p@h/d", "sqlite"),
        ("DATABASE_URL", "postgresql://u:p@h:port/d", "database"),
        ("ADMIN_IDS", "ada", "1001,1002"),
        ("ADMIN_IDS", "1001;1002", "1001,1002"),
        ("ADMIN_IDS", "-100123", "1001,1002"),
        ("ADMIN_IDS", "[1001]", "1001,1002"),
        ("LOG_LEVEL", "loud", "DEBUG"),
        ("LOG_FORMAT", "xml", "json"),
    ],
)
def test_a_malformed_setting_is_named_in_one_line_with_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    said = refusal(monkeypatch, name, value)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    assert hint in said
    assert "pydantic" not in said
    assert SECRET not in said


def test_settings_are_read_from_a_file_beside_the_program(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f'# the coach\nBOT_TOKEN={TOKEN}\nADMIN_IDS="1001,1002"\nlog_format=json\nSOMETHING_ELSE=ignored\nLOG_LEVEL=\n',
        encoding="utf-8",
    )
    settings = load_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.admin_ids == {1001, 1002}
    assert settings.log_format is LogFormat.JSON
    assert settings.log_level is LogLevel.INFO


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ADMIN_IDS=1001\nLOG_LEVEL=DEBUG\n")
    monkeypatch.setenv("ADMIN_IDS", "2002")
    settings = load_settings()
    assert settings.admin_ids == {2002}
    assert settings.log_level is LogLevel.DEBUG


def test_a_malformed_line_of_the_file_is_named_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADMIN_IDS=ada\n")
    with pytest.raises(SettingsError, match=r"^ADMIN_IDS: "):
        load_settings()


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# тренер\nADMIN_IDS=1001\n".encode("cp1251"))
    with pytest.raises(SettingsError, match=r"^\.env: .*UTF-8"):
        load_settings()


def test_the_sandbox_can_replace_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXY_URL", "http://proxy.example:3128")
    settings = load_settings(proxy_url=None, admin_ids={7})
    assert settings.proxy_url is None
    assert settings.admin_ids == {7}


def test_settings_cannot_be_changed_while_the_program_runs() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.log_level = LogLevel.DEBUG  # type: ignore[misc]


def test_every_setting_is_explained_in_the_example() -> None:
    example = (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8")
    for field in type(load_settings()).model_fields:
        assert f"{field.upper()}=" in example
