"""What a change touches, row by row, in a workshop of several rounds: these rows and no other, of whichever round.

The neighbour, who lives in every test's database, is looked at after each test by itself (tests/conftest.py).
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from cardsort.domain.agenda import Decision, Progress
from cardsort.domain.ballots import Ballot, Group
from cardsort.store.ballots import StoredBallot
from cardsort.store.codes import count_used
from cardsort.store.engine import reading
from cardsort.store.links import Purpose
from cardsort.store.models import Base
from cardsort.usecases import agenda, codes, editing, handovers, imports, voting, workshops
from cardsort.usecases.rounds import NextRound, start_next_round
from cardsort.usecases.tokens import new_ballot_id
from tests.conftest import SECRET
from tests.neighbour import CARDS, DAY, NOW, SETTINGS, build, rows_of

FORMS = {("it", "own"), ("it", "prediction"), ("customers", "own"), ("customers", "prediction")}


def test_the_neighbour_has_something_in_every_table_and_of_every_kind_in_both_rounds(neighbours_rows):
    of_workshops = [
        table for table in Base.metadata.sorted_tables if {"workshop_id", "delete_on"} & set(table.c.keys())
    ]
    assert {name for name, *_ in neighbours_rows} == {table.name for table in of_workshops}
    for table in ("ballot", "draft"):
        found = [row for (name, *_), row in neighbours_rows.items() if name == table]
        places = {(row["round_number"], (row["group"], row["kind"])) for row in found}
        assert places == {(number, form) for number in (1, 2) for form in FORMS}
    for table in ("lock", "one_time_code"):
        assert {row["round_number"] for (name, *_), row in neighbours_rows.items() if name == table} == {1, 2}
    assert {row["used"] for (name, *_), row in neighbours_rows.items() if name == "one_time_code"} == {True, False}
    assert {row["segment"] for (name, *_), row in neighbours_rows.items() if name == "link"} == {0, 1, 2}


class House:
    """A workshop that has everything, in its second round; each `change` tells what became of its rows."""

    def __init__(self, deck):
        self.id = build(deck, SECRET)
        self.rows = rows_of(self.id)

    @property
    def found(self):
        return workshops.find_workshop(self.id)

    @property
    def door(self):
        return voting.find_voting(workshops.voting_access(self.id, secret=SECRET)[Group.CUSTOMERS].token, secret=SECRET)

    def cast(self, key, **more):
        with reading() as session:  # the first of its codes, and those that it has used since, are gone
            used = count_used(session, self.id, self.found.round.number)
        code = [*codes.codes_of(self.found, secret=SECRET), ""][used]
        sent = StoredBallot(new_ballot_id(), Ballot(CARDS))
        typed = codes.hash_typed(code, secret=SECRET)
        voting.cast_ballot(self.door, key, sent, segment=2, code=typed, **more)

    def change(self, act):
        before, self.answer = self.rows, act()
        self.rows = rows_of(self.id)
        found = Counter()
        for key in before.keys() | self.rows.keys():
            old, new = before.get(key), self.rows.get(key)
            if old != new:
                found["new" if old is None else "gone" if new is None else "changed", *_place(key[0], new or old)] += 1
        return {" ".join(map(str, what)): count for what, count in found.items()}


def _place(table, row):
    number = row["number"] if table == "round" else row.get("round_number")
    return (table,) if number is None else (table, number)


@pytest.fixture
def house(any_app, deck):
    with any_app.app_context():
        yield House(deck)


def test_what_respondents_do_touches_rows_of_their_own_and_of_this_round(house):
    change, door = house.change, house.door
    assert change(lambda: house.cast("me")) == {"new ballot 2": 1, "new respondent": 1, "changed one_time_code 2": 1}
    assert change(lambda: house.cast("me", replace=True)) == {"new ballot 2": 1, "gone ballot 2": 1}
    assert change(lambda: voting.keep_draft(door, "me", "{}")) == {"new draft 2": 1}
    assert change(lambda: voting.keep_draft(door, "me", '{"step":"why"}')) == {"changed draft 2": 1}
    assert change(lambda: voting.keep_draft(voting.turn_to_second(door), "me", "{}")) == {"new draft 2": 1}
    begin = change(lambda: handovers.start_handover(door, "me", secret=SECRET, now=NOW))
    assert begin == {"new handover": 1}
    typed = house.answer
    assert change(lambda: handovers.take_over(door, typed, secret=SECRET, now=NOW)) == {
        "gone handover": 1,
        "changed respondent": 1,  # has another key now, and the old one
        "new respondent": 1,  # has ended
    }
    assert change(lambda: voting.hand_on(door, house.answer)) == {"gone draft 2": 2}


def test_what_the_facilitator_does_touches_the_present_round_alone(house):
    change, of = house.change, house.id
    for group in Group:
        assert change(lambda group=group: workshops.lock_group(of, group, now=NOW + timedelta(days=1))) == {
            "new lock 2": 1
        }
    assert change(lambda: workshops.reopen_group(of, Group.CUSTOMERS, now=NOW)) == {"changed lock 2": 1}
    workshops.lock_group(of, Group.CUSTOMERS, now=NOW + timedelta(days=2))
    house.rows = rows_of(of)
    assert change(lambda: workshops.reveal(of, now=NOW)) == {"changed round 2": 1}
    assert change(lambda: workshops.turn_slide(of, seen=0, to=3, last=9)) == {"changed round 2": 1}
    later = NextRound(after=2, expected_it=7)
    assert change(lambda: start_next_round(of, later, secret=SECRET)) == {"new round 3": 1}
    assert change(lambda: codes.make_codes(of, 2, secret=SECRET)) == {"new one_time_code 3": 2}
    assert change(lambda: codes.do_without_codes(of)) == {"gone one_time_code 3": 2}
    edited = replace(SETTINGS, name="Winter", expected_it=8)
    assert change(lambda: editing.edit_workshop(of, edited, secret=SECRET)) == {
        "changed workshop": 1,
        "changed round 3": 1,
    }
    text = "group,ranking,respondent\nit,A-01 B-02 C-03,ann\n"
    checked = imports.check_import(house.found, text, secret=SECRET)
    assert change(lambda: imports.import_ballots(house.found, checked)) == {"new ballot 3": 1, "new respondent": 1}


def test_new_people_get_every_link_anew_but_the_facilitators(house):
    for group in Group:
        workshops.lock_group(house.id, group, now=NOW + timedelta(days=1))
    workshops.reveal(house.id, now=NOW)
    house.rows = before = rows_of(house.id)
    new = NextRound(after=2, new_links=True)
    changed = house.change(lambda: start_next_round(house.id, new, secret=SECRET))
    assert changed == {"new round 3": 1, "changed link": 4}
    desk = ("link", "facilitator", 0)
    assert house.rows[desk] == before[desk]


def test_links_and_the_day_of_deletion_are_changed_one_by_one(house):
    change, of = house.change, house.id
    for purpose in Purpose:
        assert change(lambda purpose=purpose: workshops.replace_link(of, purpose, secret=SECRET)) == {"changed link": 1}
    assert change(lambda: workshops.replace_link(of, Purpose.CUSTOMERS, secret=SECRET, segment=2)) == {
        "changed link": 1
    }
    assert change(lambda: workshops.set_deletion(of, DAY + timedelta(days=9), today=DAY)) == {"changed workshop": 1}


def test_what_is_agreed_touches_one_card_of_one_round(house):
    change, of = house.change, house.id
    for group in Group:
        workshops.lock_group(of, group, now=NOW + timedelta(days=1))
    workshops.reveal(of, now=NOW)
    for code in ("A-01", "B-02"):
        agenda.put_on_agenda(house.found, code)
    house.rows = rows_of(of)
    assert change(lambda: agenda.put_on_agenda(house.found, "C-03")) == {"new agenda_item 2": 1}
    done = {"progress": Progress.DONE}
    for number in (1, 2):
        assert change(lambda number=number: agenda.change_item(house.found, number, "A-01", done, today=DAY)) == {
            f"changed agenda_item {number}": 1
        }
        assert change(lambda number=number: agenda.move_item(house.found, number, "A-01", up=False)) == {
            f"changed agenda_item {number}": 2
        }
    assert change(lambda: agenda.take_off(house.found, 2, "C-03")) == {"gone agenda_item 2": 1}
    no = {"decision": Decision.NO, "reason": "No money", "alternative": "A list"}
    agenda.change_item(house.found, 2, "A-01", no, today=DAY)
    house.rows = rows_of(of)
    assert change(lambda: agenda.publish(house.found, today=DAY)) == {"changed round 2": 1}
    assert change(lambda: agenda.take_back(house.found)) == {"changed round 2": 1}


def test_tidying_takes_the_drafts_of_locked_groups_and_leaves_those_of_reopened_ones(house):
    workshops.lock_group(house.id, Group.CUSTOMERS, now=NOW + timedelta(days=1))  # IT was locked before, and reopened
    house.rows = rows_of(house.id)
    a_week = NOW + workshops.DRAFTS_KEPT_FOR
    assert house.change(lambda: workshops.tidy_up(now=a_week)) == {"gone handover": 4}
    after = timedelta(seconds=1)
    assert house.change(lambda: workshops.tidy_up(now=a_week + after)) == {"gone draft 1": 4}
    assert house.change(lambda: workshops.tidy_up(now=a_week + timedelta(days=1) + after)) == {"gone draft 2": 2}
    left = {row["group"] for (name, *_), row in house.rows.items() if name == "draft"}
    assert left == {"it"}


def test_a_deleted_workshop_goes_with_every_row(house):
    workshops.delete_workshop(house.id, "the neighbour")
    assert rows_of(house.id) == {}
