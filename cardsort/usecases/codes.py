"""One-time codes: for rounds in which double votes must be ruled out, each customer sends the first ballot with one."""

from dataclasses import dataclass

from cardsort.domain.ballots import CORE, Group
from cardsort.domain.codes import clean_code
from cardsort.domain.errors import InvalidInput, NotFound, WrongCode, WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _, number
from cardsort.store import ballots, codes, links, workshops
from cardsort.store.ballots import Slot
from cardsort.store.engine import Transaction, reading, writing
from cardsort.store.links import Purpose
from cardsort.store.removed import has_removed
from cardsort.usecases.tokens import hash_code, hash_token, new_one_time_codes, one_time_code, token_of

MOST_AT_ONCE, MOST = 5_000, 50_000
MISSING = N_(
    "This workshop takes one order for each code that was handed out. Type the code from your slip or mail, "
    "then send again."
)
UNKNOWN = N_("This code is not one of this round’s. Compare it with your slip or mail: it has no I, L, O, 0 or 1.")
USED = N_(
    "An order was sent with this code already, and each code counts once. Did you send it from another device? Then "
    "all is well. Else ask whoever gave you the code for another one."
)
TOO_LATE = N_(
    "Customers have sent ballots without a code already, so codes cannot rule out double votes in this round any more. "
    "You can make some for the next round, before its first ballot."
)
IN_USE = N_("Customers have begun to use the codes, so this round keeps them. Hand out more if you need to.")


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a round: how many were made at each time, by the batch's number; `can_begin`: no customer has sent a
    ballot yet.

    Which of them are used, or how many of a batch, is asked by nobody: whoever hands out codes by name would learn who
    has voted, and beside the counts per kind even as what.
    """

    batches: dict[int, int]
    can_begin: bool

    @property
    def made(self) -> int:
        """How many there are in all."""
        return sum(self.batches.values())


def count_codes(workshop: Workshop) -> Codes:
    """The codes of the workshop's present round."""
    with reading() as session:
        batches = codes.count_batches(session, workshop.id, workshop.round.number)
    sent = any(one.n for (group, _), one in workshop.sources.items() if group is Group.CUSTOMERS)
    return Codes(batches, can_begin=not sent)


def make_codes(workshop_id: str, count: int | None, *, secret: bytes) -> None:
    """Make codes for the present round; from then on it asks customers for one. WrongStage once that is too late."""
    if count is None or not 1 <= count <= MOST_AT_ONCE:
        raise InvalidInput(_("Say how many codes you need, from 1 to %(n)s at a time.", n=number(MOST_AT_ONCE)))
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        if state.revealed_at is not None:
            raise WrongStage(_("The result of this round has been shown, so nobody can use a code in it any more."))
        batches = codes.count_batches(session, workshop_id, state.number)
        if not batches and ballots.group_has_sent(session, workshop_id, state.number, Group.CUSTOMERS):
            raise WrongStage(_(TOO_LATE))
        if (made := sum(batches.values())) + count > MOST:
            raise InvalidInput(
                _(
                    "A round can have %(most)s codes, and this one has %(made)s. Make fewer.",
                    most=number(MOST),
                    made=number(made),
                )
            )
        new = max(batches, default=0) + 1
        codes.insert_codes(session, workshop_id, state.number, new, _new_codes(session, secret, count))


def _new_codes(session: Transaction, secret: bytes, count: int) -> dict[bytes, bytes]:
    """So many codes that no workshop has: a code typed on the start page leads to one."""
    made: dict[bytes, bytes] = {}
    while len(made) < count:
        made |= new_one_time_codes(secret, count - len(made))
        for known in codes.known_codes(session, made):
            del made[known]
    return made


def do_without_codes(workshop_id: str) -> None:
    """Take all codes of the present round back; WrongStage once a customer has sent a ballot."""
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        if ballots.group_has_sent(session, workshop_id, state.number, Group.CUSTOMERS):
            raise WrongStage(_(IN_USE))
        codes.delete_codes(session, workshop_id, state.number)


def codes_of(workshop: Workshop, batch: int | None = None, *, secret: bytes) -> list[str]:
    """The round's codes as people type them, or one batch's: all of them, used or not. NotFound for no such batch."""
    with reading() as session:
        if batch is not None and batch not in codes.count_batches(session, workshop.id, workshop.round.number):
            raise NotFound
        nonces = codes.nonces_of(session, workshop.id, workshop.round.number, batch)
    return [one_time_code(secret, nonce) for nonce in nonces]


def find_coded_link(typed: str, *, secret: bytes) -> tuple[str, str]:
    """The token of the customers' link that a one-time code belongs to, and the code; else NotFound."""
    code = clean_code(typed) or ""
    with reading() as session:
        workshop_id = codes.find_code(session, hash_code(secret, code))
        link = None if workshop_id is None else links.find_link(session, workshop_id, Purpose.CUSTOMERS, 0)
    if link is None:
        raise NotFound
    return token_of(secret, link), code


def asks_code(workshop: Workshop, group: Group, key: str | None) -> bool:
    """Whether this person's ballot needs a code: a customer's first one of a round that has codes."""
    if not workshop.round.codes or group is not Group.CUSTOMERS:
        return False
    with reading() as session:
        person = ballots.find_respondent(session, workshop.id, hash_token(key or "")) or ""
        slot = Slot(workshop.id, workshop.round.number, person, group, CORE[group])
        return not (ballots.has_sent(session, slot) or has_removed(session, slot))


def hash_typed(typed: str, *, secret: bytes) -> bytes:
    """What `check_code` and `cast_ballot` take of a typed code; b"" for none."""
    return hash_code(secret, clean_code(typed) or "") if typed.strip() else b""


def check_code(workshop: Workshop, code_hash: bytes) -> None:
    """WrongCode where the round has no such code. Whether one is used is told to nobody but who sends a ballot with it:
    else whoever has the list could try them all, and see who has voted.
    """
    with reading() as session:
        used = codes.is_used(session, workshop.id, workshop.round.number, code_hash)
    if used is None:
        raise refuse_code(code_hash, used=None)


def refuse_code(code_hash: bytes, *, used: bool | None) -> WrongCode:
    """The sentence for a code that is missing, unknown (`used` None) or used."""
    return WrongCode(_((USED if used else UNKNOWN) if code_hash else MISSING))
