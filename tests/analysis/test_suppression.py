import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.analysis.suppression import (
    is_few,
    may_leave_out,
    may_show,
    may_tell,
    may_tell_sources,
    shown_segments,
)
from cardsort.domain.sources import Sources

COUNTS = st.builds(Sources, sent=st.integers(0, 8), typed=st.integers(0, 3), imported=st.integers(0, 8))


def sent(*counts: int) -> tuple[Sources, ...]:
    return tuple(Sources(sent=count) for count in counts)


def test_a_result_is_shown_from_the_threshold_on():
    assert [may_show(one, 3) for one in sent(2, 3)] == [False, True]


def test_only_people_who_came_by_a_link_count_towards_the_threshold():
    assert not may_show(Sources(sent=1, imported=2), 3)
    assert not may_show(Sources(sent=2, typed=9, imported=9), 3)
    assert may_show(Sources(sent=3, typed=9), 3)
    assert may_show(Sources(unknown=3), 3)  # from before sources were kept


def test_few_are_somebody_but_too_few_by_a_link():
    few = (Sources(), Sources(sent=1), Sources(typed=5), Sources(sent=3, typed=5))
    assert [is_few(one, 3) for one in few] == [False, True, True, False]


@pytest.mark.parametrize(
    ("answers", "silent", "told"),
    [
        (sent(5, 3, 0), Sources(), True),
        (sent(5, 2, 0), Sources(), False),
        (sent(5, 3, 0), Sources(sent=1), False),  # one who said nothing is all minus all who did
        (sent(5, 3, 0), Sources(sent=3), True),
        (sent(5, 3, 0), Sources(imported=1), True),  # a table does not ask
        ((Sources(sent=5), Sources(typed=4)), Sources(), False),
    ],
)
def test_answers_are_told_where_each_was_given_by_nobody_or_enough(
    answers: tuple[Sources, ...], silent: Sources, *, told: bool
):
    assert may_tell(answers, silent, 3) is told


def test_the_source_of_each_ballot_is_told_where_no_source_has_few_ballots():
    found = (Sources(sent=9), Sources(sent=9, imported=3), Sources(sent=9, typed=1), Sources(sent=2, unknown=9))
    assert [may_tell_sources(one, 3) for one in found] == [True, True, False, False]


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
    assert shown_segments(sent(*sizes), Sources(sent=total), 3) == shown


@pytest.mark.parametrize(
    ("segments", "shown"),
    [
        ((Sources(sent=1, imported=2), Sources(sent=9), Sources(sent=4)), (False, True, False)),
        ((Sources(typed=1), Sources(sent=9), Sources(sent=4)), (False, True, False)),  # it could be computed
        ((Sources(imported=8), Sources(sent=9), Sources(sent=4)), (False, True, False)),
        ((Sources(sent=3, typed=5), Sources(sent=9)), (True, True)),
    ],
)
def test_known_ballots_do_not_help_a_segment_to_be_shown(segments: tuple[Sources, ...], shown: tuple[bool, ...]):
    total = Sources(*(sum(getattr(one, name) for one in segments) for name in Sources.__slots__))
    assert shown_segments(segments, total, 3) == shown


@given(st.lists(COUNTS, max_size=6), COUNTS, st.integers(1, 6))
def test_the_hidden_are_nobody_or_enough_people_by_a_link_or_everybody(
    segments: list[Sources], without: Sources, threshold: int
):
    everybody = [*segments, without]
    total = Sources(*(sum(getattr(one, name) for one in everybody) for name in Sources.__slots__))
    shown = shown_segments(segments, total, threshold)
    told = [one for one, show in zip(segments, shown, strict=True) if show]
    hidden = total.people - sum(one.people for one in told)
    assert total.n == sum(one.n for one in told) or hidden >= threshold or not any(shown)
    assert all(one.people >= threshold for one in told)


def test_a_segment_is_left_out_only_where_both_parts_reach_the_threshold():
    assert may_leave_out(Sources(sent=3), Sources(sent=6), 3)
    assert not may_leave_out(Sources(sent=4), Sources(sent=6), 3)
    assert not may_leave_out(Sources(sent=2), Sources(sent=6), 3)
    assert not may_leave_out(Sources(sent=3), Sources(sent=5, imported=9), 3)
