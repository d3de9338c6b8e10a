"""The fonts on paper: registered once; each character is drawn by the first font that has it."""

import json
from functools import cache, lru_cache
from threading import Lock

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from cardsort.resources import FONTS

REGULAR, ITALIC = "SourceSans3-Regular", "SourceSans3-Italic"
SEMIBOLD, BOLD = "SourceSans3-SemiBold", "SourceSans3-Bold"
ICONS = "lucide"
SECOND = {REGULAR: "DejaVuSans", ITALIC: "DejaVuSans", SEMIBOLD: "DejaVuSans-Bold", BOLD: "DejaVuSans-Bold"}
MARK = "\ufffd"  # stands where no font has the character; DejaVu draws it
REMEMBERED = 50_000  # widths of words, a few million bytes at most
_registering = Lock()


class Font(TTFont):
    """A TrueType font that remembers how wide a word is: lines are broken by asking for the same words again."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        self._widths: dict[str, float] = {}

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802 - reportlab's name
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) >= REMEMBERED:
                self._widths.clear()
            known = self._widths[text] = super().stringWidth(text, 1000, encoding)
        return known * size / 1000


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
def _drawable(face: str) -> frozenset[int]:
    register()
    font = pdfmetrics.getFont(face)
    return frozenset(font.face.charToGlyph)  # type: ignore[attr-defined] # a TTFont, by register()


@lru_cache(maxsize=8192)
def runs(text: str, face: str) -> tuple[tuple[str, str], ...]:
    """The text cut into (font, part); a character that no font has becomes MARK."""
    found: list[tuple[str, str]] = []
    for char in text:
        font, shown = _font_for(char, face)
        if found and found[-1][0] == font:
            found[-1] = (font, found[-1][1] + shown)
        else:
            found.append((font, shown))
    return tuple(found)


def _font_for(char: str, face: str) -> tuple[str, str]:
    point = ord(char)
    if point in _drawable(face):
        return face, char
    second = SECOND[face]
    return second, char if point in _drawable(second) else MARK


@cache
def icon(name: str) -> str | None:
    """The character that draws that icon in the font ICONS, or None when there is no such icon."""
    point = _icon_points().get(name)
    return None if point is None else chr(point)


@cache
def _icon_points() -> dict[str, int]:
    points: dict[str, int] = json.loads((FONTS / "lucide-codepoints.json").read_text("utf-8"))
    return points
