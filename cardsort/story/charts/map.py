"""The map: predicted place across, actual place upwards, both logarithmic with 1 at the top right.

Cards with the same two places share one mark; a card tied with others has a whisker as long as its block of places.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from cardsort.analysis.result import Comparison, Label, Position, Prediction, Zone
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.language import N_, _, beside
from cardsort.story import words
from cardsort.story.charts import labels

TICKS = (1, 2, 3, 5, 10, 20, 50, 100)
INNER = 0.03  # of the side, free around the outermost marks
CODES_SHOWN = 3  # at one mark
AXES = {Group.IT: N_("□ IT expected it higher →"), Group.CUSTOMERS: N_("↑ ● customers put it higher")}


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark: the cards with these two places; `x` from the left and `y` from below, 0 to 1, and how far its blocks
    of places reach. `named` in the interesting quarters; `hollow` = may be chance.
    """

    codes: tuple[str, ...]
    x: float
    y: float
    across: tuple[float, float]
    upwards: tuple[float, float]
    named: bool
    hollow: bool
    title: str = ""

    @property
    def label(self) -> str:
        """The codes of named cards, with the title of one that stands alone; the number of others; "" for a single
        quiet card.
        """
        if self.title:
            return f"{self.codes[0]} {self.title}"
        if self.named and len(self.codes) <= CODES_SHOWN:
            return ", ".join(self.codes)
        return words.cards(len(self.codes)) if len(self.codes) > 1 else ""

    @property
    def whiskers(self) -> tuple[labels.Box, ...]:
        """From end to end of each block of places, as lines: left, lower, right, upper."""
        level = (self.across[0], self.y, self.across[1], self.y)
        upright = (self.x, self.upwards[0], self.x, self.upwards[1])
        return tuple(line for line in (level, upright) if line[:2] != line[2:])


@dataclass(frozen=True, slots=True)
class Map:
    """All marks, the named ones first; the ticks as (place, where) and the edge of both tops."""

    kind: ClassVar[str] = "map"
    spots: tuple[Spot, ...]
    ticks: tuple[tuple[int, float], ...]
    edge: float
    alt: str


def the_map(comparison: Comparison, deck: Deck) -> Map | None:
    """The map; None where one list may not be shown."""
    predicted, actual, prediction = comparison.predicted, comparison.actual, comparison.prediction
    if predicted is None or actual is None or prediction is None:
        return None
    shared: dict[tuple[Position, Position, bool, bool], list[str]] = {}
    for code, gap in prediction.cards.items():
        hollow = gap.zone is Zone.BORDERLINE or gap.label is not Label.CLEAR
        places = predicted.cards[code].position, actual.cards[code].position
        shared.setdefault((*places, gap.zone is not Zone.QUIET, hollow), []).append(code)
    size = comparison.deck_size
    spots = [
        replace(
            _spot(tuple(codes), it, customers, size, named=named, hollow=hollow),
            title=deck[codes[0]].title if named and len(codes) == 1 else "",
        )
        for (it, customers, named, hollow), codes in shared.items()
    ]
    ticks = tuple((tick, _along(tick, size)) for tick in TICKS if tick <= size)
    ordered = tuple(sorted(spots, key=lambda spot: not spot.named))
    return Map(ordered, ticks, _along(comparison.top + 0.5, size), _in_words(prediction, deck))


def place_labels(
    chart: Map, side: float, size_of: Callable[[Spot], tuple[float, float]], reach_of: Callable[[Spot], float]
) -> list[tuple[Spot, labels.Box]]:
    """Where the labels go on a map of that side, its origin at the lower left: on no mark, whisker or other label.
    `size_of` says how large a spot's label is, `reach_of` half of its mark's width. Codes are placed first, and titles
    stand beside them where there is room for both. What finds no room is left out.
    """
    labelled = [replace(spot, title="") for spot in chart.spots if spot.label]
    marks = [labels.around((spot.x * side, spot.y * side), reach_of(spot)) for spot in chart.spots]
    lines = [[side * end for end in line] for spot in chart.spots for line in spot.whiskers]
    taken = [*marks, *((left, low - 1, right, up + 1) for left, low, right, up in lines)]
    middles = [(spot.x * side, spot.y * side) for spot in labelled]
    frame = (2.0, 2.0, side - 2, side - 2)
    boxes = labels.place_labels(middles, [size_of(spot) for spot in labelled], frame, taken)
    placed = {spot.codes: (spot, box) for spot, box in zip(labelled, boxes, strict=True) if box is not None}
    for spot in chart.spots:
        if spot.title and spot.codes in placed:
            others = [box for codes, (_spot, box) in placed.items() if codes != spot.codes]
            at = (spot.x * side, spot.y * side)
            (box,) = labels.place_labels([at], [size_of(spot)], frame, [*taken, *others])
            placed[spot.codes] = (spot, box) if box else placed[spot.codes]
    return list(placed.values())


def hairline(spot: tuple[float, float], box: labels.Box) -> tuple[float, float] | None:
    """The point of a label's box that a hairline from its mark leads to; None for a label that stands near."""
    near = min(max(spot[0], box[0]), box[2]), min(max(spot[1], box[1]), box[3])
    return near if math.dist(near, spot) > labels.REACHES[1] - 1 else None


def _spot(codes: tuple[str, ...], it: Position, customers: Position, size: int, *, named: bool, hollow: bool) -> Spot:
    x, y = (_along((block.low + block.high) / 2, size) for block in (it, customers))
    across, upwards = ((_along(block.high, size), _along(block.low, size)) for block in (it, customers))
    return Spot(codes, x, y, across, upwards, named, hollow)


def _along(place: float, size: int) -> float:
    """How far a place stands from the left or lower edge: 1 at the far end, the last near, logarithmic."""
    return round(INNER + (1 - 2 * INNER) * (1 - math.log(place) / math.log(size)), 4)


def _in_words(prediction: Prediction, deck: Deck) -> str:
    parts = [_("Map of %(cards)s.", cards=words.cards(deck.size))]
    for zone in (Zone.BLIND_SPOT, Zone.SHARED_PAIN, Zone.FALSE_ALARM, Zone.BORDERLINE):
        title, cards = _(words.ZONE_TITLES[zone]), [f"{code} {deck[code].title}" for code in prediction.in_zone(zone)]
        none = _("%(title)s: none.", title=title)
        parts.append(_("%(title)s: %(told)s.", title=title, told=beside(cards)) if cards else none)
    return " ".join((*parts, _("The table of all cards has every place.")))
