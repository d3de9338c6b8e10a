"""The map with its key."""

from cardsort.analysis.result import Comparison, Zone
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.cards import Deck
from cardsort.language import _, pgettext
from cardsort.story import words
from cardsort.story.blocks import Beside, Block, Lead, Line, Lines, Note, Title, plain
from cardsort.story.charts.map import the_map
from cardsort.story.facts import ReportFacts
from cardsort.story.gaps import by_zone

KEYED = (Zone.BLIND_SPOT, Zone.SHARED_PAIN, Zone.FALSE_ALARM)


def tell_map(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """The map, the named cards of three quarters with their titles; of few people's places there is none."""
    chart = the_map(comparison, deck)
    if chart is None or not sayable_of(comparison).position_uncertainty:
        return ()
    lead = _(
        "The further right, the higher IT expected a card; the further up, the higher customers put it. The dotted "
        "lines are the edges of the %(top)s. A filled mark is a clear gap; a hollow one chance could give, or it is "
        "borderline. A thin line shows how many places a card shares with others.",
        top=words.top(comparison.top),
    )
    key = Beside(tuple((Title(_(words.ZONE_TITLES[zone])), Lines(_named(comparison, deck, zone))) for zone in KEYED))
    return Lead(lead), chart, key, Note(words.chart_note(comparison, facts.date))


def _named(comparison: Comparison, deck: Deck, zone: Zone) -> tuple[Line, ...]:
    codes = set(by_zone(comparison, zone))
    order = comparison.actual.order() if comparison.actual else ()
    return tuple((deck[code],) for code in order if code in codes) or (plain(pgettext("cards", "none")),)
