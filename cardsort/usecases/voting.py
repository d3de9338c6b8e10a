"""What a respondent does: open a voting link, keep a draft, send a ballot."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import datetime
from functools import lru_cache, partial

from cardsort.domain.ballots import CORE, SECOND, Group, Kind, Pile, Reason, check_ballot
from cardsort.domain.cards import Deck
from cardsort.domain.codes import clean_code
from cardsort.domain.errors import (
    AlreadySent,
    CardsortError,
    GroupLocked,
    HandedOver,
    InvalidBallot,
    NotFound,
    RoundOver,
)
from cardsort.domain.rounds import RoundState
from cardsort.domain.settings import Segment
from cardsort.domain.sources import Source
from cardsort.domain.workshops import Workshop
from cardsort.files.decktable import write_deck_csv
from cardsort.language import N_, _
from cardsort.store import ballots, codes, links, workshops
from cardsort.store.ballots import Slot, StoredBallot
from cardsort.store.engine import WriteConflict, forget_deleted, reading, writing_votes
from cardsort.store.links import Purpose
from cardsort.store.measures import STORED
from cardsort.store.removed import Removed, find_removed, find_removed_id, has_removed
from cardsort.store.unchanged import Unchanged
from cardsort.usecases.codes import refuse_code
from cardsort.usecases.tokens import code_of, hash_code, hash_token, mark_of, new_id, receipt_of, token_of

NO_SUCH_LINK = N_(
    "This link does not open a workshop. It may be incomplete, or the workshop was deleted. "
    "Copy it again, or type the join code on the start page."
)
EXCHANGED = N_(
    "The cards of this workshop were exchanged after this page was opened, so nothing was sent. "
    "Reload the page to get the new cards."
)
NO_SUCH_CODE = N_("No workshop has this code. Check the eight letters and digits; it has no I, L, O, 0 or 1.")
OTHER_ROUND = N_(
    "This order was for round %(before)s, and it is round %(now)s now, so it was not counted. "
    "Open the link again to take part in this round."
)
LOCKED = N_(
    "The ballots are locked, so this one was not counted. Your order is kept on this device; "
    "it can be sent if the facilitator opens them again."
)
NOT_ASKED = {
    Group.IT: N_(
        "IT is not asked in this round, so this order was not counted. It is kept on this device; it can be sent "
        "if the facilitator asks IT after all."
    ),
    Group.CUSTOMERS: N_(
        "Customers are not asked in this round, so this order was not counted. It is kept on this device; "
        "it can be sent if the facilitator asks customers after all."
    ),
}
TRIAL = N_("It was sent in a trial, and the workshop then started over.")  # a reason, as it is stored
TOO_LATE = N_("The result of this round has been shown, so this order came too late and can no longer be counted.")
OTHER_EDITION = N_(
    "What is asked was changed after this page was opened, so your order was not sent. It is kept here. "
    "Reload the page, read the question again, then send it."
)

SAY_FIRST = {
    Group.IT: N_("Say first which team is yours, then send it again."),
    Group.CUSTOMERS: N_("Say first which kind of customer describes you best, then send it again."),
}
NO_CHOICE = {
    Group.IT: N_("This team in IT is not among the choices. Reload the page and choose again."),
    Group.CUSTOMERS: N_("This kind of customer is not among the choices. Reload the page and choose again."),
}


@dataclass(frozen=True, slots=True)
class Voting:
    """What a voting link opens. `segment` is the kind of customer it is for, from 1; 0 = whoever opens it says so.

    `deck_mark`: by what a page tells whether it shows the cards that the workshop has now. `now`: when it is asked, as
    a group may close by itself; None where nothing but what is written down counts. `language`: the link's own.
    """

    workshop: Workshop
    group: Group
    token: str
    deck_mark: str
    code: str = ""
    second: bool = False
    segment: int = 0
    now: datetime | None = None
    language: str | None = None

    @property
    def kind(self) -> Kind:
        """The core ballot of the group, or its optional second one."""
        return (SECOND if self.second else CORE)[self.group]

    @property
    def question(self) -> str:
        """What this ballot asks."""
        return self.workshop.settings.question(self.group, self.kind)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The kinds of customers, or teams in IT, to choose from; a link for one kind leaves no choice, and nobody says
        it twice.
        """
        return () if self.second or self.segment else self.workshop.settings.segments_of(self.group)

    @property
    def kind_of_customer(self) -> str:
        """The name of the one kind that the link is for, "" where it is for everybody of the group."""
        return self.workshop.settings.segments[self.segment - 1].name if self.segment else ""

    @property
    def asks_second(self) -> bool:
        """Whether a second ballot may follow this one."""
        return not self.second and self.workshop.settings.asks_second(self.group)

    @property
    def open(self) -> bool:
        """Whether ballots are taken."""
        return self.workshop.round.at(self.now).takes(self.group)

    @property
    def takes_part(self) -> bool:
        """Whether the group is asked in this round."""
        return self.group in self.workshop.round.groups


