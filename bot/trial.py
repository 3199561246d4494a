"""The bot in the sandbox: everything is real but Telegram and the clock."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from tempfile import TemporaryDirectory

from bot.app import Until, open_database, publish_content, serve, spare_the_collector
from bot.clock import MovableClock
from bot.db.engine import Database
from bot.sandbox import Sandbox, SandboxUser
from bot.services import deliveries
from bot.settings import SettingsError, load_settings

TOKEN = "1000:opens-nothing-but-the-sandbox"
ADMIN = SandboxUser(id=103, first_name="Alex", language_code="en", label="Administrator")
USERS = (
    SandboxUser(id=101, first_name="سارا", language_code="fa", label="Persian candidate"),
    SandboxUser(id=102, first_name="Иван", language_code="ru", label="Russian candidate"),
    ADMIN,
)


async def run_sandbox(port: int, on_ready: Callable[[str], object], until: Until) -> None:
    """Runs the bot against a local stand-in for Telegram, with a fresh database and a clock to move.

    `on_ready` is called with the address of the chat page. Raises SettingsError when the port is taken.
    """
    clock = MovableClock()
    with TemporaryDirectory(prefix="interview-coach-") as folder:
        settings = load_settings(database_url=f"sqlite:///{folder}/sandbox.db")
        async with open_database(settings.database_url) as db:
            sandbox = Sandbox(
                token=TOKEN,
                users=USERS,
                now=clock.now,
                advance=clock.advance,
                next_push=partial(_next_push, db),
            )
            await publish_content(db, clock)
            await _open(sandbox, port)
            try:
                on_ready(sandbox.url)
                here = load_settings(bot_token=TOKEN, bot_api_url=sandbox.url, proxy_url=None, admin_ids={ADMIN.id})
                spare_the_collector()
                await serve(here, db, clock, until)
            finally:
                await sandbox.stop()


async def _open(sandbox: Sandbox, port: int) -> None:
    try:
        await sandbox.start(port=port)
    except OSError as taken:
        raise SettingsError(f"port {port}: {taken.strerror}; choose another one with --port") from None


async def _next_push(db: Database) -> datetime | None:
    async with db.read() as session:
        return await deliveries.next_moment(session)
