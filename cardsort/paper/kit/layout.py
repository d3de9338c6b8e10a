"""Pieces put above and beside one another, where reportlab's frames are too coarse: stacks, columns, gaps, marks."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable

from cardsort.paper.kit import style, tags

LITTLE = 1 / 3  # of a page
UNBOUND = 10_000.0  # more than any page, to learn a piece's natural height


class Stack(Flowable):
    """Flowables above one another in one column; it is never divided between pages."""

    def __init__(self, parts: Sequence[Flowable]) -> None:
        super().__init__()
        self.parts = list(parts)
        self._drops: list[float] = []  # from the top to each part's lower edge

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        self._drops = []
        depth, gap = 0.0, 0.0
        for number, part in enumerate(self.parts):
            depth += max(gap, part.getSpaceBefore()) if number else 0
            depth += part.wrap(aW, aH)[1]
            self._drops.append(depth)
            gap = part.getSpaceAfter()
        self.width, self.height = aW, depth
        return aW, depth

    def draw(self) -> None:
        for part, drop in zip(self.parts, self._drops, strict=True):
            part.drawOn(self.canv, 0, self.height - drop)


class Begin(CondPageBreak):
    """Goes to the next page where there is less room than is needed to begin. So it does with what fits on one page,
    where little of it would be left over for a page on which nothing follows; `whole` is then its height, else 0.
    """

    def __init__(self, needed: float, whole: float, page: float) -> None:
        super().__init__(needed)
        self.needed, self.whole, self.page = needed, whole, page

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        filled, over = self.page - aH, self.whole - aH
        little = 0 < over < LITTLE * self.page <= filled and self.whole <= self.page
        self.height = self.whole if little else self.needed
        size: tuple[float, float] = super().wrap(aW, aH)
        return size


class Columns(Flowable):
    """Stacks side by side, their tops aligned; `widths` in points. Never divided between pages."""

    def __init__(
        self, columns: Sequence[Sequence[Flowable]], widths: Sequence[float], gutter: float = style.GUTTER
    ) -> None:
        super().__init__()
        self.stacks = [Stack(column) for column in columns]
        self.widths, self.gutter = widths, gutter

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        heights = [stack.wrap(room, aH)[1] for stack, room in zip(self.stacks, self.widths, strict=True)]
        self.width, self.height = aW, max(heights)
        return aW, self.height

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        return max((stack.parts[-1].getSpaceAfter() for stack in self.stacks if stack.parts), default=0)

    def draw(self) -> None:
        x = 0.0
        for stack, room in zip(self.stacks, self.widths, strict=True):
            stack.drawOn(self.canv, x, self.height - stack.height)
            x += room + self.gutter


class Rule(Flowable):
    """A line over the whole width; dashed for IT, solid otherwise."""

    def __init__(self, colour: str = style.LINE, weight: float = style.HAIR, *, dashed: bool = False) -> None:
        super().__init__()
        self.colour, self.weight, self.dashed = colour, weight, dashed
        self.spaceBefore = self.spaceAfter = 4

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, self.weight
        return aW, self.weight

    def draw(self) -> None:
        canvas: Any = self.canv
        with tags.marked(canvas, None):
            canvas.setStrokeColor(self.colour)
            canvas.setLineWidth(self.weight)
            canvas.setDash(*([style.DASH] if self.dashed else []))
            canvas.line(0, 0, self.width, 0)
            canvas.setDash()


def height_of(parts: Sequence[Flowable], room: float) -> float:
    """Natural height of the parts set above one another in that width."""
    return Stack(parts).wrap(room, UNBOUND)[1]


def mark(canvas: Any, spot: tuple[float, float], *, it: bool, size: float = 6.0, dashed: bool = False) -> None:
    """A group's sign, centred at `spot`: IT's open square, dashed for what was only expected; the customers' dot."""
    x, y = spot
    half = size / 2
    canvas.setDash(*((1.6, 1.1) if dashed else ()))
    if it:
        canvas.setStrokeColor(style.IT)
        canvas.setFillColor("#FFFFFF")
        canvas.setLineWidth(1.3)
        canvas.rect(x - half, y - half, size, size, stroke=1, fill=1)
        canvas.setDash()
    else:
        canvas.setFillColor(style.CUSTOMERS)
        canvas.circle(x, y, half + 0.3, stroke=0, fill=1)


def diamond(canvas: Any, spot: tuple[float, float], half: float, *, hollow: bool) -> None:
    """A card's mark, centred at `spot`; hollow where it may be chance. Square and dot belong to the groups."""
    x, y = spot
    canvas.setStrokeColor(style.INK)
    canvas.setFillColor("#FFFFFF" if hollow else style.INK)
    canvas.setLineWidth(style.FINE)
    path = canvas.beginPath()
    path.moveTo(x, y + half)
    for corner in ((x + half, y), (x, y - half), (x - half, y)):
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


class Ruled(Flowable):
    """Lines to write on, `step` points apart."""

    def __init__(self, count: int, step: float) -> None:
        super().__init__()
        self.count, self.step = count, step

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, self.count * self.step
        return aW, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        with tags.marked(canvas, None):
            canvas.setStrokeColor(style.LINE)
            canvas.setLineWidth(style.HAIR)
            for number in range(self.count):
                y = self.height - (number + 1) * self.step + 3
                canvas.line(0, y, self.width, y)
