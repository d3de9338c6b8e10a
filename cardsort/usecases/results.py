"""From a workshop’s ballots to the comparison, after the reveal."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from cardsort.analysis.result import Comparison
from cardsort.domain.agenda import AgendaItem
from cardsort.domain.ballots import Group
from cardsort.domain.errors import NotFound
from cardsort.domain.workshops import Workshop
from cardsort.files.ballotrows import checksum_of, shown_rows
from cardsort.store.agenda import load_agenda
from cardsort.store.ballots import reasons_from_json
from cardsort.store.ballotset import read_ballots, serves_columns, voices_columns
from cardsort.store.engine import reading
from cardsort.store.withheld import read_withheld
from cardsort.store.workshops import load_workshop
from cardsort.story.facts import ReportFacts
from cardsort.usecases.remarks import Came, Remark, remarks_by_card, tell_moments, tell_remarks

SEED = 1
Remarks = dict[str, list[Remark]]  # by card; "" = what IT wrote about whom it works for
Compared = tuple[Comparison, dict[str, Any], Remarks]
Said = list[tuple[bytes, list[dict[str, object]], str | None, Came]]


@dataclass(frozen=True, slots=True)
class Result:
    """A revealed workshop's comparison with what the report says beside the numbers."""

    workshop: Workshop
    comparison: Comparison
    facts: ReportFacts


def compare_groups(workshop: Workshop) -> Result:
    """The comparison of the workshop's round; WrongStage before its reveal.

    No ballot of a later round has any part in it.
    """
    state = workshop.round
    state.check_revealed()
    comparison, said, remarks = _compared(workshop.id, state.number, workshop.settings.threshold, state.revealed_at)
    facts = replace(facts_of(workshop), agenda=_agreed(workshop), **said, **_told(remarks, workshop))
    return Result(workshop, comparison, facts)


def _told(remarks: Remarks, workshop: Workshop) -> dict[str, Any]:
    """The words as far as they may be told just now, and how many are withheld."""
    with reading() as session:
        withheld = read_withheld(session, workshop.id, workshop.round.number)
    told = {code: tell_remarks(about, workshop.settings.threshold, withheld) for code, about in remarks.items()}
    serves = told.pop("")
    return {
        "serves": serves.words,
        "voices": {code: about.words for code, about in told.items() if about.words},
        "withheld": {Group.IT: serves.withheld, Group.CUSTOMERS: sum(about.withheld for about in told.values())},
    }


def _agreed(workshop: Workshop) -> tuple[AgendaItem, ...]:
    if not workshop.round.agenda:
        return ()
    with reading() as session:
        return load_agenda(session, workshop.id, workshop.round.number)


@lru_cache(maxsize=16)
def _compared(workshop_id: str, number: int, threshold: int, _revealed_at: datetime | None) -> Compared:
    """A round's comparison, the facts that come from its ballots, and what was written; after the reveal nothing in it
    changes but the threshold.
    """
    from cardsort.analysis.compare import compare

    with reading() as session:
        workshop = load_workshop(session, workshop_id, number)
        if workshop is None:
            raise NotFound
        settings = workshop.settings
        ballots = read_ballots(session, workshop.id, workshop.deck.size, settings.segments, number)
        said = {place: voices_columns(session, workshop.id, place) for place in range(1, number + 1)}
        serves = serves_columns(session, workshop.id, number)
    comparison = compare(
        workshop.deck,
        ballots,
        picks=settings.picks,
        threshold=threshold,
        seed=SEED,
        census=settings.census,
        of_round=number,
        alone=workshop.round.alone,
        sources=workshop.sources,
        restored=workshop.restored,
    )
    facts = {
        "moments": _moments(said[number], threshold),
        "times": {place: _shares(_moments(rows, threshold)) for place, rows in said.items()},
        "checksum": checksum_of(shown_rows(ballots, workshop.deck, threshold, number)),
    }
    return comparison, facts, {"": serves, **_remarks(said[number], workshop)}


def _remarks(said: Said, workshop: Workshop) -> Remarks:
    """What customers wrote, by card."""
    ballots = ((ranking, reasons_from_json(reasons), came) for ranking, reasons, _moment, came in said)
    remarks = remarks_by_card(ballots, apart=workshop.round.restored)
    return {workshop.deck.codes[number]: about for number, about in remarks.items()}


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
        version=version("cardsort"),
        example=settings.example,
    )
