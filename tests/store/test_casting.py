"""Ballots in the database, on SQLite and on PostgreSQL: once, exactly, and nothing after the lock."""

import contextlib
import re
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from sqlalchemy import select

from cardsort.domain.ballots import Ballot, Basis, Group, Moment, Pile, Reason
from cardsort.domain.errors import AlreadySent, GroupLocked, InvalidBallot, InvalidInput, NotFound, WrongStage
from cardsort.domain.rounds import Stage
from cardsort.domain.settings import Settings
from cardsort.domain.sources import Sources
from cardsort.store import ballotset
from cardsort.store.ballots import StoredBallot
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import WriteConflict, reading, writing
from cardsort.store.models import BallotRow
from cardsort.usecases import voting, workshops
from cardsort.usecases.tokens import new_ballot_id, receipt_of
from tests.conftest import SECRET

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
FIVE = ("A-01", "B-02", "C-03", "S-04", "A-05")


@pytest.fixture
def workshop_id(any_app, deck):
    with any_app.app_context():
        yield workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id


def door(workshop_id, group=Group.IT):
    return voting.find_voting(doors(workshop_id)[group].token, secret=SECRET)


@cache
def doors(workshop_id):
    return workshops.voting_access(workshop_id, secret=SECRET)


def ballot(*ranking, ballot_id=None, **more):
    return StoredBallot(ballot_id or new_ballot_id(), Ballot(ranking or FIVE, **more))


def stored_ids(workshop_id):
    with reading() as session:
        return sorted(session.scalars(select(BallotRow.id).where(BallotRow.workshop_id == workshop_id)))


def test_a_ballot_comes_back_as_it_was_sent(workshop_id):
    sent = ballot(
        piles={"A-01": Pile.OFTEN, "B-07": Pile.NO},
        reasons=(Reason(basis=Basis.KNOW), Reason(words="Nine days."), Reason()),
        moment=Moment.BUSY,
    )
    voting.cast_ballot(door(workshop_id), "my key", sent)
    desk = voting.load_respondent(door(workshop_id), "my key")
    assert (desk.sent.id, desk.sent.ranking, desk.sent.receipt) == (sent.id, FIVE, receipt_of(sent.id))


def test_the_analysis_reads_what_was_cast(workshop_id, deck):
    reasons = (Reason(basis=Basis.THINK), Reason(basis=Basis.KNOW))
    voting.cast_ballot(door(workshop_id), "one", ballot(*FIVE, reasons=reasons, piles={"A-02": Pile.SOMETIMES}))
    voting.cast_ballot(door(workshop_id, Group.CUSTOMERS), "two", ballot("S-13", "A-01", "B-01"), segment=None)
    with reading() as session:
        read = read_ballots(session, workshop_id, deck.size, Settings(""))
    by_group = dict(zip(read.group.tolist(), range(read.n), strict=True))
    it, customers = by_group[0], by_group[1]
    assert read.rankings[it].tolist() == [deck.index[code] for code in FIVE]
    assert read.rankings[customers].tolist() == [deck.index["S-13"], 0, deck.index["B-01"], -1, -1]
    assert read.basis[it].tolist() == [1, 0, -1, -1, -1]
    assert read.piles[it, deck.index["A-02"]] == 2
    assert read.segment.tolist() == [-1, -1]


def test_a_person_whose_two_orders_are_read_in_different_batches_stays_one(any_app, deck, monkeypatch):
    monkeypatch.setattr(ballotset, "BATCH", 1)
    settings = Settings("Autumn", question_it_own="Your own?")
    with any_app.app_context():
        made = workshops.start_workshop(settings, deck, secret=SECRET, today=NOW.date()).workshop_id
        for key in ("one", "two"):
            voting.cast_ballot(door(made), key, ballot())
            voting.cast_ballot(voting.turn_to_second(door(made)), key, ballot())
        with reading() as session:
            read = read_ballots(session, made, deck.size, Settings(""))
    assert sorted(read.respondent.tolist()) == [0, 0, 1, 1]


def test_the_same_ballot_sent_again_is_stored_once_with_the_same_receipt(workshop_id):
    sent = ballot()
    first = voting.cast_ballot(door(workshop_id), "my key", sent)
    again = voting.cast_ballot(door(workshop_id), "my key", sent)
    elsewhere = voting.cast_ballot(door(workshop_id), "key lost with the cookies", sent)
    assert (first.new, again.new, elsewhere.new) == (True, False, False)
    assert {first.receipt, again.receipt, elsewhere.receipt} == {receipt_of(sent.id)}
    assert stored_ids(workshop_id) == [sent.id]


def test_the_same_request_ten_times_at_once_makes_one_row(any_app, workshop_id):
    sent, receipts = ballot(), []

    def send():
        with any_app.app_context():
            receipts.append(voting.cast_ballot(door(workshop_id), "my key", sent).receipt)

    run_together([send] * 10)
    assert receipts == [receipt_of(sent.id)] * 10
    assert stored_ids(workshop_id) == [sent.id]


