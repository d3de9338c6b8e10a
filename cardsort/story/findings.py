"""What was found, in sentences: hits and what to measure them by, know or think, and how sure it is."""

from cardsort.analysis.result import (
    BasisRate,
    BasisResult,
    Comparison,
    Prediction,
)
from cardsort.analysis.sayable import FEW, sayable_of
from cardsort.language import N_, _, ngettext, number, percent
from cardsort.rounding import half_up
from cardsort.story import words

PUBLISHED_THINK = 90  # per cent of first cards that were "we think"
PUBLISHED_PEOPLE = 3500  # in IT, who were asked
DIFFER = {  # how often both were right, by whether they differ by more than chance; None = not known
    None: N_("Such a card was in the customers’ %(top)s: “we know” %(know)s, “we think” %(think)s."),
    True: N_(
        "Such a card was in the customers’ %(top)s: “we know” %(know)s, “we think” %(think)s; chance would hardly give "
        "that."
    ),
    False: N_(
        "Such a card was in the customers’ %(top)s: “we know” %(know)s, “we think” %(think)s; chance could give that."
    ),
}
NO_LIST = N_("There is no list that can be shown.")
KNOW_OR_THINK = N_("Know, or think?")


def published() -> str:
    """What is known of the first cards world-wide."""
    return _(
        "World-wide it was %(share)s of the first cards (published in 2012, from more than %(number)s people in IT).",
        share=percent(PUBLISHED_THINK / 100),
        number=number(PUBLISHED_PEOPLE),
    )


def guess(chance: float) -> str:
    """What guessing would give; under one half of a card the likeliest number is none."""
    if not half_up(chance):
        return _("Blind guessing mostly gives none.")
    return _("Blind guessing gives %(guessed)s.", guessed=words.about(chance))


def fair_bar(prediction: Prediction, size: int) -> str:
    """What guessing would give, and what as many customers as there are people in IT, where they are six or more."""
    chance, people, bar = prediction.hits_by_chance, prediction.customers_split, prediction.hits_of_customers
    if people is None or bar is None or size == 1:
        return guess(chance)
    if not half_up(chance):
        return ngettext(
            "Blind guessing mostly gives none; any one of the customers would have named %(named)s.",
            "Blind guessing mostly gives none; any %(n)s of the customers would have named %(named)s.",
            people,
            named=_named(bar, size),
        )
    return ngettext(
        "Blind guessing gives %(guessed)s; any one of the customers would have named %(named)s.",
        "Blind guessing gives %(guessed)s; any %(n)s of the customers would have named %(named)s.",
        people,
        guessed=words.about(chance),
        named=_named(bar, size),
    )


def _named(bar: float, size: int) -> str:
    """So many cards of so many, as the object of a sentence."""
    if bar == size:
        return _("all %(whole)s", whole=size)
    return _("almost all %(whole)s", whole=size) if half_up(bar) == size else words.about(bar)


def expected(prediction: Prediction) -> str:
    """How many cards IT had expected to name; "" where too few said so."""
    found = prediction.expected_hits
    if found is None:
        return ""
    people = words.people(found.n)
    if not found.mean:
        return _("IT had expected none, on average of %(people)s.", people=people)
    # L10N: %(number)s is 3, about 3 or almost none
    return _("IT had expected %(number)s, on average of %(people)s.", number=words.about(found.mean), people=people)


def hits(prediction: Prediction, size: int) -> str:
    """The hits as the headline; parts of a card come from ties over the cut."""
    found, top = prediction.hits, words.top(size)
    if size == 1:
        return _first_card(found)
    if found == 0:
        return _("IT named none of the customers’ %(top)s.", top=top)
    if found == size:
        return _("IT named all %(whole)s of the customers’ %(top)s.", whole=size, top=top)
    if half_up(found) == size:
        return _("IT named almost all of the customers’ %(top)s.", top=top)
    # L10N: %(hits)s is 3, about 3 or almost none
    return _("IT named %(hits)s of the customers’ %(top)s.", hits=words.about(found), top=top)


def _first_card(found: float) -> str:
    if found == 0:
        return _("IT did not name the card that customers put first.")
    if found == 1:
        return _("IT named the card that customers put first.")
    return _("IT may have named the card that customers put first; the first place is tied.")


def headline(comparison: Comparison) -> str:
    """The one sentence that says it all, or what is missing for it."""
    return " ".join(part for part in headline_parts(comparison) if part)


def headline_parts(comparison: Comparison) -> tuple[str, str]:
    """The headline's finding, and what it is to be measured by ("" where there is no finding)."""
    prediction = comparison.prediction
    if prediction is None:
        return missing_headline(comparison), ""
    found = f"{starter(comparison)} {hits(prediction, comparison.top)}".strip()
    return found, fair_bar(prediction, comparison.top)


