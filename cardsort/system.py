"""What each operating system does in its own way: locks, who owns a file and may use it, how many may be open.

Linux and macOS have it from Unix; what Windows lacks has its counterpart here, or says that there is none.
"""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

HAS_OWNERS = hasattr(os, "geteuid")  # files belong to somebody by number, and carry rights for the others
_FOR_THIS_PROCESS = os.access in os.supports_effective_ids
_SELECT = 512  # sockets that Windows waits for at once


def lock(file: TextIO) -> None:
    """Keep every other process off the file until it is closed; OSError where another one holds it."""
    try:
        import fcntl
    except ImportError:
        windows: Any = import_module("msvcrt")
        windows.locking(file.fileno(), windows.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def may(path: Path, wanted: int) -> bool:
    """Whether this process may do that with the file: os.F_OK, R_OK, W_OK, X_OK."""
    return os.access(path, wanted, effective_ids=_FOR_THIS_PROCESS)


def mounted_read_only(path: Path) -> bool:
    """Whether nothing can be written there, whoever tries; Windows does not tell."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def owner_and_self(path: Path) -> tuple[str, str]:
    """The names of the file's owner and of the account that this process runs as, where there are owners."""
    return _account(path.stat().st_uid), _account(os.geteuid())


def _account(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def open_to_others(path: Path) -> bool:
    """Whether the file's own rights let others than its owner use it; Windows keeps them elsewhere."""
    return HAS_OWNERS and bool(path.stat().st_mode & 0o077)


def allow_open_files(wanted: int) -> int:
    """So many, or fewer where the system allows this process fewer open files; its own limit is raised first."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
    except ImportError:
        return min(wanted, _SELECT)
    allowed, at_most = getrlimit(RLIMIT_NOFILE)
    if RLIM_INFINITY != allowed < wanted:
        allowed = wanted if at_most == RLIM_INFINITY else min(wanted, at_most)
        setrlimit(RLIMIT_NOFILE, (allowed, at_most))
    return wanted if allowed == RLIM_INFINITY else min(wanted, allowed)


def after_fork(done: Callable[[], None]) -> None:
    """Have this done first in every copy that is made of this process; Windows makes none."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=done)
