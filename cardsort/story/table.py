"""All cards in a table, in the customers' order; then their shares and mean ranks with their ranges."""

from cardsort.analysis.result import CardStanding, Comparison, ConsensusList
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.rounding import half_up
from cardsort.story import words
from cardsort.story.blocks import Block, Cell, Grid, Head, Lead, Title, Told, Tone, cell
from cardsort.story.facts import ReportFacts

ALL = "Every card with its places"
SHARES = "Shares and mean ranks, with their ranges"
SHARES_LEAD = (
    "The share of people who listed the card in their own top, who put it first, and the card’s mean rank. The range "
    "beside a number holds it in 19 of 20 cases if other people like these are asked."
)
Shown = tuple[tuple[Group, ConsensusList], ...]


def tell_table(comparison: Comparison, deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """Every card once, and a second table from five people on."""
    lists = ((Group.CUSTOMERS, comparison.actual), (Group.IT, comparison.predicted))
    shown = tuple((group, found) for group, found in lists if found)
    if not shown:
        return ()
    table = Lead(_lead(comparison)), _all_cards(comparison, deck, shown)
    if not shares_sayable(comparison):
        return table
    return *table, Title(SHARES), Lead(SHARES_LEAD), _ranges(comparison, deck, shown)


def _lead(comparison: Comparison) -> str:
    """What the columns say."""
    whose = "the customers’" if comparison.actual else "IT’s"
    parts = [f"In {whose} order; cards that share a block of places are tied."]
    if shares_sayable(comparison):
        parts.append(f"The percentage: how many people listed the card in their own {words.top(comparison.top)}.")
    if comparison.prediction:
        parts.append("The gap: the distance between the two places, plus where customers put the card higher.")
    return " ".join(parts)


def _all_cards(comparison: Comparison, deck: Deck, shown: Shown) -> Grid:
    share = shares_sayable(comparison)
    heads = [Head("Card")]
    for group, _found in shown:
        heads.append(Head("place", group, number=True))
        heads += [Head(f"in {words.top(comparison.top)}", group, number=True)] if share else []
    heads += [Head("Gap", number=True), Head("Zone")] if comparison.prediction else []
    leading, found = shown[0]
    rows = tuple(_row(comparison, deck, shown, code, share=share) for code in found.order())
    return Grid(ALL, tuple(heads), rows, register=True, edge=len(found.top(comparison.top)), group=leading)


def _row(comparison: Comparison, deck: Deck, shown: Shown, code: str, *, share: bool) -> tuple[Cell, ...]:
    cells = [cell(deck[code])]
    for _group, found in shown:
        cells.append(cell(Told(words.place(found.cards[code].position), Tone.STRONG)))
        cells += [cell(words.share(found.cards[code].top_share))] if share else []
    if comparison.prediction:
        gap = comparison.prediction.cards[code]
        cells += [cell(words.signed(gap.gap)), cell(words.zone(gap))]
    return tuple(cells)


def _ranges(comparison: Comparison, deck: Deck, shown: Shown) -> Grid:
    names = (f"in {words.top(comparison.top)}", "first", "mean rank")
    heads = (Head(name, group, number=True) for group, _found in shown for name in names)
    rows = (
        (cell(deck[code]), *(one for _group, found in shown for one in _numbers(found.cards[code])))
        for code in shown[0][1].order()
    )
    return Grid(SHARES, (Head("Card"), *heads), tuple(rows))


def _numbers(card: CardStanding) -> tuple[Cell, ...]:
    interval, mean = card.top_share_interval, card.mean_rank_interval
    ends = f" ({half_up(100 * interval.low):.0f}–{half_up(100 * interval.high):.0f})" if interval else ""
    span = f" ({half_up(mean.low, 1):.1f}–{half_up(mean.high, 1):.1f})" if mean else ""
    return (
        cell(f"{words.share(card.top_share)}{ends}"),
        cell(words.share(card.first_share)),
        cell(f"{half_up(card.mean_rank, 1):.1f}{span}"),
    )
