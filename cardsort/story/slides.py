"""The reveal, told slide after slide: what is not turned over is not in them.

Words and numbers are the printed report's own; here they are only put in order.
"""

from collections.abc import Iterator
from dataclasses import replace

from cardsort.analysis.missing import hidden_kinds
from cardsort.analysis.result import Comparison, Zone
from cardsort.analysis.sayable import FEW, sayable_of
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.language import N_, _, ngettext, percent
from cardsort.story import answered, findings, guide, plural, voices, words
from cardsort.story.blocks import Asked, Grid, Line, Told, Tone, plain
from cardsort.story.charts import slope
from cardsort.story.charts.marks import Marks as MarksChart
from cardsort.story.charts.marks import marks
from cardsort.story.charts.slope import LISTS, TITLES, two_sides
from cardsort.story.charts.strip import row_of
from cardsort.story.facts import ReportFacts
from cardsort.story.first import ASKED, headline, lines_note
from cardsort.story.gaps import by_zone, clear_of, places, zone_lead, zone_title
from cardsort.story.slidekinds import (
    Agree,
    Basis,
    Cards,
    Chapter,
    Gap,
    Kinds,
    Marks,
    Missing,
    Question,
    Row,
    Slide,
    Talk,
    Tops,
)
from cardsort.story.slidekinds import Told as ToldCard

CARDS = 3  # side by side, gaps one after the other, questions for the room: the report has them all
ROWS = 6  # of cards on which kinds of customers differ
SINGLE = 3  # the first places of IT's list turn over one by one, those below in two blocks
AGREE = N_("What do we agree?")
DECIDE = N_(
    "For each card one of three honest answers: we do it; later; or no, with the reason and what there is instead."
)
HOW_MANY = N_("How many of the customers’ %(top)s did IT name?")
SIDE_BY_SIDE = N_("Side by side")
NUMBERS = N_("Numbers are places: 1 is what most needs solving.")
OPEN = N_("What looks most different")
OPEN_LEAD = N_("No gap is clear: chance could give each of these.")
UNTESTED_LEAD = N_("Too few people to test single cards: these are to be talked about, no more.")
KINDS = N_("Where kinds of customers differ")
KINDS_LEGEND = N_("Each kind’s places in its %(top)s; a dash is outside it. Shaded: among the first three.")
ALIKE = N_("Each kind of customer names the same cards.")
WHOSE = {Tone.CUSTOMERS: N_("customers’ place"), Tone.IT: N_("IT’s place")}


def tell_reveal(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Slide, ...]:
    """All slides in order; each turned block of places is a slide of its own."""
    return (
        _question(comparison, facts),
        *_basis(comparison),
        *_lists(comparison, deck),
        *(_findings(comparison, deck, facts) if comparison.prediction else _of_one(comparison, deck)),
        *_end(comparison, deck),
    )


def _question(comparison: Comparison, facts: ReportFacts) -> Question:
    asked = (_asked(comparison, facts, group) for group in Group if group in comparison.groups)
    return Question(facts.title, tuple(asked))


def _asked(comparison: Comparison, facts: ReportFacts, group: Group) -> Asked:
    who = answered.who_answered(comparison, LISTS[group], facts.expected.get(group))
    return Asked(group, _(ASKED[group]), facts.questions.get(group, ""), (f"{who[0].upper()}{who[1:]}",))


def _basis(comparison: Comparison) -> Iterator[Basis]:
    basis = comparison.basis
    if basis and sayable_of(comparison).shares_with_intervals and (sentence := findings.think_first(basis)):
        yield Basis(
            _(findings.KNOW_OR_THINK),
            findings.think_count(basis),
            percent(findings.PUBLISHED_THINK / 100),
            f"{sentence} {findings.published()}",
        )


def _lists(comparison: Comparison, deck: Deck) -> Iterator[Slide]:
    predicted, actual = comparison.predicted, comparison.actual
    if predicted is None and actual is None:
        yield _missing(comparison, Chapter.IT, *(LISTS[group] for group in comparison.groups))
        return
    sides = two_sides(comparison, deck)
    it, customers = (tuple(Row(row.place, row.card, row.said) for row in side.rows) for side in sides)
    if not predicted and Group.IT in comparison.groups:
        yield _missing(comparison, Chapter.IT, LISTS[Group.IT])
    yield from _turn_it(it)
    yield from _turn_customers(it, customers)
    if not actual and Group.CUSTOMERS in comparison.groups:
        yield _missing(comparison, Chapter.CUSTOMERS, LISTS[Group.CUSTOMERS])
    elif predicted and actual:
        it, customers = (tuple(_beside(row) for row in side.rows) for side in sides)
        lines = slope.slope(comparison, deck).lines
        within = tuple(line for line in lines if line.it < len(it) and line.customers < len(customers))
        yield Tops(_(SIDE_BY_SIDE), it, customers, within, plain(lines_note(comparison)))


