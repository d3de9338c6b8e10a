"""One card, two cards."""

import pytest

from cardsort.domain.counting import counted


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("card",), "0 cards"),
        (1, ("card",), "1 card"),
        (1204, ("card",), "1,204 cards"),
        (1, ("person has", "people have"), "1 person has"),
        (2, ("person has", "people have"), "2 people have"),
    ],
)
def test_a_number_is_said_with_the_right_form_of_what_it_counts(number, words, said):
    assert counted(number, *words) == said
