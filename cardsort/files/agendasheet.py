"""The rows of the sheet Agenda: what was agreed about each card, with a sentence that says what each column is."""

from collections.abc import Callable

from cardsort.domain.agenda import AgendaItem, Decision, Party
from cardsort.domain.cards import Deck
from cardsort.files.measures import Cell
from cardsort.story.facts import ReportFacts

DAY = "yyyy-mm-dd"
_COLUMNS: dict[str, tuple[str, Callable[[AgendaItem], Cell]]] = {
    "decision": (
        "What became of the card: do, later or no; blank where it is not decided yet.",
        lambda item: item.decision.value if item.decision else None,
    ),
    "action": ("What will be done; blank with a no.", lambda item: item.action),
    "reason": ("Why later, or why not.", lambda item: item.reason),
    "alternative": ("With a no: what there is instead.", lambda item: item.alternative),
    "owner": ("Who looks after it; customers never read this name.", lambda item: item.owner),
    "public_owner": ("Whom customers can ask; they read this name.", lambda item: item.public_owner),
    "due": ("Day until which it is promised; blank without a date and with a no.", lambda item: item.due),
    "quick_win": (
        "With a do: yes where it is done within days, else no.",
        lambda item: ("yes" if item.quick_win else "no") if item.decision is Decision.DO else None,
    ),
    "cost": ("What the practice costs, as the room put it.", lambda item: item.cost),
    "behaviour": ("What people are to do differently.", lambda item: item.behaviour),
    "from_whom": (
        "From whom that behaviour is wanted: management, team, customers, separated by spaces.",
        lambda item: " ".join(party.value for party in Party if party in item.from_whom),
    ),
    "worth_paying": (
        "Whether the paying customer would like paying for this: yes, no or unsure; blank where not asked.",
        lambda item: item.worth_paying.value if item.worth_paying else None,
    ),
    "progress": (
        "How far a promise is: open, under_way or done; blank where nothing is promised.",
        lambda item: item.progress.value if item.promised else None,
    ),
    "progress_on": (
        "Day on which that was ticked; blank while it is open.",
        lambda item: item.progress_on if item.promised else None,
    ),
}
AGENDA = {
    "code": "The card’s code; the rows stand in the agenda’s order.",
    "title": "The card’s title.",
    **{name: says for name, (says, _) in _COLUMNS.items()},
}
FORMS = [DAY if name in {"due", "progress_on"} else "" for name in AGENDA]


def agenda_rows(facts: ReportFacts, deck: Deck) -> list[list[Cell]]:
    """One row a card on the agenda, without what belongs to another decision than the one made."""
    items = [item.as_decided() for item in facts.agenda if item.code in deck]
    return [[item.code, deck[item.code].title, *(value(item) for _, value in _COLUMNS.values())] for item in items]
