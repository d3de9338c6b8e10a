"""What a voter reads after the reveal: how many ballots of their group count, where these came from, and their own."""

from dataclasses import dataclass

from cardsort.analysis.suppression import may_show
from cardsort.domain.ballots import CORE
from cardsort.domain.sources import Sources
from cardsort.store import ballots, workshops
from cardsort.store.ballots import Slot
from cardsort.store.engine import reading
from cardsort.usecases.tokens import hash_token
from cardsort.usecases.voting import Voting


@dataclass(frozen=True, slots=True)
class Counted:
    """The group's core ballots of the revealed round; `sources` None where too few people came by a link to be shown.

    `mine`: this person's own is among them; `earlier`: the last round before it in which they sent one.
    """

    sources: Sources | None
    mine: bool
    earlier: int | None


def find_counted(voting: Voting, key: str | None) -> Counted | None:
    """None before the reveal: until then nobody behind a voting link learns anything of others."""
    state, workshop_id, group = voting.workshop.round, voting.workshop.id, voting.group
    if state.revealed_at is None:
        return None
    with reading() as session:
        workshop = workshops.load_workshop(session, workshop_id, state.number)
        person = ballots.find_respondent(session, workshop_id, hash_token(key or "")) or ""
        rounds = ballots.rounds_sent(session, Slot(workshop_id, state.number, person, group, CORE[group]))
    sources = workshop.core[group] if workshop else Sources()
    earlier = max((number for number in rounds if number < state.number), default=None)
    shown = may_show(sources, voting.workshop.settings.threshold)
    return Counted(sources if shown else None, state.number in rounds, earlier)
