"""Whether a program may use the database at hand: its schema must be this version's, and its links must follow from the
secret. Else desks would show links and codes that open nothing.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from cardsort.domain.errors import UnfitDatabase
from cardsort.language import N_, _
from cardsort.store import codes, links, server
from cardsort.store.engine import writing
from cardsort.store.inspection import Standing, read_standing, standing_at, standing_on
from cardsort.store.migrations import migrate, revisions
from cardsort.store.models import db
from cardsort.store.snapshots import DamagedDatabase
from cardsort.usecases.tokens import follows, follows_code, mark_of_secret, new_link

PUT_BACK = N_(
    "Put secret.key back into the data folder as a backup has it, or set SECRET_KEY to what it was: all machines on "
    "one database need the same. Only where it is lost for good, run: cardsort renew-links"
)
NEWER = N_("Install that one, or restore a backup.")


def open_database(secret: bytes) -> None:
    """Bring the schema up to date; UnfitDatabase, and nothing is changed, where it is newer or of another secret."""

    def check(connection: Any) -> None:
        standing = standing_on(connection)
        if is_newer(standing):
            said = _("The database is of a newer Cardsort (schema %(schema)s).", schema=standing.revision)
            raise UnfitDatabase(f"{said} {_(NEWER)}")
        check_secret(standing, secret)

    migrate(db.engine, check=check)
    _agree_on(secret)


def open_as_it_is(secret: bytes) -> None:
    """Change nothing, as another version's server may be running; UnfitDatabase where this one cannot read it."""
    standing = read_standing(db.engine)
    if standing.revision != revisions()[0]:
        raise UnfitDatabase(" ".join(_other_schema(standing)))
    check_secret(standing, secret)


def _other_schema(standing: Standing) -> Iterator[str]:
    found, read = standing.revision, revisions()[0]
    if found:
        yield _("The database has schema %(found)s, and this Cardsort reads %(read)s.", found=found, read=read)
    else:
        yield _("The database has schema none, and this Cardsort reads %(read)s.", read=read)
    yield _("Nothing was changed.")
    yield _(NEWER) if is_newer(standing) else _("Back up, then let this version's server start on it once.")
    yield _("Until then, take the command of the version whose server runs.")


def open_for_new_secret(_secret: bytes) -> None:
    """Bring the schema up to date, whichever secret the links follow from: `renew_links` comes next."""
    migrate(db.engine)


def is_newer(standing: Standing) -> bool:
    """Whether only a newer Cardsort knows this schema."""
    return standing.revision is not None and standing.revision not in revisions()


def check_secret(standing: Standing, secret: bytes) -> None:
    """UnfitDatabase where a link, or what the first server left, follows from another secret."""
    if not fits(standing, secret):
        said = _("The links in the database do not follow from this server's secret.")
        raise UnfitDatabase(f"{said} {_(PUT_BACK)}")


def check_file(address: str, secret: bytes) -> None:
    """The same for a database that is not opened; one that cannot be read is whoever reads it next to find."""
    with suppress(DamagedDatabase):
        check_secret(standing_at(address), secret)


def fits(standing: Standing, secret: bytes) -> bool:
    """Whether every link can be shown again with this secret, and the other servers have it too."""
    known = standing.secret_mark in {None, mark_of_secret(secret)}
    return known and all(follows(secret, link) for link in standing.links)


def renew_links(secret: bytes) -> int:
    """Replace every link that does not follow from this secret, and forget unused codes that do not: how many links."""
    with writing() as session:
        lost = [link for link in links.all_links(session) if not follows(secret, link)]
        for link in lost:
            links.replace_link(session, new_link(secret, link.workshop_id, link.purpose, link.segment))
        for code_hash, nonce in codes.all_unused(session):
            if not follows_code(secret, nonce, code_hash):
                codes.delete_code(session, code_hash)
        server.replace_mark(session, mark_of_secret(secret))
    return len(lost)


def _agree_on(secret: bytes) -> None:
    """Two servers may have started on an empty database, each with a secret of its own: the first one's holds."""
    with writing() as session:
        mark = server.share_mark(session, mark_of_secret(secret))
    check_secret(Standing(secret_mark=mark), secret)
