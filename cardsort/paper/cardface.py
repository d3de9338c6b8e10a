"""A card as it lies on the table: index and icon in its suit's colour, title, how it shows, its cost.

To hold it is portrait 5:7; in the report it is no higher than the fullest beside it needs.
"""

from collections.abc import Iterable
from typing import Any

from reportlab.platypus import Flowable

from cardsort.domain.cards import Card
from cardsort.language import _
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import Rule, Stack
from cardsort.paper.kit.links import Lead, Target
from cardsort.paper.kit.tags import TaggedCanvas, marked
from cardsort.story import words

RATIO = 7 / 5
INSET = 11.0
ICON = 22.0
HEAD = INSET + ICON + 8  # above the title
AIR = 10.0  # between how it shows and what it costs
TITLE_SIZES, IN_HAND = (12.5, 11.5, 10.5), (15.5, 14.0, 12.5, 11.5, 10.5)  # in the report, and to hold
SEEN, SEEN_IN_HAND = style.style(9, 11.4), style.style(10.5, 13.4)
COST = style.style(9, 11.4, colour=style.MUTED)


class CardFace(Flowable):
    """The face of one card, as wide as its column; `cost` says whether what it costs stands at its foot,
    `in_hand` makes it one to cut out: larger, and without an outline.

    A title gets smaller before any text is shortened.
    """

    def __init__(self, card: Card, *, cost: bool, in_hand: bool = False, height: float | None = None) -> None:
        super().__init__()
        self.card, self.cost, self.in_hand, self.given = card, cost and bool(card.cost), in_hand, height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, self.given or aW * RATIO
        self._above, self._foot = self._fit(aW - 2 * INSET)
        return self.width, self.height

    def _fit(self, width: float) -> tuple[Stack, Stack]:
        room = self.height - HEAD - INSET
        foot = Stack(self.cost_lines() if self.cost else [])
        left = room - foot.wrap(width, room)[1]
        for size in IN_HAND if self.in_hand else TITLE_SIZES:
            above = Stack(self.title_and_seen(size))
            if above.wrap(width, room)[1] <= left:
                return above, foot
        above = Stack(self._shortened(width, left))
        above.wrap(width, room)
        return above, foot

    def title_and_seen(self, size: float) -> list[Flowable]:
        """What stands above, the title in that size."""
        look = style.style(size, size * 1.16, fonts.SEMIBOLD, after=5)
        title = prose.say(self.card.title, look, "H2" if self.in_hand else "H4")
        seen = SEEN_IN_HAND if self.in_hand and size > TITLE_SIZES[-1] else SEEN
        return [title, prose.say(self.card.seen, seen)] if self.card.seen else [title]

    def cost_lines(self) -> list[Flowable]:
        """What stands at the foot."""
        return [Rule(), prose.rich(cost_of(self.card), COST)]

    def _shortened(self, width: float, height: float) -> list[Flowable]:
        look = style.style(TITLE_SIZES[-1], TITLE_SIZES[-1] * 1.16, fonts.SEMIBOLD, after=5)
        title = prose.within_height(self.card.title, look, width, height / 2)
        room = height - title.wrap(width, height)[1] - look.spaceAfter
        return [title, prose.within_height(self.card.seen, SEEN, width, room)]

    def draw(self) -> None:
        canvas: Any = self.canv
        colour = style.suit_colour(self.card.suit)
        with marked(canvas, None):
            if not self.in_hand:
                self._draw_paper(canvas)
            self._draw_icon(canvas, colour)
        index = prose.rich(
            [(self.card.code, fonts.BOLD, None)], style.style(11, 13, fonts.BOLD, colour), lead=self._lead(canvas)
        )
        index.wrap(self.width - 2 * INSET, ICON)
        index.drawOn(canvas, INSET, self.height - INSET - 15)
        self._above.drawOn(canvas, INSET, self.height - HEAD - self._above.height)
        self._foot.drawOn(canvas, INSET, INSET)

    def _lead(self, canvas: Any) -> Lead | None:
        """In the report the face can be linked to, and all of it leads to the card's row in the table."""
        if self.in_hand or not isinstance(canvas, TaggedCanvas):
            return None
        place = canvas.place(self.width, self.height)
        canvas.links.arrive(Target.FACE, self.card.code, place)
        return Lead(self.card.code, (Target.ROW,), place)

    def _draw_paper(self, canvas: Any) -> None:
        canvas.setFillColor("#FFFFFF")
        canvas.setStrokeColor(style.EDGE)
        canvas.setLineWidth(style.FINE)
        canvas.roundRect(0, 0, self.width, self.height, style.CORNER, stroke=1, fill=1)

    def _draw_icon(self, canvas: Any, colour: str) -> None:
        glyph = fonts.icon(self.card.icon)
        if glyph is not None:
            canvas.setFillColor(colour)
            canvas.setFont(fonts.ICONS, ICON)
            canvas.drawString(self.width - INSET - ICON, self.height - INSET - ICON + 1, glyph)


def height_beside(cards: Iterable[Card], width: float, *, cost: bool) -> float:
    """How high the faces of cards beside one another stand: as the fullest needs, and at most 5:7."""
    inner = width - 2 * INSET
    faces = (CardFace(card, cost=cost) for card in cards)
    told = (
        Stack(face.title_and_seen(TITLE_SIZES[0])).wrap(inner, width)[1]
        + (AIR + Stack(face.cost_lines()).wrap(inner, width)[1] if face.cost else 0.0)
        for face in faces
    )
    return min(width * RATIO, HEAD + max(told) + INSET)


def holds_cost(card: Card, width: float) -> bool:
    """Whether the card's face has room for what it costs, with nothing shortened."""
    inner = width - 2 * INSET
    face = CardFace(card, cost=True)
    smallest = [*face.title_and_seen(TITLE_SIZES[-1]), *face.cost_lines()]
    return Stack(smallest).wrap(inner, width * RATIO)[1] <= width * RATIO - HEAD - INSET


def cost_of(card: Card) -> list[prose.Part]:
    """What the card costs, as it is printed."""
    return [(f"{_(words.COSTS)} ", fonts.SEMIBOLD, None), (card.cost, fonts.REGULAR, None)]
