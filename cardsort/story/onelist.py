"""One list alone, where one group was asked: what it puts first, how far its people agree, and its top."""

from cardsort.analysis.result import Comparison, ConsensusList
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.language import N_, _, ngettext
from cardsort.story import findings, numbers, words
from cardsort.story.blocks import Block, Cell, Grid, Hand, Head, Held, Lead, Title, Told, Tone, cell
from cardsort.story.charts.slope import TITLES, Row, top_rows
from cardsort.story.charts.strip import head_of
from cardsort.story.gaps import places

FIRST = 3  # of its cards are shown as cards
HALF = 0.5
AGREED = N_("How far they agree")


def headline(comparison: Comparison, deck: Deck) -> tuple[str, str]:
    """What the list puts first, and how many cards most people have in their own top."""
    group, found = _list_of(comparison)
    if found is None:
        return _(findings.NO_LIST), ""
    return f"{findings.starter(comparison)} {_first(group, found, deck)}".strip(), _in_common(found, comparison.top)


def _list_of(comparison: Comparison) -> tuple[Group, ConsensusList | None]:
    return comparison.groups[0], comparison.told[0]


def _first(group: Group, found: ConsensusList, deck: Deck) -> str:
    first = found.top(1)
    if len(first) > 1:
        return _tied(group, len(first))
    title = words.quoted(deck[first[0]].title)
    if group is Group.IT:
        return _("IT thinks that its customers put %(card)s first.", card=title)
    return _("Customers put %(card)s first.", card=title)


def _tied(group: Group, count: int) -> str:
    if group is Group.IT:
        return ngettext(
            "In IT’s list %(n)s\xa0card shares the first place.",
            "In IT’s list %(n)s\xa0cards share the first place.",
            count,
        )
    return ngettext(
        "In the customers’ list %(n)s\xa0card shares the first place.",
        "In the customers’ list %(n)s\xa0cards share the first place.",
        count,
    )


def _in_common(found: ConsensusList, size: int) -> str:
    count, top = sum(card.top_share > HALF for card in found.cards.values()), words.top(size)
    if not count:
        return _("No card is in the %(top)s of more than half of those who answered.", top=top)
    return ngettext(
        "%(n)s\xa0card is in the %(top)s of more than half of those who answered.",
        "%(n)s\xa0cards are in the %(top)s of more than half of those who answered.",
        count,
        top=top,
    )


def take_away(comparison: Comparison) -> str:
    """What to begin with: the first card, or, of what IT thinks, to ask."""
    group, found = _list_of(comparison)
    first = found.top(1) if found else ()
    if len(first) != 1:
        return ""
    shares = words.both_shares(comparison, first[0])
    if group is Group.IT:
        # L10N: %(shares)s is the sentence that says how many expected it
        return _("Ask customers whether it is so: %(shares)s", shares=shares)
    # L10N: %(shares)s is the sentence that says how many chose it
    return _("Begin with it: %(shares)s", shares=shares)


def tell_agreement(comparison: Comparison) -> tuple[Block, ...]:
    """How alike people rank, and how firm their list is; from five people on."""
    found = comparison.told[0]
    agreement = found.agreement if found else None
    if agreement is None or agreement.mean_pairwise_spearman is None or not shares_sayable(comparison):
        return ()
    alike = _(
        "On average the orders of two people are alike by %(number)s: 0 is like random lists, 1 the same order.",
        number=numbers.decimal(agreement.mean_pairwise_spearman),
    )
    firm = _("They agree no more than random lists would, so the list is no common view.")
    if agreement.reliability is not None:
        firm = _(
            "Were as many others like these asked, their list and this one would be alike by %(number)s.",
            number=numbers.decimal(agreement.reliability),
        )
    return Title(_(AGREED)), Lead(f"{alike} {firm}")


def tell_list(comparison: Comparison, deck: Deck) -> tuple[Block, ...]:
    """The first cards as cards, the rest of the top as a table; a large tie over its edge is one row, as everywhere."""
    group, found = _list_of(comparison)
    if found is None:
        return ()
    first = untied(comparison)[:FIRST]
    hand = tuple(_held(comparison, deck[code], found.cards[code].first_share) for code in first)
    rest = [row for row in top_rows(found, deck, comparison.top) if row.card is None or row.card.code not in first]
    table = [_rest(comparison, group, found, rest)] if rest else []
    return Title(_(TITLES[group]), group), *([Hand(hand)] if hand else []), *table


def _held(comparison: Comparison, card: Card, first_share: float) -> Held:
    first = _("%(share)s put it first.", share=words.share(first_share))
    return Held(card, (places(comparison, card), (Told(f"{words.both_shares(comparison, card.code)} {first}"),)))


def untied(comparison: Comparison) -> tuple[str, ...]:
    """The cards of its top in order, without those that are tied over the edge."""
    found = comparison.told[0]
    within = (code for code in found.order() if found.cards[code].position.high <= comparison.top) if found else ()
    return tuple(within)


def _rest(comparison: Comparison, group: Group, found: ConsensusList, rest: list[Row]) -> Grid:
    often = any(card.recognition_share is not None for card in found.cards.values())
    names = (_("place"), head_of(group), *([_("yes,\xa0often")] if often else []))
    first = Head(_("The rest of the %(top)s", top=words.top(comparison.top)))
    heads = (first, *(Head(name, group, number=True) for name in names))
    return Grid(_(TITLES[group]), heads, tuple(_row(row, found)[: len(heads)] for row in rest))


def _row(row: Row, found: ConsensusList) -> tuple[Cell, ...]:
    place = cell(Told(row.place, Tone.STRONG))
    if row.card is None:
        return cell(Told(row.said, Tone.ASIDE)), place, cell("–"), cell("–")
    card = found.cards[row.card.code]
    return cell(row.card), place, *(cell(words.share(value)) for value in (card.top_share, card.recognition_share))
