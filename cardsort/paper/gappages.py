"""Where both groups agree and where they do not: the cards themselves, and the customers' own words."""

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from cardsort.analysis.result import Prediction, Zone
from cardsort.domain.ballots import Group
from cardsort.domain.workshops import SERVES_QUESTION
from cardsort.paper import tables
from cardsort.paper.cardface import CardFace, cost_of, holds_cost, index_and_title
from cardsort.paper.firstpage import Page
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import Columns
from cardsort.paper.kit.links import Lead
from cardsort.paper.kit.newspaper import Newspaper
from cardsort.paper.kit.style import CUSTOMERS, GUTTER, IT, MUTED
from cardsort.story import leads, voices, words

ACROSS = 3  # cards side by side
VOICES_SHOWN = 6  # different ones about a card
VOICES_ROOM = 120.0  # enough to begin with them below something else
BORDERLINE_SHOWN = 12
VOICES_TITLE = style.style(13, 17, fonts.SEMIBOLD, before=14, after=4)  # may stand apart from all that follows
HEADS = 70.0  # room for a subheading and its lead above the first row of cards


def agreement_and_gaps(page: Page) -> list[Flowable]:
    """Shared pain in lines, blind spots and false alarms as cards, and what lies on an edge."""
    prediction = page.comparison.prediction
    if prediction is None:
        return []
    return [
        prose.heading("Where you agree, and where you do not"),
        *_shared(page, prediction),
        *_zone_of_cards(page, prediction, Zone.BLIND_SPOT),
        *_zone_of_cards(page, prediction, Zone.FALSE_ALARM),
        *_borderline(page, prediction),
    ]


def _lead(page: Page, said: str, *, keep: bool = True) -> Flowable:
    """A sentence or two under a title, in lines that are easy to read."""
    return prose.say(said, style.style(9.5, 13, after=7, indent=page.width - style.MEASURE, keep=keep))


def _shared(page: Page, prediction: Prediction) -> list[Flowable]:
    codes = _by_place(page, prediction.in_zone(Zone.SHARED_PAIN))
    name, nothing, lead = leads.zone(Zone.SHARED_PAIN, page.comparison.top)
    if not codes:
        return [prose.subheading(name), _lead(page, nothing)]
    return [
        prose.subheading(f"{name}: {words.cards(len(codes))}"),
        _lead(page, lead),
        _in_two_columns(page, codes),
    ]


def _in_two_columns(page: Page, codes: list[str]) -> Flowable:
    half = (len(codes) + 1) // 2
    room = (page.width - style.GUTTER) / 2
    columns = [[_card_line(page, code) for code in part] for part in (codes[:half], codes[half:])]
    return Columns(columns, (room, room))


def _card_line(page: Page, code: str) -> Flowable:
    parts = [*index_and_title(page.deck[code]), ("   ", fonts.REGULAR, None), *_both_places(page, code)]
    return prose.rich(parts, style.style(9.5, 13, after=2), lead=Lead(code))


def _by_place(page: Page, codes: tuple[str, ...]) -> list[str]:
    order = page.comparison.actual.order() if page.comparison.actual else ()
    return [code for code in order if code in set(codes)]


def _zone_of_cards(page: Page, prediction: Prediction, zone: Zone) -> list[Flowable]:
    """The cards of one zone, drawn as cards, by falling surprise."""
    name, nothing, lead = leads.zone(zone, page.comparison.top)
    codes = [code for code in prediction.surprises() if prediction.cards[code].zone is zone]
    if not codes:
        return [prose.subheading(name), _lead(page, nothing)]
    inside = _costs_inside(page, prediction)
    rows = [codes[start : start + ACROSS] for start in range(0, len(codes), ACROSS)]
    first, *rest = [_row_of_cards(page, prediction, row, cost_inside=inside) for row in rows]
    return [
        CondPageBreak(first.wrap(page.width, page.height)[1] + HEADS),
        prose.subheading(f"{name}: {words.cards(len(codes))}"),
        _lead(page, lead),
        first,
        *(part for row in rest for part in (Spacer(0, 12), row)),
    ]


def _row_of_cards(page: Page, prediction: Prediction, codes: list[str], *, cost_inside: bool) -> Columns:
    columns = [_card_and_gap(page, prediction, code, cost_inside=cost_inside) for code in codes]
    return Columns(columns, [_card_room(page)] * len(codes))


def _card_room(page: Page) -> float:
    return (page.width - (ACROSS - 1) * GUTTER) / ACROSS


