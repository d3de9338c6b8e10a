"""What `cardsort doctor` finds out about data and machine: each finding with a remedy. Nothing is changed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from shutil import disk_usage

from cardsort.language import N_, _, ngettext, number, pgettext
from cardsort.store.inspection import DatabaseFacts, inspect_database
from cardsort.store.migrations import revisions
from cardsort.store.snapshots import DamagedDatabase
from cardsort.system import HAS_OWNERS, open_to_others
from cardsort.usecases.backups import DATABASE, LOCK, MARKER, MEGABYTE, SECRET
from cardsort.usecases.clock import CLOCK_IS_RIGHT, Leap, leap_between
from cardsort.usecases.opening import NEWER, PUT_BACK, fits, is_newer
from cardsort.usecases.remedies import access_faults

LITTLE, TOO_LITTLE = 1000 * MEGABYTE, 100 * MEGABYTE
BACK_UP = "cardsort backup FILE"
BACKUP_EVERY = timedelta(days=7)
WRITTEN_IN = 2026  # no clock can be right that is before
NO_RIGHTS = N_("Rights: %(path)s may not be read and written.")
OLD_SCHEMA = N_("Schema: %(revision)s; the next start brings it to %(newest)s. Back up first.")
NO_SCHEMA = N_("Schema: none yet; the next start brings it to %(newest)s. Back up first.")
WRONG_SECRET = N_("Secret: the links in the database do not follow from it, so no server starts.")
NO_SECRET = N_("Secret: %(path)s is missing, so no server starts.")
UNREADABLE_FILE = N_("Database: it cannot be read: %(cause)s. Restore a backup into an empty folder.")
UNREADABLE_ADDRESS = N_("Database: it cannot be read: %(cause)s. Check DATABASE_URL, and whether it runs.")


class Verdict(StrEnum):
    """How urgent a finding is."""

    OK = "ok"
    LOOK = "look"
    MEND = "mend"

    @property
    def label(self) -> str:
        """The word before a finding."""
        labels = {
            Verdict.OK: pgettext("verdict", "ok"),
            Verdict.LOOK: pgettext("verdict", "look"),
            Verdict.MEND: pgettext("verdict", "mend"),
        }
        return labels[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence or two: what is so and, unless it is good, what to do."""

    verdict: Verdict
    text: str


def ok(text: str) -> Finding:
    """All is well."""
    return Finding(Verdict.OK, text)


def look(text: str) -> Finding:
    """Somebody should know."""
    return Finding(Verdict.LOOK, text)


def mend(text: str) -> Finding:
    """Something must be done."""
    return Finding(Verdict.MEND, text)


def examine_data(folder: Path, address: str, secret: bytes, *, now: datetime) -> list[Finding]:
    """The folder, the disk, the database at this address, the secret (b"" = it lies in the folder), the clock and the
    backups.
    """
    own_file = address.startswith("sqlite")
    machine, usable = _examine_folder(folder)
    if own_file and not usable:
        return machine
    if own_file and not (folder / DATABASE).exists():
        return [
            *machine,
            look(_("Database: there is none in %(folder)s yet. The first start makes it.", folder=folder)),
        ]
    if own_file and any(access_faults(_database_files(folder))):
        return [*machine, look(_("Database: it was not looked at, as it may not be read."))]
    try:
        facts = inspect_database(address)
    except DamagedDatabase as error:
        return [*machine, mend(_(UNREADABLE_FILE if own_file else UNREADABLE_ADDRESS, cause=error))]
    backups = _examine_backups(folder, now) if own_file else look(_("Backups: PostgreSQL's own, not seen from here."))
    content = [_examine_version(facts), *_examine_content(facts), *_examine_secret(folder, secret, facts)]
    return [*machine, *content, _examine_clock(facts, now), backups]


def _examine_folder(folder: Path) -> tuple[list[Finding], bool]:
    """The folder and its disk, and whether a server could use it."""
    if faults := list(access_faults([folder], NO_RIGHTS)):
        return [mend(fault) for fault in faults], False
    if folder.is_dir():
        return [*_examine_rights(folder), _examine_disk(folder)], True
    none = _(
        "Data: there is no folder %(folder)s yet. The first start makes it; else name it with --data.", folder=folder
    )
    return [look(none)], False


