"""Labels of the map: near their marks, on nothing else, and left out where there is no room."""

from hypothesis import given, settings
from hypothesis import strategies as some

from cardsort.analysis.result import Label, Zone
from cardsort.story.charts import map as plan
from cardsort.story.charts.labels import around, place_labels
from cardsort.story.charts.map import the_map
from tests.story.shapes import result_of

FRAME = (0.0, 0.0, 200.0, 200.0)
spots = some.lists(some.tuples(some.floats(5, 195), some.floats(5, 195)), max_size=25)


def touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_lonely_label_stands_at_the_right_of_its_mark():
    assert place_labels([(100, 100)], [(20, 8)], FRAME, [around((100, 100), 3)]) == [(106, 96, 126, 104)]


def test_at_the_right_edge_it_stands_at_the_left():
    assert place_labels([(195, 100)], [(20, 8)], FRAME, []) == [(169, 96, 189, 104)]


def test_without_room_there_is_no_label():
    assert place_labels([(100, 100)], [(20, 8)], FRAME, [FRAME]) == [None]


@settings(max_examples=40, deadline=None)
@given(spots)
def test_no_label_lies_on_another_on_a_mark_or_outside(found):
    marks = [around(spot, 3) for spot in found]
    boxes = [box for box in place_labels(found, [(22.0, 9.0)] * len(found), FRAME, marks) if box]
    for number, box in enumerate(boxes):
        assert min(box) >= 0
        assert max(box) <= 200
        assert not any(touch(box, other) for other in (*boxes[:number], *marks))


def test_on_the_map_codes_come_first_and_titles_where_there_is_room_and_none_lies_on_another():
    found = result_of("thirty")
    chart = the_map(found.comparison, found.deck)
    placed = plan.place_labels(chart, 400, lambda spot: (4.2 * len(spot.label), 9.0), lambda _spot: 3.6)
    assert {spot.codes for spot, _box in placed if spot.title} <= {spot.codes for spot in chart.spots if spot.named}
    assert any(spot.title for spot, _box in placed)
    for number, (_spot, box) in enumerate(placed):
        assert not any(touch(box, other) for _other, other in placed[:number])


def test_a_filled_mark_is_a_clear_gap_and_nothing_else():
    found = result_of("thirty")
    for spot in the_map(found.comparison, found.deck).spots:
        cards = [found.comparison.prediction.cards[code] for code in spot.codes]
        clear = {card.label is Label.CLEAR and card.zone is not Zone.BORDERLINE for card in cards}
        assert clear == {not spot.hollow}
