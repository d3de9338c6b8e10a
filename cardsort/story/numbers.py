"""The numbers of a comparison, each with one sentence that says what it is: ready to show."""

from collections.abc import Iterator

from cardsort.analysis.result import Comparison, Interval, Prediction
from cardsort.analysis.sayable import sayable_of
from cardsort.rounding import half_up
from cardsort.story import words
from cardsort.story.blocks import Block, Cell, Grid, Head, Title, cell

Row = tuple[Cell, ...]


def tell_numbers(comparison: Comparison) -> tuple[Block, ...]:
    """The numbers in a table, each with its range and one sentence that says what it is."""
    rows = tuple(_rows(comparison))
    heads = (
        Head("The list" if comparison.alone else "The two lists"),
        Head("Number"),
        Head("Range"),
        Head("What it says"),
    )
    return (Title("In numbers"), Grid("Numbers", heads, rows)) if rows else ()


def _rows(comparison: Comparison) -> Iterator[Row]:
    """What may be said in numbers about the lists, from five people on in the smaller one."""
    if not sayable_of(comparison).shares_with_intervals:
        return
    if comparison.prediction is not None:
        yield from _of_both(comparison, comparison.prediction)
    for name, who in (("it_prediction", "IT"), ("customers_own", "Customers")):
        found = comparison.lists.get(name)
        if found and found.agreement and found.agreement.mean_pairwise_spearman is not None:
            yield _row(
                f"{who}: agreement within the group",
                decimal(found.agreement.mean_pairwise_spearman),
                "How alike two people of the group rank, on average: 0 like random lists, 1 identical.",
            )


def _of_both(comparison: Comparison, prediction: Prediction) -> Iterator[Row]:
    yield _hits(prediction, comparison.top, prediction.hits_interval)
    if prediction.spearman is not None:
        yield _row(
            "Similarity of the whole lists",
            decimal(prediction.spearman),
            "1 means the same order of all cards, 0 no connection, −1 the opposite order (Spearman). "
            "Few people make lists noisy, so even groups of one taste do not reach 1.",
        )
    yield _overall(prediction.overall_p)


def _hits(prediction: Prediction, top: int, interval: Interval | None) -> Row:
    chance = words.tally(prediction.hits_by_chance)
    meaning = f"Cards in both groups’ top {top}. Somebody who guesses has {chance} on average."
    return _row("Hits", words.part_of(prediction.hits, top), meaning, span(interval, 0))


def _overall(value: float | None) -> Row:
    shown = "–" if value is None else "below 0.001" if value < 0.001 else f"{half_up(value, 3):.3f}"  # noqa: PLR2004  as printed
    meaning = "How often two groups with the same taste would differ as much by luck alone. Small: they do differ."
    return _row("Could both be one group?", shown, meaning)


def _row(name: str, value: str, meaning: str, ends: str = "") -> Row:
    return cell(name), cell(value), cell(ends), cell(meaning)


def decimal(value: float | None) -> str:
    """Two decimals with a real minus sign; a dash where there is no value."""
    return "–" if value is None else f"{half_up(value, 2):.2f}".replace("-", "−")


def apart(value: float, other: float, digits: int = 2) -> float:
    """How far a value is above another, both as printed: who subtracts what stands there finds the same."""
    return half_up(half_up(value, digits) - half_up(other, digits), digits)


def span(interval: Interval | None, digits: int = 2) -> str:
    """An interval in words: "from 2 to 5"; "" where there is none."""
    if interval is None:
        return ""
    low, high = (f"{half_up(end, digits):.{digits}f}".replace("-", "−") for end in interval)
    return f"from {low} to {high}"
