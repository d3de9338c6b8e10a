"""The one page that says it all: the hits and their measure, the shares card by card, who answered; then both tops."""

from collections.abc import Iterator

from cardsort.analysis.result import Comparison, Label, Zone
from cardsort.analysis.sayable import sayable_of, shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck
from cardsort.language import N_, _, day, moment, ngettext, number
from cardsort.story import answered, findings, onelist, words
from cardsort.story.blocks import Asked, Block, Front, Lead, Note, Title
from cardsort.story.charts.marks import marks
from cardsort.story.charts.slope import LISTS, slope
from cardsort.story.charts.strip import shown_groups, strip
from cardsort.story.facts import ReportFacts
from cardsort.story.gaps import by_zone, clear_of

WORLDWIDE, SHIPPED = "A-01", "Cardsort: "  # its code, and how the name begins of the decks that have it
SHOWN = {
    (Group.IT, Group.CUSTOMERS): N_(
        "Cards of either %(top)s, with how many of those who answered had the card in their own, from none to all, and "
        "its place in the group’s list: ● customers, □ IT."
    ),
    (Group.IT,): N_(
        "Cards of the %(top)s, with how many of those who answered had the card in their own, from none to all, and "
        "its place in the group’s list: □ IT."
    ),
    (Group.CUSTOMERS,): N_(
        "Cards of the %(top)s, with how many of those who answered had the card in their own, from none to all, and "
        "its place in the group’s list: ● customers."
    ),
}
RANGES = {  # by the groups whose shares have a range: none has one where all of it took part
    (): "",
    (Group.IT, Group.CUSTOMERS): N_(
        "The thin line above a customers’ mark and the dashed one below IT’s hold the share in 19 of 20 cases if other "
        "people like these are asked."
    ),
    (Group.IT,): N_(
        "The dashed line below IT’s mark holds the share in 19 of 20 cases if other people like these are asked."
    ),
    (Group.CUSTOMERS,): N_(
        "The thin line above a customers’ mark holds the share in 19 of 20 cases if other people like these are asked."
    ),
}
ASKED = {Group.IT: N_("IT was asked"), Group.CUSTOMERS: N_("Customers were asked")}


