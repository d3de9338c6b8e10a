"""The documented form of a comparison: the same keys, in the same order, for every reader."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from cardsort.analysis.result import (
    BasisRate,
    BasisResult,
    CardGap,
    CardStanding,
    ChainLink,
    Comparison,
    ConsensusList,
    LensBalance,
    Prediction,
    Projection,
    RoundResult,
    Weighting,
)
from cardsort.analysis.selection import ACTUAL, LISTS, PREDICTED
from cardsort.domain.sources import Sources

CORE_LISTS = (PREDICTED, ACTUAL)
Json = dict[str, Any]


def to_json(comparison: Comparison) -> Json:
    """The comparison as dictionaries, lists, numbers and texts; None where suppressed or undefined."""
    return {
        "deck": {"name": comparison.deck_name, "size": comparison.deck_size},
        "depth": comparison.depth,
        "top": comparison.top,
        "threshold": comparison.threshold,
        "seed": comparison.seed,
        "round": comparison.round,
        "lists": {name: _list(found) for name, found in comparison.lists.items()},
        "sources": {
            LISTS[name][0].value: _sources(comparison, name) for name in CORE_LISTS if name in comparison.lists
        },
        "restored": comparison.restored.isoformat() if isinstance(comparison.restored, date) else comparison.restored,
        "comparison": comparison.prediction and _prediction(comparison.prediction),
        "basis": comparison.basis and _basis(comparison.basis),
        "weighting": comparison.weighting and _weighting(comparison.weighting),
        "projection": comparison.projection and _projection(comparison.projection),
        "chain": [_link(link) for link in comparison.chain],
        "lenses": {name: _lenses(balance) for name, balance in comparison.lenses.items()},
        "rounds": [_round(found) for found in comparison.rounds],
        "reasons": dict(comparison.reasons),
    }


def dumps(comparison: Comparison) -> str:
    """The comparison as JSON text: two spaces of indent, numbers unrounded, a newline at the end."""
    return json.dumps(to_json(comparison), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def pointer(*keys: str | int) -> str:
    """The JSON pointer (RFC 6901) to a value below those keys."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def _pair(ends: tuple[float, float] | None) -> list[float] | None:
    return None if ends is None else list(ends)


def shown_sources(comparison: Comparison, name: str) -> Sources | None:
    """Where the ballots of a list came from; None where it is not shown."""
    found = comparison.lists.get(name)
    return comparison.sources[name] if found is not None and found.n is not None else None


def _sources(comparison: Comparison, name: str) -> Json | None:
    sources = shown_sources(comparison, name)
    return None if sources is None else asdict(sources)


def _list(found: ConsensusList) -> Json:
    if found.n is None:
        return {"n": None}
    agreement = found.agreement
    return {
        "n": found.n,
        "agreement": agreement
        and {
            "mean_pairwise_spearman": agreement.mean_pairwise_spearman,
            "kendalls_w": agreement.kendalls_w,
            "chi_squared": agreement.chi_squared,
            "reliability": agreement.reliability,
            "ceiling": agreement.ceiling,
        },
        "cards": {code: _standing(card) for code, card in found.cards.items()},
    }


def _standing(card: CardStanding) -> Json:
    return {
        "mean_rank": card.mean_rank,
        "mean_rank_interval": _pair(card.mean_rank_interval),
        "score": card.score,
        "position": _pair(card.position),
        "position_uncertainty": _pair(card.position_uncertainty),
        "top_share": card.top_share,
        "top_share_interval": _pair(card.top_share_interval),
        "first_share": card.first_share,
        "recognition_share": card.recognition_share,
    }


def _prediction(found: Prediction) -> Json:
    return {
        "hits": found.hits,
        "hits_by_chance": found.hits_by_chance,
        "hits_of_customers": found.hits_of_customers,
        "customers_split": found.customers_split,
        "similarity": found.similarity,
        "spearman": found.spearman,
        "kendall_tau_b": found.kendall_tau_b,
        "rbo": found.rbo,
        "overall_p": found.overall_p,
        "testable": found.testable,
        "worth_in_customers": found.worth_in_customers,
        "intervals": {
            "hits": _pair(found.hits_interval),
            "worth_in_customers": _pair(found.worth_interval),
        },
        "cards": {code: _gap(card) for code, card in found.cards.items()},
    }


def _gap(card: CardGap) -> Json:
    return {
        "gap": card.gap,
        "gap_interval": _pair(card.gap_interval),
        "z_gap": card.z_gap,
        "profile_gap": card.profile_gap,
        "share_difference": card.share_difference,
        "share_difference_interval": _pair(card.share_difference_interval),
        "p": card.p,
        "q": card.q,
        "label": card.label and card.label.value,
        "zone": card.zone.value,
    }


def _basis(found: BasisResult) -> Json:
    return {
        "think_share_first": found.think_share_first,
        "think_share": list(found.think_share),
        "know": _rate(found.know),
        "think": _rate(found.think),
    }


def _rate(rate: BasisRate) -> Json:
    return {"n": rate.n, "hit_rate": rate.hit_rate, "interval": _pair(rate.interval)}


def _weighting(found: Weighting) -> Json:
    largest = found.largest_segment
    return {
        "headline": found.headline,
        "largest_segment": largest and {"name": largest[0], "share": largest[1]},
        "scenarios": [{"name": one.name, "top": list(one.top), "kept": one.kept} for one in found.scenarios],
        "robust": list(found.robust),
        "contested": [{"code": one.code, "decided_by": one.decided_by} for one in found.contested],
    }


def _projection(found: Projection) -> Json:
    return {
        "accuracy": found.accuracy,
        "assumed_similarity": found.assumed_similarity,
        "real_similarity": found.real_similarity,
        "truth_force": found.truth_force,
        "bias_force": found.bias_force,
        "gain": found.gain,
        "person_difference": found.person_difference,
        "person_p": found.person_p,
    }


def _link(link: ChainLink) -> Json:
    return {"segment": link.segment, "kind": link.kind or None, "n": link.n, "top": list(link.top)}


def _lenses(balance: LensBalance) -> Json:
    return {"customer": balance.customer, "process": balance.process, "cost": balance.cost, "zone": balance.zone}


def _round(found: RoundResult) -> Json:
    return {
        "round": found.round,
        "hits": found.hits,
        "spearman": found.spearman,
        "n_it": found.n_it,
        "n_customers": found.n_customers,
        "moved": None if found.moved is None else list(found.moved),
    }
