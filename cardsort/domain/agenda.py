"""The agenda: what becomes of a card once the gap has been seen, and which promises are still open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cardsort.domain.errors import InvalidInput
from cardsort.language import N_, _, pgettext

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
        """Who they are, within a list."""
        return {
            Party.MANAGEMENT: pgettext("from whom", "management"),
            Party.TEAM: pgettext("from whom", "the team"),
            Party.CUSTOMERS: pgettext("from whom", "customers"),
        }[self]

    @property
    def by_itself(self) -> str:
        """Who they are, by itself."""
        return {
            Party.MANAGEMENT: pgettext("from whom", "Management"),
            Party.TEAM: pgettext("from whom", "The team"),
            Party.CUSTOMERS: pgettext("from whom", "Customers"),
        }[self]


class Worth(StrEnum):
    """The answer to a question of worth."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        """The answer as it is said."""
        return {
            Worth.YES: pgettext("answer", "yes"),
            Worth.NO: pgettext("answer", "no"),
            Worth.UNSURE: pgettext("answer", "not sure"),
        }[self]


class Progress(StrEnum):
    """How far a promise is."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"

    @property
    def label(self) -> str:
        """The progress as it is said."""
        return {
            Progress.OPEN: pgettext("promise", "Open"),
            Progress.UNDER_WAY: pgettext("promise", "Under way"),
            Progress.DONE: pgettext("promise", "Done"),
        }[self]

    @property
    def choice(self) -> tuple[str, str]:
        """What a form sends, and what it says."""
        return self.value, self.label


TEXTS = {  # field: what is said where it is too long, and its length
    "cost": (N_("The text on what it costs has %(n)s characters. Shorten it to %(limit)s."), TEXT_LENGTH),
    "action": (N_("The text on what will be done has %(n)s characters. Shorten it to %(limit)s."), TEXT_LENGTH),
    "reason": (N_("The reason has %(n)s characters. Shorten it to %(limit)s."), TEXT_LENGTH),
    "alternative": (N_("The alternative has %(n)s characters. Shorten it to %(limit)s."), TEXT_LENGTH),
    "behaviour": (
        N_("The text on the behaviour you want to see has %(n)s characters. Shorten it to %(limit)s."),
        TEXT_LENGTH,
    ),
    "owner": (N_("The name of who looks after it has %(n)s characters. Shorten it to %(limit)s."), NAME_LENGTH),
    "stakeholder": (N_("The text on whom it touches has %(n)s characters. Shorten it to %(limit)s."), NAME_LENGTH),
    "public_owner": (
        N_("The name that customers will read has %(n)s characters. Shorten it to %(limit)s."),
        NAME_LENGTH,
    ),
}
LACKS = {  # what an item still lacks: what is said where that keeps the answer from being published
    "action": N_("Card %(code)s still lacks what will be done. Fill it in, then publish."),
    "action or reason": N_("Card %(code)s still lacks what will be done, or why later. Fill it in, then publish."),
    "reason": N_("Card %(code)s still lacks the reason. Fill it in, then publish."),
    "alternative": N_("Card %(code)s still lacks what there is instead. Fill it in, then publish."),
    "reason and alternative": N_(
        "Card %(code)s still lacks the reason and what there is instead. Fill it in, then publish."
    ),
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
        for name, (too_long, limit) in TEXTS.items():
            if (length := len(getattr(self, name))) > limit:
                raise InvalidInput(_(too_long, n=length, limit=limit))
        if self.due is not None and not FIRST_YEAR <= self.due.year <= LAST_YEAR:
            years = {"year": self.due.year, "first": FIRST_YEAR, "last": LAST_YEAR}
            raise InvalidInput(_("The year %(year)s cannot be meant. Type one from %(first)s to %(last)s.", **years))

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
        """Which texts a decision still lacks before customers can read it, by the keys of `LACKS`; "" = nothing."""
        if self.decision is Decision.NO:
            lacking = (("reason", self.reason), ("alternative", self.alternative))
            return " and ".join(name for name, text in lacking if not text)
        if self.decision is Decision.LATER:
            return "" if self.action or self.reason else "action or reason"
        return "action" if self.decision is Decision.DO and not self.action else ""

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
