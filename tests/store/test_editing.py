"""Changing a workshop on SQLite and on PostgreSQL: exact beside ballots that arrive at the same moment."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from alembic import command

from cardsort.domain.ballots import Ballot, Group
from cardsort.domain.errors import InvalidBallot, InvalidInput, NotFound, WrongStage
from cardsort.domain.settings import Appeal, ChainKind, Segment, Settings
from cardsort.domain.sources import Sources
from cardsort.store.ballots import StoredBallot
from cardsort.store.engine import writing_on
from cardsort.store.links import Purpose
from cardsort.store.migrations import configuration, migrate
from cardsort.store.models import db
from cardsort.usecases import voting, workshops
from cardsort.usecases.editing import edit_workshop, has_voted
from cardsort.usecases.tokens import new_ballot_id, new_key
from tests.conftest import SECRET
from tests.store.partitioned import UNDIVIDED

KINDS = (Segment("Branches", ChainKind.INTERNAL, 12), Segment("Citizens", ChainKind.PAYING))
SETTINGS = Settings("Autumn", segments=KINDS, appeal=Appeal("Maria", "A message within the hour", "In May", "It hurt"))
TEN = ("A-01", "B-02", "C-03", "S-04", "A-05", "A-06", "A-07", "A-08", "A-09", "A-10")


@pytest.fixture
def workshop_id(any_app, deck):
    with any_app.app_context():
        yield workshops.start_workshop(SETTINGS, deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id


def settings_of(workshop_id):
    return workshops.find_workshop(workshop_id).settings


def edit(workshop_id, **changes):
    edit_workshop(workshop_id, replace(settings_of(workshop_id), **changes), secret=SECRET)


def door(workshop_id, kind=0):
    access = workshops.segment_access(workshop_id, secret=SECRET)
    chosen = access[kind] if kind else workshops.voting_access(workshop_id, secret=SECRET)[Group.CUSTOMERS]
    return voting.find_voting(chosen.token, secret=SECRET)


def cast(found, *, segment=None, ranking=TEN[:3], edition=None):
    sent = StoredBallot(new_ballot_id(), Ballot(ranking))
    return voting.cast_ballot(found, new_key(), sent, segment=segment, edition=edition)


def test_the_settings_come_back_as_they_were_given_and_as_they_were_changed(workshop_id):
    assert settings_of(workshop_id) == SETTINGS
    after = Settings(
        "Winter", "Harbour", "What?", "Which?", "Own?", "", 5, 4, 7, 70, (KINDS[1], Segment("Shops", None, 3))
    )
    edit_workshop(workshop_id, after, secret=SECRET)
    assert settings_of(workshop_id) == after


def test_a_refused_change_leaves_everything_as_it_was(workshop_id):
    cast(door(workshop_id, 1))
    assert has_voted(workshop_id)
    for changes, refusal in (({"name": "Winter", "picks": 5}, WrongStage), ({"name": " "}, InvalidInput)):
        with pytest.raises(refusal):
            edit(workshop_id, **changes)
    assert settings_of(workshop_id) == SETTINGS


def test_a_ballot_filled_in_before_the_question_was_changed_is_not_taken(workshop_id):
    opened = door(workshop_id)
    edit(workshop_id, question_customers="What hurts?")
    with pytest.raises(InvalidBallot, match="What is asked was changed after this page was opened"):
        cast(opened, segment=2)
    with pytest.raises(InvalidBallot, match="Reload the page"):
        cast(door(workshop_id), segment=2, edition=0)
    assert not has_voted(workshop_id)
    cast(door(workshop_id), segment=2, edition=1)
    assert has_voted(workshop_id)


def test_changing_what_is_not_asked_keeps_the_open_pages_good(workshop_id):
    opened = door(workshop_id)
    edit(workshop_id, name="Winter", threshold=4, segments=(replace(KINDS[0], expected=99), KINDS[1]))
    assert cast(opened, segment=1, edition=0).new


@pytest.mark.parametrize("_turn", range(4))
def test_either_the_first_ballot_or_the_change_of_the_picks_comes_first_never_half_of_both(any_app, workshop_id, _turn):
    opened, told = door(workshop_id), {}
    start = threading.Barrier(2)

    def send():
        with any_app.app_context():
            start.wait()
            try:
                cast(opened, segment=1, ranking=TEN)
                told["ballot"] = True
            except InvalidBallot:
                told["ballot"] = False

    def change():
        with any_app.app_context():
            start.wait()
            try:
                edit_workshop(workshop_id, replace(SETTINGS, picks=3), secret=SECRET)
                told["change"] = True
            except WrongStage:
                told["change"] = False

    threads = [threading.Thread(target=work) for work in (send, change)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told.values()) == [False, True]
    assert settings_of(workshop_id).picks == (3 if told["change"] else 10)
    assert has_voted(workshop_id) == told["ballot"]


def test_a_link_for_one_kind_gives_each_ballot_its_segment_and_asks_nothing(workshop_id):
    found = door(workshop_id, 2)
    assert (found.segments, found.kind_of_customer) == ((), "Citizens")
    assert cast(found).segment == 2
    assert cast(found, segment=1).segment == 2
    assert workshops.find_workshop(workshop_id).segment_sources[Group.CUSTOMERS] == (Sources(), Sources(sent=2))


def test_on_a_link_for_one_kind_the_second_ballot_says_no_kind_again(workshop_id):
    edit(workshop_id, question_customers_prediction="What will IT say?")
    assert cast(voting.turn_to_second(door(workshop_id, 2))).segment is None
    assert workshops.find_workshop(workshop_id).segment_sources[Group.CUSTOMERS] == (Sources(), Sources())


def test_a_kind_with_another_name_gets_another_link_and_the_others_keep_theirs(workshop_id):
    before = workshops.segment_access(workshop_id, secret=SECRET)
    edit(workshop_id, segments=(KINDS[0], Segment("Residents"), Segment("Shops")))
    after = workshops.segment_access(workshop_id, secret=SECRET)
    assert after[1] == before[1]
    assert sorted(after) == [1, 2, 3]
    with pytest.raises(NotFound):
        voting.find_voting(before[2].token, secret=SECRET)
    edit(workshop_id, segments=())
    assert workshops.segment_access(workshop_id, secret=SECRET) == {}
    assert door(workshop_id).segments == ()


def test_a_replaced_link_opens_nothing_and_its_ballots_stay(workshop_id):
    old = door(workshop_id, 1)
    cast(old)
    token = workshops.replace_link(workshop_id, Purpose.CUSTOMERS, secret=SECRET, segment=1)
    for opens in (
        lambda: voting.find_voting(old.token, secret=SECRET),
        lambda: voting.find_join_code(old.code, secret=SECRET),
    ):
        with pytest.raises(NotFound):
            opens()
    assert voting.find_voting(token, secret=SECRET).segment == 1
    assert workshops.find_workshop(workshop_id).segment_sources[Group.CUSTOMERS] == (Sources(sent=1), Sources())
    for purpose, segment in ((Purpose.CUSTOMERS, 3), (Purpose.IT, 1)):
        with pytest.raises(NotFound):
            workshops.replace_link(workshop_id, purpose, secret=SECRET, segment=segment)


@UNDIVIDED
@pytest.mark.rebuilds_tables
def test_workshops_from_before_are_kept_when_the_schema_goes_up(workshop_id):
    cast(door(workshop_id, 1))
    with writing_on(db.engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    migrate(db.engine)
    bare = replace(SETTINGS, appeal=Appeal(), segments=(replace(KINDS[0], expected=None), KINDS[1]))
    assert settings_of(workshop_id) == bare
    assert workshops.find_workshop(workshop_id).segment_sources[Group.CUSTOMERS] == (Sources(unknown=1), Sources())
    assert cast(door(workshop_id, 2), edition=0).segment == 2
