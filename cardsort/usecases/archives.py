"""A workshop as one file, to keep and to restore elsewhere (docs/archive.md).

What it tells of single people obeys the rules of the exported ballots: in the order of their random ids, no keys or
times, groups below k left out, segments and sources blank where they may not be told. What few people said of a card
is left out, and remarks stand apart from the ballots they came with, so that nobody who knows a remark finds the
ranking. Where the ballots of each part came from is told beside them in full.
"""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date
from importlib.metadata import version
from typing import Any

from cardsort import DISTRIBUTION
from cardsort.analysis.suppression import may_show, may_tell_sources, shown_segments
from cardsort.domain.ballots import CORE, Ballot, Group, Kind, Pile, Reason
from cardsort.domain.cards import Deck
from cardsort.domain.kinds import places_told, told_kinds
from cardsort.domain.sources import Sources, count_sources
from cardsort.domain.workshops import Workshop
from cardsort.store.archive import MORE_TABLES, OWN_TABLES, archived_ballots, dump_rows
from cardsort.store.ballots import reason_to_json
from cardsort.store.batches import Placed
from cardsort.store.decks import deck_to_json
from cardsort.store.engine import reading
from cardsort.store.withheld import read_withheld
from cardsort.store.workshops import load_workshop
from cardsort.usecases.remarks import remarks_by_card, tell_moments, tell_remarks

FORMAT, VERSION = "cardsort-archive", 2
LETTERS = {None: "-", Pile.OFTEN: "u", Pile.SOMETIMES: "s", Pile.NO: "n", Pile.UNSURE: "?"}
Part = tuple[int, Group, Kind]


