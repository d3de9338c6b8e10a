"""An old Safari: WPE WebKit 2.38, as Safari 16.0 was, the oldest WebKit that a Debian has. Part of `make soak`.

Without a screen its window is 800 pixels wide, whatever size is asked for, and nothing tells of its console.
"""

import shutil

from tests.browser.engines.webkit import WebKitTab

BROWSER = {"binary": "/usr/bin/cog", "args": ["--automation", "--platform=headless"]}


class Wpe:
    """Each tab is a driver and a browser of its own."""

    name = "wpe"

    def open(self, size):
        assert shutil.which("WPEWebDriver"), "An old WebKit is needed: sudo apt-get install wpewebkit-driver cog"
        return WpeTab("", size)

    def close(self):
        """Nothing is left running."""


class WpeTab(WebKitTab):
    name = "wpe"

    def _start(self, _program, _options):
        super()._start("WPEWebDriver", {"wpe:browserOptions": BROWSER})
