"""Agenda items in the database, and since when a round's answer is published."""

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cardsort.domain.agenda import AgendaItem, Decision, Party, Progress, Worth
from cardsort.store.models import AgendaItemRow, RoundRow

CHOICES = {"decision": Decision, "worth_paying": Worth, "acceptable": Worth, "progress": Progress}


def load_agenda(session: Session, workshop_id: str, number: int) -> tuple[AgendaItem, ...]:
    """A round's agenda, in its order."""
    query = _in_order(workshop_id).where(AgendaItemRow.round_number == number)
    return tuple(_item(row) for row in session.scalars(query))


def load_earlier(session: Session, workshop_id: str, before: int) -> list[tuple[int, AgendaItem]]:
    """The agendas of all rounds before that one, with their rounds."""
    query = _in_order(workshop_id).where(AgendaItemRow.round_number < before)
    return [(row.round_number, _item(row)) for row in session.scalars(query)]


def has_agenda(session: Session, workshop_id: str, number: int) -> bool:
    """Whether anything is on the round's agenda."""
    query = select(AgendaItemRow.code).where(
        AgendaItemRow.workshop_id == workshop_id, AgendaItemRow.round_number == number
    )
    return session.scalars(query.limit(1)).first() is not None


def insert_item(session: Session, workshop_id: str, number: int, item: AgendaItem) -> None:
    """Put a card at the end of the agenda."""
    last = session.scalar(
        select(func.max(AgendaItemRow.position)).where(
            AgendaItemRow.workshop_id == workshop_id, AgendaItemRow.round_number == number
        )
    )
    key = {"workshop_id": workshop_id, "round_number": number, "code": item.code}
    session.add(AgendaItemRow(**key, position=(last or 0) + 1, **_columns(item)))
    session.flush()


def load_item(session: Session, workshop_id: str, number: int, code: str) -> AgendaItem | None:
    """One item, or None where the card is not on the agenda."""
    row = session.get(AgendaItemRow, (workshop_id, number, code))
    return None if row is None else _item(row)


def save_item(session: Session, workshop_id: str, number: int, item: AgendaItem) -> None:
    """Store what differs from before: only those columns are written, so that two devices can fill in one item."""
    row = session.get_one(AgendaItemRow, (workshop_id, number, item.code))
    for name, value in _columns(item).items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def place_items(session: Session, workshop_id: str, number: int, codes: list[str]) -> None:
    """Give the agenda this order."""
    for position, code in enumerate(codes, start=1):
        session.get_one(AgendaItemRow, (workshop_id, number, code)).position = position


def delete_item(session: Session, workshop_id: str, number: int, code: str) -> None:
    """Take a card off the agenda, with what was written about it."""
    row = session.get(AgendaItemRow, (workshop_id, number, code))
    if row is not None:
        session.delete(row)


def set_published(session: Session, workshop_id: str, number: int, on: date | None) -> None:
    """Record since when customers can read the answer; None takes it back."""
    session.get_one(RoundRow, (workshop_id, number)).published_on = on


def last_published(session: Session, workshop_id: str) -> tuple[int, date] | None:
    """The newest round whose answer customers can read, and since when."""
    query = (
        select(RoundRow.number, RoundRow.published_on)
        .where(RoundRow.workshop_id == workshop_id, RoundRow.published_on.is_not(None))
        .order_by(RoundRow.number.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None or row.published_on is None else (row.number, row.published_on)


def _in_order(workshop_id: str) -> Select[AgendaItemRow]:
    return (
        select(AgendaItemRow)
        .where(AgendaItemRow.workshop_id == workshop_id)
        .order_by(AgendaItemRow.round_number, AgendaItemRow.position, AgendaItemRow.code)
    )


def _item(row: AgendaItemRow) -> AgendaItem:
    values = {field.name: getattr(row, field.name) for field in fields(AgendaItem)}
    chosen = {name: kind(values[name]) if values[name] else None for name, kind in CHOICES.items()}
    return AgendaItem(**values | chosen | {"from_whom": frozenset(map(Party, row.from_whom))})


def _columns(item: AgendaItem) -> dict[str, Any]:
    values = {field.name: getattr(item, field.name) for field in fields(item) if field.name != "code"}
    chosen = {name: values[name] and values[name].value for name in CHOICES}
    return values | chosen | {"from_whom": [party.value for party in Party if party in item.from_whom]}
