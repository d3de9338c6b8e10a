"""The slope chart's rows: who stands where, what is outside the top, and what a large tie becomes."""

import pytest

from cardsort.analysis.result import CardStanding, ConsensusList, Position
from cardsort.domain.cards import Card, Deck
from cardsort.paper import charts
from cardsort.paper.charts import Row, Slope, describe, two_sides
from cardsort.paper.kit.layout import UNBOUND


@pytest.fixture(scope="module")
def deck():
    return Deck("Twelve", tuple(Card(f"K{n:02d}", f"Card {n}") for n in range(12)))


def ranked(*blocks):
    """A list from (codes, low, high), best first."""
    cards = {
        code: CardStanding(float(low), None, 0.0, Position(low, high), None, 0.0, None, 0.0, None)
        for codes, low, high in blocks
        for code in codes.split()
    }
    return ConsensusList(5, None, cards)


PREDICTED = ranked(
    ("K00", 1, 1), ("K01", 2, 2), ("K02", 3, 3), ("K03", 4, 4), ("K04 K05 K06 K07 K08 K09 K10 K11", 5, 12)
)
ACTUAL = ranked(("K04", 1, 1), ("K01", 2, 2), ("K05", 3, 3), ("K00 K02", 4, 5), ("K03 K06 K07 K08 K09 K10 K11", 6, 12))


def test_each_side_lists_its_top_and_below_the_cut_the_other_sides_cards_by_tie_block():
    left, right = two_sides(PREDICTED, ACTUAL, 3)
    assert left.rows == (
        Row(("K00",), Position(1, 1)),
        Row(("K01",), Position(2, 2)),
        Row(("K02",), Position(3, 3)),
    )
    assert left.outside == (Row(("K04", "K05"), Position(5, 12)),)
    assert right.outside == (Row(("K00", "K02"), Position(4, 5)),)


def test_a_line_ends_at_the_row_that_holds_the_card():
    left, right = two_sides(PREDICTED, ACTUAL, 3)
    assert left.row_of("K05") == left.outside[0]
    assert right.row_of("K01") == right.rows[1]
    assert left.row_of("K11") is None


def test_a_small_tie_over_the_cut_is_listed_card_by_card():
    assert [row.codes for row in two_sides(PREDICTED, ACTUAL, 4)[1].rows] == [
        ("K04",),
        ("K01",),
        ("K05",),
        ("K00",),
        ("K02",),
    ]


def test_a_large_tie_over_the_cut_becomes_one_row():
    left = two_sides(PREDICTED, ACTUAL, 5)[0]
    assert len(left.rows) == 5
    assert left.rows[-1] == Row(("K04", "K05", "K06", "K07", "K08", "K09", "K10", "K11"), Position(5, 12))
    assert left.outside == ()


def test_a_list_that_is_not_shown_has_no_rows():
    left, right = two_sides(None, ACTUAL, 3)
    assert (left.rows, left.outside, right.outside) == ((), (), ())
    assert len(right.rows) == 3


def test_the_description_reads_both_lists_in_order(deck):
    sides = two_sides(PREDICTED, ACTUAL, 3)
    assert describe(deck, sides, ("", ""), 3) == (
        "What IT thought: 1 Card 0; 2 Card 1; 3 Card 2. Outside the top\xa03: 5–12 K04, K05. "
        "What customers chose: 1 Card 4; 2 Card 1; 3 Card 5. Outside the top\xa03: 4–5 K00, K02."
    )


def test_the_description_of_a_missing_list_is_its_reason(deck):
    sides = two_sides(None, ACTUAL, 3)
    assert describe(deck, sides, ("Too few people answered.", ""), 3).startswith(
        "What IT thought: Too few people answered. What customers chose: 1 Card 4;"
    )


def test_equal_places_are_level_and_the_pitch_is_even(deck):
    slope = Slope(deck, two_sides(PREDICTED, ACTUAL, 3), ("", ""), {}, 3, size=9, air=4)
    slope.wrap(480, UNBOUND)
    left, right = ([slope._y(side, row) for row in slope.sides[side].rows] for side in (0, 1))
    assert left == right
    assert left[0] - left[1] == pytest.approx(left[1] - left[2])


def test_a_chart_without_any_list_is_as_high_as_its_reasons(deck):
    slope = Slope(deck, two_sides(None, None, 3), ("Nobody in IT.", "No customers."), {}, 3, size=9, air=4)
    assert slope.wrap(480, UNBOUND)[1] == 13


def test_a_tie_may_stand_two_rows_over_the_top():
    assert charts.TIE_ROOM == 2
    many = ranked(("K00 K01 K02 K03 K04", 1, 5), ("K05 K06 K07 K08 K09 K10 K11", 6, 12))
    assert len(two_sides(many, many, 3)[0].rows) == 5
    assert len(two_sides(many, many, 2)[0].rows) == 1
