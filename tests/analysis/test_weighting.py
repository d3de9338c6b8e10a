import numpy as np
import pytest

from cardsort.analysis.ranks import tally
from cardsort.analysis.result import Contested, Weighting
from cardsort.analysis.selection import Terms
from cardsort.analysis.weighting import SegmentSums, find_weighting
from cardsort.domain.sources import Sources
from tests.analysis.decks import make_deck
from tests.analysis.test_ranks import pad

DECK = make_deck(6)
TERMS = Terms(DECK.codes, depth=2, threshold=3, seed=1)


def weigh(segments: dict[str, list[list[int]]], terms: Terms = TERMS, *, typed: int = 0) -> Weighting | None:
    """`typed`: how many of the first segment's ballots came on paper."""
    parts = tuple(
        SegmentSums(
            name,
            Sources(sent=len(ballots) - typed, typed=typed) if number == 0 else Sources(sent=len(ballots)),
            tally(pad(ballots), 6).rank_sums,
            tally(pad(ballots), 6).listed_within(terms.top),
        )
        for number, (name, ballots) in enumerate(segments.items())
    )
    everybody = sum((part.rank_sums for part in parts), np.zeros(6, dtype=np.int64))
    return find_weighting(terms, Sources(sent=sum(part.n for part in parts)), everybody, parts)


def test_the_loudest_segment_is_found():
    found = weigh({"Loud": [[0, 1]] * 20, "Small": [[2, 3]] * 5, "Tiny": [[2, 3]] * 4})
    assert found is not None
    assert found.largest_segment == ("Loud", 20 / 29)
    assert [(one.name, one.top, one.kept) for one in found.scenarios] == [
        ("respondents", ("C01", "C02"), 2.0),
        ("segments", ("C03", "C04"), 0.0),
        ("without Loud", ("C03", "C04"), 0.0),
        ("without Small", ("C01", "C02"), 2.0),
        ("without Tiny", ("C01", "C02"), 2.0),
    ]
    assert found.robust == ()
    assert found.contested == tuple(Contested(code, "Loud") for code in ("C01", "C02", "C03", "C04"))


def test_a_weighting_is_told_where_it_changes_more_than_leaving_any_one_out_does():
    loud = weigh({"Loud": [[0, 1]] * 20, "Small": [[2, 3]] * 5, "Tiny": [[2, 3]] * 4})
    assert loud is not None
    # equal segments change what leaving out Loud changes; leaving out Small or Tiny changes nothing
    assert [one.tells for one in loud.scenarios] == [True, False, True, False, False]


def test_a_card_near_the_cut_that_goes_with_either_of_two_kinds_tells_nothing_of_them():
    found = weigh({"One": [[0, 1]] * 4, "Two": [[0, 1]] * 4, "Three": [[0, 2]] * 5})
    assert found is not None
    # C02 against C03: all 8 to 5; without One or without Two 4 to 5: each keeps one of two
    assert [one.kept for one in found.scenarios] == [2.0, 2.0, 1.0, 1.0, 2.0]
    assert [one.tells for one in found.scenarios] == [True, False, False, False, False]


def test_equal_segments_are_told_where_they_alone_change_the_top():
    found = weigh({"Loud": [[0, 1]] * 12, "Small": [[0, 2]] * 5, "Tiny": [[0, 2]] * 5, "Least": [[0, 3]] * 3})
    assert found is not None
    # without Loud C03 comes as well, which leaving any other out does not bring
    assert [(one.name, one.tells) for one in found.scenarios] == [
        ("respondents", True),
        ("segments", False),
        ("without Loud", True),
        ("without Small", False),
        ("without Tiny", False),
        ("without Least", False),
    ]
    crowd = {f"Kind {n}": [[0, 1]] * 6 for n in range(2)} | {f"Other {n}": [[0, 2]] * 3 for n in range(3)}
    equal = weigh(crowd)
    assert equal is not None
    # C02 against C03: all 12 to 9, equal segments 2 to 3; without one of the kinds 6 to 9 as well
    assert [one.tells for one in equal.scenarios] == [True, False, False, False, False, False, False]


def test_what_all_say_is_robust():
    found = weigh({"One": [[0, 1]] * 9, "Two": [[1, 0]] * 3, "Three": [[0, 1, 2]] * 3})
    assert found is not None
    assert found.robust == ("C01", "C02")
    assert found.contested == ()
    assert found.headline == "respondents"