def test_the_same_request_ten_times_at_once_from_a_browser_without_a_key_makes_one_row(any_app, workshop_id):
    sent, receipts = ballot(), []

    def send(number):
        with any_app.app_context():
            receipts.append(voting.cast_ballot(door(workshop_id), f"new key {number}", sent).receipt)

    run_together([lambda number=number: send(number) for number in range(10)])
    assert receipts == [receipt_of(sent.id)] * 10
    assert stored_ids(workshop_id) == [sent.id]


def test_ballots_cast_while_their_workshop_is_deleted_are_refused_or_go_with_it(any_app, workshop_id):
    here = door(workshop_id)

    def send(number):
        with any_app.app_context(), contextlib.suppress(NotFound):
            voting.cast_ballot(here, f"key {number}", ballot())

    def delete():
        with any_app.app_context():
            workshops.delete_workshop(workshop_id, "Autumn")

    run_together([lambda number=number: send(number) for number in range(12)] + [delete])
    assert stored_ids(workshop_id) == []


def test_another_ballot_of_the_same_person_asks_before_it_replaces(workshop_id):
    first, second = ballot(), ballot("S-01", "S-02", "S-03")
    voting.cast_ballot(door(workshop_id), "my key", first)
    with pytest.raises(AlreadySent) as asked:
        voting.cast_ballot(door(workshop_id), "my key", second)
    assert asked.value.receipt == receipt_of(first.id)
    assert stored_ids(workshop_id) == [first.id]
    voting.cast_ballot(door(workshop_id), "my key", second, replace=True)
    assert stored_ids(workshop_id) == [second.id]


def test_a_ballot_changed_under_its_old_id_is_refused(workshop_id):
    sent = ballot()
    voting.cast_ballot(door(workshop_id), "my key", sent)
    with pytest.raises(InvalidBallot, match="changed after it was sent"):
        voting.cast_ballot(door(workshop_id), "my key", ballot("S-01", "S-02", "S-03", ballot_id=sent.id))


@pytest.mark.parametrize(
    ("ranking", "sentence"),
    [
        (("A-01", "A-02"), "Only 2 cards are ranked. Rank at least 3."),
        (tuple(f"A-{n:02}" for n in range(1, 13)), "12 of 10 cards are ranked: put 2 back."),
        (("A-01", "A-02", "Z-99"), "The card Z-99 is not in this workshop's deck. Reload the page."),
    ],
)
def test_a_ballot_that_cannot_count_is_refused_and_changes_nothing(workshop_id, ranking, sentence):
    with pytest.raises(InvalidBallot) as refused:
        voting.cast_ballot(door(workshop_id), "my key", ballot(*ranking))
    assert str(refused.value) == sentence
    assert stored_ids(workshop_id) == []


def test_after_the_lock_only_what_was_sent_before_is_acknowledged(workshop_id):
    before, after = ballot(), ballot("S-01", "S-02", "S-03")
    voting.cast_ballot(door(workshop_id), "my key", before)
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    assert voting.cast_ballot(door(workshop_id), "my key", before).receipt == receipt_of(before.id)
    with pytest.raises(GroupLocked):
        voting.cast_ballot(door(workshop_id), "other key", after)
    assert stored_ids(workshop_id) == [before.id]
    workshops.reopen_group(workshop_id, Group.IT, now=NOW)
    voting.cast_ballot(door(workshop_id), "other key", after)
    assert stored_ids(workshop_id) == sorted([before.id, after.id])


