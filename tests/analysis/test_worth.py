import numpy as np
import pytest

from cardsort.analysis.agreement import mean_pairwise_spearman
from cardsort.analysis.ranks import tally
from cardsort.analysis.similarity import pearson
from cardsort.analysis.worth import worth_in_customers


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
