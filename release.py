"""A release by one command: `python release.py 0.2.0` raises the version where it stands, closes the changelog's open
heading with the day, commits and tags. Nothing is built or sent anywhere.
"""

import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OPEN = "## Unreleased\n"


def release(version: str) -> None:
    """Make the commit and the tag, or exit with a sentence that says why not; then nothing was changed."""
    now = tomllib.loads(_read("pyproject.toml"))["project"]["version"]
    if not re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", version) or _parts(version) <= _parts(now):
        sys.exit(f"release: this is {now}. Name a higher version of three numbers: make release VERSION=x.y.z")
    if _git("status", "--porcelain"):
        sys.exit("release: something is changed and not committed. Commit or undo it first.")
    if _git("tag", "--list", f"v{version}"):
        sys.exit(f"release: the tag v{version} exists already. Name a higher version.")
    changes = _read("CHANGELOG.md").partition(OPEN)[2].partition("\n## ")[0]
    if not changes.strip():
        sys.exit(f"release: CHANGELOG.md says nothing under “{OPEN.strip()}”. Write there what has changed.")
    _raise(now, version)
    _git("commit", "--quiet", "--all", "--message", f"Release {version}")
    _git("tag", "--annotate", f"v{version}", "--message", f"Cardsort {version}")
    print(f"Cardsort {version} is committed and tagged v{version}; build it with: make dist")


def _raise(now: str, version: str) -> None:
    day = datetime.now(UTC).date()
    for file, old, new in (
        ("pyproject.toml", f'\nversion = "{now}"\n', f'\nversion = "{version}"\n'),
        ("CITATION.cff", f"\nversion: {now}\n", f"\nversion: {version}\n"),
        ("CHANGELOG.md", OPEN, f"{OPEN}\n## {version} ({day})\n"),
    ):
        (ROOT / file).write_text(_read(file).replace(old, new, 1), encoding="utf-8")


def _read(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    release("".join(sys.argv[1:]))
