"""The columns of the tables to take along, each with a sentence that says what it is: the one place for both.

`cards.csv` and the workbook are made from these lists (and from measures.py), the sheet Key and docs/exports.md
explain them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cardsort.analysis.result import CardGap, CardStanding, Comparison, Interval, Position
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.cards import Deck
from cardsort.files.agendasheet import AGENDA
from cardsort.files.measures import COMPARISON, LISTS, Cell

SHARE, MEAN, TEST, WHOLE = "0.0%", "0.00", "0.0000", "0"  # how a workbook shows a number; the number stays unrounded


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the cards' table. `of_few`: told also where the smaller group has fewer than five people."""

    name: str
    says: str
    value: Callable[[Comparison, Deck, str], Cell]
    form: str = ""
    of_few: bool = True


BALLOTS = {
    "group": "Who answered: it or customers. A group of fewer people than the workshop’s smallest group is left out.",
    "kind": "own: the person’s own view; prediction: what they expect of the other group.",
    "round": "Number of the round, from 1; always the last one.",
    "segment": "Kind of customer; blank where too few people are behind it, where none was asked, and for IT.",
    "ranking": "Codes of the ranked cards, best first, separated by spaces. All other cards are tied below.",
    "basis": "For each ranked card, best first: know, think, or - where nothing was said; it may end early.",
    "source": (
        "How it came: sent by a link, typed at the desk, or imported; blank where it is not known, and for all ballots "
        "of a group and kind of which too few came in one of these ways."
    ),
}
KEY = {
    "sheet": "Name of the sheet.",
    "column": "Heading of the column.",
    "meaning": "What stands in the column: its unit, range and sign.",
}
CORE_LISTS = ("customers_own", "it_prediction")


def card_columns(comparison: Comparison) -> tuple[Column, ...]:
    """The columns of the cards' table: the card itself, each list there is (the two core lists always), the gap."""
    lists = [name for name in LISTS if name in CORE_LISTS or name in comparison.lists]
    return (*_CARD, *(column for name in lists for column in _list_columns(name)), *_GAP)


def card_rows(comparison: Comparison, deck: Deck) -> list[list[Cell]]:
    """One row a card, in the deck's order; None where a value is hidden or undefined."""
    columns, enough = card_columns(comparison), sayable_of(comparison).shares_with_intervals
    return [
        [column.value(comparison, deck, code) if enough or column.of_few else None for column in columns]
        for code in deck.codes
    ]


def key_rows(comparison: Comparison, *, agenda: bool) -> list[list[Cell]]:
    """A sentence for every column of every sheet; `agenda` = there is one."""
    explained = {
        "Cards": {column.name: column.says for column in card_columns(comparison)},
        "Comparison": COMPARISON,
        "Ballots": BALLOTS,
        **({"Agenda": AGENDA} if agenda else {}),
        "Key": KEY,
    }
    return [[sheet, name, says] for sheet, columns in explained.items() for name, says in columns.items()]


def _suit(_: Comparison, deck: Deck, code: str) -> Cell:
    letter = deck[code].suit
    return next((suit.name for suit in deck.suits if suit.letter == letter), letter)


def _lens(_: Comparison, deck: Deck, code: str) -> Cell:
    lens = deck[code].lens
    return lens.value if lens else ""


_CARD = (
    Column("code", "The card’s code, its key in every file.", lambda _, __, code: code),
    Column("title", "The card’s title.", lambda _, deck, code: deck[code].title),
    Column("suit", "The family that the card belongs to; blank where the deck has none.", _suit),
    Column("lens", "What the card complains about: customer, process or cost; blank where not said.", _lens),
)


def _low(ends: Interval | Position | None) -> Cell:
    return None if ends is None else ends.low


def _high(ends: Interval | Position | None) -> Cell:
    return None if ends is None else ends.high


