import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import dumps, to_json
from cardsort.analysis.result import CardGap, Comparison, Label, Position, Prediction, Zone
from cardsort.domain.cards import Deck
from cardsort.domain.errors import InvalidInput
from cardsort.files.ballotfile import read_ballots
from tests.analysis.decks import make_ballots, make_deck

DECK, WHOLE = make_deck(6), make_deck(52)
Lists = list[list[int]]

ballot = st.permutations(range(1, 7)).flatmap(lambda order: st.integers(1, 6).map(lambda k: list(order[:k])))
groups = st.lists(ballot, min_size=1, max_size=7)
few = settings(deadline=None, max_examples=12)


def predict(deck: Deck, it: Lists, customers: Lists, **given: Any) -> Prediction:
    found = compare(deck, make_ballots(deck, it, customers), **{"threshold": 1, **given}).prediction
    assert found is not None
    return found


def draw_lists(n: int, seed: int, liking: float = 0.1, picks: int = 10) -> Lists:
    """Ballots of 52 cards, of people who on average like card 1 most, then 2, …"""
    values = np.random.default_rng(seed).gumbel(size=(n, 52)) - liking * np.arange(52)
    return (np.argsort(-values, axis=1)[:, :picks] + 1).tolist()


def shuffle(ballots: BallotSet, seed: int) -> BallotSet:
    order = np.random.default_rng(seed).permutation(ballots.n)
    columns = ("rankings", "group", "kind", "round", "segment", "respondent", "basis")
    return replace(ballots, **{name: getattr(ballots, name)[order] for name in columns})


# Properties


@given(groups, groups)
@few
def test_every_number_is_within_its_bounds(it: Lists, customers: Lists):
    comparison = compare(DECK, make_ballots(DECK, it, customers), threshold=1)
    found = comparison.prediction
    assert found is not None
    assert 0 <= found.hits <= comparison.top
    assert 0 <= (found.rbo or 0) <= 1
    assert all(-1 <= (value or 0) <= 1 for value in (found.spearman, found.kendall_tau_b))
    assert (found.worth_in_customers or 0) >= 0
    for card in found.cards.values():
        assert abs(card.gap) <= 5
        assert all(value is None or 0 < value <= 1 for value in (card.p, card.q))
        assert card.gap_interval is None or card.gap_interval.low <= card.gap <= card.gap_interval.high
    for one in (comparison.predicted, comparison.actual):
        assert one is not None
        assert sum(card.top_share for card in one.cards.values()) <= comparison.top + 1e-9
        assert all(1 <= card.mean_rank <= 6 for card in one.cards.values())
        assert all(0 <= card.score <= 100 for card in one.cards.values())
        assert sum(card.mean_rank for card in one.cards.values()) == pytest.approx(21)


@given(groups, groups)
@few
def test_exchanging_the_groups_changes_signs_only(it: Lists, customers: Lists):
    one, other = predict(DECK, it, customers), predict(DECK, customers, it)
    for name in ("hits", "spearman", "kendall_tau_b", "rbo", "testable", "overall_p"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-12), name
    for code, card in one.cards.items():
        twin = other.cards[code]
        assert card.gap == -twin.gap
        assert (card.z_gap, card.p, card.q) == pytest.approx((twin.z_gap and -twin.z_gap, twin.p, twin.q), abs=1e-12)
        assert card.label == twin.label


@given(groups, groups, st.permutations(range(1, 7)))
@few
def test_other_names_for_the_cards_change_nothing_else(it: Lists, customers: Lists, names: list[int]):
    def rename(lists: Lists) -> Lists:
        return [[names[card - 1] for card in one] for one in lists]

    one, other = predict(DECK, it, customers), predict(DECK, rename(it), rename(customers))
    for name in ("hits", "spearman", "kendall_tau_b", "rbo", "worth_in_customers", "testable"):
        value, twin = getattr(one, name), getattr(other, name)
        assert value is twin is None or value == pytest.approx(twin, rel=1e-6, abs=1e-9), name
    for place, name in enumerate(names, 1):
        card, same = one.cards[f"C{place:02}"], other.cards[f"C{name:02}"]
        assert (card.gap, card.zone) == (same.gap, same.zone)
        assert card.z_gap == pytest.approx(same.z_gap, abs=1e-12)


