"""Paragraphs in two columns of equal height, going on over as many pages as they need."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, PageBreak

from cardsort.paper.kit import style
from cardsort.paper.kit.layout import Columns, Stack

FEW_POINTS = 4.0  # to which the columns' height is looked for
TALL = 80.0  # a paragraph higher than this may be divided between columns
LEAST = 90.0  # what goes on over to another page is at least this high, where there is enough


class Newspaper(Flowable):
    """Paragraphs set in two columns: the first is read to its end before the second.

    A paragraph whose style keeps it with the next is the title of a group.
    """

    def __init__(self, parts: Sequence[Flowable], gutter: float = style.GUTTER) -> None:
        super().__init__()
        self.parts, self.gutter = list(parts), gutter

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        columns, _rest = fill(self.parts, self._room(aW), self._least_height(self._room(aW)))
        self._columns = self._set(columns, aW)
        self.width, self.height = aW, self._columns.wrap(aW, 0)[1]
        return aW, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - reportlab's names
        room, height = self._room(aW), aH
        columns, rest = fill(self.parts, room, height)
        while rest and height > aH / 2 and Newspaper(rest).wrap(aW, aH)[1] < LEAST:
            height -= style.QUIET.leading
            columns, rest = fill(self.parts, room, height)
        if not columns[0]:
            return []
        return [self._set(columns, aW), *([PageBreak(), Newspaper(rest, self.gutter)] if rest else [])]

    def draw(self) -> None:
        self._columns.drawOn(self.canv, 0, 0)

    def _room(self, width: float) -> float:
        return (width - self.gutter) / 2

    def _set(self, columns: list[list[Flowable]], width: float) -> Columns:
        return Columns(columns, (self._room(width),) * 2, self.gutter)

    def _least_height(self, room: float) -> float:
        """The smallest height at which two columns hold all parts."""
        high = Stack(self.parts).wrap(room, 0)[1]
        low = high / 2
        while high - low > FEW_POINTS:
            middle = (low + high) / 2
            low, high = (middle, high) if fill(self.parts, room, middle)[1] else (low, middle)
        return high


def fill(parts: Sequence[Flowable], room: float, height: float) -> tuple[list[list[Flowable]], list[Flowable]]:
    """Two columns of that height and width, and what they do not hold."""
    first, rest = _fill_one(parts, room, height)
    second, rest = _fill_one(rest, room, height)
    return [first, second], rest


def _fill_one(parts: Sequence[Flowable], room: float, height: float) -> tuple[list[Flowable], list[Flowable]]:
    taken: list[Flowable] = []
    depth, gap = 0.0, 0.0
    for number, part in enumerate(parts):
        depth += max(gap, part.getSpaceBefore()) if taken else 0
        own = part.wrap(room, height)[1]
        if depth + own > height:
            pieces = part.split(room, height - depth) if own > TALL and height > depth else []
            if len(pieces) > 1:
                return [*taken, pieces[0]], [*pieces[1:], *parts[number + 1 :]]
            kept = _whole_groups(taken)
            return taken[:kept], list(parts[kept:])
        taken.append(part)
        depth += own
        gap = part.getSpaceAfter()
    return taken, []


def _whole_groups(taken: list[Flowable]) -> int:
    """How many of the parts stay in a column that is full: a title and what stands below it stay together.

    A group that fills the column from its top is divided; a title alone goes on.
    """
    titles = [number for number, part in enumerate(taken) if _is_title(part)]
    last = titles[-1] if titles else 0
    return last if last or len(titles) == len(taken) else len(taken)


def _is_title(part: Any) -> bool:
    return bool(part.getKeepWithNext())
