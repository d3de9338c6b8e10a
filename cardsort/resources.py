"""Where the files that are not Python lie: templates, style sheets, fonts, icons, translations and the shipped deck.

In a checkout they stand beside the package; in a wheel they are packed inside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PACKED = _PACKAGE / "_resources"
ROOT = _PACKED if _PACKED.is_dir() else _PACKAGE.parent

CARDS = ROOT / "cards"
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
TRANSLATIONS = ROOT / "translations"
VENDOR = STATIC / "vendor"
FONTS = VENDOR / "fonts"