@given(groups, groups)
@few
def test_every_ballot_twice_gives_the_same_lists(it: Lists, customers: Lists):
    once = compare(DECK, make_ballots(DECK, it, customers), threshold=1)
    twice = compare(DECK, make_ballots(DECK, it * 2, customers * 2), threshold=1)
    for name in ("it_prediction", "customers_own"):
        for code, card in once.lists[name].cards.items():
            twin = twice.lists[name].cards[code]
            assert (card.mean_rank, card.position, card.score) == (twin.mean_rank, twin.position, twin.score)
            assert (card.top_share, card.first_share) == (twin.top_share, twin.first_share)
    assert once.prediction is not None
    assert twice.prediction is not None
    assert once.prediction.hits == twice.prediction.hits
    assert once.prediction.rbo == twice.prediction.rbo


def test_the_order_of_the_ballots_changes_nothing_at_all():
    rows = ["group,kind,ranking,segment,respondent,basis"]
    deck = make_deck(12)
    random = np.random.default_rng(2)
    for person in range(25):
        first, second = (" ".join(deck.codes[card] for card in random.permutation(12)[:4]) for _ in range(2))
        rows += [f"it,,{first},,p{person},know think", f"it,own,{second},,p{person},"]
        rows += [f"customers,,{second},{'AB'[person % 2]},,", f"customers,,{first},C,,"]
    ballots = read_ballots("\n".join(rows), deck)
    assert dumps(compare(deck, shuffle(ballots, 1))) == dumps(compare(deck, ballots))


def test_the_order_of_many_ballots_changes_nothing_at_all():
    ballots = make_ballots(WHOLE, draw_lists(12, 1), draw_lists(1100, 2))
    assert dumps(compare(WHOLE, shuffle(ballots, 3))) == dumps(compare(WHOLE, ballots))


def test_another_seed_changes_what_is_drawn_and_nothing_else():
    ballots = make_ballots(WHOLE, draw_lists(20, 1), draw_lists(30, 2))
    one, other = compare(WHOLE, ballots), compare(WHOLE, ballots, seed=2)
    assert one.prediction is not None
    assert other.prediction is not None
    assert one.prediction.hits == other.prediction.hits
    assert [card.z_gap for card in one.prediction.cards.values()] == [
        card.z_gap for card in other.prediction.cards.values()
    ]
    assert one.prediction.overall_p != other.prediction.overall_p
    assert one.prediction.hits_of_customers != other.prediction.hits_of_customers
    assert one.prediction.worth_interval != other.prediction.worth_interval
    for name in ("gap_interval", "p"):
        values = [[getattr(card, name) for card in found.prediction.cards.values()] for found in (one, other)]
        assert values[0] != values[1], name
    for name in ("it_prediction", "customers_own"):
        places = [[card.position_uncertainty for card in found.lists[name].cards.values()] for found in (one, other)]
        assert places[0] != places[1], name


def test_lists_of_the_same_ballots_are_drawn_from_independently():
    ballots = draw_lists(20, 1)
    found = predict(WHOLE, ballots, ballots)
    assert found.hits == 10
    assert found.hits_interval is not None
    assert found.hits_interval.low < 10  # the same people on both sides, but not the same draws


@given(groups, groups)
@few
def test_every_null_has_a_sentence_and_every_sentence_a_null(it: Lists, customers: Lists):
    document = to_json(compare(DECK, make_ballots(DECK, it, customers), threshold=2))

    def find(pointer: str) -> Any:
        value: Any = document
        for key in pointer.split("/")[1:]:
            value = value[int(key)] if isinstance(value, list) else value[key]
        return value

    def count(value: Any) -> int:
        if isinstance(value, dict):
            return sum(count(below) for below in value.values())
        return sum(map(count, value)) if isinstance(value, list) else value is None

    assert all(find(pointer) is None for pointer in document["reasons"])
    assert all(sentence.endswith(".") for sentence in document["reasons"].values())
    assert count({key: value for key, value in document.items() if key != "reasons"}) == len(document["reasons"])
    assert json.loads(json.dumps(document, allow_nan=False)) == document


# What is sorted, and what is sure


def make_gap(profile_gap: float, label: Label | None, zone: Zone = Zone.BLIND_SPOT) -> CardGap:
    return CardGap(9, None, None, None, None, label, zone, profile_gap=profile_gap)


