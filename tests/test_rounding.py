from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.rounding import half_up


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (62.5, 0, "63.0"),
        (61.5, 0, "62.0"),
        (0.5, 0, "1.0"),
        (62.4999, 0, "62.0"),
        (-62.5, 0, "-63.0"),
        (-0.4, 0, "0.0"),
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),
        (100 * 0.285, 0, "29.0"),  # 28.499999999999996 in binary
        (0.25, 1, "0.3"),
        (1234567.5, 0, "1234568.0"),
    ],
)
def test_halves_are_rounded_up(value: float, digits: int, rounded: str):
    assert str(half_up(value, digits)) == rounded


@given(st.integers(1, 2000), st.integers(0, 2000), st.integers(0, 2))
def test_shares_are_rounded_as_on_paper(n: int, count: int, digits: int):
    exact = (Decimal(100 * count) / Decimal(n)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert half_up(100 * (count / n), digits) == float(exact)
