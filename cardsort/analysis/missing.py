"""Why a value is missing: a plain sentence for every null of a result, under its JSON pointer."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from cardsort.analysis.fairbar import MIN_CUSTOMERS
from cardsort.analysis.jsonform import CORE_LISTS, Json, pointer
from cardsort.analysis.result import Comparison
from cardsort.analysis.sayable import FEW, MANY
from cardsort.analysis.selection import ACTUAL, IT_OWN, LISTS, PREDICTED
from cardsort.analysis.significance import is_testable
from cardsort.analysis.worth import MORE_THAN_NOISE
from cardsort.domain.ballots import Group
from cardsort.domain.sources import Sources

PEOPLE = {
    "customers_own": "customers said what most needs solving",
    "it_prediction": "people in IT said what customers would choose",
    "it_own": "people in IT gave their own view",
    "customers_prediction": "customers said what IT would choose",
}
ONE_ASKED = {
    Group.IT: "IT alone was asked, so nothing is said of customers.",
    Group.CUSTOMERS: "Customers alone were asked, so nothing is said of IT.",
}
TIED = "All cards of one of the lists share the same places, so there is no order to compare."
NO_LENSES = "The deck does not have cards of all three lenses."
UNRELIABLE = "These ballots agree no more than random ones would, so this cannot be computed."
ALONE = "One ballot alone cannot agree with another."
TOLD_FROM = 8  # ballots from which the uncertainty of a place is told
CENSUS = "Everybody in IT took part, so IT’s list is exact: only the customers’ answers are uncertain."
FEW_CUSTOMERS = f"Fewer than {MIN_CUSTOMERS} customers answered: too few to divide them into two groups."
FEW_SHARES = f"Fewer than {FEW} people are in one of the groups, so they are counted, and no shares are compared."
UNTESTABLE = "There are too few people to test single cards."

Keys = tuple[str, ...]
Rule = Callable[[Comparison, Keys], str]


def explain(comparison: Comparison, document: Json) -> dict[str, str]:
    """Pointer -> sentence for every null in the comparison's documented form, and for kinds and teams not shown."""
    hidden = {
        "/chain": hidden_kinds(comparison),
        "/teams/by_team": hidden_teams(comparison) if comparison.teams else "",
    }
    told = {pointer(*keys): _find_rule(keys)(comparison, keys) for keys in find_nulls(document)}
    return {**told, **{place: sentence for place, sentence in hidden.items() if sentence}}


def hidden_kinds(comparison: Comparison) -> str:
    """That kinds of customers are not shown, and why; "" where all are."""
    count = comparison.kinds_hidden
    which = "One kind of customer is" if count == 1 else f"{count} kinds of customers are"
    return f"{which} {_why_hidden(comparison)} They count in the list of all customers." if count else ""


def hidden_teams(comparison: Comparison) -> str:
    """That teams in IT are not shown, and why; "" where all are."""
    count = comparison.teams_hidden
    which = "One team in IT is" if count == 1 else f"{count} teams in IT are"
    return f"{which} {_why_hidden(comparison)} They count in IT’s list." if count else ""


def _why_hidden(comparison: Comparison) -> str:
    return (
        f"not shown: too few people are behind one (fewer than {comparison.threshold}), or what they said could be "
        "told from the rest."
    )


