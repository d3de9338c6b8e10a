"""How the slides in the file look: measures, colours, signs, and the size at which words fit their room.

All lengths are points. Arial, because it is everywhere, and where it is not, something of the same widths is: a file
of slides cannot bring its typeface along, and another one would break lines elsewhere than was reckoned here.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, visible
from cardsort.story.blocks import Line, Span, Told, Tone

FACE = "Arial"
WIDTH, HEIGHT, MARGIN, GUTTER = 960.0, 540.0, 48.0, 24.0
PAPER, WHITE, INK, MUTED, LINE = "#FBFAF6", "#FFFFFF", "#1C2126", "#5A636C", "#D9D5CB"
COLOURS = {Group.IT: "#1F4E79", Group.CUSTOMERS: "#B4410E"}
SUITS = {"A": "#5B3A8E", "B": "#7A5200", "C": "#0B6B5D", "S": "#9B1D54"}
SIGNS, SIGNED = {Group.IT: "□", Group.CUSTOMERS: "●"}, {Tone.IT: Group.IT, Tone.CUSTOMERS: Group.CUSTOMERS}
HAIR, FIRM, THICK = 0.75, 2.0, 4.0

SIZES = (72.0, 60.0, 48.0, 40.0, 36.0, 32.0, 28.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
HEADLINE, LARGE, TEXT, SMALL = 36.0, 28.0, 20.0, 14.0
PARAGRAPH = 0.4  # between two, of their size
SAFE = 0.97  # of the width: letters are reckoned by kind, not each by itself
LEADING, TALL_LEADING = 1.2, 1.5  # Thai, Devanagari and others come from taller typefaces
KINDS = {"iljI.,;:'’‘|! \xa0": 0.28, "tfr()[]/·-“”": 0.34, "mwMW@%—…ЖШЩЮжшщю": 0.88}  # letters -> em
CAPITAL, OTHER, FOREIGN_LETTER, FULL = 0.72, 0.56, 0.72, 1.0
BOLDER = 1.07
FOREIGN = "\u0590"  # from here on scripts are neither Latin, Greek nor Cyrillic
NO_TEXT = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # XML has no place for some of them, and none is a character


class Room(NamedTuple):
    """A rectangle on the slide."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; `own`: in the deck's language, not in the story's."""

    text: str
    colour: str = INK
    bold: bool = False
    italic: bool = False
    own: bool = False


Runs = tuple[Run, ...]
TITLE = Room(MARGIN, 30, WIDTH - 2 * MARGIN, 84)  # of two lines
ONE_LINE = TITLE._replace(height=44)
BODY = Room(MARGIN, 126, WIDTH - 2 * MARGIN, 344)
LOOKS = {
    Tone.STRONG: Run("", bold=True),
    Tone.QUIET: Run("", MUTED),
    Tone.ASIDE: Run("", MUTED, italic=True),
    Tone.IT: Run("", COLOURS[Group.IT], bold=True),
    Tone.CUSTOMERS: Run("", COLOURS[Group.CUSTOMERS], bold=True),
}


def clean(text: str) -> str:
    """The words on one line, with what hides in them as a visible mark."""
    return NO_TEXT.sub("\ufffd", visible(re.sub(r"[\t\n\r]+", " ", text)))


def runs_of(line: Line, *, quiet: bool = False) -> Runs:
    """A line of the story; a group's words come with its sign. `quiet`: what is plain in it is small print."""
    found: list[Run] = []
    for span in line:
        found += [Run("   " if isinstance(span, Told) and span.tone in SIGNED else " ")] if found else []
        found += _span(span, quiet=quiet)
    return tuple(found)


def _span(span: Span, *, quiet: bool) -> Runs:
    if isinstance(span, Card):
        return (Run(span.title, bold=True, own=True),)
    look = LOOKS.get(span.tone, Run("", MUTED if quiet else INK))
    sign = f"{SIGNS[SIGNED[span.tone]]}\xa0" if span.tone in SIGNED else ""
    return (Run(f"{sign}{span.text}", look.colour, look.bold, look.italic),)


def suit_colour(card: Card) -> str:
    """The colour of the card's corner."""
    return SUITS.get(card.suit, INK)


def from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    ways = (unicodedata.bidirectional(char) for char in text)
    return next((way in {"R", "AL"} for way in ways if way in {"L", "R", "AL"}), False)


def fit(paragraphs: Sequence[Runs], room: Room, largest: float) -> float:
    """The largest size, at most so large, at which the paragraphs stay in their room."""
    sizes = [size for size in SIZES if size <= largest]
    return next((size for size in sizes if height_of(paragraphs, room.width, size) <= room.height), sizes[-1])


def height_of(paragraphs: Sequence[Runs], width: float, size: float) -> float:
    """How high the paragraphs become, broken into lines of that width."""
    texts = ["".join(run.text for run in runs) for runs in paragraphs]
    bold = any(run.bold for runs in paragraphs for run in runs)
    leading = TALL_LEADING if any(char >= FOREIGN for text in texts for char in text if char.isalpha()) else LEADING
    lines = sum(_lines(text, width * SAFE / size, bold=bold) for text in texts)
    return size * (lines * leading + (len(texts) - 1) * PARAGRAPH)


def _lines(text: str, width: float, *, bold: bool) -> int:
    """How many lines of so many em; a word that is longer than a line is broken."""
    lines, filled = 1, 0.0
    for word in re.findall(r"[^ ]+ *| +", text):
        long = width_of(word.rstrip(" "), bold=bold)
        if filled and filled + long > width:
            lines, filled = lines + 1, 0.0
        more = max(0, -int(-long // width) - 1)
        lines, filled = lines + more, filled + width_of(word, bold=bold) - more * width
    return lines


def fit_line(lines: Iterable[Runs], width: float, largest: float) -> float:
    """The largest size, at most so large, at which each of them stays on one line."""
    texts = [("".join(run.text for run in runs), any(run.bold for run in runs)) for runs in lines]
    longest = max((width_of(text, bold=bold) for text, bold in texts), default=0.0)
    return next((size for size in SIZES if size <= largest and longest * size <= width * SAFE), SIZES[-1])


def width_of(text: str, *, bold: bool = False) -> float:
    """About how long it is, in em; rather more than less."""
    return sum(map(_em, text)) * (BOLDER if bold else 1)


@lru_cache(maxsize=4096)
def _em(char: str) -> float:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return FULL
    if char >= FOREIGN and char.isalpha():
        return FOREIGN_LETTER
    usual = CAPITAL if char.isupper() else OTHER
    return next((em for letters, em in KINDS.items() if char in letters), usual)
