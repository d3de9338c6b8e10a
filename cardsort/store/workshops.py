"""Workshops with their rounds, locks and segments."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, select
from sqlalchemy.orm import Session

from cardsort.domain.ballots import Group, Kind
from cardsort.domain.cards import Deck
from cardsort.domain.errors import NotFound
from cardsort.domain.workshops import Appeal, ChainKind, RoundState, Segment, Settings
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
            **_workshop_columns(settings),
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
    _insert_segments(session, workshop_id, settings.segments)


def update_workshop(session: Session, workshop_id: str, number: int, settings: Settings, *, new_edition: bool) -> None:
    """Put these settings in the place of the old ones; `number` is the round that the expectations are for."""
    workshop, last = session.get_one(WorkshopRow, workshop_id), session.get_one(RoundRow, (workshop_id, number))
    for name, value in _workshop_columns(settings).items():
        setattr(workshop, name, value)
    last.expected_it, last.expected_customers = settings.expected_it, settings.expected_customers
    last.edition += new_edition
    session.execute(delete(SegmentRow).where(SegmentRow.workshop_id == workshop_id))
    _insert_segments(session, workshop_id, settings.segments)


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


def has_ballots(session: Session, workshop_id: str) -> bool:
    """Whether anybody has sent a ballot, in whichever round."""
    return session.scalar(select(exists().where(BallotRow.workshop_id == workshop_id))) or False


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


def _workshop_columns(settings: Settings) -> dict[str, Any]:
    """What of the settings stands in the workshop's own row and can be changed."""
    return {
        "name": settings.name,
        "organisation": settings.organisation,
        "question_it": settings.question_it,
        "question_customers": settings.question_customers,
        "picks": settings.picks,
        "threshold": settings.threshold,
        "census": settings.census,
        **asdict(settings.appeal),
    }


def _insert_segments(session: Session, workshop_id: str, segments: tuple[Segment, ...]) -> None:
    for number, segment in enumerate(segments, start=1):
        session.add(SegmentRow(workshop_id=workshop_id, number=number, **asdict(segment)))
    session.flush()


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
        edition=row.edition,
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
            Segment(segment.name, ChainKind(segment.kind) if segment.kind else None, segment.expected)
            for segment in segments
        ),
        appeal=Appeal(row.asked_by, row.last_round, row.hear_by, row.honest),
        census=row.census,
        example=row.example,
    )
