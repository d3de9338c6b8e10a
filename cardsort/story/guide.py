"""Questions for the conversation: for the top cards the question and the better practice, shared pain first."""

from cardsort.analysis.result import Comparison, Zone
from cardsort.domain.cards import Card, Deck, Lens
from cardsort.language import N_, _
from cardsort.story.blocks import Ask, Block, Lead, Title, Told, Tone
from cardsort.story.facts import ReportFacts
from cardsort.story.gaps import places

ASK_YOURSELF = {
    Lens.CUSTOMER: N_("Do we and our customers talk both ways, about what they need and about what we are able to do?"),
    Lens.PROCESS: N_(
        "Can we repeat what goes well: is the way we work written down, measured, and mended when it fails?"
    ),
    Lens.COST: N_("Can we show what our work costs, and what it is worth to the business?"),
}
PAYING = N_("Would the paying customer like paying for this?")
SUPPLIER = N_("Would we accept this from our own supplier?")
LEADS = {  # whether customers' list is there, whether there is shared pain -> what the order is
    (True, True): N_(
        "Shared pain first: nobody has to be convinced of it. Then what else is at the customers’ top. Ask, listen, "
        "and note what you hear before you answer."
    ),
    (True, False): N_("The cards at the customers’ top. Ask, listen, and note what you hear before you answer."),
    (False, True): N_(
        "Shared pain first: nobody has to be convinced of it. Then what else is at IT’s top. Ask, listen, and note "
        "what you hear before you answer."
    ),
    (False, False): N_("The cards at IT’s top. Ask, listen, and note what you hear before you answer."),
}
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
    title = [Title(_("One question to ask ourselves, for each lens"))] if lenses else []
    own = (Ask((Told(lens.label, Tone.STRONG),), _(ASK_YOURSELF[lens])) for lens in lenses)
    return (Lead(_lead(comparison)), *asks, *title, *own)


def _lead(comparison: Comparison) -> str:
    """What the order is, and how to use it."""
    shared = comparison.prediction is not None and comparison.prediction.in_zone(Zone.SHARED_PAIN)
    return _(LEADS[comparison.actual is not None, bool(shared)])


def _ask(comparison: Comparison, card: Card) -> Ask:
    """Shared pain is named; the rest of the top needs no word."""
    shared = comparison.prediction and comparison.prediction.cards[card.code].zone is Zone.SHARED_PAIN
    named = (Told(_("shared pain").replace(" ", "\xa0"), Tone.ASIDE),) if shared else ()
    better = (Told(_("Better:"), Tone.STRONG), Told(card.better)) if card.better else ()
    return Ask((card, *places(comparison, card), *named), card.question, better)