def _turn_it(rows: tuple[Row, ...]) -> Iterator[Tops]:
    """IT knows its own list: the lower places turn in two blocks, the first ones each on its own."""
    places = _places(rows)
    lower = places[SINGLE:]
    half = (len(lower) + 1) // 2
    blocks = [block for block in (lower[half:], lower[:half]) if block] + [[one] for one in places[:SINGLE][::-1]]
    for number, block in enumerate(blocks, start=1):
        turned = _turned(rows, places[places.index(block[0]) :], block)
        yield Tops(_(TITLES[Group.IT]), turned, legend=plain(_(NUMBERS)), stop=number == len(blocks))


def _turn_customers(it: tuple[Row, ...], rows: tuple[Row, ...]) -> Iterator[Tops]:
    """The customers' list face down, then turned over from the last block of places to the first."""
    places = _places(rows)
    if places:
        yield Tops(_(TITLES[Group.CUSTOMERS]), it, _turned(rows, [], []), legend=plain(_(NUMBERS)), stop=False)
    for at in range(len(places) - 1, -1, -1):
        turned = _turned(rows, places[at:], [places[at]])
        last = not at and not it  # else both lists side by side are the next one
        yield Tops(_(TITLES[Group.CUSTOMERS]), it, turned, legend=plain(_(NUMBERS)), stop=last or at == SINGLE)


def _places(rows: tuple[Row, ...]) -> list[str]:
    return list(dict.fromkeys(row.place for row in rows))


def _turned(rows: tuple[Row, ...], up: list[str], new: list[str]) -> tuple[Row, ...]:
    return tuple(replace(row, new=row.place in new) if row.place in up else Row(row.place) for row in rows)


def _missing(comparison: Comparison, chapter: Chapter, *names: str) -> Missing:
    why = dict.fromkeys(words.why_missing(comparison, name) for name in names)
    return Missing(findings.missing_headline(comparison), tuple(why), chapter)


def _beside(row: slope.Row) -> Row:
    return Row(row.place, row.card, row.said, elsewhere=row.elsewhere)


def _of_one(comparison: Comparison, deck: Deck) -> Iterator[Slide]:
    """What is first, and for how many, where one group was asked; and where its kinds differ."""
    if comparison.alone and comparison.told[0]:
        found, bar = headline(comparison, deck)
        yield Marks(found, None, (bar,) if bar else (), _sure(comparison))
    yield from _kinds(comparison, deck)


def _sure(comparison: Comparison) -> str:
    sayable = sayable_of(comparison)
    return "" if sayable.n < FEW or sayable.rare_cards else sayable.caption


def _findings(comparison: Comparison, deck: Deck, facts: ReportFacts) -> Iterator[Slide]:
    yield from _marks(comparison)
    yield from _gaps(comparison, deck, facts)
    if not findings.starter(comparison):
        yield from _kinds(comparison, deck)
    shared = tuple(_told(comparison, deck[code]) for code in by_zone(comparison, Zone.SHARED_PAIN))
    title, lead = zone_title(comparison, Zone.SHARED_PAIN), zone_lead(comparison, Zone.SHARED_PAIN)
    yield Cards("shared", title, lead, shared, whose(shared))


def _marks(comparison: Comparison) -> Iterator[Marks]:
    """Guessing, and what IT had expected; then what IT named; then what so many customers would have named."""
    (found, bar), sure = findings.headline_parts(comparison), _sure(comparison)
    whole = marks(comparison)
    if whole is None or comparison.prediction is None:
        yield Marks(found, None, (bar,), sure)
        return
    expected, asked = findings.expected(comparison.prediction), _(HOW_MANY, top=words.top(comparison.top))
    steps = [
        Marks(asked, _until(whole, None), (expected,) if expected else (), stop=False),
        Marks(found, _until(whole, Group.IT), stop=False),
        Marks(found, _until(whole, Group.CUSTOMERS)),
    ]
    kept = steps if any(mark.group is Group.CUSTOMERS for mark in whole.named) else steps[:-1]
    yield from (*kept[:-1], replace(kept[-1], said=(bar,), sure=sure, stop=True))


def _until(whole: MarksChart, last: Group | None) -> MarksChart:
    """The line with the marks up to those of a group, which are new."""
    order = [None, *Group]
    comes = {mark: order.index(None if mark.expected else mark.group) for mark in whole.named}
    shown = [mark for mark in whole.named if comes[mark] <= order.index(last)]
    return replace(whole, named=tuple(replace(mark, new=comes[mark] == order.index(last)) for mark in shown))


