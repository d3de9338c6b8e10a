"""The balance of the three lenses: the cards are complaints, so the lens with the most pain is the one missing."""

import numpy as np

from cardsort.analysis.consensus import find_scores
from cardsort.analysis.ranks import Floats, Tally, find_membership, find_places
from cardsort.analysis.result import LensBalance
from cardsort.analysis.sayable import MANY
from cardsort.analysis.selection import Terms
from cardsort.domain.cards import Deck, Lens

BALANCED = 0.15  # shares that differ by less are called balanced
ROUNDING = 1e-9


def find_balance(deck: Deck, terms: Terms, counted: Tally) -> LensBalance:
    """Shares of a list's pain by lens, summing to 1; all None without lenses or pain.

    Pain of a lens = sum of the scores of its cards in the top T (a card tied over the cut as far as it belongs
    to the top) / number of its cards in the deck. No zone is named of fewer than 20 people, who
    would often get another one than 20 others of the same taste, nor from fewer than T listed cards.
    """
    pain = find_membership(*find_places(counted.rank_sums), terms.top) * find_scores(counted)
    members = np.array([[card.lens == lens for card in deck.cards] for lens in Lens], dtype=np.float64)
    sizes = members.sum(axis=1)
    if not sizes.all() or not pain.any():
        return LensBalance(None, None, None, None)
    per_card = members @ pain / sizes
    shares = per_card / per_card.sum()
    enough = counted.n >= MANY and np.count_nonzero(counted.listed) >= terms.top
    zone = find_lens_zone(shares) if enough else None
    customer, process, cost = (float(share) for share in shares)
    return LensBalance(customer, process, cost, zone)


def find_lens_zone(shares: Floats) -> str | None:
    """The zone, “strong without missing”, from the shares (customer, process, cost).

    None where two lenses tie for either.
    """
    order = np.argsort(shares, kind="stable")
    least, middle, most = (float(share) for share in shares[order])
    if most - least < BALANCED - ROUNDING:
        return "balanced"
    if min(middle - least, most - middle) < ROUNDING:
        return None
    names = list(Lens)
    return f"{names[order[0]]} without {names[order[2]]}"
