"""What a comparison says: the frozen result that the page, the PDF and every export share.

Numbers are unrounded. A value that is undefined or suppressed is None, with a sentence in `Comparison.reasons`
under its JSON pointer. `to_json` gives the documented form.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cardsort.analysis.expected import ExpectedHits
from cardsort.domain.ballots import Group
from cardsort.domain.sources import Restored, Sources


class Interval(NamedTuple):
    """Both ends belong to it."""

    low: float
    high: float


class Position(NamedTuple):
    """A tie block of places, 1 = most needs solving; low = high when the card is untied."""

    low: int
    high: int


class Zone(StrEnum):
    """Where a card stands in the two top lists."""

    SHARED_PAIN = "shared_pain"
    BLIND_SPOT = "blind_spot"
    FALSE_ALARM = "false_alarm"
    QUIET = "quiet"
    BORDERLINE = "borderline"


class Label(StrEnum):
    """How sure a card's gap is."""

    CLEAR = "clear"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CardStanding:
    """One card in one list. Shares are 0..1; `mean_rank` 1..m, smaller = needs solving more; `score` 0..100."""

    mean_rank: float
    mean_rank_interval: Interval | None
    score: float
    position: Position
    position_uncertainty: Position | None
    top_share: float
    top_share_interval: Interval | None
    first_share: float
    recognition_share: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement within one list; each None where undefined (statistics: reasons)."""

    mean_pairwise_spearman: float | None
    kendalls_w: float | None
    chi_squared: float | None
    reliability: float | None
    ceiling: float | None


@dataclass(frozen=True, slots=True)
class ConsensusList:
    """One list: the consensus of one group's ballots of one kind. `cards` in the deck's order, every card present.

    A suppressed list has n None and no cards.
    """

    n: int | None
    agreement: Agreement | None = None
    cards: dict[str, CardStanding] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether everybody of the group took part, so that its shares have no range."""
        return all(card.top_share_interval is None for card in self.cards.values())

    def order(self) -> tuple[str, ...]:
        """Codes by consensus, best first; cards of one tie block in the deck's order."""
        return tuple(sorted(self.cards, key=lambda code: self.cards[code].position.low))

    def top(self, size: int) -> tuple[str, ...]:
        """Codes whose tie block begins within the first `size` places: more than `size` when the cut is tied."""
        return tuple(code for code in self.order() if self.cards[code].position.low <= size)


@dataclass(frozen=True, slots=True)
class CardGap:
    """One card, predicted against actual. All differences are positive where customers put the card higher than IT
    thought, or more of them into the top: `gap` in places, `z_gap`, `profile_gap` (which is what is tested), and the
    difference of the two top shares, -1..1, None below five people in a group.
    """

    gap: int
    gap_interval: Interval | None
    z_gap: float | None
    profile_gap: float | None = field(default=None, kw_only=True)
    share_difference: float | None = field(default=None, kw_only=True)
    share_difference_interval: Interval | None = field(default=None, kw_only=True)
    p: float | None
    q: float | None
    label: Label | None
    zone: Zone


@dataclass(frozen=True, slots=True)
class Prediction:
    """IT's prediction against what customers chose. `hits` 0..top, fractional with ties over the cut;
    correlations -1..1; `cards` in the deck's order. None where undefined.

    `hits_of_customers` is the fair bar: what `customers_split` of the customers would have named; `expected_hits` is
    what IT itself expected, where enough people said so. `similarity` is
    corrected for noise. `noise_p` is the p that IT's ballots agree by luck alone, and no part of the documented form.
    """

    hits: float
    hits_by_chance: float
    hits_of_customers: float | None = field(default=None, kw_only=True)
    customers_split: int | None = field(default=None, kw_only=True)
    expected_hits: ExpectedHits | None = field(default=None, kw_only=True)
    similarity: float | None = field(default=None, kw_only=True)
    spearman: float | None
    kendall_tau_b: float | None
    rbo: float | None
    overall_p: float | None
    testable: bool
    worth_in_customers: float | None
    hits_interval: Interval | None
    worth_interval: Interval | None
    cards: dict[str, CardGap]
    noise_p: float | None = None

    @property
    def intervals(self) -> dict[str, Interval | None]:
        """The 95 % intervals, by what they belong to."""
        return {
            "hits": self.hits_interval,
            "worth_in_customers": self.worth_interval,
        }

    def surprises(self) -> tuple[str, ...]:
        """Cards in the top of either list (any zone but quiet): the clear ones, then those that chance could give.

        Each lot by falling |profile gap|, ties in the deck's order.
        """
        return self._sort(card for card in self.cards.items() if card[1].zone is not Zone.QUIET)

    def just_outside(self) -> tuple[str, ...]:
        """Cards with a clear gap that are in neither top, by falling |profile gap|."""
        return self._sort(
            card for card in self.cards.items() if card[1].zone is Zone.QUIET and card[1].label is Label.CLEAR
        )

    def _sort(self, cards: Iterable[tuple[str, CardGap]]) -> tuple[str, ...]:
        found = sorted(cards, key=lambda card: (card[1].label is not Label.CLEAR, -abs(card[1].profile_gap or 0.0)))
        return tuple(code for code, _ in found)

    def in_zone(self, zone: Zone) -> tuple[str, ...]:
        """Codes in that zone, in the deck's order."""
        return tuple(code for code, card in self.cards.items() if card.zone is zone)


