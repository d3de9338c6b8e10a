"""Where the operator keeps fonts for letters that our own lack; nothing is opened before such a letter is met."""

from pathlib import Path

_chosen: list[Path] = []


def choose(folder: Path | None) -> None:
    """Take fonts from that folder from now on, in all of this process; None: from nowhere."""
    _chosen[:] = [folder] if folder else []


def chosen() -> Path | None:
    """The folder, if there is one."""
    return _chosen[0] if _chosen else None
