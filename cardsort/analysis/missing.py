"""Why a value is missing: a plain sentence for every null of a result, under its JSON pointer."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from cardsort.analysis.fairbar import MIN_CUSTOMERS
from cardsort.analysis.jsonform import CORE_LISTS, Json, pointer
from cardsort.analysis.result import Comparison
from cardsort.analysis.sayable import FEW, MANY, SOME
from cardsort.analysis.selection import ACTUAL, IT_OWN, LISTS, PREDICTED
from cardsort.analysis.unmoved import why_unmoved
from cardsort.analysis.worth import MORE_THAN_NOISE
from cardsort.domain.ballots import Group
from cardsort.domain.sources import Sources
from cardsort.language import N_, _, ngettext, number

NOBODY = {
    "customers_own": N_("No customers said what most needs solving."),
    "it_prediction": N_("No people in IT said what customers would choose."),
    "it_own": N_("No people in IT gave their own view."),
    "customers_prediction": N_("No customers said what IT would choose."),
}
ONE_ASKED = {
    Group.IT: N_("IT alone was asked, so nothing is said of customers."),
    Group.CUSTOMERS: N_("Customers alone were asked, so nothing is said of IT."),
}
TIED = N_("All cards of one of the lists share the same places, so there is no order to compare.")
NO_LENSES = N_("The deck does not have cards of all three lenses.")
UNRELIABLE = N_("These ballots agree no more than random ones would, so this cannot be computed.")
ALONE = N_("One ballot alone cannot agree with another.")
CENSUS = N_("Everybody in IT took part, so IT’s list is exact: only the customers’ answers are uncertain.")
UNTESTABLE = N_("There are too few people to test single cards.")

Keys = tuple[str, ...]
Rule = Callable[[Comparison, Keys], str]


def explain(comparison: Comparison, document: Json) -> dict[str, str]:
    """Pointer -> sentence for every null in the comparison's documented form, and for kinds and teams not shown."""
    hidden = {
        "/chain": hidden_kinds(comparison),
        "/teams/by_team": hidden_teams(comparison) if comparison.teams else "",
    }
    told = {pointer(*keys): _find_rule("/".join(keys))(comparison, keys) for keys in find_nulls(document)}
    return {**told, **{place: sentence for place, sentence in hidden.items() if sentence}}


def hidden_kinds(comparison: Comparison) -> str:
    """That kinds of customers are not shown, and why; "" where all are."""
    count = comparison.kinds_hidden
    if not count:
        return ""
    return ngettext(
        "One kind of customer is not shown: too few people are behind one (fewer than %(fewest)s), or what they said "
        "could be told from the rest. They count in the list of all customers.",
        "%(n)s kinds of customers are not shown: too few people are behind one (fewer than %(fewest)s), or what they "
        "said could be told from the rest. They count in the list of all customers.",
        count,
        fewest=number(comparison.threshold),
    )


