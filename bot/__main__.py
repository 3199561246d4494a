"""The commands: python -m bot."""

import asyncio
import json
import sys
import webbrowser
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer

from bot import app, trial
from bot.content import scoring
from bot.content.loader import ContentError, load_sets
from bot.content.scoring import LabelsError, Reading, Score
from bot.domain.identity import Locale
from bot.logs import configure_logging
from bot.services import reviewing
from bot.settings import Settings, SettingsError, load_settings

log = structlog.get_logger()

USAGE = 2
"""The exit code for a wrong setting or argument."""

cli = typer.Typer(help="Interview Coach: a Telegram bot that prepares people for customer-support interviews.")
database = typer.Typer(help="The database.", no_args_is_help=True)
content = typer.Typer(help="The question sets.", no_args_is_help=True)
cli.add_typer(database, name="db")
feedback = typer.Typer(help="What the program recognises in answers.", no_args_is_help=True)
cli.add_typer(content, name="content")
cli.add_typer(feedback, name="feedback")

Port = Annotated[int, typer.Option(min=0, max=65535, help="The chat page's port; 0 takes any free one.")]
DEFAULT_PORT = 8080


@cli.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Without a command: runs against Telegram when BOT_TOKEN is set, else opens the sandbox."""
    if context.invoked_subcommand is None:
        settings = _settings()
        run() if settings.bot_token else sandbox()


@cli.command()
def run() -> None:
    """Runs the bot against Telegram; needs BOT_TOKEN."""
    settings = _settings()
    _until_done(app.run(settings, app.interrupted))


@cli.command()
def sandbox(port: Port = DEFAULT_PORT) -> None:
    """Opens the bot in a local stand-in for Telegram, with a chat page in the browser. Needs nothing."""
    _settings()
    print("Starting the sandbox: a local stand-in for Telegram. It starts afresh each time.", flush=True)
    _until_done(trial.run_sandbox(port, _show_page, app.interrupted))


@database.command()
def upgrade() -> None:
    """Brings the schema of DATABASE_URL up to date; `run` does this by itself."""

    async def migrate(settings: Settings) -> None:
        async with app.open_database(settings.database_url):
            print("The database is up to date.")

    _until_done(migrate(_settings()))


@content.command()
def check(path: Annotated[Path, typer.Argument(help="A folder with question sets.")] = app.CONTENT) -> None:
    """Checks question sets and lists every mistake with its file, line and field."""
    try:
        sets = load_sets(path)
    except ContentError as error:
        print(*error.mistakes, sep="\n")
        _fail(str(error), code=1)
    for found in sets:
        print(f"{found.slug}: {len(found.items)} questions, each in Persian and Russian, no mistakes")


@feedback.command("score")
def score_feedback(
    file: Annotated[Path, typer.Argument(help="JSON lines: question, locale, answer, points, kind.", dir_okay=False)],
    misses: Annotated[bool, typer.Option(help="List what was missed or mistaken.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs; with every miss.")] = False,
) -> None:
    """Compares the talking points that are recognised in answers with those that people have found in them."""
    try:
        readings = scoring.read(scoring.read_labelled(file), load_sets(app.CONTENT))
    except (LabelsError, OSError, UnicodeDecodeError) as error:
        _fail(str(error))
    if as_json:
        print(json.dumps(_as_json(readings), ensure_ascii=False, indent=2))
        return
    for locale in Locale:
        own = [reading for reading in readings if reading.labelled.locale is locale]
        for kind in (None, *sorted({reading.labelled.kind for reading in own})):
            of_kind = [reading for reading in own if kind in (None, reading.labelled.kind)]
            print(f"{locale} {kind or 'all':12} {len(of_kind):4} answers  {_figures(scoring.score(of_kind))}")
    if misses:
        print(*(line for reading in readings for line in _miss_lines(reading)), sep="\n")


@feedback.command()
def corrections() -> None:
    """Lists the points whose ticks candidates put right most often: their cues want mending."""

    async def show(settings: Settings) -> None:
        async with app.open_database(settings.database_url) as db, db.read() as session:
            for row in await reviewing.corrections(session):
                print(
                    f"{row.question} {row.point}: {row.answers} answers, {row.recognised} recognised, "
                    f"{row.missed} ticked by hand, {row.mistaken} unticked"
                )

    _until_done(show(_settings()))


def _figures(score: Score) -> str:
    figures = f"precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
    return f"{figures}  ({score.right} right, {score.mistaken} mistaken, {score.missed} missed)"


def _as_json(readings: list[Reading]) -> dict[str, object]:
    def of(locale: Locale) -> dict[str, float]:
        score = scoring.score([reading for reading in readings if reading.labelled.locale is locale])
        return {"precision": score.precision, "recall": score.recall, "f1": score.f1}

    wrong = [reading for reading in readings if reading.missed or reading.mistaken]
    misses = [
        {**reading.labelled.model_dump(mode="json"), "missed": reading.missed, "mistaken": reading.mistaken}
        for reading in wrong
    ]
    return {**{locale.value: of(locale) for locale in Locale}, "misses": misses}


def _miss_lines(reading: Reading) -> list[str]:
    if not reading.missed and not reading.mistaken:
        return []
    labelled = reading.labelled
    mistaken = [f"{point} by «{reading.said[point]}»" for point in reading.mistaken]
    return [
        f"\n{labelled.question} {labelled.locale} {labelled.kind}: {labelled.answer}",
        f"  missed: {', '.join(reading.missed) or '-'}; mistaken: {', '.join(mistaken) or '-'}",
    ]


def _settings() -> Settings:
    try:
        settings = load_settings()
    except SettingsError as error:
        _fail(str(error))
    configure_logging(settings.log_level, settings.log_format)
    return settings


def _until_done(program: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(program)
    except SettingsError as error:
        _fail(str(error))
    except ContentError as error:
        print(*error.mistakes, sep="\n", file=sys.stderr)
        _fail(str(error), code=1)
    except Exception:
        log.exception("bot.crashed")
        raise typer.Exit(1) from None


def _show_page(url: str) -> None:
    print(f"Open {url} and press START. Ctrl-C ends it.", flush=True)
    if sys.stdout.isatty():
        webbrowser.open(url)


def _fail(reason: str, code: int = USAGE) -> None:
    print(reason, file=sys.stderr)
    raise typer.Exit(code)


if __name__ == "__main__":
    cli()