def test_a_link_of_another_workshop_stores_nothing_here(workshop_id, deck):
    other = workshops.start_workshop(Settings("Spring"), deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id
    mixed = replace(door(workshop_id), token=door(other).token)
    with pytest.raises(NotFound):
        voting.cast_ballot(mixed, "my key", ballot())
    with pytest.raises(NotFound):
        voting.keep_draft(mixed, "my key", "{}")
    assert stored_ids(workshop_id) == stored_ids(other) == []


def test_a_request_that_began_before_the_lock_and_stores_after_it_is_refused(workshop_id):
    here = door(workshop_id)
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    with pytest.raises(GroupLocked):
        voting.cast_ballot(here, "my key", ballot())
    assert stored_ids(workshop_id) == []


@pytest.mark.parametrize("turn", range(4))
def test_the_ballots_acknowledged_while_the_lock_falls_are_exactly_the_stored_ones(any_app, workshop_id, turn):
    acknowledged, refused = [], []

    def send(number):
        with any_app.app_context():
            sent = ballot()
            try:
                voting.cast_ballot(door(workshop_id), f"key {number}", sent)
                acknowledged.append(sent.id)
            except GroupLocked:
                refused.append(sent.id)

    def lock():
        with any_app.app_context():
            workshops.lock_group(workshop_id, Group.IT, now=NOW)

    jobs = [lambda number=number: send(number) for number in range(24)]
    jobs.insert(6 * turn, lock)
    run_together(jobs)
    assert stored_ids(workshop_id) == sorted(acknowledged)
    assert len(acknowledged) + len(refused) == 24


def test_locking_twice_keeps_the_first_time_and_reopening_is_on_record(workshop_id):
    later = NOW.replace(hour=15)
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    workshops.lock_group(workshop_id, Group.IT, now=later)
    assert the_round(workshop_id).locked == {Group.IT: NOW}
    workshops.reopen_group(workshop_id, Group.IT, now=later)
    assert the_round(workshop_id).locked == {}
    assert the_round(workshop_id).reopened == {Group.IT: (later,)}


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_times_come_back_as_they_were_stored_wherever_the_server_stands(workshop_id, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    locked = the_round(workshop_id).locked[Group.IT]
    monkeypatch.undo()
    time.tzset()
    assert (locked, locked.utcoffset()) == (NOW, timedelta())


def test_the_stages_follow_from_ballots_locks_and_reveal(workshop_id):
    assert the_round(workshop_id).stage is Stage.PREPARING
    voting.cast_ballot(door(workshop_id), "my key", ballot())
    assert the_round(workshop_id).stage is Stage.COLLECTING
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    with pytest.raises(WrongStage):
        workshops.reveal(workshop_id, now=NOW)
    workshops.lock_group(workshop_id, Group.CUSTOMERS, now=NOW)
    assert the_round(workshop_id).stage is Stage.LOCKED
    for now in (NOW, NOW.replace(hour=15)):
        workshops.reveal(workshop_id, now=now)
        assert the_round(workshop_id).revealed_at == NOW  # pressed twice, it was revealed once
    assert the_round(workshop_id).stage is Stage.REVEALED
    with pytest.raises(WrongStage):
        workshops.reopen_group(workshop_id, Group.IT, now=NOW)


def test_a_draft_is_kept_replaced_and_forgotten_a_week_after_the_lock(workshop_id):
    voting.keep_draft(door(workshop_id), "my key", '{"step":"sort"}')
    assert voting.keep_draft(door(workshop_id), "my key", '{"step":"rank"}') is True
    assert voting.load_respondent(door(workshop_id), "my key").draft == '{"step":"rank"}'
    assert voting.load_respondent(door(workshop_id), "another key").draft is None
    workshops.lock_group(workshop_id, Group.IT, now=NOW)
    assert voting.keep_draft(door(workshop_id), "my key", '{"step":"why"}') is False
    workshops.tidy_up(now=NOW.replace(day=10))
    assert voting.load_respondent(door(workshop_id), "my key").draft == '{"step":"why"}'
    workshops.tidy_up(now=NOW.replace(day=12))
    assert voting.load_respondent(door(workshop_id), "my key").draft is None


def test_the_database_itself_refuses_a_second_ballot_of_one_person(workshop_id):
    voting.cast_ballot(door(workshop_id), "my key", ballot())
    with pytest.raises(WriteConflict) as refused:
        copy_the_ballot(workshop_id)
    assert re.search(
        r"one_ballot_per_respondent_kind_round|ballot.respondent_id|ballot_\d_workshop_id_round_number_re",
        str(refused.value.__cause__),
    )


def test_a_deleted_workshop_is_gone_with_everything(workshop_id):
    voting.cast_ballot(door(workshop_id), "my key", ballot())
    here = door(workshop_id)
    with pytest.raises(InvalidInput):
        workshops.delete_workshop(workshop_id, "Spring")
    assert len(stored_ids(workshop_id)) == 1
    workshops.delete_workshop(workshop_id, " autumn ")
    assert stored_ids(workshop_id) == []
    with pytest.raises(NotFound):
        voting.cast_ballot(here, "my key", ballot())


@pytest.mark.usefixtures("workshop_id")
def test_workshops_past_their_date_are_tidied_away():
    assert workshops.tidy_up(now=NOW) == 0
    assert workshops.tidy_up(now=NOW.replace(year=2028, day=4), clock_is_right=True) == 1
    assert [name for _id, name, *_ in workshops.list_workshops()] == ["The neighbour"]


def copy_the_ballot(workshop_id):
    with writing() as db:
        row = db.scalars(select(BallotRow).where(BallotRow.workshop_id == workshop_id)).one()
        columns = {column.key: getattr(row, column.key) for column in BallotRow.__table__.columns}
        db.add(BallotRow(**{**columns, "id": new_ballot_id()}))


def the_round(workshop_id):
    from cardsort.store.workshops import load_workshop

    with reading() as session:
        return load_workshop(session, workshop_id).round


def run_together(jobs):
    faults, barrier = [], threading.Barrier(len(jobs))

    def run(job):
        barrier.wait()
        try:
            job()
        except Exception as fault:  # noqa: BLE001  told to the test below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_the_desk_counts_customers_by_segment(any_app, deck):
    from cardsort.domain.settings import Segment

    settings = Settings("Autumn", segments=(Segment("North"), Segment("South")))
    with any_app.app_context():
        started = workshops.start_workshop(settings, deck, secret=SECRET, today=NOW.date())
        for number, segment in enumerate((2, 2, 1)):
            voting.cast_ballot(door(started.workshop_id, Group.CUSTOMERS), f"key {number}", ballot(), segment=segment)
        found = workshops.open_desk(started.workshop_id, started.token)
    assert found.core[Group.CUSTOMERS].n == 3
    assert found.segment_sources == {Group.IT: (), Group.CUSTOMERS: (Sources(sent=1), Sources(sent=2))}
