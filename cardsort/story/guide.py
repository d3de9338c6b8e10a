"""Questions for the conversation: for the top cards the question and the better practice, shared pain first."""

from cardsort.analysis.result import Comparison, Zone
from cardsort.domain.cards import Card, Deck, Lens
from cardsort.story.blocks import Ask, Block, Lead, Title, Told, Tone
from cardsort.story.facts import ReportFacts
from cardsort.story.gaps import places

ASK_YOURSELF = {
    Lens.CUSTOMER: "Do we and our customers talk both ways, about what they need and about what we are able to do?",
    Lens.PROCESS: "Can we repeat what goes well: is the way we work written down, measured, and mended when it fails?",
    Lens.COST: "Can we show what our work costs, and what it is worth to the business?",
}
PAYING = "Would the paying customer like paying for this?"
SUPPLIER = "Would we accept this from our own supplier?"
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


def tell_guide(comparison: Comparison, deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """A question and the better practice for each top card, then one question for each lens that the deck has."""
    codes = guided(comparison)
    if not codes:
        return ()
    asks = (_ask(comparison, deck[code]) for code in codes)
    lenses = [lens for lens in Lens if any(card.lens is lens for card in deck.cards)]
    title = [Title("One question to ask ourselves, for each lens")] if lenses else []
    own = (Ask((Told(lens.label, Tone.STRONG),), ASK_YOURSELF[lens]) for lens in lenses)
    return (Lead(_lead(comparison)), *asks, *title, *own)


def _lead(comparison: Comparison) -> str:
    """What the order is, and how to use it."""
    whose = "the customers’" if comparison.actual else "IT’s"
    order = "The cards"
    if comparison.prediction is not None and comparison.prediction.in_zone(Zone.SHARED_PAIN):
        order = "Shared pain first: nobody has to be convinced of it. Then what else is"
    return f"{order} at {whose} top. Ask, listen, and note what you hear before you answer."


def _ask(comparison: Comparison, card: Card) -> Ask:
    """Shared pain is named; the rest of the top needs no word."""
    shared = comparison.prediction and comparison.prediction.cards[card.code].zone is Zone.SHARED_PAIN
    named = (Told("shared\xa0pain", Tone.ASIDE),) if shared else ()
    better = (Told("Better:", Tone.STRONG), Told(card.better)) if card.better else ()
    return Ask((card, *places(comparison, card), *named), card.question, better)
