import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.analysis.suppression import may_leave_out, may_show, shown_segments


def test_a_result_is_shown_from_the_threshold_on():
    assert not may_show(2, 3)
    assert may_show(3, 3)


@pytest.mark.parametrize(
    ("sizes", "total", "shown"),
    [
        ((5, 4, 9), 18, (True, True, True)),
        ((5, 2, 9), 16, (False, False, True)),  # two hidden people could be computed, so the next smallest is hidden
        ((2, 1, 9), 12, (False, False, True)),  # three hidden people are enough
        ((2, 9), 11, (False, False)),
        ((5, 5, 9), 20, (False, True, True)),  # one person without a segment; of equals the first
        ((0, 5, 9), 14, (False, True, True)),  # an empty segment hides nobody
        ((2, 2), 4, (False, False)),
        ((), 4, ()),
    ],
)
def test_what_is_hidden_cannot_be_computed(sizes: tuple[int, ...], total: int, shown: tuple[bool, ...]):
    assert shown_segments(sizes, total, 3) == shown


@given(st.lists(st.integers(0, 12), max_size=6), st.integers(0, 5), st.integers(1, 6))
def test_the_hidden_are_nobody_or_at_least_the_threshold_or_everybody(sizes: list[int], without: int, threshold: int):
    total = sum(sizes) + without
    shown = shown_segments(sizes, total, threshold)
    hidden = total - sum(size for size, show in zip(sizes, shown, strict=True) if show)
    assert hidden == 0 or hidden >= threshold or not any(shown)
    assert all(size >= threshold for size, show in zip(sizes, shown, strict=True) if show)


def test_a_segment_is_left_out_only_where_both_parts_reach_the_threshold():
    assert may_leave_out(3, 6, 3)
    assert not may_leave_out(4, 6, 3)
    assert not may_leave_out(2, 6, 3)