def find_nulls(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """The path to every None below a value made of dictionaries and lists."""
    if value is None:
        yield keys
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from find_nulls(below, (*keys, key))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from find_nulls(below, (*keys, str(place)))


def _find_rule(keys: Keys) -> Rule:
    path = "/".join(keys)
    return next(rule for pattern, rule in RULES if re.fullmatch(pattern, path))


def _say(sentence: str) -> Rule:
    return lambda _comparison, _keys: sentence


def missing_list(comparison: Comparison, name: str) -> str:
    """Why a list is not there: nobody was asked, or fewer than k people answered."""
    found = comparison.lists.get(name)
    if comparison.alone not in {None, LISTS[name][0]}:
        return ONE_ASKED[comparison.alone]
    if found is None:
        return f"No {PEOPLE[name]}."
    return f"Fewer than {comparison.threshold} people {too_few_did(comparison, name)}"


def too_few_did(comparison: Comparison, name: str) -> str:
    """How that sentence goes on: what fewer than k people did, and what follows from it."""
    sources = comparison.sources.get(name, Sources())
    others = sources.n > sources.people
    by_link = " by a link, and ballots that were typed in or imported do not count towards that" if others else ""
    return f"answered{by_link}. To keep everybody anonymous, nothing is shown of so few."


def _too_few(comparison: Comparison, keys: Keys) -> str:
    return missing_list(comparison, keys[1])


def _no_sources(comparison: Comparison, keys: Keys) -> str:
    return missing_list(comparison, next(name for name in CORE_LISTS if LISTS[name][0] == keys[1]))


def _first_missing(comparison: Comparison, *names: str) -> str:
    for name in names:
        if name not in comparison.lists or comparison.lists[name].n is None:
            return missing_list(comparison, name)
    return ""


def _comparison(comparison: Comparison, _: Keys) -> str:
    return _first_missing(comparison, PREDICTED, ACTUAL)


def _agreement(comparison: Comparison, keys: Keys) -> str:
    if comparison.lists[keys[1]].n == 1:
        return ALONE
    return UNRELIABLE


def _recognition(comparison: Comparison, _: Keys) -> str:
    return f"Fewer than {comparison.threshold} of these people put this card on a pile for yes, sometimes or no."


def _worth(comparison: Comparison, keys: Keys) -> str:
    prediction, actual = comparison.prediction, comparison.actual
    if actual and actual.n == 1:
        return ALONE
    if actual and actual.agreement and actual.agreement.ceiling is None:
        return "The customers’ ballots do not agree with each other, so there is no common view to be worth something."
    if prediction is None or prediction.spearman is None:
        return TIED
    if prediction.noise_p is None or prediction.noise_p > MORE_THAN_NOISE:
        return "IT’s ballots agree with each other no more than random ones might, so no worth is told."
    if keys[-2] == "intervals" and prediction.worth_in_customers is not None:
        return "There is no upper end: IT’s prediction may be as good as asking all customers who answered, or better."
    n = actual.n if actual else 0
    return f"IT’s prediction is at least as good as asking all {n} customers who answered."


def _expected(comparison: Comparison, _: Keys) -> str:
    return f"Fewer than {comparison.threshold} people in IT said how many of these cards they expected to be named."


def _similarity(comparison: Comparison, _: Keys) -> str:
    for found in (comparison.predicted, comparison.actual):
        if found and found.agreement and found.agreement.reliability is None:
            return ALONE if found.n == 1 else UNRELIABLE
    return TIED


def _test(comparison: Comparison, keys: Keys) -> str:
    prediction = comparison.prediction
    if prediction is not None and prediction.testable:
        if prediction.cards[keys[2]].z_gap is None:
            return TIED
        return "Fewer than three of all ballots list this card, so it was not tested."
    return UNTESTABLE


def _basis(comparison: Comparison, _: Keys) -> str:
    return _first_missing(comparison, PREDICTED) or "Nobody in IT said whether they know or think."


def _basis_share(comparison: Comparison, _: Keys) -> str:
    return f"Fewer than {comparison.threshold} people said for this place whether they know or think."


def _basis_rate(comparison: Comparison, keys: Keys) -> str:
    basis, word = comparison.basis, keys[1]
    n = basis and (basis.know if word == "know" else basis.think).n
    if n == 0:
        return f"Nobody in IT said “we {word}”."
    if n is None:
        return f"Fewer than {comparison.threshold} people said one of “we know” and “we think”, so neither is shown."
    return _first_missing(comparison, ACTUAL)


def _weighting(comparison: Comparison, _: Keys) -> str:
    return _first_missing(comparison, ACTUAL) or "Fewer than two kinds of customers can be shown."


def _teams(comparison: Comparison, _: Keys) -> str:
    return _first_missing(comparison, PREDICTED, ACTUAL) or "Fewer than two teams in IT can be shown."


def _projection(comparison: Comparison, _: Keys) -> str:
    return _first_missing(comparison, IT_OWN, PREDICTED, ACTUAL)


def _forces(comparison: Comparison, _: Keys) -> str:
    parts = comparison.projection
    if parts is None or None in {parts.accuracy, parts.assumed_similarity, parts.real_similarity}:
        return TIED
    return "IT’s own view and the customers’ choice are the same, so their parts cannot be told from each other."


def _person(comparison: Comparison, _: Keys) -> str:
    projection = comparison.projection
    if projection is not None and projection.accuracy is None and projection.real_similarity is None:
        return TIED
    return f"Fewer than {comparison.threshold} people in IT gave both a prediction and their own view."


def _lens_zone(comparison: Comparison, keys: Keys) -> str:
    if comparison.lenses[keys[1]].customer is None:
        return NO_LENSES
    if (comparison.lists[keys[1]].n or 0) < MANY:
        return f"No zone is named from fewer than {MANY} people."
    return (
        f"No zone is named: fewer than {comparison.top} cards are listed, or two lenses share the first or last rank."
    )


def _round(comparison: Comparison, keys: Keys) -> str:
    found = comparison.rounds[int(keys[1])]
    if keys[2] == "spearman" and found.hits is not None:
        return TIED
    return f"In this round one group was not asked, or fewer than {comparison.threshold} of its people answered."


def _moved(comparison: Comparison, keys: Keys) -> str:
    return why_unmoved(comparison, int(keys[1]), [one.n_customers for one in comparison.rounds], "The customers’ list")


def why_unmoved(comparison: Comparison, number: int, people: list[int | None], whose: str) -> str:
    """Why nothing is said about the cards that a group moved; `people` = its ballots in each round, `whose` list."""
    if number == 0:
        return "This is the first round, so nothing can have moved yet."
    before, now = people[number - 1], people[number]
    if before is None:
        return f"{whose} of the round before is not shown, so there is nothing to compare with."
    if now is None:
        return f"{whose} of this round is not shown, so there is nothing to compare."
    return TIED if is_testable(before, now, comparison.deck_size) else UNTESTABLE


def _position(comparison: Comparison, keys: Keys) -> str:
    n = comparison.lists[keys[1]].n or 0
    return CENSUS if n >= TOLD_FROM else f"With fewer than {TOLD_FROM} ballots a place is too uncertain to say."


RULES: tuple[tuple[str, Rule], ...] = (
    (r"lists/[^/]+/n", _too_few),
    (r"sources/[^/]+", _no_sources),
    (r"lists/[^/]+/agreement/.+", _agreement),
    (r"lists/[^/]+/cards/[^/]+/position_uncertainty", _position),
    (r"lists/it_[^/]+/cards/[^/]+/(mean_rank|top_share)_interval", _say(CENSUS)),
    (r"lists/[^/]+/cards/[^/]+/recognition_share", _recognition),
    (r"comparison", _comparison),
    (r"comparison/(intervals/)?worth_in_customers", _worth),
    (r"comparison/similarity", _similarity),
    (r"comparison/(hits_of_customers|customers_split)", _say(FEW_CUSTOMERS)),
    (r"comparison/expected_hits", _expected),
    (r"comparison/cards/[^/]+/(p|q|label)", _test),
    (r"comparison/cards/[^/]+/share_difference(_interval)?", _say(FEW_SHARES)),
    (r"comparison/(spearman|kendall_tau_b|overall_p|cards/[^/]+/(z|profile)_gap)", _say(TIED)),
    (r"basis", _basis),
    (r"basis/think_share.*", _basis_share),
    (r"basis/(know|think)/.+", _basis_rate),
    (r"weighting", _weighting),
    (r"weighting/largest_segment", _say("Two or more kinds of customers are the largest.")),
    (r"weighting/contested/[^/]+/decided_by", _say("No single kind of customer decides about this card.")),
    (r"projection", _projection),
    (r"projection/(truth|bias)_force", _forces),
    (r"projection/person_.+", _person),
    (r"projection/.+", _say(TIED)),
    (r"chain/[^/]+/kind", _say("Nothing is known of this kind’s place in the value chain.")),
    (r"teams", _teams),
    (r"teams/by_team/[^/]+/kind", _say("Nothing is known of this team’s place in the value chain.")),
    (r"teams/by_team/[^/]+/.+", _say(FEW_CUSTOMERS)),
    (r"lenses/[^/]+/zone", _lens_zone),
    (r"lenses/.+", _say(NO_LENSES)),
    (r"rounds/[^/]+/moved", _moved),
    (r"rounds/.+", _round),
)
