"""The comparison: from ballots to everything that is said about them."""

from collections.abc import Mapping
from dataclasses import replace

from cardsort.analysis.agreement import find_agreement
from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.basis import find_basis
from cardsort.analysis.chain import count_hidden, find_chain, find_members, find_segments
from cardsort.analysis.consensus import build_list, find_recognition
from cardsort.analysis.expected import ExpectedHits, find_expected_hits
from cardsort.analysis.intervals import place_ends
from cardsort.analysis.jsonform import to_json
from cardsort.analysis.lenses import find_balance
from cardsort.analysis.missing import explain
from cardsort.analysis.prediction import Drawn, compare_lists
from cardsort.analysis.projection import find_projection
from cardsort.analysis.ranks import Ints, find_membership, find_places
from cardsort.analysis.resampling import repeat, replicate
from cardsort.analysis.result import BasisResult, Comparison, ConsensusList, Prediction, Projection
from cardsort.analysis.rounds import find_rounds
from cardsort.analysis.sayable import SOME
from cardsort.analysis.selection import ACTUAL, IT_OWN, LISTS, PREDICTED, Terms, find_depth, find_rows, take
from cardsort.analysis.suppression import may_show
from cardsort.analysis.teams import find_teams
from cardsort.analysis.weighting import find_weighting
from cardsort.domain.ballots import Group, Kind
from cardsort.domain.cards import Deck
from cardsort.domain.errors import InvalidInput
from cardsort.domain.sources import Restored, Sources
from cardsort.language import _

IT_LISTS = (PREDICTED, IT_OWN)

Lists = dict[str, Drawn]


def compare(
    deck: Deck,
    ballots: BallotSet,
    *,
    picks: int | None = None,
    threshold: int = 3,
    seed: int = 1,
    census: bool = False,
    of_round: int | None = None,
    alone: Group | None = None,
    sources: Mapping[tuple[Group, Kind], Sources] | None = None,
    restored: Restored = False,
) -> Comparison:
    """What IT thinks beside what customers chose, in the last round (or `of_round`, where it may have no ballots).

    `picks` is the depth asked of every group, 1..m; without it a group's depth is its longest ballot of any kind that
    is shown. Nothing is shown of fewer than `threshold` people. `census`: everybody in IT took part, so IT's lists
    are exact, and every interval tells the customers' uncertainty alone. `sources`: where the ballots came from, where
    more is known of that than the ballots themselves tell. `alone`: the one group that was asked in that round, None
    where both were. The result depends on the ballots and the seed, never on the ballots' order. Raises InvalidInput
    for picks, a threshold or a seed that cannot be.
    """
    _check(deck, picks, threshold, seed)
    last = of_round or int(ballots.round.max(initial=1))
    rows = find_rows(ballots, last)
    shown = {name: found for name, found in rows.items() if may_show(ballots.sources(found), threshold)}
    terms = Terms(deck.codes, find_depth(ballots, [shown], picks, deck.size), threshold, seed)
    exact = IT_LISTS if census else ()
    lists = {name: _draw(terms, ballots, name, found, exact=name in exact) for name, found in shown.items()}
    actual, predicted = (lists[name].found if name in lists else None for name in (ACTUAL, PREDICTED))
    kinds = find_members(terms, ballots, actual, Group.CUSTOMERS) if actual else ()
    teams = find_members(terms, ballots, predicted, Group.IT) if predicted and actual else ()
    segments = find_segments(terms, ballots, actual, kinds) if actual else ()
    comparison = Comparison(
        deck_name=deck.name,
        deck_size=deck.size,
        depth=terms.depth,
        top=terms.top,
        threshold=threshold,
        seed=seed,
        round=last,
        lists={name: _describe(terms, ballots, lists.get(name), exact=name in exact) for name in rows},
        prediction=_find_prediction(terms, ballots, lists),
        basis=_find_basis(terms, ballots, lists),
        weighting=find_weighting(terms, ballots.sources(actual.rows), actual.tally.rank_sums, segments)
        if actual
        else None,
        projection=_find_projection(terms, ballots, lists),
        chain=find_chain(terms, ballots, segments),
        teams=find_teams(terms, predicted, actual, teams) if predicted and actual else None,
        lenses={name: find_balance(deck, terms, drawn.found.tally) for name, drawn in lists.items()},
        rounds=find_rounds(terms, ballots, picks, {name: drawn.found for name, drawn in lists.items()}, exact),
        kinds_hidden=count_hidden(ballots, actual, kinds) if actual else 0,
        teams_hidden=count_hidden(ballots, predicted, teams) if predicted and actual else 0,
        sources={name: ballots.sources(found) for name, found in rows.items()}
        if sources is None
        else {name: sources[LISTS[name]] for name in rows},
        restored=restored,
        alone=alone,
    )
    return replace(comparison, reasons=explain(comparison, to_json(comparison)))