def hidden_teams(comparison: Comparison) -> str:
    """That teams in IT are not shown, and why; "" where all are."""
    count = comparison.teams_hidden
    if not count:
        return ""
    return ngettext(
        "One team in IT is not shown: too few people are behind one (fewer than %(fewest)s), or what they said could "
        "be told from the rest. They count in IT’s list.",
        "%(n)s teams in IT are not shown: too few people are behind one (fewer than %(fewest)s), or what they said "
        "could be told from the rest. They count in IT’s list.",
        count,
        fewest=number(comparison.threshold),
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


@lru_cache(maxsize=4096)  # several hundred places of a result, which are those of nearly every other one
def _find_rule(path: str) -> Rule:
    return next(rule for pattern, rule in RULES if re.fullmatch(pattern, path))


def _say(sentence: str) -> Rule:
    return lambda _comparison, _keys: _(sentence)


def missing_list(comparison: Comparison, name: str) -> str:
    """Why a list is not there: nobody was asked, or fewer than k people answered."""
    if comparison.alone not in {None, LISTS[name][0]}:
        return _(ONE_ASKED[comparison.alone])
    archived = comparison.restored and name in CORE_LISTS  # without the ballots of too few
    if name not in comparison.lists and not archived:
        return _(NOBODY[name])
    return too_few_did(comparison, name)


def too_few_did(comparison: Comparison, name: str) -> str:
    """That fewer than k people gave a list, and what follows from it."""
    sources = comparison.sources.get(name, Sources())
    if sources.n > sources.people:
        return ngettext(
            "Fewer than %(n)s\xa0person answered by a link, and ballots that were typed in or imported do not count "
            "towards that. To keep everybody anonymous, nothing is shown of so few.",
            "Fewer than %(n)s\xa0people answered by a link, and ballots that were typed in or imported do not count "
            "towards that. To keep everybody anonymous, nothing is shown of so few.",
            comparison.threshold,
        )
    return ngettext(
        "Fewer than %(n)s\xa0person answered. To keep everybody anonymous, nothing is shown of so few.",
        "Fewer than %(n)s\xa0people answered. To keep everybody anonymous, nothing is shown of so few.",
        comparison.threshold,
    )


def few_customers() -> str:
    """That nothing is said of what as many customers would have named."""
    return ngettext(
        "Fewer than %(n)s customer answered: too few to divide them into two groups.",
        "Fewer than %(n)s customers answered: too few to divide them into two groups.",
        MIN_CUSTOMERS,
    )


def _few_halves(_comparison: Comparison, _keys: Keys) -> str:
    return few_customers()


def _few_shares(_comparison: Comparison, _keys: Keys) -> str:
    return ngettext(
        "Fewer than %(n)s person is in one of the groups, so they are counted, and no shares are compared.",
        "Fewer than %(n)s people are in one of the groups, so they are counted, and no shares are compared.",
        FEW,
    )


def _too_few(comparison: Comparison, keys: Keys) -> str:
    return missing_list(comparison, keys[1])


def _no_sources(comparison: Comparison, keys: Keys) -> str:
    return missing_list(comparison, next(name for name in CORE_LISTS if LISTS[name][0] == keys[1]))


def _first_missing(comparison: Comparison, *names: str) -> str:
    for name in names:
        if name not in comparison.lists or comparison.lists[name].n is None:
            return missing_list(comparison, name)
    return ""


def _comparison(comparison: Comparison, _keys: Keys) -> str:
    return _first_missing(comparison, PREDICTED, ACTUAL)


def _agreement(comparison: Comparison, keys: Keys) -> str:
    return _(ALONE if comparison.lists[keys[1]].n == 1 else UNRELIABLE)


def _recognition(comparison: Comparison, _keys: Keys) -> str:
    return ngettext(
        "Fewer than %(n)s of these people put this card on a pile for yes, sometimes or no.",
        "Fewer than %(n)s of these people put this card on a pile for yes, sometimes or no.",
        comparison.threshold,
    )


def _worth(comparison: Comparison, keys: Keys) -> str:
    prediction, actual = comparison.prediction, comparison.actual
    if 1 in {found.n for found in (comparison.predicted, actual) if found}:
        return _(ALONE)
    if actual and actual.agreement and actual.agreement.ceiling is None:
        return _(
            "The customers’ ballots do not agree with each other, so there is no common view to be worth something."
        )
    if prediction is None or prediction.spearman is None:
        return _(TIED)
    if prediction.noise_p is None or prediction.noise_p > MORE_THAN_NOISE:
        return _("IT’s ballots agree with each other no more than random ones might, so no worth is told.")
    if keys[-2] == "intervals" and prediction.worth_in_customers is not None:
        return _(
            "There is no upper end: IT’s prediction may be as good as asking all customers who answered, or better."
        )
    return ngettext(
        "IT’s prediction is at least as good as asking the %(n)s customer who answered.",
        "IT’s prediction is at least as good as asking all %(n)s customers who answered.",
        (actual.n if actual else 0) or 0,
    )


def _expected(comparison: Comparison, _keys: Keys) -> str:
    return ngettext(
        "Fewer than %(n)s person in IT said how many of these cards they expected to be named.",
        "Fewer than %(n)s people in IT said how many of these cards they expected to be named.",
        comparison.threshold,
    )


def _similarity(comparison: Comparison, _keys: Keys) -> str:
    for found in (comparison.predicted, comparison.actual):
        if found and found.agreement and found.agreement.reliability is None:
            return _(ALONE if found.n == 1 else UNRELIABLE)
    return _(TIED)


def _test(comparison: Comparison, keys: Keys) -> str:
    prediction = comparison.prediction
    if prediction is not None and prediction.testable:
        if prediction.cards[keys[2]].z_gap is None:
            return _(TIED)
        return _("Fewer than three of all ballots list this card, so it was not tested.")
    return _(UNTESTABLE)


def _basis(comparison: Comparison, _keys: Keys) -> str:
    return _first_missing(comparison, PREDICTED) or _("Nobody in IT said whether they know or think.")


def _basis_share(comparison: Comparison, _keys: Keys) -> str:
    return ngettext(
        "Fewer than %(n)s person said for this place whether they know or think.",
        "Fewer than %(n)s people said for this place whether they know or think.",
        comparison.threshold,
    )


def _basis_rate(comparison: Comparison, keys: Keys) -> str:
    basis, know = comparison.basis, keys[1] == "know"
    n = basis and (basis.know if know else basis.think).n
    if n == 0:
        return _("Nobody in IT said “we know”.") if know else _("Nobody in IT said “we think”.")
    if n is None:
        return ngettext(
            "Fewer than %(n)s person said one of “we know” and “we think”, so neither is shown.",
            "Fewer than %(n)s people said one of “we know” and “we think”, so neither is shown.",
            comparison.threshold,
        )
    return _first_missing(comparison, ACTUAL)


def _weighting(comparison: Comparison, _keys: Keys) -> str:
    return _first_missing(comparison, ACTUAL) or _("Fewer than two kinds of customers can be shown.")


def _teams(comparison: Comparison, _keys: Keys) -> str:
    return _first_missing(comparison, PREDICTED, ACTUAL) or _("Fewer than two teams in IT can be shown.")


def _projection(comparison: Comparison, _keys: Keys) -> str:
    return _first_missing(comparison, IT_OWN, PREDICTED, ACTUAL)


def _forces(comparison: Comparison, _keys: Keys) -> str:
    parts = comparison.projection
    if parts is None or None in {parts.accuracy, parts.assumed_similarity, parts.real_similarity}:
        return _(TIED)
    return _("IT’s own view and the customers’ choice are the same, so their parts cannot be told from each other.")


def _person(comparison: Comparison, _keys: Keys) -> str:
    projection = comparison.projection
    if projection is not None and projection.accuracy is None and projection.real_similarity is None:
        return _(TIED)
    return ngettext(
        "Fewer than %(n)s person in IT gave both a prediction and their own view.",
        "Fewer than %(n)s people in IT gave both a prediction and their own view.",
        comparison.threshold,
    )


def _lens_zone(comparison: Comparison, keys: Keys) -> str:
    if comparison.lenses[keys[1]].customer is None:
        return _(NO_LENSES)
    if (comparison.lists[keys[1]].n or 0) < MANY:
        return ngettext(
            "No zone is named from fewer than %(n)s person.", "No zone is named from fewer than %(n)s people.", MANY
        )
    return ngettext(
        "No zone is named: fewer than %(n)s card is listed, or two lenses share the first or last rank.",
        "No zone is named: fewer than %(n)s cards are listed, or two lenses share the first or last rank.",
        comparison.top,
    )


def _round(comparison: Comparison, keys: Keys) -> str:
    found = comparison.rounds[int(keys[1])]
    if keys[2] == "spearman" and found.hits is not None:
        return _(TIED)
    return ngettext(
        "In this round one group was not asked, or fewer than %(n)s of its people answered.",
        "In this round one group was not asked, or fewer than %(n)s of its people answered.",
        comparison.threshold,
    )


def _moved(comparison: Comparison, keys: Keys) -> str:
    return why_unmoved(comparison, int(keys[1]), [one.n_customers for one in comparison.rounds], Group.CUSTOMERS)


def _position(comparison: Comparison, keys: Keys) -> str:
    if comparison.lists[keys[1]].cards[keys[3]].mean_rank_interval is None:
        return _(CENSUS)
    return ngettext(
        "With fewer than %(n)s ballot a place is too uncertain to say.",
        "With fewer than %(n)s ballots a place is too uncertain to say.",
        SOME,
    )


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
    (r"comparison/(hits_of_customers|customers_split)", _few_halves),
    (r"comparison/expected_hits", _expected),
    (r"comparison/cards/[^/]+/(p|q|label)", _test),
    (r"comparison/cards/[^/]+/share_difference(_interval)?", _few_shares),
    (r"comparison/(spearman|kendall_tau_b|overall_p|cards/[^/]+/(z|profile)_gap)", _say(TIED)),
    (r"basis", _basis),
    (r"basis/think_share.*", _basis_share),
    (r"basis/(know|think)/.+", _basis_rate),
    (r"weighting", _weighting),
    (r"weighting/largest_segment", _say(N_("Two or more kinds of customers are the largest."))),
    (r"weighting/contested/[^/]+/decided_by", _say(N_("No single kind of customer decides about this card."))),
    (r"projection", _projection),
    (r"projection/(truth|bias)_force", _forces),
    (r"projection/person_.+", _person),
    (r"projection/.+", _say(TIED)),
    (r"chain/[^/]+/kind", _say(N_("Nothing is known of this kind’s place in the value chain."))),
    (r"teams", _teams),
    (r"teams/by_team/[^/]+/kind", _say(N_("Nothing is known of this team’s place in the value chain."))),
    (r"teams/by_team/[^/]+/.+", _few_halves),
    (r"lenses/[^/]+/zone", _lens_zone),
    (r"lenses/.+", _say(NO_LENSES)),
    (r"rounds/[^/]+/moved", _moved),
    (r"rounds/.+", _round),
)
