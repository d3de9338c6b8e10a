from dataclasses import replace

from cardsort.analysis.chain import lost_on_the_way
from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import to_json
from cardsort.analysis.result import Comparison, Position
from cardsort.domain.settings import ChainKind, Segment
from cardsort.files.ballotfile import read_ballots
from tests.analysis.decks import make_deck

DECK = make_deck(8)
KINDS = {"Buyers": ChainKind.PAYING, "Desk": ChainKind.INTERNAL, "Plant": ChainKind.BUSINESS, "Unknown": None}


def compare_segments(
    rankings: dict[str, str], sizes: dict[str, int] | None = None, *, census: bool = False
) -> Comparison:
    rows = ["group,ranking,segment"] + ["it,C01 C02 C03,"] * (sizes or {}).get("IT", 4)
    for name, ranking in rankings.items():
        rows += [f"customers,{ranking},{name}"] * (sizes or {}).get(name, 5)
    ballots = read_ballots("\n".join(rows), DECK)
    kinds = tuple(Segment(segment.name, KINDS[segment.name]) for segment in ballots.segments)
    return compare(DECK, replace(ballots, segments=kinds), census=census)


def test_the_links_stand_in_the_order_of_the_chain():
    found = compare_segments(
        {"Buyers": "C06 C07 C08", "Unknown": "C01 C02 C03", "Plant": "C02 C06 C05", "Desk": "C01 C04 C05"}
    )
    assert [(link.segment, link.kind, link.n) for link in found.chain] == [
        ("Desk", "internal", 5),
        ("Plant", "business", 5),
        ("Buyers", "paying", 5),
        ("Unknown", "", 5),
    ]
    assert found.chain[0].top == ("C01", "C04", "C05")
    assert to_json(found)["chain"][3]["kind"] is None
    assert "/chain/3/kind" in found.reasons
    assert "/chain/0/kind" not in found.reasons


def test_lost_is_what_the_paying_customer_says_and_no_list_before():
    found = compare_segments({"Buyers": "C06 C07 C01", "Plant": "C02 C06 C05", "Desk": "C01 C04 C05"})
    assert lost_on_the_way(found) == ("C07",)


def test_what_few_people_say_by_chance_is_not_lost():
    # top shares of C06 to C08: of three paying customers 3 of 3, from 44 % on; of four in IT 0 of 4, up to 49 %
    rankings = {"Buyers": "C06 C07 C08", "Unknown": "C02 C03 C04"}
    assert lost_on_the_way(compare_segments(rankings, {"Buyers": 3})) == ()
    assert lost_on_the_way(compare_segments(rankings, {"Buyers": 4})) == ("C06", "C07", "C08")
    assert lost_on_the_way(compare_segments(rankings, {"Buyers": 3, "IT": 5})) == ("C06", "C07", "C08")


def test_of_an_it_that_took_part_as_a_whole_nothing_is_uncertain():
    rankings = {"Buyers": "C06 C07 C08", "Unknown": "C02 C03 C04"}
    assert lost_on_the_way(compare_segments(rankings, {"Buyers": 3}, census=True)) == ("C06", "C07", "C08")


def test_a_card_that_an_earlier_link_names_nearly_as_often_is_not_lost():
    rows = ["group,ranking,segment"]
    rows += ["it,C01 C02 C03,"] * 9
    rows += ["customers,C06 C07 C08,Buyers"] * 9
    rows += ["customers,C01 C02 C04,Plant"] * 6 + ["customers,C01 C02 C06,Plant"] * 5 + ["customers,C01 C02 C05,Plant"]
    ballots = read_ballots("\n".join(rows), DECK)
    kinds = tuple(Segment(segment.name, KINDS[segment.name]) for segment in ballots.segments)
    found = compare(DECK, replace(ballots, segments=kinds))
    # C06 is outside the plant's top, but 5 of its 12 list it there (up to 68 %; 9 of 9 buyers: from 70 % on)
    assert "C06" not in found.chain[0].top
    assert lost_on_the_way(found) == ("C06", "C07", "C08")
    some = replace(ballots, rankings=ballots.rankings.copy())
    some.rankings[-1] = some.rankings[-2]  # 6 of 12: up to 75 %
    assert lost_on_the_way(compare(DECK, replace(some, segments=kinds))) == ("C07", "C08")


def test_cards_tied_over_the_cut_are_in_a_segments_top():
    rows = ["group,ranking,segment", *["it,C01 C02 C03,"] * 4, *["customers,C01 C02 C03,Buyers"] * 4]
    rows += ["customers,C01 C05 C06,Desk", "customers,C01 C05 C07,Desk", "customers,C01 C05 C08,Desk"]
    found = compare(DECK, read_ballots("\n".join(rows), DECK))
    desk = next(link for link in found.chain if link.segment == "Desk")
    assert desk.top == ("C01", "C05", "C06", "C07", "C08")
    assert desk.places == (Position(1, 1), Position(2, 2), *[Position(3, 5)] * 3)
    assert found.weighting is not None
    alone = next(one for one in found.weighting.scenarios if one.name == "without Buyers")
    assert (alone.top, alone.kept) == (desk.top, 1.5)  # C05 is tied for the headline's third place


def test_without_a_paying_customer_nothing_is_known_to_be_lost():
    assert lost_on_the_way(compare_segments({"Plant": "C02 C06 C05", "Desk": "C01 C04 C05"})) is None


def test_without_anybody_before_them_nothing_is_known_to_be_lost():
    hidden = {"Plant": 2, "Desk": 2, "IT": 2}
    rankings = {"Buyers": "C06 C07 C01", "Unknown": "C02 C03 C04", "Plant": "C02 C06 C05", "Desk": "C01 C04 C05"}
    assert lost_on_the_way(compare_segments(rankings, hidden)) is None
    # IT's C01 C02 C03 alone, then the plant's alone, are something to compare with
    assert lost_on_the_way(compare_segments(rankings, hidden | {"IT": 4})) == ("C06", "C07")
    assert lost_on_the_way(compare_segments(rankings, hidden | {"Plant": 5, "Desk": 0})) == ("C01", "C07")


def test_a_small_segment_is_shown_nowhere_and_cannot_be_computed():
    rankings = {"Buyers": "C06 C07 C08", "Plant": "C02 C06 C05", "Desk": "C01 C04 C05", "Unknown": "C03 C04 C05"}
    found = compare_segments(rankings, {"Desk": 2, "Plant": 4})
    assert [link.segment for link in found.chain] == ["Buyers", "Unknown"]
    assert found.weighting is not None
    assert [one.name for one in found.weighting.scenarios] == [
        "respondents",
        "segments",
        "without Buyers",
        "without Unknown",
    ]