def _draw(terms: Terms, ballots: BallotSet, name: str, rows: Ints, *, exact: bool) -> Drawn:
    found = take(ballots, rows, terms)
    replicates = repeat(found) if exact else replicate(terms, found, list(LISTS).index(name))
    return Drawn(found, replicates, find_places(replicates.centred), exact)


def _describe(terms: Terms, ballots: BallotSet, drawn: Drawn | None, *, exact: bool) -> ConsensusList:
    if drawn is None:
        return ConsensusList(None)
    counted = drawn.found.tally
    piles = None if ballots.piles is None else ballots.piles[drawn.found.rows]
    told = counted.n >= SOME and not exact
    return build_list(
        terms,
        counted,
        agreement=find_agreement(counted),
        recognition=find_recognition(piles, ballots.came(drawn.found.rows), terms),
        uncertainty=place_ends(drawn.places, find_places(counted.rank_sums)) if told else None,
        exact=exact,
    )


def _find_prediction(terms: Terms, ballots: BallotSet, lists: Lists) -> Prediction | None:
    if PREDICTED not in lists or ACTUAL not in lists:
        return None
    found = compare_lists(terms, lists[PREDICTED], lists[ACTUAL])
    return replace(found, expected_hits=_find_expected(terms, ballots, lists[PREDICTED].found.rows, found.hits))


def _find_expected(terms: Terms, ballots: BallotSet, rows: Ints, hits: float) -> ExpectedHits | None:
    """What IT's people expected, where enough of them came by a link."""
    if ballots.expected is None:
        return None
    said = rows[ballots.expected[rows] >= 0]
    if not may_show(ballots.sources(said), terms.threshold):
        return None
    return find_expected_hits(ballots.expected[said].tolist(), hits, terms.threshold)


def _find_basis(terms: Terms, ballots: BallotSet, lists: Lists) -> BasisResult | None:
    if PREDICTED not in lists:
        return None
    predicted = lists[PREDICTED].found
    said = ballots.basis[predicted.rows, : terms.depth]
    chosen = None
    if ACTUAL in lists:
        chosen = find_membership(*find_places(lists[ACTUAL].found.tally.rank_sums), terms.top)
    return find_basis(predicted.rankings, said, ballots.came(predicted.rows), chosen, terms.threshold)


def _find_projection(terms: Terms, ballots: BallotSet, lists: Lists) -> Projection | None:
    if not {PREDICTED, ACTUAL, IT_OWN} <= lists.keys():
        return None
    return find_projection(terms, ballots, *(lists[name].found for name in (PREDICTED, ACTUAL, IT_OWN)))


def _check(deck: Deck, picks: int | None, threshold: int, seed: int) -> None:
    if picks is not None and not 1 <= picks <= deck.size:
        raise InvalidInput(
            _(
                "The number of picks is %(picks)s. This deck has %(size)s cards: take 1 to %(size)s.",
                picks=picks,
                size=deck.size,
            )
        )
    if threshold < 1:
        raise InvalidInput(_("The threshold is %(threshold)s. Take 1 or more people.", threshold=threshold))
    if seed < 0:
        raise InvalidInput(_("The seed is %(seed)s. Take 0 or a larger whole number.", seed=seed))
