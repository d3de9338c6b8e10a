"""The kinds of slides of the reveal: frozen values of plain words, cards and charts, for whatever shows them.

A slide holds nothing that is not turned over when it is shown.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card
from cardsort.language import N_, _
from cardsort.story import words
from cardsort.story.blocks import Asked, Grid, Line
from cardsort.story.charts import strip
from cardsort.story.charts.marks import Marks as MarksChart
from cardsort.story.charts.slope import TITLES
from cardsort.story.charts.slope import Line as SlopeLine

FASTER = "faster"


class Chapter(StrEnum):
    """What can be jumped to: it tells nothing of the result."""

    QUESTIONS = "questions"
    BASIS = "basis"
    IT = "it"
    CUSTOMERS = "customers"
    MARKS = "marks"
    GAPS = "gaps"
    KINDS = "kinds"
    SHARED = "shared"
    ROOM = "room"
    AGREE = "agree"

    @property
    def label(self) -> str:
        """Its name in the list of what there is to jump to."""
        return _(CHAPTERS[self])


CHAPTERS = {
    Chapter.QUESTIONS: N_("The questions"),
    Chapter.BASIS: N_("Know, or think?"),
    Chapter.IT: TITLES[Group.IT],
    Chapter.CUSTOMERS: TITLES[Group.CUSTOMERS],
    Chapter.MARKS: N_("What was found"),
    Chapter.GAPS: N_("Where both differ"),
    Chapter.KINDS: N_("Kinds of customers"),
    Chapter.SHARED: N_("What both share"),
    Chapter.ROOM: N_("Questions for the room"),
    Chapter.AGREE: N_("What do we agree?"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A card with its place in each list that is shown, and what is said of both where that is a surprise."""

    card: Card
    places: Line
    said: str


@dataclass(frozen=True, slots=True)
class Question:
    """What either side was asked, how many answered, and where their ballots came from."""

    kind: ClassVar[str] = "question"
    chapter: ClassVar[Chapter] = Chapter.QUESTIONS
    stop: ClassVar[bool] = True
    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Know or think: IT's share of "we think" beside the published one, each with what it is."""

    kind: ClassVar[str] = "basis"
    chapter: ClassVar[Chapter] = Chapter.BASIS
    stop: ClassVar[bool] = True
    title: str
    share: str
    published: str
    sentence: str

    @property
    def names(self) -> tuple[str, str]:
        """What both shares are."""
        return _("“we think”, here"), _("published, world-wide")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a top list. Face down it has neither card nor words.

    place      "7", or "8–10" for cards that share a block of places
    words      the card's title, or how many cards share a block that is too long to list (then without `card`)
    new        turned over by this very step
    elsewhere  the card's place in the other group's list, where that is told
    """

    place: str
    card: Card | None = None
    words: str = ""
    new: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Tops:
    """One or both top lists, as far as they are turned over. `stop`: whoever goes faster is shown this one too."""

    kind: ClassVar[str] = "tops"
    title: str
    it: tuple[Row, ...] = ()
    customers: tuple[Row, ...] = ()
    lines: tuple[SlopeLine, ...] = ()
    legend: Line = ()
    stop: bool = True

    @property
    def chapter(self) -> Chapter:
        """Whose list is being turned over."""
        return Chapter.CUSTOMERS if self.customers else Chapter.IT

    @property
    def heads(self) -> dict[Group, str]:
        """What stands over each list."""
        return {group: _(title) for group, title in TITLES.items()}

    @property
    def slots(self) -> int:
        """How many rows the longer list has: both take as much room."""
        return max(len(self.it), len(self.customers))


@dataclass(frozen=True, slots=True)
class Marks:
    """The hits on one line, mark after mark; what to measure them by, and how sure that is ("" with 20 or more)."""

    kind: ClassVar[str] = "marks"
    chapter: ClassVar[Chapter] = Chapter.MARKS
    title: str
    chart: MarksChart | None
    said: tuple[str, ...] = ()
    sure: str = ""
    stop: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """One card with a clear gap: its share on either side, and what a customer wrote with how many wrote it, or None.
    `more`: that there are further ones, after the last.
    """

    kind: ClassVar[str] = "gap"
    chapter: ClassVar[Chapter] = Chapter.GAPS
    stop: ClassVar[bool] = True
    title: str
    told: Told
    shares: strip.Row
    voice: tuple[str, str] | None = None
    more: str = ""

    @property
    def heads(self) -> dict[Group, str]:
        """What is said of either share."""
        return {group: _(strip.Strip.heads[group]) for group in Group}

    @property
    def quoted(self) -> str:
        """What was written, in quotation marks."""
        return words.marked(self.voice[0]) if self.voice else ""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Where kinds of customers differ: their places card by card, whether one kind decides, or why none is shown."""

    kind: ClassVar[str] = "kinds"
    chapter: ClassVar[Chapter] = Chapter.KINDS
    stop: ClassVar[bool] = True
    title: str
    lead: str
    grid: Grid | None
    legend: Line = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Several cards: "open", a few as cards, that look most different where no gap is clear; or what is "shared", all
    in the customers' order.
    """

    stop: ClassVar[bool] = True
    kind: str
    title: str
    lead: str
    cards: tuple[Told, ...]
    legend: Line = ()

    @property
    def chapter(self) -> Chapter:
        """Both lists differ, or they share."""
        return Chapter.SHARED if self.kind == "shared" else Chapter.GAPS


@dataclass(frozen=True, slots=True)
class Talk:
    """A card's question for the room."""

    kind: ClassVar[str] = "talk"
    chapter: ClassVar[Chapter] = Chapter.ROOM
    stop: ClassVar[bool] = True
    title: str
    told: Told
    legend: Line = ()


@dataclass(frozen=True, slots=True)
class Agree:
    """The last: the cards that were talked about, to be decided on. It opens the agenda."""

    kind: ClassVar[str] = "agree"
    chapter: ClassVar[Chapter] = Chapter.AGREE
    stop: ClassVar[bool] = True
    title: str
    lead: str
    cards: tuple[Told, ...]
    legend: Line = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What cannot be shown, and why."""

    kind: ClassVar[str] = "missing"
    stop: ClassVar[bool] = True
    title: str
    why: tuple[str, ...]
    chapter: Chapter


Slide = Question | Basis | Tops | Marks | Gap | Kinds | Cards | Talk | Agree | Missing


def chapters_of(slides: tuple[Slide, ...]) -> tuple[Chapter, ...]:
    """What there is to jump to, in order."""
    return tuple(dict.fromkeys(slide.chapter for slide in slides))


def first_of(slides: tuple[Slide, ...], chapter: str) -> int | None:
    """The step at which the chapter of that name begins; None where there is none such."""
    return next((step for step, slide in enumerate(slides) if slide.chapter == chapter), None)


def lists_in(slides: tuple[Slide, ...]) -> tuple[tuple[Tops | Missing, ...], int]:
    """The top lists with everything turned over, and what is said of one that is missing; and the step by which all of
    that has been shown.
    """
    told = [(step, slide) for step, slide in enumerate(slides) if isinstance(slide, Tops | Missing)]
    tops = [slide for _, slide in told if isinstance(slide, Tops)]
    return (*tops[-1:], *(slide for _, slide in told if isinstance(slide, Missing))), told[-1][0]


def faster_from(slides: tuple[Slide, ...], step: int) -> int:
    """Where somebody at that step gets who turns a whole block at once."""
    return next((later for later in range(step + 1, len(slides)) if slides[later].stop), len(slides) - 1)
