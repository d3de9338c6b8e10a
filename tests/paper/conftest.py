"""A workshop to print: the shipped deck, and a plausible result built by a small seeded draw."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.compare import compare
from cardsort.analysis.result import (
    Agreement,
    BasisRate,
    BasisResult,
    CardGap,
    CardStanding,
    Comparison,
    ConsensusList,
    Interval,
    Label,
    Position,
    Prediction,
    Zone,
)
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck, Suit
from cardsort.domain.deckfile import parse_deck_toml
from cardsort.domain.sources import Sources
from cardsort.domain.workshops import ChainKind, Segment, Settings
from cardsort.resources import CARDS
from cardsort.story.facts import ReportFacts

if TYPE_CHECKING:
    from collections.abc import Callable

SUITS = (Suit("A", "Attitude"), Suit("B", "Behaviour"), Suit("C", "Culture"), Suit("S", "Stakeholders"))


@dataclass(frozen=True)
class Workshop:
    """What build_pdf needs."""

    comparison: Comparison
    deck: Deck
    facts: ReportFacts


def draw_ballots(deck: Deck, count: int, picks: int, rng: random.Random, taste: list[float]) -> list[list[str]]:
    """Ballots of people who share a taste: each card's weight times luck, best first."""
    return [
        [
            code
            for _, code in sorted(
                (-weight * rng.expovariate(1), code) for weight, code in zip(taste, deck.codes, strict=True)
            )
        ][:picks]
        for _ in range(count)
    ]


def consensus(deck: Deck, ballots: list[list[str]], top: int) -> ConsensusList:
    """Doubled rank sums, tie blocks and top shares of the ballots."""
    m = deck.size
    sums = {code: sum(2 * (b.index(code) + 1) if code in b else len(b) + 1 + m for b in ballots) for code in deck.codes}
    standings = {}
    for code, own in sums.items():
        low = 1 + sum(other < own for other in sums.values())
        high = m - sum(other > own for other in sums.values())
        listed = sum(code in ballot[:top] for ballot in ballots) / len(ballots)
        first = sum(ballot[0] == code for ballot in ballots) / len(ballots)
        mean = own / (2 * len(ballots))
        standings[code] = CardStanding(mean, None, 0.0, Position(low, high), None, listed, None, first, None)
    return ConsensusList(len(ballots), Agreement(0.31, 0.33, None, 0.9, 0.95), standings)


def compare_lists(predicted: ConsensusList, actual: ConsensusList, top: int, size: int) -> Prediction:
    """Hits, gaps and zones from two lists; certainty by size alone, which is enough to print."""
    cards, hits = {}, 0.0
    for code in actual.cards:
        theirs, ours = actual.cards[code].position, predicted.cards[code].position
        gap = ours.low - theirs.high if ours.low > theirs.high else min(0, ours.high - theirs.low)
        shares = [_inside(block, top) for block in (theirs, ours)]
        hits += shares[0] * shares[1]
        label = Label.CLEAR if abs(gap) >= 20 else Label.POSSIBLE if abs(gap) >= 8 else Label.NONE
        z_gap = predicted.cards[code].mean_rank - actual.cards[code].mean_rank
        cards[code] = CardGap(gap, None, z_gap, 0.01, 0.02, label, _zone(*shares), profile_gap=z_gap)
    return Prediction(
        hits=hits,
        hits_by_chance=top * top / size,
        spearman=0.41,
        kendall_tau_b=0.3,
        rbo=0.5,
        overall_p=0.001,
        testable=True,
        worth_in_customers=3.2,
        hits_interval=Interval(2, 6),
        worth_interval=Interval(1.2, 8.8),
        cards=cards,
    )


def _inside(block: Position, top: int) -> float:
    return min(1.0, max(0.0, (top - block.low + 1) / (block.high - block.low + 1)))


def _zone(theirs: float, ours: float) -> Zone:
    if theirs not in {0, 1} or ours not in {0, 1}:
        return Zone.BORDERLINE
    return {(1, 1): Zone.SHARED_PAIN, (1, 0): Zone.BLIND_SPOT, (0, 1): Zone.FALSE_ALARM}.get((theirs, ours), Zone.QUIET)


def make_comparison(deck: Deck, *, n_it: int = 18, n_customers: int = 42, picks: int = 10, seed: int = 4) -> Comparison:
    """A whole result of a drawn workshop, knowing and thinking included."""
    rng = random.Random(seed)
    taste = [rng.paretovariate(1.1) for _ in deck.codes]
    guess = [0.35 * weight + 0.65 * rng.paretovariate(1.1) for weight in taste]
    top = min(10, picks, deck.size - 1)
    predicted = consensus(deck, draw_ballots(deck, n_it, picks, rng, guess), top)
    actual = consensus(deck, draw_ballots(deck, n_customers, picks, rng, taste), top)
    return Comparison(
        deck_name=deck.name,
        deck_size=deck.size,
        depth=picks,
        top=top,
        threshold=3,
        seed=1,
        round=1,
        lists={"it_prediction": predicted, "customers_own": actual},
        prediction=compare_lists(predicted, actual, top, deck.size),
        basis=BasisResult(0.83, (0.83, 0.7, 0.6), BasisRate(14, 0.57, None), BasisRate(40, 0.3, None)),
        sources={"it_prediction": Sources(sent=n_it), "customers_own": Sources(sent=n_customers)},
    )