def test_surprises_begin_with_the_clear_ones_each_lot_by_falling_size():
    cards = {
        "A": make_gap(2.5, Label.POSSIBLE),
        "B": make_gap(-1.0, Label.CLEAR, Zone.FALSE_ALARM),
        "C": make_gap(3.0, Label.CLEAR, Zone.QUIET),
        "D": make_gap(0.0, Label.NONE, Zone.SHARED_PAIN),
        "E": make_gap(1.5, Label.CLEAR),
        "F": make_gap(-2.5, Label.NONE, Zone.BORDERLINE),
        "G": make_gap(1.0, None),
        "H": make_gap(9.0, Label.POSSIBLE, Zone.QUIET),
        "I": make_gap(-4.0, Label.CLEAR, Zone.QUIET),
    }
    found = predict(DECK, [[1, 2]] * 3, [[1, 2]] * 3)
    found = replace(found, cards=cards)
    assert found.surprises() == ("E", "B", "A", "F", "G", "D")
    assert found.just_outside() == ("I", "C")


def test_a_clear_gap_is_told_from_nothing_by_its_own_interval_too():
    for seed in range(4):
        found = predict(WHOLE, draw_lists(12, seed, liking=0.3), draw_lists(60, seed + 50, liking=-0.1), seed=seed)
        for card in found.cards.values():
            if card.label is Label.CLEAR:
                assert card.q is not None
                assert card.gap_interval is not None
                assert card.q <= 0.05
                assert abs(card.gap) >= 5
                assert card.gap * card.gap_interval.low > 0
                assert card.gap * card.gap_interval.high > 0
        assert Label.CLEAR in {card.label for card in found.cards.values()}


def test_of_fewer_than_five_people_no_shares_are_compared():
    comparison = compare(DECK, make_ballots(DECK, [[1, 2, 3]] * 4, [[1, 2, 3]] * 9))
    assert comparison.prediction is not None
    card = comparison.prediction.cards["C01"]
    assert (card.share_difference, card.share_difference_interval) == (None, None)
    why = "Fewer than 5 people are in one of the groups, so they are counted, and no shares are compared."
    assert comparison.reasons["/comparison/cards/C01/share_difference"] == why
    assert comparison.reasons["/comparison/cards/C01/share_difference_interval"] == why


def test_a_difference_of_shares_is_positive_where_more_customers_chose_the_card():
    found = predict(DECK, [[1, 2, 3]] * 6 + [[4, 2, 3]] * 2, [[4, 2, 3]] * 9)
    assert [card.share_difference for card in found.cards.values()] == [-0.75, 0, 0, 0.75, 0, 0]


def test_the_similarity_of_few_people_of_one_taste_is_not_lowered_by_their_noise():
    plain, corrected = [], []
    for seed in range(30):
        found = predict(WHOLE, draw_lists(5, 2 * seed), draw_lists(8, 2 * seed + 1), seed=seed)
        plain.append(found.spearman or 0.0)
        corrected.append(found.similarity or 0.0)
    assert np.mean(plain) < 0.7
    assert np.mean(corrected) > 0.9
    assert max(corrected) == 1.0


def test_no_similarity_is_told_of_ballots_that_do_not_agree():
    contrary = [[1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], [2, 1, 3, 4, 6, 5]]
    comparison = compare(DECK, make_ballots(DECK, contrary, [[1, 2, 3, 4, 5, 6]] * 6))
    assert comparison.prediction is not None
    assert comparison.prediction.similarity is None
    assert comparison.prediction.spearman is not None
    assert comparison.reasons["/comparison/similarity"] == (
        "These ballots agree no more than random ones would, so this cannot be computed."
    )


# Depth and top


def test_ballots_are_cut_to_the_shortest_list_asked_for():
    customers = draw_lists(30, 4)
    comparison = compare(WHOLE, make_ballots(WHOLE, [one[:5] for one in customers], customers))
    assert (comparison.depth, comparison.top) == (5, 5)
    assert comparison.prediction is not None
    assert {card.gap for card in comparison.prediction.cards.values()} == {0}
    assert comparison.prediction.spearman == 1
    assert comparison.prediction.hits == pytest.approx(5)


