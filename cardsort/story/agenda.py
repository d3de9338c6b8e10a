"""What earlier rounds left open, then what was agreed, or rows to agree on by pen."""

from collections.abc import Iterator

from cardsort.analysis.result import Comparison, Zone
from cardsort.domain.agenda import AgendaItem, Decision, Promise
from cardsort.domain.cards import Card, Deck
from cardsort.language import N_, _, day, pgettext
from cardsort.story import findings, onelist, words
from cardsort.story.blocks import Agreed, Block, Cell, Head, Lead, Line, Span, Title, Told, Tone, cell
from cardsort.story.facts import ReportFacts
from cardsort.story.gaps import by_zone, clear_of

FEW, MORE, ALL = 1, 3, 8  # rows to fill in: of few people, below what was agreed, and where nothing was
OPEN = N_("Still open from earlier rounds")
CHOICE = N_("yes  /  no")
PROPOSED = N_(
    "Nothing is agreed yet. Here stand what both put at the top and what is clearly a blind spot: a proposal."
)
PROPOSED_OF_ONE = N_("Nothing is agreed yet. Here stand the first cards of the list: a proposal.")
SHARED, BLIND = 3, 3  # cards that are proposed


def tell_agenda(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """The agenda, wherever there is a list to talk about."""
    if comparison.actual is None and comparison.predicted is None:
        return ()
    items = [item.as_decided() for item in facts.agenda if item.code in deck]
    rows = tuple(_agreed(deck, item) for item in items) or tuple(_proposed(deck[code]) for code in proposed(comparison))
    blank = MORE if items else FEW if findings.starter(comparison) else MORE if rows else ALL
    agenda = Agreed(_("The agenda"), _heads(), rows, blank, _(CHOICE))
    found = [] if items or not rows else [Lead(_(PROPOSED_OF_ONE if comparison.alone else PROPOSED))]
    lead = _(
        "For each card: what it costs, what we will do, or why not and what instead. And ask of each: would the paying "
        "customer like paying for this?"
    )
    return (*_left_open(deck, facts), Lead(lead), *found, agenda)


def _heads() -> tuple[Head, ...]:
    return (
        Head(_("Card, and what it costs")),
        Head(_("What we will do, or why not and what instead")),
        Head(pgettext("column", "Who")),
        Head(pgettext("column", "Until")),
        Head(_("Would they like paying?")),
    )


def _proposed(card: Card) -> tuple[Cell, ...]:
    """A card with room to write in."""
    empty = Cell(())
    return cell(card), empty, empty, empty, cell(Told(_(CHOICE), Tone.QUIET))


def proposed(comparison: Comparison) -> tuple[str, ...]:
    """What to begin with where nothing is agreed yet: the first of shared pain, and the clear blind spots; the first of
    the list where one group was asked.
    """
    if comparison.alone:
        return onelist.untied(comparison)[: SHARED + BLIND]
    shared = by_zone(comparison, Zone.SHARED_PAIN)
    blind = clear_of(comparison, by_zone(comparison, Zone.BLIND_SPOT))
    return (*shared[:SHARED], *blind[:BLIND])


def _left_open(deck: Deck, facts: ReportFacts) -> Iterator[Block]:
    rows = tuple(_promised(deck, promise) for promise in facts.promises if promise.item.code in deck)
    if rows:
        yield Title(_(OPEN))
        yield Lead(_("Promised in earlier rounds and not done yet, the longest overdue first."))
        yield Agreed(_(OPEN), _open_heads(), rows)
        yield Title(_("In this round"))


def _open_heads() -> tuple[Head, ...]:
    return (
        Head(pgettext("column", "Card")),
        Head(_("What was promised")),
        Head(pgettext("column", "Who")),
        Head(pgettext("column", "Until")),
        Head(_("How far")),
    )


def _agreed(deck: Deck, item: AgendaItem) -> tuple[Cell, ...]:
    far = words.progress(item) if item.promised and item.progress_on else ""
    return (
        _cell((deck[item.code],), (Told(item.cost, Tone.QUIET),), (Told(touched(item), Tone.QUIET),)),
        _answer(item),
        _cell((Told(item.owner or item.public_owner),)),
        _cell((Told(day(item.due) if item.due else ""),), (Told(far, Tone.QUIET),)),
        _cell((Told(item.worth_paying.label if item.worth_paying else ""),), (Told(_acceptable(item), Tone.QUIET),)),
    )


def touched(item: AgendaItem) -> str:
    """Whom it touches; "" where that was not said."""
    return _("Touches: %(who)s", who=item.stakeholder) if item.stakeholder else ""


def _acceptable(item: AgendaItem) -> str:
    if not item.acceptable:
        return ""
    return _("From our own supplier: %(answer)s", answer=item.acceptable.label)


def _promised(deck: Deck, promise: Promise) -> tuple[Cell, ...]:
    item = promise.item.as_decided()
    return (
        _cell((deck[item.code],), (Told(_("Round %(number)s", number=promise.round), Tone.QUIET),)),
        _answer(item),
        _cell((Told(item.owner or item.public_owner),)),
        _cell((Told(day(item.due) if item.due else "–"),), (Told(_("Overdue") * promise.overdue, Tone.WARNING),)),
        cell(words.progress(item)),
    )


def _cell(*lines: tuple[Span, ...]) -> Cell:
    """The lines that say something."""
    return Cell(tuple(line for line in lines if not isinstance(line[0], Told) or line[0].text))


def _answer(item: AgendaItem) -> Cell:
    """The decision's word, then what goes with it."""
    name = {Decision.LATER: pgettext("decision", "Later."), Decision.NO: pgettext("decision", "No.")}.get(
        item.decision or Decision.DO, ""
    )
    strong = [Told(word, Tone.STRONG) for word in (_("Quick win.") * item.quick_win, name) if word]
    first: Line = (*strong, *(Told(part) for part in (item.action, item.reason) if part))
    if not first:
        first = (Told("–") if item.decision else Told(_("Not decided yet"), Tone.ASIDE),)
    more = ((_("Instead:"), item.alternative), (words.wanted(item), item.behaviour))
    return Cell((first, *((Told(label, Tone.STRONG), Told(text)) for label, text in more if text)))
