from dataclasses import replace

from cardsort.analysis.chain import lost_on_the_way
from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import to_json
from cardsort.analysis.result import Comparison
from cardsort.domain.workshops import ChainKind, Segment
from cardsort.files.ballotfile import read_ballots
from tests.analysis.decks import make_deck

DECK = make_deck(8)
KINDS = {"Buyers": ChainKind.PAYING, "Desk": ChainKind.INTERNAL, "Plant": ChainKind.BUSINESS, "Unknown": None}


def compare_segments(rankings: dict[str, str], sizes: dict[str, int] | None = None) -> Comparison:
    rows = ["group,ranking,segment"] + ["it,C01 C02 C03,"] * (sizes or {}).get("IT", 4)
    for name, ranking in rankings.items():
        rows += [f"customers,{ranking},{name}"] * (sizes or {}).get(name, 5)
    ballots = read_ballots("\n".join(rows), DECK)
    return compare(DECK, replace(ballots, segments=tuple(Segment(s.name, KINDS[s.name]) for s in ballots.segments)))


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
