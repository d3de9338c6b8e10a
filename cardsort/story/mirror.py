"""Knew, or mirrored? How far IT's prediction follows the customers, and how far IT's own view; said kindly."""

from cardsort.analysis.result import Comparison, Projection
from cardsort.analysis.sayable import shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.language import N_, _
from cardsort.story import answered, numbers
from cardsort.story.blocks import Beside, Block, Lead, Line, Lines, Note, Title, Told, Tone
from cardsort.story.charts.bars import Bar, Bars
from cardsort.story.charts.slope import Row, top_rows
from cardsort.story.facts import ReportFacts

SECOND = {
    "it_own": N_("What IT itself would choose"),
    "customers_prediction": N_("What customers think IT would choose"),
}
SLIGHT = 0.05  # a smaller difference of two correlations is called none
SURE = 0.05


PULL_ALIKE = N_(
    "What customers want and what IT itself sees pull the prediction about equally (%(more)s and %(less)s, each with "
    "the other held still)."
)
PULL_MORE = N_(
    "The prediction follows what customers want more than what IT itself sees (%(more)s and %(less)s, each with the "
    "other held still)."
)
PULL_LESS = N_(
    "The prediction follows what IT itself sees more than what customers want (%(more)s and %(less)s, each with the "
    "other held still)."
)
GROUPS = {"it_own": Group.IT, "customers_prediction": Group.CUSTOMERS}
LEAD = N_(
    "IT was also asked what it would put at the top itself. 1 means the same order of all cards, 0 no connection."
)


def tell_mirror(comparison: Comparison, deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """How alike the three lists are, two by two, and what follows from it; then the lists that were asked besides."""
    bars, second = likenesses(comparison), second_lists(comparison, deck)
    alike = (Lead(_(LEAD)), Bars(bars), Lead(" ".join(sentences(comparison)))) if bars else ()
    return (*alike, *([Beside(second)] if second else []))


def second_lists(comparison: Comparison, deck: Deck) -> tuple[tuple[Block, ...], ...]:
    """The tops of IT's own view and of the customers' guess about IT, where they were asked and may be shown."""
    found = ((name, comparison.lists.get(name)) for name in SECOND)
    return tuple(
        (
            Title(_(SECOND[name]), GROUPS[name]),
            Note(answered.who_answered(comparison, name, None)),
            Lines(tuple(_line(row) for row in top_rows(one, deck, comparison.top))),
        )
        for name, one in found
        if one is not None and one.n is not None
    )


def _line(row: Row) -> Line:
    return Told(row.place, Tone.STRONG), row.card or Told(row.said, Tone.ASIDE)


def mirrored(comparison: Comparison) -> Projection | None:
    """What is known of knowing and mirroring, where IT's own view was asked and each list has five people or more."""
    found = comparison.projection
    if found is None or found.accuracy is None or not shares_sayable(comparison, "it_own"):
        return None
    return found


def likenesses(comparison: Comparison) -> tuple[Bar, ...]:
    """The three lists, two by two; nothing of few people."""
    projection = mirrored(comparison)
    if projection is None:
        return ()
    rows = (
        (_("IT’s prediction and what customers chose"), projection.accuracy, _("How well IT knew.")),
        (
            _("IT’s prediction and IT’s own view"),
            projection.assumed_similarity,
            _("How much IT expects customers to see it as IT does."),
        ),
        (
            _("IT’s own view and what customers chose"),
            projection.real_similarity,
            _("How alike both really see it."),
        ),
    )
    return tuple(Bar(name, max(0.0, value or 0.0), numbers.decimal(value), meaning) for name, value, meaning in rows)


def sentences(comparison: Comparison) -> tuple[str, ...]:
    """What follows from the three, in a few kind sentences; nothing where IT's own view was not asked."""
    projection = mirrored(comparison)
    if projection is None:
        return ()
    said = [_gain(projection), _forces(projection), _people(projection)]
    kind = _(
        "Expecting of others what one thinks oneself is human, and where both sides see it alike it is even right."
    )
    return (*(sentence for sentence in said if sentence), kind)


def _gain(projection: Projection) -> str:
    accuracy, real = projection.accuracy, projection.real_similarity
    if accuracy is None or real is None:
        return ""
    gain = numbers.apart(accuracy, real)
    size = numbers.decimal(abs(gain))
    if abs(gain) < SLIGHT:
        return _("IT’s prediction is about as close to what customers chose as IT’s own view is.")
    if gain > 0:
        return _(
            "IT’s prediction is closer to what customers chose than its own view, by %(size)s: IT looked beyond "
            "itself.",
            size=size,
        )
    return _(
        "IT’s own view is closer to what customers chose than its prediction, by %(size)s: it may trust its own eyes.",
        size=size,
    )


def _forces(projection: Projection) -> str:
    truth, bias = projection.truth_force, projection.bias_force
    if truth is None or bias is None:
        return ""
    more, less = numbers.decimal(max(truth, bias)), numbers.decimal(min(truth, bias))
    said = PULL_MORE if truth > bias else PULL_LESS
    return _(PULL_ALIKE if abs(truth - bias) < SLIGHT else said, more=more, less=less)


def _people(projection: Projection) -> str:
    """Person by person: whose prediction or own list is closer to the customers."""
    difference, p = projection.person_difference, projection.person_p
    if difference is None or p is None:
        return ""
    if p > SURE:
        return _("Person by person, predictions and own lists are about equally close to the customers.")
    if difference > 0:
        return _("Person by person, predictions are closer to the customers, by more than chance.")
    return _("Person by person, own lists are closer to the customers, by more than chance.")
