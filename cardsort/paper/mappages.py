"""Two pages of pictures: the map with its key, and every card with both places."""

from reportlab.platypus import Flowable, PageBreak, Spacer

from cardsort.analysis.result import Label, Prediction, Zone
from cardsort.paper import dumbbell
from cardsort.paper.cardface import index_and_title
from cardsort.paper.firstpage import Page
from cardsort.paper.kit import fonts, prose, style
from cardsort.paper.kit.layout import Columns, height_of
from cardsort.paper.kit.links import Lead
from cardsort.paper.kit.tags import Figure
from cardsort.paper.mapchart import NAME_ROOM, TICK_ROOM, MapChart
from cardsort.story import leads, words

KEYED = {Zone.BLIND_SPOT: "Blind spots", Zone.SHARED_PAIN: "Shared pain", Zone.FALSE_ALARM: "False alarms"}
KEY_LOOK = style.style(8, 10.2)
_WHISKERS = "A thin line shows how many places a card shares with others."


def the_map(page: Page) -> list[Flowable]:
    """The map on a page of its own, then all cards in one picture."""
    prediction = page.comparison.prediction
    if prediction is None:
        return []
    return [*_map_page(page, prediction), PageBreak(), *_all_in_one(page, prediction)]


def _map_page(page: Page, prediction: Prediction) -> list[Flowable]:
    head: list[Flowable] = [
        prose.heading("The map"),
        _lead(page, f"{leads.the_map(page.comparison)} {_WHISKERS}"),
    ]
    key, note = _key(page, prediction), prose.say(words.chart_note(page.comparison, page.facts.date), style.SMALL)
    spare = page.height - height_of([*head, key, note], page.width) - TICK_ROOM - 2 * NAME_ROOM - 22
    chart = MapChart(page.comparison, min(page.width - TICK_ROOM, spare))
    return [*head, Figure(chart, _map_in_words(page, prediction)), Spacer(0, 8), key, Spacer(0, 6), note]


def _lead(page: Page, said: str) -> Flowable:
    return prose.say(said, style.style(9.5, 13, after=7, indent=page.width - style.MEASURE - 60))


def _key(page: Page, prediction: Prediction) -> Columns:
    """The named cards of three quarters with their titles."""
    room = (page.width - 2 * style.GUTTER) / 3
    order = page.comparison.actual.order() if page.comparison.actual else ()
    columns: list[list[Flowable]] = []
    for zone, name in KEYED.items():
        codes = [code for code in order if prediction.cards[code].zone is zone]
        lines: list[Flowable] = [prose.say(name, style.style(8, 11, fonts.SEMIBOLD))]
        lines += [
            prose.rich(index_and_title(page.deck[code], fonts.REGULAR), KEY_LOOK, lead=Lead(code)) for code in codes
        ]
        columns.append(lines if codes else [*lines, prose.say("none", style.SMALL)])
    return Columns(columns, (room, room, room))


def _map_in_words(page: Page, prediction: Prediction) -> str:
    parts = []
    for zone, name in (*KEYED.items(), (Zone.BORDERLINE, "Borderline")):
        codes = prediction.in_zone(zone)
        parts.append(f"{name}: {', '.join(codes) if codes else 'none'}.")
    return f"Map of {words.cards(page.deck.size)}. {' '.join(parts)} The table of all cards has every place."


def _all_in_one(page: Page, prediction: Prediction) -> list[Flowable]:
    """Every card's two places; a deck too large for one page takes more."""
    order = page.comparison.actual.order() if page.comparison.actual else ()
    head: list[Flowable] = [prose.heading("Every card in one picture"), _lead(page, leads.DUMBBELL)]
    note = prose.say(words.chart_note(page.comparison, page.facts.date), style.SMALL)
    room = page.height - height_of([*head, note], page.width) - 14
    most = dumbbell.rows_on_a_page(room)
    parts: list[Flowable] = list(head)
    for start in range(0, len(order), most):
        codes = order[start : start + most]
        picture = dumbbell.Dumbbells(page.deck, page.comparison, codes, room)
        parts += [PageBreak()] if start else []
        parts.append(Figure(picture, _dumbbell_in_words(prediction, codes)))
    return [*parts, Spacer(0, 4), note]


def _dumbbell_in_words(prediction: Prediction, codes: tuple[str, ...]) -> str:
    clear = [f"{code} {words.signed(prediction.cards[code].gap)}" for code in codes if _is_clear(prediction, code)]
    told = f"Clear gaps, in places: {', '.join(clear)}." if clear else "No gap is clear."
    return f"Both places of {words.cards(len(codes))}. {told} The table of all cards has every place."


def _is_clear(prediction: Prediction, code: str) -> bool:
    return prediction.cards[code].label is Label.CLEAR
