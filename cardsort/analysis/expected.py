"""Expected hits: how many of the customers' top IT believed that its list would name, beside how many it named."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExpectedHits:
    """`mean` of n answers, each 0..top; `overestimation` = mean - hits: positive where IT expected too much."""

    n: int
    mean: float
    overestimation: float


def find_expected_hits(answers: Sequence[int], hits: float, threshold: int) -> ExpectedHits | None:
    """The answers together, never one person's; None below `threshold` answers."""
    if not answers or len(answers) < threshold:
        return None
    mean = sum(answers) / len(answers)
    return ExpectedHits(len(answers), mean, mean - hits)
