"""Questions for the conversation: for the top cards the question and the better practice, shared pain first."""

from cardsort.analysis.result import Comparison, Zone
from cardsort.domain.cards import Deck, Lens

ASK_YOURSELF = {
    Lens.CUSTOMER: "Do we and our customers talk both ways, about what they need and about what we are able to do?",
    Lens.PROCESS: "Can we repeat what goes well: is the way we work written down, measured, and mended when it fails?",
    Lens.COST: "Can we show what our work costs, and what it is worth to the business?",
}
PAYING = "Would the paying customer like paying for this?"
AT_MOST = 12  # cards, so that a tie over the cut does not fill a book


def guided(comparison: Comparison) -> tuple[str, ...]:
    """The cards to talk about: shared pain, then what else is in the customers' top, each by place.

    IT's top where what customers chose may not be shown.
    """
    leading = comparison.actual or comparison.predicted
    if leading is None:
        return ()
    top = leading.top(comparison.top)
    shared = set(comparison.prediction.in_zone(Zone.SHARED_PAIN)) if comparison.prediction else set()
    first = [code for code in top if code in shared]
    return tuple([*first, *(code for code in top if code not in shared)][:AT_MOST])


def lenses_of(deck: Deck) -> tuple[Lens, ...]:
    """The lenses that the deck's cards carry."""
    return tuple(lens for lens in Lens if any(card.lens is lens for card in deck.cards))
