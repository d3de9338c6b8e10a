"""Workshops with their rounds, locks and segments."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from cardsort.domain.ballots import Group, Kind
from cardsort.domain.cards import Deck
from cardsort.domain.errors import NotFound
from cardsort.domain.workshops import ChainKind, RoundState, Segment, Settings
from cardsort.store.decks import deck_from_json, deck_to_json
from cardsort.store.models import BallotRow, LockRow, RoundRow, SegmentRow, WorkshopRow


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop as stored, with the state of its last round."""

    id: str
    settings: Settings
    deck: Deck
    created_on: date
    delete_on: date
    round: RoundState
    counts: dict[Group, int]
    segment_counts: tuple[int, ...] = ()


def insert_workshop(
    session: Session, workshop_id: str, settings: Settings, deck: Deck, *, created_on: date, delete_on: date
) -> None:
    """Store a new workshop with its first round and its segments."""
    session.add(
        WorkshopRow(
            id=workshop_id,
            name=settings.name,
            organisation=settings.organisation,
            question_it=settings.question_it,
            question_customers=settings.question_customers,
            picks=settings.picks,
            threshold=settings.threshold,
            census=settings.census,
            example=settings.example,
            deck=deck_to_json(deck),
            created_on=created_on,
            delete_on=delete_on,
        )
    )
    session.flush()
    session.add(
        RoundRow(
            workshop_id=workshop_id,
            number=1,
            expected_it=settings.expected_it,
            expected_customers=settings.expected_customers,
        )
    )
    for number, segment in enumerate(settings.segments, start=1):
        session.add(SegmentRow(workshop_id=workshop_id, number=number, name=segment.name, kind=segment.kind))
    session.flush()


def load_workshop(session: Session, workshop_id: str) -> Workshop | None:
    """The workshop with its last round, or None."""
    row = session.get(WorkshopRow, workshop_id)
    last = session.scalars(_last_round_query(workshop_id)).one_or_none()
    if row is None or last is None:
        return None
    counts = count_ballots(session, workshop_id, last.number)
    settings = _settings(session, row, last)
    return Workshop(
        id=row.id,
        settings=settings,
        deck=deck_from_json(row.deck),
        created_on=row.created_on,
        delete_on=row.delete_on,
        round=_round_state(session, last, sum(counts.values())),
        counts=counts,
        segment_counts=_count_segments(session, workshop_id, last.number, len(settings.segments)),
    )


def hold_round(session: Session, workshop_id: str, *, alone: bool) -> RoundState:
    """The last round's state, held until the transaction ends: by many ballots at once, or alone for a lock.
    Its ballots are not counted.
    NotFound where the workshop is gone.

    This is what makes locking exact on PostgreSQL; on SQLite writes are one after the other anyway.
    """
    query = _last_round_query(workshop_id).with_for_update(read=not alone)
    last = session.scalars(query).one_or_none()
    if last is None:
        raise NotFound
    return _round_state(session, last, 0)


def count_ballots(session: Session, workshop_id: str, number: int) -> dict[Group, int]:
    """How many ballots each group has sent in that round."""
    query = (
        select(BallotRow.group, func.count())
        .where(BallotRow.workshop_id == workshop_id, BallotRow.round_number == number)
        .group_by(BallotRow.group)
    )
    found = {Group(group): count for group, count in session.execute(query)}
    return {group: found.get(group, 0) for group in Group}


def _count_segments(session: Session, workshop_id: str, number: int, segments: int) -> tuple[int, ...]:
    """How many customers of each segment have sent their own ballot in that round; nothing to ask without segments."""
    if not segments:
        return ()
    query = (
        select(BallotRow.segment, func.count())
        .where(
            BallotRow.workshop_id == workshop_id,
            BallotRow.round_number == number,
            BallotRow.group == Group.CUSTOMERS.value,
            BallotRow.kind == Kind.OWN.value,
        )
        .group_by(BallotRow.segment)
    )
    found = dict(session.execute(query).all())
    return tuple(found.get(segment, 0) for segment in range(1, segments + 1))


def insert_lock(session: Session, workshop_id: str, number: int, group: Group, at: datetime) -> None:
    """Lock a group from `at` on."""
    session.add(LockRow(workshop_id=workshop_id, round_number=number, group=group.value, locked_at=at))
    session.flush()


def end_lock(session: Session, workshop_id: str, number: int, group: Group, at: datetime) -> None:
    """Open a locked group again; the lock stays on record."""
    row = session.scalars(
        select(LockRow).where(
            LockRow.workshop_id == workshop_id,
            LockRow.round_number == number,
            LockRow.group == group.value,
            LockRow.reopened_at.is_(None),
        )
    ).one()
    row.reopened_at = at


def set_revealed(session: Session, workshop_id: str, number: int, at: datetime) -> None:
    """Record the reveal of a round."""
    session.get_one(RoundRow, (workshop_id, number)).revealed_at = at


def set_delete_on(session: Session, workshop_id: str, day: date) -> None:
    """Keep the workshop until that day."""
    session.get_one(WorkshopRow, workshop_id).delete_on = day


def delete_workshop(session: Session, workshop_id: str) -> None:
    """Remove the workshop and, by cascade, everything that belongs to it."""
    session.execute(delete(WorkshopRow).where(WorkshopRow.id == workshop_id))


def workshops_to_delete(session: Session, today: date) -> list[str]:
    """Ids of the workshops whose deletion date has come."""
    return list(session.scalars(select(WorkshopRow.id).where(WorkshopRow.delete_on <= today)))


def list_workshops(session: Session) -> list[tuple[str, str, str, date]]:
    """Id, name, organisation and day of creation of every workshop, newest first."""
    columns = (WorkshopRow.id, WorkshopRow.name, WorkshopRow.organisation, WorkshopRow.created_on)
    rows = session.execute(select(*columns).order_by(WorkshopRow.created_on.desc(), WorkshopRow.name))
    return [(row.id, row.name, row.organisation, row.created_on) for row in rows]


def _last_round_query(workshop_id: str) -> Select[RoundRow]:
    return select(RoundRow).where(RoundRow.workshop_id == workshop_id).order_by(RoundRow.number.desc()).limit(1)


def _round_state(session: Session, row: RoundRow, ballots: int) -> RoundState:
    locks = session.scalars(
        select(LockRow)
        .where(LockRow.workshop_id == row.workshop_id, LockRow.round_number == row.number)
        .order_by(LockRow.locked_at)
    ).all()
    reopened: dict[Group, tuple[datetime, ...]] = {}
    for lock in locks:
        if lock.reopened_at is not None:
            group = Group(lock.group)
            reopened[group] = (*reopened.get(group, ()), lock.reopened_at)
    return RoundState(
        number=row.number,
        ballots=ballots,
        locked={Group(lock.group): lock.locked_at for lock in locks if lock.reopened_at is None},
        revealed_at=row.revealed_at,
        reopened=reopened,
    )


def _settings(session: Session, row: WorkshopRow, last: RoundRow) -> Settings:
    segments = session.scalars(
        select(SegmentRow).where(SegmentRow.workshop_id == row.id).order_by(SegmentRow.number)
    ).all()
    return Settings(
        name=row.name,
        organisation=row.organisation,
        question_it=row.question_it,
        question_customers=row.question_customers,
        picks=row.picks,
        threshold=row.threshold,
        expected_it=last.expected_it,
        expected_customers=last.expected_customers,
        segments=tuple(
            Segment(segment.name, ChainKind(segment.kind) if segment.kind else None) for segment in segments
        ),
        census=row.census,
        example=row.example,
    )
