"""The brief: the shares strip, the three marks, what to take away, and what follows after the divider."""

import re
from dataclasses import replace

import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.result import Label, Position, Zone
from cardsort.domain.ballots import Group
from cardsort.story import parts
from cardsort.story.blocks import Lead
from cardsort.story.charts.marks import marks
from cardsort.story.charts.strip import CLOSE, GROUPS, HIGHER, ROWS, strip
from cardsort.story.first import take_away, tell_first, tell_tops
from cardsort.story.words import place
from cardsort.usecases.demo import REMARKS
from tests.paper.conftest import draw_ballot_set, make_facts
from tests.story.shapes import SHAPES, result_of

BOTH = "The thin line above a customers’ mark and the dashed one below IT’s"


def labelled(found, label):
    """The comparison with one label on every card."""
    prediction = found.comparison.prediction
    cards = {code: replace(card, label=label) for code, card in prediction.cards.items()}
    return replace(found.comparison, prediction=replace(prediction, cards=cards))


def all_quiet(found, first):
    """The comparison with no card in both tops and none that is clear; these cards share the customers' first place."""
    comparison, prediction = found.comparison, found.comparison.prediction
    gaps = {code: replace(card, zone=Zone.QUIET) for code, card in prediction.cards.items()}
    chosen = {
        code: replace(card, position=Position(1, len(first)) if code in first else Position(len(first) + 1, 52))
        for code, card in comparison.actual.cards.items()
    }
    lists = {**comparison.lists, "customers_own": replace(comparison.actual, cards=chosen)}
    return replace(comparison, lists=lists, prediction=replace(prediction, cards=gaps))


def codes_of(chart, *, large):
    """The cards of all lots that are drawn large, or of the others."""
    return [row.card.code for lot in chart.lots if lot.large is large for row in lot.rows]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_card_of_the_strip_has_its_place_in_both_lists(shape):
    found = result_of(shape)
    for lot in strip(found.comparison, found.deck).lots:
        for row in lot.rows:
            for part, told in ((row.customers, found.comparison.actual), (row.it, found.comparison.predicted)):
                assert (part.place if part else None) == (place(told.cards[row.card.code].position) if told else None)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_clear_comes_first_and_every_card_of_either_top_follows(shape):
    found = result_of(shape)
    chart, prediction = strip(found.comparison, found.deck), found.comparison.prediction
    if prediction is None:
        assert [lot.large for lot in chart.lots] in ([], [False])
        return
    large = [(lot.title, row.card.code) for lot in chart.lots if lot.large for row in lot.rows]
    clear, rest = [code for _title, code in large], codes_of(chart, large=False)
    assert all(prediction.cards[code].label is Label.CLEAR for code in clear)
    assert all((prediction.cards[code].gap > 0) == (title == HIGHER) for title, code in large)
    assert not any(prediction.cards[code].label is Label.CLEAR for code in rest)
    near = [row.card.code for lot in chart.lots if lot.title == CLOSE for row in lot.rows]
    assert near == [code for code in rest if prediction.testable and abs(prediction.cards[code].gap) < 5]
    found_clear = [c for c in prediction.surprises() if prediction.cards[c].label is Label.CLEAR]
    assert {*clear} == {*[*found_clear, *prediction.just_outside()][:ROWS]}
    assert len(clear) + len(rest) == min(ROWS, len(prediction.surprises()) + len(prediction.just_outside()))


def test_of_cards_that_are_close_in_place_the_strip_does_not_say_that_as_many_chose_and_expected_them():
    found = result_of("thirty")
    prediction = found.comparison.prediction
    near = {code: replace(card, gap=4, label=Label.NONE) for code, card in prediction.cards.items()}
    chart = strip(replace(found.comparison, prediction=replace(prediction, cards=near)), found.deck)
    assert [lot.title for lot in chart.lots] == ["Fewer than five places apart in the two lists"]
    shares = {row.card.code: (row.customers.shown, row.it.shown) for row in chart.lots[0].rows}
    assert shares["C-11"] == ("43\xa0%", "0\xa0%")


def test_what_the_strip_has_no_room_for_is_counted():
    assert {shape: strip(result_of(shape).comparison, result_of(shape).deck).more for shape in SHAPES} == {
        **dict.fromkeys(SHAPES, ""),
        **dict.fromkeys(("ties of 49", "IT alone, all tied"), "and 32\u00a0cards more, tied over the edge of a list"),
        "120 cards, all ranked": "and 51\u00a0cards more, 43 of them clearly apart: see the table of all cards",
    }


