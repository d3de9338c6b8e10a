"""What `cardsort doctor` finds out about data and machine: each finding with a remedy. Nothing is changed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from shutil import disk_usage

from cardsort.store.inspection import DatabaseFacts, inspect_database
from cardsort.store.migrations import revisions
from cardsort.store.snapshots import DamagedDatabase
from cardsort.usecases.backups import DATABASE, MARKER, MEGABYTE, SECRET
from cardsort.usecases.clock import CLOCK_IS_RIGHT, leap_between
from cardsort.usecases.opening import NEWER, PUT_BACK, fits, is_newer
from cardsort.usecases.remedies import access_faults

LITTLE, TOO_LITTLE = 1000 * MEGABYTE, 100 * MEGABYTE
BACKUP_EVERY = timedelta(days=7)
WRITTEN_IN = 2026  # no clock can be right that is before


class Verdict(StrEnum):
    """How urgent a finding is."""

    OK = "ok"
    LOOK = "look"
    MEND = "mend"


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
    if faults := list(access_faults([folder])):
        return [mend(f"Rights: {fault}") for fault in faults]
    if not folder.is_dir():
        return [look(f"Data: there is no folder {folder} yet. The first start makes it; else name it with --data.")]
    own_file = address.startswith("sqlite")
    rights, machine = _examine_rights(folder), _examine_disk(folder)
    if own_file and not (folder / DATABASE).exists():
        return [*rights, machine, look(f"Database: there is none in {folder} yet. The first start makes it.")]
    if own_file and any(access_faults(_database_files(folder))):
        return [*rights, machine, look("Database: it was not looked at, as it may not be read.")]
    try:
        facts = inspect_database(address)
    except DamagedDatabase as error:
        remedy = "Restore a backup into an empty folder." if own_file else "Check DATABASE_URL, and whether it runs."
        return [*rights, machine, mend(f"Database: it cannot be read: {error}. {remedy}")]
    backups = _examine_backups(folder, now) if own_file else look("Backups: PostgreSQL's own, not seen from here.")
    content = [_examine_version(facts), *_examine_content(facts), *_examine_secret(folder, secret, facts)]
    return [*rights, machine, *content, _examine_clock(facts, now), backups]


def has_wal_reset_fix(version: tuple[int, ...]) -> bool:
    """Whether this SQLite cannot lose commits when two connections write and checkpoint at the same moment."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _database_files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{DATABASE}*"))


def _examine_rights(folder: Path) -> list[Finding]:
    found = [*folder.glob(SECRET), *_database_files(folder)]
    owner = folder.stat().st_uid
    findings = [mend(f"Rights: {fault}") for fault in access_faults(found)]
    if foreign := [str(path) for path in found if path.stat().st_uid != owner]:
        text = "belong to another user than their folder, so the server may not read or write."
        command = f"chown --reference={folder} {' '.join(foreign)}"
        findings.append(mend(f"Rights: {', '.join(foreign)} {text} Run: {command}"))
    if (folder / SECRET).exists() and (folder / SECRET).stat().st_mode & 0o077:
        findings.append(mend(f"Rights: others can read the secret. Run: chmod 600 {folder / SECRET}"))
    if folder.stat().st_mode & 0o077:
        findings.append(look(f"Rights: others can look into the data folder. Run: chmod 700 {folder}"))
    return findings or [ok(f"Rights: {folder} and what is in it are for its owner alone.")]


def _examine_disk(folder: Path) -> Finding:
    free = disk_usage(folder).free
    text = f"Disk: {free // MEGABYTE:,} MB are free."
    if free < TOO_LITTLE:
        return mend(f"{text} Make room, or ballots can soon not be stored.")
    return look(f"{text} Make room before the next workshop.") if free < LITTLE else ok(text)


def _examine_version(facts: DatabaseFacts) -> Finding:
    text = f"Database: {facts.product} {'.'.join(map(str, facts.version))}"
    if facts.product != "SQLite" or has_wal_reset_fix(facts.version):
        return ok(f"{text}.")
    return look(
        f"{text} can lose commits when two processes write at once (mended in 3.51.3, 3.50.7 and 3.44.6). "
        "Cardsort keeps to one process with one writer, so let no other program write to the file. A newer Python or "
        "system library brings a newer SQLite."
    )


def _examine_content(facts: DatabaseFacts) -> list[Finding]:
    known = revisions()
    if facts.faults:
        remedy = "Stop the server, keep the folder, and restore the last backup into an empty one."
        return [mend(f"Integrity: the database is damaged ({facts.faults}). {remedy}")]
    revision = facts.standing.revision
    if revision == known[0]:
        schema = ok(f"Schema: {revision}, the newest.")
    elif is_newer(facts.standing):
        schema = mend(f"Schema: {revision} is of a newer Cardsort. {NEWER}")
    else:
        schema = look(f"Schema: {revision or 'none yet'}; the next start brings it to {known[0]}. Back up first.")
    return [ok("Integrity: nothing is damaged."), schema]


def _examine_secret(folder: Path, given: bytes, facts: DatabaseFacts) -> list[Finding]:
    """Nothing is said where the secret cannot be read, as the rights say it, or the database is damaged."""
    path = folder / SECRET
    if facts.faults or any(access_faults([path])):
        return []
    secret = given or (path.read_bytes().strip() if path.exists() else b"")
    if fits(facts.standing, secret):
        return [ok("Secret: all links and codes in the database follow from it.")]
    what = "the links in the database do not follow from it" if secret else f"{path} is missing"
    return [mend(f"Secret: {what}, so no server starts. {PUT_BACK}")]


def _examine_clock(facts: DatabaseFacts, now: datetime) -> Finding:
    text = f"Clock: {now:%Y-%m-%d %H:%M} UTC"
    if now.year < WRITTEN_IN:
        return mend(f"{text} cannot be. Set this machine's clock, or workshops are deleted on wrong days.")
    if leap := leap_between(facts.standing.last_day, now.date()):
        return mend(f"Clock: {leap}, so nothing is deleted. Set it; or, if it is right, run: {CLOCK_IS_RIGHT}")
    newest = max((day for day in (facts.newest, facts.standing.last_day) if day), default=now.date())
    if newest > now.date() + timedelta(days=1):
        return mend(
            f"{text}, but the database knows {newest}. Set the clock; or, if it is right, run: {CLOCK_IS_RIGHT}"
        )
    return ok(f"{text}.")


def _examine_backups(folder: Path, now: datetime) -> Finding:
    marker = folder / MARKER
    if not marker.exists():
        return look("Backups: none was made yet. Run: cardsort backup FILE")
    made = datetime.fromtimestamp(marker.stat().st_mtime, UTC)
    text = f"Backups: the last was made on {made:%Y-%m-%d}."
    return ok(text) if now - made <= BACKUP_EVERY else look(f"{text} Run: cardsort backup FILE, best by a daily timer.")
