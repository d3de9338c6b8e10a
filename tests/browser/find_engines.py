"""Find what the tests in WebKit and Firefox need, or install it by apt as root. Run before the tests (make test).

WebKitGTK with its driver, a screen without a monitor for its window, and the bindings that the window is made with; and
Firefox. Prints nothing when everything is there already.
"""

import os
import shutil
import subprocess
import sys

PYTHON = "/usr/bin/python3"  # the system's own: the bindings are made for it
BINDINGS = "import gi; gi.require_version('WebKit2', '4.1'); from gi.repository import WebKit2"
PACKAGES = ("webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb", "firefox-esr")


def ready():
    """Whether all of it is there."""
    programs = ("WebKitWebDriver", "Xvfb", PYTHON)
    if not all(map(shutil.which, programs)) or not any(map(shutil.which, ("firefox-esr", "firefox"))):
        return False
    return subprocess.run([PYTHON, "-c", BINDINGS], check=False, stderr=subprocess.DEVNULL).returncode == 0


def install():
    print("Installing WebKitGTK and Firefox for the browser tests (once) ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES], check=False, **quiet)


if __name__ == "__main__":
    if not ready() and shutil.which("apt-get") and os.geteuid() == 0:
        install()
    if not ready():
        names = " ".join(PACKAGES)
        sys.exit(f"The browser tests need WebKitGTK and Firefox: sudo apt-get install {names}, then again.")
