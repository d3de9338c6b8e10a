"""From ballots to the comparison: after the reveal for a workshop, or from a file without any database."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.metadata import version

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.result import Comparison
from cardsort.domain.ballots import Group, Moment
from cardsort.domain.cards import Deck
from cardsort.report.facts import ReportFacts
from cardsort.store.ballots import reasons_from_json
from cardsort.store.ballotset import read_ballots, voices_columns
from cardsort.store.engine import reading
from cardsort.store.workshops import Workshop

SEED = 1


@dataclass(frozen=True, slots=True)
class Result:
    """A revealed workshop's comparison with what the report says beside the numbers."""

    workshop: Workshop
    comparison: Comparison
    facts: ReportFacts


def compare_groups(workshop: Workshop) -> Result:
    """The comparison of the workshop's last round; WrongStage before the reveal."""
    workshop.round.check_revealed()
    revealed_at = workshop.round.revealed_at
    assert revealed_at is not None  # noqa: S101  checked one line above, for the type checker
    comparison, voices, moments, checksum = _compared(_Key(workshop), revealed_at)
    return Result(workshop, comparison, _facts(workshop, voices, moments, checksum))


def compare_file(
    text: str, deck: Deck, *, picks: int | None, threshold: int, seed: int, title: str, on: date | None
) -> tuple[Comparison, ReportFacts]:
    """The comparison of a file of ballots, and the little that a report can say beside it."""
    from cardsort.analysis.ballotfile import read_ballots as read_file
    from cardsort.analysis.compare import compare

    ballots = read_file(text, deck)
    comparison = compare(deck, ballots, picks=picks, threshold=threshold, seed=seed)
    facts = ReportFacts(
        title=title, round=comparison.round, date=on, version=version("cardsort"), checksum=checksum_of(ballots)
    )
    return comparison, facts


def checksum_of(ballots: BallotSet) -> str:
    """Eight letters that change when any ballot does, whatever the ballots' order."""
    columns = zip(
        ballots.rankings, ballots.group, ballots.kind, ballots.round, ballots.segment, ballots.basis, strict=True
    )
    rows = sorted(b"|".join(column.tobytes() for column in row) for row in columns)
    return hashlib.sha256(b"\n".join(rows)).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class _Key:
    """A workshop as the key of its comparison: after the reveal nothing in it changes but the threshold."""

    workshop: Workshop

    def __hash__(self) -> int:
        return hash((self.workshop.id, self.workshop.round.number, self.workshop.settings.threshold))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and hash(self) == hash(other)


@lru_cache(maxsize=16)
def _compared(key: _Key, _revealed_at: datetime) -> tuple[Comparison, dict[str, tuple[str, ...]], dict[str, int], str]:
    from cardsort.analysis.compare import compare

    workshop = key.workshop
    settings, number = workshop.settings, workshop.round.number
    with reading() as session:
        ballots = read_ballots(session, workshop.id, workshop.deck.size, settings.segments, number)
        said = voices_columns(session, workshop.id, number)
    comparison = compare(workshop.deck, ballots, picks=settings.picks, threshold=settings.threshold, seed=SEED)
    voices = _voices(said, workshop.deck, settings.threshold)
    return comparison, voices, _moments(said, settings.threshold), checksum_of(ballots)


def _voices(
    said: list[tuple[bytes, list[dict[str, object]], str | None]], deck: Deck, k: int
) -> dict[str, tuple[str, ...]]:
    """What customers wrote, by card; only cards that at least k people wrote about."""
    words: dict[str, list[str]] = defaultdict(list)
    for ranking, reasons, _moment in said:
        for number, reason in zip(ranking, reasons_from_json(reasons), strict=False):
            if reason.words:
                words[deck.codes[number]].append(reason.words)
    return {code: tuple(sorted(texts)) for code, texts in words.items() if len(texts) >= k}


def _moments(said: list[tuple[bytes, list[dict[str, object]], str | None]], k: int) -> dict[str, int]:
    """How many customers said what the time was like; nothing where one answer was given by 1 to k - 1 people."""
    counts = {moment.value: sum(row[2] == moment.value for row in said) for moment in Moment}
    silent = len(said) - sum(counts.values())
    hidden = any(0 < count < k for count in (*counts.values(), silent))
    return {} if hidden else {moment: count for moment, count in counts.items() if count}


def _facts(
    workshop: Workshop, voices: dict[str, tuple[str, ...]], moments: dict[str, int], checksum: str
) -> ReportFacts:
    settings, state = workshop.settings, workshop.round
    locked = {group: at.astimezone() for group, at in state.locked.items()}
    return ReportFacts(
        title=settings.name,
        organisation=settings.organisation,
        round=state.number,
        date=max(locked.values()).date(),
        questions={group: settings.question(group) for group in Group},
        locked=locked,
        reopened={group: tuple(at.astimezone() for at in times) for group, times in state.reopened.items()},
        expected={
            group: count
            for group, count in ((Group.IT, settings.expected_it), (Group.CUSTOMERS, settings.expected_customers))
            if count
        },
        moments=moments,
        voices=voices,
        version=version("cardsort"),
        checksum=checksum,
        example=settings.example,
    )
