"""The numbers of a comparison, each with one sentence that says what it is: for the page and the printed report."""

from dataclasses import dataclass, replace

from cardsort.analysis.result import Agreement, Comparison, Interval, Prediction
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.rounding import half_up
from cardsort.story import words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is shown, its interval in words (or ""), its name and its meaning."""

    name: str
    value: str
    span: str
    meaning: str


def figures(comparison: Comparison) -> tuple[Figure, ...]:
    """What may be said in numbers about the two lists: hits alone with fewer than five people in the smaller one."""
    if comparison.prediction is None:
        return ()
    prediction, hits = comparison.prediction, _hits(comparison.prediction, comparison.top)
    if not sayable_of(comparison).shares_with_intervals:
        return (replace(hits, span=""),)
    found = [hits, *_similar(prediction), _overall(prediction)]
    for name, who in (("it_prediction", "IT"), ("customers_own", "Customers")):
        agreement = comparison.lists[name].agreement
        if agreement is not None and agreement.mean_pairwise_spearman is not None:
            found.append(_agreement(agreement, who))
    return tuple(found)


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


def _hits(prediction: Prediction, top: int) -> Figure:
    chance = words.tally(prediction.hits_by_chance)
    return Figure(
        name="Hits",
        value=f"{words.tally(prediction.hits)} of {top}",
        span=span(prediction.hits_interval, 0),
        meaning=f"Cards in both groups’ top {top}. Somebody who guesses has {chance} on average.",
    )


def _similar(prediction: Prediction) -> list[Figure]:
    if prediction.spearman is None:
        return []
    return [
        Figure(
            name="Similarity of the whole lists",
            value=decimal(prediction.spearman),
            span="",
            meaning="1 means the same order of all cards, 0 no connection, −1 the opposite order (Spearman). "
            "Few people make lists noisy, so even groups of one taste do not reach 1.",
        )
    ]


def _overall(prediction: Prediction) -> Figure:
    value = prediction.overall_p
    shown = "–" if value is None else "below 0.001" if value < 0.001 else f"{half_up(value, 3):.3f}"  # noqa: PLR2004  as printed
    return Figure(
        name="Could both be one group?",
        value=shown,
        span="",
        meaning="How often two groups with the same taste would differ as much by luck alone. Small: they do differ.",
    )


def _agreement(agreement: Agreement, who: str) -> Figure:
    return Figure(
        name=f"{who}: agreement within the group",
        value=decimal(agreement.mean_pairwise_spearman),
        span="",
        meaning="How alike two people of the group rank, on average: 0 like random lists, 1 identical.",
    )
