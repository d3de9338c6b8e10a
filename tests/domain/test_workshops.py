"""Settings that a workshop may have, and the stages that follow from what happened."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.rounds import RoundState, Stage
from cardsort.domain.settings import Segment, Settings, check_settings

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
BLANKS = ["\u3164", "\u2800", "\u115f", "\u1160", "\uffa0", "\u200b", "\u034f\ufe0f", "\u00ad\u2060"]  # nothing to see
BOTH = {Group.IT: NOON, Group.CUSTOMERS: NOON}


def test_a_lock_by_hand_keeps_its_time_when_the_closing_time_comes():
    state = RoundState(1, 0, {Group.IT: NOON}, closes=dict.fromkeys(Group, NOON.replace(hour=15)))
    assert state.at(NOON.replace(hour=16)).locked == {Group.IT: NOON, Group.CUSTOMERS: NOON.replace(hour=15)}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "  "}, "The workshop's name is empty. Type it in."),
        *[({"name": f" {blank} {blank}"}, "The workshop's name is empty. Type it in.") for blank in BLANKS],
        *[({"question_it": blank}, "The question for IT is empty. Type it in.") for blank in BLANKS],
        *[
            (
                {"organisation": blank},
                "The organisation's name has nothing that can be seen. Type it anew, or leave it empty.",
            )
            for blank in BLANKS
        ],
        *[
            (
                {"segments": (Segment("North"), Segment(blank))},
                "Each kind of customer needs a name of its own, with letters that can be seen.",
            )
            for blank in BLANKS
        ],
        ({"name": "x" * 121}, "The workshop's name has 121 characters. Shorten it to 120."),
        ({"organisation": "x" * 121}, "The organisation's name has 121 characters. Shorten it to 120."),
        ({"question_it": ""}, "The question for IT is empty. Type it in."),
        ({"question_customers": "x" * 241}, "The question for customers has 241 characters. Shorten it to 240."),
        ({"picks": 2}, "The number of cards to choose is 3 to 52."),
        ({"picks": 53}, "The number of cards to choose is 3 to 52."),
        ({"threshold": 2}, "The smallest group to show is 3 to 50 people."),
        ({"threshold": 51}, "The smallest group to show is 3 to 50 people."),
        ({"expected_it": 0}, "The expected number of people is 1 to 1,000,000, or empty."),
        (
            {"segments": (Segment("North"), Segment(" north "))},
            "Each kind of customer needs a name of its own, with letters that can be seen.",
        ),
        (
            {"segments": (Segment("North"),)},
            "One kind of customer alone divides nothing. Name a second one, or leave all of them empty.",
        ),
        (
            {"segments": (Segment("x" * 121), Segment("y"))},
            "The name of a kind of customer has 121 characters. Shorten it to 120.",
        ),
    ],
)
def test_settings_that_no_workshop_can_have_are_named(change, sentence):
    with pytest.raises(InvalidInput) as refused:
        check_settings(replace(Settings("Autumn"), **change), 52)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("picks", [3, 10, 52])
def test_good_settings_pass(picks):
    check_settings(Settings("Autumn", picks=picks, segments=(Segment("North"), Segment("South"))), 52)


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (RoundState(1, 0, {}), Stage.PREPARING),
        (RoundState(1, 1, {}), Stage.COLLECTING),
        (RoundState(1, 0, {Group.IT: NOON}), Stage.COLLECTING),
        (RoundState(1, 9, BOTH), Stage.LOCKED),
        (RoundState(1, 9, BOTH, NOON), Stage.REVEALED),
        (RoundState(1, 9, BOTH, NOON, agenda=True), Stage.ACTING),
    ],
)
def test_the_stage_follows_from_the_facts(state, stage):
    assert state.stage is stage


def test_a_reveal_needs_both_locks_and_ends_reopening():
    with pytest.raises(WrongStage):
        RoundState(1, 9, {Group.IT: NOON}).check_reveal()
    RoundState(1, 9, BOTH).check_reveal()
    RoundState(1, 9, BOTH).check_reopen()
    with pytest.raises(WrongStage):
        RoundState(1, 9, BOTH, NOON).check_reopen()
    with pytest.raises(WrongStage):
        RoundState(1, 9, BOTH).check_revealed()
    RoundState(1, 9, BOTH, NOON).check_revealed()


@pytest.mark.parametrize(
    ("present", "seen", "to", "shown"),
    [
        (4, 4, 5, 5),
        (4, 4, 3, 3),
        (4, 4, 0, 0),
        (4, 4, 9, 9),
        (5, 4, 3, 5),  # back was pressed at once after on: the first press counts
        (6, 4, 5, 6),  # on was pressed before it was seen that others are further: nothing goes back
        (4, 5, 6, 4),  # another device went back meanwhile
        (12, 9, 8, 8),  # a raised threshold left ten slides, so the last of them was seen
        (12, 12, 8, 9),
    ],
)
def test_a_slide_is_turned_only_by_whoever_saw_the_present_one(present, seen, to, shown):
    state = RoundState(1, 9, BOTH, NOON, reveal_step=present)
    assert state.step_after(seen=seen, to=to, last=9) == shown


def test_a_double_click_turns_one_slide_and_skips_none():
    state = RoundState(1, 9, BOTH, NOON, reveal_step=4)
    for _click in range(2):
        state = replace(state, reveal_step=state.step_after(seen=4, to=5, last=9))
    assert state.reveal_step == 5


@pytest.mark.parametrize(("present", "shown"), [(0, False), (7, False), (8, True), (30, True)])
def test_participants_are_shown_the_lists_once_the_projector_has_turned_them_over(present, shown):
    state = RoundState(1, 9, BOTH, NOON, reveal_step=present)
    if shown:
        state.check_turned(8)
    else:
        with pytest.raises(WrongStage, match="has been turned over yet"):
            state.check_turned(8)
    with pytest.raises(WrongStage, match="before the reveal"):
        RoundState(1, 9, BOTH, reveal_step=present).check_turned(8)


@pytest.mark.parametrize("to", [-1, 10])
def test_there_is_no_slide_before_the_first_or_after_the_last(to):
    with pytest.raises(InvalidInput) as refused:
        RoundState(1, 9, BOTH, NOON).step_after(seen=0, to=to, last=9)
    assert str(refused.value) == f"There is no slide {to + 1}: they go from 1 to 10. Use the page’s buttons."


def test_no_slide_is_turned_before_the_reveal():
    with pytest.raises(WrongStage):
        RoundState(1, 9, BOTH).step_after(seen=0, to=1, last=9)


@pytest.mark.parametrize(
    ("alone", "groups", "wanted"),
    [
        (None, (Group.IT, Group.CUSTOMERS), "both IT’s prediction and the customers’ ballots"),
        (Group.IT, (Group.IT,), "IT’s prediction"),
        (Group.CUSTOMERS, (Group.CUSTOMERS,), "the customers’ ballots"),
    ],
)
def test_a_reveal_needs_the_locks_of_the_groups_that_take_part(alone, groups, wanted):
    state = RoundState(1, 9, {}, alone=alone)
    assert state.groups == groups
    with pytest.raises(WrongStage) as refused:
        state.check_reveal()
    assert str(refused.value) == f"Nothing can be revealed yet. Lock {wanted} first."
    replace(state, locked=dict.fromkeys(groups, NOON)).check_reveal()


def test_a_round_of_one_group_is_locked_with_it_and_the_other_makes_no_stage():
    alone = RoundState(1, 0, {}, alone=Group.CUSTOMERS)
    assert replace(alone, locked={Group.IT: NOON}).stage is Stage.PREPARING
    assert replace(alone, locked={Group.CUSTOMERS: NOON}).stage is Stage.LOCKED
    assert (alone.takes(Group.CUSTOMERS), alone.takes(Group.IT)) == (True, False)
    assert replace(alone, closes={Group.IT: NOON}).at(NOON).locked == {}


def test_nobody_who_has_voted_is_left_out():
    state = RoundState(1, 3, {})
    state.check_alone(None, {Group.IT, Group.CUSTOMERS})
    state.check_alone(Group.IT, {Group.IT})
    for alone, whose in ((Group.IT, "customers"), (Group.CUSTOMERS, "people in IT")):
        with pytest.raises(WrongStage) as refused:
            state.check_alone(alone, {Group.IT, Group.CUSTOMERS})
        assert str(refused.value).startswith(f"There are ballots of {whose} in this round, so they take part")


def test_after_the_reveal_who_took_part_stays_as_it_is():
    with pytest.raises(WrongStage, match="stays as it is who took part"):
        RoundState(1, 3, BOTH, NOON).check_alone(None, ())
