import numpy as np
import pytest

from cardsort.analysis.agreement import mean_pairwise_spearman
from cardsort.analysis.compare import compare
from cardsort.analysis.ranks import Tally, tally
from cardsort.analysis.similarity import pearson
from cardsort.analysis.worth import find_noise, worth_in_customers
from tests.analysis.decks import make_ballots, make_deck
from tests.analysis.test_ranks import pad


def worth(accuracy: float, rho: float, n: int) -> float:
    return float(worth_in_customers(np.array(accuracy), np.array(rho), n))


def test_worth_by_hand():
    # n = 8, rho = 1/2: reliability 8/9; accuracy 2/3: r^2 = (4/9)/(8/9) = 1/2; k = 1 * (1/2)/(1/2) = 1
    assert worth(2 / 3, 0.5, 8) == pytest.approx(1.0, abs=1e-12)


def test_a_prediction_that_goes_the_wrong_way_is_worth_nobody():
    assert worth(0.0, 0.5, 8) == 0
    assert worth(-0.4, 0.5, 8) == 0


def test_a_prediction_at_the_ceiling_is_worth_all():
    assert worth((8 / 9) ** 0.5 + 1e-9, 0.5, 8) == np.inf
    assert worth(1.0, 0.5, 8) == np.inf
    assert worth(1 - 1e-15, 1.0, 8) == np.inf
    assert worth(0.3, -0.1, 8) == np.inf
    assert worth(-0.3, -0.1, 8) == 0


def draw_noise(n: int, seed: int, size: int = 52, picks: int = 10) -> Tally:
    """Ballots at random."""
    decks = np.tile(np.arange(size, dtype=np.int16), (n, 1))
    return tally(np.random.default_rng(seed).permuted(decks, axis=1)[:, :picks], size)


def test_noise_by_hand():
    # two people name the same of three cards by luck in a third of all cases; in the others they agree less
    assert find_noise(tally(pad([[0], [0]]), 3), 1) == pytest.approx(1 / 3, abs=0.04)
    assert find_noise(tally(pad([[0], [1]]), 3), 1) == 1.0
    assert find_noise(tally(pad([[0, 1, 2]] * 9), 52), 1) == 1 / 2000
    assert find_noise(tally(pad([[0]]), 3), 1) is None


def test_random_ballots_are_more_than_noise_in_one_case_of_twenty():
    found = [find_noise(draw_noise(6, seed, size=12, picks=4), 1) or 0.0 for seed in range(200)]
    assert np.mean(np.array(found) <= 0.05) == pytest.approx(0.05, abs=0.04)
    assert np.mean(found) == pytest.approx(0.5, abs=0.07)


@pytest.mark.parametrize("seed", range(6))
def test_from_a_hundred_ballots_on_the_limit_stands_for_shuffles(seed: int, monkeypatch: pytest.MonkeyPatch):
    ballots = draw_noise(100, seed)
    limit = find_noise(ballots, 1)
    monkeypatch.setattr("cardsort.analysis.worth.MANY", 10**9)
    assert limit == pytest.approx(find_noise(ballots, 1), abs=0.05)


def test_ballots_of_several_lengths_are_shuffled_each():
    short, long = [[0]] * 2, [[0, 1, 2]] * 2
    mixed = find_noise(tally(pad([*short, *long]), 4), 3)
    assert mixed == find_noise(tally(pad([*long, *short]), 4), 3)
    # both short ones name the same card (1/4), both long ones are the same order (1/24), and begin with that card (1/4)
    assert mixed == pytest.approx(1 / 4 / 24 / 4, abs=0.002)


def test_no_worth_is_told_of_an_it_that_is_no_more_than_noise():
    random, deck = np.random.default_rng(3), make_deck(52)
    customers = (np.argsort(-(random.gumbel(size=(30, 52)) - 0.1 * np.arange(52)), axis=1)[:, :10] + 1).tolist()
    noise = (random.permuted(np.tile(np.arange(52), (12, 1)), axis=1)[:, :10] + 1).tolist()
    agreed = [list(range(3, 13))] * 6 + [list(range(20, 30))] * 6
    sure, unsure = (compare(deck, make_ballots(deck, it, customers)) for it in (agreed, noise))
    assert sure.prediction is not None
    assert sure.prediction.worth_in_customers is not None
    assert unsure.prediction is not None
    assert (unsure.prediction.worth_in_customers, unsure.prediction.worth_interval) == (None, None)
    assert unsure.reasons["/comparison/worth_in_customers"] == (
        "IT’s ballots agree with each other no more than random ones might, so no worth is told."
    )


@pytest.mark.parametrize("people", [1, 3, 8, 20])
def test_customers_picked_at_random_are_worth_their_number(people: int):
    random = np.random.default_rng(people)

    def draw(n: int) -> np.ndarray:
        values = random.gumbel(size=(n, 52)) - 0.1 * np.arange(52)
        return np.argsort(-values, axis=1)[:, :10].astype(np.int16)

    everybody = tally(draw(3000), 52)
    rho = mean_pairwise_spearman(everybody)
    assert rho is not None
    found = [
        worth(pearson(tally(draw(people), 52).rank_sums, everybody.rank_sums) or 0.0, rho, 3000) for _ in range(400)
    ]
    assert np.median(found) == pytest.approx(people, rel=0.15)
