"""What the result page shows, gathered from one comparison."""

from typing import Any

from cardsort.analysis.chain import lost_on_the_way
from cardsort.analysis.result import Comparison, Zone
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.workshops import SERVES_QUESTION
from cardsort.story import leads, numbers, plural, rounds, voices, words
from cardsort.story.balance import balances
from cardsort.story.mirror import second_lists
from cardsort.usecases.results import Result
from cardsort.web.facilitator.charts import dumbbell_chart, map_chart, slope_chart

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
        "on_agenda": {item.code for item in found.facts.agenda},
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
        "round_rows": rounds.rows(comparison, found.facts),
        "round_steps": rounds.steps(comparison),
        "leads": leads,
        "balances": balances(comparison),
        "second_lists": second_lists(comparison),
        "serves": voices.merged(found.facts.serves),
        "serves_question": SERVES_QUESTION,
        "times": voices.times,
        "withheld": {group: voices.withheld(count) for group, count in found.facts.withheld.items()},
        "chain_kinds": plural.CHAIN_KINDS,
        "lost": lost_on_the_way(comparison),
        "scenario_name": plural.scenario_name,
        "weighted_codes": plural.weighted_codes(comparison.weighting.scenarios) if comparison.weighting else (),
        "none_largest": plural.NONE_LARGEST,
        "decided_by": [(card.code, card.decided_by or plural.NONE_DECIDES) for card in comparison.weighting.contested]
        if comparison.weighting
        else [],
        **hands(comparison),
    }


def hands(comparison: Comparison) -> dict[str, list[str]]:
    """The cards worth talking about, by zone: the largest surprise first, what is shared in the customers' order."""
    if comparison.prediction is None:
        return {name: [] for name in HANDS}
    cards, surprises = comparison.prediction.cards, comparison.prediction.surprises()
    hands = {name: [code for code in surprises if cards[code].zone is zone] for name, zone in HANDS.items()}
    together = comparison.actual.order() if comparison.actual else ()
    hands["shared_pain"].sort(key=together.index)  # what is shared begins with what customers put first
    return hands
