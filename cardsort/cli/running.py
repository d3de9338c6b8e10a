"""What commands begin with: settings, the data folder for themselves alone, the application; or a sentence why not."""

import atexit
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import url_for

from cardsort import language
from cardsort.cli.discretion import keep_discreet
from cardsort.cli.tidying import keep_tidy
from cardsort.domain.errors import CardsortError
from cardsort.usecases.backups import DATABASE
from cardsort.usecases.opening import open_as_it_is, open_database
from cardsort.usecases.remedies import file_fault
from cardsort.web.kit.config import Config, InvalidSetting, data_folder, database_refusal, read_config
from cardsort.web.kit.settings import SETTINGS

BAD_INPUT = 2
STOP_IT = "Stop it, or take another folder with --data."
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


def language_of(environ: Mapping[str, str]) -> str:
    """The language of the terminal, where it is offered; else English."""
    locale = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := environ.get(name))), "")
    place = locale.partition(".")[0]
    return next((code for code in (place, place.partition("_")[0]) if code in language.offered()), language.SOURCE)


@contextmanager
def only_server(config: Config, remedy: str = STOP_IT) -> Iterator[None]:
    """Keep a second writing process off an SQLite folder: two could lose each other's commits."""
    if config.database_url:
        yield
        return
    import fcntl

    with (config.data / "server.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            refuse(f"Another Cardsort is running on {config.data}. {remedy}")
        yield


def application(config: Config, opening: Callable[[bytes], None] = open_database) -> Any:
    """The application with its database opened in that way: usually brought up to date."""
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from cardsort.web.app import create_app

    try:
        return create_app(config, opening)
    except (SQLAlchemyError, CommandError, ImportError) as error:
        refuse(database_refusal(config.database_url, config.data, error))


def reading_application(config: Config) -> Any:
    """The application on a database as it is: a server, perhaps of another version, may be running on it."""
    expect_database(config)
    return application(config, open_as_it_is)


def expect_database(config: Config) -> None:
    """Refuse where there is nothing to work on."""
    if not config.database_url and not (config.data / DATABASE).exists():
        refuse(f"There is no database in {config.data}. Name the folder with --data, or start with `cardsort run`.")


@cache
def wsgi_application() -> Any:
    """The application for another server, such as gunicorn's workers; it takes its data folder as `cardsort run` does.

    Where that cannot be, it says why, and ends the process so that gunicorn gives up instead of trying again.
    """
    kept = ExitStack()
    try:
        with settings() as config:
            kept.enter_context(only_server(config))
            app = application(config)
    except SystemExit:
        raise SystemExit(GIVE_UP) from None
    keep_discreet()
    keep_tidy(app)
    atexit.register(kept.close)
    os.register_at_fork(after_in_child=_refuse_fork)
    return app


def _refuse_fork() -> None:
    """Processes that share one open database break each other's answers, and on SQLite the lock would hold for all."""
    click.echo("Each worker opens the database for itself: start gunicorn without --preload.", err=True)
    os._exit(GIVE_UP)


def setting(variable: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that wins over this variable, with what SETTINGS say of both."""
    found = SETTINGS[variable]
    means = found.means[0].upper() + found.means[1:]
    return click.option(found.option, help=f"{means} ({variable}; default: {found.usual.replace('`', '')}).", **more)


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
    click.echo(f"Written: {path}", err=True)


def refuse(sentence: str) -> NoReturn:
    """End the command with a sentence."""
    click.echo(sentence, err=True)
    raise SystemExit(BAD_INPUT)
