"""What commands begin with: settings, the data folder for themselves alone, the application; or a sentence why not."""

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import url_for

from cardsort.cli.discretion import keep_discreet
from cardsort.cli.tidying import keep_tidy
from cardsort.domain.errors import CardsortError
from cardsort.language import N_, _
from cardsort.system import after_fork, lock
from cardsort.usecases.backups import DATABASE, LOCK
from cardsort.usecases.opening import open_as_it_is, open_database
from cardsort.usecases.remedies import file_fault
from cardsort.web.kit.config import Config, InvalidSetting, data_folder, database_refusal, read_config
from cardsort.web.kit.settings import SETTINGS

BAD_INPUT = 2
STOP_IT = N_("Stop it, or take another folder with --data.")
ONLY_HERE = N_("Only this machine can follow the links: set PUBLIC_URL to the address that people use.")
NO_COUNTS = N_(
    "%(name)s is “%(folder)s”, no folder that can be written. Make it, empty at each start, or leave the setting out."
)
GIVE_UP = 3  # gunicorn's code for a worker that cannot start


@contextmanager
def settings(**given: Any) -> Iterator[Config]:
    """The settings; what cannot be used or done is said in a sentence, without a traceback."""
    from sqlalchemy.exc import OperationalError

    try:
        config = read_config(os.environ, **given)
        try:
            yield config
        except OperationalError as error:
            refuse(database_refusal(config.database_url, config.data, error, "used"))
    except (InvalidSetting, CardsortError) as error:
        refuse(str(error))
    except BrokenPipeError:
        raise  # who reads the output has seen enough, as `head` has: click ends quietly
    except OSError as error:
        refuse(file_fault(error, data_folder(os.environ, given.get("data"))))


@contextmanager
def only_server(config: Config, remedy: str = "") -> Iterator[None]:
    """Keep a second writing process off an SQLite folder: two could lose each other's commits."""
    if config.database_url:
        yield
        return
    with (config.data / LOCK).open("a") as file:
        try:
            lock(file)
        except OSError:
            running = _("Another Cardsort is running on %(folder)s.", folder=config.data)
            refuse(f"{running} {remedy or _(STOP_IT)}")
        yield


def application(config: Config, opening: Callable[[bytes], None] = open_database) -> Any:
    """The application with its database opened in that way: usually brought up to date."""
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from cardsort.web.app import create_app

    try:
        app = create_app(config, opening)
    except (SQLAlchemyError, CommandError, ImportError) as error:
        refuse(database_refusal(config.database_url, config.data, error))
    if command := click.get_current_context(silent=True):
        command.call_on_close(partial(_close, app))
    return app


def _close(app: Any) -> None:
    """Leave no connection of a command open."""
    from cardsort.store.models import db

    with app.app_context():
        db.engine.dispose()


def reading_application(config: Config) -> Any:
    """The application on a database as it is: a server, perhaps of another version, may be running on it."""
    expect_database(config)
    return application(config, open_as_it_is)


def expect_database(config: Config) -> None:
    """Refuse where there is nothing to work on."""
    if not config.database_url and not (config.data / DATABASE).exists():
        refuse(
            _(
                "There is no database in %(folder)s. Name the folder with --data, or start with `cardsort run`.",
                folder=config.data,
            )
        )


@cache
def wsgi_application() -> Any:
    """The application for another server, such as gunicorn's workers; it takes its data folder as `cardsort run` does.

    Where that cannot be, it says why, and ends the process so that gunicorn gives up instead of trying again.
    """
    from cardsort.store.measures import NOT_THERE, SHARED, leave_count

    kept = ExitStack()
    try:
        with settings() as config:
            if NOT_THERE:
                refuse(_(NO_COUNTS, name=SHARED, folder=NOT_THERE))
            kept.enter_context(only_server(config))
            app = application(config)
    except SystemExit:
        raise SystemExit(GIVE_UP) from None
    keep_discreet()
    keep_tidy(app)
    atexit.register(kept.close)
    atexit.register(leave_count)
    after_fork(_refuse_fork)
    return app


def _refuse_fork() -> None:
    """Processes that share one open database break each other's answers, and on SQLite the lock would hold for all."""
    click.echo(_("Each worker opens the database for itself: start gunicorn without --preload."), err=True)
    os._exit(GIVE_UP)


class SettingOption(click.Option):
    """An option that wins over a variable; its help is what SETTINGS say of both."""

    def __init__(self, *names: Any, variable: str, **more: Any) -> None:
        self.variable = variable
        super().__init__(*names, **more)

    @property
    def help(self) -> str:
        """The help in the present language; what click keeps of it is passed over."""
        found = SETTINGS[self.variable]
        means, usual = found.means, found.usual.replace("`", "")
        means = means[0].upper() + means[1:]
        return _("%(means)s (%(variable)s; default: %(usual)s).", means=means, variable=self.variable, usual=usual)

    @help.setter  # noqa: A003  click calls it so
    def help(self, kept: str | None) -> None:
        """Nothing is kept."""


def setting(variable: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that wins over this variable, with what SETTINGS say of both."""
    return click.option(SETTINGS[variable].option, cls=SettingOption, variable=variable, **more)


data_option = setting("CARDSORT_DATA", metavar="FOLDER")


def desk_address(config: Config, token: str) -> str:
    """A facilitator link."""
    return config.public_url + url_for("desk.enter", token=token)


def read(path: Path) -> bytes:
    """The file's content."""
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(file_fault(error, path, "read"))


def write(path: Path, content: bytes) -> None:
    """Write the file and say so."""
    try:
        path.write_bytes(content)
    except OSError as error:
        refuse(file_fault(error, path, "written"))
    click.echo(_("Written: %(file)s", file=path), err=True)


def refuse(sentence: str) -> NoReturn:
    """End the command with a sentence."""
    click.echo(sentence, err=True)
    raise SystemExit(BAD_INPUT)
