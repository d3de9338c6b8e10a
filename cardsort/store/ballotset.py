"""A workshop's ballots as columns, for the analysis: one query, compact rows, packed batch by batch."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from cardsort.analysis.ballotset import GROUPS, KINDS, SOURCES, BallotSet
from cardsort.domain.ballots import Group
from cardsort.domain.kinds import places_told, told_kinds
from cardsort.domain.settings import Settings
from cardsort.store.models import BallotRow

NOT_RANKED = b"\xff"
BATCH = 20_000
COLUMNS = (
    BallotRow.round_number,
    BallotRow.group,
    BallotRow.kind,
    BallotRow.segment,
    BallotRow.respondent_id,
    BallotRow.ranking,
    BallotRow.piles,
    BallotRow.basis,
    BallotRow.source,
    BallotRow.expected_hits,
)
Places = Mapping[str, Mapping[int, int]]
BASIS = {"k": 0, "t": 1, "-": -1}


def read_ballots(
    session: Session, workshop_id: str, deck_size: int, settings: Settings, through_round: int | None = None
) -> BallotSet:
    """All ballots of the workshop's rounds up to `through_round` (default: all), in the order of their random ids.

    Kinds of customers, or teams, that are told together are one in it. Rows are fetched and packed in batches, so that
    a million ballots need little more memory than their arrays.
    """
    query = select(*COLUMNS).where(BallotRow.workshop_id == workshop_id).order_by(BallotRow.id)
    if through_round is not None:
        query = query.where(BallotRow.round_number <= through_round)
    rows = session.execute(query, execution_options={"yield_per": BATCH})
    return pack_ballots(rows.partitions(), deck_size, settings)


def pack_ballots(found: Iterable[Sequence[Any]], deck_size: int, settings: Settings) -> BallotSet:
    """Ballots that come in batches of rows of `COLUMNS`, as one set of columns."""
    places = {group.value: places_told(settings.segments_of(group)) for group in Group}
    told = {group: tuple(one.kind for one in told_kinds(settings.segments_of(group))) for group in Group}
    people: dict[str, int] = {}
    pack = partial(_pack, deck_size=deck_size, people=people, places=places)
    batches = [pack(batch) for batch in found] or [pack([])]
    width = max(batch.rankings.shape[1] for batch in batches)
    return BallotSet(
        rankings=np.concatenate([_widen(batch.rankings, width, -1) for batch in batches]),
        group=np.concatenate([batch.group for batch in batches]),
        kind=np.concatenate([batch.kind for batch in batches]),
        round=np.concatenate([batch.round for batch in batches]),
        segment=np.concatenate([batch.segment for batch in batches]),
        respondent=np.concatenate([batch.respondent for batch in batches]),
        basis=np.concatenate([_widen(batch.basis, width, -1) for batch in batches]),
        piles=np.concatenate([_piles(batch, deck_size) for batch in batches]),
        segments=told[Group.CUSTOMERS],
        teams=told[Group.IT],
        source=np.concatenate([batch.came(np.arange(batch.n)) for batch in batches]),
        expected=np.concatenate([batch.expected for batch in batches if batch.expected is not None]),
    )


def _pack(rows: Sequence[Any], *, deck_size: int, people: dict[str, int], places: Places) -> BallotSet:
    """One batch as columns; `people` numbers the respondents met so far, `places` the kinds of each group."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    rounds, groups, kinds, segment, persons, rankings, piles, basis, sources, expected = columns
    packed = _matrix(rankings, NOT_RANKED).astype(np.int16)
    numbers = [people.setdefault(person, len(people)) for person in persons]
    return BallotSet(
        rankings=np.where(packed == NOT_RANKED[0], np.int16(-1), packed),
        group=_coded(groups, {group.value: number for number, group in enumerate(GROUPS)}),
        kind=_coded(kinds, {kind.value: number for number, kind in enumerate(KINDS)}),
        round=np.array(rounds, dtype=np.int16),
        segment=np.array(
            [places[of].get(number, -1) for of, number in zip(groups, segment, strict=True)], dtype=np.int16
        ),
        respondent=np.array(numbers, dtype=np.int64),
        basis=_basis(basis, packed.shape[1]),
        piles=_matrix(piles, b"\x00", deck_size).astype(np.int8) if any(piles) else None,
        source=_coded(sources, {None: -1} | {source.value: number for number, source in enumerate(SOURCES)}),
        expected=np.array([-1 if answer is None else answer for answer in expected], dtype=np.int8),
    )


def _widen(columns: NDArray[Any], width: int, filling: int) -> NDArray[Any]:
    missing = width - columns.shape[1]
    return np.pad(columns, ((0, 0), (0, missing)), constant_values=filling) if missing else columns


def _piles(batch: BallotSet, deck_size: int) -> NDArray[np.int8]:
    return batch.piles if batch.piles is not None else np.zeros((batch.n, deck_size), dtype=np.int8)


def _matrix(rows: Sequence[bytes], padding: bytes, width: int = 0) -> NDArray[np.uint8]:
    """Byte strings of different lengths as the rows of one matrix."""
    width = max(width, max(map(len, rows), default=0))
    joined = b"".join(row.ljust(width, padding) for row in rows)
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(rows), width)


def _coded(values: Sequence[str | None], codes: Mapping[Any, int]) -> NDArray[np.int8]:
    return np.array([codes[value] for value in values], dtype=np.int8)


def _basis(rows: Sequence[str], width: int) -> NDArray[np.int8]:
    said = np.full((len(rows), width), -1, dtype=np.int8)
    for number, row in enumerate(rows):
        if row:  # customers are not asked, so this visits IT's few ballots only
            said[number, : len(row)] = [BASIS[letter] for letter in row]
    return said


def serves_columns(session: Session, workshop_id: str, round_number: int) -> list[tuple[Any, ...]]:
    """What IT wrote about whom it works for, and the sources and teams of these ballots, in the order of their random
    ids.
    """
    query = (
        select(BallotRow.serves, BallotRow.source, BallotRow.segment)
        .where(
            BallotRow.workshop_id == workshop_id,
            BallotRow.round_number == round_number,
            BallotRow.group == "it",
            BallotRow.kind == "prediction",
            BallotRow.serves != "",
        )
        .order_by(BallotRow.id)
    )
    return [tuple(row) for row in session.execute(query)]


def voices_columns(session: Session, workshop_id: str, round_number: int) -> list[tuple[Any, ...]]:
    """Ranking, reasons, moment and source of a round's customers' own ballots, in the order of their random ids."""
    query = (
        select(BallotRow.ranking, BallotRow.reasons, BallotRow.moment, BallotRow.source)
        .where(
            BallotRow.workshop_id == workshop_id,
            BallotRow.round_number == round_number,
            BallotRow.group == "customers",
            BallotRow.kind == "own",
        )
        .order_by(BallotRow.id)
    )
    return [tuple(row) for row in session.execute(query)]
