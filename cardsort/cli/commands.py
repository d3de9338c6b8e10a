"""The command line. Every command goes through the same use cases as the pages."""

import logging
import os
import signal
from datetime import UTC, datetime
from errno import EACCES, EADDRINUSE, EPERM
from pathlib import Path

import click

from cardsort import DISTRIBUTION
from cardsort.cli.operating import backup, doctor, purge, renew, restore
from cardsort.cli.running import (
    ONLY_HERE,
    application,
    data_option,
    desk_address,
    only_server,
    reading_application,
    refuse,
    setting,
    settings,
    write,
)
from cardsort.cli.speech import FILE, NEW_FILE, Group, Option, option
from cardsort.cli.tidying import keep_tidy
from cardsort.domain.cards import MAX_CARDS
from cardsort.domain.errors import CardsortError, NotFound
from cardsort.domain.settings import DEFAULT_THRESHOLD
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _
from cardsort.usecases import comparing
from cardsort.usecases.printable import unprintable, use_fonts
from cardsort.usecases.remedies import file_fault
from cardsort.web.kit.config import LOOPBACK, Config, InvalidSetting, Use, font_folder, lan_address

SHOW_LINK = "cardsort admin-link ID"


@click.group(
    cls=Group, help=N_("Cardsort: what IT thinks its customers would choose, beside what they actually chose.")
)
@click.version_option(package_name=DISTRIBUTION, cls=Option, help=N_("Show the version and exit."))
def main() -> None:
    """Everything that can be typed after `cardsort`."""


for command in (backup, restore, doctor, purge, renew):
    main.add_command(command)


@main.command(help=N_("Start the server and say where it is."))
@setting("CARDSORT_HOST")
@setting("CARDSORT_PORT", type=click.IntRange(1, 65535))
@setting("PUBLIC_URL", metavar="URL")
@data_option
def run(host: str | None, port: int | None, public_url: str | None, data: str | None) -> None:
    from cardsort.cli.server import make_server

    with settings(data=data, host=host, port=port, public_url=public_url) as config, only_server(config):
        app = application(config)
        try:
            server = make_server(app, config)
        except (OSError, ValueError) as error:  # ValueError: waitress cannot resolve the address
            refuse(_cannot_listen(config, error))
        keep_tidy(app)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for each request that waits its turn
        # As Ctrl+C does; and by itself the first process of a container would not heed it
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        click.echo(_greeting(config))
        server.run()


@main.command(help=N_("Make an example workshop and print its facilitator link."))
@data_option
def demo(data: str | None) -> None:
    from cardsort.usecases.decks import shipped_deck
    from cardsort.usecases.demo import start_example

    with settings(data=data) as config, only_server(config), application(config).test_request_context():
        started = start_example(shipped_deck(), secret=config.secret, now=datetime.now(UTC))
        # L10N: the link follows on a line of its own
        click.echo(_("The example workshop is ready: 24 people in IT and 60 customers, all invented. Open it with"))
        click.echo(desk_address(config, started.token))


@main.command("admin-link", help=N_("Print a workshop's facilitator link; without WORKSHOP, list all workshops."))
@click.argument("workshop", required=False)
@data_option
def admin_link(workshop: str | None, data: str | None) -> None:
    from cardsort.usecases.workshops import facilitator_token, list_workshops

    with settings(data=data, use=Use.READ) as config, reading_application(config).test_request_context():
        if workshop:
            _with_id(workshop)
            click.echo(desk_address(config, facilitator_token(workshop, secret=config.secret)))
            return
        found = list_workshops()
        for workshop_id, name, organisation, created_on in found:
            click.echo(f"{workshop_id}  {created_on}  {name}{f' ({organisation})' if organisation else ''}")
        click.echo(_("Now: %(command)s", command=SHOW_LINK) if found else _("There are no workshops yet."))


