"""All cards in a table with both places, in the customers' order; their shares and mean ranks in another."""

from cardsort.analysis.result import CardStanding, Comparison, ConsensusList
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.language import N_, _, number, pgettext
from cardsort.story import words
from cardsort.story.blocks import Block, Cell, Grid, Head, Lead, Note, Told, Tone, cell
from cardsort.story.charts.dumbbell import pair
from cardsort.story.facts import ReportFacts

ALL = N_("Every card with its places")
SHARES = N_("Shares and mean ranks, with their ranges")
SHARES_LEAD = N_(
    "The share of people who listed the card in their own top, who put it first, and the card’s mean rank. The range "
    "beside a number holds it in 19 of 20 cases if other people like these are asked."
)
Shown = tuple[tuple[Group, ConsensusList], ...]


def tell_table(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """Every card once, with both places in numbers and as a picture."""
    shown = _shown(comparison)
    if not shown:
        return ()
    note = Note(words.chart_note(comparison, facts.date))
    return Lead(_lead(comparison)), _all_cards(comparison, deck, shown), note


def tell_shares(comparison: Comparison, deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """Shares and mean ranks of every card, from five people on."""
    shown = _shown(comparison)
    if not shown or not shares_sayable(comparison):
        return ()
    return Lead(_(SHARES_LEAD)), _ranges(comparison, deck, shown)


def _shown(comparison: Comparison) -> Shown:
    lists = ((Group.CUSTOMERS, comparison.actual), (Group.IT, comparison.predicted))
    return tuple((group, found) for group, found in lists if found)


def _lead(comparison: Comparison) -> str:
    """What the columns say."""
    parts = [_("In IT’s order; cards that share a block of places are tied, and a bracket spans it.")]
    if comparison.actual:
        parts = [_("In the customers’ order; cards that share a block of places are tied, and a bracket spans it.")]
    if comparison.prediction:
        parts.append(
            _("A heavy line is a clear gap. The gap: how far apart, plus where customers put it higher."),
        )
    return " ".join(parts)


def _all_cards(comparison: Comparison, deck: Deck, shown: Shown) -> Grid:
    heads = [Head(_("Card")), *(Head(_("place"), group, number=True) for group, _found in shown)]
    heads += [Head(_("Gap"), number=True)] if comparison.prediction else []
    heads += [Head(_("Place 1 at the left, %(last)s at the right", last=number(comparison.deck_size)))]
    heads += [Head(_("Zone"))] if comparison.prediction else []
    leading, found = shown[0]
    rows = tuple(_row(comparison, deck, shown, code) for code in found.order())
    edge = len(found.top(comparison.top))
    return Grid(_(ALL), tuple(heads), rows, register=True, every=True, edge=edge, group=leading)


def _row(comparison: Comparison, deck: Deck, shown: Shown, code: str) -> tuple[Cell, ...]:
    cells = [cell(deck[code])]
    cells += [cell(Told(words.place(found.cards[code].position), Tone.STRONG)) for _group, found in shown]
    gap = comparison.prediction.cards[code] if comparison.prediction else None
    cells += [cell(words.signed(gap.gap))] if gap else []
    cells.append(Cell((), pair=pair(comparison, code)))
    return (*cells, *([cell(words.zone(gap))] if gap else []))


def _ranges(comparison: Comparison, deck: Deck, shown: Shown) -> Grid:
    # L10N: head of a column: the share of people who had the card in their top
    names = (
        _("in %(top)s", top=words.top(comparison.top)),
        pgettext("share of people who put the card", "first"),
        _("mean rank"),
    )
    heads = (Head(name, group, number=True) for group, _found in shown for name in names)
    rows = (
        (cell(deck[code]), *(one for _group, found in shown for one in _numbers(found.cards[code])))
        for code in shown[0][1].order()
    )
    return Grid(_(SHARES), (Head(_("Card")), *heads), tuple(rows), every=True)


def _numbers(card: CardStanding) -> tuple[Cell, ...]:
    interval, mean = card.top_share_interval, card.mean_rank_interval
    ends = f" ({number(100 * interval.low)}–{number(100 * interval.high)})" if interval else ""
    span = f" ({number(mean.low, 1)}–{number(mean.high, 1)})" if mean else ""
    return (
        cell(f"{words.share(card.top_share)}{ends}"),
        cell(words.share(card.first_share)),
        cell(f"{number(card.mean_rank, 1)}{span}"),
    )
