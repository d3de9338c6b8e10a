"""What changed from round to round, in words: numbers that agree with those beside them."""

import pytest

from cardsort.analysis.result import Change, Comparison, Interval, RoundResult
from cardsort.story import rounds


def changes(similar, hits=(4, 4), people=20, spread=(-1, 3)):
    """The two sentences on hits and similarity, the second round against the first."""
    first, second = (
        RoundResult(
            round=number + 1,
            hits=hits[number],
            spearman=similar[number],
            n_it=people,
            n_customers=people,
            top=10,
            hits_change=Change(hits[1] - hits[0], Interval(*spread)) if number else None,
            moves_it=(),
            moves_customers=(),
        )
        for number in (0, 1)
    )
    (step,) = rounds.steps(Comparison("", 52, 10, 10, 3, 1, 2, {}, rounds=(first, second)))
    return step.changes[:2]


@pytest.mark.parametrize(
    ("similar", "said"),
    [
        ((0.194, 0.566), "is 0.57; in round 1 it was 0.19. Change: +0.38."),
        ((0.566, 0.194), "is 0.19; in round 1 it was 0.57. Change: −0.38."),
        ((0.304, 0.296), "is 0.30; in round 1 it was 0.30. Change: none."),
        ((-0.004, 0.1), "is 0.10; in round 1 it was 0.00. Change: +0.10."),
    ],
)
def test_the_change_of_the_similarity_is_the_difference_of_the_two_printed_numbers(similar, said):
    assert changes(similar)[1].endswith(said)


def test_the_change_of_the_hits_is_the_difference_of_the_two_printed_numbers():
    assert changes((0.1, 0.2), hits=(1.24, 2.46))[0] == (
        "Hits in the customers’ top\xa010: 2.5; in round 1 it was 1.2. "
        "Change: +1.3 (range −1 to +3; luck alone could give this)."
    )


def test_the_range_holds_the_change_that_is_printed():
    said = changes((0.1, 0.2), hits=(1.24, 2.46), spread=(1, 1.22))[0]
    assert "Change: +1.3 (range +1 to +1.3; more than luck" in said


def test_of_few_people_the_change_of_the_hits_stands_alone():
    assert changes((0.194, 0.566), hits=(3, 4), people=4)[0].endswith("it was 3. Change: +1.")
