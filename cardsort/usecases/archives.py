"""A workshop as one file, to keep and to restore elsewhere (docs/archive.md).

What it tells of single people obeys the rules of the exported ballots: in the order of their random ids, no keys or
times, groups below k left out, segments blank where they may not be shown. What few people said of a card is left
out, and remarks stand apart from the ballots they came with, so that nobody who knows a remark finds the ranking.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from cardsort.analysis.suppression import may_show, shown_segments
from cardsort.domain.ballots import Ballot, Group, Kind, Moment, Pile, Reason
from cardsort.domain.cards import Deck
from cardsort.store.archive import MORE_TABLES, OWN_TABLES, archived_ballots, dump_rows
from cardsort.store.ballots import reason_to_json
from cardsort.store.batches import Placed
from cardsort.store.decks import deck_to_json
from cardsort.store.engine import reading
from cardsort.store.workshops import Workshop

FORMAT, VERSION = "cardsort-archive", 1
LETTERS = {None: "-", Pile.OFTEN: "u", Pile.SOMETIMES: "s", Pile.NO: "n", Pile.UNSURE: "?"}
Part = tuple[int, Group, Kind]


def archive_workshop(workshop: Workshop) -> str:
    """The workshop as JSON text; WrongStage before the reveal of its last round."""
    workshop.round.check_revealed()
    with reading() as session:
        tables = {table.__tablename__: dump_rows(session, table, workshop.id) for table in (*OWN_TABLES, *MORE_TABLES)}
        ballots = archived_ballots(session, workshop.id, workshop.deck)
    parts = _shown_parts(ballots, workshop.settings.threshold)
    found = {
        "format": FORMAT,
        "version": VERSION,
        "made_by": version("cardsort"),
        "workshop": tables.pop("workshop")[0],
        "deck": deck_to_json(workshop.deck),
        "segments": tables.pop("segment"),
        "rounds": tables.pop("round"),
        "locks": tables.pop("lock"),
        "ballots": _tell_ballots(ballots, parts, workshop),
        "words": [entry for part, members in sorted(parts.items()) for entry in _words(part, members, workshop)],
        "tables": tables,
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _shown_parts(ballots: list[Placed], k: int) -> dict[Part, list[Placed]]:
    """The ballots by round, group and kind, where at least k people gave one."""
    parts: dict[Part, list[Placed]] = defaultdict(list)
    for one in ballots:
        parts[_part(one)].append(one)
    return {part: members for part, members in parts.items() if may_show(len(members), k)}


def _part(one: Placed) -> Part:
    return one.slot.round_number, one.slot.group, one.slot.kind


def _tell_ballots(ballots: list[Placed], parts: dict[Part, list[Placed]], workshop: Workshop) -> list[dict[str, Any]]:
    k, deck = workshop.settings.threshold, workshop.deck
    tell = {part: _teller(members, len(workshop.settings.segments), deck, k) for part, members in parts.items()}
    told = {one.sent.id: tell[_part(one)](one) for one in ballots if _part(one) in parts}
    numbers = _link(ballots, told)
    return [{**told[one.sent.id], "person": numbers.get(one.sent.id)} for one in ballots if one.sent.id in told]


def _teller(members: list[Placed], segments: int, deck: Deck, k: int) -> Callable[[Placed], dict[str, Any]]:
    """How a ballot of this part is told: only what enough of its members said."""
    sizes = Counter(one.sent.segment for one in members)
    shown = shown_segments([sizes[number] for number in range(1, segments + 1)], len(members), k)
    moments = Counter(one.sent.ballot.moment for one in members)
    moments_shown = not any(0 < moments[moment] < k for moment in (*Moment, None))
    costs, evidence = _count(members, lambda reason: reason.costs), _count(members, lambda reason: reason.evidence)

    def reason(code: str, said: Reason) -> dict[str, Any]:
        return reason_to_json(
            replace(
                said,
                words="",
                costs=said.costs if costs[code] >= k else frozenset(),
                evidence=said.evidence if evidence[code] >= k else None,
            )
        )

    def tell(one: Placed) -> dict[str, Any]:
        ballot, segment = one.sent.ballot, one.sent.segment
        return {
            "round": one.slot.round_number,
            "group": one.slot.group.value,
            "kind": one.slot.kind.value,
            "segment": segment if segment is not None and shown[segment - 1] else None,
            "ranking": " ".join(ballot.ranking),
            "piles": "".join(LETTERS[ballot.piles.get(code)] for code in deck.codes) if ballot.piles else "",
            "reasons": [reason(code, said) for code, said in _said(ballot)],
            "moment": ballot.moment.value if ballot.moment and moments_shown else None,
        }

    return tell


def _said(ballot: Ballot) -> Iterable[tuple[str, Reason]]:
    return zip(ballot.ranking, ballot.reasons, strict=False)


def _count(members: list[Placed], what: Callable[[Reason], object]) -> Counter[str]:
    """How many people said this of each card."""
    return Counter(code for one in members for code, said in _said(one.sent.ballot) if what(said))


def _words(part: Part, members: list[Placed], workshop: Workshop) -> list[dict[str, Any]]:
    """The remarks about cards that at least k people wrote about, by card, away from their ballots; with card "" what
    IT wrote about whom it works for.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for one in members:
        if one.sent.ballot.serves:
            texts[""].append(one.sent.ballot.serves)
        for code, said in _said(one.sent.ballot):
            if said.words:
                texts[code].append(said.words)
    number, group, kind = part
    return [
        {"round": number, "group": group.value, "kind": kind.value, "card": code, "words": words}
        for code in ("", *workshop.deck.codes)
        if may_show(len(texts[code]), workshop.settings.threshold)
        for words in sorted(texts[code])
    ]


def _link(ballots: list[Placed], told: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Ballot id -> a fresh random number for people with two ballots of one group in a round, so that they can be
    paired. Nobody is linked over rounds, nor where that would tell a segment that is blank.
    """
    people: dict[tuple[int, Group, str], list[str]] = defaultdict(list)
    for one in ballots:
        if one.sent.id in told:
            people[one.slot.round_number, one.slot.group, one.slot.respondent_id].append(one.sent.id)
    pairs = [ids for ids in people.values() if len(ids) > 1 and len({told[name]["segment"] for name in ids}) == 1]
    numbers = random.SystemRandom().sample(range(1, len(pairs) + 1), len(pairs))
    return {name: number for ids, number in zip(pairs, numbers, strict=True) for name in ids}
