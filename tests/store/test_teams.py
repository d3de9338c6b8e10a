"""Teams in IT on SQLite and on PostgreSQL: kept beside the kinds of customers, and counted apart from them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import insert, select

from cardsort.domain.ballots import Ballot, Group, Kind
from cardsort.domain.errors import InvalidBallot, WrongStage
from cardsort.domain.settings import ChainKind, Segment, Settings
from cardsort.domain.sources import Sources
from cardsort.store.ballots import StoredBallot
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import WriteConflict, reading, writing, writing_on
from cardsort.store.migrations import configuration, migrate
from cardsort.store.models import BallotRow, SegmentRow, db
from cardsort.usecases import voting, workshops
from cardsort.usecases.editing import edit_workshop
from cardsort.usecases.kinds import merge_kinds, part_kinds
from cardsort.usecases.tokens import new_ballot_id, new_key
from tests.conftest import SECRET
from tests.store.partitioned import UNDIVIDED

TOP = ("A-01", "B-02", "C-03")
KINDS = (Segment("Branches", ChainKind.INTERNAL, 12), Segment("Networks", ChainKind.PAYING))
TEAMS = (
    Segment("Networks", ChainKind.INFRASTRUCTURE, 4),
    Segment("Helpdesk", ChainKind.SERVICE_DESK),
    Segment("Payments", None, 2),
)
SETTINGS = Settings("Autumn", question_it_own="And you?", segments=KINDS, teams=TEAMS)


@pytest.fixture
def started(any_app, deck):
    with any_app.app_context():
        yield workshops.start_workshop(SETTINGS, deck, secret=SECRET, today=date(2026, 5, 4))


def door(started, group):
    access = workshops.voting_access(started.workshop_id, secret=SECRET)[group]
    return voting.find_voting(access.token, secret=SECRET)


def cast(opened, segment=None, key=None):
    sent = StoredBallot(new_ballot_id(), Ballot(TOP))
    return voting.cast_ballot(opened, key or new_key(), sent, segment=segment)


def test_teams_and_kinds_are_kept_apart_though_one_of_each_has_the_same_name(started):
    found = workshops.find_workshop(started.workshop_id).settings
    assert (found.segments, found.teams) == (KINDS, TEAMS)
    later = replace(SETTINGS, teams=TEAMS[:2])
    edit_workshop(started.workshop_id, later, secret=SECRET)
    assert workshops.find_workshop(started.workshop_id).settings == later


def test_it_has_one_link_that_leaves_the_choice_of_team(started):
    assert sorted(workshops.segment_access(started.workshop_id, secret=SECRET)) == [1, 2]
    opened = door(started, Group.IT)
    assert (opened.segments, opened.kind_of_customer) == (TEAMS, "")
    assert voting.turn_to_second(opened).segments == ()


def test_each_group_counts_its_own(started):
    for segment in (1, 1, 3):
        assert cast(door(started, Group.IT), segment).segment == segment
    cast(door(started, Group.CUSTOMERS), 1)
    assert workshops.find_workshop(started.workshop_id).segment_sources == {
        Group.IT: (Sources(sent=2), Sources(), Sources(sent=1)),
        Group.CUSTOMERS: (Sources(sent=1), Sources()),
    }
    with pytest.raises(InvalidBallot, match="Say first which team is yours"):
        cast(door(started, Group.IT))


def test_the_analysis_reads_teams_and_kinds_of_their_own_group(started, deck):
    for group, segment in ((Group.IT, 2), (Group.CUSTOMERS, 2), (Group.IT, 3)):
        cast(door(started, group), segment)
    merge_kinds(started.workshop_id, Group.IT, 3, 1)
    with reading() as session:
        found = workshops.find_workshop(started.workshop_id).settings
        read = read_ballots(session, started.workshop_id, deck.size, found)
    assert [kind.name for kind in read.segments] == ["Branches", "Networks"]
    assert [team.name for team in read.teams] == ["Networks and Payments", "Helpdesk"]
    assert sorted(zip(read.group.tolist(), read.segment.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 1)]


def test_a_second_order_says_no_team_again(started):
    key, opened = new_key(), door(started, Group.IT)
    cast(opened, 2, key)
    cast(voting.turn_to_second(opened), key=key)
    with reading() as session:
        query = select(BallotRow.kind, BallotRow.segment).where(BallotRow.workshop_id == started.workshop_id)
        assert {tuple(row) for row in session.execute(query)} == {(Kind.PREDICTION, 2), (Kind.OWN, None)}


def test_teams_told_together_leave_kinds_alone_until_the_reveal_and_stay_then(started):
    merge_kinds(started.workshop_id, Group.IT, 3, 1)
    found = workshops.find_workshop(started.workshop_id).settings
    assert (found.segments, [team.counts_with for team in found.teams]) == (KINDS, [None, None, 1])
    part_kinds(started.workshop_id, Group.IT, 1)
    assert workshops.find_workshop(started.workshop_id).settings.teams == TEAMS
    now = datetime(2026, 5, 5, tzinfo=UTC)
    for group in Group:
        workshops.lock_group(started.workshop_id, group, now=now)
    workshops.reveal(started.workshop_id, now=now)
    with pytest.raises(WrongStage):
        merge_kinds(started.workshop_id, Group.IT, 3, 1)


@pytest.mark.parametrize(
    ("group", "kind"), [("it", "paying"), ("customers", "service_desk"), ("others", None), ("it", "clouds")]
)
def test_the_database_itself_refuses_a_place_of_the_other_group(started, group, kind):
    row = {"workshop_id": started.workshop_id, "group": group, "number": 9, "name": "Nine", "kind": kind}
    with pytest.raises(WriteConflict), writing() as session:
        session.execute(insert(SegmentRow).values(row))


@UNDIVIDED
@pytest.mark.rebuilds_tables
def test_kinds_from_before_there_were_teams_are_kept_up_and_down(started):
    cast(door(started, Group.CUSTOMERS), 2)
    cast(door(started, Group.IT), 2)
    with writing_on(db.engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "0015")
    migrate(db.engine)
    found = workshops.find_workshop(started.workshop_id)
    assert (found.settings.segments, found.settings.teams) == (KINDS, ())
    assert found.segment_sources == {Group.IT: (), Group.CUSTOMERS: (Sources(), Sources(sent=1))}
    assert cast(door(started, Group.IT)).segment is None
    assert workshops.segment_access(started.workshop_id, secret=SECRET).keys() == {1, 2}
