"""Rows of any table as plain values, and back: columns, types and lengths are read from the tables themselves.

So a new column travels with its workshop without a word here, and a new table with one line in `MORE_TABLES`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, TypeDecorator, insert, select
from sqlalchemy.orm import Session

from cardsort.domain.ballots import Group, Kind
from cardsort.domain.cards import Deck
from cardsort.domain.errors import InvalidArchive
from cardsort.language import N_, _, ngettext, number
from cardsort.store.ballots import Slot, stored_ballot
from cardsort.store.batches import Placed
from cardsort.store.models import (
    AgendaItemRow,
    BallotRow,
    Base,
    LockRow,
    RoundRow,
    SegmentRow,
    SlideNoteRow,
    WorkshopRow,
)

OWN_TABLES: tuple[type[Base], ...] = (WorkshopRow, SegmentRow, RoundRow, LockRow)
MORE_TABLES: tuple[type[Base], ...] = (AgendaItemRow, SlideNoteRow)
"""Further tables that belong to a workshop and are archived as they are: texts of the facilitator, nothing about
single people. Parents before their children. A table that names respondents or ballots does not fit here.
"""
LEFT_OUT = {  # told, or set, otherwise
    *("id", "workshop_id", "deck", "delete_on", "mixed"),
    *("restored", "archived_on", "sources", "timer_ends_at", "on_devices"),
}
# L10N: %(where)s begins these sentences: “Entry 3 of “rounds”, “number”” or “The part “workshop”, “name””
OF_OTHER_KIND = {
    str: N_("%(where)s is not a text."),
    int: N_("%(where)s is not a whole number."),
    bool: N_("%(where)s is not true or false."),
    date: N_("%(where)s is not a day such as 2026-05-04."),
    datetime: N_("%(where)s is not a time such as 2026-05-04T14:02:00+00:00."),
}
LARGEST, LONGEST = 2**31 - 1, 10_000
Values = dict[str, Any]


def dump_rows(session: Session, table: type[Base], workshop_id: str) -> list[Values]:
    """All rows of a workshop in a table, in the order of their keys; without the workshop's id."""
    key = table.__table__.c["id" if table is WorkshopRow else "workshop_id"]
    query = select(table.__table__).where(key == workshop_id).order_by(*table.__table__.primary_key)
    return [
        {name: _plain(value) for name, value in row.items() if name not in LEFT_OUT}
        for row in session.execute(query).mappings()
    ]


def load_row(table: type[Base], values: Any, where: str) -> Values:
    """A row's values as the table takes them; a sentence that begins with `where` for anything else.

    A column that the archive does not know yet takes its default, or nothing where that is allowed.
    """
    if not isinstance(values, dict):
        raise InvalidArchive(_("%(where)s is not an object with names and values.", where=where))
    columns = {column.name: column for column in table.__table__.columns if column.name not in LEFT_OUT}
    if strange := sorted(set(values) - set(columns)):
        raise InvalidArchive(
            _(
                "%(where)s has “%(name)s”, which is unknown here. A newer Cardsort may have made the file.",
                where=where,
                name=strange[0],
            )
        )
    found = {}
    for name, column in columns.items():
        if name in values:
            found[name] = _checked(column, values[name], _("%(where)s, “%(name)s”", where=where, name=name))
        elif not column.nullable and column.default is None and column.server_default is None:
            raise InvalidArchive(_("%(where)s has no “%(name)s”.", where=where, name=name))
    return found


def insert_rows(session: Session, table: type[Base], workshop_id: str, rows: list[Values], **fixed: Any) -> None:
    """Store rows that `load_row` has checked."""
    key = "id" if table is WorkshopRow else "workshop_id"
    for row in rows:
        session.execute(insert(table).values({**row, **fixed, key: workshop_id}))


def archived_ballots(session: Session, workshop_id: str, deck: Deck) -> list[Placed]:
    """All ballots of all rounds, in the order of their random ids, which is a shuffle."""
    query = select(BallotRow).where(BallotRow.workshop_id == workshop_id).order_by(BallotRow.id)
    return [
        Placed(
            Slot(workshop_id, row.round_number, row.respondent_id, Group(row.group), Kind(row.kind)),
            stored_ballot(row, deck),
        )
        for row in session.scalars(query)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _checked(column: ColumnElement[Any], value: Any, where: str) -> Any:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    wanted = kind.python_type
    if value is None and column.nullable:
        return None
    if wanted in {date, datetime}:
        return _time(wanted, value, where)
    if wanted in OF_OTHER_KIND and type(value) is not wanted:
        raise InvalidArchive(_(OF_OTHER_KIND[wanted], where=where))
    if wanted is int and not 0 <= value <= LARGEST:
        raise InvalidArchive(_("%(where)s is not a number from 0 to %(most)s.", where=where, most=LARGEST))
    limit = (kind.length if isinstance(kind, String) else None) or LONGEST
    if wanted is str and len(value) > limit:
        raise InvalidArchive(_too_long(where, len(value), limit))
    return value


def _too_long(where: str, length: int, limit: int) -> str:
    return ngettext(
        "%(where)s has %(n)s character, %(most)s are possible.",
        "%(where)s has %(n)s characters, %(most)s are possible.",
        length,
        where=where,
        most=number(limit),
    )


def _time(wanted: Any, value: Any, where: str) -> Any:
    """A day, or a time that says its zone."""
    try:
        found = wanted.fromisoformat(value)
    except (TypeError, ValueError):
        found = None
    if found is None or (isinstance(found, datetime) and found.tzinfo is None):
        raise InvalidArchive(_(OF_OTHER_KIND[wanted], where=where))
    return found