@pytest.mark.parametrize(
    ("shape", "cards", "signs", "ranges"),
    [
        ("thirty", "Cards of either", ": ● customers, □ IT.", f"{BOTH} hold the share"),
        ("three", "Cards of either", ": ● customers, □ IT.", ""),
        ("hidden IT", "Cards of the", ": ● customers.", "The thin line above a customers’ mark holds the share"),
        ("customers alone", "Cards of the", ": ● customers.", "The thin line above a customers’ mark holds the share"),
        ("hidden customers", "Cards of the", ": □ IT.", "The dashed line below IT’s mark holds the share"),
        ("IT alone", "Cards of the", ": □ IT.", "The dashed line below IT’s mark holds the share"),
    ],
)
def test_the_strip_names_and_explains_what_stands_in_it(shape, cards, signs, ranges):
    found = result_of(shape)
    (front,) = tell_first(*vars(found).values())
    assert front.note.startswith(f"{cards} top\xa010, ")
    assert signs in front.note
    assert re.findall("The (?:thin|dashed) line .*? share", front.note)[:1] == ([ranges] if ranges else [])
    assert ["●" in signs, "□" in signs] == [group in front.chart.groups for group in GROUPS]
    if found.comparison.prediction is None:
        assert [lot.title for lot in front.chart.lots] == ["In the top\xa010"]


def test_where_everybody_in_it_took_part_no_range_of_its_shares_is_explained():
    ballots = draw_ballot_set(52, 12, 30, kinds=0, rounds=1)
    comparison = compare(result_of("thirty").deck, ballots, picks=10, census=True)
    (front,) = tell_first(comparison, result_of("thirty").deck, make_facts())
    assert "The thin line above a customers’ mark holds the share in 19 of 20 cases" in front.note
    assert "dashed" not in front.note
    assert all(row.it.low == row.it.high for lot in front.chart.lots for row in lot.rows)


def test_of_few_people_the_strip_counts_and_has_no_ranges():
    found = result_of("three")
    (lot,) = strip(found.comparison, found.deck).lots
    parts_of = [part for row in lot.rows for part in (row.customers, row.it)]
    assert {part.shown for part in parts_of} <= {f"{count} of 3" for count in range(4)}
    assert all(part.low == part.value == part.high for part in parts_of)


def test_the_three_marks_stand_where_their_numbers_are():
    comparison = result_of("thirty").comparison
    told = {mark.group: mark for mark in marks(comparison).named}
    assert set(told) == {None, Group.IT, Group.CUSTOMERS}
    assert told[Group.IT].at == comparison.prediction.hits / 10
    assert told[None].words == "by blind guessing"
    assert told[Group.CUSTOMERS].words == f"by {comparison.prediction.customers_split}\xa0customers"


def test_without_six_customers_there_are_two_marks():
    assert [mark.group for mark in marks(result_of("three").comparison).named] == [None, Group.IT]


def test_the_take_away_is_a_clear_blind_spot_or_else_what_both_put_at_the_top():
    found = result_of("thirty")
    begin = "Both put “Changes are tried out on us” at the top: begin with it."
    clear = take_away(labelled(found, Label.CLEAR), found.deck)
    assert clear.startswith(f"{begin} Then talk about “")
    assert take_away(labelled(found, Label.NONE), found.deck) == begin
    assert take_away(result_of("hidden IT").comparison, found.deck) == ""


def test_where_nothing_else_is_to_take_away_one_asks_about_the_card_that_customers_put_first():
    found = result_of("thirty")
    assert take_away(all_quiet(found, ("A-01",)), found.deck) == (
        f"Ask customers about “{found.deck['A-01'].title}”: it is first in their list."
    )
    assert take_away(all_quiet(found, ("A-01", "A-02")), found.deck) == ""


def test_the_card_chosen_most_world_wide_is_told_where_the_deck_has_it():
    found = result_of("thirty")
    said = [block.words for block in tell_tops(*vars(found).values()) if isinstance(block, Lead)]
    place = found.comparison.actual.cards["A-01"].position.low
    title = found.deck["A-01"].title
    assert len(said) == 1
    assert said[0].startswith(f"World-wide, “{title}” is the card that was chosen most (published 2012); for the")
    assert said[0].endswith(f" place {place} of 52.")
    other = result_of("120 cards")
    assert [block for block in tell_tops(*vars(other).values()) if isinstance(block, Lead)] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_the_divider_stands_between_what_is_talked_about_and_what_is_looked_up(shape):
    found = result_of(shape)
    ids = [part.id for part in parts.tell(*vars(found).values())]
    if parts.APPENDIX in ids:
        at = ids.index(parts.APPENDIX)
        assert {*ids[:at]} <= parts.BRIEF
        assert not {*ids[at + 1 :]} & parts.BRIEF


def test_of_few_people_there_is_no_more_than_the_brief_and_the_method():
    assert [part.id for part in parts.tell(*vars(result_of("three")).values())] == [
        parts.FIRST,
        parts.GAPS,
        parts.AGENDA,
        parts.METHOD,
    ]


def test_what_the_example_says_of_a_card_is_said_of_no_other(deck):
    assert set(REMARKS) == set(deck.codes)
    assert len(set(REMARKS.values())) == deck.size