_opened: Unchanged[Voting] = Unchanged(1000, but_votes=True, seconds=1)  # nothing in it depends on drafts and ballots


@lru_cache(maxsize=64)
def mark_of_cards(deck: Deck) -> str:
    """Told by every text of the cards, in the language that they are in."""
    return mark_of(write_deck_csv(deck))


@dataclass(frozen=True, slots=True)
class Sent:
    """A ballot that is on disk. `new` is False when it was there already."""

    id: str
    receipt: str
    ranking: tuple[str, ...]
    segment: int | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's ballot as the server knows it; `piles` are those of their core ballot, `removed` was taken out."""

    draft: str | None
    sent: Sent | None
    piles: Mapping[str, Pile] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()


def find_voting(token: str, *, secret: bytes, deck_mark: str = "", now: datetime | None = None) -> Voting:
    """The workshop and group that a voting link is for, as they are `now`; else NotFound.

    Where several workers write, it may be a second old, but not where a page already shows other cards (`deck_mark`).
    """
    token_hash = hash_token(token)
    found = _opened.find(token_hash, lambda: _open(token, token_hash, secret))
    if deck_mark not in {"", found.deck_mark}:
        _opened.forget()
        found = _opened.find(token_hash, lambda: _open(token, token_hash, secret))
    return changed(found, now=now)


def _open(token: str, token_hash: bytes, secret: bytes) -> Voting:
    with reading() as session:
        link = links.find_token(session, token_hash)
        if link is None or link.purpose is Purpose.FACILITATOR:
            raise NotFound(_(NO_SUCH_LINK))
        workshop = workshops.load_workshop(session, link.workshop_id, counted=False)
    if workshop is None:
        raise NotFound(_(NO_SUCH_LINK))
    group, mark = Group(link.purpose.value), mark_of_cards(workshop.own_deck)
    return Voting(workshop, group, token, mark, code_of(secret, link), segment=link.segment, language=link.language)


def turn_to_second(voting: Voting) -> Voting:
    """The group's optional second ballot, behind the same link; NotFound where the workshop asks for none."""
    if not voting.asks_second:
        raise NotFound(
            _("This workshop asks for one order only, and that one is behind the link itself. Open it again.")
        )
    return changed(voting, second=True)


def find_join_code(typed: str, *, secret: bytes) -> str:
    """The token of the voting link with that join code; else NotFound."""
    code = clean_code(typed)
    with reading() as session:
        link = links.find_code(session, hash_code(secret, code)) if code else None
    if link is None:
        raise NotFound(_(NO_SUCH_CODE))
    return token_of(secret, link)


def load_respondent(voting: Voting, key: str | None) -> Respondent:
    """The person's draft and sent ballot of this round."""
    with reading() as session:
        person = ballots.find_respondent(session, voting.workshop.id, hash_token(key or ""))
        if person is None:
            return Respondent(None, None)
        slot = _slot(voting, voting.workshop.round, person)
        stored = ballots.load_ballot(session, slot, voting.workshop.deck)
        draft, removed = ballots.load_draft(session, slot), find_removed(session, slot)
        core = stored
        if voting.second:
            core = ballots.load_ballot(session, changed(slot, kind=CORE[voting.group]), voting.workshop.deck)
    sent, piles = None if stored is None else _receipt(stored), {} if core is None else core.ballot.piles
    return Respondent(draft, sent, piles, removed)


def said_of_removed(one: Removed) -> str:
    """What the sender of a ballot that was taken out is told."""
    if not one.discarded:
        return _("You took this order back. It stays on this device; until the lock you can send it again.")
    reason = _(TRIAL) if one.reason == TRIAL else one.reason
    return _("The person who runs the workshop has taken this order out. The reason given: %(reason)s", reason=reason)


def find_sent(voting: Voting, ballot_id: str) -> Sent | None:
    """The receipt of a ballot that is on disk, for whoever knows its id."""
    with reading() as session:
        known = ballots.find_ballot(session, voting.workshop.id, ballot_id, voting.workshop.deck)
    return None if known is None else _receipt(known)


