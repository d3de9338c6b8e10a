"""Part of `make check`: scripts and style sheets hold no likely slip and ask no more than the oldest browsers know.

ESLint and its plugins know what came when; they come from npm by their own lock file, into this folder. What is allowed
beyond, and what is there without it, stands in eslint.config.js.
"""

import subprocess
import sys
from pathlib import Path

from vendor_assets import npm_command

FOLDER = Path(__file__).parent
LOCK, INSTALLED = FOLDER / "package-lock.json", FOLDER / "node_modules/.package-lock.json"
FILES = ("static/css/*.css", "static/js/**/*.js")


def main() -> int:
    npm = npm_command()
    if not INSTALLED.exists() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime:
        subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)
    node = npm[0] if len(npm) > 1 else "node"
    eslint = FOLDER / "node_modules/eslint/bin/eslint.js"
    return subprocess.run([node, eslint, "--config", FOLDER / "eslint.config.js", *FILES], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
