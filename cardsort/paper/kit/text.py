"""The one door through which every text goes onto paper: normalise, show what hides, fall back to other fonts.

Nothing else may build a Paragraph: reportlab would read its text as markup, which can open files.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from cardsort.domain.cards import ISOLATE, ISOLATED, visible
from cardsort.paper.kit import fonts, scripts
from cardsort.paper.kit.folder import chosen
from cardsort.paper.kit.scripts import JOINERS
from cardsort.paper.kit.stretches import Part, aside, seen, told
from cardsort.paper.kit.style import paint

ELLIPSIS = "…"
NO_BREAK, NARROW = "\xa0", "\u202f"  # the narrow one stands in French numbers
_JOINED = "[\u0590-\U0010ffff]"  # letters that joiners have an effect on
_ISOLATED = re.compile(f"{ISOLATE}([^{ISOLATED}]*){ISOLATED}?")
_IDLE = re.compile(f"(?<!{_JOINED})[{JOINERS}]|[{JOINERS}](?!{_JOINED})")
_DROPPED = frozenset({0xAD, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})  # soft hyphen, variation selectors


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """NFC, white space as single spaces, controls as a visible mark, characters without any shape left out."""
    joined = unicodedata.normalize("NFC", text).replace(NARROW, NO_BREAK)  # reportlab would break lines at it
    spaced = "".join(" " if char.isspace() and char != NO_BREAK else char for char in joined)
    shown = _IDLE.sub("", "".join(char for char in visible(spaced) if char in JOINERS or not _shapeless(char)))
    return " ".join(part for part in shown.split(" ") if part)


def _shapeless(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or ord(char) in _DROPPED


def unprintable(words: str) -> str:
    """The characters that no font has, each once: MARK will stand for them. Whoever enters the words is told so."""
    asked = (char for char in dict.fromkeys(clean(words)) if char not in JOINERS)
    return "".join(char for char in asked if not fonts.font_for(char, fonts.REGULAR, chosen()))


def fragments(parts: Iterable[tuple[str, str, str | None]], style: ParagraphStyle) -> list[Any]:
    """Several (text, face, colour) as one paragraph's fragments, in runs of the fonts that have their characters.

    The spaces between the parts are the caller's. Nothing is parsed: what looks like markup is text. What is isolated
    within a part is put into order for itself.
    """
    found = []
    pieces = ((piece, face, colour) for words, face, colour in parts for piece in _ISOLATED.split(words) if piece)
    for number, (words, face, colour) in enumerate(pieces):
        shown = _with_edges(words)
        own = {"group": number, "from_right": scripts.from_right(shown)}
        tint = {"textColor": paint(colour)} if colour else {}
        for font, part in fonts.runs(shown, face):
            fragment = _plain(style).clone()
            fragment.__dict__.update(text=part, fontName=font, **own, **tint)
            if aside(part) or own["from_right"]:
                fragment.backColor = None  # so that reportlab keeps fragments in its lines, which `seen` needs
            found.append(fragment)
    return found or [_plain(style).clone()]


def part_of(fragment: Any) -> Part:
    """A fragment that `fragments` made, as a part of a line."""
    return Part(fragment.text, fragment.fontName, fragment, fragment.group, fragment.from_right)


@lru_cache(maxsize=512)
def _plain(style: ParagraphStyle) -> Any:
    """An empty fragment of that style."""
    (fragment,) = Paragraph("x", style).frags
    fragment.text = ""
    return fragment


def _with_edges(words: str) -> str:
    before = " " if words[:1] == " " else ""
    after = " " if len(words) > 1 and words[-1:] == " " else ""
    return f"{before}{clean(words)}{after}"


def width(text: str, face: str, size: float) -> float:
    """Width in points of the text set in one line."""
    return sum(stringWidth(part, font, size) for font, part in fonts.runs(clean(text), face))


def fitted(text: str, face: str, size: float, room: float) -> str:
    """The text, or as much of it as goes into `room` points with an ellipsis at its end."""
    whole = clean(text)
    if width(whole, face, size) <= room:
        return whole
    low, high = 0, len(whole)
    while low < high:
        middle = (low + high + 1) // 2
        if width(whole[:middle] + ELLIPSIS, face, size) <= room:
            low = middle
        else:
            high = middle - 1
    return whole[:low].rstrip() + ELLIPSIS


def draw(canvas: Canvas, spot: tuple[float, float], text: str, style: ParagraphStyle, align: str = "left") -> None:
    """Draw one line with its baseline at `spot`; `align` says which end of it stands there."""
    x, y = spot
    if align != "left":
        x -= width(text, style.fontName, style.fontSize) / (2 if align == "middle" else 1)
    canvas.setFillColor(style.textColor)
    words = clean(text)
    right = scripts.from_right(words)
    parts = [Part(part, font, font, from_right=right) for font, part in fonts.runs(words, style.fontName)]
    for stretch in seen(parts, from_right=right):
        with told(canvas, stretch):
            for part, font in stretch.pieces:
                canvas.setFont(font, style.fontSize)
                canvas.drawString(x, y, part)
                x += stringWidth(part, font, style.fontSize)
