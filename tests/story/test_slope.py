"""The slope chart's rows: who stands where, what is outside the top, and what a large tie becomes; in every telling."""

import pytest

from cardsort.analysis.result import CardStanding, Comparison, ConsensusList, Position
from cardsort.domain.cards import Card, Deck
from cardsort.paper.kit import fonts
from cardsort.paper.kit.layout import UNBOUND
from cardsort.paper.slopechart import SlopeChart
from cardsort.story import mirror, slides
from cardsort.story.charts.slope import slope, top_rows, two_sides
from tests.story.shapes import result_of

DECK = Deck("Twelve", tuple(Card(f"K{n:02d}", f"Card {n}") for n in range(12)))


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


def compared(predicted=PREDICTED, actual=ACTUAL, top=3):
    lists = {"it_prediction": predicted, "customers_own": actual}
    shown = {name: found for name, found in lists.items() if found}
    return Comparison("", 12, top, top, 3, 1, 1, shown)


def shown(rows):
    return [(row.place, row.codes) for row in rows]


def test_each_side_lists_its_top_and_below_the_cut_the_other_sides_cards_by_place():
    left, right = two_sides(compared(), DECK)
    assert shown(left.rows) == [("1", "K00"), ("2", "K01"), ("3", "K02")]
    assert shown(left.outside) == [("5–12", "K04"), ("5–12", "K05")]
    assert shown(right.outside) == [("4–5", "K00"), ("4–5", "K02")]
    assert [row.elsewhere for row in left.rows] == ["4–5", "2", "4–5"]


def test_a_line_ends_at_the_row_that_holds_the_card():
    left, right = two_sides(compared(), DECK)
    assert left.row_of(DECK["K05"]) == 4
    assert right.row_of(DECK["K01"]) == 1
    assert left.row_of(DECK["K11"]) is None


def test_a_small_tie_over_the_cut_is_listed_card_by_card():
    assert [row.codes for row in top_rows(ACTUAL, DECK, 4)] == ["K04", "K01", "K05", "K00", "K02"]


def test_a_large_tie_over_the_cut_becomes_one_row():
    left = two_sides(compared(top=5), DECK)[0]
    assert len(left.rows) == 5
    last = left.rows[-1]
    assert (last.place, last.said, last.card) == ("5–12", "8\xa0cards share these places", None)
    assert left.outside == ()


@pytest.mark.parametrize("shape", ["ties of 49", "three", "thirty", "four cards"])
def test_paper_page_and_projector_have_the_same_rows(shape):
    found = result_of(shape)
    it, customers = (side.rows for side in two_sides(found.comparison, found.deck))
    tops = [one for one in slides.tell_reveal(*vars(found).values()) if isinstance(one, slides.Tops)][-1]
    for rows, turned in ((it, tops.it), (customers, tops.customers)):
        assert [(row.place, row.words) for row in turned] == [(row.place, row.said) for row in rows]
    assert (len(it) == 4) == (shape == "ties of 49")


def test_a_second_list_has_the_rows_of_a_top_list_too():
    tied = ranked(("K00", 1, 1), ("K01 K02 K03 K04 K05 K06 K07 K08 K09 K10 K11", 2, 12))
    one = compared()
    one.lists["it_own"] = tied
    ((_title, _note, lines),) = mirror.second_lists(one, DECK)
    assert lines.lines[0][1] == DECK["K00"]
    assert [told.text for told in lines.lines[1]] == ["2–12", "11\xa0cards share these places"]


def test_a_list_that_is_not_shown_has_its_reason_and_no_rows():
    left, right = two_sides(compared(None), DECK)
    assert (left.rows, left.outside, right.outside) == ((), (), ())
    assert left.note == "No ballots of people in IT were sent for this list."
    assert (len(right.rows), right.note) == (3, "")


def test_the_description_reads_both_lists_in_order():
    assert slope(compared(), DECK).alt == (
        "What IT thought: 1 Card 0; 2 Card 1; 3 Card 2. Outside the top\xa03: 5–12 Card 4; 5–12 Card 5. "
        "What customers chose: 1 Card 4; 2 Card 1; 3 Card 5. Outside the top\xa03: 4–5 Card 0; 4–5 Card 2."
    )


def test_the_description_of_a_missing_list_is_its_reason():
    assert slope(compared(None), DECK).alt.startswith(
        "What IT thought: No ballots of people in IT were sent for this list. What customers chose: 1 Card 4;"
    )


def drawn(comparison):
    fonts.register()
    chart = SlopeChart(slope(comparison, DECK), size=9, air=4)
    chart.wrap(480, UNBOUND)
    return chart


def test_equal_places_are_level_and_the_pitch_is_even():
    chart = drawn(compared())
    left, right = ([chart._y(side, row) for row in chart.sides[side].rows] for side in (0, 1))
    assert left == right
    assert left[0] - left[1] == pytest.approx(left[1] - left[2])


def test_a_chart_without_any_list_is_as_high_as_its_reasons():
    assert drawn(compared(None, None)).height == 26


def test_a_tie_may_stand_two_rows_over_the_top():
    many = ranked(("K00 K01 K02 K03 K04", 1, 5), ("K05 K06 K07 K08 K09 K10 K11", 6, 12))
    assert [len(top_rows(many, DECK, top)) for top in (3, 2)] == [5, 1]
