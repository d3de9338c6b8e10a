"""The agenda: what becomes of a card once the gap has been seen, and which promises are still open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cardsort.domain.errors import InvalidInput

TEXT_LENGTH, NAME_LENGTH = 280, 80
FIRST_YEAR, LAST_YEAR = 2000, 2100
FAR = date.max  # a promise without a date comes after all others


class Decision(StrEnum):
    """What became of a card in the conversation."""

    DO = "do"
    LATER = "later"
    NO = "no"


class Party(StrEnum):
    """From whom another behaviour is wanted."""

    MANAGEMENT = "management"
    TEAM = "team"
    CUSTOMERS = "customers"

    @property
    def label(self) -> str:
        """Who they are, within a sentence."""
        return "the team" if self is Party.TEAM else self.value


class Worth(StrEnum):
    """The answer to a question of worth."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        """The answer as it is said."""
        return "not sure" if self is Worth.UNSURE else self.value


class Progress(StrEnum):
    """How far a promise is."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"

    @property
    def label(self) -> str:
        """The progress as it is said."""
        return self.value.replace("_", " ").capitalize()


TEXTS = {  # field: what it is called in a sentence, and its length
    "cost": ("text on what it costs", TEXT_LENGTH),
    "action": ("text on what will be done", TEXT_LENGTH),
    "reason": ("reason", TEXT_LENGTH),
    "alternative": ("alternative", TEXT_LENGTH),
    "behaviour": ("text on the behaviour you want to see", TEXT_LENGTH),
    "owner": ("name of who looks after it", NAME_LENGTH),
    "stakeholder": ("text on whom it touches", NAME_LENGTH),
    "public_owner": ("name that customers will read", NAME_LENGTH),
}


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What was agreed about one card. Texts as typed; empty = not said.

    code         the customers' card that it answers
    decision     do, later, or no: a no has its reason and what there is instead; None = not decided yet
    cost         what the practice costs, as the room put it
    action       what will be done
    reason       why not, or why later
    alternative  what there is instead
    owner        by whom; never shown to customers
    due          until when
    quick_win    done within days: told to the customers as the first answer to their card
    worth_paying whether the paying customer would like paying for this; None = not asked
    acceptable   whether we would accept it from our own supplier; None = not asked
    stakeholder  whom it touches
    behaviour    what people are to do differently
    from_whom    who they are
    public_owner whom customers can ask; shown to them
    progress     how far it is, and the day on which that was ticked (None while it is open)
    """

    code: str
    decision: Decision | None = None
    cost: str = ""
    action: str = ""
    reason: str = ""
    alternative: str = ""
    owner: str = ""
    due: date | None = None
    quick_win: bool = False
    worth_paying: Worth | None = None
    behaviour: str = ""
    from_whom: frozenset[Party] = frozenset()
    public_owner: str = ""
    progress: Progress = Progress.OPEN
    progress_on: date | None = None
    acceptable: Worth | None = None
    stakeholder: str = ""

    def __post_init__(self) -> None:
        for name, (label, limit) in TEXTS.items():
            if (length := len(getattr(self, name))) > limit:
                raise InvalidInput(f"The {label} has {length} characters. Shorten it to {limit}.")
        if self.due is not None and not FIRST_YEAR <= self.due.year <= LAST_YEAR:
            raise InvalidInput(f"The year {self.due.year} cannot be meant. Type one from {FIRST_YEAR} to {LAST_YEAR}.")

    @property
    def promised(self) -> bool:
        """Whether something is to be done, now or later."""
        return self.decision in {Decision.DO, Decision.LATER}

    @property
    def left_to_do(self) -> bool:
        """Whether it is promised and not done."""
        return self.promised and self.progress is not Progress.DONE

    @property
    def missing(self) -> str:
        """What a decision still lacks before customers can read it; "" = nothing."""
        needed = {
            Decision.DO: (("what will be done", self.action),),
            Decision.LATER: (("what will be done, or why later", self.action or self.reason),),
            Decision.NO: (("the reason", self.reason), ("what there is instead", self.alternative)),
        }
        pairs = needed[self.decision] if self.decision else ()
        return " and ".join(name for name, text in pairs if not text)

    def as_decided(self) -> "AgendaItem":
        """The item with nothing in it that belongs to another decision, such as an action noted before the no."""
        if self.decision is Decision.NO:
            return replace(self, action="", due=None, quick_win=False, progress=Progress.OPEN, progress_on=None)
        if self.decision is Decision.DO:
            return replace(self, reason="", alternative="")
        return replace(self, alternative="", quick_win=False)

    def overdue(self, today: date) -> bool:
        """Whether it was promised for a day that is over, and is not done."""
        return self.left_to_do and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Promise:
    """Something decided in an earlier round that is not done yet."""

    round: int
    item: AgendaItem
    overdue: bool


def open_promises(items: Iterable[tuple[int, AgendaItem]], today: date) -> tuple[Promise, ...]:
    """What is promised and not done, the longest overdue first, then by date; without a date last."""
    found = [Promise(number, item, item.overdue(today)) for number, item in items if item.left_to_do]
    return tuple(sorted(found, key=lambda promise: promise.item.due or FAR))
