"""Commands for whoever runs the server."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from cardsort.cli.running import (
    application,
    data_option,
    desk_address,
    expect_database,
    only_server,
    read,
    reading_application,
    refuse,
    settings,
)
from cardsort.cli.speech import FILE, Command, option
from cardsort.domain.errors import InvalidArchive
from cardsort.language import N_, _, number
from cardsort.usecases.backups import BEGINNING, SECRET, back_up, restore_backup
from cardsort.usecases.doctor import Verdict
from cardsort.usecases.opening import check_file
from cardsort.usecases.remedies import file_fault
from cardsort.web.kit.config import Use, prepare_folder

MUST_BE_MENDED = 1
IT_PURGES = N_("It deletes what is past its date by itself, every hour: there is nothing to do.")
STOP_TO_CONFIRM = N_("Stop it, confirm the clock with this command, and start it again.")
DUMP = 'pg_dump --format=custom --file=cardsort.dump "$DATABASE_URL"'
POSTGRES_BACKUP = N_(
    "The data is in PostgreSQL. Back it up with `%(command)s`, and keep SECRET_KEY, or %(file)s where it is not set: "
    "without it no link of a restored database opens."
)
NOT_MIXED = N_(
    "What is past its date was deleted. But after a lock the database could not be written anew, so that it may still "
    "tell in which order people voted. Free space on the disk, or wait for what reads the database; then run it again."
)
RENEWED = N_(
    "Links made anew: %(count)s. The old ones open nothing any more; `cardsort admin-link` prints the new ones."
)
NONE_RENEWED = N_("All links follow from the secret already: they open what they opened before.")


@click.command(cls=Command, help=N_("Write database and secret into FILE, also while the server runs."))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, readable=False, resolve_path=True))
@data_option
def backup(file: Path, data: str | None) -> None:
    with settings(data=data, use=Use.READ) as config:
        if config.database_url:
            refuse(_(POSTGRES_BACKUP, command=DUMP, file=config.data / SECRET))
        check_file(config.database, config.secret)
        try:
            back_up(config.data, config.secret, file)
        except OSError as error:  # beside the file, under a name that nobody has typed
            refuse(file_fault(OSError(error.errno, error.strerror), file.parent, "written"))
    click.echo(_("Written: %(file)s. Keep it like a key: with its secret every link opens.", file=file), err=True)


@click.command(
    cls=Command, help=N_("Restore FILE: a backup into an empty data folder, or a workshop's archive as a new workshop.")
)
@click.argument("file", type=FILE)
@data_option
def restore(file: Path, data: str | None) -> None:
    content = read(file)
    if content.startswith(BEGINNING):
        _restore_folder(file, data)
    else:
        _restore_workshop(content, data)


def _restore_folder(file: Path, data: str | None) -> None:
    with settings(data=data, use=Use.READ) as config:
        if config.database_url:
            refuse(_("This is a backup of an SQLite folder, and DATABASE_URL is set. Unset it to restore the folder."))
        prepare_folder(config.data)
        with only_server(config):
            restore_backup(file, config.data, config.secret)
    click.echo(_("Restored into %(folder)s. Start it with `cardsort run`.", folder=config.data), err=True)


def _restore_workshop(content: bytes, data: str | None) -> None:
    from cardsort.usecases.restores import restore_workshop
    from cardsort.web.facilitator.archives import parse_archive

    try:
        archived = parse_archive(content)
    except InvalidArchive as error:
        refuse(str(error))
    with settings(data=data) as config, only_server(config), application(config).test_request_context():
        today = datetime.now(UTC).date()
        started = restore_workshop(archived, secret=config.secret, today=today)
        click.echo(desk_address(config, started.token))


@click.command(
    cls=Command, help=N_("Delete workshops past their date now. A running server does it by itself, every hour.")
)
@option("--clock-is-right", is_flag=True, help=N_("Also where the clock is far past the last day that a server saw."))
@data_option
def purge(*, clock_is_right: bool, data: str | None) -> None:
    from cardsort.store.mixing import NotMixed
    from cardsort.usecases.workshops import tidy_up

    remedy = _(STOP_TO_CONFIRM if clock_is_right else IT_PURGES)
    with settings(data=data, use=Use.READ) as config:
        expect_database(config)
        with only_server(config, remedy), reading_application(config).app_context():
            try:
                deleted = tidy_up(now=datetime.now(UTC), clock_is_right=clock_is_right)
                click.echo(_("Workshops deleted: %(count)s", count=number(deleted)))
            except NotMixed:
                refuse(_(NOT_MIXED))


@click.command(
    "renew-links",
    cls=Command,
    help=N_("Where the secret is lost for good: a new link for each that does not follow from the present one."),
)
@data_option
def renew(data: str | None) -> None:
    from cardsort.usecases.opening import open_for_new_secret, renew_links

    with settings(data=data, use=Use.EXAMINE) as config:
        expect_database(config)
    with (
        settings(data=data, use=Use.RENEW) as config,
        only_server(config),
        application(config, open_for_new_secret).app_context(),
    ):
        made = renew_links(config.secret)
    click.echo(_(RENEWED, count=number(made)) if made else _(NONE_RENEWED))


@click.command(
    cls=Command,
    help=N_(
        "Look over versions, data, disk, clock, address and backups, also beside a running server. Changes nothing."
    ),
)
@data_option
def doctor(data: str | None) -> None:
    from cardsort.cli.doctor import examine, examine_settings

    config, faults = examine_settings(os.environ, data)
    findings = [*faults, *examine(config, now=datetime.now(UTC))]
    width = max(len(verdict.label) for verdict in Verdict) + 1
    for finding in findings:
        click.echo(f"{finding.verdict.label:<{width}} {finding.text}")
    if any(finding.verdict is Verdict.MEND for finding in findings):
        raise SystemExit(MUST_BE_MENDED)
