"""What of a workshop may still be changed, and until when."""

from dataclasses import replace

import pytest

from cardsort.domain.editing import check_change
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.settings import Appeal, ChainKind, Segment, Settings

KINDS = (Segment("Branches", ChainKind.INTERNAL, 12), Segment("Citizens"))
BEFORE = Settings("Autumn", picks=10, threshold=5, segments=KINDS)
ASKED = [
    {"question_it": "What will they say?"},
    {"question_customers": "What hurts?"},
    {"question_it_own": "What would you choose?"},
    {"question_customers_prediction": "What will IT choose?"},
    {"picks": 3},
    {"segments": ()},
    {"segments": (Segment("Shops", ChainKind.INTERNAL, 12), KINDS[1])},
    {"segments": (replace(KINDS[0], kind=ChainKind.PAYING), KINDS[1])},
]
REST = [
    {"name": "Winter"},
    {"organisation": "Harbour"},
    {"expected_it": 7},
    {"expected_customers": None, "census": True},
    {"appeal": Appeal(asked_by="Maria")},
    {"segments": (replace(KINDS[0], expected=20), KINDS[1])},
]


@pytest.mark.parametrize("change", [*ASKED, *REST, {"threshold": 3}, {"threshold": 9}])
def test_before_the_first_ballot_everything_can_be_changed(change):
    check_change(BEFORE, replace(BEFORE, **change), voted=False, revealed=False)


@pytest.mark.parametrize("change", ASKED)
def test_what_is_asked_stays_from_the_first_ballot_on(change):
    with pytest.raises(WrongStage, match="Since the first ballot the questions"):
        check_change(BEFORE, replace(BEFORE, **change), voted=True, revealed=False)


@pytest.mark.parametrize("change", REST)
def test_the_rest_can_be_changed_until_the_reveal(change):
    after = replace(BEFORE, **change)
    check_change(BEFORE, after, voted=True, revealed=False)
    with pytest.raises(WrongStage, match="The result is revealed"):
        check_change(BEFORE, after, voted=True, revealed=True)


@pytest.mark.parametrize(("voted", "revealed"), [(True, False), (True, True), (False, True)])
def test_the_smallest_group_to_show_can_be_raised_and_not_lowered(voted, revealed):
    check_change(BEFORE, replace(BEFORE, threshold=6), voted=voted, revealed=revealed)
    with pytest.raises(InvalidInput, match="nothing is shown of fewer than 5"):
        check_change(BEFORE, replace(BEFORE, threshold=4), voted=voted, revealed=revealed)
