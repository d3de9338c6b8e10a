"""Find what the browser tests need, or install it: Chromium from the system, by apt as root, or by Playwright itself.

Playwright's driver needs the library libatomic, which a bare Debian lacks. Run before the tests (make test); prints
nothing when everything is there already.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell is the same Chromium without its windows: a page takes it a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("fonts-noto-core", "libatomic1")


def find_chromium():
    """The path of a Chromium on the PATH, or of Playwright's own; None where there is neither."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if not driver_runs():
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def driver_runs():
    """Whether the program runs through which Playwright works a browser."""
    from playwright._impl._driver import compute_driver_executable

    return (
        subprocess.run([compute_driver_executable()[0], "--version"], capture_output=True, check=False).returncode == 0
    )


def install():
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests (once) ...", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        apt = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        for name in NAMES[:2]:  # not every system packages the shell
            if subprocess.run([*apt, name], check=False, **quiet).returncode == 0:
                return
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def ready():
    return driver_runs() and find_chromium() is not None


if __name__ == "__main__":
    if not ready():
        install()
    if not ready():
        sys.exit("The browser tests need Chromium and libatomic: sudo apt-get install chromium libatomic1, then again.")
