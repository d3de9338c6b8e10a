"""A workshop to print: the shipped deck, and a plausible result built by a small seeded draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.compare import compare
from cardsort.analysis.result import (
    Comparison,
)
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck, Suit
from cardsort.domain.settings import ChainKind, Segment, Settings
from cardsort.files.deckfile import parse_deck_toml
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


def make_comparison(deck: Deck, *, n_it: int = 18, n_customers: int = 42, picks: int = 10) -> Comparison:
    """The result of an ordinary workshop in which IT knows little."""
    ballots = draw_ballot_set(deck.size, n_it, n_customers, picks=picks, kinds=0, rounds=1, own=False, knows=0.1)
    return compare(deck, ballots, picks=picks)


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
    """Draws a workshop, each once; `deck` and the options of make_comparison may be given."""

    @cache
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

TEAMS = (  # not in the order of the chain
    Segment("Service desk", ChainKind.SERVICE_DESK),
    Segment("Networks", ChainKind.INFRASTRUCTURE),
    Segment("Payments", ChainKind.APPLICATIONS),
)


def draw_ballot_set(
    size: int,
    n_it: int = 12,
    n_customers: int = 30,
    *,
    picks: int = 10,
    kinds: int = 5,
    teams: int = 0,
    rounds: int = 2,
    own=True,
    guess=False,
    tied=False,
    knows=0.5,
) -> BallotSet:
    """IT predicts, and may give its `own` view; customers choose, and may `guess` IT's. `tied`: all in IT rank the same
    three cards.
    """
    state = np.random.default_rng(8)
    taste = 1.4 * state.gumbel(size=size)
    ours = 0.3 * taste + state.normal(size=size)
    leaning = 0.8 * state.normal(size=(max(1, kinds), size))
    rows = []
    for number in range(1, rounds + 1):
        now = taste + (number - 1) * 0.8 * state.normal(size=size)
        asked = [(0, 1, n_it, knows * now + 0.4 * ours)]
        asked += [(0, 0, n_it, ours)] if own else []
        asked += [(1, 0, n_customers, now)]
        asked += [(1, 1, n_customers, 0.3 * ours + 0.7 * now)] if guess else []
        for group, kind, count, felt in asked:
            for person in range(count):
                among = kinds if group else teams
                segment = person % among if among else -1
                liked = felt + (leaning[segment] if group and kinds else 0)
                ranking = np.argsort(-(liked + 0.7 * state.gumbel(size=size)))[:picks]
                if tied and not group:
                    ranking = np.array([0, 1, 2, *[-1] * (picks - 3)])
                rows.append((*ranking, group, kind, number, segment, 10_000 * number + 1_000 * group + person))
    table = np.array(rows, dtype=np.int64).reshape(-1, picks + 5)
    ranking, (group, kind, number, segment, person) = table[:, :picks], table[:, picks:].T
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
        segments=SEGMENTS[:kinds],
        teams=TEAMS[:teams],
        source=np.zeros(len(ranking), dtype=np.int8),
    )


@pytest.fixture(scope="session")
def full(deck: Deck) -> Workshop:
    """A workshop with data for every part, computed from ballots."""
    facts = replace(make_facts(), round=2, moments={"calm": 18, "busy": 9}, voices={"A-01": ("It takes days.",) * 3})
    return Workshop(compare(deck, draw_ballot_set(deck.size, teams=3), picks=10), deck, facts)
