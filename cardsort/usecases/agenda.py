"""What is agreed after the reveal, and what customers read of it: "You said, we did"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cardsort.analysis.result import Comparison, Position
from cardsort.domain import agenda as rules
from cardsort.domain.agenda import LACKS, AgendaItem, Progress, Promise
from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, NotFound
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _
from cardsort.store import agenda, workshops
from cardsort.store.engine import reading, writing
from cardsort.usecases.results import Result, compare_groups
from cardsort.usecases.rounds import shown_round

NOT_PUBLISHED = N_(
    "There is no answer here yet. When it is published, it stands at this address. Keep the link you voted with."
)
NOT_ON_IT = N_("This card is no longer on the agenda. Reload the page to see what is.")
NOTHING_DECIDED = N_("Nothing is decided yet, so there is no answer to publish. Decide on one card at least.")


@dataclass(frozen=True, slots=True)
class AgendaCounts:
    """How far the agenda is: what the desk says of it."""

    cards: int
    decided: int
    promised: int
    done: int
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A card and what becomes of it; `place` in the list answered, None outside its top; `item` None = not decided."""

    code: str
    place: Position | None
    item: AgendaItem | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What customers read: their top, where it may be shown, and what else was decided; where IT alone was asked, IT's.
    `on` None = not published.
    """

    round: int
    on: date | None
    top: tuple[Answered, ...]
    beyond: tuple[Answered, ...]
    whose: Group


def read_agenda(workshop: Workshop) -> tuple[AgendaItem, ...]:
    """The agenda of the last round."""
    with reading() as session:
        return agenda.load_agenda(session, workshop.id, workshop.round.number)


def open_promises(workshop: Workshop, today: date) -> tuple[Promise, ...]:
    """What was promised in earlier rounds and is not done, the longest overdue first."""
    if workshop.round.number == 1:
        return ()
    with reading() as session:
        return rules.open_promises(agenda.load_earlier(session, workshop.id, workshop.round.number), today)


def result_to_print(workshop: Workshop, today: date) -> Result:
    """The round's comparison, with what the report says of promises that earlier rounds left open."""
    found = compare_groups(workshop)
    return replace(found, facts=replace(found.facts, promises=open_promises(workshop, today)))


def count_agenda(workshop: Workshop, today: date) -> AgendaCounts:
    """How far the last round's agenda is, and what earlier rounds left open."""
    items = read_agenda(workshop) if workshop.round.agenda else ()
    promised = [item for item in items if item.promised]
    return AgendaCounts(
        cards=len(items),
        decided=sum(item.decision is not None for item in items),
        promised=len(promised),
        done=sum(item.progress is Progress.DONE for item in promised),
        promises=open_promises(workshop, today),
    )


def put_on_agenda(workshop: Workshop, code: str) -> None:
    """Put a card at the end of the last round's agenda; one that is there stays where it is."""
    with writing() as session:
        state = workshops.hold_round(session, workshop.id)
        state.check_revealed()
        if code not in workshop.deck:
            raise InvalidInput(_("This card is not in the workshop’s deck. Choose one from the list."))
        if agenda.load_item(session, workshop.id, state.number, code) is None:
            agenda.insert_item(session, workshop.id, state.number, AgendaItem(code))


def change_item(workshop: Workshop, number: int, code: str, changes: Mapping[str, Any], *, today: date) -> AgendaItem:
    """Store the changed fields of an item, of the last round or an earlier one; the others stay as they are."""
    with writing() as session:
        workshops.hold_round(session, workshop.id)  # nobody takes the card off meanwhile
        before = agenda.load_item(session, workshop.id, number, code)
        if before is None:
            raise NotFound(_(NOT_ON_IT))
        after = replace(before, **changes)
        if after.progress is not before.progress:
            after = replace(after, progress_on=None if after.progress is Progress.OPEN else today)
        agenda.save_item(session, workshop.id, number, after)
    return after


def move_item(workshop: Workshop, number: int, code: str, *, up: bool) -> None:
    """Let the card and its neighbour above (or below) change places; nothing at either end."""
    with writing() as session:
        workshops.hold_round(session, workshop.id)
        codes = [item.code for item in agenda.load_agenda(session, workshop.id, number)]
        if code not in codes:
            raise NotFound(_(NOT_ON_IT))
        place = codes.index(code)
        other = place - 1 if up else place + 1
        if 0 <= other < len(codes):
            codes[place], codes[other] = codes[other], codes[place]
        agenda.place_items(session, workshop.id, number, codes)


def take_off(workshop: Workshop, number: int, code: str) -> None:
    """Take a card off the agenda, with what was written about it."""
    with writing() as session:
        workshops.hold_round(session, workshop.id)
        agenda.delete_item(session, workshop.id, number, code)


def unfinished(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    """The decisions that customers cannot read yet, because what goes with them is missing."""
    return tuple(item for item in items if item.missing)


def publish(workshop: Workshop, *, today: date) -> None:
    """Let customers and IT read the answer on their links from now on. Publishing twice keeps the first day."""
    with writing() as session:
        state = workshops.hold_round(session, workshop.id)
        state.check_revealed()
        items = agenda.load_agenda(session, workshop.id, state.number)
        if not any(item.decision for item in items):
            raise InvalidInput(_(NOTHING_DECIDED))
        if lacking := unfinished(items):
            raise InvalidInput(_(LACKS[lacking[0].missing], code=lacking[0].code))
        if state.published_on is None:
            agenda.set_published(session, workshop.id, state.number, today)


def take_back(workshop: Workshop) -> None:
    """Let nobody read the last round's answer any more."""
    with writing() as session:
        state = workshops.hold_round(session, workshop.id)
        agenda.set_published(session, workshop.id, state.number, None)


def published_answer(workshop: Workshop) -> tuple[int, date] | None:
    """The round of the newest answer that may be read, and since when."""
    with reading() as session:
        return agenda.last_published(session, workshop.id)


def read_answer(workshop: Workshop) -> Answer:
    """The newest published answer; NotFound while there is none."""
    published = published_answer(workshop)
    if published is None:
        raise NotFound(_(NOT_PUBLISHED))
    number, on = published
    with reading() as session:
        items = agenda.load_agenda(session, workshop.id, number)
    return _answer(number, on, items, _shown(shown_round(workshop, number)))


def preview_answer(workshop: Workshop) -> Answer:
    """The last round's answer as it would be read."""
    return _answer(workshop.round.number, workshop.round.published_on, read_agenda(workshop), _shown(workshop))


def _shown(workshop: Workshop) -> Comparison:
    return compare_groups(workshop).comparison


def _answer(number: int, on: date | None, items: tuple[AgendaItem, ...], comparison: Comparison) -> Answer:
    """Where the list is hidden, the decisions alone."""
    decided = {item.code: item.as_decided() for item in items if item.decision}
    whose = comparison.groups[-1]
    found = comparison.told[-1]
    codes = found.top(comparison.top) if found else ()
    return Answer(
        number,
        on,
        tuple(Answered(code, found.cards[code].position, decided.get(code)) for code in codes) if found else (),
        tuple(Answered(code, None, item) for code, item in decided.items() if code not in codes),
        whose,
    )