@dataclass(frozen=True, slots=True)
class BasisRate:
    """How often KNOW or THINK answers named a card of the customers' top. `n` answers, `hit_rate` 0..1. All None
    where 1 to k - 1 people said one of the two, but for an `n` of 0.
    """

    n: int | None
    hit_rate: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class BasisResult:
    """Know or think: `think_share_first` over the `first_n` answers for first places alone; `think_share` by place.
    `rates_differ`: whether the interval of the two hit rates' difference leaves out 0. Both no part of the documented
    form.
    """

    think_share_first: float | None
    think_share: tuple[float | None, ...]
    know: BasisRate
    think: BasisRate
    first_n: int | None = None
    rates_differ: bool | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One weighting of the customers: its top cards (all whose tie block begins in the top), and how many of the
    headline's top stay. `tells` = it changes a card that stays as it is whichever one other segment is left out.
    """

    name: str
    top: tuple[str, ...]
    kept: float
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Contested:
    """A card that does not belong to the top alike under all weightings, with the segment that decides, if one does."""

    code: str
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class Weighting:
    """The loudest-stakeholder check. The headline counts every respondent equally. `robust` cards belong wholly to
    the top of every scenario. `largest_segment` has a name and a share; None where several are the largest.
    """

    largest_segment: tuple[str, float] | None
    scenarios: tuple[Scenario, ...]
    robust: tuple[str, ...]
    contested: tuple[Contested, ...]
    headline: str = "respondents"


@dataclass(frozen=True, slots=True)
class Projection:
    """Accuracy or projection: Pearson correlations of prediction, actual and IT's own view, and their parts."""

    accuracy: float | None
    assumed_similarity: float | None
    real_similarity: float | None
    truth_force: float | None
    bias_force: float | None
    gain: float | None
    person_difference: float | None
    person_p: float | None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link of the value chain: a segment, its place in the chain, its top cards and their tie blocks, and the
    interval of every card's top share.
    """

    segment: str
    kind: str
    n: int
    top: tuple[str, ...]
    places: tuple[Position, ...] = ()
    top_shares: dict[str, Interval] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeamHits:
    """One team in IT, its place in the chain ("" = unknown), its number of ballots and its hits, and those of
    `customers_split` customers: as many, at most half of all; both None below six customers.
    """

    name: str
    kind: str
    n: int
    hits: float
    hits_of_customers: float | None
    customers_split: int | None


@dataclass(frozen=True, slots=True)
class TeamsResult:
    """The teams that may be shown, in the chain's order. `p` = how often teams of these sizes differ as much by luck;
    `apart` = whether they can be told apart: else there are too few people for it, or nothing to tell.
    """

    by_team: tuple[TeamHits, ...]
    p: float
    apart: bool


@dataclass(frozen=True, slots=True)
class LensBalance:
    """Shares of a list's pain by lens, summing to 1. `zone` is "strong without missing", "balanced", or None."""

    customer: float | None
    process: float | None
    cost: float | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """A card that a group put elsewhere than in the round before, by more than luck and by five places or more: its tie
    blocks then and now.
    """

    code: str
    before: Position
    now: Position


@dataclass(frozen=True, slots=True)
class Change:
    """This round's value minus that of the round before, with its 95 % interval: positive = more alike than then."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One round, at the depth shared by all rounds.

    The change is against the round before, None where one of the two is not shown. Moves too: none when empty, None
    where that could not be tested. `top` T belongs to the shared depth.
    """

    round: int
    hits: float | None
    spearman: float | None
    n_it: int | None
    n_customers: int | None
    top: int
    hits_change: Change | None = None
    moves_it: tuple[Move, ...] | None = None
    moves_customers: tuple[Move, ...] | None = None

    @property
    def moved(self) -> tuple[str, ...] | None:
        """The cards that customers moved."""
        return None if self.moves_customers is None else tuple(move.code for move in self.moves_customers)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is said about the last round. `depth` N and `top` T as in the statistics.

    `sources` has every list that has ballots, also those that may not be shown. `kinds_hidden`: how many kinds of
    customers are not shown, as they are small or would follow by subtraction, `teams_hidden` the same of teams in IT.
    `alone`: the one group that took part, None where both did. None of these is part of the documented form.
    """

    deck_name: str
    deck_size: int
    depth: int
    top: int
    threshold: int
    seed: int
    round: int
    lists: dict[str, ConsensusList]
    sources: dict[str, Sources] = field(default_factory=dict)
    restored: Restored = False
    prediction: Prediction | None = None
    basis: BasisResult | None = None
    weighting: Weighting | None = None
    projection: Projection | None = None
    chain: tuple[ChainLink, ...] = ()
    teams: TeamsResult | None = None
    lenses: dict[str, LensBalance] = field(default_factory=dict)
    rounds: tuple[RoundResult, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    kinds_hidden: int = 0
    teams_hidden: int = 0
    alone: Group | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that took part."""
        return Group.asked(self.alone)

    @property
    def told(self) -> tuple[ConsensusList | None, ...]:
        """The core lists of the groups that took part; None for one that may not be shown."""
        lists = {Group.IT: self.predicted, Group.CUSTOMERS: self.actual}
        return tuple(lists[group] for group in self.groups)

    @property
    def predicted(self) -> ConsensusList | None:
        """What IT thinks customers would choose, where it may be shown."""
        return self._shown("it_prediction")

    @property
    def actual(self) -> ConsensusList | None:
        """What customers chose, where it may be shown."""
        return self._shown("customers_own")

    def shown_sources(self, name: str) -> Sources | None:
        """Where the ballots of a list came from; None where it is not shown."""
        return self.sources[name] if self._shown(name) else None

    def _shown(self, name: str) -> ConsensusList | None:
        found = self.lists.get(name)
        return found if found is not None and found.n is not None else None