def tell_first(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """All of it; a list that is not shown has its reason in its place."""
    when, restored = day(facts.date) if facts.date else "", answered.restored(comparison.restored)
    line = [facts.organisation, _("Round %(number)s", number=facts.round), when, restored]
    found, guess = headline(comparison, deck)
    expected = findings.expected(comparison.prediction) if comparison.prediction else ""
    shown = comparison.predicted or comparison.actual
    front = Front(
        title=facts.title,
        line="  ·  ".join(part for part in line if part.strip()),
        found=found,
        guess=" ".join(part for part in (guess, expected) if part),
        take=take_away(comparison, deck),
        marks=marks(comparison),
        chart=strip(comparison, deck),
        note=_strip_note(comparison) if shown else "",
        asked=tuple(_asked(comparison, facts, group) for group in comparison.groups),
        findings=tuple(column for column in _findings(comparison) if column),
    )
    return (front,)


def headline(comparison: Comparison, deck: Deck) -> tuple[str, str]:
    """The finding, and what it is to be measured by; of one group alone what is first, and for how many."""
    return onelist.headline(comparison, deck) if comparison.alone else findings.headline_parts(comparison)


def take_away(comparison: Comparison, deck: Deck) -> str:
    """What to go home with: where both agree, and what IT clearly did not see; else what to ask."""
    if comparison.alone:
        return onelist.take_away(comparison)
    if comparison.prediction is None:
        return ""
    shared = by_zone(comparison, Zone.SHARED_PAIN)
    blind = clear_of(comparison, by_zone(comparison, Zone.BLIND_SPOT))
    if shared or blind:
        both = _both(deck[shared[0]]) if shared else ""
        return " ".join(part for part in (both, _unseen(comparison, deck, blind, also=bool(both))) if part)
    first = comparison.actual.top(1) if comparison.actual else ()
    if len(first) != 1:
        return ""
    return _("Ask customers about %(card)s: it is first in their list.", card=words.quoted(deck[first[0]].title))


def _both(card: Card) -> str:
    return _("Both put %(card)s at the top: begin with it.", card=words.quoted(card.title))


def _unseen(comparison: Comparison, deck: Deck, blind: tuple[str, ...], *, also: bool) -> str:
    """What IT clearly did not see: the first such card with both shares, and how many more there are."""
    if not blind:
        return ""
    first, *others = blind
    card, shares = words.quoted(deck[first].title), words.both_shares(comparison, first)
    # L10N: %(shares)s is the sentence that says how many chose it and expected it
    talk = _("Talk first about %(card)s: %(shares)s", card=card, shares=shares)
    if also:
        # L10N: after “Both put … at the top: begin with it.”
        talk = _("Then talk about %(card)s: %(shares)s", card=card, shares=shares)
    return f"{talk} {_like_it(deck, others)}" if others else talk


def _like_it(deck: Deck, others: list[str]) -> str:
    if len(others) == 1:
        return _("%(card)s is another such card.", card=words.quoted(deck[others[0]].title))
    return ngettext("%(n)s\xa0card more is like it.", "%(n)s\xa0cards more are like it.", len(others))


def tell_tops(comparison: Comparison, deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """Both tops side by side, each with what the other has, or the one that was asked for; of few people the shares of
    the first page are enough.
    """
    if (comparison.predicted is None and comparison.actual is None) or findings.starter(comparison):
        return ()
    world = _worldwide(comparison, deck)
    told: tuple[Block, ...] = slope(comparison, deck), Note(lines_note(comparison))
    if comparison.alone:
        told = onelist.tell_list(comparison, deck)
    return *told, Note(words.chart_note(comparison, facts.date)), *([Lead(world)] if world else [])


def _worldwide(comparison: Comparison, deck: Deck) -> str:
    """Where the card stands that was chosen most world-wide; "" in a deck without it."""
    if not deck.name.startswith(SHIPPED) or WORLDWIDE not in deck or comparison.actual is None:
        return ""
    return _(
        "World-wide, %(card)s is the card that was chosen most (published 2012); for the customers here it has place "
        "%(place)s of %(size)s.",
        card=words.quoted(deck[WORLDWIDE].title),
        place=words.place(comparison.actual.cards[WORLDWIDE].position),
        size=number(comparison.deck_size),
    )


def _asked(comparison: Comparison, facts: ReportFacts, group: Group) -> Asked:
    question = (facts.questions.get(group) or "").strip()
    answered = tuple(_who_answered(comparison, facts, group))
    return Asked(group, _(ASKED[group]), words.marked(question) if question else "", answered)


def _who_answered(comparison: Comparison, facts: ReportFacts, group: Group) -> Iterator[str]:
    said = answered.who_answered(comparison, LISTS[group], facts.expected.get(group))
    yield f"{said[0].upper()}{said[1:]}"
    if locked := facts.locked.get(group):
        if facts.reopened.get(group):
            yield _("Locked on %(moment)s, after a reopening", moment=moment(locked))
        else:
            yield _("Locked on %(moment)s", moment=moment(locked))
    if group is Group.CUSTOMERS and (times := answered.moments(facts.moments)):
        # L10N: %(times)s is a list like: a calm time (36), a busy period (19) and just after an outage (3)
        yield _("Asked in %(times)s", times=times)


def _strip_note(comparison: Comparison) -> str:
    """How the strip is to be read."""
    said = [_(SHOWN[shown_groups(comparison)], top=words.top(comparison.top))]
    if ranges := RANGES[_ranged(comparison)]:
        said.append(_(ranges))
    if comparison.prediction and comparison.prediction.testable:
        said.append(_("Clearly: by five places or more, and by more than chance gives among people of one taste."))
    ranked = _(
        "Each ballot ranks up to %(cards)s of %(size)s; everybody counts the same.",
        cards=words.cards(comparison.depth),
        size=number(comparison.deck_size),
    )
    return " ".join((*said, ranked))


def _ranged(comparison: Comparison) -> tuple[Group, ...]:
    """The groups whose shares stand with a range."""
    lists = zip(comparison.groups, comparison.told, strict=True) if shares_sayable(comparison) else ()
    return tuple(group for group, found in lists if found and not found.exact)


def lines_note(comparison: Comparison) -> str:
    """How both lists side by side are to be read."""
    said = []
    if comparison.prediction:
        said.append(
            _("A solid, rising line: customers put the card higher than IT thought. A dashed, falling one: lower.")
        )
        if any(card.label is Label.CLEAR for card in comparison.prediction.cards.values()):
            said.append(_("A thick one: a clear gap."))
    return " ".join((*said, _numbers(comparison)))


def _numbers(comparison: Comparison) -> str:
    """What the numbers are, with an example of places that cards share, where there is one in the chart."""
    lists = (found for found in (comparison.actual, comparison.predicted) if found)
    blocks = [found.cards[code].position for found in lists for code in found.top(comparison.top)]
    shared = next((block for block in blocks if block.low != block.high), None)
    if shared is None:
        return _("Numbers are places.")
    return _("Numbers are places; “%(places)s” means that these cards share them.", places=words.place(shared))


def _findings(comparison: Comparison) -> Iterator[tuple[Block, ...]]:
    many = sayable_of(comparison).shares_with_intervals
    if comparison.alone and many:
        yield (Lead(findings.how_sure(comparison)), *onelist.tell_agreement(comparison))
    elif comparison.prediction is None:
        asked = (LISTS[group] for group in comparison.groups)
        missing = (name for name in asked if comparison.lists.get(name) is None or not comparison.lists[name].n)
        why = dict.fromkeys(words.why_missing(comparison, name) for name in missing)
        yield (*([] if comparison.alone else [Lead(findings.how_sure(comparison))]), *map(Lead, why))
    if many:
        yield tuple(_know_or_think(comparison))


def _know_or_think(comparison: Comparison) -> Iterator[Block]:
    """How many first cards were thought, beside the published share, and how often each answer was right."""
    if comparison.basis is None or not (thought := findings.think_first(comparison.basis)):
        return
    yield Title(_(findings.KNOW_OR_THINK))
    yield Lead(f"{thought} {findings.published()}")
    if known := findings.know_hits(comparison.basis, comparison.top):
        yield Lead(known)