def archive_workshop(workshop: Workshop, *, today: date) -> str:
    """The workshop as JSON text; WrongStage before the reveal of its last round."""
    workshop.round.check_revealed()
    with reading() as session:
        tables = {table.__tablename__: dump_rows(session, table, workshop.id) for table in (*OWN_TABLES, *MORE_TABLES)}
        ballots = _with_teams(archived_ballots(session, workshop.id, workshop.deck))
        loaded = (load_workshop(session, workshop.id, number) for number in workshop.revealed)
        rounds = {of.round.number: of for of in loaded if of}
        withheld = {number: read_withheld(session, workshop.id, number) for number in rounds}
    del tables["segment"]  # told below, as the result tells of them
    parts = _shown_parts(ballots, workshop.settings.threshold)
    found = {
        "format": FORMAT,
        "version": VERSION,
        "made_by": version(DISTRIBUTION),
        "made_on": today.isoformat(),
        "workshop": tables.pop("workshop")[0],
        "deck": deck_to_json(workshop.own_deck),
        "segments": [
            {"group": group.value, "number": number, **asdict(told.kind)}
            for group in Group
            for number, told in enumerate(told_kinds(workshop.settings.segments_of(group)), start=1)
        ],
        "rounds": tables.pop("round"),
        "locks": tables.pop("lock"),
        "sources": _tell_sources(parts, rounds),
        "ballots": _tell_ballots(ballots, parts, workshop),
        "words": [
            entry
            for part, those in sorted(parts.items())
            for entry in _words(part, those, rounds[part[0]], withheld[part[0]])
        ],
        "tables": tables,
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _with_teams(ballots: list[Placed]) -> list[Placed]:
    """IT's own view is of the team that was said with the prediction: a result pairs the two, and without a team they
    could not be told as of one person.
    """
    core = Group.IT, CORE[Group.IT]
    said = {_sender(one): one.sent.segment for one in ballots if (one.slot.group, one.slot.kind) == core}
    return [
        replace(one, sent=replace(one.sent, segment=said[_sender(one)])) if _sender(one) in said else one
        for one in ballots
    ]


def _sender(one: Placed) -> tuple[int, Group, str]:
    return one.slot.round_number, one.slot.group, one.slot.respondent_id


def _shown_parts(ballots: list[Placed], k: int) -> dict[Part, list[Placed]]:
    """The ballots by round, group and kind, where at least k people gave one."""
    parts: dict[Part, list[Placed]] = defaultdict(list)
    for one in ballots:
        parts[_part(one)].append(one)
    return {part: members for part, members in parts.items() if may_show(_count(members), k)}


def _count(members: Iterable[Placed]) -> Sources:
    return count_sources((one.sent.source, 1) for one in members)


def _tell_sources(parts: Iterable[Part], rounds: dict[int, Workshop]) -> list[dict[str, Any]]:
    """Where the ballots of each part came from, as every result tells it."""
    return [
        {"round": number, "group": group.value, "kind": kind.value, **asdict(rounds[number].sources[group, kind])}
        for number, group, kind in sorted(parts)
    ]


def _part(one: Placed) -> Part:
    return one.slot.round_number, one.slot.group, one.slot.kind


def _tell_ballots(ballots: list[Placed], parts: dict[Part, list[Placed]], workshop: Workshop) -> list[dict[str, Any]]:
    k, deck = workshop.settings.threshold, workshop.deck
    kinds = {group: places_told(workshop.settings.segments_of(group)) for group in Group}
    tell = {part: _teller(members, kinds[part[1]], deck, k) for part, members in parts.items()}
    told = {one.sent.id: tell[_part(one)](one) for one in ballots if _part(one) in parts}
    numbers = _link(ballots, told)
    return [{**told[one.sent.id], "person": numbers.get(one.sent.id)} for one in ballots if one.sent.id in told]


def _teller(members: list[Placed], kinds: dict[int, int], deck: Deck, k: int) -> Callable[[Placed], dict[str, Any]]:
    """How a ballot of this part is told: only what enough of its members said. `kinds` as in `places_told`."""
    sources = _count(members)
    of_segment = [
        _count(one for one in members if kinds.get(one.sent.segment or 0) == place)
        for place in sorted(set(kinds.values()))
    ]
    shown, sources_told = shown_segments(of_segment, sources, k), may_tell_sources(sources, k)
    moments = tell_moments(((one.sent.ballot.moment, one.sent.source) for one in members), k)
    expected_told = may_show(_count(one for one in members if one.sent.ballot.expected_hits is not None), k)
    costs, evidence = (_shown_cards(members, what, k) for what in (lambda said: said.costs, lambda said: said.evidence))

    def reason(code: str, said: Reason) -> dict[str, Any]:
        return reason_to_json(
            replace(
                said,
                words="",
                costs=said.costs if code in costs else frozenset(),
                evidence=said.evidence if code in evidence else None,
            )
        )

    def tell(one: Placed) -> dict[str, Any]:
        ballot, place = one.sent.ballot, kinds.get(one.sent.segment or 0)
        return {
            "round": one.slot.round_number,
            "group": one.slot.group.value,
            "kind": one.slot.kind.value,
            "segment": place + 1 if place is not None and shown[place] else None,
            "ranking": " ".join(ballot.ranking),
            "piles": "".join(LETTERS[ballot.piles.get(code)] for code in deck.codes) if ballot.piles else "",
            "reasons": [reason(code, said) for code, said in _said(ballot)],
            "moment": ballot.moment.value if ballot.moment and moments else None,
            "source": one.sent.source.value if one.sent.source and sources_told else None,
            "expected_hits": ballot.expected_hits if expected_told else None,
        }

    return tell


def _said(ballot: Ballot) -> Iterable[tuple[str, Reason]]:
    return zip(ballot.ranking, ballot.reasons, strict=False)


def _shown_cards(members: list[Placed], what: Callable[[Reason], object], k: int) -> set[str]:
    """The cards of which enough people said this."""
    found: dict[str, list[Placed]] = defaultdict(list)
    for one in members:
        for code, said in _said(one.sent.ballot):
            if what(said):
                found[code].append(one)
    return {code for code, those in found.items() if may_show(_count(those), k)}


def _words(part: Part, members: list[Placed], of: Workshop, withheld: frozenset[bytes]) -> list[dict[str, Any]]:
    """The remarks about cards that at least k people wrote about, by card, away from their ballots; with card "" what
    IT wrote about whom it works for. Each that is withheld is an entry without words.
    """
    number, group, kind = part
    sent = [one.sent for one in members]
    written = ((one.ballot.ranking, one.ballot.reasons, one.source) for one in sent)
    remarks = remarks_by_card(written, apart=of.round.restored)
    remarks[""] = [(one.ballot.serves, one.source) for one in sent if one.ballot.serves]  # of no team, as of no ballot
    told = {code: tell_remarks(remarks.get(code, []), of.settings.threshold, withheld) for code in ("", *of.deck.codes)}
    return [
        {"round": number, "group": group.value, "kind": kind.value, "card": code, "words": words}
        for code, about in told.items()
        for words in (*about.words, *[""] * about.withheld)
    ]


def _link(ballots: list[Placed], told: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Ballot id -> a fresh random number for people with two ballots of one group in a round, so that they can be
    paired. Nobody is linked over rounds, nor where that would tell a segment that is blank.
    """
    people: dict[tuple[int, Group, str], list[str]] = defaultdict(list)
    for one in ballots:
        if one.sent.id in told:
            people[_sender(one)].append(one.sent.id)
    pairs = [ids for ids in people.values() if len(ids) > 1 and len({told[name]["segment"] for name in ids}) == 1]
    numbers = random.SystemRandom().sample(range(1, len(pairs) + 1), len(pairs))
    return {name: number for ids, number in zip(pairs, numbers, strict=True) for name in ids}
