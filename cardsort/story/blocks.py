"""What a result is told in: parts made of few kinds of blocks. Each is a meaning, never a look.

A renderer has one function for each kind and knows by the kind what must stay together.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card
from cardsort.story.charts.bars import Bars
from cardsort.story.charts.dumbbell import Pair
from cardsort.story.charts.map import Map
from cardsort.story.charts.marks import Marks
from cardsort.story.charts.slope import Slope
from cardsort.story.charts.strip import Strip


class Tone(StrEnum):
    """How words are meant."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    ASIDE = "aside"
    WARNING = "warning"
    IT = "it"
    CUSTOMERS = "customers"


@dataclass(frozen=True, slots=True)
class Told:
    """Words with their meaning. Those of a group come with its sign; `aloud` says to whoever hears them what that
    sign shows.
    """

    text: str
    tone: Tone = Tone.PLAIN
    aloud: str = ""


Span = Told | Card  # a card is told by code and title
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title within a part; `group`: whose it is."""

    kind: ClassVar[str] = "title"
    words: str
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence or some."""

    kind: ClassVar[str] = "lead"
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """What has to be known of a chart, in small print."""

    kind: ClassVar[str] = "note"
    words: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines below one another."""

    kind: ClassVar[str] = "lines"
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A card in a hand, what is said below it, and all that was written about it."""

    card: Card
    lines: tuple[Line, ...]
    voices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Cards as cards."""

    kind: ClassVar[str] = "hand"
    cards: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Over a column: its name, whose it is, what is said below the name; `number`: its values are numbers."""

    words: str
    group: Group | None = None
    more: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines; `level` 2 = among the first, 1 = in the top, 0 = outside, None = nothing of the kind. Or both places of
    the row's card as a picture of what its numbers say.
    """

    lines: tuple[Line, ...]
    level: int | None = None
    pair: Pair | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose first column names its rows. `edge`: after so many rows the top of `group` ends; `every`: each card
    has its row here; `register`: and wherever a card is named it leads there.
    """

    kind: ClassVar[str] = "grid"
    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    register: bool = False
    every: bool = False
    edge: int = 0
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """What people wrote, by card or all together."""

    kind: ClassVar[str] = "voices"
    about: tuple["About", ...]


@dataclass(frozen=True, slots=True)
class About:
    """What was written about one card (None: about none): (remark, "×4" or ""); `more` says how many are left, which
    `rest` holds.
    """

    card: Card | None
    remarks: tuple[tuple[str, str], ...]
    more: str = ""
    rest: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question for the room, with room to write: what it is about, the question, and what better looks like."""

    kind: ClassVar[str] = "ask"
    about: Line
    question: str
    better: Line = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """Rows of the agenda; and at least so many more to fill in by pen, each with what there is to choose from."""

    kind: ClassVar[str] = "agreed"
    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    blank: int = 0
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks next to one another."""

    kind: ClassVar[str] = "beside"
    columns: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a group was asked, and who answered when."""

    group: Group
    title: str
    question: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The one page that says it all: whose it is, the finding and what to measure it by, what to take away, the three
    marks, the shares card by card, what was asked of whom, and what follows, in one column or two.
    """

    kind: ClassVar[str] = "front"
    title: str
    line: str
    found: str
    guess: str
    take: str
    marks: Marks | None
    chart: Strip
    note: str
    asked: tuple[Asked, ...]
    findings: tuple[tuple["Block", ...], ...]


Chart = Strip | Marks | Slope | Map | Bars
Block = Front | Title | Lead | Note | Lines | Hand | Grid | Facts | Voices | Ask | Agreed | Beside | Chart


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter, or a page of one: `id` as it is chosen, its title, its blocks; `alone` = on a page of its own."""

    id: str
    title: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    alone: bool = False


def plain(*texts: str) -> Line:
    """A line of plain words."""
    return tuple(Told(text) for text in texts)


def cell(*spans: Span | str, level: int | None = None) -> Cell:
    """A cell of one line."""
    return Cell((tuple(Told(span) if isinstance(span, str) else span for span in spans),), level)
