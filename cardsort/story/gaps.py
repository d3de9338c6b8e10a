"""Where both groups agree and where they do not: the cards themselves, and the words of both sides."""

from collections.abc import Iterator, Sequence

from cardsort.analysis.result import Comparison, Label, Zone
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.domain.settings import SERVES_QUESTION
from cardsort.language import N_, _, ngettext
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
from cardsort.story.charts import strip
from cardsort.story.facts import ReportFacts

TOLD = (Zone.SHARED_PAIN, Zone.BLIND_SPOT, Zone.FALSE_ALARM, Zone.BORDERLINE)
SURPRISING = {Zone.BLIND_SPOT, Zone.FALSE_ALARM}
BORDERLINE_SHOWN = 12
OTHER_TEAMS = N_("Others in IT")
# L10N: both follow the name of a zone and a colon: “False alarms: chance could give these”
UNSURE, UNTESTED = N_("chance could give these"), N_("too few people to test these")
LEADS = {
    Zone.SHARED_PAIN: N_(
        "In both groups’ %(top)s. Nobody has to be convinced of these: a good place to begin.",
    ),
    Zone.BLIND_SPOT: N_("In the customers’ %(top)s, not in IT’s."),
    Zone.FALSE_ALARM: N_("In IT’s %(top)s, not in the customers’."),
    Zone.BORDERLINE: N_(
        "Tied across the edge of a %(top)s: they may belong inside it or outside, and more ballots would tell."
    ),
}
NONE = {
    Zone.SHARED_PAIN: N_("No card is in both groups’ %(top)s."),
    Zone.BLIND_SPOT: N_("None: each card in the customers’ %(top)s IT expected there too."),
    Zone.FALSE_ALARM: N_("None: each card that IT expected in the %(top)s is there for customers too."),
}
NONE_BUT_TIED = {
    Zone.SHARED_PAIN: N_("No card is in both groups’ %(top)s, but for what is borderline."),
    Zone.BLIND_SPOT: N_("None: each card in the customers’ %(top)s IT expected there too, or it is borderline."),
    Zone.FALSE_ALARM: N_(
        "None: each card that IT expected in the %(top)s is there for customers too, or it is borderline."
    ),
}
ALOUD = {Tone.CUSTOMERS: N_("customers’ place"), Tone.IT: N_("IT’s place")}


