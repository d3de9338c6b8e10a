"""The slide that the reveal has reached, on both databases: kept, and turned once by two who ask at once."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.settings import Settings
from cardsort.store.models import db
from cardsort.usecases import workshops
from cardsort.usecases.devices import hide_on_devices, show_on_devices
from cardsort.usecases.rounds import NextRound, start_next_round
from tests.conftest import SECRET
from tests.store.partitioned import UNDIVIDED

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)


@pytest.fixture
def workshop_id(any_app, deck):
    with any_app.app_context():
        yield workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id


def revealed(workshop_id):
    for group in Group:
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)


def step(workshop_id):
    return workshops.find_workshop(workshop_id).round.reveal_step


def test_the_slide_is_kept_and_a_late_wish_changes_nothing(workshop_id):
    revealed(workshop_id)
    assert step(workshop_id) == 0
    workshops.turn_slide(workshop_id, seen=0, to=1, last=9)
    workshops.turn_slide(workshop_id, seen=0, to=1, last=9)
    assert step(workshop_id) == 1
    workshops.turn_slide(workshop_id, seen=1, to=9, last=9)
    workshops.turn_slide(workshop_id, seen=1, to=0, last=9)
    assert step(workshop_id) == 9


def test_nothing_is_turned_before_the_reveal_or_beyond_the_last_slide(workshop_id):
    with pytest.raises(WrongStage):
        workshops.turn_slide(workshop_id, seen=0, to=1, last=9)
    revealed(workshop_id)
    with pytest.raises(InvalidInput):
        workshops.turn_slide(workshop_id, seen=0, to=10, last=9)
    assert step(workshop_id) == 0


def test_participants_are_shown_the_lists_once_they_are_turned_over_and_until_the_next_round(workshop_id):
    def on_devices():
        return workshops.find_workshop(workshop_id).round.on_devices

    revealed(workshop_id)
    with pytest.raises(WrongStage, match="has been turned over yet"):
        show_on_devices(workshops.find_workshop(workshop_id))
    workshops.turn_slide(workshop_id, seen=0, to=5, last=9)
    show_on_devices(workshops.find_workshop(workshop_id))
    assert on_devices()
    hide_on_devices(workshops.find_workshop(workshop_id))
    assert not on_devices()
    show_on_devices(workshops.find_workshop(workshop_id))
    start_next_round(workshop_id, NextRound(1), secret=SECRET)
    assert not on_devices()
    with pytest.raises(WrongStage, match="before the reveal"):
        show_on_devices(workshops.find_workshop(workshop_id))


def test_of_devices_that_ask_at_once_for_different_slides_the_first_turns_it_and_all_see_that_one(workshop_id, any_app):
    revealed(workshop_id)
    together = threading.Barrier(4)

    def press(seen, to, shown):
        with any_app.app_context():
            together.wait()
            workshops.turn_slide(workshop_id, seen=seen, to=to, last=99)
            shown.append(step(workshop_id))

    present = 0
    for _turn in range(10):
        wanted, shown = [present + ahead for ahead in (2, 3, 4, 5)], []
        presses = [threading.Thread(target=press, args=(present, to, shown)) for to in wanted]
        for one in presses:
            one.start()
        for one in presses:
            one.join()
        present = step(workshop_id)
        assert present in wanted
        assert shown == [present] * 4


def test_the_database_itself_refuses_a_slide_before_the_first(workshop_id):
    with pytest.raises(IntegrityError, match="reveal_step_from_zero"), db.engine.begin() as connection:
        connection.execute(text("UPDATE round SET reveal_step = -1 WHERE workshop_id = :id"), {"id": workshop_id})


@UNDIVIDED
@pytest.mark.rebuilds_tables
def test_a_workshop_from_before_the_column_begins_at_the_first_slide(workshop_id):
    from alembic import command

    from cardsort.store.engine import writing_on
    from cardsort.store.migrations import configuration, migrate

    with writing_on(db.engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "0004-1")
    migrate(db.engine)
    assert step(workshop_id) == 0
