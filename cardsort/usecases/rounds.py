"""Again: the next round of a workshop, and which round's result may be read."""

from dataclasses import dataclass, replace

from cardsort.domain.ballots import Group
from cardsort.domain.errors import WrongStage
from cardsort.domain.settings import Appeal, check_expected, check_settings
from cardsort.domain.workshops import Workshop
from cardsort.language import _
from cardsort.store import links, workshops
from cardsort.store.engine import WriteConflict, reading, writing
from cardsort.store.links import Purpose
from cardsort.usecases.tokens import new_link


@dataclass(frozen=True, slots=True)
class NextRound:
    """What is decided about a next round: the rest stays as it was, so that the rounds can be compared.

    after      number of the round that it follows
    new_links  True for new people: both voting links are made anew, and the old ones open nothing
    alone      the one group that takes part, None where both do
    appeal     what the invitation says from now on; None = as before
    """

    after: int
    new_links: bool = False
    expected_it: int | None = None
    expected_customers: int | None = None
    alone: Group | None = None
    appeal: Appeal | None = None


def start_next_round(workshop_id: str, wanted: NextRound, *, secret: bytes) -> None:
    """Open the next round for ballots; only after the reveal. Asked for twice, it is started once."""
    check_expected({"expected_it": wanted.expected_it, "expected_customers": wanted.expected_customers})
    try:
        _start(workshop_id, wanted, secret)
    except WriteConflict:  # somebody else has just started it
        _start(workshop_id, wanted, secret)


def shown_round(workshop: Workshop, asked: int | None = None) -> Workshop:
    """The workshop with the round whose result is to be read: that asked for, else the last revealed.

    WrongStage where it is not revealed, and where there is no such round: the two are never told apart.
    """
    number = asked if asked is not None else max(workshop.revealed, default=workshop.round.number)
    if number not in workshop.revealed:
        workshop.round.check_revealed()
        raise WrongStage(
            _(
                "There is no result of a round %(number)s to see. Go back to the desk; it lists the rounds.",
                number=number,
            )
        )
    if number == workshop.round.number:
        return workshop
    with reading() as session:
        found = workshops.load_workshop(session, workshop.id, number)
    return found or workshop


def _start(workshop_id: str, wanted: NextRound, secret: bytes) -> None:
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        if state.number > wanted.after:
            return
        state.check_next()
        expected = wanted.expected_it, wanted.expected_customers
        workshops.insert_round(session, workshop_id, state.number + 1, *expected, alone=wanted.alone)
        if wanted.appeal is not None and (found := workshops.load_workshop(session, workshop_id)):
            settings = replace(found.settings, appeal=wanted.appeal)
            check_settings(settings, found.deck.size)
            workshops.update_workshop(session, workshop_id, found.round.number, settings, new_edition=False)
        if wanted.new_links:
            for kind in links.segment_links(session, workshop_id):
                links.replace_link(session, new_link(secret, workshop_id, Purpose.CUSTOMERS, kind))
            for purpose in set(links.links_of(session, workshop_id)) - {Purpose.FACILITATOR}:
                links.replace_link(session, new_link(secret, workshop_id, purpose))
