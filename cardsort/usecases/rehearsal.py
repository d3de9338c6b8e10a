"""The reveal rehearsed: a result of invented ballots in a workshop’s own cards, kinds and questions, stored nowhere.

It follows from what was set up alone. No ballot is read for it and no count, so it is the same whatever was sent, and
gives nothing away.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from cardsort.domain.ballots import CORE, SECOND, Ballot, Group, Kind
from cardsort.domain.cards import Deck
from cardsort.domain.settings import Segment, Settings
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _, present
from cardsort.store.ballots import Slot, StoredBallot, ballot_values
from cardsort.store.ballotset import COLUMNS, pack_ballots
from cardsort.story.facts import REHEARSAL
from cardsort.usecases.invented import People
from cardsort.usecases.results import Cast, Compared, Result, compare_cast, facts_of, told_of

SEED = 21
USUAL = {Group.IT: 12, Group.CUSTOMERS: 24}  # people, where nobody said how many are expected
MOST = 120  # people of a group, so that a rehearsal is ready at once
SAID = (
    N_("Invented: here stands what a customer wrote, word for word."),
    N_("Invented: one sentence is enough to make a room quiet."),
    N_("Invented: most people write nothing, and some write this much about what it cost them last month."),
    N_("Invented: nobody sees who wrote it."),
)
SERVES = (
    N_("Invented: the people at the counter, and theirs."),
    N_("Invented: whoever calls us."),
    N_("Invented: the branches."),
)
WRITES = 0.6  # the share of those who write: more than in life, as less than k remarks are not shown


def rehearse(workshop: Workshop) -> Result:
    """What the present round’s result would look like; WrongStage from its reveal on."""
    state, settings = workshop.round, workshop.settings
    state.check_rehearsal()
    comparison, said, serves, voices = _rehearsed(workshop.deck, settings, state.number, state.alone, present())
    facts = replace(
        facts_of(workshop),
        title=_("Rehearsal: %(name)s", name=settings.name),
        date=None,
        locked={},
        reopened={},
        mark=_(REHEARSAL),
        **said,
        **told_of(serves, voices, settings.threshold),
    )
    return Result(workshop, comparison, facts)


@lru_cache(maxsize=16)
def _rehearsed(deck: Deck, settings: Settings, number: int, alone: Group | None, _language: str) -> Compared:
    """The round compared, and from the second on the one before it too, as a later result tells what has moved. What
    is written is in that language, the present one.
    """
    rounds = {
        one: [row for row in _cast(deck, settings, one) if alone in {None, row["group"]}]
        for one in range(max(1, number - 1), number + 1)
    }
    packed = [tuple(row[column.key] for column in COLUMNS) for rows in rounds.values() for row in rows]
    cast = Cast(
        pack_ballots([packed], deck.size, settings),
        {one: [_voice(row) for row in rows if _is_core(row, Group.CUSTOMERS)] for one, rows in rounds.items()},
        [(row["serves"], row["source"], row["segment"]) for row in rounds[number] if row["serves"]],
    )
    return compare_cast(deck, settings, number, cast, alone=alone)


def _voice(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["ranking"], row["reasons"], row["moment"], row["source"]


def _is_core(row: dict[str, Any], group: Group) -> bool:
    return (row["group"], row["kind"]) == (group.value, CORE[group].value)


def _cast(deck: Deck, settings: Settings, number: int) -> Iterator[dict[str, Any]]:
    """A round’s ballots as the rows that they would be."""
    room = random.Random(SEED)  # noqa: S311  invented ballots, not secrets
    people = People(
        deck,
        room,
        kinds=len(settings.segments),
        picks=settings.picks,
        says=lambda _code: _(room.choice(SAID)),
        writes=WRITES,
    )
    room.seed(SEED + number)  # from round to round people feel alike and answer anew
    for person, (group, segment) in enumerate(_invite(settings)):
        for kind in (CORE[group], SECOND[group]) if settings.asks_second(group) else (CORE[group],):
            ballot = people.staff() if group is Group.IT else people.customer(segment or 0)
            slot = Slot("", number, str(person), group, kind)
            yield ballot_values(slot, StoredBallot("", _as_asked(ballot, group, kind, room), segment), deck)


def _as_asked(ballot: Ballot, group: Group, kind: Kind, room: random.Random) -> Ballot:
    """With what goes with a ballot of that kind: to a second one nothing is written."""
    if kind is not CORE[group]:
        return replace(ballot, reasons=(), moment=None, expected_hits=None)
    return replace(ballot, serves=_(room.choice(SERVES))) if group is Group.IT and room.random() < WRITES else ballot


def _invite(settings: Settings) -> Iterator[tuple[Group, int | None]]:
    """Everybody who answers, with their team or kind: as many as are expected, so many that all would be shown."""
    expected = {Group.IT: settings.expected_it, Group.CUSTOMERS: settings.expected_customers}
    for group in Group:
        asked, segments = expected[group] or USUAL[group], settings.segments_of(group)
        kinds: list[Segment | None] = [*segments] or [None]
        for number, kind in enumerate(kinds, start=1):
            count = (kind and kind.expected) or asked // len(kinds)
            yield from [(group, number if kind else None)] * _bounded(count, settings, len(kinds))


def _bounded(count: int, settings: Settings, segments: int) -> int:
    return max(settings.threshold, min(count, MOST // segments))
