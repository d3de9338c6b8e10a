"""One list alone, where one group was asked: what it puts first, how far its people agree, and its top."""

from cardsort.analysis.result import Comparison, ConsensusList
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.story import findings, numbers, words
from cardsort.story.blocks import Block, Cell, Grid, Hand, Head, Held, Lead, Title, Told, Tone, cell
from cardsort.story.charts.slope import TITLES, Row, top_rows
from cardsort.story.charts.strip import Strip
from cardsort.story.gaps import places

FIRST = 3  # of its cards are shown as cards
HALF = 0.5
WHOSE = {Group.IT: "IT’s", Group.CUSTOMERS: "the customers’"}
AGREED = "How far they agree"


def headline(comparison: Comparison, deck: Deck) -> tuple[str, str]:
    """What the list puts first, and how many cards most people have in their own top."""
    group, found = _list_of(comparison)
    if found is None:
        return findings.NO_LIST, ""
    return f"{findings.starter(comparison)} {_first(group, found, deck)}".strip(), _in_common(found, comparison.top)


def _list_of(comparison: Comparison) -> tuple[Group, ConsensusList | None]:
    return comparison.groups[0], comparison.told[0]


def _first(group: Group, found: ConsensusList, deck: Deck) -> str:
    first = found.top(1)
    if len(first) > 1:
        return f"In {WHOSE[group]} list {words.cards(len(first))} share the first place."
    title = words.quoted(deck[first[0]].title)
    return f"IT thinks that its customers put {title} first." if group is Group.IT else f"Customers put {title} first."


def _in_common(found: ConsensusList, size: int) -> str:
    count = sum(card.top_share > HALF for card in found.cards.values())
    named = words.cards(count) if count else "No card"
    are = "are" if count > 1 else "is"
    return f"{named} {are} in the {words.top(size)} of more than half of those who answered."


def take_away(comparison: Comparison) -> str:
    """What to begin with: the first card, or, of what IT thinks, to ask."""
    group, found = _list_of(comparison)
    first = found.top(1) if found else ()
    if len(first) != 1:
        return ""
    begin = "Ask customers whether it is so" if group is Group.IT else "Begin with it"
    return f"{begin}: {words.both_shares(comparison, first[0])}"


def tell_agreement(comparison: Comparison) -> tuple[Block, ...]:
    """How alike people rank, and how firm their list is; from five people on."""
    found = comparison.told[0]
    agreement = found.agreement if found else None
    if agreement is None or agreement.mean_pairwise_spearman is None or not shares_sayable(comparison):
        return ()
    alike = (
        f"On average the orders of two people are alike by {numbers.decimal(agreement.mean_pairwise_spearman)}: "
        "0 is like random lists, 1 the same order."
    )
    firm = "They agree no more than random lists would, so the list is no common view."
    if agreement.reliability is not None:
        firm = (
            "Were as many others like these asked, their list and this one would be alike by "
            f"{numbers.decimal(agreement.reliability)}."
        )
    return Title(AGREED), Lead(f"{alike} {firm}")


def tell_list(comparison: Comparison, deck: Deck) -> tuple[Block, ...]:
    """The first cards as cards, the rest of the top as a table; a large tie over its edge is one row, as everywhere."""
    group, found = _list_of(comparison)
    if found is None:
        return ()
    first = untied(comparison)[:FIRST]
    hand = tuple(_held(comparison, deck[code], found.cards[code].first_share) for code in first)
    rest = [row for row in top_rows(found, deck, comparison.top) if row.card is None or row.card.code not in first]
    table = [_rest(comparison, group, found, rest)] if rest else []
    return Title(TITLES[group], group), *([Hand(hand)] if hand else []), *table


def _held(comparison: Comparison, card: Card, first_share: float) -> Held:
    said = f"{words.both_shares(comparison, card.code)} {words.share(first_share)} put it first."
    return Held(card, (places(comparison, card), (Told(said),)))


def untied(comparison: Comparison) -> tuple[str, ...]:
    """The cards of its top in order, without those that are tied over the edge."""
    found = comparison.told[0]
    within = (code for code in found.order() if found.cards[code].position.high <= comparison.top) if found else ()
    return tuple(within)


def _rest(comparison: Comparison, group: Group, found: ConsensusList, rest: list[Row]) -> Grid:
    often = any(card.recognition_share is not None for card in found.cards.values())
    chose = str(Strip.heads[group]).replace(" ", "\xa0")
    names = ("place", chose, *(["yes,\xa0often"] if often else []))
    heads = (Head(f"The rest of the {words.top(comparison.top)}"), *(Head(name, group, number=True) for name in names))
    return Grid(TITLES[group], heads, tuple(_row(row, found)[: len(heads)] for row in rest))


def _row(row: Row, found: ConsensusList) -> tuple[Cell, ...]:
    place = cell(Told(row.place, Tone.STRONG))
    if row.card is None:
        return cell(Told(row.said, Tone.ASIDE)), place, cell("–"), cell("–")
    card = found.cards[row.card.code]
    return cell(row.card), place, *(cell(words.share(value)) for value in (card.top_share, card.recognition_share))
