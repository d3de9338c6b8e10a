"""One rule each for what is told of few people and of ties, whoever tells it."""

import pytest

from cardsort.story import mirror, parts
from cardsort.story.balance import balances
from tests.story.shapes import SHAPES, result_of


@pytest.mark.parametrize("shape", SHAPES)
def test_the_balance_is_told_from_five_people_on_and_of_each_list_that_is_shown(shape):
    result = result_of(shape).comparison
    shown = [found.n for found in (result.actual, result.predicted) if found]
    told = shape != "four cards" and bool(shown) and min(shown) >= 5 and not shape.startswith("120 cards")
    assert len(balances(result)) == told * len(shown)
    assert (parts.BALANCE in {part.id for part in parts.tell(*vars(result_of(shape)).values())}) == told


@pytest.mark.parametrize("shape", SHAPES)
def test_likenesses_are_told_from_five_people_on_in_each_list(shape):
    result = result_of(shape).comparison
    needed = [result.lists.get(name) for name in ("it_prediction", "customers_own", "it_own")]
    assert bool(mirror.likenesses(result)) == all(found and (found.n or 0) >= 5 for found in needed)
