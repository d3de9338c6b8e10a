"""What IT's prediction is worth: as good as asking how many customers, picked at random?"""

import numpy as np

from cardsort.analysis.agreement import NOISE
from cardsort.analysis.ranks import Floats

ROUNDING = 1e-9  # so near to 1 the ceiling is reached


def worth_in_customers(accuracy: Floats, rho: Floats, n: int) -> Floats:
    """The worth k = (1 - ρ̄)/ρ̄ · r²/(1 - r²), r = accuracy/ceiling: 0 where accuracy <= 0, infinite from r = 1 on.

    `accuracy` = Pearson correlation of the mean ranks, `rho` = the n customers' mean pairwise Spearman. Where they do
    not agree (rho <= 0) any prediction is as good as all of them. Our own proposal, tested by simulation.
    """
    agreed = np.maximum(rho, NOISE)
    reliable = n * agreed / (1 + (n - 1) * agreed)
    squared = np.maximum(accuracy, 0.0) ** 2 / reliable
    endless = (squared >= 1 - ROUNDING) | ((rho <= NOISE) & (squared > 0))
    finite = np.where(endless, 0.0, squared)
    return np.where(endless, np.inf, (1 - agreed) / agreed * finite / (1 - finite))
