"""The numbers of a comparison, each with one sentence that says what it is: ready to show."""

from collections.abc import Iterator

from cardsort.analysis.result import Comparison, Interval, Prediction
from cardsort.analysis.sayable import sayable_of
from cardsort.language import _, number, pgettext
from cardsort.rounding import half_up
from cardsort.story import words
from cardsort.story.blocks import Block, Cell, Grid, Head, Title, cell

Row = tuple[Cell, ...]


def tell_numbers(comparison: Comparison) -> tuple[Block, ...]:
    """The numbers in a table, each with its range and one sentence that says what it is."""
    rows = tuple(_rows(comparison))
    heads = (
        Head(_("The list") if comparison.alone else _("The two lists")),
        Head(_("Number")),
        Head(_("Range")),
        Head(pgettext("number", "What it says")),
    )
    return (Title(_("In numbers")), Grid(_("Numbers"), heads, rows)) if rows else ()


def _rows(comparison: Comparison) -> Iterator[Row]:
    """What may be said in numbers about the lists, from five people on in the smaller one."""
    if not sayable_of(comparison).shares_with_intervals:
        return
    if comparison.prediction is not None:
        yield from _of_both(comparison, comparison.prediction)
    groups = (
        ("it_prediction", _("IT: agreement within the group")),
        ("customers_own", _("Customers: agreement within the group")),
    )
    for name, title in groups:
        found = comparison.lists.get(name)
        if found and found.agreement and found.agreement.mean_pairwise_spearman is not None:
            yield _row(
                title,
                decimal(found.agreement.mean_pairwise_spearman),
                _("How alike two people of the group rank, on average: 0 like random lists, 1 identical."),
            )


def _of_both(comparison: Comparison, prediction: Prediction) -> Iterator[Row]:
    yield _hits(prediction, comparison.top, prediction.hits_interval)
    if prediction.spearman is not None:
        yield _row(
            _("Similarity of the whole lists"),
            decimal(prediction.spearman),
            _(
                "1 means the same order of all cards, 0 no connection, −1 the opposite order (Spearman). "
                "Few people make lists noisy, so even groups of one taste do not reach 1."
            ),
        )
    yield _overall(prediction.overall_p)


def _hits(prediction: Prediction, top: int, interval: Interval | None) -> Row:
    meaning = _(
        "Cards in both groups’ top %(size)s. Somebody who guesses has %(number)s on average.",
        size=top,
        number=words.tally(prediction.hits_by_chance),
    )
    return _row(_("Hits"), words.part_of(prediction.hits, top), meaning, span(interval, 0))


def _overall(value: float | None) -> Row:
    least = 0.001
    shown = "–" if value is None else number(value, 3)
    if value is not None and value < least:
        shown = _("below %(number)s", number=number(least, 3))
    meaning = _("How often two groups with the same taste would differ as much by luck alone. Small: they do differ.")
    return _row(_("Could both be one group?"), shown, meaning)


def _row(name: str, value: str, meaning: str, ends: str = "") -> Row:
    return cell(name), cell(value), cell(ends), cell(meaning)


def decimal(value: float | None) -> str:
    """Two decimals with a real minus sign; a dash where there is no value."""
    return "–" if value is None else number(value, 2)


def apart(value: float, other: float, digits: int = 2) -> float:
    """How far a value is above another, both as printed: who subtracts what stands there finds the same."""
    return half_up(half_up(value, digits) - half_up(other, digits), digits)


def span(interval: Interval | None, digits: int = 2) -> str:
    """An interval in words: "from 2 to 5"; "" where there is none."""
    if interval is None:
        return ""
    return _("from %(low)s to %(high)s", low=number(interval.low, digits), high=number(interval.high, digits))
