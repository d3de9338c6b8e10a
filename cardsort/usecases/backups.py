"""A whole data folder as one file, taken while the server runs, and restored into an empty folder."""

import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj, disk_usage
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from cardsort.domain.errors import InvalidBackup
from cardsort.language import _, number
from cardsort.store.migrations import revisions
from cardsort.store.snapshots import DamagedDatabase, copy_database, revision_of

DATABASE, SECRET, LOCK = "cardsort.db", "secret.key", "server.lock"
MARKER = "last-backup"  # its time is the last backup's
MEGABYTE = 1024 * 1024
HEADER_BYTES, SECRET_BYTES, LEFT_FREE = 100, 4096, 100 * MEGABYTE
BEGINNING = b"PK\x03\x04"
DAMAGED = (zlib.error, BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError)  # what zipfile raises


def back_up(folder: Path, secret: bytes, target: Path) -> None:
    """Write database and secret into one file, for its owner alone: checked, and whole or not at all."""
    if not (folder / DATABASE).exists():
        raise InvalidBackup(
            _("There is no database in %(folder)s, so nothing was written. Name the folder with --data.", folder=folder)
        )
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".cardsort-backup-") as made:
        copy, packed = Path(made) / DATABASE, Path(made) / "packed"
        try:
            copy_database(folder / DATABASE, copy)
            revision_of(copy)
        except DamagedDatabase as error:
            raise InvalidBackup(
                _(
                    "The database in %(folder)s cannot be copied whole (%(cause)s), so nothing was written. Free space "
                    "where the disk is full; else keep the earlier backups, and look with `cardsort doctor`.",
                    folder=folder,
                    cause=error,
                )
            ) from error
        with ZipFile(packed, "w", ZIP_DEFLATED) as file:
            file.write(copy, DATABASE)
            file.writestr(SECRET, secret)
        packed.chmod(0o600)
        _flush(packed)
        packed.replace(target)
    with suppress(OSError):  # the backup is good, whoever may write here
        (folder / MARKER).touch(mode=0o600)


def restore_backup(file: Path, folder: Path, secret: bytes) -> None:
    """Put database and secret back into a folder without a database.

    `secret` is the one in use there, or empty. InvalidBackup where anything is wrong; then nothing was changed.
    """
    if there := sorted(path.name for path in folder.glob(f"{DATABASE}*")):
        raise InvalidBackup(
            _(
                "%(folder)s holds a database already (%(file)s), so nothing was restored. Name an empty folder with "
                "--data, or move %(files)s and %(secret)s to another place first.",
                folder=folder,
                file=there[0],
                files=", ".join(there),
                secret=SECRET,
            )
        )
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as made:
        database, key = Path(made) / DATABASE, Path(made) / SECRET
        _unpack(file, database, key)
        if secret and secret != key.read_bytes():
            raise InvalidBackup(
                _(
                    "The backup has another secret than %(secret)s in %(folder)s or SECRET_KEY, so nothing was "
                    "restored: its links would not open. Move %(secret)s away and unset SECRET_KEY first.",
                    secret=SECRET,
                    folder=folder,
                )
            )
        for path in (key, database):  # the database last: with it the folder counts as restored
            _flush(path)
            path.replace(folder / path.name)


def _unpack(file: Path, database: Path, key: Path) -> None:
    try:
        with ZipFile(file) as packed:
            _check_sizes(packed, database.parent)
            for path in (database, key):
                with packed.open(path.name) as content, path.open("wb") as target:
                    copyfileobj(content, target)
        revision = revision_of(database)
    except (*DAMAGED, DamagedDatabase) as error:
        raise InvalidBackup(
            _(
                "%(file)s is not a whole backup of Cardsort, so nothing was restored. Take the file as "
                "`cardsort backup` wrote it, or an earlier one.",
                file=file,
            )
        ) from error
    if revision not in revisions():
        raise InvalidBackup(
            _(
                "%(file)s was made by a newer Cardsort, so nothing was restored. Bring this Cardsort up to date first.",
                file=file,
            )
        )


def _check_sizes(packed: ZipFile, folder: Path) -> None:
    """Refuse what unpacks to more than a database and its secret are, or than the disk holds, before it is unpacked;
    zipfile itself reads no more of an entry than its declared size.
    """
    size = packed.getinfo(DATABASE).file_size
    with packed.open(DATABASE) as content:
        header = content.read(HEADER_BYTES)
    page, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])  # as SQLite's file format says
    if size != (65536 if page == 1 else page) * pages or packed.getinfo(SECRET).file_size > SECRET_BYTES:
        raise BadZipFile
    if (free := disk_usage(folder).free) < size + LEFT_FREE:
        raise InvalidBackup(
            _(
                "The database in the backup has %(size)s MB, and of %(free)s MB that are free in %(folder)s, %(left)s "
                "stay so. Nothing was restored. Make room there, then try again.",
                size=number(size // MEGABYTE),
                free=number(free // MEGABYTE),
                folder=folder.parent,
                left=number(LEFT_FREE // MEGABYTE),
            )
        )


def _flush(path: Path) -> None:
    """On disk before it counts."""
    with path.open("r+b") as file:  # Windows flushes only what may be written
        os.fsync(file.fileno())
