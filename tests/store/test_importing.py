"""Imports in the database, on SQLite and on PostgreSQL: a whole file or nothing, once, and nothing after the lock."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from cardsort.domain.ballots import Group
from cardsort.domain.errors import GroupLocked, WrongStage
from cardsort.domain.settings import Segment, Settings
from cardsort.domain.sources import Sources
from cardsort.store.ballotset import read_ballots
from cardsort.store.batches import AT_ONCE
from cardsort.store.engine import reading
from cardsort.store.models import BallotRow, RespondentRow
from cardsort.usecases import workshops
from cardsort.usecases.decks import choose_cards
from cardsort.usecases.editing import edit_workshop
from cardsort.usecases.imports import check_import, import_ballots
from cardsort.usecases.rounds import NextRound, start_next_round
from tests.conftest import SECRET
from tests.store.test_casting import ballot, door, run_together, stored_ids

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
HEADER = "group,ranking,segment,respondent,basis\n"
TEXT = (
    HEADER
    + "it,A-01 B-02 C-03,,ann,know - think\n"
    + "customers,S-13 A-01 B-01,South,ann,\n"
    + "customers,A-01 B-02 C-03,,,\n".replace(",,,", ",North,,") * 3
)


@pytest.fixture
def workshop_id(any_app, deck):
    settings = Settings("Autumn", segments=(Segment("North"), Segment("South")))
    with any_app.app_context():
        yield workshops.start_workshop(settings, deck, secret=SECRET, today=NOW.date()).workshop_id


def bring(workshop_id, text=TEXT):
    workshop = workshops.find_workshop(workshop_id)
    checked = check_import(workshop, text, secret=SECRET)
    assert checked.faults == ()
    return import_ballots(workshop, checked)


def people(workshop_id):
    with reading() as session:
        return list(session.scalars(select(RespondentRow.id).where(RespondentRow.workshop_id == workshop_id)))


def test_the_analysis_reads_what_was_brought_in(workshop_id, deck):
    assert bring(workshop_id) == 5
    settings = workshops.find_workshop(workshop_id).settings
    with reading() as session:
        read = read_ballots(session, workshop_id, deck.size, settings)
    it, south = read.group.tolist().index(0), read.segment.tolist().index(1)
    assert read.rankings[it].tolist() == [deck.index[code] for code in ("A-01", "B-02", "C-03")]
    assert read.basis[it].tolist() == [0, -1, 1]
    assert sorted(read.segment.tolist()) == [-1, 0, 0, 0, 1]
    assert read.respondent[it] == read.respondent[south]  # ann
    assert len(people(workshop_id)) == 4


def test_the_same_file_ten_times_at_once_is_stored_once(any_app, workshop_id):
    stored = []

    def again():
        with any_app.app_context():
            stored.append(bring(workshop_id))

    run_together([again] * 10)
    assert sorted(stored) == [0] * 9 + [5]
    assert len(stored_ids(workshop_id)) == 5


def test_a_file_checked_before_the_lock_is_refused_as_a_whole_after_it(workshop_id):
    workshop = workshops.find_workshop(workshop_id)
    checked = check_import(workshop, TEXT, secret=SECRET)
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    with pytest.raises(GroupLocked):
        import_ballots(workshop, checked)
    assert stored_ids(workshop_id) == []
    assert people(workshop_id) == []


@pytest.mark.parametrize("what", ["cards", "picks"])
def test_a_file_checked_before_other_cards_or_fewer_were_asked_is_refused_as_a_whole(workshop_id, deck, what):
    workshop = workshops.find_workshop(workshop_id)
    checked = check_import(workshop, TEXT, secret=SECRET)
    if what == "cards":
        choose_cards(workshop_id, [code for code in deck.codes if code != "A-01"])
    else:
        edit_workshop(workshop_id, replace(workshop.settings, picks=5), secret=SECRET)
    with pytest.raises(WrongStage, match="What is asked was changed since the file was checked"):
        import_ballots(workshop, checked)
    assert stored_ids(workshop_id) == []
    assert people(workshop_id) == []


def test_an_import_against_the_lock_is_in_the_result_as_a_whole_or_not_at_all(any_app, workshop_id):
    done = []

    def lock():
        with any_app.app_context():
            workshops.lock_group(workshop_id, Group.IT, now=NOW)

    def bring_in():
        with any_app.app_context():
            try:
                done.append(bring(workshop_id, HEADER + "it,A-01 B-02 C-03,,,\n" * 40))
            except (GroupLocked, AssertionError):
                done.append(0)

    run_together([bring_in, lock])
    assert done == [len(stored_ids(workshop_id))]
    assert done[0] in {0, 40}


def test_imported_ballots_stand_beside_those_that_were_sent(workshop_id):
    from cardsort.usecases.voting import cast_ballot

    cast_ballot(door(workshop_id), "my key", ballot())
    assert bring(workshop_id) == 5
    assert workshops.find_workshop(workshop_id).core == {
        Group.IT: Sources(sent=1, imported=1),
        Group.CUSTOMERS: Sources(imported=4),
    }


def test_the_same_file_in_another_workshop_has_other_ids(workshop_id, deck):
    bring(workshop_id)
    other = workshops.start_workshop(
        Settings("Spring", segments=(Segment("North"), Segment("South"))), deck, secret=SECRET, today=NOW.date()
    ).workshop_id
    bring(other)
    assert not set(stored_ids(workshop_id)) & set(stored_ids(other))


def test_the_same_file_is_brought_anew_in_the_next_round(workshop_id):
    assert bring(workshop_id) == 5
    for group in Group:
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)
    start_next_round(workshop_id, NextRound(after=1), secret=SECRET)
    assert bring(workshop_id) == 5
    assert bring(workshop_id) == 0
    assert len(stored_ids(workshop_id)) == 10


def test_more_people_than_one_statement_takes_are_known_again_in_the_other_group_and_in_the_next_round(workshop_id):
    everybody = AT_ONCE + 1

    def bring_all(group, segment=""):
        lines = "".join(f"{group},A-01 B-02 C-03,{segment},p{number},\n" for number in range(everybody))
        return bring(workshop_id, HEADER + lines)

    assert bring_all("it") == everybody
    assert bring_all("customers", "North") == everybody
    for group in Group:
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)
    start_next_round(workshop_id, NextRound(after=1), secret=SECRET)
    assert bring_all("it") == everybody
    assert len(people(workshop_id)) == everybody


def test_no_name_from_the_file_is_stored(workshop_id):
    import hashlib

    bring(workshop_id)
    with reading() as session:
        keys = set(session.scalars(select(RespondentRow.key_hash)))
        ids = set(session.scalars(select(BallotRow.id)))
    assert hashlib.sha256(b"ann").digest() not in keys
    assert not any("ann" in name for name in ids)


def test_five_thousand_ballots_are_stored_in_one_go(workshop_id):
    lines = "".join(f"customers,A-01 B-02 C-03,North,p{number},\n" for number in range(5_000))
    assert bring(workshop_id, HEADER + lines) == 5_000
    assert bring(workshop_id, HEADER + lines) == 0
