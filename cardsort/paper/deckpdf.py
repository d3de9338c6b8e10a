"""The deck to cut out: nine cards to a page, crop marks, and backs that match when printed on both sides.

Each page of backs is the mirror of its page of faces, for a printer that turns the paper on its long edge.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from cardsort.domain.cards import Card, Deck
from cardsort.language import _, ngettext
from cardsort.paper.cardback import CardBack
from cardsort.paper.cardface import RATIO, CardFace
from cardsort.paper.kit import document, style, text
from cardsort.paper.kit.tags import marked

ACROSS, DOWN = 3, 3
CARD_WIDTH = 178.6  # 63 mm: a playing card's
MARK_GAP, MARK = 3.0, 8.0  # from the card's edge to its crop mark, and the mark's length
NOTE = style.style(7, 8, colour=style.MUTED)


def build_deck(deck: Deck, *, paper: str = "a4") -> bytes:
    """All cards, faces and backs by turns; faces alone where every back is empty.

    The same deck gives the same bytes. KeyError for another paper.
    """
    size = style.PAPERS[paper]
    furniture = document.Furniture(
        title=deck.name,
        author="Cardsort",
        foot="",
        mark="",
        language=deck.language,
        paper=size,
        subject=ngettext("%(n)s card to cut out, nine to a page", "%(n)s cards to cut out, nine to a page", deck.size),
    )
    each = ACROSS * DOWN
    sheets = [deck.cards[start : start + each] for start in range(0, deck.size, each)]
    two_sided, pages = any(card.has_back for card in deck.cards), []
    for number, cards in enumerate(sheets, 1):
        for backs in (False, True) if two_sided else (False,):
            places = {"number": number, "count": len(sheets)}
            side = (
                _("Backs %(number)s of %(count)s", **places) if backs else _("Faces %(number)s of %(count)s", **places)
            )
            note = _note(deck, side, two_sided=two_sided)
            pages.append(partial(_draw_sheet, cards=cards, paper=size, note=note, backs=backs))
    return document.draw_pages(pages, furniture)


def _note(deck: Deck, side: str, *, two_sided: bool) -> str:
    how = _("print at 100 %%, on both sides, turned on the long edge") if two_sided else _("print at 100 %%")
    return " · ".join(part for part in (deck.name, deck.licence, side, how) if part)


def _draw_sheet(canvas: Any, cards: Sequence[Card], paper: tuple[float, float], note: str, *, backs: bool) -> None:
    left, low = origin(paper)
    with marked(canvas, None):
        _draw_marks(canvas, left, low)
        spot = (paper[0] / 2, low - MARK_GAP - MARK - 8)
        text.draw(canvas, spot, text.fitted(note, NOTE.fontName, 7, paper[0] - 2 * left), NOTE, "middle")
    for number, card in enumerate(cards):
        face = CardBack(card) if backs else CardFace(card, cost=False, in_hand=True)
        face.wrap(CARD_WIDTH, CARD_WIDTH * RATIO)
        face.drawOn(canvas, *corner(number, paper, backs=backs))


def origin(paper: tuple[float, float]) -> tuple[float, float]:
    """The lower left corner of the cards on the page; they stand in its middle, so that both sides match."""
    return (paper[0] - ACROSS * CARD_WIDTH) / 2, (paper[1] - DOWN * CARD_WIDTH * RATIO) / 2


def corner(number: int, paper: tuple[float, float], *, backs: bool) -> tuple[float, float]:
    """The lower left corner of the card with that number on its sheet, from 0; backs from the right to the left."""
    left, low = origin(paper)
    row, column = divmod(number, ACROSS)
    column = ACROSS - 1 - column if backs else column
    return left + column * CARD_WIDTH, low + (DOWN - 1 - row) * CARD_WIDTH * RATIO


def _draw_marks(canvas: Any, left: float, low: float) -> None:
    """Where to cut, outside the cards only."""
    canvas.setStrokeColor(style.INK)
    canvas.setLineWidth(0.3)
    right, high = left + ACROSS * CARD_WIDTH, low + DOWN * CARD_WIDTH * RATIO
    for column in range(ACROSS + 1):
        x = left + column * CARD_WIDTH
        canvas.line(x, low - MARK_GAP, x, low - MARK_GAP - MARK)
        canvas.line(x, high + MARK_GAP, x, high + MARK_GAP + MARK)
    for row in range(DOWN + 1):
        y = low + row * CARD_WIDTH * RATIO
        canvas.line(left - MARK_GAP, y, left - MARK_GAP - MARK, y)
        canvas.line(right + MARK_GAP, y, right + MARK_GAP + MARK, y)