def has_wal_reset_fix(version: tuple[int, ...]) -> bool:
    """Whether this SQLite cannot lose commits when two connections write and checkpoint at the same moment."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _database_files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{DATABASE}*"))


def _examine_rights(folder: Path) -> list[Finding]:
    found = [*folder.glob(SECRET), *_database_files(folder), *folder.glob(LOCK)]
    owner = folder.stat().st_uid
    findings = [mend(fault) for fault in access_faults(found, NO_RIGHTS)]
    if foreign := [str(path) for path in found if path.stat().st_uid != owner]:
        findings.append(mend(_foreign(folder, foreign)))
    if (folder / SECRET).exists() and open_to_others(folder / SECRET):
        command = f"chmod 600 {folder / SECRET}"
        findings.append(mend(_("Rights: others can read the secret. Run: %(command)s", command=command)))
    if open_to_others(folder):
        command = f"chmod 700 {folder}"
        findings.append(look(_("Rights: others can look into the data folder. Run: %(command)s", command=command)))
    return findings or [_private(folder)]


def _private(folder: Path) -> Finding:
    if HAS_OWNERS:
        return ok(_("Rights: %(folder)s and what is in it are for its owner alone.", folder=folder))
    return look(
        _("Rights: look in the properties of %(folder)s who else may read it. It should be you alone.", folder=folder)
    )


def _foreign(folder: Path, files: list[str]) -> str:
    command = f"chown --reference={folder} {' '.join(files)}"
    return ngettext(
        "Rights: %(files)s belong to another user than their folder, so the server may not read or write. "
        "Run: %(command)s",
        "Rights: %(files)s belong to another user than their folder, so the server may not read or write. "
        "Run: %(command)s",
        len(files),
        files=", ".join(files),
        command=command,
    )


def _examine_disk(folder: Path) -> Finding:
    free = disk_usage(folder).free
    text = _("Disk: %(free)s MB are free.", free=number(free // MEGABYTE))
    if free < TOO_LITTLE:
        return mend(" ".join((text, _("Make room, or ballots can soon not be stored."))))
    return look(" ".join((text, _("Make room before the next workshop.")))) if free < LITTLE else ok(text)


def _examine_version(facts: DatabaseFacts) -> Finding:
    version = ".".join(map(str, facts.version))
    if facts.product != "SQLite" or has_wal_reset_fix(facts.version):
        return ok(_("Database: %(product)s %(version)s.", product=facts.product, version=version))
    return look(
        _(
            "Database: SQLite %(version)s can lose commits when two processes write at once (mended in 3.51.3, 3.50.7 "
            "and 3.44.6). Cardsort keeps to one process with one writer, so let no other program write to the file. A "
            "newer Python or system library brings a newer SQLite.",
            version=version,
        )
    )


def _examine_content(facts: DatabaseFacts) -> list[Finding]:
    known = revisions()
    if facts.faults:
        damaged = _(
            "Integrity: the database is damaged (%(cause)s). Stop the server, keep the folder, and restore the last "
            "backup into an empty one.",
            cause=facts.faults,
        )
        return [mend(damaged)]
    revision = facts.standing.revision
    if revision == known[0]:
        schema = ok(_("Schema: %(revision)s, the newest.", revision=revision))
    elif is_newer(facts.standing):
        schema = mend(" ".join((_("Schema: %(revision)s is of a newer Cardsort.", revision=revision), _(NEWER))))
    else:
        schema = look(_(OLD_SCHEMA if revision else NO_SCHEMA, revision=revision, newest=known[0]))
    return [ok(_("Integrity: nothing is damaged.")), schema]


def _examine_secret(folder: Path, given: bytes, facts: DatabaseFacts) -> list[Finding]:
    """Nothing is said where the secret cannot be read, as the rights say it, or the database is damaged."""
    path = folder / SECRET
    if facts.faults or any(access_faults([path])):
        return []
    secret = given or (path.read_bytes().strip() if path.exists() else b"")
    if fits(facts.standing, secret):
        return [ok(_("Secret: all links and codes in the database follow from it."))]
    return [mend(f"{_(WRONG_SECRET if secret else NO_SECRET, path=path)} {_(PUT_BACK)}")]


def _examine_clock(facts: DatabaseFacts, now: datetime) -> Finding:
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.year < WRITTEN_IN:
        return mend(
            _("Clock: %(now)s cannot be. Set this machine's clock, or workshops are deleted on wrong days.", now=told)
        )
    if leap := leap_between(facts.standing.last_day, now.date()):
        return mend(_leapt(leap))
    newest = max((day for day in (facts.newest, facts.standing.last_day) if day), default=now.date())
    if newest > now.date() + timedelta(days=1):
        behind = _(
            "Clock: %(now)s, but the database knows %(newest)s. Set the clock; or, if it is right, run: %(command)s",
            now=told,
            newest=newest,
            command=CLOCK_IS_RIGHT,
        )
        return mend(behind)
    return ok(_("Clock: %(now)s.", now=told))


def _leapt(leap: Leap) -> str:
    return ngettext(
        "Clock: it says %(today)s, %(n)s day past the last day that this server saw, so nothing is deleted. Set it; "
        "or, if it is right, run: %(command)s",
        "Clock: it says %(today)s, %(n)s days past the last day that this server saw, so nothing is deleted. Set it; "
        "or, if it is right, run: %(command)s",
        (leap.today - leap.seen).days,
        today=leap.today,
        command=CLOCK_IS_RIGHT,
    )


def _examine_backups(folder: Path, now: datetime) -> Finding:
    marker = folder / MARKER
    if not marker.exists():
        return look(_("Backups: none was made yet. Run: %(command)s", command=BACK_UP))
    made = datetime.fromtimestamp(marker.stat().st_mtime, UTC)
    text = _("Backups: the last was made on %(day)s.", day=made.date())
    if now - made <= BACKUP_EVERY:
        return ok(text)
    return look(" ".join((text, _("Run: %(command)s, best by a daily timer.", command=BACK_UP))))