def _list_columns(name: str) -> tuple[Column, ...]:
    prefix, what = LISTS[name]

    def column(
        ending: str, says: str, value: Callable[[CardStanding], Cell], form: str, *, of_few: bool = False
    ) -> Column:
        def found(comparison: Comparison, _: Deck, code: str) -> Cell:
            shown = comparison.lists.get(name)
            return value(shown.cards[code]) if shown is not None and shown.n is not None else None

        return Column(f"{prefix}_{ending}", says.format(what), found, form, of_few)

    return (
        column(
            "place_first",
            "First place of the card’s tie block in {}; 1 = most needs solving.",
            lambda card: card.position.low,
            WHOLE,
            of_few=True,
        ),
        column(
            "place_last",
            "Last place of that tie block; the same as the first where the card is not tied.",
            lambda card: card.position.high,
            WHOLE,
            of_few=True,
        ),
        column(
            "place_low",
            "Lower end of the 95 % interval of the place in {}; blank under eight people.",
            lambda card: _low(card.position_uncertainty),
            WHOLE,
        ),
        column(
            "place_high",
            "Upper end of that interval; beyond place 20 only the band from 21 to the last place is told.",
            lambda card: _high(card.position_uncertainty),
            WHOLE,
        ),
        column(
            "mean_rank",
            "Mean rank in {}, 1 to the number of cards; smaller = needs solving more. An unlisted card has the mean of "
            "the places left over.",
            lambda card: card.mean_rank,
            MEAN,
        ),
        column(
            "mean_rank_low",
            "Lower end of the mean rank’s 95 % interval, at least 1.",
            lambda card: _low(card.mean_rank_interval),
            MEAN,
        ),
        column(
            "mean_rank_high",
            "Upper end of the mean rank’s 95 % interval, at most the number of cards.",
            lambda card: _high(card.mean_rank_interval),
            MEAN,
        ),
        column(
            "score",
            "Score in {}: 0 = no more than unlisted, 100 = everybody put it first.",
            lambda card: card.score,
            MEAN,
        ),
        column(
            "top_share",
            "Share of ballots behind {} that list the card in the top, 0 to 1; how many cards the top has stands in "
            "the sheet Comparison.",
            lambda card: card.top_share,
            SHARE,
        ),
        column(
            "top_share_low",
            "Lower end of that share’s 95 % interval (Wilson), 0 to 1.",
            lambda card: _low(card.top_share_interval),
            SHARE,
        ),
        column(
            "top_share_high",
            "Upper end of that share’s 95 % interval (Wilson), 0 to 1.",
            lambda card: _high(card.top_share_interval),
            SHARE,
        ),
        column(
            "first_share",
            "Share of ballots that put the card first in {}, 0 to 1.",
            lambda card: card.first_share,
            SHARE,
        ),
        column(
            "recognition_share",
            "Of those who put the card on a pile, can’t say left out, the share that put it on Yes, often, 0 to 1; "
            "blank below k people.",
            lambda card: card.recognition_share,
            SHARE,
        ),
    )


def _gap_column(
    name: str, says: str, value: Callable[[CardGap], Cell], form: str = "", *, of_few: bool = True
) -> Column:
    def found(comparison: Comparison, _: Deck, code: str) -> Cell:
        return value(comparison.prediction.cards[code]) if comparison.prediction else None

    return Column(name, says, found, form, of_few)


_GAP = (
    _gap_column(
        "gap",
        "Places between the card’s two tie blocks, 0 where they overlap; positive: customers put it higher than IT "
        "thought, negative: lower.",
        lambda card: card.gap,
        WHOLE,
    ),
    _gap_column(
        "gap_low",
        "Lower end of the gap’s 95 % interval, in places.",
        lambda card: _low(card.gap_interval),
        "0",
        of_few=False,
    ),
    _gap_column(
        "gap_high",
        "Upper end of the gap’s 95 % interval, in places.",
        lambda card: _high(card.gap_interval),
        "0",
        of_few=False,
    ),
    _gap_column(
        "z_gap",
        "The gap in units of each list’s own spread; sign as for the gap, no fixed range.",
        lambda card: card.z_gap,
        MEAN,
        of_few=False,
    ),
    _gap_column(
        "p",
        "How often luck alone would give a gap as large, 0 to 1; blank for cards that fewer than three ballots list.",
        lambda card: card.p,
        TEST,
        of_few=False,
    ),
    _gap_column(
        "q",
        "The same with all cards looked at together, 0 to 1 (Benjamini and Hochberg).",
        lambda card: card.q,
        TEST,
        of_few=False,
    ),
    _gap_column(
        "label",
        "How sure the gap is: clear (q up to 0.05, five places or more, no 0 in its interval), possible (p up to 0.05 "
        "and five places otherwise), none; blank where not tested.",
        lambda card: card.label.value if card.label else None,
    ),
    _gap_column(
        "zone",
        "shared_pain (top of both), blind_spot (customers’ top only), false_alarm (IT’s only), quiet (neither), "
        "borderline (tied over the cut of a list).",
        lambda card: card.zone.value,
    ),
)
