"""The reveal on the projector: a comparison as slides, one after the other. What is not turned over is not in them.

Words and numbers are the printed report's own; here they are only put in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cardsort.analysis.result import Comparison, Zone
from cardsort.analysis.sayable import FEW, sayable_of
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.story import answered, findings, guide, words
from cardsort.story.blocks import Line
from cardsort.story.charts import slope
from cardsort.story.charts.slope import LISTS, TITLES, two_sides
from cardsort.story.facts import ReportFacts
from cardsort.story.first import ASKED, headline
from cardsort.story.gaps import by_zone, places, zone_lead, zone_title

CARDS = 3  # side by side
QUESTIONS = 3  # to talk about; the printed guide has them all


@dataclass(frozen=True, slots=True)
class Question:
    """What IT was asked, or customers alone; how many answered on each side ("" = not asked), and where their ballots
    came from.
    """

    kind: ClassVar[str] = "question"
    title: str
    it: str
    customers: str
    group: Group = Group.IT

    @property
    def asked(self) -> str:
        """Whose question it is."""
        return ASKED[self.group]


@dataclass(frozen=True, slots=True)
class Basis:
    """Know or think: IT's share of "we think" beside the published one, each with what it is."""

    kind: ClassVar[str] = "basis"
    title: str
    share: str
    published: str
    sentence: str
    names: ClassVar[tuple[str, str]] = ("“we think”, here", "published, world-wide")


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
    """One or both top lists, as far as they are turned over."""

    kind: ClassVar[str] = "tops"
    heads: ClassVar[dict[Group, str]] = TITLES
    title: str
    it: tuple[Row, ...] = ()
    customers: tuple[Row, ...] = ()
    lines: tuple[slope.Line, ...] = ()

    @property
    def slots(self) -> int:
        """How many rows the longer list has: both take as much room."""
        return max(len(self.it), len(self.customers))


@dataclass(frozen=True, slots=True)
class Luck:
    """The hits, what to measure them by, and how sure that is where the title does not say it ("" with 20 or more)."""

    kind: ClassVar[str] = "luck"
    title: str
    guess: str
    sure: str


@dataclass(frozen=True, slots=True)
class Told:
    """A card with its place in each list that is shown, and what is said of both where that is a surprise."""

    card: Card
    places: Line
    said: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards of one zone: "surprises", a few as cards, the clear ones first, where none is good news, or nearly; or what
    is "shared", all in the customers' order.
    """

    kind: str
    title: str
    lead: str
    cards: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A card's question for the room."""

    kind: ClassVar[str] = "talk"
    title: str
    told: Told


@dataclass(frozen=True, slots=True)
class Missing:
    """What cannot be shown, and why."""

    kind: ClassVar[str] = "missing"
    title: str
    why: tuple[str, ...]


Slide = Question | Basis | Tops | Luck | Cards | Talk | Missing


def tell_reveal(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Slide, ...]:
    """All slides in order; each turned block of places is a slide of its own."""
    return (
        _question(comparison, facts),
        *_basis(comparison),
        *_lists(comparison, deck),
        *(_findings(comparison, deck) if comparison.prediction else _of_one(comparison, deck)),
        *_talk(comparison, deck),
    )


def _question(comparison: Comparison, facts: ReportFacts) -> Question:
    group = comparison.groups[0]
    it, customers = (
        answered.who_answered(comparison, name, facts.expected.get(one)) if one in comparison.groups else ""
        for one, name in LISTS.items()
    )
    return Question(facts.questions.get(group, ""), it, customers, group)


def _basis(comparison: Comparison) -> Iterator[Basis]:
    basis = comparison.basis
    if basis and sayable_of(comparison).shares_with_intervals and (sentence := findings.think_first(basis)):
        yield Basis(
            findings.KNOW_OR_THINK,
            findings.think_count(basis),
            f"{findings.PUBLISHED_THINK}\xa0%",
            f"{sentence} {findings.PUBLISHED}",
        )


def _lists(comparison: Comparison, deck: Deck) -> Iterator[Slide]:
    predicted, actual = comparison.predicted, comparison.actual
    if predicted is None and actual is None:
        yield _missing(comparison, *(LISTS[group] for group in comparison.groups))
        return
    sides = two_sides(comparison, deck)
    it, customers = (tuple(Row(row.place, row.card, row.said) for row in side.rows) for side in sides)
    if not predicted and Group.IT in comparison.groups:
        yield _missing(comparison, LISTS[Group.IT])
    for rows in _turn_over(it):
        yield Tops(TITLES[Group.IT], rows)
    for rows in _turn_over(customers):
        yield Tops(TITLES[Group.CUSTOMERS], it, rows)
    if not actual and Group.CUSTOMERS in comparison.groups:
        yield _missing(comparison, LISTS[Group.CUSTOMERS])
    elif predicted and actual:
        it, customers = (tuple(_beside(row) for row in side.rows) for side in sides)
        lines = slope.slope(comparison, deck).lines
        within = tuple(line for line in lines if line.it < len(it) and line.customers < len(customers))
        yield Tops("Side by side", it, customers, within)


def _missing(comparison: Comparison, *names: str) -> Missing:
    why = dict.fromkeys(words.why_missing(comparison, name) for name in names)
    return Missing(findings.missing_headline(comparison), tuple(why))


def _turn_over(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """The rows face down, then turned over from the last block of places to the first."""
    hidden = list(dict.fromkeys(row.place for row in rows))
    if hidden:
        yield tuple(Row(row.place) for row in rows)
    while hidden:
        turned = hidden.pop()
        yield tuple(Row(row.place) if row.place in hidden else replace(row, new=row.place == turned) for row in rows)


def _beside(row: slope.Row) -> Row:
    return Row(row.place, row.card, row.said, elsewhere=row.elsewhere)


def _of_one(comparison: Comparison, deck: Deck) -> Iterator[Slide]:
    """What is first, and for how many, where one group was asked."""
    if comparison.alone and comparison.told[0]:
        yield _luck(comparison, deck)


def _luck(comparison: Comparison, deck: Deck) -> Luck:
    sayable = sayable_of(comparison)
    return Luck(*headline(comparison, deck), sure="" if sayable.n < FEW or sayable.rare_cards else sayable.caption)


def _findings(comparison: Comparison, deck: Deck) -> Iterator[Slide]:
    yield _luck(comparison, deck)
    for zone in (Zone.BLIND_SPOT, Zone.FALSE_ALARM, Zone.SHARED_PAIN):
        codes = by_zone(comparison, zone)
        shared = zone is Zone.SHARED_PAIN
        told = tuple(_told(comparison, deck[code], said=not shared) for code in codes)
        title, lead = zone_title(comparison, zone), zone_lead(comparison, zone)
        yield Cards("shared" if shared else "surprises", title, lead, told if shared else told[:CARDS])


def _talk(comparison: Comparison, deck: Deck) -> Iterator[Talk]:
    asked = [code for code in guide.guided(comparison) if deck[code].question]
    for code in asked[:QUESTIONS]:
        yield Talk(deck[code].question, _told(comparison, deck[code]))


def _told(comparison: Comparison, card: Card, *, said: bool = False) -> Told:
    in_words = words.card_in_words(comparison, card.code) if said and comparison.prediction else ""
    return Told(card, places(comparison, card), in_words)
