"""The loudest-stakeholder check and the mirror in exact words."""

import pytest

from cardsort.analysis.result import Comparison, ConsensusList, Contested, Projection, Scenario, Weighting
from cardsort.domain.cards import Card, Deck
from cardsort.story import mirror, plural
from cardsort.story.blocks import Grid, Lead
from tests.story.shapes import result_of

TOP = ("A", "B", "C")
DECK = Deck("Four", tuple(Card(code, f"Card {code}") for code in "ABCD"))


def weighed(*scenarios, largest=("Branches", 0.4), robust=("A",), contested=()):
    usual = Scenario("respondents", TOP, 3.0)
    weighting = Weighting(largest, (usual, *scenarios), robust, contested)
    return Comparison("", 52, 3, 3, 3, 1, 1, {}, weighting=weighting)


def test_nothing_is_said_where_there_are_no_segments():
    bare = Comparison("", 52, 3, 3, 3, 1, 1, {})
    assert plural.loudest(bare) == ()
    assert plural.robust(bare) == ""
    assert plural.contested(bare) == ()
    assert plural.segment_grid(bare, DECK) is None


@pytest.mark.parametrize(
    ("shape", "through", "first"),
    [
        ("thirty", "from IT through each kind of customer to all of them together", "IT thought"),
        ("hidden IT", "from each kind of customer to all of them together", "Branches"),
        ("customers alone", "from each kind of customer to all of them together", "Branches"),
    ],
)
def test_the_way_through_the_kinds_begins_where_their_table_does(shape, through, first):
    found = vars(result_of(shape)).values()
    lead, grid = [block for block in plural.tell_plural(*found) if isinstance(block, Lead | Grid)][:2]
    assert lead.words.startswith(f"The places of each list’s top\xa010, {through};")
    assert grid.heads[1].words == first


def test_one_segment_that_moves_the_list_most_is_named():
    found = weighed(
        Scenario("segments", TOP, 3.0),
        Scenario("without Firms", ("A", "B", "D"), 2.0),
        Scenario("without Shops", TOP, 3.0),
    )
    assert plural.loudest(found) == (
        "The largest kind of customer, Branches, is 40\xa0% of all customers who answered.",
        "With every kind counted the same, the top\xa03 has the same cards.",
        "Leaving out Firms keeps 2 of 3: no other kind moves the list as much.",
    )


def test_where_several_segments_move_it_equally_none_decides():
    found = weighed(
        Scenario("segments", ("A", "B", "D"), 2.5),
        Scenario("without Firms", ("A", "B", "D"), 2.0),
        Scenario("without Shops", ("A", "B", "E"), 2.0),
        largest=None,
    )
    assert plural.loudest(found) == (
        "No kind of customer alone is the largest.",
        "With every kind counted the same, almost all 3 stay in the top\xa03.",
        "Whichever kind is left out, 2 of 3 or more stay: no single one decides.",
    )


def test_where_nobody_decides_it_is_said():
    found = weighed(Scenario("segments", TOP, 3.0), Scenario("without Firms", TOP, 3.0))
    assert plural.loudest(found)[-1] == "Whichever kind is left out, the cards stay the same: no single one decides."


def test_cards_that_come_and_go_are_those_of_the_other_list():
    found = weighed(Scenario("without Firms", ("A", "D", "B"), 2.0)).weighting
    (row,) = plural.weighings(found, 3).rows
    assert [cell.lines[0][0].text for cell in row] == ["Without Firms", "2 of 3", "D", "C"]


@pytest.mark.parametrize(
    ("robust", "said"),
    [
        ((), "No card is in the top\xa03 whichever way it is counted: talk about the kinds of customers one by one."),
        (("A",), "1\xa0card is in the top\xa03 whichever way it is counted: begin with it."),
        (("A", "B"), "2\xa0cards are in the top\xa03 whichever way it is counted: begin with those."),
    ],
)
def test_robust_cards_are_counted(robust, said):
    assert plural.robust(weighed(robust=robust)) == said


def test_contested_cards_stand_with_the_segment_that_decides():
    found = weighed(contested=(Contested("B", "Firms"), Contested("D", "Shops"), Contested("E", "Firms")))
    assert plural.contested(found) == (("Firms", ("B", "E")), ("Shops", ("D",)))


def test_contested_cards_of_several_segments_stand_under_none():
    found = weighed(contested=(Contested("B", "Firms"), Contested("D", None)))
    assert plural.contested(found) == (("Firms", ("B",)), ("No single kind", ("D",)))


def mirrored(people=5, **values):
    names = ("accuracy", "assumed_similarity", "real_similarity", "truth_force", "bias_force", "gain")
    known = dict.fromkeys((*names, "person_difference", "person_p")) | {"accuracy": 0.5} | values
    lists = dict.fromkeys(("it_prediction", "customers_own", "it_own"), ConsensusList(people))
    return Comparison("", 52, 3, 3, 3, 1, 1, lists, projection=Projection(**known))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"accuracy": 0.574, "real_similarity": 0.366},  # 0.57 and 0.37 are printed above it
            "IT’s prediction is closer to what customers chose than its own view, by 0.20: IT looked beyond itself.",
        ),
        (
            {"accuracy": 0.5, "real_similarity": 0.71},
            "IT’s own view is closer to what customers chose than its prediction, by 0.21: it may trust its own eyes.",
        ),
        (
            {"accuracy": 0.5, "real_similarity": 0.46},
            "IT’s prediction is about as close to what customers chose as IT’s own view is.",
        ),
        (
            {"truth_force": 0.2, "bias_force": 0.6},
            "The prediction follows what IT itself sees more than what customers want (0.60 and 0.20, HELD).",
        ),
        (
            {"truth_force": 0.4, "bias_force": 0.41},
            "What customers want and what IT itself sees pull the prediction about equally (0.41 and 0.40, HELD).",
        ),
        (
            {"person_difference": 0.1, "person_p": 0.2},
            "Person by person, predictions and own lists are about equally close to the customers.",
        ),
        (
            {"person_difference": -0.1, "person_p": 0.01},
            "Person by person, own lists are closer to the customers, by more than chance.",
        ),
    ],
)
def test_the_mirror_says_kindly_what_follows(values, said):
    sentences = mirror.sentences(mirrored(**values))
    assert sentences[0] == said.replace("HELD", "each with the other held still")
    assert sentences[-1].startswith("Expecting of others what one thinks oneself is human")


def test_of_fewer_than_five_people_no_likeness_is_said():
    assert len(mirror.likenesses(mirrored(real_similarity=0.3))) == 3
    few = mirrored(4, real_similarity=0.3)
    assert (mirror.likenesses(few), mirror.sentences(few)) == ((), ())
    others = mirrored(real_similarity=0.3)
    others.lists["it_own"] = ConsensusList(4)
    assert mirror.likenesses(others) == ()


def test_without_its_own_view_nothing_is_said_of_mirroring():
    assert mirror.sentences(Comparison("", 52, 3, 3, 3, 1, 1, {})) == ()


@pytest.mark.parametrize(
    ("count", "start"), [(0, "Nothing is lost"), (1, "1\xa0card is lost"), (3, "3\xa0cards are lost")]
)
def test_what_is_lost_on_the_way_is_counted(count, start):
    assert plural.lost_in_words(count).startswith(start)
