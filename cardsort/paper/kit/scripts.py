"""Writing that needs more than one character after the other: from right to left, joined, marks above and below.

reportlab breaks lines in the order in which they are read; when one is drawn, its pieces are put into the order in
which they are seen (by python-bidi) and their letters are given their shapes (by HarfBuzz). What a reader searches for,
copies or hears stays the line as it is read: it is written beside the shapes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bidi import get_base_level, get_display

JOINERS = "\u200c\u200d"  # kept between letters that they join or part
_COMBINING = range(0x0300, 0x0370)
_SHAPED = (_COMBINING, range(0x0590, 0x1100), range(0x1200, 0x1E00), range(0xA800, 0xAC00), range(0xFB1D, 0xFE00))
_IDEOGRAPHS = (range(0x2E80, 0xA4D0), range(0xF900, 0xFB00), range(0xFE30, 0xFE50), range(0xFF00, 0xFFEF))
_PICTURES = 0x1F000  # emoji, some of several characters
_BEYOND = 0x20000  # rare ideographs
_RIGHT_TO_LEFT = {"R", "AL"}
_LANGUAGES = {
    "HEBREW": "he",
    "ARABIC": "ar",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "GREEK": "el",
}
_WORDS = re.compile(r"\s*\S+\s*|\s+")
_TAGS = [chr(0xE0020 + number) for number in range(96)]  # characters that the order of others does not depend on
_ENDS = {"L": "a", "R": "\u05d0"}


@lru_cache(maxsize=4096)
def shaped(text: str) -> bool:
    """Whether some of its letters have other shapes or places than each by itself."""
    return not text.isascii() and any(_is_shaped(ord(char)) for char in text)


def _is_shaped(point: int) -> bool:
    return any(point in block for block in _SHAPED) or _PICTURES <= point < _BEYOND or chr(point) in JOINERS


@lru_cache(maxsize=4096)
def backwards(text: str) -> bool:
    """Whether something of the text runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def from_right(text: str) -> bool:
    """Whether the text as a whole runs from right to left: its first letter does."""
    return backwards(text) and get_base_level(text) == 1


@lru_cache(maxsize=4096)
def without_spaces(text: str) -> bool:
    """Whether lines may be broken between its characters, as in Chinese and Japanese."""
    return not text.isascii() and any(
        any(ord(char) in block for block in _IDEOGRAPHS) or ord(char) >= _BEYOND for char in text
    )


@lru_cache(maxsize=4096)
def language(text: str) -> str:
    """The language that its script speaks for, or "" where several share it; kana make Chinese signs Japanese."""
    if text.isascii():
        return ""
    found = [_LANGUAGES.get(unicodedata.name(char, "").partition(" ")[0], "") for char in text if char.isalpha()]
    return "ja" if "ja" in found else next(filter(None, found), "")


def by_language(text: str) -> list[tuple[str, str]]:
    """The text in stretches of words, each with its language; what has no letters belongs to what stands before it."""
    found: list[tuple[str, str]] = []
    for word in _WORDS.findall(text):
        spoken = language(word)
        if found and (spoken == found[-1][1] or not any(char.isalpha() for char in word)):
            found[-1] = (found[-1][0] + word, found[-1][1])
        else:
            found.append((word, spoken))
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of a line as it is seen: its words as they are read, where they begin in the line, and whether they run
    from the right.
    """

    words: str
    start: int
    from_right: bool


def order(line: str, *, base_right: bool) -> list[Seen]:
    """The line's pieces from the left to the right, in a text that runs from the right, or from the left."""
    if not backwards(line) and not base_right:
        return [Seen(line, 0, from_right=False)]
    base = "R" if base_right else "L"
    tagged = "".join(f"{char}{_TAGS[at // 96]}{_TAGS[at % 96]}" for at, char in enumerate(line))
    display = get_display(tagged + _ENDS[base], base_dir=base)
    return list(_pieces(line, display[1:] if base_right else display[:-1]))


def _pieces(line: str, display: str) -> Iterator[Seen]:
    """Runs of neighbours: each character has its tags behind it, or before it where it runs from the right."""
    number = {tag: at for at, tag in enumerate(_TAGS)}
    found: list[tuple[int, bool]] = []
    for first, middle, last in zip(display[::3], display[1::3], display[2::3], strict=True):
        right = first in number
        found.append((96 * number[middle] + number[first if right else last], right))
    for (_same, right), run in groupby(enumerate(found), key=lambda one: (_step(*one), one[1][1])):
        places = [place for _seen, (place, _right) in run]
        yield Seen(line[min(places) : max(places) + 1], min(places), right)


def _step(seen: int, found: tuple[int, bool]) -> int:
    """The same for neighbours that stand beside one another."""
    place, right = found
    return place + seen if right else place - seen
