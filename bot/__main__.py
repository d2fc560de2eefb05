"""Be the command line: ``tingjian run`` starts everything, the other commands start or tend one part."""

import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from typing import Final, TextIO

import click

from bot import logs, platform_commands, processes, settings
from bot.errors import BotError
from bot.processes import REFUSED

ROOT: Final = Path(__file__).resolve().parent.parent
MODELS: Final = ROOT / "models"


class _Refusal(click.ClickException):
    """Say in one sentence why it does not start; the exit code tells `run` that another try would not help."""

    exit_code = REFUSED


class _Commands(click.Group):
    """Turn our own errors into one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BotError as error:
            raise _Refusal(str(error)) from error


@click.group(cls=_Commands)
def main() -> None:
    """Tingjian 听见: every customer heard, every promise kept."""
    logs.configure()


@main.command()
@click.option("--demo/--no-demo", default=None, help="Demo shop data and demo desk users (sets TINGJIAN_DEMO).")
def run(demo: bool | None) -> None:
    """Start everything: train and migrate if needed, then brain and front."""
    from bot.run import run_everything

    if demo is not None:
        os.environ["TINGJIAN_DEMO"] = "1" if demo else "0"
    sys.exit(asyncio.run(run_everything(settings.read())))


@main.command()
def front() -> None:
    """Start the front alone; BRAIN_URL says where the brain is."""
    from bot.serve import serve_front

    chosen = settings.read()
    serve_front(chosen, processes.brain_urls(chosen), processes.brain_token(chosen))


@main.command()
def brain() -> None:
    """Start the brain alone, on the loopback ports of BRAIN_URL."""
    from bot.brain.supervisor import run as run_brain

    chosen = settings.read()
    os.chdir(ROOT)
    code = run_brain(
        database_url=chosen.database_url, home=chosen.home, ports=processes.brain_ports(chosen),
        token=processes.brain_token(chosen), actions=chosen.brain_actions, models=MODELS,
    )  # fmt: skip
    sys.exit(code)


@main.command()
def train() -> None:
    """Train the model from data/, domain.yml and config.yml; nothing happens while a fitting one exists."""
    from bot.training import train_if_needed

    model = train_if_needed(ROOT, MODELS, click.echo)
    click.echo(f"model: {model.name}")


@main.command()
@click.argument("messages", type=click.File("r", encoding="utf-8", errors="replace"))
def evaluate(messages: TextIO) -> None:
    """Say what each message of a JSON Lines file means: {"id", "text"} in, one answer a line out."""
    from bot.brain.evaluation.answers import answer
    from bot.brain.evaluation.on_all_cores import on_all_cores
    from bot.brain.evaluation.reader import load_reader
    from bot.clock import utc_now
    from bot.training import train_if_needed

    os.chdir(ROOT)
    answers = _own_standard_output()
    train_if_needed(ROOT, MODELS, partial(click.echo, err=True))
    with on_all_cores(load_reader(MODELS)) as each:
        unreadable = answer(messages, each, answers, sys.stderr, utc_now(), settings.read().timezone)
    sys.exit(1 if unreadable else 0)


def _own_standard_output() -> TextIO:
    """Keep standard output for answers alone: whatever libraries print from now on goes to standard error."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


@main.command()
@click.option("--draft", metavar="WORDS", help="For developers: also write a migration for what changed in tables.py.")
def migrate(draft: str | None) -> None:
    """Bring the database to the present shape."""
    from bot.store import migrate as migrations

    url = settings.read().database_url
    migrations.migrate(url)
    if draft:
        migrations.draft(url, draft)
    click.echo("The database is up to date.")


@main.group()
def users() -> None:
    """Tend the people who work at the desk."""


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["agent", "marketer", "admin"]), default="agent", show_default=True)
@click.option("--display-name", help="The name that customers and colleagues see; NAME if left out.")
@click.password_option(help="Asked for when left out.")
def add_user(name: str, role: str, display_name: str | None, password: str) -> None:
    """Add a desk user."""
    from bot.clock import utc_now
    from bot.domain.users import Role
    from bot.services import users as people
    from bot.store.unit_of_work import Database

    database = Database(settings.read().database_url)
    try:
        password_hash = people.hash_password(password)
        database.perform(people.add_user, name, display_name or name, Role(role), password_hash, utc_now())
    finally:
        database.close()
    click.echo(f"{name} may sign in as {role}.")


for _platform in platform_commands.GROUPS:
    main.add_command(_platform)

if __name__ == "__main__":
    main()