def test_a_card_is_contested_by_the_segment_that_decides():
    found = weigh({"One": [[0, 1]] * 8, "Two": [[0, 2]] * 5, "Three": [[0, 2, 1]] * 2})
    assert found is not None
    assert found.robust == ("C01",)
    # C02 follows by all, C03 with equal segments and without One
    assert found.contested == (Contested("C02", "One"), Contested("C03", "One"))


def test_a_card_tied_over_the_cut_alike_everywhere_is_neither_robust_nor_contested():
    found = weigh({"One": [[0, 1], [0, 2]] * 3, "Two": [[0, 1], [0, 2]] * 2})
    assert found is not None
    # C02 and C03 share places 2 and 3 of a top of two, whoever is asked: each is half in it
    assert {one.top for one in found.scenarios} == {("C01", "C02", "C03")}
    assert (found.robust, found.contested) == (("C01",), ())


def test_a_card_tied_over_the_cut_under_one_weighting_only_is_contested():
    found = weigh({"One": [[0, 1], [0, 2]] * 3, "Two": [[0, 1]] * 4})
    assert found is not None
    # without Two, C02 and C03 share places 2 and 3; C02 begins in the top everywhere, wholly in it with Two only
    assert [one.top for one in found.scenarios] == [
        ("C01", "C02"),
        ("C01", "C02"),
        ("C01", "C02"),
        ("C01", "C02", "C03"),
    ]
    assert found.robust == ("C01",)
    assert found.contested == (Contested("C02", "Two"), Contested("C03", "Two"))


def test_the_segment_that_decides_is_the_one_that_changes_most():
    found = weigh({"One": [[0, 1], [0, 2], [0, 2]], "Two": [[0, 2]] * 5, "Three": [[0, 1]] * 5})
    assert found is not None
    # C02 against C03: all 6 to 7; without One 5 to 5, each half in the top; without Two 6 to 2; without Three 1 to 7
    assert found.scenarios[0].top == ("C01", "C03")
    assert found.contested == (Contested("C02", "Two"), Contested("C03", "Two"))


def test_where_several_segments_are_the_largest_none_is():
    found = weigh({"One": [[0, 1]] * 5, "Two": [[0, 2]] * 5, "Three": [[0, 3]] * 4})
    assert found is not None
    assert found.largest_segment is None


def test_where_several_segments_change_as_much_none_decides():
    found = weigh({"One": [[0, 1]] * 4, "Two": [[0, 1]] * 4, "Three": [[0, 2]] * 5})
    assert found is not None
    # C02 against C03: all 8 to 5; without One or without Two 4 to 5
    assert found.contested == (Contested("C02", None), Contested("C03", None))


def test_equal_weights_give_real_ties():
    found = weigh({"One": [[0, 1]] * 3, "Two": [[1, 0]] * 7})
    assert found is not None
    assert found.scenarios[1].top == ("C01", "C02")
    three = weigh({"One": [[0, 1]] * 3, "Two": [[1, 2]] * 7, "Three": [[2, 0]] * 11}, Terms(DECK.codes, 1, 3, 1))
    assert three is not None
    assert three.scenarios[1].top == ("C01", "C02", "C03")  # a circle of three


def test_a_tied_card_is_kept_as_far_as_it_is_in_both():
    found = weigh({"One": [[0], [1], [2]], "Two": [[0], [1], [2]]})
    assert found is not None
    assert found.scenarios[0].top == ("C01", "C02", "C03")
    assert [one.kept for one in found.scenarios] == pytest.approx([2.0] * 4)


def test_a_segment_whose_rest_is_too_small_is_not_left_out():
    found = weigh({"One": [[0, 1]] * 9, "Two": [[0, 2]] * 2}, Terms(DECK.codes, 2, 3, 1))
    assert found is not None
    assert [one.name for one in found.scenarios] == ["respondents", "segments"]


def test_one_segment_has_nobody_to_be_louder_than():
    assert weigh({"One": [[0, 1]] * 9}) is None
    assert weigh({}) is None


def test_a_ballot_weighs_as_much_in_its_segment_however_it_came():
    segments = {"One": [[0, 1]] * 5, "Two": [[0, 2]] * 5}
    assert weigh(segments, typed=2) == weigh(segments)
