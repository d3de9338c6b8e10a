"""Where both groups agree and where they do not: the cards themselves, and the words of both sides."""

from collections.abc import Iterator

from cardsort.analysis.result import Comparison, Prediction, Zone
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.domain.workshops import SERVES_QUESTION
from cardsort.story import voices, words
from cardsort.story.blocks import (
    Block,
    Grid,
    Hand,
    Head,
    Held,
    Lead,
    Line,
    Lines,
    Note,
    Title,
    Told,
    Tone,
    Voices,
    cell,
)
from cardsort.story.facts import ReportFacts

TOLD = (Zone.SHARED_PAIN, Zone.BLIND_SPOT, Zone.FALSE_ALARM, Zone.BORDERLINE)
BORDERLINE_SHOWN = 12
ALOUD = {Tone.CUSTOMERS: "customers’ place", Tone.IT: "IT’s place"}


def tell_gaps(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """The four zones, then what customers wrote, and what IT wrote about them."""
    prediction = comparison.prediction
    if prediction is None:
        return ()
    zones = (block for zone in TOLD for block in _zone(comparison, deck, prediction, zone))
    return (*zones, *_own_words(comparison, deck, facts), *_whom_it_works_for(facts))


def by_zone(comparison: Comparison, zone: Zone) -> tuple[str, ...]:
    """Its cards: blind spots and false alarms by falling surprise, the others by the customers' place."""
    prediction = comparison.prediction
    if prediction is None:
        return ()
    by_place = comparison.actual.order() if comparison.actual else ()
    order = prediction.surprises() if zone in {Zone.BLIND_SPOT, Zone.FALSE_ALARM} else by_place
    return tuple(code for code in order if prediction.cards[code].zone is zone)


def zone_title(zone: Zone, count: int) -> str:
    """The zone's name, with how many cards it has."""
    return f"{words.ZONE_TITLES[zone]}: {words.cards(count)}" if count else words.ZONE_TITLES[zone]


def zone_lead(zone: Zone, count: int, top: int) -> str:
    """What such cards are, or what it means that there is none ("" = nothing to say)."""
    place = words.top(top)
    nothing, lead = {
        Zone.SHARED_PAIN: (
            f"No card is surely in both groups’ {place}.",
            f"In both groups’ {place}. Nobody has to be convinced of these: a good place to begin.",
        ),
        Zone.BLIND_SPOT: (
            f"None: each card that is surely in the customers’ {place} IT expected there too, or it is borderline.",
            f"In the customers’ {place}, not in IT’s. The largest surprise comes first.",
        ),
        Zone.FALSE_ALARM: (
            f"None: every card that IT expected in the {place} is there for customers too, or is borderline.",
            f"In IT’s {place}, not in the customers’. The largest surprise comes first.",
        ),
        Zone.BORDERLINE: (
            "",
            f"Tied across the edge of a {place}: they may belong inside it or outside, and more ballots would tell.",
        ),
    }[zone]
    return lead if count else nothing


def places(comparison: Comparison, card: Card) -> Line:
    """The customers' place and IT's, of the lists that are shown."""
    shown = ((comparison.actual, Tone.CUSTOMERS), (comparison.predicted, Tone.IT))
    return tuple(Told(words.place(one.cards[card.code].position), tone, ALOUD[tone]) for one, tone in shown if one)


def _zone(comparison: Comparison, deck: Deck, prediction: Prediction, zone: Zone) -> Iterator[Block]:
    cards = [deck[code] for code in by_zone(comparison, zone)]
    lead = zone_lead(zone, len(cards), comparison.top)
    if not lead:
        return
    if zone is Zone.BORDERLINE and len(cards) > BORDERLINE_SHOWN:
        yield Title(zone_title(zone, 0))
        yield Lead(f"{lead} There are {words.cards(len(cards))} of them; the table of all cards marks each.")
        return
    yield Title(zone_title(zone, len(cards)))
    yield Lead(lead)
    if cards and zone is Zone.SHARED_PAIN:
        yield Lines(tuple((card, *places(comparison, card)) for card in cards))
    elif cards and zone is Zone.BORDERLINE:
        yield _borderline(comparison, prediction, cards)
    elif cards:
        yield Hand(tuple(_held(comparison, prediction, card) for card in cards))


def _held(comparison: Comparison, prediction: Prediction, card: Card) -> Held:
    gap = prediction.cards[card.code]
    said = (Told(f"{words.gap(gap)}:"), Told(f"{words.certainty(gap)}.", Tone.STRONG))
    return Held(card, (places(comparison, card), said))


def _borderline(comparison: Comparison, prediction: Prediction, cards: list[Card]) -> Grid:
    heads = (
        Head("Card"),
        Head("place", Group.CUSTOMERS, number=True),
        Head("place", Group.IT, number=True),
        Head("In words"),
    )
    rows = []
    for card in cards:
        told = (cell(Told(place.text, Tone.STRONG)) for place in places(comparison, card) if isinstance(place, Told))
        rows.append((cell(card), *told, cell(words.gap_in_words(prediction.cards[card.code]))))
    return Grid(words.ZONE_TITLES[Zone.BORDERLINE], heads, tuple(rows))


def _own_words(comparison: Comparison, deck: Deck, facts: ReportFacts) -> Iterator[Block]:
    """What customers wrote, by card in their order."""
    order = comparison.actual.order() if comparison.actual else deck.codes
    about = tuple(voices.about(deck[code], facts.voices[code]) for code in order if facts.voices.get(code))
    withheld = voices.withheld(facts.withheld.get(Group.CUSTOMERS, 0))
    if about or withheld:
        yield Title("In the customers’ own words")
    if about:
        yield Voices(about)
    if withheld:
        yield Note(withheld)


def _whom_it_works_for(facts: ReportFacts) -> Iterator[Block]:
    """What people in IT wrote about who uses what they make, and who pays in the end."""
    withheld = voices.withheld(facts.withheld.get(Group.IT, 0))
    if facts.serves or withheld:
        yield Title("IT about its customers")
        yield Lead(f"They were asked: “{SERVES_QUESTION}”")
    if facts.serves:
        yield Voices((voices.about(None, facts.serves),))
    if withheld:
        yield Note(withheld)