def _gaps(comparison: Comparison, deck: Deck, facts: ReportFacts) -> Iterator[Slide]:
    """The clear gaps, the largest first; else what looks most different, said to be so."""
    clear = _clear(comparison)
    for number, code in enumerate(clear[:CARDS], start=1):
        left = len(clear) - CARDS if number == CARDS else 0
        more = more_gaps(left) if left > 0 else ""
        told = _told(comparison, deck[code], said=True)
        yield Gap(told.card.title, told, row_of(comparison, deck, code), _voice(facts, code), more)
    if not clear:
        yield _open(comparison, deck)


def more_gaps(count: int) -> str:
    """That so many clear gaps have no slide."""
    return ngettext("One more clear gap is in the report.", "%(n)s more clear gaps are in the report.", count)


def _clear(comparison: Comparison) -> tuple[str, ...]:
    prediction = comparison.prediction
    return clear_of(comparison, (*prediction.surprises(), *prediction.just_outside())) if prediction else ()


def _open(comparison: Comparison, deck: Deck) -> Cards:
    zones = (by_zone(comparison, zone) for zone in (Zone.BLIND_SPOT, Zone.FALSE_ALARM))
    codes = {code for zone in zones for code in zone}
    prediction = comparison.prediction
    shown = [code for code in prediction.surprises() if code in codes][:CARDS] if prediction else []
    lead = _(OPEN_LEAD if prediction and prediction.testable else UNTESTED_LEAD)
    told = tuple(_told(comparison, deck[code], said=True) for code in shown)
    return Cards("open", _(OPEN), lead if told else zone_lead(comparison, Zone.BLIND_SPOT), told, whose(told))


def _voice(facts: ReportFacts, code: str) -> tuple[str, str] | None:
    """What most customers wrote about the card."""
    found = voices.merged(facts.voices.get(code, ()))
    return (found[0][0], voices.times(found[0][1])) if found else None


def _kinds(comparison: Comparison, deck: Deck) -> Iterator[Kinds]:
    """The cards that some kinds of customers have at their top and some have not."""
    hidden, grid = hidden_kinds(comparison), plural.segment_grid(comparison, deck)
    if grid is None:
        if hidden:
            yield Kinds(_(KINDS), hidden, None)
        return
    shown = _differing(comparison, grid)
    legend = plain(_(KINDS_LEGEND, top=words.top(comparison.top))) if shown.rows else ()
    decides = [] if shown.rows else [_(ALIKE)]
    decides += plural.loudest(comparison)[-1:]
    yield Kinds(_(KINDS), " ".join((*decides, *([hidden] if hidden else []))), shown if shown.rows else None, legend)


def _differing(comparison: Comparison, grid: Grid) -> Grid:
    """Of the grid the kinds alone, and the rows in which they differ: first those that one kind decides."""
    contested = {card.code for card in comparison.weighting.contested} if comparison.weighting else set()
    columns = [0, *(at for at, head in enumerate(grid.heads) if head.group is Group.CUSTOMERS)][:-1]
    rows = [tuple(row[at] for at in columns) for row in grid.rows]
    differ = [row for row in rows if 0 < sum(cell.level == 0 for cell in row) < len(row) - 1]
    chosen = sorted(differ, key=lambda row: _code(row[0].lines[0]) not in contested)[:ROWS]
    heads = tuple(grid.heads[at] for at in columns)
    return Grid(_(KINDS), heads, tuple(row for row in differ if row in chosen))


def _code(line: Line) -> str:
    return next(span.code for span in line if isinstance(span, Card))


def _end(comparison: Comparison, deck: Deck) -> Iterator[Slide]:
    """The questions for the room, and what there is to decide."""
    talked = _talked(comparison, deck)
    for code in talked:
        about = _told(comparison, deck[code])
        yield Talk(deck[code].question, about, whose((about,)))
    if comparison.actual or comparison.predicted:
        codes = dict.fromkeys((*talked, *_clear(comparison)[:CARDS]))
        told = tuple(_told(comparison, deck[code]) for code in codes)
        yield Agree(_(AGREE), _(DECIDE), told, whose(told))


def _talked(comparison: Comparison, deck: Deck) -> tuple[str, ...]:
    """Cards with a question, about clear gaps and shared pain in turn, then what else is at the top."""
    gaps = list(_clear(comparison))
    shared = [code for code in guide.guided(comparison) if code not in gaps]
    mixed = [code for pair in zip(gaps, shared, strict=False) for code in pair]
    order = dict.fromkeys((*mixed, *shared, *gaps))
    return tuple(code for code in order if deck[code].question)[:CARDS]


def _told(comparison: Comparison, card: Card, *, said: bool = False) -> ToldCard:
    in_words = words.card_in_words(comparison, card.code) if said and comparison.prediction else ""
    return ToldCard(card, places(comparison, card), in_words)


def whose(told: tuple[ToldCard, ...]) -> Line:
    """Whose places stand with the cards: of a list that is not shown there are none."""
    shown = {span.tone for one in told for span in one.places if isinstance(span, Told)}
    return tuple(Told(_(name), tone) for tone, name in WHOSE.items() if tone in shown)
