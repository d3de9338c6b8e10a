"""A line as it is seen, from the left, with what is read where that differs: words in their order, their language."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from cardsort.language import _
from cardsort.paper.kit import fonts, scripts
from cardsort.paper.kit.style import SPOKEN

_SIGN = re.compile(rf"([{''.join(SPOKEN)}]\s*)")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a line in one font; `group`: the words that they belong to, `from_right`: whether all these run from
    there. `owner` is the caller's.
    """

    words: str
    font: str
    owner: Any
    group: int = 0
    from_right: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbours in a line as it is seen: (text or shapes, whose they are) from the left, and what is said there:
    its language ("": the document's), and its words where shapes and order do not tell them.
    """

    pieces: list[tuple[str, Any]]
    language: str = ""
    words: str = ""

    @property
    def opening(self) -> str:
        """How the stretch begins in the page's stream, "" where nothing is said beside it."""
        said = f"/Lang ({self.language}) " if self.language else ""
        if self.words:
            said += f"/ActualText <FEFF{self.words.encode('utf-16-be').hex().upper()}>"
        return f"/Span <<{said}>> BDC" if said else ""


def seen(parts: Sequence[Part], *, from_right: bool, space: bool = False) -> list[Stretch]:
    """A line as it is seen from the left; `from_right`: the text as a whole runs from there, `space`: words follow on
    the next line. What belongs together is put into order for itself: a title after a card's index.
    """
    groups = [_ordered(list(group)) for _number, group in groupby(parts, key=lambda part: part.group)]
    found = [stretch for group in (reversed(groups) if from_right else groups) for stretch in group]
    return _spaced(found) if space and found else found


def _ordered(parts: list[Part]) -> list[Stretch]:
    if not parts[0].from_right and not any(aside(part.words) for part in parts):
        return [Stretch([(part.words, part.owner) for part in parts])]
    line = "".join(part.words for part in parts)
    owners = [part for part in parts for _char in part.words]
    found: list[Stretch] = []
    for piece in scripts.order(line, base_right=parts[0].from_right):
        start = piece.start
        whole = [(piece.words, scripts.language(piece.words), "")]
        for words, language, name in whole if piece.from_right else _named(piece.words):
            shown = _shapes(words, owners[start : start + len(words)], from_right=piece.from_right)
            plain = piece.from_right or all(type(text) is str for text, _owner in shown)
            found.append(Stretch(shown, language, name or ("" if plain else words)))
            start += len(words)
    return found


def _named(words: str) -> Iterator[tuple[str, str, str]]:
    """The words by language; each group's sign for itself, with the group's name where a number follows. Elsewhere
    its words follow, and the sign is not read.
    """
    parts = _SIGN.split(words)
    for at, part in enumerate(parts):
        if at % 2:
            yield part, "", f"{_(SPOKEN[part[0]])} " if parts[at + 1][:1].isdigit() else " "
        else:
            yield from ((stretch, language, "") for stretch, language in scripts.by_language(part))


@lru_cache(maxsize=4096)
def aside(words: str) -> bool:
    """Whether something is to be said beside the words."""
    return scripts.shaped(words) or bool(scripts.language(words)) or bool(_SIGN.search(words))


def _spaced(found: list[Stretch]) -> list[Stretch]:
    """The line with a space at its end, which separates its last word from the next line's first."""
    last = found[-1]
    *before, (text, owner) = last.pieces
    words = last.words and f"{last.words} "
    return [*found[:-1], Stretch([*before, (text + " ", owner)], last.language, words)]


def _shapes(words: str, owners: list[Part], *, from_right: bool) -> list[tuple[str, Any]]:
    """A piece cut where another font or owner begins, each part with the shapes of its letters."""
    found: list[tuple[str, Any]] = []
    for _owner, run in groupby(enumerate(owners), key=lambda one: id(one[1])):
        at, (part, *_same) = zip(*run, strict=True)
        said = words[at[0] : at[-1] + 1]
        found.append((fonts.shape(said, part.font, from_right=from_right), part.owner))
    return found[::-1] if from_right else found


@contextmanager
def told(canvas: Any, stretch: Stretch) -> Iterator[None]:
    """Say beside what is drawn inside what the stretch says."""
    said = stretch.opening if not getattr(canvas, "furniture", False) else ""
    if said:
        canvas._code.append(said)  # noqa: SLF001 - the page's stream
    yield
    if said:
        canvas._code.append("EMC")  # noqa: SLF001 - the page's stream
