"""Workshops with their rounds, locks and segments."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, func, insert, literal, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.effort import Way
from cardsort.domain.errors import NotFound
from cardsort.domain.rounds import RoundState
from cardsort.domain.settings import Appeal, ChainKind, Segment, Settings
from cardsort.domain.workshops import Workshop
from cardsort.store.agenda import has_agenda
from cardsort.store.ballots import known_person
from cardsort.store.decks import DECK_TEXT, deck_to_json, read_deck
from cardsort.store.engine import Transaction
from cardsort.store.models import (
    INSERT,
    WORKSHOP_ID,
    BallotRow,
    LinkRow,
    LockRow,
    OneTimeCodeRow,
    RespondentRow,
    RoundRow,
    SegmentRow,
    WorkshopRow,
    table_of,
)
from cardsort.store.sources import count_round, count_segments
from cardsort.store.unchanged import Unchanged

TABLES = (WorkshopRow, RoundRow, LockRow, SegmentRow, LinkRow, OneTimeCodeRow, RespondentRow)
WORKSHOP, ROUND, LOCK, SEGMENT, LINK, CODE, PERSON = map(table_of, TABLES)
SAME = (  # of the settings, what is the same in the row
    *("name", "organisation", "picks", "threshold", "census", "language"),
    *("question_it", "question_customers", "question_it_own", "question_customers_prediction"),
)
WAYS = ("first_way_it", "first_way_customers")  # "" = None

# What every request of a respondent begins with is built once, as in `ballots`.
_OF = bindparam("of", type_=WORKSHOP_ID)
_WORKSHOP = select(*(column for column in WORKSHOP.c if column.name != "deck"), DECK_TEXT).where(WORKSHOP.c.id == _OF)
_ROUNDS = (  # with a row for each lock, or one without
    select(
        ROUND,
        LOCK.c.group,
        LOCK.c.locked_at,
        LOCK.c.reopened_at,
        exists().where(CODE.c.workshop_id == _OF, CODE.c.round_number == ROUND.c.number).label("codes"),
    )
    .outerjoin(LOCK, (LOCK.c.workshop_id == _OF) & (LOCK.c.round_number == ROUND.c.number))
    .where(ROUND.c.workshop_id == _OF)
    .order_by(ROUND.c.number, LOCK.c.locked_at)
)
_HOLD = (
    select(ROUND.c.number).where(ROUND.c.workshop_id == _OF).order_by(ROUND.c.number.desc()).limit(1).with_for_update()
)
_state: Unchanged[RoundState] = Unchanged(1000, but_votes=True)
_SEGMENTS = select(SEGMENT).where(SEGMENT.c.workshop_id == _OF).order_by(SEGMENT.c.number)


@cache
def _share(dialect: str) -> ReturningInsert[str, bool, bool]:
    """Store a person where the link is one of the workshop's; the round stays locked for sharing meanwhile."""
    columns = {"workshop_id": ROUND.c.workshop_id, "id": bindparam("id", type_=PERSON.c.id.type)}
    columns["key_hash"] = bindparam("key", type_=PERSON.c.key_hash.type)
    linked = exists().where(LINK.c.workshop_id == _OF, LINK.c.token_hash == bindparam("token"))
    last = select(*columns.values()).where(ROUND.c.workshop_id == _OF, linked).order_by(ROUND.c.number.desc()).limit(1)
    statement = INSERT[dialect](PERSON).from_select(list(columns), last.with_for_update(read=True, of=ROUND))
    key = {"key_hash": statement.excluded.key_hash}  # an update that changes nothing locks the row and returns it
    kept = statement.on_conflict_do_update(index_elements=["workshop_id", "key_hash"], set_=key)
    return kept.returning(PERSON.c.id, PERSON.c.ended, PERSON.c.removed)  # type: ignore[no-any-return]  # either dialect's