def _card_and_gap(page: Page, prediction: Prediction, code: str, *, cost_inside: bool) -> list[Flowable]:
    card, gap = page.deck[code], prediction.cards[code]
    lines: list[Flowable] = [
        CardFace(card, cost=cost_inside),
        Spacer(0, 5),
        prose.rich(_both_places(page, code), style.style(11, 14)),
        prose.rich(
            [(f"{words.gap(gap)}: ", fonts.REGULAR, None), (f"{words.certainty(gap)}.", fonts.SEMIBOLD, None)],
            style.style(9, 12),
        ),
    ]
    if card.cost and not cost_inside:
        lines.append(prose.rich(cost_of(card), style.style(9, 12, colour=MUTED, before=2)))
    return lines


def _costs_inside(page: Page, prediction: Prediction) -> bool:
    """Whether what a card costs stands on its face: on all cards of the report, or beneath all."""
    drawn = [code for code, card in prediction.cards.items() if card.zone in {Zone.BLIND_SPOT, Zone.FALSE_ALARM}]
    return all(holds_cost(page.deck[code], _card_room(page)) for code in drawn)


def _both_places(page: Page, code: str) -> list[prose.Part]:
    """The customers' place and IT's, each with its group's sign."""
    result = page.comparison
    parts: list[prose.Part] = []
    if result.actual:
        parts.append((f"●\xa0{words.place(result.actual.cards[code].position)}", fonts.SEMIBOLD, CUSTOMERS))
    if result.predicted:
        place = words.place(result.predicted.cards[code].position)
        parts += [(" \xa0 ", fonts.REGULAR, None), (f"□\xa0{place}", fonts.SEMIBOLD, IT)]
    return parts


def _borderline(page: Page, prediction: Prediction) -> list[Flowable]:
    codes = _by_place(page, prediction.in_zone(Zone.BORDERLINE))
    if not codes:
        return []
    name, _nothing, why = leads.zone(Zone.BORDERLINE, page.comparison.top)
    if len(codes) > BORDERLINE_SHOWN:
        many = f"There are {words.cards(len(codes))} of them, too many to list here; the table of all cards marks them."
        return [prose.subheading(name), _lead(page, f"{why} {many}")]
    return [prose.subheading(f"{name}: {words.cards(len(codes))}"), _lead(page, why), tables.places(page, codes)]


def own_words(page: Page) -> list[Flowable]:
    """What customers wrote, by card."""
    given = {code: said for code, said in page.facts.voices.items() if code in page.deck and said}
    withheld = voices.withheld(page.facts.withheld.get(Group.CUSTOMERS, 0))
    if not (given or withheld):
        return []
    order = page.comparison.actual.order() if page.comparison.actual else page.deck.codes
    parts = [part for code in order if (said := given.get(code)) for part in _voices_about(page, code, said)]
    title = prose.say("In the customers’ own words", VOICES_TITLE, "H3", outline=1)
    return [CondPageBreak(VOICES_ROOM), title, *([Newspaper(parts)] if parts else []), *_withheld(withheld)]


def whom_it_works_for(page: Page) -> list[Flowable]:
    """What people in IT wrote about who uses what they make, and who pays in the end."""
    remarks, withheld = voices.merged(page.facts.serves), voices.withheld(page.facts.withheld.get(Group.IT, 0))
    if not (remarks or withheld):
        return []
    title = prose.say("IT about its customers", VOICES_TITLE, "H3", outline=1)
    lead = _lead(page, f"They were asked: “{SERVES_QUESTION}”")
    said = [Newspaper([_remark(remark, count) for remark, count in remarks])] if remarks else []
    return [CondPageBreak(VOICES_ROOM), title, lead, *said, *_withheld(withheld)]


def _withheld(said: str) -> list[Flowable]:
    return [prose.say(said, style.QUIET)] if said else []


def _voices_about(page: Page, code: str, said: tuple[str, ...]) -> list[Flowable]:
    named = style.style(9.5, 13, before=8, after=2, keep=True)
    remarks = voices.merged(said)
    parts: list[Flowable] = [prose.rich(index_and_title(page.deck[code]), named, "H4", lead=Lead(code))]
    parts += [_remark(remark, count) for remark, count in remarks[:VOICES_SHOWN]]
    if more := sum(count for _, count in remarks[VOICES_SHOWN:]):
        parts.append(prose.say(f"and {more:,} more", style.QUIET))
    return parts


def _remark(remark: str, count: int) -> Flowable:
    parts = [(f"“{remark}”", fonts.ITALIC, None), (voices.times(count), fonts.SEMIBOLD, MUTED)]
    return prose.rich(parts, style.style(9.5, 13, after=3))