def tell_gaps(comparison: Comparison, deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """The four zones, and what is clear just outside them."""
    if comparison.prediction is None:
        return ()
    zones = (block for zone in TOLD for block in _zone(comparison, deck, zone))
    return (*zones, *_just_outside(comparison, deck))


def tell_voices(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """What customers wrote, and what IT wrote about them."""
    return (*_own_words(comparison, deck, facts), *_whom_it_works_for(facts))


def by_zone(comparison: Comparison, zone: Zone) -> tuple[str, ...]:
    """Its cards: of blind spots and false alarms the clear ones first, the others by the customers' place."""
    prediction = comparison.prediction
    if prediction is None:
        return ()
    by_place = comparison.actual.order() if comparison.actual else ()
    order = prediction.surprises() if zone in SURPRISING else by_place
    return tuple(code for code in order if prediction.cards[code].zone is zone)


def clear_of(comparison: Comparison, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of the cards whose gap is clear."""
    gaps = comparison.prediction.cards if comparison.prediction else {}
    return tuple(code for code in codes if code in gaps and gaps[code].label is Label.CLEAR)


def zone_title(comparison: Comparison, zone: Zone) -> str:
    """The zone's name, with how many cards it has; of cards on which the groups differ, how many of them are clear."""
    codes, name = by_zone(comparison, zone), _(words.ZONE_TITLES[zone])
    if not codes or comparison.prediction is None:
        return name
    if zone not in SURPRISING or not comparison.prediction.testable:
        return _("%(title)s: %(told)s", title=name, told=words.cards(len(codes)))
    clear = len(clear_of(comparison, codes))
    return _blind_spots(clear, len(codes) - clear) if zone is Zone.BLIND_SPOT else _alarms(clear, len(codes) - clear)


def _blind_spots(clear: int, rest: int) -> str:
    if not clear:
        return ngettext("Blind spots: %(n)s that chance could give", "Blind spots: %(n)s that chance could give", rest)
    if not rest:
        return ngettext("Blind spots: %(n)s\xa0clear", "Blind spots: %(n)s\xa0clear", clear)
    return _("Blind spots: %(clear)s\xa0clear, %(rest)s that chance could give", clear=clear, rest=rest)


def _alarms(clear: int, rest: int) -> str:
    if not clear:
        return ngettext(
            "False alarms: %(n)s that chance could give", "False alarms: %(n)s that chance could give", rest
        )
    if not rest:
        return ngettext("False alarms: %(n)s\xa0clear", "False alarms: %(n)s\xa0clear", clear)
    return _("False alarms: %(clear)s\xa0clear, %(rest)s that chance could give", clear=clear, rest=rest)


def zone_lead(comparison: Comparison, zone: Zone) -> str:
    """What such cards are, or what it means that there is none ("" = nothing to say)."""
    codes, top = by_zone(comparison, zone), words.top(comparison.top)
    if not codes:
        none = NONE if not by_zone(comparison, Zone.BORDERLINE) else NONE_BUT_TIED
        return _(none[zone], top=top) if zone in none else ""
    lead = _(LEADS[zone], top=top)
    some_clear = zone in SURPRISING and 0 < len(clear_of(comparison, codes)) < len(codes)
    order = _("The clear ones come first.")
    return f"{lead} {order}" if some_clear else lead


def places(comparison: Comparison, card: Card) -> Line:
    """The customers' place and IT's, of the lists that are shown."""
    shown = ((comparison.actual, Tone.CUSTOMERS), (comparison.predicted, Tone.IT))
    return tuple(Told(words.place(one.cards[card.code].position), tone, _(ALOUD[tone])) for one, tone in shown if one)


def _zone(comparison: Comparison, deck: Deck, zone: Zone) -> Iterator[Block]:
    cards = [deck[code] for code in by_zone(comparison, zone)]
    lead = zone_lead(comparison, zone)
    if not lead:
        return
    if zone is Zone.BORDERLINE and len(cards) > BORDERLINE_SHOWN:
        many = _("There are %(cards)s of them; the table of all cards marks each.", cards=words.cards(len(cards)))
        yield Title(_(words.ZONE_TITLES[zone]))
        yield Lead(f"{lead} {many}")
        return
    yield Title(zone_title(comparison, zone))
    yield Lead(lead)
    if cards and zone is Zone.SHARED_PAIN:
        yield Lines(tuple((card, *places(comparison, card)) for card in cards))
    elif cards and zone is Zone.BORDERLINE:
        yield _borderline(comparison, cards)
    elif cards:
        yield from _differing(comparison, cards, _(words.ZONE_TITLES[zone]))


def _differing(comparison: Comparison, cards: list[Card], zone: str) -> Iterator[Block]:
    """Clear cards as cards, what chance could give as a table; with too few people to test, all in the table. It names
    the zone, as on paper it may stand on the next page.
    """
    clear = clear_of(comparison, [card.code for card in cards])
    if clear:
        yield Hand(tuple(_held(comparison, card) for card in cards if card.code in clear))
    if rest := [card for card in cards if card.code not in clear]:
        testable = comparison.prediction is not None and comparison.prediction.testable
        told = _(UNSURE if testable else UNTESTED)
        yield _in_shares(comparison, rest, _("%(title)s: %(told)s", title=zone, told=told))


def _held(comparison: Comparison, card: Card) -> Held:
    said = (Told(words.both_shares(comparison, card.code)), Told(_("A clear gap."), Tone.STRONG))
    return Held(card, (places(comparison, card), said))


def _just_outside(comparison: Comparison, deck: Deck) -> Iterator[Block]:
    """Clear gaps of cards that are in neither top."""
    codes = comparison.prediction.just_outside() if comparison.prediction else ()
    if codes:
        yield Title(
            ngettext(
                "Just outside the %(top)s: %(n)s\xa0clear",
                "Just outside the %(top)s: %(n)s\xa0clear",
                len(codes),
                top=words.top(comparison.top),
            )
        )
        yield Lead(_("In neither group’s top, and yet the groups differ by more than chance would make them."))
        yield _in_shares(comparison, [deck[code] for code in codes], _("Just outside"))


def _in_shares(comparison: Comparison, cards: list[Card], name: str) -> Grid:
    """Cards as lines: how many of each group had them in their top, and their places."""
    many = shares_sayable(comparison)
    shown = [
        (found, group)
        for found, group in ((comparison.actual, Group.CUSTOMERS), (comparison.predicted, Group.IT))
        if found is not None
    ]
    heads = [Head(name)]
    for _found, group in shown:
        heads += [Head(strip.head_of(group), group, number=True), Head(_("place"), group, number=True)]
    rows = []
    for card in cards:
        told = [cell(card)]
        for found, _group in shown:
            one = found.cards[card.code]
            told += [cell(words.part_of_group(one.top_share, found.n or 0, many=many))]
            told += [cell(Told(words.place(one.position), Tone.STRONG))]
        rows.append(tuple(told))
    return Grid(name, tuple(heads), tuple(rows))


def _borderline(comparison: Comparison, cards: list[Card]) -> Grid:
    heads = (
        Head(_("Card")),
        Head(_("place"), Group.CUSTOMERS, number=True),
        Head(_("place"), Group.IT, number=True),
        Head(_("In words")),
    )
    rows = []
    for card in cards:
        told = (cell(Told(place.text, Tone.STRONG)) for place in places(comparison, card) if isinstance(place, Told))
        rows.append((cell(card), *told, cell(words.card_in_words(comparison, card.code))))
    return Grid(_(words.ZONE_TITLES[Zone.BORDERLINE]), heads, tuple(rows))


def _own_words(comparison: Comparison, deck: Deck, facts: ReportFacts) -> Iterator[Block]:
    """What customers wrote, by card in their order."""
    order = comparison.actual.order() if comparison.actual else deck.codes
    about = tuple(voices.about(deck[code], facts.voices[code]) for code in order if facts.voices.get(code))
    withheld = voices.withheld(facts.withheld.get(Group.CUSTOMERS, 0))
    if about or withheld:
        yield Title(_("In the customers’ own words"))
    if about:
        yield Voices(about)
    if withheld:
        yield Note(withheld)


def _whom_it_works_for(facts: ReportFacts) -> Iterator[Block]:
    """What people in IT wrote about who uses what they make, and who pays in the end; by team where it may be told."""
    withheld = voices.withheld(facts.withheld.get(Group.IT, 0))
    if facts.serves or withheld:
        yield Title(_("IT about its customers"))
        yield Lead(_("They were asked: “%(question)s”", question=_(SERVES_QUESTION)))
    for team, said in facts.serves.items():
        if team or len(facts.serves) > 1:
            yield Title(team or _(OTHER_TEAMS), Group.IT)
        yield Voices((voices.about(None, said),))
    if withheld:
        yield Note(withheld)
