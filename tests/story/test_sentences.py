"""No sentence contradicts its number, another sentence, or plain sense: hundreds of results are told and read."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.missing import hidden_kinds
from cardsort.analysis.result import Label, Zone
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.domain.settings import ChainKind, Segment
from cardsort.story import words
from cardsort.story.parts import tell
from cardsort.story.slides import tell_reveal
from tests.paper.conftest import Workshop, draw_ballot_set, make_facts
from tests.story.reading import said_by, texts_in
from tests.story.shapes import SHAPES, result_of

NEVER = (
    r"[Ss]urely",
    r"\b0\.\d+ (of|card)",
    r"no more than chance",
    r"quiet, clear",
    r"possible gap|, possible",
    r"tied over an edge",
    r"[Ll]argest surprise",
    r"\(range \d+(–\d+)?\)",
    r"In brackets|further down than up",
    r"starter, ",
    r"first 20 places",
    r"each keeps",
    r"places? (higher|lower) than IT thought",
    r"about 0\b",
    r"\bnan\b|None\b(?!:)",
)
KINDS = tuple(
    Segment(name, kind) for name, kind in (("North", ChainKind.INTERNAL), ("South", ChainKind.PAYING), ("West", None))
)

TEAMS = tuple(
    Segment(name, kind)
    for name, kind in (("Desk", ChainKind.SERVICE_DESK), ("Clouds", None), ("Nets", ChainKind.INFRASTRUCTURE))
)


def told(found):
    """Every line of the report and of the reveal."""
    parts = tell(found.comparison, found.deck, found.facts)
    yield from said_by(parts)
    for slide in tell_reveal(found.comparison, found.deck, found.facts):
        yield from texts_in(slide)


def drawn(seed, alone=None):
    """A small workshop that nobody would think of, of both groups or one alone, computed from its ballots."""
    state = np.random.default_rng(seed)
    size, n_it, n_customers = (int(state.integers(*ends)) for ends in ((4, 21), (1, 13), (1, 25)))
    n_it, n_customers = n_it * (alone is not Group.CUSTOMERS), n_customers * (alone is not Group.IT)
    picks = int(state.integers(1, min(size, 10) + 1))
    ballots = draw_ballot_set(
        size, n_it, n_customers, picks=picks, kinds=0, rounds=1, own=bool(seed % 2), knows=float(state.random())
    )
    ranking = np.argsort(state.random((len(ballots.rankings), size)), axis=1)[:, :picks]
    if seed % 3:
        ranking = np.where(state.random((len(ranking), 1)) < 0.5, ballots.rankings, ranking)
    basis = state.integers(-1, 2, size=ranking.shape).astype(np.int8)
    basis[(ballots.group == 1) | (ballots.kind == 0)] = -1
    segment = state.integers(-1, 3, size=len(ranking)).astype(np.int16)
    divided = {"segment": segment, "segments": KINDS, "teams": TEAMS}
    ballots = replace(ballots, rankings=ranking.astype(np.int16), basis=basis, **divided)
    deck = Deck(
        "Few", tuple(Card(f"K{number}", f"Card number {number}", question="And now?") for number in range(size))
    )
    result = compare(deck, ballots, picks=picks, seed=seed, alone=alone)
    return Workshop(result, deck, replace(make_facts(), expected={}))


def variants(found):
    """The result as it is, and as it might be with other numbers."""
    yield found
    prediction = found.comparison.prediction
    if prediction is None:
        return
    for p, hits, worth in ((0.051, 0.5, 0.4), (0.0004, 0.02, 2.5), (0.35, found.comparison.top - 0.1, 900.0)):
        changed = replace(prediction, overall_p=p, hits=hits, worth_in_customers=worth)
        yield replace(found, comparison=replace(found.comparison, prediction=changed))


def assert_nothing_contradicts(found):
    comparison, text = found.comparison, list(told(found))
    whole = "\n".join(text)
    for pattern in NEVER:
        assert not re.search(pattern, whole), (pattern, re.search(f".*({pattern}).*", whole))
    for block in re.findall(r"\d+–(\d+)(?=”)", whole):
        assert int(block) <= comparison.deck_size
    people = [one.n for one in (comparison.actual, comparison.predicted) if one]
    if people and min(people) < 5:
        shares = [one for one in text if re.search(r"\d\xa0%", one) and not one.startswith("All lists count everybody")]
        assert shares == []
    for code, card in (comparison.prediction.cards if comparison.prediction else {}).items():
        said = words.card_in_words(comparison, code)
        assert card.gap or not re.search(r"clear|chance|test", said, re.IGNORECASE)
        assert (card.label is Label.CLEAR) == said.endswith("A clear gap.")
        assert not (card.zone is Zone.QUIET and card.label is Label.CLEAR) or "just outside" in words.zone(card)
    assert hidden_kinds(comparison) in whole
    assert comparison.reasons.get("/chain", "") == hidden_kinds(comparison)
    if comparison.prediction and comparison.prediction.customers_split and comparison.top > 1:
        assert "of the customers would have named" in whole


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_that_is_told_of_a_shape_contradicts_itself(shape):
    for found in variants(result_of(shape)):
        assert_nothing_contradicts(replace(found, facts=replace(found.facts, times={})))


@pytest.mark.parametrize("alone", Group)
def test_nothing_that_is_told_of_one_group_alone_contradicts_itself(alone):
    for seed in range(40):
        found = drawn(seed, alone)
        assert_nothing_contradicts(found)
        said = "\n".join(told(found))
        assert not re.search(r"\bboth\b|the two lists|the smaller group|guessing", said, re.IGNORECASE)
        assert not re.search(r"expected it" if alone is Group.CUSTOMERS else r"chose it", said)


@pytest.mark.parametrize("start", range(0, 80, 10))
def test_nothing_that_is_told_of_drawn_results_contradicts_itself(start):
    for seed in range(start, start + 10):
        for found in variants(drawn(seed)):
            assert_nothing_contradicts(found)