def starter(comparison: Comparison) -> str:
    """That it is no more than a beginning, with the numbers; "" from five people on in each group."""
    if not 0 < words.smaller_group(comparison) < FEW:
        return ""
    it, customers = words.people_of(comparison.predicted), words.people_of(comparison.actual)
    if customers is None:
        return _("A conversation starter: %(people)s in IT.", people=number(it or 0))
    if it is None:
        return ngettext(
            "A conversation starter: %(n)s customer.", "A conversation starter: %(n)s customers.", customers
        )
    return ngettext(
        "A conversation starter: %(it)s in IT, %(n)s customer.",
        "A conversation starter: %(it)s in IT, %(n)s customers.",
        customers,
        it=number(it),
    )


def missing_headline(comparison: Comparison) -> str:
    """What cannot be said, when one list or both are not there."""
    if comparison.alone:
        return _(NO_LIST)
    if comparison.predicted is None and comparison.actual is None:
        return _("There is nothing to compare yet: neither list can be shown.")
    if comparison.actual is None:
        return _("What IT thought is known; what customers chose cannot be shown.")
    return _("What customers chose is known; what IT thought cannot be shown.")


def worth(comparison: Comparison) -> str:
    """IT's prediction in customers: how many picked at random know as much. "" where undefined.

    More customers than answered are said as all who answered.
    """
    prediction, it, customers = comparison.prediction, comparison.predicted, comparison.actual
    if prediction is None or prediction.worth_in_customers is None or it is None or customers is None:
        return ""
    value, people = prediction.worth_in_customers, words.people(it.n or 0)
    if customers.n is not None and value > customers.n:
        return _(
            "%(people)s in IT together knew at least as much as all %(customers)s customers who answered.",
            people=people,
            customers=number(customers.n),
        )
    if not half_up(value):
        return _("%(people)s in IT together knew less than one customer picked at random.", people=people)
    return ngettext(
        "%(people)s in IT together knew as much as one customer picked at random.",
        "%(people)s in IT together knew as much as about %(n)s customers picked at random.",
        int(half_up(value)),
        people=people,
    )


def think_first(basis: BasisResult) -> str:
    """How many said "we think" of their first card; "" where undefined."""
    if not (people := think_count(basis)):
        return ""
    # L10N: %(people)s is 2 of 10 people; the number of the plural is the first of them
    return ngettext(
        "%(people)s in IT said “we think”, not “we know”, of their first card.",
        "%(people)s in IT said “we think”, not “we know”, of their first card.",
        half_up((basis.think_share_first or 0.0) * (basis.first_n or 0)),
        people=people,
    )


def think_count(basis: BasisResult) -> str:
    """How many "we think" there were among the first cards: 1 of 10 people; "" where undefined."""
    if basis.think_share_first is None or basis.first_n is None:
        return ""
    part = number(basis.think_share_first * basis.first_n)
    return ngettext("%(part)s of %(n)s\xa0person", "%(part)s of %(n)s\xa0people", basis.first_n, part=part)


def know_hits(basis: BasisResult, size: int) -> str:
    """How often cards that IT knew, or thought, were in the customers' top, and whether chance could give the
    difference; "" where neither can be said.
    """
    know, think, top = _times(basis.know), _times(basis.think), words.top(size)
    if not think:
        return know and _("Such a card was in the customers’ %(top)s: “we know” %(times)s.", top=top, times=know)
    if not know:
        return _("Such a card was in the customers’ %(top)s: “we think” %(times)s.", top=top, times=think)
    return _(DIFFER[basis.rates_differ], top=top, know=know, think=think)


def _times(rate: BasisRate) -> str:
    """How often of how many times; "" where it cannot be said."""
    if not rate.n or rate.hit_rate is None:
        return ""
    whole = number(rate.n)
    return ngettext("%(n)s time in %(whole)s", "%(n)s times in %(whole)s", half_up(rate.hit_rate * rate.n), whole=whole)


def how_sure(comparison: Comparison) -> str:
    """What may be said with that many people."""
    if words.smaller_group(comparison) == 0 and comparison.alone is None:
        return _("A comparison needs both lists, so there is nothing to be sure about yet.")
    return starter(comparison) or sayable_of(comparison).caption


def overall(prediction: Prediction) -> str:
    """The test of the two whole lists, in a sentence; "" where undefined."""
    p = prediction.overall_p
    if p is None:
        return ""
    value = f"p < {number(0.001, 3)}" if p < 0.001 else f"p = {number(p, 3 if p < 0.1 else 2)}"  # noqa: PLR2004 - digits
    if p <= words.SIGNIFICANT:
        return _("Taken as a whole, the two lists differ by more than chance would make them (%(p)s).", p=value)
    return _(
        "Taken as a whole, it stays open whether the two lists differ: chance alone makes groups of one taste differ "
        "as much in %(cases)s of 100 cases (%(p)s).",
        cases=number(100 * p),
        p=value,
    )
