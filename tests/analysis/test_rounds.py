import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import to_json
from cardsort.analysis.result import Comparison
from cardsort.files.ballotfile import read_ballots
from tests.analysis.decks import make_deck

DECK = make_deck(10)


def compare_rounds(*rounds: dict[str, list[str]], numbers: tuple[int, ...] = (1, 2, 3)) -> Comparison:
    rows = ["group,ranking,round"]
    for number, groups in zip(numbers, rounds, strict=False):
        for group, rankings in groups.items():
            rows += [f"{group},{ranking},{number}" for ranking in rankings]
    return compare(DECK, read_ballots("\n".join(rows), DECK))


BEFORE = {"it": ["C01 C02 C03"] * 8, "customers": ["C03 C04 C05"] * 8}
AFTER = {"it": ["C03 C04 C05"] * 8, "customers": ["C03 C06 C05"] * 8}
SAME = ["C01 C02 C03 C04 C05 C06 C07 C08"] * 8
BEFORE_MOVING = {"it": SAME, "customers": ["C03 C04 C05 C07 C08 C09 C10 C06"] * 8}
AFTER_MOVING = {"it": SAME, "customers": ["C03 C06 C05 C07 C08 C09 C10 C04"] * 8}


def test_lists_and_comparison_are_of_the_last_round():
    found = compare_rounds(BEFORE, AFTER)
    assert found.round == 2
    assert found.prediction is not None
    assert found.prediction.hits == 2.0


def test_each_round_has_its_hits():
    found = compare_rounds(BEFORE, AFTER, AFTER)
    assert [(one.round, one.hits, one.n_it, one.n_customers) for one in found.rounds] == [
        (1, 1.0, 8, 8),
        (2, 2.0, 8, 8),
        (3, 2.0, 8, 8),
    ]
    assert found.rounds[2].spearman == pytest.approx(found.prediction.spearman if found.prediction else None)


def test_what_moved_since_the_round_before_is_told():
    found = compare_rounds(BEFORE_MOVING, AFTER_MOVING, AFTER_MOVING)
    assert [one.moved for one in found.rounds] == [None, ("C04", "C06"), ()]
    assert [(move.before, move.now) for move in found.rounds[1].moves_customers or ()] == [
        ((2, 2), (8, 8)),
        ((8, 8), (2, 2)),
    ]
    assert [one.moves_it for one in found.rounds] == [None, (), ()]


def test_a_card_that_moved_by_fewer_than_five_places_is_not_said_to_have_moved():
    found = compare_rounds(BEFORE, AFTER)  # C04 falls from place 2 to 4-10, and all eight customers say so
    assert found.rounds[1].moved == ()


def test_the_numbers_of_rounds_may_leave_gaps():
    assert [one.round for one in compare_rounds(BEFORE, AFTER, numbers=(2, 7)).rounds] == [2, 7]


def test_rounds_are_compared_at_the_smallest_depth_of_all():
    deep = {"it": ["C01 C02 C03 C04 C05"] * 4, "customers": ["C01 C02 C05 C04 C03"] * 4}
    shallow = {"it": ["C01 C02"] * 4, "customers": ["C01 C02 C03"] * 4}
    found = compare_rounds(shallow, deep)
    assert (found.depth, found.top) == (5, 5)
    assert found.prediction is not None
    assert found.prediction.hits == 5
    assert [one.hits for one in found.rounds] == [2.0, 2.0]


def test_the_last_round_is_counted_at_the_shared_depth_too():
    shallow = {"it": ["C01 C02"] * 4, "customers": ["C01 C02"] * 4}
    deep = {"it": ["C01 C02 C09"] * 4, "customers": ["C01 C02 C03"] * 4 + ["C04 C05 C03"] * 3}
    # two places deep C01 and C02 lead, three deep C03, which everybody lists
    assert [one.hits for one in compare_rounds(shallow, deep).rounds] == [2.0, 2.0]
    assert [one.hits for one in compare_rounds(deep, shallow).rounds] == [2.0, 2.0]
    assert [one.hits for one in compare_rounds(deep, deep).rounds] == [2.0, 2.0]


def test_a_groups_depth_in_a_round_is_its_longest_ballot_of_any_kind():
    rows = ["group,kind,ranking,round"]
    rows += ["it,prediction,C01 C02,1", "it,own,C01 C02 C03,1", "customers,own,C01 C02 C03 C04,1"] * 3
    rows += ["it,prediction,C01 C02 C03 C04,2", "customers,own,C01 C02 C03 C04,2"] * 3
    found = compare(DECK, read_ballots("\n".join(rows), DECK))
    assert found.depth == 4
    # IT's own views make the depth 3: C01 and C02 are hits, C03 one of eight cards tied for IT's third place
    assert [one.hits for one in found.rounds] == [2 + 1 / 8, 3.0]


def test_a_group_that_a_round_does_not_compare_does_not_decide_the_depth():
    rows = ["group,kind,ranking,round"]
    rows += ["it,own,C01,1", "customers,own,C01 C02 C03,1"] * 3
    rows += ["it,prediction,C01 C02 C03,2", "customers,own,C01 C02 C03,2"] * 3
    found = compare(DECK, read_ballots("\n".join(rows), DECK))
    assert [one.hits for one in found.rounds] == [None, 3.0]
    before = [f"{row[:-1]}{3 - int(row[-1])}" for row in rows[1:]]  # the rounds change places
    found = compare(DECK, read_ballots("\n".join([rows[0], *before]), DECK))
    assert [one.hits for one in found.rounds] == [3.0, None]


def test_a_round_of_too_few_is_not_told():
    found = compare_rounds({"it": ["C01"], "customers": BEFORE_MOVING["customers"]}, AFTER_MOVING)
    first = found.rounds[0]
    assert (first.n_it, first.n_customers, first.hits, first.spearman) == (None, 8, None, None)
    assert found.rounds[1].moved == ("C04", "C06")
    assert {"/rounds/0/hits", "/rounds/0/spearman", "/rounds/0/n_it"} <= found.reasons.keys()
    assert found.depth == 8


def test_what_could_not_be_tested_is_not_called_unmoved():
    alone, few = {"customers": ["C03 C04 C05"] * 2}, {"customers": ["C03 C04 C05"] * 4}
    circle = {"customers": [f"C{number:02}" for number in range(1, 11)]}
    tied = "The customers’ list: all cards of one of the lists share the same places, so there is no order to compare."
    # 4 against 4 people are divided in 70 ways, fewer than 10 cards / 0.05
    for rounds, said in (
        ((few, few), "The customers’ list: there are too few people to test single cards."),
        ((alone, AFTER), "The customers’ list of the round before is not shown, so there is nothing to compare with."),
        ((BEFORE, alone), "The customers’ list of this round is not shown, so there is nothing to compare."),
        ((BEFORE, circle), tied),
    ):
        found = compare_rounds(*rounds)
        assert [one.moved for one in found.rounds] == [None, None]
        assert to_json(found)["rounds"][1]["moved"] is None
        assert found.reasons["/rounds/1/moved"] == said
        assert found.reasons["/rounds/0/moved"] == "This is the first round, so nothing can have moved yet."