def test_a_group_is_as_deep_as_its_longest_ballot_of_any_kind():
    ballots = make_ballots(DECK, it=[[1, 2, 3, 4, 5]] * 3, customers=[[1, 2, 3, 4]] * 3, own=[[6]] * 3)
    assert (compare(DECK, ballots).depth, compare(DECK, ballots).top) == (4, 4)
    deeper = make_ballots(DECK, it=[[1, 2]] * 3, customers=[[1]] * 3, own=[[6, 5, 4]] * 3, reverse=[[1, 2, 3, 4]] * 3)
    assert compare(DECK, deeper).depth == 3
    hidden = make_ballots(DECK, it=[[1, 2]] * 3, customers=[[1, 2, 3]] * 3, own=[[6, 5, 4]] * 2)
    assert compare(DECK, hidden).depth == 2  # what is not shown decides nothing


def test_picks_are_the_depth_whatever_the_ballots_lengths():
    ballots = make_ballots(WHOLE, draw_lists(5, 1), draw_lists(5, 2))
    assert compare(WHOLE, ballots, picks=7).depth == 7
    assert (compare(WHOLE, ballots, picks=52).depth, compare(WHOLE, ballots, picks=52).top) == (52, 10)


def test_the_top_is_always_below_the_decks_size():
    everything = [[1, 2, 3, 4, 5, 6]] * 3
    comparison = compare(DECK, make_ballots(DECK, everything, everything))
    assert (comparison.depth, comparison.top) == (6, 5)


def test_a_list_that_is_not_shown_does_not_decide_the_depth():
    ballots = make_ballots(DECK, it=[[1]], customers=[[1, 2, 3, 4]] * 3)
    assert compare(DECK, ballots).depth == 4


@pytest.mark.parametrize("given", [{"picks": 0}, {"picks": 7}, {"threshold": 0}, {"seed": -1}])
def test_what_cannot_be_is_refused(given: dict[str, int]):
    with pytest.raises(InvalidInput, match="ake"):
        compare(DECK, make_ballots(DECK, [[1]], [[1]]), **given)


# Deceptive cases


def test_it_that_is_right_but_unanimous_raises_no_flag():
    for seed in range(3):
        found = predict(WHOLE, [list(range(1, 11))] * 30, draw_lists(200, seed))
        assert [code for code, card in found.cards.items() if card.label is Label.CLEAR] == []
        assert found.hits >= 8


def test_it_that_is_right_and_lists_five_where_customers_list_ten_shows_no_gap():
    found = predict(WHOLE, draw_lists(40, 1, liking=1.0, picks=5), draw_lists(400, 2, liking=1.0))
    assert found.cards["C01"].gap == 0
    assert max(abs(found.cards[f"C{n:02}"].gap) for n in range(1, 6)) <= 1


def test_one_segment_of_2000_among_segments_of_15_does_not_hide_the_others():
    rows = ["group,ranking,segment"]
    rows += ["it,C01 C02 C03,"] * 5
    rows += ["customers,C04 C05 C06,Huge"] * 2000
    for name in ("A", "B", "C"):
        rows += [f"customers,C01 C02 C03,{name}"] * 15
    comparison = compare(DECK, read_ballots("\n".join(rows), DECK))
    found = comparison.weighting
    assert found is not None
    assert found.largest_segment == ("Huge", 2000 / 2045)
    assert found.scenarios[0].top == ("C04", "C05", "C06")
    assert found.scenarios[1].top == ("C01", "C02", "C03")
    assert {one.decided_by for one in found.contested} == {"Huge"}
    assert [link.top for link in comparison.chain] == [("C01", "C02", "C03")] * 3 + [("C04", "C05", "C06")]


def test_when_all_cards_are_tied_nothing_is_invented():
    circle = [[n] for n in range(1, 7)]
    comparison = compare(DECK, make_ballots(DECK, circle, circle))
    found = comparison.prediction
    assert found is not None
    assert found.hits == pytest.approx(1 / 6)
    assert (found.spearman, found.kendall_tau_b, found.overall_p, found.worth_in_customers) == (None,) * 4
    for card in found.cards.values():
        assert (card.gap, card.z_gap, card.p, card.label, card.zone) == (0, None, None, None, Zone.BORDERLINE)
    assert comparison.actual is not None
    assert {card.position for card in comparison.actual.cards.values()} == {Position(1, 6)}


