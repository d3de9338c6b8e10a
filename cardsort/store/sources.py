"""Where the ballots of a round came from, counted in the database."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from cardsort.domain.ballots import CORE, Group, Kind
from cardsort.domain.sources import Sources, count_sources
from cardsort.store.codes import count_used
from cardsort.store.models import BallotRow
from cardsort.store.removed import count_removed

PLACES = [(group, kind) for group in Group for kind in Kind]
COUNTS = [one.name for one in fields(Sources)]
CODED = Group.CUSTOMERS, CORE[Group.CUSTOMERS]  # the ballots that one-time codes are for


def count_round(session: Session, of: Row[Any]) -> dict[tuple[Group, Kind], Sources]:
    """Where the ballots of a round's row came from, by group and kind; what an archive told of it stays so."""
    if of.sources is not None:
        told = {(Group(one["group"]), Kind(one["kind"])): one for one in of.sources}
        return {place: Sources(**{name: told.get(place, {}).get(name, 0) for name in COUNTS}) for place in PLACES}
    query = (
        select(BallotRow.group, BallotRow.kind, BallotRow.source, func.count())
        .where(BallotRow.workshop_id == of.workshop_id, BallotRow.round_number == of.number)
        .group_by(BallotRow.group, BallotRow.kind, BallotRow.source)
    )
    found: dict[tuple[Group, Kind], list[tuple[str | None, int]]] = {place: [] for place in PLACES}
    for group, kind, source, count in session.execute(query):
        found[Group(group), Kind(kind)].append((source, count))
    removed = count_removed(session, of.workshop_id, of.number)
    sources = {place: replace(count_sources(counts), **removed.get(place, {})) for place, counts in found.items()}
    if of.codes:
        sources[CODED] = replace(sources[CODED], with_code=count_used(session, of.workshop_id, of.number))
    return sources


def count_segments(
    session: Session, workshop_id: str, number: int, segments: Mapping[Group, int]
) -> dict[Group, tuple[Sources, ...]]:
    """Where each group's core ballots of each of its so many segments came from; nothing to ask without segments."""
    if not any(segments.values()):
        return dict.fromkeys(segments, ())
    query = (
        select(BallotRow.group, BallotRow.kind, BallotRow.segment, BallotRow.source, func.count())
        .where(BallotRow.workshop_id == workshop_id, BallotRow.round_number == number)
        .group_by(BallotRow.group, BallotRow.kind, BallotRow.segment, BallotRow.source)
    )
    found: dict[tuple[str, str, int | None], list[tuple[str | None, int]]] = defaultdict(list)
    for group, kind, segment, source, count in session.execute(query):
        found[group, kind, segment].append((source, count))
    return {
        group: tuple(count_sources(found[group, CORE[group], segment]) for segment in range(1, count + 1))
        for group, count in segments.items()
    }
