"""The fonts on paper: registered once; each character is drawn by the first font that has it."""

import json
import logging
import struct
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from cardsort.paper.kit import scripts
from cardsort.paper.kit.folder import chosen
from cardsort.paper.kit.scripts import JOINERS
from cardsort.paper.kit.typeface import Font
from cardsort.resources import FONTS

REGULAR, ITALIC = "SourceSans3-Regular", "SourceSans3-Italic"
SEMIBOLD, BOLD = "SourceSans3-SemiBold", "SourceSans3-Bold"
ICONS = "lucide"
SECOND = {REGULAR: "DejaVuSans", ITALIC: "DejaVuSans", SEMIBOLD: "DejaVuSans-Bold", BOLD: "DejaVuSans-Bold"}
MARK = "\ufffd"  # stands where no font has the character; DejaVu draws it
FONT_FILES = {".ttf", ".ttc", ".otf"}  # the last mostly to be left out, which has to be said
log = logging.getLogger(__name__)
_registering = Lock()


@cache
def register() -> None:
    """Make the fonts known to reportlab; call before anything is measured."""
    with _registering:
        for name in (*SECOND, *sorted(set(SECOND.values())), ICONS):
            pdfmetrics.registerFont(Font(name, str(FONTS / f"{name}.ttf")))
            for bold in (0, 1):
                for italic in (0, 1):
                    addMapping(name, bold, italic, name)


@cache
def _added(folder: Path) -> tuple[Font, ...]:
    """The operator's fonts in the order of their names; one that cannot be used is left out, and the log says so."""
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in FONT_FILES)
    with _registering:
        return tuple(font for file in files if (font := _read(file)))


def _read(file: Path) -> Font | None:
    try:
        font = Font(f"own {file.name}", str(file))
    except (TTFError, OSError, ValueError, KeyError, IndexError, struct.error) as error:
        log.warning("%s is left out: it is no TrueType font that can go into a PDF (%s).", file, error)
        return None
    pdfmetrics.registerFont(font)
    return font


@cache
def _own(face: str) -> tuple[Font, ...]:
    return tuple(_font(name) for name in dict.fromkeys((face, SECOND[face], REGULAR, SECOND[REGULAR])))


@cache
def _others(face: str, folder: Path) -> tuple[Font, ...]:
    """The operator's fonts, the bold ones first where the face is bold."""
    bold = face in {SEMIBOLD, BOLD}
    return tuple(sorted(_added(folder), key=lambda font: ("bold" in font.fontName.lower()) is not bold))


def font_for(char: str, face: str, folder: Path | None) -> str | None:
    """The name of the first font that has the character, ours before those in the folder; None: not to be printed."""
    point = ord(char)
    found = next((font.fontName for font in _own(face) if point in font.points), None)
    if found is None and folder:
        found = next((font.fontName for font in _others(face, folder) if point in font.points), None)
    return found


def runs(text: str, face: str) -> tuple[tuple[str, str], ...]:
    """The text cut into (font, part); a character that no font has becomes MARK, with the marks that stand on it."""
    return _runs(text, face, chosen())


@lru_cache(maxsize=8192)
def _runs(text: str, face: str, folder: Path | None) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for char in text:
        depends = bool(found) and (char in JOINERS or unicodedata.category(char)[0] == "M")
        stays = depends and _has(found[-1][0], char)
        if depends and not stays and (char in JOINERS or found[-1][1].endswith(MARK)):
            continue
        font = found[-1][0] if stays else font_for(char, face, folder)
        shown, font = (char, font) if font else (MARK, SECOND[face])
        if found and found[-1][0] == font:
            found[-1] = (font, found[-1][1] + shown)
        else:
            found.append((font, shown))
    return tuple(found)


def shape(text: str, name: str, *, from_right: bool) -> Any:
    """The shapes of the text's letters in that font from the left, or the text where each letter is its own."""
    if not from_right and not scripts.shaped(text):
        return text
    return _font(name).shape(text, from_right=from_right)


def _has(name: str, char: str) -> bool:
    return ord(char) in _font(name).points


def _font(name: str) -> Font:
    register()
    found: Any = pdfmetrics.getFont(name)
    return cast("Font", found)


@cache
def icon(name: str) -> str | None:
    """The character that draws that icon in the font ICONS, or None when there is no such icon."""
    point = _icon_points().get(name)
    return None if point is None else chr(point)


@cache
def _icon_points() -> dict[str, int]:
    points: dict[str, int] = json.loads((FONTS / "lucide-codepoints.json").read_text("utf-8"))
    return points
