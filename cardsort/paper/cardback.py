"""The back of a card: what it costs, what better looks like, the question; in a fine frame of its suit's colour."""

from typing import Any

from reportlab.platypus import Flowable

from cardsort.domain.cards import Card
from cardsort.language import N_, _
from cardsort.paper.cardface import INSET, RATIO
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import Stack
from cardsort.paper.kit.tags import marked

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
FRAME = 5.0
HEAD = 34.0  # above the texts
PARTS = ((N_("What it costs"), "cost"), (N_("What better looks like"), "better"), (N_("To talk about"), "question"))
EMPTY = N_("Nothing is written on the back of this card.")


class CardBack(Flowable):
    """As wide as its column; its texts get smaller before any is shortened."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, aW * RATIO
        room = self.height - HEAD - INSET
        for size in SIZES:
            self._texts = Stack(self._parts(size, None))
            if self._texts.wrap(aW - 2 * INSET, room)[1] <= room:
                return self.width, self.height
        self._texts = Stack(self._parts(SIZES[-1], room / len(PARTS) - 2 * SIZES[-1]))
        self._texts.wrap(aW - 2 * INSET, room)
        return self.width, self.height

    def _parts(self, size: float, most: float | None) -> list[Flowable]:
        """Each text under its name; at most so high, where that is given."""
        name = style.style(max(7.0, size - 1.5), size + 1, fonts.SEMIBOLD, style.MUTED, before=7)
        look = style.style(size, size * 1.22)
        lines: list[Flowable] = []
        for label, field in PARTS:
            if said := getattr(self.card, field):
                shown = said if most is None else prose.shortened(said, look, self.width - 2 * INSET, most)
                lines += [prose.say(_(label), name), prose.say(shown, look)]
        return lines or [prose.say(_(EMPTY), look)]

    def draw(self) -> None:
        canvas: Any = self.canv
        colour = style.suit_colour(self.card.suit)
        with marked(canvas, None):
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(style.HAIR)
            canvas.roundRect(FRAME, FRAME, self.width - 2 * FRAME, self.height - 2 * FRAME, style.CORNER, stroke=1)
        index = prose.say(self.card.code, style.style(11, 13, fonts.BOLD, colour))
        index.wrap(self.width - 2 * INSET, HEAD)
        index.drawOn(canvas, INSET, self.height - INSET - 15)
        self._texts.drawOn(canvas, INSET, self.height - HEAD - self._texts.height)
