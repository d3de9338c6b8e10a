"""Teams in IT in exact words: along the chain, beside as many customers, and never as a ranking."""

import re
from dataclasses import replace
from itertools import permutations

import pytest

from cardsort.analysis.result import Comparison, TeamHits, TeamsResult
from cardsort.domain.ballots import Group
from cardsort.story import teams
from cardsort.story.blocks import Grid, Head, Lead, Title, Tone, Voices
from cardsort.story.gaps import tell_voices
from cardsort.story.parts import TEAMS, tell
from tests.paper.conftest import make_facts
from tests.story.reading import said_by
from tests.story.shapes import SHAPES, result_of
from tests.story.test_plural import DECK

NETS = TeamHits("Networks", "infrastructure", 6, 5.0, 7.24, 6)
APPS = TeamHits("Payments", "applications", 9, 2.5, 7.5, 8)
DESK = TeamHits("Helpdesk", "service_desk", 3, 7.0, 6.0, 3)
RANKED = re.compile(
    r"best|worst|winner|\bfirst\b|\blast team|top team|better|worse|ahead|behind (the|other|another)|beats|leads|"
    r"weakest|strongest",
    re.IGNORECASE,
)


def result(*found, p=0.4, hidden=0):
    teams_of = TeamsResult(found, p, apart=p <= 0.05) if found else None
    return Comparison("", 52, 10, 10, 3, 1, 1, {}, teams=teams_of, teams_hidden=hidden)


def told(*found, **more):
    return teams.tell_teams(result(*found, **more), DECK, make_facts())


def rows(block):
    return [[" / ".join(span.text for line in cell.lines for span in line) for cell in row] for row in block.rows]


def test_each_team_stands_beside_as_many_customers_in_the_order_it_is_given():
    lead, grid, apart = told(NETS, APPS, DESK)
    assert lead == Lead(
        "How many cards of the customers’ top\xa010 are in the top\xa010 of each team’s own list. The last column is "
        "what as many customers would have named. The teams stand in the order of the chain, from infrastructure to "
        "the service desk: it is no ranking."
    )
    assert isinstance(grid, Grid)
    assert grid.heads == (
        Head("Team"),
        Head("People", number=True),
        Head("Named", Group.IT, "of the top\xa010", number=True),
        Head("As many customers", Group.CUSTOMERS, number=True),
    )
    assert rows(grid) == [
        ["Networks / Infrastructure", "6", "5", "7.2"],
        ["Payments / Applications", "9", "2.5", "7.5 (8 of them)"],
        ["Helpdesk / Service desk", "3", "7", "6"],
    ]
    assert apart == Lead(
        "Too few people to tell the teams apart: divided at random into teams of these sizes, IT would differ as "
        "much in 40 of 100 cases."
    )


def test_no_row_stands_out_whatever_its_hits():
    for order in permutations((NETS, APPS, DESK)):
        _, grid, _ = told(*order)
        assert [row[0] for row in rows(grid)] == [row[0] for team in order for row in rows(told(team, team)[1])[:1]]
        assert {cell.level for row in grid.rows for cell in row} == {None}
        assert {span.tone for row in grid.rows for span in row[2].lines[0]} == {Tone.STRONG}


def test_teams_that_differ_by_more_than_luck_are_told_so():
    assert told(NETS, DESK, p=0.05)[-1] == Lead(teams.APART)
    assert "in 6 of 100 cases" in told(NETS, DESK, p=0.055)[-1].words
    assert told(NETS, replace(DESK, hits=5.0), p=1.0)[-1] == Lead(teams.ALIKE)


def test_below_six_customers_there_is_no_column_to_measure_by():
    lead, grid, _ = told(*(replace(team, hits_of_customers=None, customers_split=None) for team in (NETS, DESK)))
    assert [head.words for head in grid.heads] == ["Team", "People", "Named"]
    assert "Fewer than 6 customers answered" in lead.words


def test_teams_of_unknown_place_have_no_order_to_speak_of():
    lead, grid, _ = told(*(replace(team, kind="") for team in (NETS, DESK)))
    assert lead.words.endswith("The order of the teams says nothing: it is no ranking.")
    assert [row[0] for row in rows(grid)] == ["Networks", "Helpdesk"]


def test_what_is_hidden_is_told_where_teams_would_stand():
    assert told() == ()
    assert told(hidden=1) == (
        Lead(
            "One team in IT is not shown: too few people are behind one (fewer than 3), or what they said could be "
            "told from the rest. They count in IT’s list."
        ),
    )
    assert told(NETS, DESK, hidden=2)[-1].words.startswith("2 teams in IT are not shown")


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_ranks_teams(shape):
    found = result_of(shape)
    part = [one for one in tell(*vars(found).values()) if one.id == TEAMS]
    said = " ".join(said_by(part)).replace("The last column", "")
    assert not RANKED.search(said.replace("it is no ranking", ""))
    if found.comparison.teams:
        places = [team.kind for team in found.comparison.teams.by_team]
        assert places == sorted(places, key=["infrastructure", "applications", "service_desk", ""].index)


def test_whom_a_team_works_for_stands_below_its_name_and_the_others_last():
    said = {"Networks": ("The branches.",) * 3, "": ("Whoever shouts.",) * 3}
    blocks = tell_voices(result(), DECK, replace(make_facts(), serves=said))
    assert [block.words for block in blocks if isinstance(block, Title)] == [
        "IT about its customers",
        "Networks",
        "Others in IT",
    ]
    assert [block.about[0].remarks for block in blocks if isinstance(block, Voices)] == [
        (("The branches.", "\xa0×3"),),
        (("Whoever shouts.", "\xa0×3"),),
    ]


def test_where_no_team_is_named_the_words_stand_together():
    blocks = tell_voices(result(), DECK, replace(make_facts(), serves={"": ("The branches.",) * 3}))
    assert [block.words for block in blocks if isinstance(block, Title)] == ["IT about its customers"]
