"""What the report's twin in the browser shows: the same parts and sentences as on paper, gathered from one result."""

from typing import Any

from cardsort.analysis.result import Comparison, Zone
from cardsort.analysis.sayable import shares_sayable
from cardsort.story import guide, leads, method, mirror, parts, plural, voices
from cardsort.usecases.results import Result
from cardsort.web.facilitator.resultpage import result_context

SURPRISES = 3
ZONES = (Zone.BLIND_SPOT, Zone.FALSE_ALARM)


def twin_context(found: Result, wanted: frozenset[str] | None) -> dict[str, Any]:
    """The values that the templates in templates/print/ use."""
    comparison = found.comparison
    leading = comparison.actual or comparison.predicted
    return {
        **result_context(found),
        "parts": parts.chosen(comparison, wanted),
        "names": parts.PARTS,
        "zones": [(zone, leads.zone(zone, comparison.top)) for zone in (Zone.SHARED_PAIN, *ZONES, Zone.BORDERLINE)],
        "in_zone": _in_zone(comparison),
        "surprises": comparison.prediction.surprises()[:SURPRISES] if comparison.prediction else (),
        "voices": _voices(found),
        "times": voices.times,
        "plural": plural,
        "grid": plural.segment_grid(comparison),
        "weighed": plural.weighed(comparison.weighting) if comparison.weighting else (),
        "contested": plural.contested(comparison),
        "likenesses": mirror.likenesses(comparison),
        "mirrored": mirror.sentences(comparison),
        "guided": guide.guided(comparison),
        "lenses": [(lens, guide.ASK_YOURSELF[lens]) for lens in guide.lenses_of(found.workshop.deck)],
        "order": leading.order() if leading else (),
        "method": method,
        "shares_sayable": shares_sayable,
    }


def _in_zone(comparison: Comparison) -> dict[Zone, list[str]]:
    """The cards of each zone: shared and borderline ones by the customers' place, the others by surprise."""
    if comparison.prediction is None or comparison.actual is None:
        return {}
    cards, order = comparison.prediction.cards, comparison.actual.order()
    surprises = comparison.prediction.surprises()
    return {
        zone: [code for code in (surprises if zone in ZONES else order) if cards[code].zone is zone] for zone in Zone
    }


def _voices(found: Result) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    """What customers wrote and how many wrote it, by card in their order."""
    leading = found.comparison.actual
    order = leading.order() if leading else found.workshop.deck.codes
    return [(code, voices.merged(found.facts.voices[code])) for code in order if found.facts.voices.get(code)]
