"""Exchanging a workshop's cards, on SQLite and on PostgreSQL: before the first ballot only, and never under one."""

import contextlib
import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from cardsort.domain.ballots import Ballot, Group
from cardsort.domain.errors import InvalidBallot, NotFound, WrongStage
from cardsort.domain.settings import Settings
from cardsort.files.decktable import parse_deck_csv
from cardsort.store.ballots import StoredBallot
from cardsort.store.engine import reading
from cardsort.store.models import BallotRow, DraftRow
from cardsort.usecases import voting, workshops
from cardsort.usecases.decks import use_deck
from cardsort.usecases.rounds import NextRound, start_next_round
from cardsort.usecases.tokens import new_ballot_id, new_key
from tests.conftest import SECRET

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
SHIPPED_THREE = ("A-01", "A-02", "A-03")
OURS = parse_deck_csv("code,title,suit\nA-01,One,\nA-02,Two,\nA-03,Three,Tools\nZ-9,Four,\n", "Ours")


@pytest.fixture
def workshop_id(any_app, deck):
    with any_app.app_context():
        yield start(deck)


def start(deck):
    return workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id


def door(workshop_id):
    token = workshops.voting_access(workshop_id, secret=SECRET)[Group.IT].token
    return voting.find_voting(token, secret=SECRET)


def cast(opened, ranking=SHIPPED_THREE, **more):
    return voting.cast_ballot(opened, new_key(), StoredBallot(new_ballot_id(), Ballot(ranking)), **more)


def count(table, workshop_id):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(table.workshop_id == workshop_id))


def test_the_workshop_has_the_new_cards_as_they_were_given(workshop_id):
    use_deck(workshop_id, OURS)
    found = workshops.find_workshop(workshop_id)
    assert found.deck == OURS
    assert found.settings.picks == 4
    assert found.round.begun is False


def test_another_workshop_keeps_its_cards_and_drafts(workshop_id, deck):
    other = start(deck)
    voting.keep_draft(door(other), "key", "{}")
    voting.keep_draft(door(workshop_id), "key", "{}")
    use_deck(workshop_id, OURS)
    assert workshops.find_workshop(other).deck == deck
    assert (count(DraftRow, other), count(DraftRow, workshop_id)) == (1, 0)


def test_the_same_cards_once_more_drop_no_draft(workshop_id):
    use_deck(workshop_id, OURS)
    voting.keep_draft(door(workshop_id), "key", "{}")
    use_deck(workshop_id, OURS)
    assert count(DraftRow, workshop_id) == 1


def test_after_the_first_ballot_the_cards_stay(workshop_id, deck):
    cast(door(workshop_id))
    with pytest.raises(WrongStage, match="somebody has sent a ballot by now"):
        use_deck(workshop_id, OURS)
    found = workshops.find_workshop(workshop_id)
    assert (found.deck, found.settings.picks, found.round.begun) == (deck, 10, True)


def test_after_a_reveal_without_ballots_the_cards_stay_too(workshop_id, deck):
    for group in Group:
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)
    with pytest.raises(WrongStage):
        use_deck(workshop_id, OURS)
    assert workshops.find_workshop(workshop_id).deck == deck


def test_in_a_later_round_the_cards_stay_though_nobody_has_voted_at_all(workshop_id, deck):
    for group in Group:
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)
    start_next_round(workshop_id, NextRound(after=1), secret=SECRET)
    with pytest.raises(WrongStage):
        use_deck(workshop_id, OURS)
    found = workshops.find_workshop(workshop_id)
    assert (found.deck, found.round.number, found.round.begun) == (deck, 2, True)


def test_a_workshop_that_is_gone_gets_no_cards(workshop_id):
    workshops.delete_workshop(workshop_id, "Autumn")
    with pytest.raises(NotFound):
        use_deck(workshop_id, OURS)


def test_a_ballot_that_was_opened_on_the_cards_of_before_is_not_stored(workshop_id):
    opened = door(workshop_id)
    use_deck(workshop_id, OURS)
    with pytest.raises(InvalidBallot, match="were exchanged after this page was opened"):
        cast(opened)
    with pytest.raises(InvalidBallot, match="were exchanged after this page was opened"):
        cast(door(workshop_id), deck_mark=opened.deck_mark)
    assert count(BallotRow, workshop_id) == 0
    assert cast(door(workshop_id), deck_mark=door(workshop_id).deck_mark).new


@pytest.mark.parametrize("turn", range(6))
def test_of_an_exchange_and_a_first_ballot_at_once_one_wins(any_app, workshop_id, turn):
    happened, ready = [], threading.Barrier(4)

    def exchange():
        with any_app.app_context():
            ready.wait()
            with contextlib.suppress(WrongStage):
                use_deck(workshop_id, OURS)
                happened.append("exchanged")

    def vote():
        with any_app.app_context():
            opened = door(workshop_id)
            ready.wait()
            with contextlib.suppress(InvalidBallot):
                cast(opened)
                happened.append("sent")

    work = [vote, vote, vote]
    work.insert(turn % 4, exchange)
    threads = [threading.Thread(target=part) for part in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    exchanged = workshops.find_workshop(workshop_id).deck == OURS
    assert sorted(happened) == (["exchanged"] if exchanged else ["sent"] * 3)
    assert count(BallotRow, workshop_id) == (0 if exchanged else 3)
