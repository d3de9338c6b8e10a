"""Teams in IT beside kinds of customers: each group has places in the chain, and is told together, of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cardsort.domain.ballots import Group
from cardsort.domain.editing import asked, check_change
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.kinds import tell_apart, tell_together, told_kinds
from cardsort.domain.rounds import RoundState
from cardsort.domain.settings import CHAIN, ChainKind, Segment, Settings, check_settings
from cardsort.domain.workshops import Workshop
from tests.analysis.decks import make_deck

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
KINDS = (Segment("Branches"), Segment("Citizens", ChainKind.PAYING))
TEAMS = (
    Segment("Networks", ChainKind.INFRASTRUCTURE, 4),
    Segment("Payments", ChainKind.APPLICATIONS, 3),
    Segment("Helpdesk", ChainKind.SERVICE_DESK),
)
SETTINGS = Settings("Autumn", segments=KINDS, teams=TEAMS)


def workshop(**more):
    return Workshop("", SETTINGS, make_deck(12), date(2026, 5, 4), date(2028, 5, 4), RoundState(1, 0, {}), **more)


def test_the_chain_runs_from_infrastructure_to_those_who_pay():
    assert (*CHAIN[Group.IT], *CHAIN[Group.CUSTOMERS]) == tuple(ChainKind)
    assert [kind.label for kind in CHAIN[Group.IT]] == ["Infrastructure", "Applications", "Service desk"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"teams": TEAMS[:1]}, "One team in IT alone divides nothing. Name a second one, or leave all of them empty."),
        ({"teams": (TEAMS[0], Segment(" networks "))}, "Each team in IT needs a name of its own"),
        ({"teams": (TEAMS[0], Segment("x", expected=0))}, "The expected number of people is 1 to 1,000,000, or empty."),
        (
            {"teams": (TEAMS[0], Segment("x", ChainKind.PAYING))},
            "The place of a team in IT in the chain is none of those",
        ),
        (
            {"segments": (KINDS[0], Segment("x", ChainKind.SERVICE_DESK))},
            "The place of a kind of customer in the chain",
        ),
    ],
)
def test_teams_that_cannot_be_are_refused(change, sentence):
    with pytest.raises(InvalidInput, match=sentence.replace(".", r"\.")):
        check_settings(replace(SETTINGS, **change), 52)


def test_a_team_may_be_called_as_a_kind_of_customer_is():
    check_settings(replace(SETTINGS, teams=(Segment("Branches"), Segment("Citizens"))), 52)


def test_teams_are_part_of_what_is_asked_and_stay_from_the_first_ballot_on():
    renamed = replace(SETTINGS, teams=(Segment("Clouds", ChainKind.INFRASTRUCTURE), *TEAMS[1:]))
    assert asked(renamed) != asked(SETTINGS)
    with pytest.raises(
        WrongStage, match="the kinds of customers and the teams stay as they are, so nothing was changed"
    ):
        check_change(SETTINGS, renamed, voted=True, revealed=False)
    more = replace(SETTINGS, teams=(replace(TEAMS[0], expected=9), *TEAMS[1:]))
    check_change(SETTINGS, more, voted=True, revealed=False)
    moved = replace(SETTINGS, segments=TEAMS, teams=KINDS)
    assert asked(moved) != asked(SETTINGS)


def test_teams_told_together_are_one_whose_place_is_told_where_they_share_it():
    together = tell_together(workshop(), Group.IT, 2, 1)
    assert [told.kind for told in told_kinds(together)] == [Segment("Networks and Payments", None, 7), TEAMS[2]]
    assert workshop().settings.segments == KINDS
    found = replace(SETTINGS, teams=together)
    assert tell_apart(replace(workshop(), settings=found), Group.IT, 1) == TEAMS
    assert tell_apart(replace(workshop(), settings=found), Group.CUSTOMERS, 1) == KINDS


def test_what_is_told_with_a_team_moves_along_with_it():
    four = (*TEAMS, Segment("Data", ChainKind.APPLICATIONS))
    pair = replace(workshop(), settings=replace(SETTINGS, teams=four))
    pair = replace(pair, settings=replace(SETTINGS, teams=tell_together(pair, Group.IT, 2, 1)))
    three = tell_together(pair, Group.IT, 1, 3)
    assert [told.numbers for told in told_kinds(three)] == [(3, 1, 2), (4,)]
    assert [team.counts_with for team in three] == [3, 3, None, None]


def test_what_cannot_be_told_together_is_said_in_the_words_of_the_group():
    for group, sentence in (
        (Group.IT, "Choose two different teams in IT of this page."),
        (Group.CUSTOMERS, "Choose two different kinds of customers of this page."),
    ):
        with pytest.raises(InvalidInput, match=sentence):
            tell_together(workshop(), group, 1, 1)
    with pytest.raises(InvalidInput, match="Together all customers would be one kind"):
        tell_together(workshop(), Group.CUSTOMERS, 1, 2)
    with pytest.raises(WrongStage, match="A result tells of these teams in IT already"):
        tell_together(workshop(revealed={1: NOON}), Group.IT, 1, 2)


def test_with_one_time_codes_the_numbers_of_teams_are_shown_and_those_of_kinds_are_not():
    coded = RoundState(1, 0, {}, codes=True)
    assert [coded.counts_segments(group) for group in Group] == [True, False]
    assert replace(coded, locked={Group.CUSTOMERS: NOON}).counts_segments(Group.CUSTOMERS)
