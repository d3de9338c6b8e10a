"""A round of one group alone, on both databases: who takes part is exact, whatever comes at the same moment."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cardsort.domain.ballots import Ballot, Group, Kind
from cardsort.domain.errors import GroupLocked, WrongStage
from cardsort.domain.settings import QUESTIONS, Settings
from cardsort.store.ballots import StoredBallot
from cardsort.store.engine import writing
from cardsort.store.workshops import set_closing
from cardsort.usecases import voting, workshops
from cardsort.usecases.rounds import NextRound, start_next_round
from cardsort.usecases.tokens import new_ballot_id
from tests.conftest import SECRET

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
ROUNDS = 12


def start(deck, alone=None):
    settings = replace(Settings("Autumn"), question_it_own=QUESTIONS[Group.IT, Kind.OWN])
    started = workshops.start_workshop(settings, deck, secret=SECRET, today=date(2026, 5, 4), alone=alone)
    return started.workshop_id


def door(workshop_id, group):
    token = workshops.voting_access(workshop_id, secret=SECRET)[group].token
    return voting.find_voting(token, secret=SECRET)


def cast(workshop_id, group, key="my key", *, second=False):
    opened = door(workshop_id, group)
    sent = StoredBallot(new_ballot_id(), Ballot(("A-01", "B-02", "C-03")))
    return voting.cast_ballot(voting.turn_to_second(opened) if second else opened, key, sent)


def alone_in(workshop_id):
    return workshops.find_workshop(workshop_id).round.alone


@pytest.fixture
def inside(any_app):
    with any_app.app_context():
        yield any_app


@pytest.mark.usefixtures("inside")
def test_a_ballot_of_who_is_not_asked_is_not_stored_and_is_once_they_are(deck):
    of = start(deck, Group.CUSTOMERS)
    cast(of, Group.CUSTOMERS)
    with pytest.raises(GroupLocked, match="IT is not asked in this round"):
        cast(of, Group.IT)
    workshops.choose_groups(of, None)
    cast(of, Group.IT)
    assert workshops.find_workshop(of).round.ballots == 2


@pytest.mark.usefixtures("inside")
def test_a_second_ballot_alone_keeps_its_group_in_the_round(deck):
    of = start(deck)
    cast(of, Group.IT, second=True)
    with pytest.raises(WrongStage, match="There are ballots of people in IT"):
        workshops.choose_groups(of, Group.CUSTOMERS)
    assert alone_in(of) is None


@pytest.mark.usefixtures("inside")
def test_the_time_of_a_group_that_is_left_out_locks_nothing(deck):
    of = start(deck)
    with writing() as session:
        set_closing(session, of, 1, Group.IT, NOW - timedelta(minutes=5))
    workshops.choose_groups(of, Group.CUSTOMERS)
    workshops.tidy_up(now=NOW)
    assert workshops.find_workshop(of, now=NOW).round.locked == {}
    workshops.choose_groups(of, None)
    assert list(workshops.find_workshop(of, now=NOW).round.locked) == [Group.IT]


@pytest.mark.usefixtures("inside")
def test_each_round_keeps_who_took_part(deck):
    of = start(deck, Group.IT)
    cast(of, Group.IT)
    workshops.lock_group(of, Group.IT, now=NOW)
    workshops.reveal(of, now=NOW)
    start_next_round(of, NextRound(after=1), secret=SECRET)
    assert alone_in(of) is None
    workshops.choose_groups(of, Group.CUSTOMERS)
    assert alone_in(of) is Group.CUSTOMERS


@pytest.mark.usefixtures("inside")
def test_what_a_group_that_is_left_out_had_begun_is_forgotten_a_week_after_the_lock_of_the_other(deck):
    of = start(deck)
    voting.keep_draft(door(of, Group.IT), "my key", '{"step":"sort"}')
    workshops.choose_groups(of, Group.CUSTOMERS)
    cast(of, Group.CUSTOMERS)
    workshops.lock_group(of, Group.CUSTOMERS, now=NOW)
    for days, kept in ((6, '{"step":"sort"}'), (8, None)):
        workshops.tidy_up(now=NOW + timedelta(days=days))
        assert voting.load_respondent(door(of, Group.IT), "my key").draft == kept


def test_of_a_ballot_and_leaving_its_group_out_at_the_same_moment_one_is_refused(inside, deck):
    for number in range(ROUNDS):
        of, done = start(deck), []

        def attempt(name, work, done=done):
            with inside.app_context():
                try:
                    work()
                    done.append(name)
                except (GroupLocked, WrongStage):
                    pass

        jobs = (
            ("sent", lambda of=of, number=number: cast(of, Group.IT, f"key {number}")),
            ("left out", lambda of=of: workshops.choose_groups(of, Group.CUSTOMERS)),
        )
        threads = [threading.Thread(target=attempt, args=job) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == 1
        found = workshops.find_workshop(of).round
        assert (found.ballots, found.alone) == ((1, None) if done == ["sent"] else (0, Group.CUSTOMERS))
