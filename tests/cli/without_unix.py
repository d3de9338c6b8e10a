"""A process without what Python has on Unix alone, and with the lock of files that Windows has."""

import asyncio  # noqa: F401  Python's own modules are loaded as this system has them: on Windows they have other ways
import fcntl
import os
import select
import shutil
import signal
import subprocess  # noqa: F401
import sys
from types import FunctionType, ModuleType, SimpleNamespace

MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty")
OF_OS = (
    *("chown", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg"),
    *("getpgid", "getpgrp", "getuid", "killpg", "lchown", "mkfifo", "nice", "register_at_fork", "setegid", "seteuid"),
    *("setgid", "setpgid", "setsid", "setuid", "ST_RDONLY", "statvfs", "fstatvfs", "sysconf", "O_NOFOLLOW", "sync"),
    *("O_CLOEXEC", "O_DIRECTORY", "sched_getaffinity", "posix_fadvise", "posix_fallocate", "pread", "pwrite"),
)
OF_SIGNAL = ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2", "alarm")


def leave_unix():
    """To be called before the program is imported."""
    kept = {**shutil.__dict__, "os": SimpleNamespace(statvfs=os.statvfs)}
    shutil.disk_usage = FunctionType(shutil.disk_usage.__code__, kept)  # which works on Windows too, in another way
    windows = ModuleType("msvcrt")
    windows.__dict__.update(locking=_locking, LK_NBLCK=2)
    sys.modules |= {"msvcrt": windows, **dict.fromkeys(MODULES)}  # None: it cannot be imported
    for place, names in ((os, OF_OS), (signal, OF_SIGNAL), (select, ("poll", "epoll"))):
        for name in names:
            delattr(place, name)
    os.supports_effective_ids.clear()


def _locking(number, _mode, _length):
    fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
