"""Everybody in IT took part: IT's list is exact, and intervals tell the customers' uncertainty alone."""

from dataclasses import replace

import numpy as np
import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import to_json
from cardsort.domain.cards import Card, Deck
from cardsort.files.ballotfile import read_ballots

DECK = Deck("Twelve", tuple(Card(f"C{n:02}", f"Title {n}") for n in range(1, 13)))


@pytest.fixture(scope="module")
def ballots():
    random = np.random.default_rng(5)
    lines = ["group,ranking"]
    for group, n in (("it", 9), ("customers", 40)):
        for _ in range(n):
            order = np.argsort(-(random.gumbel(size=12) - 0.25 * np.arange(12)))[:5]
            lines.append(f"{group},{' '.join(DECK.codes[card] for card in order)}")
    return read_ballots("\n".join(lines), DECK)


def test_it_has_no_intervals_and_customers_keep_theirs(ballots):
    sample, census = compare(DECK, ballots), compare(DECK, ballots, census=True)
    for card in census.lists["it_prediction"].cards.values():
        assert (card.mean_rank_interval, card.top_share_interval, card.position_uncertainty) == (None, None, None)
    assert census.lists["customers_own"] == sample.lists["customers_own"]
    assert [card.position for card in census.lists["it_prediction"].cards.values()] == [
        card.position for card in sample.lists["it_prediction"].cards.values()
    ]


def test_what_is_computed_without_chance_stays_and_ranges_grow_narrower(ballots):
    sample, census = compare(DECK, ballots).prediction, compare(DECK, ballots, census=True).prediction
    assert replace(census, hits_interval=None, worth_interval=None, cards={}) == replace(
        sample, hits_interval=None, worth_interval=None, cards={}
    )
    for name in ("gap_interval", "share_difference_interval"):
        ends = [[getattr(card, name) for card in found.cards.values()] for found in (sample, census)]
        assert sum(high - low for low, high in ends[1]) < sum(high - low for low, high in ends[0]), name


def test_every_value_left_out_says_that_everybody_took_part(ballots):
    found = compare(DECK, ballots, census=True)
    document = to_json(found)
    for name in ("mean_rank_interval", "top_share_interval", "position_uncertainty"):
        assert document["lists"]["it_prediction"]["cards"]["C01"][name] is None
        assert "Everybody in IT took part" in found.reasons[f"/lists/it_prediction/cards/C01/{name}"]


def test_of_few_people_who_are_everybody_no_place_is_called_too_uncertain():
    few = read_ballots("\n".join(["group,ranking", *["it,C01 C02 C03", "customers,C02 C01 C03"] * 5]), DECK)
    found = compare(DECK, few, census=True)
    for name in ("mean_rank_interval", "position_uncertainty"):
        assert "Everybody in IT took part" in found.reasons[f"/lists/it_prediction/cards/C01/{name}"]
    assert "With fewer than 8 ballots" in found.reasons["/lists/customers_own/cards/C01/position_uncertainty"]