def keep_draft(
    voting: Voting, key: str, content: str, *, of_round: int | None = None, on_new: Callable[[], None] = lambda: None
) -> bool:
    """Keep a draft until it is sent, on this side too. Whether ballots are taken at present.

    `of_round` as in `cast_ballot`: what was done in an earlier round never becomes the draft of a later one.
    `on_new` is called for somebody of whom nothing is stored yet; what it raises keeps it so.
    """
    with writing_votes() as connection:
        keys, stranger = (hash_token(voting.token), hash_token(key)), new_id()
        state, person, _removed = workshops.share_round(connection, voting.workshop.id, *keys, stranger)
        if person == stranger:
            on_new()
        if (of_round := of_round or voting.workshop.round.number) != state.number:
            raise RoundOver(_(OTHER_ROUND, before=of_round, now=state.number))
        ballots.save_draft(connection, _slot(voting, state, person), content)
    return state.at(voting.now).takes(voting.group)


def hand_on(voting: Voting, key: str) -> None:
    """Forget what this person left unsent: the device goes to the next one. What was sent stays and counts."""
    with writing_votes() as connection, suppress(HandedOver):
        person = ballots.find_respondent(connection, voting.workshop.id, hash_token(key))
        if person is not None:
            ballots.delete_drafts(connection, voting.workshop.id, person)
    forget_deleted()


def cast_ballot(
    voting: Voting,
    key: str,
    sent: StoredBallot,
    *,
    replace: bool = False,
    segment: int | None = None,
    deck_mark: str = "",
    of_round: int | None = None,
    edition: int | None = None,
    code: bytes | None = b"",
) -> Sent:
    """Store a ballot, once however often it arrives; on disk when this returns.

    `deck_mark` is that of the cards which the respondent saw; "" from a page that is older than such marks.
    The same id gives the same receipt. A new id while another ballot of this person is stored raises AlreadySent,
    or takes its place with `replace`. GroupLocked after the lock; nothing is stored then. Nor is a ballot that was
    filled in for another `edition` of what is asked (default: the one that the link opened).
    `of_round` = the round for which it was filled in (default: the round of `voting`). RoundOver where another round
    has begun since; only the receipt of what that round has stored is still given.
    `code` is the one-time code's (`codes.hash_typed`), None at the desk, where none is asked and the ballot is typed
    from paper; WrongCode where the round asks customers for another.
    """
    opened = voting.workshop.round
    if of_round in {None, opened.number}:
        of_round, deck_mark = opened.number, deck_mark or voting.deck_mark
        edition = opened.edition if edition is None else edition
    else:
        voting = _opened_anew(voting)
    cast = partial(
        _cast, key=key, sent=sent, replace=replace, segment=segment, deck_mark=deck_mark, edition=edition, code=code
    )
    try:
        stored, replaced = cast(voting, of_round=of_round)
    except (_Outdated, WriteConflict):  # or a ballot with this id was stored while another was taken back for it
        stored, replaced = cast(_opened_anew(voting), of_round=of_round)
    if replaced:
        forget_deleted()
    STORED.inc(stored.new and not voting.workshop.settings.example)
    return stored


class _Outdated(InvalidBallot):
    """What is asked was changed after the page was opened, or after `find_voting` looked, which remembers."""


def _opened_anew(voting: Voting) -> Voting:
    _opened.forget()
    with reading() as session:
        workshop = workshops.load_workshop(session, voting.workshop.id, counted=False)
    if workshop is None:
        raise NotFound(_(NO_SUCH_LINK))
    return changed(voting, workshop=workshop, deck_mark=mark_of_cards(workshop.own_deck))


def _cast(
    voting: Voting,
    *,
    key: str,
    sent: StoredBallot,
    of_round: int,
    replace: bool,
    segment: int | None,
    deck_mark: str,
    edition: int | None,
    code: bytes | None,
) -> tuple[Sent, bool]:
    """The receipt, and whether an earlier ballot had to go."""
    if of_round == voting.workshop.round.number:
        _check_page(voting, deck_mark, edition)
    check_ballot(sent.ballot, voting.workshop.deck, voting.workshop.settings.picks)
    _check_segment(voting, segment)
    if voting.segment and not voting.second:
        segment = voting.segment
    source = Source.TYPED if code is None else Source.SENT
    return _store(voting, key, changed(sent, segment=segment, source=source), of_round, replace=replace, code=code)


