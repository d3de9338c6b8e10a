"""What the two ways through the cards come to: orders count alike, and piles are told of those who made them."""

from tests.web.conftest import open_room
from tests.web.test_archives import result_of

ORDERS = (
    ["A-01", "A-02", "A-03", "A-04"],
    ["A-02", "A-01", "B-01"],
    ["A-01", "C-05", "A-02"],
    ["S-01", "A-01", "A-02", "B-01", "C-05"],
    ["A-03", "A-02", "A-01"],
    ["A-02", "S-01", "A-01"],
)


def piles_of(order, count, deck):
    """The first so many cards looked at: Yes, often where they were chosen, one can't say, else no."""
    seen = [*order, *(code for code in deck if code not in order)][:count]
    return {code: "often" if code in order else "unsure" if code == "S-13" else "no" for code in seen}


def the_result(app, ways):
    """Six customers, each with the number of cards looked at one at a time: 0 from the list, 52 all of them."""
    room = open_room(app)
    deck = [f"{suit}-{number:02}" for suit in "ABCS" for number in range(1, 14)]
    for number, (order, count) in enumerate(zip(ORDERS, ways, strict=True)):
        answer = room.cast(room.customers, order, number, piles=piles_of(order, count, deck))
        assert answer.status_code == 201, answer.text
        room.cast(room.it, ORDERS[0], 100 + number)
    room.reveal()
    return result_of(room)["lists"]["customers_own"]["cards"]


def test_an_order_counts_the_same_whichever_way_it_was_found(app):
    listed = the_result(app, [0] * 6)
    mixed = the_result(app, [0, 52, 15, 0, 52, 15])
    for card in (*listed.values(), *mixed.values()):
        del card["recognition_share"]
    assert mixed == listed
    chosen = {code for order in ORDERS for code in order}
    assert [listed[code]["position"] for code in sorted(listed.keys() - chosen)] == [[8, 52]] * 45  # tied below


def test_piles_are_told_of_those_who_put_the_card_on_one(app):
    shares = {code: card["recognition_share"] for code, card in the_result(app, [0, 52, 15, 0, 52, 15]).items()}
    assert shares["A-01"] == 1.0  # all four who sorted it
    assert shares["B-01"] == 1 / 4  # one who chose it, and three who looked at it and did not
    assert shares["S-13"] is None  # can't say, twice


def test_of_fewer_people_with_piles_than_the_threshold_nothing_is_told(app):
    shares = [card["recognition_share"] for card in the_result(app, [0, 52, 0, 0, 15, 0]).values()]
    assert set(shares) == {None}
