"""The agenda in the database, on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, inspect, select, update

from cardsort.domain.agenda import AgendaItem, Decision, Party, Progress, Worth
from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, NotFound, WrongStage
from cardsort.domain.rounds import Stage
from cardsort.domain.settings import Settings
from cardsort.store import agenda as store
from cardsort.store.engine import WriteConflict, reading, writing
from cardsort.store.models import AgendaItemRow, RoundRow
from cardsort.usecases import agenda, workshops
from cardsort.usecases.rounds import NextRound, start_next_round
from tests.conftest import SECRET
from tests.store.partitioned import UNDIVIDED

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
DAY = date(2026, 5, 5)
ROUNDS = 12


@pytest.fixture
def workshop_id(any_app, deck):
    with any_app.app_context():
        made = workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=DAY).workshop_id
        for group in Group:
            workshops.lock_group(made, group, now=NOW)
        workshops.reveal(made, now=NOW)
        yield made


def found(workshop_id):
    return workshops.find_workshop(workshop_id)


def put(workshop_id, *codes):
    for code in codes:
        agenda.put_on_agenda(found(workshop_id), code)


def change(workshop_id, code, number=1, **changes):
    agenda.change_item(found(workshop_id), number, code, changes, today=DAY)


def codes(workshop_id):
    return [item.code for item in agenda.read_agenda(found(workshop_id))]


def test_an_item_comes_back_as_it_was_agreed_and_the_stage_is_acting(workshop_id):
    assert found(workshop_id).round.stage is Stage.REVEALED
    put(workshop_id, "A-01")
    assert found(workshop_id).round.stage is Stage.ACTING
    said = {
        "decision": Decision.DO,
        "cost": "A day a week 🕐",
        "action": "Sit in a branch",
        "owner": "Ada",
        "due": date(2026, 7, 1),
        "quick_win": True,
        "worth_paying": Worth.UNSURE,
        "acceptable": Worth.NO,
        "stakeholder": "New colleagues",
        "behaviour": "Listen",
        "from_whom": frozenset({Party.TEAM, Party.MANAGEMENT}),
        "public_owner": "The service desk",
    }
    change(workshop_id, "A-01", **said)
    assert agenda.read_agenda(found(workshop_id)) == (AgendaItem("A-01", **said),)


def test_a_card_is_on_the_agenda_once_and_keeps_its_place(workshop_id):
    put(workshop_id, "A-01", "B-01", "C-01", "A-01")
    assert codes(workshop_id) == ["A-01", "B-01", "C-01"]
    agenda.move_item(found(workshop_id), 1, "C-01", up=True)
    assert codes(workshop_id) == ["A-01", "C-01", "B-01"]
    agenda.move_item(found(workshop_id), 1, "A-01", up=False)
    agenda.move_item(found(workshop_id), 1, "B-01", up=False)  # the last one stays
    assert codes(workshop_id) == ["C-01", "A-01", "B-01"]
    agenda.take_off(found(workshop_id), 1, "A-01")
    agenda.take_off(found(workshop_id), 1, "A-01")  # twice is once
    put(workshop_id, "A-02")
    assert codes(workshop_id) == ["C-01", "B-01", "A-02"]


def test_two_devices_that_fill_in_one_item_do_not_overwrite_each_other(workshop_id):
    put(workshop_id, "A-01")
    with writing() as session:
        item = store.load_item(session, workshop_id, 1, "A-01")
        store.save_item(session, workshop_id, 1, replace(item, owner="Ada"))
        row = inspect(session.get(AgendaItemRow, (workshop_id, 1, "A-01")))
        assert [column.key for column in row.attrs if column.history.has_changes()] == ["owner"]
    change(workshop_id, "A-01", action="Ask")
    change(workshop_id, "A-01", due=DAY)
    (item,) = agenda.read_agenda(found(workshop_id))
    assert (item.owner, item.action, item.due) == ("Ada", "Ask", DAY)


def test_a_tick_keeps_the_day_on_which_it_was_made(workshop_id):
    put(workshop_id, "A-01")
    change(workshop_id, "A-01", progress=Progress.DONE)
    agenda.change_item(found(workshop_id), 1, "A-01", {"progress": Progress.DONE}, today=date(2026, 6, 1))
    assert agenda.read_agenda(found(workshop_id))[0].progress_on == DAY
    change(workshop_id, "A-01", progress=Progress.OPEN)
    assert agenda.read_agenda(found(workshop_id))[0].progress_on is None


def test_cards_of_other_decks_and_items_that_are_gone_are_refused(workshop_id):
    with pytest.raises(InvalidInput, match="not in the workshop’s deck"):
        put(workshop_id, "Z-99")
    with pytest.raises(NotFound, match="no longer on the agenda"):
        change(workshop_id, "A-01", action="Ask")
    with pytest.raises(NotFound, match="no longer on the agenda"):
        agenda.move_item(found(workshop_id), 1, "A-01", up=True)


def test_nothing_is_agreed_before_the_reveal(any_app, deck):
    with any_app.app_context():
        hidden = workshops.start_workshop(Settings("Autumn"), deck, secret=SECRET, today=DAY).workshop_id
        with pytest.raises(WrongStage):
            put(hidden, "A-01")
        with pytest.raises(WrongStage):
            agenda.publish(found(hidden), today=DAY)


@pytest.mark.parametrize(
    "broken",
    [
        {"decision": "maybe"},
        {"worth_paying": "much"},
        {"acceptable": "much"},
        {"stakeholder": "x" * 81},
        {"progress": "half"},
        {"progress": "done"},  # without its day
        {"progress_on": DAY},  # of an open one
        {"action": "x" * 281},
        {"public_owner": "x" * 81},
    ],
)
def test_the_database_refuses_what_the_code_might_forget(workshop_id, broken):
    put(workshop_id, "A-01")
    with pytest.raises(WriteConflict), writing() as session:
        session.execute(update(AgendaItemRow).where(AgendaItemRow.workshop_id == workshop_id).values(**broken))


def test_deleting_the_workshop_takes_its_agenda_along(workshop_id):
    put(workshop_id, "A-01", "B-01")
    workshops.delete_workshop(workshop_id, "Autumn")
    with reading() as session:
        assert session.scalar(select(func.count()).where(AgendaItemRow.workshop_id == workshop_id)) == 0


def test_an_answer_is_published_once_it_is_complete_and_can_be_taken_back(workshop_id):
    with pytest.raises(InvalidInput, match="Nothing is decided yet"):
        agenda.publish(found(workshop_id), today=DAY)
    put(workshop_id, "A-01", "B-01")
    change(workshop_id, "A-01", decision=Decision.NO, reason="No money")
    with pytest.raises(InvalidInput, match="Card A-01 still lacks what there is instead"):
        agenda.publish(found(workshop_id), today=DAY)
    with pytest.raises(NotFound, match="There is no answer here yet"):
        agenda.read_answer(found(workshop_id))
    change(workshop_id, "A-01", alternative="A list")
    agenda.publish(found(workshop_id), today=DAY)
    agenda.publish(found(workshop_id), today=date(2026, 6, 1))
    answer = agenda.read_answer(found(workshop_id))
    assert (answer.on, answer.top) == (DAY, ())  # nobody voted, so there is no list to show
    assert [entry.code for entry in answer.beyond] == ["A-01"]
    agenda.take_back(found(workshop_id))
    with pytest.raises(NotFound):
        agenda.read_answer(found(workshop_id))


def test_promises_of_an_earlier_round_stay_open_until_they_are_ticked(workshop_id):
    put(workshop_id, "A-01", "B-01", "C-01", "S-01")
    change(workshop_id, "A-01", decision=Decision.DO, action="Ask", due=date(2026, 8, 1))
    change(workshop_id, "B-01", decision=Decision.LATER, reason="No time")
    change(workshop_id, "C-01", decision=Decision.NO, reason="No money", alternative="A list")
    change(workshop_id, "S-01", decision=Decision.DO, action="Listen", due=date(2026, 6, 1))
    agenda.publish(found(workshop_id), today=DAY)
    assert agenda.open_promises(found(workshop_id), date(2026, 7, 1)) == ()
    with writing() as session:
        session.add(RoundRow(workshop_id=workshop_id, number=2))
    later = found(workshop_id)
    promises = agenda.open_promises(later, date(2026, 7, 1))
    assert [(promise.round, promise.item.code, promise.overdue) for promise in promises] == [
        (1, "S-01", True),
        (1, "A-01", False),
        (1, "B-01", False),
    ]
    change(workshop_id, "S-01", progress=Progress.DONE)
    standing = agenda.count_agenda(later, date(2026, 7, 1))
    assert (standing.cards, [promise.item.code for promise in standing.promises]) == (0, ["A-01", "B-01"])
    answer = agenda.read_answer(later)  # the answer of the round before stays readable, without a list
    assert (answer.round, answer.top, [entry.code for entry in answer.beyond]) == (
        1,
        (),
        ["A-01", "B-01", "C-01", "S-01"],
    )


@pytest.mark.usefixtures("any_app")
def test_a_page_from_before_the_next_round_puts_nothing_on_its_agenda_and_publishes_nothing(workshop_id):
    before = found(workshop_id)
    put(workshop_id, "A-01")
    change(workshop_id, "A-01", decision=Decision.DO, action="Ask")
    start_next_round(workshop_id, NextRound(after=1), secret=SECRET)
    for attempt in (lambda: agenda.put_on_agenda(before, "B-01"), lambda: agenda.publish(before, today=DAY)):
        with pytest.raises(WrongStage):
            attempt()
    assert codes(workshop_id) == []


@pytest.mark.parametrize("other", ["changed", "moved"])
def test_a_card_that_is_taken_off_while_another_device_changes_or_moves_it_is_gone_or_was_not_there(
    any_app, workshop_id, other
):
    put(workshop_id, "B-01")
    for _time in range(ROUNDS):
        put(workshop_id, "A-01")
        both, said = threading.Barrier(2), []

        def attempt(work, both=both, said=said):
            with any_app.app_context():
                workshop = found(workshop_id)
                both.wait()
                try:
                    work(workshop)
                except Exception as error:  # noqa: BLE001  whatever it is
                    said.append(type(error))

        jobs = {
            "off": lambda workshop: agenda.take_off(workshop, 1, "A-01"),
            "changed": lambda workshop: agenda.change_item(workshop, 1, "A-01", {"owner": "Ada"}, today=DAY),
            "moved": lambda workshop: agenda.move_item(workshop, 1, "A-01", up=True),
        }
        threads = [threading.Thread(target=attempt, args=(jobs[name],)) for name in ("off", other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (codes(workshop_id), set(said) <= {NotFound}) == (["B-01"], True)


@UNDIVIDED
@pytest.mark.rebuilds_tables
def test_a_workshop_from_before_the_agenda_is_there_after_the_upgrade(workshop_id):
    from alembic import command

    from cardsort.store.engine import writing_on
    from cardsort.store.migrations import configuration, migrate
    from cardsort.store.models import db

    with writing_on(db.engine) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    migrate(db.engine)
    upgraded = found(workshop_id)
    assert (upgraded.round.stage, upgraded.round.published_on) == (Stage.REVEALED, None)
    put(workshop_id, "A-01")
    assert codes(workshop_id) == ["A-01"]