def _check_page(voting: Voting, deck_mark: str, edition: int | None) -> None:
    """Refuse what was filled in for other cards, or for another edition of what is asked."""
    if deck_mark not in {"", voting.deck_mark}:
        raise _Outdated(_(EXCHANGED))
    if edition is not None and edition != voting.workshop.round.edition:
        raise _Outdated(_(OTHER_EDITION))


def _store(
    voting: Voting, key: str, sent: StoredBallot, of_round: int, *, replace: bool, code: bytes | None
) -> tuple[Sent, bool]:
    workshop, new = voting.workshop, Sent(sent.id, receipt_of(sent.id), sent.ballot.ranking, sent.segment, new=True)
    with writing_votes() as connection:
        keys = hash_token(voting.token), hash_token(key)
        state, person, removed = workshops.share_round(connection, workshop.id, *keys, new_id())
        if (state.number, state.edition) != (workshop.round.number, workshop.round.edition):
            raise _Outdated(_(OTHER_EDITION))
        slot, fault = _slot(voting, state, person), _fault(voting, state, of_round)
        coded = state.codes and code is not None and voting.group is Group.CUSTOMERS
        if not (fault or coded or removed) and ballots.insert_ballot(connection, slot, sent, workshop.deck):
            return new, False  # nearly all: a person's first ballot, which arrives once
        known, earlier = ballots.find_ballots(connection, slot, sent.id, workshop.deck)
        if known is not None:
            return _again(known, changed(slot, round_number=of_round), sent), False
        if removed and (gone := find_removed_id(connection, workshop.id, sent.id)):
            raise InvalidBallot(said_of_removed(gone))
        if fault is not None:
            raise fault
        if earlier is not None and not replace:
            raise AlreadySent(_("You have sent a ballot already. Replace it with this one?"), receipt_of(earlier.id))
        needed = coded and not ballots.has_sent(connection, slot) and not has_removed(connection, slot)
        if needed and not codes.use_code(connection, workshop.id, state.number, code or b""):
            raise refuse_code(code or b"", used=codes.is_used(connection, workshop.id, state.number, code or b""))
        if earlier is not None:
            ballots.delete_ballot(connection, slot)
        if not ballots.insert_ballot(connection, slot, sent, workshop.deck):
            raise WriteConflict
    return new, earlier is not None


def _fault(voting: Voting, state: RoundState, of_round: int) -> CardsortError | None:
    """Why a ballot that is not stored yet cannot be, or None."""
    if of_round != state.number:
        return RoundOver(_(OTHER_ROUND, before=of_round, now=state.number))
    if voting.group not in state.groups:
        return GroupLocked(_(NOT_ASKED[voting.group]), revealed=state.revealed_at is not None)
    if voting.group in state.at(voting.now).locked:
        revealed = state.revealed_at is not None
        return GroupLocked(_(TOO_LATE if revealed else LOCKED), revealed=revealed)
    return None


def _again(known: tuple[Slot, StoredBallot], slot: Slot, sent: StoredBallot) -> Sent:
    """The receipt of a ballot that is stored already; its 128-bit id is known to its sender only."""
    place, stored = known
    if (place.round_number, place.group, place.kind) != (slot.round_number, slot.group, slot.kind):
        raise InvalidBallot(_("This ballot was sent for another round. Reload the page to fill in a new one."))
    if _said(stored) != _said(sent):
        raise InvalidBallot(_("This ballot was changed after it was sent. Reload the page and send it again."))
    return _receipt(stored)


def _said(sent: StoredBallot) -> tuple[object, ...]:
    """What counts and is shown of a ballot; its piles are extra information."""
    ballot = sent.ballot
    reasons = list(ballot.reasons)
    while reasons and reasons[-1] == Reason():
        reasons.pop()
    return ballot.ranking, ballot.moment, ballot.serves, ballot.expected_hits, *reasons


def _receipt(stored: StoredBallot) -> Sent:
    return Sent(stored.id, receipt_of(stored.id), stored.ballot.ranking, stored.segment)


def _check_segment(voting: Voting, segment: int | None) -> None:
    """People of a group with segments say which is theirs, unless the link does; nobody else is asked."""
    if voting.segment:
        return
    count = len(voting.segments)
    if count and segment is None:
        raise InvalidBallot(_(SAY_FIRST[voting.group]))
    if segment is not None and not 1 <= segment <= count:
        raise InvalidBallot(_(NO_CHOICE[voting.group]))


def _slot(voting: Voting, state: RoundState, person: str) -> Slot:
    return Slot(voting.workshop.id, state.number, person, voting.group, voting.kind)
