"""What people wrote, for the facilitator to look through once it is locked, and to withhold before the room reads it.

All words of a group stand together, without card, kind of customer, team or ballot, in the order of their marks, which
tells nothing. Which card has how many remarks would tell how high it stands, so before the reveal what nobody will
read, as too few wrote about its card, stands among them too; that enough people wrote anything at all is asked for all
the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cardsort.analysis.suppression import may_show
from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput
from cardsort.domain.sources import count_sources
from cardsort.domain.workshops import Workshop
from cardsort.language import _
from cardsort.store import withheld, workshops
from cardsort.store.ballots import reasons_from_json
from cardsort.store.ballotset import serves_columns, voices_columns
from cardsort.store.engine import reading, writing
from cardsort.usecases.remarks import GONE, Came, mark_of_words

Written = tuple[tuple[str, ...], Came]  # all that one person wrote, and how their ballot came


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, or several people alike."""

    mark: str
    text: str
    withheld: bool


def find_words(workshop: Workshop) -> dict[Group, tuple[Words, ...]]:
    """What each locked group of the round wrote; nothing where fewer than k people wrote. WrongStage before a lock."""
    state = workshop.round
    state.check_words()
    with reading() as session:
        marks = withheld.read_withheld(session, workshop.id, state.number)
        said = voices_columns(session, workshop.id, state.number)
        serves = serves_columns(session, workshop.id, state.number)
    written: dict[Group, list[Written]] = {
        Group.CUSTOMERS: [
            (tuple(one.words for one in reasons_from_json(reasons) if one.words), came)
            for _ranking, reasons, _moment, came in said
        ],
        Group.IT: [((words,), came) for words, came, _team in serves],
    }
    return {
        group: _gather(written[group], workshop.settings.threshold, marks) for group in Group if group in state.locked
    }


def withhold(workshop: Workshop, mark: str) -> None:
    """Tell these words nowhere from now on. Withholding twice is withholding once."""
    _change(workshop, mark, to_withhold=True)


def tell_again(workshop: Workshop, mark: str) -> None:
    """Tell words again that were withheld, wherever enough people wrote."""
    _change(workshop, mark, to_withhold=False)


def _gather(written: Iterable[Written], k: int, marks: frozenset[bytes]) -> tuple[Words, ...]:
    people = [(words, came) for words, came in written if words]
    if not may_show(count_sources((came, 1) for _words, came in people), k):
        return ()
    found = {
        mark_of_words(text): text for words, _came in people for text in sorted(words, reverse=True) if text != GONE
    }
    return tuple(Words(mark.hex(), found[mark], mark in marks) for mark in sorted(found))


def _change(workshop: Workshop, mark: str, *, to_withhold: bool) -> None:
    known = {one.mark for words in find_words(workshop).values() for one in words}
    if mark not in known:
        raise InvalidInput(
            _("These words are not among those that can be read here. Reload the page and tap once more.")
        )
    number, this = workshop.round.number, bytes.fromhex(mark)
    with writing() as session:
        workshops.hold_round(session, workshop.id)
        there = this in withheld.read_withheld(session, workshop.id, number)
        if to_withhold and not there:
            withheld.insert_withheld(session, workshop.id, number, this)
        elif there and not to_withhold:
            withheld.delete_withheld(session, workshop.id, number, this)