@main.command(
    help=N_(
        "Compare the ballots in the file BALLOTS (CSV or XLSX), without any database. Prints the JSON unless told so."
    )
)
@click.argument("ballots", type=FILE)
@option("--deck", "deck_file", type=FILE, help=N_("A deck: TOML, CSV or XLSX; default: the 52."))
@option("--picks", type=click.IntRange(1, MAX_CARDS), help=N_("Cards asked of everybody; default: longest ballot."))
@option("--threshold", type=click.IntRange(1), default=DEFAULT_THRESHOLD, show_default=True)
@option("--seed", type=click.IntRange(0), default=1, show_default=True)
@option("--census", is_flag=True, help=N_("Everybody in IT took part: ranges tell the customers' uncertainty alone."))
@option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help=N_("Date to print; default: none."))
@option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@option("--json", "json_file", type=NEW_FILE, help=N_("Where to write the JSON."))
@option("--pdf", "pdf_file", type=NEW_FILE, help=N_("Where to write the PDF."))
def compare(
    ballots: Path,
    *,
    deck_file: Path | None,
    picks: int | None,
    threshold: int,
    seed: int,
    census: bool,
    on: datetime | None,
    paper: str,
    json_file: Path | None,
    pdf_file: Path | None,
) -> None:
    try:
        use_fonts(font_folder(os.environ))
        outcome = comparing.compare(
            ballots,
            deck_file,
            picks=picks,
            threshold=threshold,
            seed=seed,
            census=census,
            on=None if on is None else on.date(),
        )
    except (InvalidSetting, CardsortError) as error:
        refuse(str(error))
    except OSError as error:
        refuse(file_fault(error, ballots, "read"))
    if pdf_file and (warning := unprintable(outcome.deck, outcome.facts.title)):
        click.echo(warning, err=True)
    _write_result(outcome, paper=paper, json_file=json_file, pdf_file=pdf_file)


@main.command(
    help=N_(
        "Write the result of the workshop with the id WORKSHOP, once it is revealed. Prints the JSON unless told so."
    )
)
@click.argument("workshop")
@option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@option("--json", "json_file", type=NEW_FILE, help=N_("Where to write the JSON."))
@option("--pdf", "pdf_file", type=NEW_FILE, help=N_("Where to write the PDF."))
@option("--round", "number", type=click.IntRange(min=1), help=N_("Which round; the last revealed unless told so."))
@data_option
def report(
    workshop: str, *, paper: str, json_file: Path | None, pdf_file: Path | None, number: int | None, data: str | None
) -> None:
    from cardsort.usecases.agenda import result_to_print
    from cardsort.usecases.rounds import shown_round
    from cardsort.web.kit.dates import today

    with settings(data=data, use=Use.READ) as config, reading_application(config).test_request_context():
        found = result_to_print(shown_round(_with_id(workshop), number), today())
    outcome = comparing.Outcome(found.comparison, found.workshop.deck, found.facts)
    _write_result(outcome, paper=paper, json_file=json_file, pdf_file=pdf_file)


@main.command(help=N_("Write the revealed workshop with the id WORKSHOP into FILE, to keep or to restore elsewhere."))
@click.argument("workshop")
@click.argument("file", type=NEW_FILE)
@data_option
def archive(workshop: str, file: Path, data: str | None) -> None:
    from cardsort.usecases.archives import archive_workshop

    with settings(data=data, use=Use.READ) as config, reading_application(config).test_request_context():
        found = archive_workshop(_with_id(workshop), today=datetime.now(UTC).date())
        write(file, found.encode())


def _with_id(workshop_id: str) -> Workshop:
    """The workshop; whoever runs the server may be told that there is none."""
    from cardsort.usecases.workshops import find_workshop

    try:
        return find_workshop(workshop_id)
    except NotFound:
        listed_by = SHOW_LINK.removesuffix(" ID")
        refuse(
            _(
                "There is no workshop with the id “%(id)s”. All ids are listed by: %(command)s",
                id=workshop_id,
                command=listed_by,
            )
        )


def _write_result(outcome: comparing.Outcome, *, paper: str, json_file: Path | None, pdf_file: Path | None) -> None:
    if json_file:
        write(json_file, outcome.to_json().encode())
    if pdf_file:
        write(pdf_file, outcome.pdf(paper))
    if not json_file and not pdf_file:
        click.echo(outcome.to_json())


def _cannot_listen(config: Config, error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == EADDRINUSE:
        return _("Another program listens on port %(port)s already. Choose another with --port.", port=config.port)
    if number in {EACCES, EPERM}:
        return _("Only root may listen on port %(port)s. Choose one from 1024 on with --port.", port=config.port)
    return _(
        "This machine has no address “%(host)s”, so nobody could reach it there. Choose one of its own with --host: "
        "0.0.0.0 for all of them, %(own)s on its network, 127.0.0.1 for this machine alone.",
        host=config.host,
        own=lan_address(),
    )


def _greeting(config: Config) -> str:
    data = "PostgreSQL" if config.database_url else config.data
    lines = [_("Cardsort is ready: %(address)s", address=config.public_url), _("Data: %(data)s", data=data)]
    if config.loopback and lan_address() in LOOPBACK:
        lines.append(_("This machine is on no network: tablets and phones cannot reach it. Set PUBLIC_URL once it is."))
    elif config.loopback:
        lines.append(_(ONLY_HERE))
    lines.append(_("Stop it with Ctrl+C."))
    return "\n".join(lines)
