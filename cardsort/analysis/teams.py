"""Teams in IT: what each would have named of the customers' top, never as a ranking of teams.

The arithmetic alone: who has teams, and which of them may be shown, is decided by those who call it.
"""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from cardsort.analysis.fairbar import count_shared, find_fair_bar
from cardsort.analysis.ranks import Floats, Ints, centre_ranks, find_places
from cardsort.analysis.resampling import sort_ballots, stream
from cardsort.analysis.result import TeamHits, TeamsResult
from cardsort.analysis.selection import ListBallots, Terms
from cardsort.domain.settings import Segment

PURPOSE = 7  # the random stream of the splits
SPLITS = 999
AT_ONCE = 100  # splits, for which memory is held
APART = 0.05  # p


def find_teams(
    terms: Terms, predicted: ListBallots, actual: ListBallots, teams: Sequence[tuple[Segment, Ints]]
) -> TeamsResult | None:
    """Hits of each team, and whether their spread (largest minus smallest) is more than luck; None for one team.

    `teams`: each that may be shown with its rows, counted within the prediction's ballots, in the order in which they
    are told. Luck is measured by 999 seeded divisions of IT into teams of these sizes.
    """
    if len(teams) < 2:  # noqa: PLR2004 - one team has nobody to differ from
        return None
    goal = actual.tally.centred_sums
    own = centre_ranks(predicted.rankings, terms.size)
    found = count_hits(np.stack([own[rows].sum(axis=0, dtype=np.int64) for _, rows in teams]), goal, terms.top)
    told = []
    for (team, rows), named in zip(teams, found, strict=True):
        bar = find_fair_bar(terms, actual, len(rows)) or (None, None)
        told.append(TeamHits(team.name, team.kind or "", len(rows), float(named), *bar))
    drawn = _draw_spreads(terms, predicted, goal, [len(rows) for _, rows in teams])
    extreme = np.count_nonzero(drawn >= np.ptp(found) - 1e-9)
    p = float((1 + extreme) / (1 + SPLITS))
    return TeamsResult(tuple(told), p, apart=p <= APART)


def count_hits(sums: Ints, goal: Ints, top: int) -> Floats:
    """Hits of each list (..., m) against one (m,), all as centred rank sums."""
    places = find_places(goal)
    return count_shared(find_places(sums), (places[0][None], places[1][None]), top)


def _draw_spreads(terms: Terms, predicted: ListBallots, goal: Ints, sizes: list[int]) -> Floats:
    random = stream(terms.seed, PURPOSE)
    ballots = centre_ranks(sort_ballots(predicted.rankings, terms.size), terms.size).astype(np.int16)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    drawn = (ballots[random.permutation(predicted.n)[: sum(sizes)]] for _ in range(SPLITS))
    sums = (np.add.reduceat(one, begins, axis=0, dtype=np.int64) for one in drawn)
    some = iter(lambda: [*islice(sums, AT_ONCE)], [])
    return np.concatenate([np.ptp(count_hits(np.stack(few), goal, terms.top), axis=-1) for few in some])
