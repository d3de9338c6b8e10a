"""Ballots from paper or other tools, brought into the present round as one file.

A file is taken as a whole or not at all. A ballot's id follows from its respondent, where the file names one, else
from what the line says and how many equal lines stand before it. So the same file brings nothing twice, with lines
mended, moved or removed either. The id is keyed with the server's secret: nobody who sees the database can try names.
"""

import hmac
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from cardsort.domain.ballots import CORE, REASONS, Ballot, Basis, Group, Kind, Reason, check_ballot, check_most
from cardsort.domain.errors import GroupLocked, InvalidBallot, InvalidBallotFile, WrongStage
from cardsort.domain.rounds import RoundState
from cardsort.domain.sources import Source
from cardsort.domain.workshops import Workshop
from cardsort.files.ballotfile import FileBallot, show, sort_lines
from cardsort.language import N_, _, listed, number
from cardsort.store import batches, workshops
from cardsort.store.ballots import Slot, StoredBallot
from cardsort.store.batches import Placed, Ready
from cardsort.store.engine import DatabaseBusy, WriteConflict, reading, writing
from cardsort.store.measures import STORED
from cardsort.usecases.tokens import hash_token, new_id

MAX_BYTES = 1024 * 1024
MOST = 30_000  # ballots of a file: so many are stored in a third of a second, in which nobody else can write
TRIES = 5  # against others who import the same at the same moment
WORDS = (Basis.KNOW.value, Basis.THINK.value)  # as they stand in the file, in every language
BASES = (Basis.KNOW, Basis.THINK, None)  # by the numbers of the file; -1 = not said
LOCKED_BY_NOW = {
    Group.IT: N_("IT’s prediction is locked by now, so nothing was stored. Open it again on your desk first."),
    Group.CUSTOMERS: N_(
        "The customers’ ballots are locked by now, so nothing was stored. Open it again on your desk first."
    ),
}
LOCKED = {
    Group.IT: N_("IT’s prediction is locked. Open it again on your desk, or leave the line out."),
    Group.CUSTOMERS: N_("The customers’ ballots are locked. Open it again on your desk, or leave the line out."),
}
NO_SEGMENTS = {
    Group.IT: N_("this workshop has no teams in IT. Leave the column “segment” empty."),
    Group.CUSTOMERS: N_("this workshop has no kinds of customers. Leave the column “segment” empty."),
}
UNKNOWN_SEGMENT = {
    Group.IT: N_("the team in IT, in the column “segment”, is “%(typed)s”. Write one of %(choices)s."),
    Group.CUSTOMERS: N_("the kind of customer, in the column “segment”, is “%(typed)s”. Write one of %(choices)s."),
}
SEGMENT_MISSING = {
    Group.IT: N_("the team in IT, in the column “segment”, is empty. Write one of %(choices)s."),
    Group.CUSTOMERS: N_("the kind of customer, in the column “segment”, is empty. Write one of %(choices)s."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A good line: its ballot with its place, and the key of its person."""

    group: Group
    kind: Kind
    key: str
    sent: StoredBallot


@dataclass(frozen=True, slots=True)
class Checked:
    """What an import would store: the good lines, how many of them are here already, and every fault."""

    lines: tuple[Line, ...] = ()
    known: int = 0
    faults: tuple[str, ...] = ()
    counts: dict[tuple[Group, Kind, int | None], int] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many ballots would be stored."""
        return len(self.lines) - self.known


def check_import(workshop: Workshop, text: str, *, secret: bytes) -> Checked:
    """Read a file of ballots for the workshop's present round; nothing is stored."""
    size = len(text.replace("\r\n", "\n").encode(errors="replace"))
    if size > MAX_BYTES:
        raise InvalidBallotFile(_("Line 1: the file is larger than 1 MiB. Divide it into two files."))
    found, faults = sort_lines(text, workshop.deck, lambda ballot: _faults_of(workshop, ballot))
    if len(found) > MOST:
        raise InvalidBallotFile(
            _("Line 1: the file has more than %(most)s ballots. Divide it into two files.", most=number(MOST))
        )
    sentences = [str(fault) for fault in faults]
    lines: list[tuple[int, Line]] = []
    equal: Counter[tuple[object, ...]] = Counter()
    for ballot in found:
        said = (ballot.group, ballot.kind, ballot.ranking, ballot.basis, ballot.segment)
        person = ("respondent", ballot.respondent) if ballot.respondent else ("line", *said, equal[said])
        lines.append((ballot.line, _line_of(workshop, ballot, person, secret)))
        equal[said] += not ballot.respondent
    with reading() as session:
        ids = [line.sent.id for _place, line in lines]
        known = batches.find_ballots(session, workshop.id, ids, workshop.deck)
    good = []
    for place, line in lines:
        stored = known.get(line.sent.id, line.sent)
        if (stored.ballot, stored.segment) == (line.sent.ballot, line.sent.segment):
            good.append(line)
        else:
            sentences.append(
                # L10N: what is wrong with a line begins with the line's number and a colon, in every language
                _(
                    "Line %(line)s: this respondent’s ballot was imported before with other answers, which stay. "
                    "Remove the line, or give the respondent another value if it is another person.",
                    line=place,
                )
            )
    if not good and not sentences:
        sentences.append(_("Line 1: after the header there is no ballot. Add a line for each ballot."))
    counts = Counter((line.group, line.kind, line.sent.segment) for line in good)
    return Checked(tuple(good), sum(line.sent.id in known for line in good), _in_order(sentences), dict(counts))


def import_ballots(workshop: Workshop, checked: Checked) -> int:
    """Store the good lines that are not here yet, all of them or, after a lock, none; how many those were.

    Nobody else can write meanwhile, so all that can be done before is done before, and done again where somebody has
    just stored the same ballots or people.
    """
    for _try in range(TRIES):
        people, ballots = _new_rows(workshop, checked)
        with suppress(WriteConflict):
            with writing() as session:
                state = workshops.hold_round(session, workshop.id)
                _check_open(workshop, state, {line.group for line in checked.lines})
                batches.insert_ready(session, people, ballots)
            STORED.inc(len(ballots.rows))
            return len(ballots.rows)
    raise DatabaseBusy


def _new_rows(workshop: Workshop, checked: Checked) -> tuple[Ready, Ready]:
    """The people and the ballots that are not here yet."""
    with reading() as session:
        ids = [line.sent.id for line in checked.lines]
        known = batches.find_ballots(session, workshop.id, ids, workshop.deck)
        new = [line for line in checked.lines if line.sent.id not in known]
        keys = {line.key: hash_token(line.key) for line in new}
        people = batches.find_respondents(session, workshop.id, list(keys.values()))
    strangers = {key: new_id() for key in keys.values() if key not in people}
    people |= strangers
    placed = [
        Placed(Slot(workshop.id, workshop.round.number, people[keys[line.key]], line.group, line.kind), line.sent)
        for line in new
    ]
    return batches.ready_respondents(workshop.id, strangers), batches.ready_ballots(placed, workshop.deck)


def _check_open(workshop: Workshop, state: RoundState, groups: set[Group]) -> None:
    if state.number != workshop.round.number:
        raise WrongStage(_("A new round has begun since the file was checked, so nothing was stored. Check it again."))
    if state.edition != workshop.round.edition:
        raise WrongStage(
            _("What is asked was changed since the file was checked, so nothing was stored. Check it again.")
        )
    for group in groups - set(state.groups):
        raise WrongStage(
            _(
                "This round does not ask “%(group)s”, so nothing was stored. Say on your desk that both take part.",
                group=group,
            )
        )
    for group in groups & state.locked.keys():
        raise GroupLocked(_(LOCKED_BY_NOW[group]))


def _line_of(workshop: Workshop, found: FileBallot, person: tuple[object, ...], secret: bytes) -> Line:
    """A line without faults as a ballot; `person` is what its id and its person's key follow from."""
    ballot = Ballot(found.ranking, reasons=_reasons(found))
    ballot_id = _digest(secret, (workshop.id, workshop.round.number, found.group, found.kind, *person))[:32]
    key = _digest(secret, (workshop.id, "person", *person))
    sent = StoredBallot(ballot_id, ballot, _segment(workshop, found), Source.IMPORTED)
    return Line(found.group, found.kind, key, sent)


def _faults_of(workshop: Workshop, found: FileBallot) -> list[str]:
    """What the rules of this workshop have against the line, each by itself."""
    said = []
    checks = (_check_place, _segment, lambda _workshop, ballot: _reasons(ballot), _check_ranking)
    for check in checks:
        try:
            check(workshop, found)
        except (InvalidBallot, InvalidBallotFile, GroupLocked) as fault:
            said.append(str(fault))
    return said


def _check_place(workshop: Workshop, found: FileBallot) -> None:
    present = workshop.round.number
    if found.round not in {None, present}:
        raise InvalidBallotFile(
            _(
                "it is of round %(round)s, this is round %(present)s. Leave its round empty, or the line out.",
                round=found.round,
                present=present,
            )
        )
    if not workshop.settings.question(found.group, found.kind):
        raise InvalidBallotFile(
            _(
                "this workshop does not ask %(group)s for the kind “%(kind)s”. Write “%(usual)s”, or leave the line "
                "out.",
                group=found.group,
                kind=found.kind,
                usual=CORE[found.group],
            )
        )
    if found.group not in workshop.round.groups:
        raise InvalidBallotFile(_("this round does not ask “%(group)s”. Leave the line out.", group=found.group))
    if found.group in workshop.round.locked:
        raise GroupLocked(_(LOCKED[found.group]))


def _check_ranking(workshop: Workshop, found: FileBallot) -> None:
    """How many cards are ranked. Too few is said only of cards that all count: else a mistyped comma makes it so."""
    cards = {code for code in found.ranking if code in workshop.deck}
    if cards and len(cards) == len(found.ranking):
        check_ballot(Ballot(found.ranking), workshop.deck, workshop.settings.picks)
    check_most(len(found.ranking), workshop.settings.picks)


def _segment(workshop: Workshop, found: FileBallot) -> int | None:
    segments = workshop.settings.segments_of(found.group)
    if found.kind is not CORE[found.group]:  # nobody says it twice
        return None
    names = {segment.name.casefold(): place for place, segment in enumerate(segments, start=1)}
    wanted = " ".join(found.segment.split()).casefold()
    if not names:
        if wanted:
            raise InvalidBallotFile(_(NO_SEGMENTS[found.group]))
        return None
    place = names.get(wanted) or names.get(wanted.removeprefix("'"))  # the apostrophe is the export's
    if place is None:
        said = (UNKNOWN_SEGMENT if wanted else SEGMENT_MISSING)[found.group]
        choices = ", ".join(_("“%(name)s”", name=segment.name) for segment in segments)
        raise InvalidBallotFile(_(said, typed=show(found.segment), choices=choices))
    return place


def _reasons(found: FileBallot) -> tuple[Reason, ...]:
    said = list(found.basis)
    while said and said[-1] < 0:
        said.pop()
    if said and (found.group, found.kind) != (Group.IT, Kind.PREDICTION):
        raise InvalidBallotFile(
            _("%(words)s is asked with IT’s prediction only. Leave the basis empty.", words=listed(WORDS, either=True))
        )
    if len(said) > REASONS:
        raise InvalidBallotFile(
            _(
                "the basis has %(words)s words; it is asked for the first %(n)s cards. Remove the others.",
                words=len(said),
                n=REASONS,
            )
        )
    return tuple(Reason(BASES[one]) for one in said)


def _digest(secret: bytes, named: tuple[object, ...]) -> str:
    return hmac.digest(secret, b"import\0" + json.dumps(named).encode(), "sha256").hex()


def _in_order(sentences: list[str]) -> tuple[str, ...]:
    """By line, whatever found them: each begins with its number and a colon."""
    return tuple(sorted(sentences, key=lambda said: int("".join(filter(str.isdigit, said.partition(":")[0])))))
