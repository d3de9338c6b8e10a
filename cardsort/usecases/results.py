"""From a workshop’s ballots to the comparison, after the reveal."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from cardsort import DISTRIBUTION
from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.result import Comparison
from cardsort.domain.agenda import AgendaItem
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.errors import NotFound
from cardsort.domain.kinds import told_kinds
from cardsort.domain.settings import Segment, Settings
from cardsort.domain.workshops import Workshop
from cardsort.files.ballotrows import checksum_of, shown_rows
from cardsort.language import _, present
from cardsort.store.agenda import load_agenda
from cardsort.store.ballots import reasons_from_json
from cardsort.store.ballotset import read_ballots, serves_columns, voices_columns
from cardsort.store.engine import reading
from cardsort.store.withheld import read_withheld
from cardsort.store.workshops import load_workshop
from cardsort.story.facts import EXAMPLE, ReportFacts
from cardsort.usecases.remarks import Came, Remark, divide_remarks, remarks_by_card, tell_moments, tell_remarks

SEED = 1
Remarks = dict[str, list[Remark]]
Compared = tuple[Comparison, dict[str, Any], Remarks, Remarks]
Said = list[tuple[bytes, list[dict[str, object]], str | None, Came]]
Serves = list[tuple[Any, ...]]  # words, how the ballot came, number of the team


@dataclass(frozen=True, slots=True)
class Result:
    """A revealed workshop's comparison with what the report says beside the numbers."""

    workshop: Workshop
    comparison: Comparison
    facts: ReportFacts


@dataclass(frozen=True, slots=True)
class Cast:
    """The ballots of several rounds, with what was `said` in each of them, and what IT wrote in the last of these about
    whom it works for.
    """

    ballots: BallotSet
    said: dict[int, Said]
    serves: Serves


def compare_groups(workshop: Workshop) -> Result:
    """The comparison of the workshop's round; WrongStage before its reveal.

    No ballot of a later round has any part in it.
    """
    state, settings = workshop.round, workshop.settings
    state.check_revealed()
    comparison, said, serves, voices = _compared(workshop.id, state.number, settings, state.revealed_at, present())
    with reading() as session:
        withheld = read_withheld(session, workshop.id, state.number)
    told = told_of(serves, voices, settings.threshold, withheld)
    facts = replace(facts_of(workshop), agenda=_agreed(workshop), **said, **told)
    return Result(workshop, comparison, facts)


def told_of(serves: Remarks, voices: Remarks, threshold: int, withheld: Collection[bytes] = ()) -> dict[str, Any]:
    """The words as facts, as far as they may be told, and how many are withheld."""
    found: dict[str, Any] = {"withheld": {}}
    for group, name, remarks in ((Group.IT, "serves", serves), (Group.CUSTOMERS, "voices", voices)):
        told = {key: tell_remarks(about, threshold, withheld) for key, about in remarks.items()}
        found[name] = {key: about.words for key, about in told.items() if about.words}
        found["withheld"][group] = sum(about.withheld for about in told.values())
    return found


def _agreed(workshop: Workshop) -> tuple[AgendaItem, ...]:
    if not workshop.round.agenda:
        return ()
    with reading() as session:
        return load_agenda(session, workshop.id, workshop.round.number)


@lru_cache(maxsize=32)
def _compared(
    workshop_id: str, number: int, settings: Settings, _revealed_at: datetime | None, _language: str
) -> Compared:
    """A round's comparison, the facts that come from its ballots, and what was written; after the reveal nothing in it
    changes but with the settings. The deck, kinds told together, and why values are missing are named in that language,
    the present one.
    """
    with reading() as session:
        workshop = load_workshop(session, workshop_id, number)
        if workshop is None:
            raise NotFound
        deck = workshop.deck
        cast = Cast(
            read_ballots(session, workshop_id, deck.size, settings, number),
            {place: voices_columns(session, workshop_id, place) for place in range(1, number + 1)},
            serves_columns(session, workshop_id, number),
        )
    comparison, facts, serves, voices = compare_cast(
        deck,
        settings,
        number,
        cast,
        apart=workshop.round.restored,
        alone=workshop.round.alone,
        sources=workshop.sources,
        restored=workshop.restored,
    )
    checksum = checksum_of(shown_rows(cast.ballots, deck, settings.threshold, number))
    return comparison, {**facts, "checksum": checksum}, serves, voices


def _by_team(serves: Serves, teams: tuple[Segment, ...], comparison: Comparison, *, apart: bool) -> Remarks:
    """What IT wrote about whom it works for, by those teams that the result shows, in its order; "" = by the others.

    `apart`: the words stand with any ballots, so no team is told.
    """
    told = () if comparison.teams is None or apart else comparison.teams.by_team
    names = {number: team.kind.name for team in told_kinds(teams) for number in team.numbers}
    remarks: Remarks = {name: [] for name in (*(team.name for team in told), "")}
    for words, came, number in serves:
        name = names.get(number, "")
        remarks[name if name in remarks else ""].append((words, came))
    return divide_remarks(remarks, comparison.threshold)


def compare_cast(
    deck: Deck, settings: Settings, number: int, cast: Cast, *, apart: bool = False, **known: Any
) -> Compared:
    """The comparison of that round, the facts that come from its ballots, and what was written in it.

    `apart`: the words stand with any ballots. `known`: what else the comparison is told of the ballots.
    """
    from cardsort.analysis.compare import compare

    comparison = compare(
        deck,
        cast.ballots,
        picks=settings.picks,
        threshold=settings.threshold,
        seed=SEED,
        census=settings.census,
        of_round=number,
        **known,
    )
    moments = {place: _moments(rows, settings.threshold) for place, rows in cast.said.items()}
    facts = {"moments": moments[number], "times": {place: _shares(counts) for place, counts in moments.items()}}
    serves = _by_team(cast.serves, settings.teams, comparison, apart=apart)
    return comparison, facts, serves, _remarks(cast.said[number], deck, apart=apart)


def _remarks(said: Said, deck: Deck, *, apart: bool) -> Remarks:
    """What customers wrote, by card."""
    ballots = ((ranking, reasons_from_json(reasons), came) for ranking, reasons, _moment, came in said)
    return {deck.codes[number]: about for number, about in remarks_by_card(ballots, apart=apart).items()}


def _moments(said: Said, k: int) -> dict[str, int]:
    return tell_moments(((moment, came) for *_, moment, came in said), k)


def _shares(counts: dict[str, int]) -> dict[str, float]:
    return {name: count / sum(counts.values()) for name, count in counts.items()}


def facts_of(workshop: Workshop) -> ReportFacts:
    """What the report says beside the result: questions, times and expectations."""
    settings, state = workshop.settings, workshop.round
    locked = {group: at.astimezone() for group, at in state.locked.items() if group in state.groups}
    expected = {Group.IT: settings.expected_it, Group.CUSTOMERS: settings.expected_customers}
    return ReportFacts(
        title=settings.name,
        organisation=settings.organisation,
        round=state.number,
        date=max(locked.values()).date() if locked else None,
        questions={group: settings.question(group) for group in state.groups},
        locked=locked,
        reopened={
            group: tuple(at.astimezone() for at in times)
            for group, times in state.reopened.items()
            if group in state.groups
        },
        expected={group: count for group, count in expected.items() if count},
        version=version(DISTRIBUTION),
        mark=_(EXAMPLE) if settings.example else "",
    )
