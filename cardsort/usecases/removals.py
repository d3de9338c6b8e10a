"""Taking ballots out again: by their sender until the lock, by the facilitator, with a reason, until the reveal.

Nobody has seen a result by then, so nobody takes a ballot out for what it says. Each is counted and printed with the
result, and whoever sent it is told.
"""

from datetime import datetime

from cardsort.domain.ballots import WORDS_LENGTH
from cardsort.domain.cards import has_ink
from cardsort.domain.codes import clean_code
from cardsort.domain.errors import GroupLocked, InvalidInput
from cardsort.language import N_, _
from cardsort.store import ballots, removed, workshops
from cardsort.store.engine import forget_deleted, reading, writing, writing_votes
from cardsort.usecases.tokens import hash_token, new_id, receipt_of
from cardsort.usecases.voting import TRIAL, Voting
from cardsort.usecases.workshops import check_typed_name, find_workshop

TOO_LATE = N_(
    "The ballots are locked, so yours stays as it is and counts. Ask the person who runs the workshop to take it out."
)
NOT_TAKEN_OUT = N_("The name does not match, so nothing was taken out. Type the workshop’s name as it stands above.")


def withdraw_ballot(voting: Voting, key: str, ballot_id: str) -> None:
    """Take back what this person has sent with that id, and a second ballot that followed it; nothing where another
    ballot has taken its place. GroupLocked from the lock on.
    """
    with writing_votes() as connection:
        keys = hash_token(voting.token), hash_token(key)
        held, person, _since = workshops.share_round(connection, voting.workshop.id, *keys, new_id())
        state = held.at(voting.now)
        slot = removed.slot_of(connection, voting.workshop.id, ballot_id)
        if slot is None or (slot.respondent_id, slot.round_number) != (person, state.number):
            return
        if slot.group in state.locked:
            raise GroupLocked(_(TOO_LATE), revealed=state.revealed_at is not None)
        removed.remove_ballot(connection, slot, discarded=False)
    forget_deleted()


def discard_ballot(workshop_id: str, receipt: str, reason: str) -> None:
    """Take out the ballot with that receipt, and a second one that followed it; WrongStage after the reveal."""
    _check_reason(reason)
    workshop, code = find_workshop(workshop_id), clean_code(receipt)
    workshop.round.check_discard()
    with reading() as session:
        ids = removed.ballot_ids(session, workshop_id, workshop.round.number)
    found = next((one for one in ids if code and clean_code(receipt_of(one)) == code), None)
    if found is None:
        raise InvalidInput(
            _(
                "No ballot of this round has that receipt, so nothing was taken out. Its sender’s page shows the "
                "receipt: eight letters and digits."
            )
        )
    with writing() as session:
        workshops.hold_round(session, workshop_id)
        held = workshops.load_workshop(session, workshop_id, workshop.round.number, counted=False)
        if held is not None:  # the ballot's own round: another may have begun since
            held.round.check_discard()
        slot = removed.slot_of(session, workshop_id, found)
        if slot is not None:  # else it has just been taken back
            removed.remove_ballot(session, slot, discarded=True, reason=reason)
    forget_deleted()


def start_over(workshop_id: str, typed_name: str, *, now: datetime) -> None:
    """Take out all ballots of the present round, and forget all drafts, once the workshop's name has been typed;
    WrongStage where a group is locked.
    """
    check_typed_name(workshop_id, typed_name, NOT_TAKEN_OUT)
    with writing() as session:
        state = workshops.hold_round(session, workshop_id, now)
        state.check_start_over()
        removed.remove_all(session, workshop_id, state.number, TRIAL)
        ballots.delete_all_drafts(session, workshop_id)
    forget_deleted()


def _check_reason(reason: str) -> None:
    if not has_ink(reason):
        raise InvalidInput(_("Say why the ballot is taken out: its sender is told the reason. Nothing was taken out."))
    if len(reason) > WORDS_LENGTH:
        raise InvalidInput(
            _(
                "The reason has %(n)s characters. Shorten it to %(limit)s; nothing was taken out.",
                n=len(reason),
                limit=WORDS_LENGTH,
            )
        )
