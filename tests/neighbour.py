"""A workshop that has everything, two rounds long: beside it every test that changes something works, and afterwards it
has everything still. What deletes or updates too much is found by whichever test runs it.
"""

from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache

from sqlalchemy import delete, insert, select, update

from cardsort.domain.agenda import Decision
from cardsort.domain.ballots import Ballot, Group, Moment, Pile, Reason
from cardsort.domain.settings import ChainKind, Segment, Settings
from cardsort.store.ballots import StoredBallot
from cardsort.store.engine import writing
from cardsort.store.models import Base, HandoverRow, LockRow, RoundRow, WorkshopRow, db
from cardsort.store.withheld import insert_withheld
from cardsort.usecases import agenda, codes, handovers, stage, workshops
from cardsort.usecases.remarks import mark_of_words
from cardsort.usecases.removals import withdraw_ballot
from cardsort.usecases.rounds import NextRound, start_next_round
from cardsort.usecases.tokens import new_ballot_id, new_key
from cardsort.usecases.voting import cast_ballot, find_voting, keep_draft, turn_to_second

NEIGHBOUR, NAME = "TheNeighbour0000", "The neighbour"
DAY, NOW = date(2026, 5, 4), datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
LONG_AFTER = datetime(2999, 1, 1, tzinfo=UTC)
CARDS = ("A-01", "B-02", "C-03")
KINDS = (Segment("Branches", ChainKind.INTERNAL, 12), Segment("Citizens", ChainKind.PAYING))
SETTINGS = Settings(
    NAME, question_it_own="Your own?", question_customers_prediction="IT’s?", segments=KINDS, picks=3, expected_it=9
)


def build(deck, secret):
    """A workshop that has everything: round 1 revealed and answered, round 2 collecting. Its id."""
    made = workshops.start_workshop(SETTINGS, deck, secret=secret, today=DAY).workshop_id
    _vote(made, secret)
    for group in Group:
        workshops.lock_group(made, group, now=NOW)
    workshops.reveal(made, now=NOW)
    workshops.turn_slide(made, seen=0, to=4, last=9)
    with writing() as session:
        insert_withheld(session, made, 1, mark_of_words("Nine days."))
    _agree(made)
    start_next_round(made, NextRound(after=1, expected_it=4), secret=secret)
    _vote(made, secret)
    workshops.lock_group(made, Group.IT, now=NOW)
    workshops.reopen_group(made, Group.IT, now=NOW)
    return made


def rows_of(workshop_id):
    """Every row of the workshop: (table, its key without the workshop's) -> what else it says."""
    found = {}
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if owner := _owner(table):
                keys = [part.name for part in table.primary_key if part.name != owner]
                for row in connection.execute(select(table).where(table.c[owner] == workshop_id)).mappings():
                    others = {name: value for name, value in row.items() if name != owner}
                    found[table.name, *(row[key] for key in keys)] = others
    return found


def standing():
    """The neighbour's rows as the database itself gives them, table by table: told before and after each test, so
    nothing is made of them.
    """
    with closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        return [cursor.execute(statement).fetchall() for statement in _selects()]


@cache
def _selects():
    owned = [(table, owner) for table in Base.metadata.sorted_tables if (owner := _owner(table))]
    return [
        f"""SELECT * FROM "{table.name}" WHERE "{owner}" = '{NEIGHBOUR}' ORDER BY """
        + ", ".join(f'"{part.name}"' for part in table.primary_key)
        for table, owner in owned
    ]


def move_in(rows):
    """Let the neighbour have these rows, as `rows_of` found them."""
    with db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            own = [{**row, _owner(table): NEIGHBOUR} for (name, *_), row in rows.items() if name == table.name]
            if own:
                connection.execute(insert(table), own)


def move_out():
    """Let the database be empty."""
    with db.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if owner := _owner(table):
                connection.execute(delete(table).where(table.c[owner] == NEIGHBOUR))


def keep_for_ever(workshop_id):
    """Let nothing be past its time, whatever day a test says it is; but what was reopened was locked long ago."""
    with writing() as session:
        for row, owner, changes in (
            (WorkshopRow, WorkshopRow.id, {"delete_on": LONG_AFTER.date()}),
            (RoundRow, RoundRow.workshop_id, {"closes_customers": LONG_AFTER}),
            (HandoverRow, HandoverRow.workshop_id, {"expires_at": LONG_AFTER}),
        ):
            session.execute(update(row).where(owner == workshop_id).values(**changes))
        locked = (LockRow.workshop_id == workshop_id, LockRow.reopened_at.is_(None))
        session.execute(update(LockRow).where(*locked).values(locked_at=LONG_AFTER))


def _owner(table):
    """The column that says whose a row is, None for what belongs to no workshop."""
    return "id" if table.name == "workshop" else "workshop_id" if "workshop_id" in table.c else None


def _vote(workshop_id, secret):
    codes.make_codes(workshop_id, 3, secret=secret)
    code = codes.codes_of(workshops.find_workshop(workshop_id), secret=secret)[0]
    for group, access in workshops.voting_access(workshop_id, secret=secret).items():
        voting, key = find_voting(access.token, secret=secret), new_key()
        customer = group is Group.CUSTOMERS
        typed, segment = codes.hash_typed(code, secret=secret) if customer else None, 1 if customer else None
        for kind in (voting, turn_to_second(voting)):
            ballot = Ballot(
                CARDS, {"A-01": Pile.OFTEN}, (Reason(words="Nine days."),), Moment.BUSY if customer else None
            )
            cast_ballot(kind, key, StoredBallot(new_ballot_id(), ballot), segment=segment, code=typed)
            keep_draft(kind, key, '{"step":"rank"}')
            segment = None
        gone, withdrawn = new_key(), StoredBallot(new_ballot_id(), Ballot(CARDS))
        if not customer:
            cast_ballot(voting, gone, withdrawn)
            withdraw_ballot(voting, gone, withdrawn.id)
        handovers.start_handover(voting, key, secret=secret, now=NOW)


def _agree(workshop_id):
    for code in CARDS:
        agenda.put_on_agenda(workshops.find_workshop(workshop_id), code)
        said = {"decision": Decision.DO, "action": "Sit in a branch", "owner": "Ann", "due": DAY}
        agenda.change_item(workshops.find_workshop(workshop_id), 1, code, said, today=DAY)
    agenda.publish(workshops.find_workshop(workshop_id), today=DAY)
    stage.write_note(workshop_id, "it", "Read slowly.")
