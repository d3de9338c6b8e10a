"""What the result page shows, gathered from one comparison."""

from typing import Any

from cardsort.analysis.chain import lost_on_the_way
from cardsort.analysis.result import Comparison, Weighting, Zone
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.workshops import ChainKind
from cardsort.report import numbers, words
from cardsort.report.balance import balances
from cardsort.usecases.results import Result
from cardsort.web.charts import dumbbell_chart, map_chart, slope_chart

HANDS = {
    "blind_spots": Zone.BLIND_SPOT,
    "shared_pain": Zone.SHARED_PAIN,
    "false_alarms": Zone.FALSE_ALARM,
    "borderline": Zone.BORDERLINE,
}


def result_context(found: Result) -> dict[str, Any]:
    """The values that the templates in templates/result/ use."""
    comparison, deck = found.comparison, found.workshop.deck
    return {
        "workshop": found.workshop,
        "comparison": comparison,
        "prediction": comparison.prediction,
        "predicted": comparison.predicted,
        "actual": comparison.actual,
        "facts": found.facts,
        "deck": deck,
        "suits": {suit.letter: suit for suit in deck.suits},
        "words": words,
        "numbers": numbers,
        "worth": words.worth(comparison.prediction, comparison.actual.n)
        if comparison.prediction and comparison.actual and sayable_of(comparison).shares_with_intervals
        else "",
        "figures": numbers.figures(comparison),
        "sayable": sayable_of(comparison),
        "slope": slope_chart(comparison, deck),
        "dumbbells": dumbbell_chart(comparison),
        "map": map_chart(comparison),
        "balances": balances(comparison),
        "chain_kinds": {kind.value: kind.label for kind in ChainKind},
        "lost": lost_on_the_way(comparison),
        "scenario_name": scenario_name,
        "weighted_codes": _weighted(comparison.weighting),
        "decided_by": [(card.code, card.decided_by) for card in comparison.weighting.contested]
        if comparison.weighting
        else [],
        **_hands(comparison),
    }


def scenario_name(name: str) -> str:
    """A weighting's name for people."""
    usual = {"respondents": "Everybody counts the same", "segments": "Every segment counts the same"}
    return usual.get(name, f"W{name[1:]}" if name.startswith("without ") else name)


def _weighted(weighting: Weighting | None) -> list[str]:
    """Every card that is in the top under some weighting, the headline's order first."""
    if weighting is None:
        return []
    return list(dict.fromkeys(code for scenario in weighting.scenarios for code in scenario.top))


def _hands(comparison: Comparison) -> dict[str, list[str]]:
    """The cards worth talking about, by zone: the largest surprise first, what is shared in the customers' order."""
    if comparison.prediction is None:
        return {name: [] for name in HANDS}
    cards, surprises = comparison.prediction.cards, comparison.prediction.surprises()
    hands = {name: [code for code in surprises if cards[code].zone is zone] for name, zone in HANDS.items()}
    together = comparison.actual.order() if comparison.actual else ()
    hands["shared_pain"].sort(key=together.index)  # what is shared begins with what customers put first
    return hands
