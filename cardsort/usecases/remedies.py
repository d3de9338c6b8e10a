"""A file, folder or disk that cannot be used: what is wrong with it, and the one command that mends it."""

import os
from collections.abc import Iterable, Iterator
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path

from cardsort import system
from cardsort.language import N_, _
from cardsort.usecases.backups import DATABASE

FILE_FAULTS = {
    "read": N_("%(path)s cannot be read: %(cause)s."),
    "written": N_("%(path)s cannot be written: %(cause)s."),
    "read or written": N_("%(path)s cannot be read or written: %(cause)s."),
    "made": N_("The data folder %(path)s cannot be made: %(cause)s."),
}
DATABASE_FAULTS = {
    "opened": N_("The database cannot be opened (%(path)s): %(cause)s."),
    "used": N_("The database cannot be used (%(path)s): %(cause)s."),
}
NO_FOLDER = N_("The data folder %(path)s may not be read and written.")
NO_ACCESS = N_("%(path)s may not be read and written.")


def file_fault(error: OSError, usual: Path, done: str = "read or written") -> str:
    """The sentence for what the system refused, at `usual` where it does not say where, as for a full disk."""
    path = Path(error.filename) if isinstance(error.filename, str) else usual
    return f"{_(FILE_FAULTS[done], path=path, cause=error.strerror)} {_remedy(path, error.errno)}".rstrip()


def database_fault(folder: Path, cause: str, done: str) -> str:
    """The sentence for a folder whose database SQLite refuses to open or to use, with its own word for the cause."""
    path = folder / DATABASE
    if "disk is full" in cause:
        remedy = _remedy(folder, ENOSPC)
    else:
        remedy = next(access_faults([folder, *sorted(folder.glob(f"{DATABASE}*"))]), _("Look with: cardsort doctor"))
    return f"{_(DATABASE_FAULTS[done], path=path, cause=cause)} {remedy}"


def access_faults(paths: Iterable[Path], says: str = NO_ACCESS) -> Iterator[str]:
    """A sentence, or `says`, with the remedy, for each of the paths that this process may not read and write."""
    for path in paths:
        seen = _nearest(path)
        both = os.R_OK | os.W_OK | (os.X_OK if seen.is_dir() else 0)
        if not system.may(seen, both if seen == path else os.X_OK):  # not seen itself: it may lie in a closed folder
            number = EROFS if system.mounted_read_only(seen) else EACCES
            yield f"{_(says, path=path)} {_remedy(path, number)}"


def _nearest(path: Path) -> Path:
    """The path itself, where this process can see it; else the nearest folder above it."""
    return next(place for place in (path, *path.absolute().parents) if system.may(place, os.F_OK))


def _remedy(path: Path, number: int | None) -> str:
    there = _nearest(path)
    if number in {ENOSPC, EDQUOT}:
        return _("Make room on the disk of %(path)s, then try again.", path=there)
    if number == EROFS:
        mounted = next(place for place in (there, *there.absolute().parents) if place.is_mount())
        return _("It is mounted to be read only. Run: mount -o remount,rw %(path)s", path=mounted)
    return _give(there) if number in {EACCES, EPERM} else ""


def _give(path: Path) -> str:
    if not system.HAS_OWNERS:
        return _("Give your account the right to read and write %(path)s.", path=path)
    owner, here = system.owner_and_self(path)
    if owner == here:
        return _("Run: chmod u+rwX %(path)s", path=path)
    return _(
        "It belongs to %(owner)s, and this runs as %(here)s. Run: chown -R %(here)s %(path)s",
        owner=owner,
        here=here,
        path=path,
    )