def insert_workshop(
    session: Session,
    workshop_id: str,
    settings: Settings,
    deck: Deck,
    *,
    created_on: date,
    delete_on: date,
    alone: Group | None = None,
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
    insert_round(session, workshop_id, 1, settings.expected_it, settings.expected_customers, alone=alone)
    for group in Group:
        _insert_segments(session, workshop_id, group, settings.segments_of(group))


def update_workshop(session: Session, workshop_id: str, number: int, settings: Settings, *, new_edition: bool) -> None:
    """Put these settings in the place of the old ones; `number` is the round that the expectations are for."""
    workshop, last = session.get_one(WorkshopRow, workshop_id), session.get_one(RoundRow, (workshop_id, number))
    for name, value in _workshop_columns(settings).items():
        setattr(workshop, name, value)
    last.expected_it, last.expected_customers = settings.expected_it, settings.expected_customers
    last.edition += new_edition
    for group in Group:
        replace_segments(session, workshop_id, group, settings.segments_of(group))


def replace_segments(session: Session, workshop_id: str, group: Group, segments: tuple[Segment, ...]) -> None:
    """Put these kinds of customers, or teams, in the place of the old ones; ballots name them by their numbers."""
    session.execute(delete(SegmentRow).where(SegmentRow.workshop_id == workshop_id, SegmentRow.group == group.value))
    _insert_segments(session, workshop_id, group, segments)


def insert_round(
    session: Session,
    workshop_id: str,
    number: int,
    expected_it: int | None,
    expected_customers: int | None,
    *,
    alone: Group | None = None,
) -> None:
    """Open a round for ballots, of one group `alone` or of both; WriteConflict at the commit where somebody else has
    just done so.
    """
    expected = {"expected_it": expected_it, "expected_customers": expected_customers}
    session.add(RoundRow(workshop_id=workshop_id, number=number, alone=alone, **expected))
    session.flush()


def load_workshop(
    session: Session,
    workshop_id: str,
    number: int | None = None,
    *,
    counted: bool = True,
    now: datetime | None = None,
) -> Workshop | None:
    """The workshop with the round of that number (default: its last), or None.

    Counting takes the longer the more have voted: without `counted` all counts are empty and its stage is unknown.
    What has closed by itself `now` is locked.
    """
    row: Any = session.execute(_WORKSHOP, {"of": workshop_id}).one_or_none()
    rounds = _rounds(session, workshop_id)
    wanted = rounds.get(max(rounds, default=0) if number is None else number)
    if row is None or wanted is None:
        return None
    of = wanted[0]
    sources = count_round(session, of) if counted else {}
    settings = _settings(session, row, of)
    segments = {group: len(settings.segments_of(group)) if counted else 0 for group in Group}
    return Workshop(
        id=row.id,
        settings=settings,
        own_deck=read_deck(row.deck_text),
        created_on=row.created_on,
        delete_on=row.delete_on,
        round=replace(
            _round_state(wanted).at(now), ballots=sum(one.n for one in sources.values()), agenda=_is_agreed(session, of)
        ),
        sources=sources,
        segment_sources=count_segments(session, workshop_id, of.number, segments),
        revealed={number: at for number, (found, *_) in rounds.items() if (at := found.revealed_at) is not None},
        restored=row.archived_on or row.restored,
    )


def hold_round(session: Transaction, workshop_id: str, now: datetime | None = None) -> RoundState:
    """The last round's state, which nobody changes and for which nobody stores a ballot until the transaction ends.
    Its ballots are not counted. NotFound where the workshop is gone. What has closed by itself `now` is locked, which
    is written down.
    """
    if session.execute(_HOLD, {"of": workshop_id}).one_or_none() is None:
        raise NotFound
    state = _last_round(session, workshop_id)
    closed = state.at(now)
    for group in closed.locked.keys() - state.locked.keys():
        lock = {"group": group.value, "locked_at": closed.locked[group]}
        session.execute(insert(LOCK).values(workshop_id=workshop_id, round_number=state.number, **lock))
    return closed


def share_round(
    connection: Connection, workshop_id: str, token_hash: bytes, key_hash: bytes, new_id: str
) -> tuple[RoundState, str, bool]:
    """The last round's state, for ballots, the id of the person with that key, stored now if need be, and whether any
    ballot of theirs was taken out. Many hold the round at once, and whoever changes it waits for them all; other
    requests of the person wait for this one.
    NotFound where the link, or the workshop, is gone; HandedOver where the key has ended.

    This is what makes locking exact on PostgreSQL: the state is read after the wait, in a statement of its own, as
    one that waits sees all other rows as they were before. On SQLite writes are one after the other anyway, so the
    state since the last change of anything but votes is as good as held.
    """
    values = {"of": workshop_id, "token": token_hash, "key": key_hash, "id": new_id}
    row = connection.execute(_share(connection.dialect.name), values).one_or_none()
    person = known_person(row)
    if row is None or person is None:
        raise NotFound
    return _state.find(workshop_id, lambda: _last_round(connection, workshop_id)), person, row.removed


def _last_round(session: Transaction, workshop_id: str) -> RoundState:
    rounds = _rounds(session, workshop_id)
    return _round_state(rounds[max(rounds)])


def _rounds(session: Transaction, workshop_id: str) -> dict[int, list[Row[Any]]]:
    """The rows of each round, rising."""
    rounds: dict[int, list[Row[Any]]] = {}
    for row in session.execute(_ROUNDS, {"of": workshop_id}):
        rounds.setdefault(row.number, []).append(row)
    return rounds


def groups_voted(session: Session, workshop_id: str, number: int) -> frozenset[Group]:
    """The groups that have a ballot of any kind in that round."""
    of = BallotRow.workshop_id == workshop_id, BallotRow.round_number == number
    return frozenset(Group(name) for name in session.scalars(select(BallotRow.group).where(*of).distinct()))


def set_alone(session: Session, workshop_id: str, number: int, alone: Group | None) -> None:
    """Record the one group that takes part in a round; None = both."""
    session.get_one(RoundRow, (workshop_id, number)).alone = alone


def has_ballots(session: Session, workshop_id: str) -> bool:
    """Whether anybody has sent a ballot, in whichever round."""
    return session.scalar(select(exists().where(BallotRow.workshop_id == workshop_id))) or False


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


def set_closing(session: Session, workshop_id: str, number: int, group: Group, at: datetime | None) -> None:
    """Record when a group closes by itself; None = it does not."""
    setattr(session.get_one(RoundRow, (workshop_id, number)), f"closes_{group.value}", at)


def workshops_closed(session: Session, now: datetime) -> list[str]:
    """Ids of the workshops with a round in which a group has closed by itself, and no lock of it is written down."""
    missing = [
        (column <= now)
        & (ROUND.c.alone.is_(None) | (ROUND.c.alone == group.value))
        & ~exists().where(
            LOCK.c.workshop_id == ROUND.c.workshop_id,
            LOCK.c.round_number == ROUND.c.number,
            LOCK.c.group == group.value,
            LOCK.c.reopened_at.is_(None),
        )
        for group, column in zip(Group, (ROUND.c.closes_it, ROUND.c.closes_customers), strict=True)
    ]
    return list(session.scalars(select(ROUND.c.workshop_id).where(or_(*missing)).distinct()))


def set_revealed(session: Session, workshop_id: str, number: int, at: datetime) -> None:
    """Record the reveal of a round."""
    session.get_one(RoundRow, (workshop_id, number)).revealed_at = at


def set_reveal_step(session: Session, workshop_id: str, number: int, step: int) -> None:
    """Record which slide of the reveal is shown."""
    session.get_one(RoundRow, (workshop_id, number)).reveal_step = step


def set_on_devices(session: Session, workshop_id: str, number: int, *, shown: bool) -> None:
    """Record whether participants see the lists on their own devices."""
    session.get_one(RoundRow, (workshop_id, number)).on_devices = shown


def set_delete_on(session: Session, workshop_id: str, day: date) -> None:
    """Keep the workshop until that day."""
    session.get_one(WorkshopRow, workshop_id).delete_on = day


def delete_workshop(session: Session, workshop_id: str) -> None:
    """Remove the workshop, its links and, by cascade, everything else that belongs to it."""
    session.execute(delete(LINK).where(LINK.c.workshop_id == workshop_id))
    session.execute(delete(WorkshopRow).where(WorkshopRow.id == workshop_id))


def hold_to_delete(session: Session, today: date) -> list[str]:
    """Ids of the workshops whose deletion date has come, which nobody changes until the transaction ends. Looked up
    anew once all of them are held: one may just have been kept longer.
    """
    due = select(WorkshopRow.id).where(WorkshopRow.delete_on <= today).order_by(WorkshopRow.id)
    held = list(session.scalars(due))
    for workshop_id in held:
        with suppress(NotFound):  # one that was restored in part may have no round
            hold_round(session, workshop_id)
    return [workshop_id for workshop_id in session.scalars(due) if workshop_id in held]


def list_workshops(session: Session) -> list[tuple[str, str, str, date]]:
    """Id, name, organisation and day of creation of every workshop, newest first. One that is being restored, or was
    in part, has no links yet and is none.
    """
    columns = (WorkshopRow.id, WorkshopRow.name, WorkshopRow.organisation, WorkshopRow.created_on)
    whole = exists().where(LINK.c.workshop_id == WorkshopRow.id)
    rows = session.execute(select(*columns).where(whole).order_by(WorkshopRow.created_on.desc(), WorkshopRow.name))
    return [(row.id, row.name, row.organisation, row.created_on) for row in rows]


def takes_writes(session: Session) -> bool:
    """Whether the database can be written to. On SQLite always; fails where the database cannot even be read."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    read_only = literal("off") if sqlite else func.current_setting("transaction_read_only")
    found = session.execute(select(read_only, exists().select_from(WorkshopRow))).one()
    return bool(found[0] == "off")


def _workshop_columns(settings: Settings) -> dict[str, Any]:
    """What of the settings stands in the workshop's own row and can be changed."""
    ways = {name: getattr(settings, name) or "" for name in WAYS}
    return {name: getattr(settings, name) for name in SAME} | asdict(settings.appeal) | ways


def _insert_segments(session: Session, workshop_id: str, group: Group, segments: tuple[Segment, ...]) -> None:
    for number, segment in enumerate(segments, start=1):
        session.add(SegmentRow(workshop_id=workshop_id, group=group.value, number=number, **asdict(segment)))
    session.flush()


def _round_state(rows: list[Row[Any]]) -> RoundState:
    """What the rows of one round say; its ballots are not counted."""
    row, locks = rows[0], [row for row in rows if row.group is not None]
    reopened: dict[Group, tuple[datetime, ...]] = {}
    for lock in locks:
        if lock.reopened_at is not None:
            group = Group(lock.group)
            reopened[group] = (*reopened.get(group, ()), lock.reopened_at)
    return RoundState(
        number=row.number,
        ballots=0,
        locked={Group(lock.group): lock.locked_at for lock in locks if lock.reopened_at is None},
        revealed_at=row.revealed_at,
        edition=row.edition,
        codes=row.codes,
        restored=row.sources is not None,
        reopened=reopened,
        published_on=row.published_on,
        reveal_step=row.reveal_step,
        on_devices=row.on_devices,
        timer_ends_at=row.timer_ends_at,
        closes={group: at for group, at in zip(Group, (row.closes_it, row.closes_customers), strict=True) if at},
        alone=Group(row.alone) if row.alone else None,
    )


def _is_agreed(session: Session, row: Row[Any]) -> bool:
    """Whether there is an agenda; not asked while people vote, as it begins with the reveal."""
    return row.revealed_at is not None and has_agenda(session, row.workshop_id, row.number)


def _settings(session: Session, row: Row[Any], of: Row[Any]) -> Settings:
    rows = session.execute(_SEGMENTS, {"of": row.id}).all()
    ways: dict[str, Any] = {name: Way(way) if (way := getattr(row, name)) else None for name in WAYS}
    return Settings(
        **{name: getattr(row, name) for name in (*SAME, "example")},
        **ways,
        appeal=Appeal(*(getattr(row, field.name) for field in fields(Appeal))),
        expected_it=of.expected_it,
        expected_customers=of.expected_customers,
        segments=_segments(rows, Group.CUSTOMERS),
        teams=_segments(rows, Group.IT),
    )


def _segments(rows: Sequence[Row[Any]], group: Group) -> tuple[Segment, ...]:
    return tuple(
        Segment(row.name, ChainKind(row.kind) if row.kind else None, row.expected, row.counts_with)
        for row in rows
        if row.group == group.value
    )
