"""What the result page shows: the story's parts, and what its charts and cards need besides."""

from typing import Any

from cardsort.analysis.result import Zone
from cardsort.language import _
from cardsort.story import words
from cardsort.story.charts.labels import Box
from cardsort.story.charts.map import AXES, Map, Spot, place_labels
from cardsort.story.parts import tell
from cardsort.usecases.results import Result

MAP_SIDE = 600  # units of the map's own picture
QUARTERS = (Zone.BLIND_SPOT, Zone.SHARED_PAIN, Zone.QUIET, Zone.FALSE_ALARM)  # from the upper left to the lower right
LETTER, LINE = 8.2, 14.0  # width of a letter of a label, and its height, in the same units


def result_context(found: Result, wanted: frozenset[str] | None = None) -> dict[str, Any]:
    """The values that templates/result/ and templates/story/ use."""
    deck = found.workshop.deck
    return {
        "workshop": found.workshop,
        "parts": tell(found.comparison, deck, found.facts, wanted),
        "chosen": wanted,
        "mark": found.facts.mark,
        "told_words": bool(found.facts.voices or found.facts.serves or any(found.facts.withheld.values())),
        "deck": deck,
        "suits": {suit.letter: suit for suit in deck.suits},
        "on_agenda": {item.code for item in found.facts.agenda},
        "costs": _(words.COSTS),
        "quarters": [_(words.ZONE_TITLES[zone]) for zone in QUARTERS],
        "axes": {group: _(said) for group, said in AXES.items()},
        "map_side": MAP_SIDE,
        "map_labels": _labels,
    }


def _labels(chart: Map) -> list[tuple[Spot, Box]]:
    return place_labels(chart, MAP_SIDE, lambda spot: (LETTER * len(spot.label), LINE), lambda _spot: 7.0)
