"""Files to take along after the reveal: ballots, cards, and both in one workbook.

Ballots are shuffled, without keys or times, and nothing is told of fewer than k people; `cardsort compare` reads them.
"""

import json
from datetime import date

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.domain.errors import WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.files.ballotrows import NOT_SAID, Rows, shown_rows
from cardsort.files.tasks import as_calendar
from cardsort.language import N_, _
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading
from cardsort.story.tasks import Task, tell_tasks
from cardsort.usecases.agenda import read_agenda

NO_DAYS = N_(
    "Nothing on the agenda is still to be done by a day, so the calendar would be empty. Say by when on one of its "
    "cards, then take the calendar along."
)


def ballots_csv(workshop: Workshop) -> str:
    """The ballots of the workshop's round as CSV, after its reveal.

    Rows come in the order of their random ids, which is a shuffle. A group below k people is left out; the segment
    is blank where it may not be shown, the source where one of the list's sources has too few ballots.
    """
    from cardsort.files import frames

    return frames.as_csv(frames.ballots(shown_ballots(workshop)))


def ballots_json(workshop: Workshop) -> str:
    """The same ballots as JSON: rankings and bases as lists, null where nothing is said or may be."""
    ballots = [
        {
            "group": group,
            "kind": kind,
            "round": int(number),
            "segment": segment or None,
            "ranking": ranking.split(),
            "basis": [None if word == NOT_SAID else word for word in basis.split()],
            "source": source or None,
        }
        for group, kind, number, segment, ranking, basis, source in shown_ballots(workshop)
    ]
    found = {"deck": {"name": workshop.own_deck.name, "codes": workshop.deck.codes}, "ballots": ballots}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def cards_csv(comparison: Comparison, deck: Deck) -> str:
    """One row a card with everything that may be told of it; docs/exports.md explains each column."""
    from cardsort.files import frames

    return frames.as_csv(frames.cards(comparison, deck))


def left_to_do(workshop: Workshop) -> tuple[Task, ...]:
    """What the round's agenda promises and is not done, after the reveal."""
    workshop.round.check_revealed()
    whose = _("%(workshop)s, round %(number)s", workshop=workshop.settings.name, number=workshop.round.number)
    return tell_tasks(workshop.deck, read_agenda(workshop), whose=whose)


def agenda_calendar(workshop: Workshop, *, on: date) -> bytes:
    """What is left to do by a day, as a calendar; WrongStage where there is none, as a calendar cannot be empty."""
    dated = [task for task in left_to_do(workshop) if task.due]
    if not dated:
        raise WrongStage(_(NO_DAYS))
    return as_calendar(dated, agenda=f"{workshop.id}:{workshop.round.number}", on=on)


def shown_ballots(workshop: Workshop) -> Rows:
    """The rows of the last round's ballots, after the reveal."""
    workshop.round.check_revealed()
    with reading() as session:
        number = workshop.round.number
        ballots = read_ballots(session, workshop.id, workshop.deck.size, workshop.settings, number)
    return shown_rows(ballots, workshop.deck, workshop.settings.threshold, number)
