"""One file, two implementations: the product's and a deliberately naive one agree on everything that is not random."""

import math
import random
from typing import Any

import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import to_json
from cardsort.files.ballotfile import read_ballots
from tests.analysis import naive
from tests.analysis.decks import make_deck

DECK = make_deck(52)
SEGMENTS = {"Bank": 25, "Shops": 9, "Web": 5}


def draw_file(seed: int) -> str:
    """IT’s prediction, by teams, and its own view; customers in three segments; two rounds; 3 to 12 cards each."""
    source = random.Random(seed)
    rows = []

    def draw(shift: int, longest: int) -> str:
        liking = {code: (number - shift) % 52 * -0.1 + source.gauss(0, 1) for number, code in enumerate(DECK.codes)}
        return " ".join(sorted(DECK.codes, key=lambda code: -liking[code])[: source.randint(3, longest)])

    for number in (1, 2):
        for person in range(13):
            said = " ".join(source.choices(["know", "think"], [1, 2], k=source.randint(1, 3)))
            team = ("Desk", "Nets")[person % 2]
            rows.append(f"it,,{draw(0, 11 - number)},{team},p{person},{said},{number}")
            rows.append(f"it,own,{draw(45, 11 - number)},,p{person},,{number}")
        for shift, (name, size) in enumerate(SEGMENTS.items()):
            rows += [f"customers,,{draw(4 * shift + 2 * number, 12)},{name},,,{number}" for _ in range(size)]
    source.shuffle(rows)
    return "\n".join(["group,kind,ranking,segment,respondent,basis,round", *rows])


@pytest.fixture(scope="module")
def text() -> str:
    return draw_file(6)


@pytest.fixture(scope="module")
def result(text: str) -> dict[str, Any]:
    return to_json(compare(DECK, read_ballots(text, DECK)))


@pytest.fixture(scope="module")
def lists(text: str) -> dict[str, list[naive.Ballot]]:
    found = naive.cut(naive.read(text), 9)
    return {
        "customers_own": naive.pick(found, "customers", "own", 2),
        "it_prediction": naive.pick(found, "it", "prediction", 2),
        "it_own": naive.pick(found, "it", "own", 2),
    }


def assert_same(found: Any, expected: Any, path: str = "") -> None:
    """Everything that is expected is found: numbers to 1e-9, the rest exactly."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert_same(found[key], value, f"{path}/{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), path
        for place, value in enumerate(expected):
            assert_same(found[place], value, f"{path}/{place}")
    elif isinstance(expected, float):
        assert found is not None, path
        assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9), (path, found, expected)
    else:
        assert found == expected, path


def test_the_depth_is_that_of_the_group_with_shorter_ballots(result: dict[str, Any]):
    assert (result["depth"], result["top"], result["round"]) == (9, 9, 2)


@pytest.mark.parametrize("name", ["customers_own", "it_prediction", "it_own"])
def test_each_list_is_the_same(name: str, result: dict[str, Any], lists: dict[str, list[naive.Ballot]]):
    assert_same(result["lists"][name], naive.describe(DECK.codes, lists[name], 9, 9))


def test_the_comparison_is_the_same(result: dict[str, Any], lists: dict[str, list[naive.Ballot]]):
    expected = naive.compare(DECK.codes, lists["it_prediction"], lists["customers_own"], 9)
    assert_same(result["comparison"], expected)


def test_know_and_think_are_the_same(result: dict[str, Any], lists: dict[str, list[naive.Ballot]]):
    assert_same(result["basis"], naive.basis(DECK.codes, lists["it_prediction"], lists["customers_own"], 9))


def test_the_weightings_are_the_same(result: dict[str, Any], lists: dict[str, list[naive.Ballot]]):
    assert_same(result["weighting"], naive.weighting(DECK.codes, lists["customers_own"], 9))


def test_the_projection_is_the_same(result: dict[str, Any], lists: dict[str, list[naive.Ballot]]):
    expected = naive.projection(DECK.codes, lists["it_prediction"], lists["customers_own"], lists["it_own"])
    assert_same(result["projection"], expected)


def test_the_chain_is_the_same(result: dict[str, Any], lists: dict[str, list[naive.Ballot]]):
    expected = []
    for name, size in SEGMENTS.items():
        members = [ballot for ballot in lists["customers_own"] if ballot["segment"] == name]
        top = naive.top_codes(DECK.codes, naive.mean_ranks(DECK.codes, members), 9)
        expected.append({"segment": name, "kind": None, "n": size, "top": top})
    assert_same(result["chain"], expected)


def test_the_lenses_are_the_same(result: dict[str, Any], lists: dict[str, list[naive.Ballot]]):
    kinds = {card.code: str(card.lens) for card in DECK.cards}
    for name, ballots in lists.items():
        assert_same(result["lenses"][name], naive.lenses(DECK.codes, kinds, ballots, 9))


def test_the_rounds_are_the_same(result: dict[str, Any], text: str):
    ballots = naive.cut(naive.read(text), 9)
    expected = []
    for number in (1, 2):
        predicted = naive.pick(ballots, "it", "prediction", number)
        actual = naive.pick(ballots, "customers", "own", number)
        p, a = naive.mean_ranks(DECK.codes, predicted), naive.mean_ranks(DECK.codes, actual)
        expected.append(
            {
                "round": number,
                "hits": float(naive.hits(p, a, 9)),
                "spearman": naive.spearman(p, a),
                "n_it": 13,
                "n_customers": 39,
            }
        )
    assert_same(result["rounds"], expected)