def make_facts() -> ReportFacts:
    """The words of an ordinary workshop."""
    return ReportFacts(
        title="What our branches need from IT",
        organisation="Northwind Savings Bank",
        round=1,
        date=date(2026, 5, 14),
        questions={group: Settings("").question(group) for group in Group},
        locked={
            Group.IT: datetime(2026, 5, 12, 10, 42, tzinfo=UTC),
            Group.CUSTOMERS: datetime(2026, 5, 14, 9, 5, tzinfo=UTC),
        },
        expected={Group.IT: 20, Group.CUSTOMERS: 60},
        version="0.1.0",
        checksum="9f3a61c2",
    )


def make_wide_deck(size: int = 52) -> Deck:
    """A deck whose texts all have the greatest length allowed, in ordinary words."""
    words = "understanding nothing of what everybody else considers important while answering questions nobody asked "
    cards = []
    for number in range(size):
        suit = "ABCS"[number % 4]
        title = f"{number:02d} {words * 2}"[:60]
        texts = {name: f"{name} {number:02d} {words * 3}"[:140] for name in ("seen", "cost", "better", "question")}
        cards.append(Card(f"{suit}-{number:02d}", title, **texts, icon="server", suit=suit))
    return Deck("The longest words", tuple(cards), SUITS)


@pytest.fixture(scope="session")
def deck() -> Deck:
    return parse_deck_toml((CARDS / "en.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def workshop(deck: Deck) -> Workshop:
    return Workshop(make_comparison(deck), deck, make_facts())


@pytest.fixture(scope="session")
def wide_deck() -> Deck:
    return make_wide_deck()


@pytest.fixture(scope="session")
def make_workshop(deck: Deck) -> Callable[..., Workshop]:
    """Draws a workshop; `deck` and the options of make_comparison may be given."""

    def make(deck: Deck = deck, **options: int) -> Workshop:
        return Workshop(make_comparison(deck, **options), deck, make_facts())

    return make


@pytest.fixture
def changed(workshop: Workshop) -> Callable[..., Workshop]:
    """The ordinary workshop with some of its facts replaced."""
    return lambda **facts: replace(workshop, facts=replace(workshop.facts, **facts))


SEGMENTS = (
    Segment("Branches", ChainKind.INTERNAL),
    Segment("Back office", ChainKind.INTERNAL),
    Segment("Business banking", ChainKind.BUSINESS),
    Segment("Private customers", ChainKind.PAYING),
    Segment("Firms", ChainKind.PAYING),
)


def draw_two_rounds(size: int, n_it: int = 12, n_customers: int = 30) -> BallotSet:
    """Two rounds with five segments; IT predicts and also gives its own view."""
    random_state = np.random.default_rng(8)
    taste = 1.4 * random_state.gumbel(size=size)
    own = 0.3 * taste + random_state.normal(size=size)
    leaning = 0.8 * random_state.normal(size=(len(SEGMENTS), size))
    rows = []
    for number in (1, 2):
        now = taste + (number - 1) * 0.8 * random_state.normal(size=size)
        for group, kind, count, felt in (
            (0, 1, n_it, 0.5 * now + 0.4 * own),
            (0, 0, n_it, own),
            (1, 0, n_customers, now),
        ):
            for person in range(count):
                segment = person % len(SEGMENTS) if group else -1
                liked = felt + (leaning[segment] if group else 0)
                ranking = np.argsort(-(liked + 0.7 * random_state.gumbel(size=size)))[:10]
                rows.append((ranking, group, kind, number, segment, 10_000 * number + 1_000 * group + person))
    ranking, group, kind, number, segment, person = (np.array(column) for column in zip(*rows, strict=True))
    basis = np.full(ranking.shape, -1, dtype=np.int8)
    basis[(group == 0) & (kind == 1), :3] = 1
    return BallotSet(
        rankings=ranking.astype(np.int16),
        group=group.astype(np.int8),
        kind=kind.astype(np.int8),
        round=number.astype(np.int16),
        segment=segment.astype(np.int16),
        respondent=person,
        basis=basis,
        segments=SEGMENTS,
        source=np.zeros(len(ranking), dtype=np.int8),
    )


@pytest.fixture(scope="session")
def full(deck: Deck) -> Workshop:
    """A workshop with data for every part, computed from ballots."""
    facts = replace(make_facts(), round=2, moments={"calm": 18, "busy": 9}, voices={"A-01": ("It takes days.",) * 3})
    return Workshop(compare(deck, draw_two_rounds(deck.size), picks=10), deck, facts)