def test_a_card_that_nobody_lists_is_present_with_its_tied_places():
    comparison = compare(DECK, make_ballots(DECK, [[1, 2, 3]] * 3, [[1, 3, 2]] * 3))
    assert comparison.actual is not None
    for code in ("C04", "C05", "C06"):
        card = comparison.actual.cards[code]
        assert (card.position, card.mean_rank, card.score, card.top_share) == (Position(4, 6), 5.0, 0.0, 0.0)
        assert comparison.prediction is not None
        assert comparison.prediction.cards[code].zone is Zone.QUIET


def test_one_person_on_each_side():
    comparison = compare(DECK, make_ballots(DECK, [[1, 2, 3]], [[3, 2, 1]]), threshold=1)
    found = comparison.prediction
    assert found is not None
    assert (found.hits, found.testable, found.worth_in_customers) == (3.0, False, None)
    assert comparison.actual is not None
    assert comparison.actual.agreement is not None
    assert comparison.actual.agreement.mean_pairwise_spearman is None
    for key in ("lists/customers_own/agreement/kendalls_w", "comparison/worth_in_customers"):
        assert comparison.reasons[f"/{key}"] == "One ballot alone cannot agree with another."
    assert comparison.reasons["/comparison/intervals/worth_in_customers"].startswith("One ballot alone")


def test_one_person_in_it_beside_several_customers_is_told_to_be_alone():
    comparison = compare(DECK, make_ballots(DECK, [[1, 2, 3]], [[3, 2, 1], [1, 2, 3], [1, 3, 2]]), threshold=1)
    assert comparison.prediction is not None
    assert comparison.prediction.worth_in_customers is None
    for key in ("similarity", "worth_in_customers", "intervals/worth_in_customers"):
        assert comparison.reasons[f"/comparison/{key}"] == "One ballot alone cannot agree with another."


@pytest.mark.parametrize(("it", "customers"), [([[1, 2, 3]] * 4, []), ([], [[1, 2, 3]] * 4)])
def test_one_empty_group_leaves_the_others_list(it: Lists, customers: Lists):
    comparison = compare(DECK, make_ballots(DECK, it, customers))
    assert comparison.prediction is None
    assert len(comparison.lists) == 1
    assert "/comparison" in comparison.reasons


def test_nobody_at_all():
    comparison = compare(DECK, make_ballots(DECK))
    assert (comparison.lists, comparison.prediction, comparison.rounds) == ({}, None, ())
    assert (comparison.depth, comparison.top, comparison.round) == (6, 5, 1)


def test_two_customers_are_fewer_than_three():
    document = to_json(compare(DECK, make_ballots(DECK, [[1, 2, 3]] * 5, [[1, 2, 3]] * 2)))
    assert document["lists"]["customers_own"] == {"n": None}
    assert document["comparison"] is None
    assert document["weighting"] is None
    assert document["rounds"][0]["n_customers"] is None
    assert document["reasons"]["/lists/customers_own/n"] == (
        "Fewer than 3\xa0people answered. To keep everybody anonymous, nothing is shown of so few."
    )
    assert "2" not in document["reasons"]["/comparison"]


def test_one_person_by_a_link_and_two_imported_ballots_are_fewer_than_three():
    rows = ["group,ranking,source", *["it,C01 C02 C03,"] * 3, "customers,C01 C02 C03,sent"]
    few = read_ballots("\n".join([*rows, *["customers,C02 C01 C03,imported"] * 2]), DECK)
    enough = read_ballots("\n".join([*rows, *["customers,C02 C01 C03,Sent"] * 2, "customers,C02 C01 C03,typed"]), DECK)
    hidden, shown = to_json(compare(DECK, few)), to_json(compare(DECK, enough))
    assert hidden["lists"]["customers_own"] == {"n": None}
    assert (hidden["comparison"], hidden["sources"]["customers"]) == (None, None)
    assert hidden["rounds"][0]["n_customers"] is None
    why = (
        "Fewer than 3\xa0people answered by a link, and ballots that were typed in or imported do not count towards "
        "that. To keep everybody anonymous, nothing is shown of so few."
    )
    assert hidden["reasons"]["/lists/customers_own/n"] == hidden["reasons"]["/sources/customers"] == why
    assert shown["lists"]["customers_own"]["n"] == 4
    nothing = {"with_code": 0, "imported": 0, "discarded": 0, "withdrawn": 0}
    assert shown["sources"] == {
        "it": nothing | {"sent": 0, "typed": 0, "unknown": 3},
        "customers": nothing | {"sent": 3, "typed": 1, "unknown": 0},
    }
    assert shown["restored"] is False


def test_known_ballots_hide_a_kind_of_customer_and_count_all_the_same():
    rows = ["group,ranking,segment,source"]
    rows += ["customers,C01 C02 C03,Shops,sent"] * 5
    rows += ["customers,C01 C02 C03,Bank,sent"] * 4
    rows += [
        "customers,C04 C05 C06,Farms,sent",
        "customers,C04 C05 C06,Farms,imported",
        "customers,C04 C05 C06,Farms,typed",
    ]
    found = to_json(compare(DECK, read_ballots("\n".join(rows), DECK)))
    assert [(link["segment"], link["n"]) for link in found["chain"]] == [("Shops", 5)]  # Bank hides the one of Farms
    assert (found["weighting"], found["lists"]["customers_own"]["n"]) == (None, 12)


def test_a_prediction_upside_down():
    found = predict(DECK, [[6, 5, 4, 3, 2, 1]] * 8, [[1, 2, 3, 4, 5, 6]] * 8)
    assert found.spearman == pytest.approx(-1)
    assert found.kendall_tau_b == pytest.approx(-1)
    assert found.worth_in_customers == 0
    assert [card.gap for card in found.cards.values()] == [5, 3, 1, -1, -3, -5]


def test_unanimous_customers_and_it_of_the_same_mind():
    found = predict(DECK, [[1, 2, 3]] * 8, [[1, 2, 3]] * 8)
    assert (found.hits, found.spearman, found.worth_in_customers) == (3.0, pytest.approx(1), None)


def test_nothing_in_common():
    found = predict(DECK, [[1, 2, 3]] * 9, [[4, 5, 6]] * 9)
    assert (found.hits, found.rbo) == (0, 0)
    assert found.overall_p is not None
    assert found.overall_p < 0.001
    assert found.surprises() == ("C01", "C04", "C02", "C05", "C03", "C06")
    assert found.in_zone(Zone.BLIND_SPOT) == ("C04", "C05", "C06")
    assert found.in_zone(Zone.FALSE_ALARM) == ("C01", "C02", "C03")


def test_people_like_each_other_raise_few_flags():
    flags = 0
    for seed in range(6):
        found = predict(WHOLE, draw_lists(20, 2 * seed), draw_lists(100, 2 * seed + 1), seed=seed)
        flags += sum(card.label is Label.CLEAR for card in found.cards.values())
    assert flags <= 2


# Intervals


def test_intervals_hold_the_values_they_are_about():
    found = predict(WHOLE, draw_lists(25, 1), draw_lists(60, 2, liking=0.08))
    assert found.hits_interval is not None
    assert found.worth_interval is not None
    assert found.worth_in_customers is not None
    assert found.hits_interval.low <= found.hits <= found.hits_interval.high
    assert found.worth_interval.low <= found.worth_in_customers <= found.worth_interval.high
    assert found.worth_interval.low < found.worth_interval.high


def test_a_worth_without_upper_end_says_so():
    comparison = compare(WHOLE, make_ballots(WHOLE, draw_lists(40, 1), draw_lists(12, 2)))
    found = comparison.prediction
    assert found is not None
    assert found.worth_interval is None
    assert "/comparison/intervals/worth_in_customers" in comparison.reasons


def find_positions(comparison: Comparison) -> list[Position | None]:
    assert comparison.actual is not None
    return [card.position_uncertainty for card in comparison.actual.cards.values()]


def test_a_place_is_uncertain_from_eight_people_on():
    it = draw_lists(3, 1)
    assert set(find_positions(compare(WHOLE, make_ballots(WHOLE, it, draw_lists(7, 2))))) == {None}
    eight = find_positions(compare(WHOLE, make_ballots(WHOLE, it, draw_lists(8, 2))))
    assert all(found is not None and (found.high <= 20 or found.high == 52) for found in eight)
    assert all(found is not None and found.low <= 21 for found in eight)


def test_with_many_people_places_are_narrow_and_the_truth_within():
    found = find_positions(compare(WHOLE, make_ballots(WHOLE, draw_lists(3, 1), draw_lists(4000, 2))))
    inside = [one is not None and one.low <= place <= one.high for place, one in enumerate(found, 1)]
    assert sum(inside) >= 49
    assert found[0] == Position(1, 1) or found[0] == Position(1, 2)
