from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from cardsort.analysis.chain import find_members
from cardsort.analysis.compare import compare
from cardsort.analysis.expected import ExpectedHits, find_expected_hits
from cardsort.analysis.jsonform import to_json
from cardsort.analysis.result import TeamHits
from cardsort.analysis.selection import ListBallots, Terms, take
from cardsort.analysis.teams import find_teams
from cardsort.domain.ballots import Group
from cardsort.domain.settings import ChainKind, Segment
from cardsort.files.ballotfile import read_ballots
from tests.analysis import naive
from tests.analysis.decks import make_ballots, make_deck

DECK = make_deck(12)
TERMS = Terms(DECK.codes, depth=3, threshold=3, seed=1)


def take_lists(lists: list[list[int]]) -> ListBallots:
    ballots = make_ballots(DECK, it=lists)
    return take(ballots, np.arange(ballots.n), TERMS)


def draw_lists(n: int, seed: int, liking: float = 0.5) -> list[list[int]]:
    values = np.random.default_rng(seed).gumbel(size=(n, 12)) - liking * np.arange(12)
    return (np.argsort(-values, axis=1)[:, :3] + 1).tolist()


def divide(*sizes: int) -> list[tuple[Segment, np.ndarray]]:
    ends = np.cumsum([0, *sizes])
    return [(Segment(f"Team {i}"), np.arange(low, high)) for i, (low, high) in enumerate(pairwise(ends), 1)]


CUSTOMERS = take_lists([[1, 2, 3]] * 9)


def test_teams_stand_in_the_order_given_each_beside_as_many_customers():
    found = find_teams(
        TERMS, take_lists([[7, 8, 9]] * 6 + [[1, 2, 9]] * 4 + [[3, 2, 1]] * 5), CUSTOMERS, divide(6, 4, 5)
    )
    assert found is not None
    assert found.by_team == (
        TeamHits("Team 1", "", 6, 0.0, 3.0, 4),
        TeamHits("Team 2", "", 4, 2.0, 3.0, 4),
        TeamHits("Team 3", "", 5, 3.0, 3.0, 4),
    )


def test_teams_whose_hits_differ_by_more_than_luck_are_told_apart():
    # ten of one mind, and ten who name each another card first: mixed, both halves would name what the ten do
    scattered = [[4 + n % 9, 4 + (n + 3) % 9, 4 + (n + 5) % 9] for n in range(10)]
    found = find_teams(TERMS, take_lists([[1, 2, 3]] * 10 + scattered), CUSTOMERS, divide(10, 10))
    assert found is not None
    assert [team.hits for team in found.by_team] == [3.0, 0.0]
    assert found.apart


def test_luck_is_measured_among_all_of_it_also_those_without_a_team():
    # of 20 people four named the customers' top: a team of four has three of them in 1.3 of 100 divisions, and in 24
    # of 100 where only the two teams were divided anew
    lists = [[1, 2, 3]] * 4 + [[10, 11, 12]] * 16
    found, alone = (find_teams(TERMS, take_lists(lists[:n]), CUSTOMERS, divide(4, 4)) for n in (20, 8))
    assert found is not None
    assert alone is not None
    assert (found.apart, alone.apart) == (True, False)


def test_teams_of_one_mind_are_not_told_apart():
    found = find_teams(TERMS, take_lists([[1, 2, 9]] * 10), CUSTOMERS, divide(4, 6))
    assert found is not None
    assert (found.p, found.apart) == (1.0, False)


def test_teams_of_one_taste_are_told_apart_in_one_case_of_twenty():
    p = []
    for seed in range(20):
        found = find_teams(TERMS, take_lists(draw_lists(15, seed)), CUSTOMERS, divide(5, 5, 5))
        assert found is not None
        p.append(found.p)
    assert np.mean(np.array(p) <= 0.05) <= 0.15


def test_the_hits_of_a_team_are_those_of_the_slow_twin():
    lists, customers = draw_lists(11, 3), draw_lists(20, 4)
    ballots, chosen = (
        [{"ranking": [DECK.codes[card - 1] for card in one]} for one in drawn] for drawn in (lists, customers)
    )
    found = find_teams(TERMS, take_lists(lists), take_lists(customers), divide(4, 7))
    assert found is not None
    goal = naive.mean_ranks(DECK.codes, chosen)
    for team, members in zip(found.by_team, (ballots[:4], ballots[4:]), strict=True):
        assert team.hits == pytest.approx(float(naive.hits(naive.mean_ranks(DECK.codes, members), goal, 3)), abs=1e-12)


def test_few_customers_are_no_bar_and_one_team_has_nobody_to_differ_from():
    found = find_teams(TERMS, take_lists([[1, 2, 3]] * 6), take_lists([[1, 2, 3]] * 5), divide(3, 3))
    assert found is not None
    assert {team.hits_of_customers for team in found.by_team} == {None}
    assert find_teams(TERMS, take_lists([[1, 2, 3]] * 6), CUSTOMERS, divide(6)) is None


def test_people_without_a_shown_team_are_part_of_it_all_the_same():
    lists = take_lists([[1, 2, 3]] * 4 + [[7, 8, 9]] * 4 + [[4, 5, 6]] * 8)
    found = find_teams(TERMS, lists, CUSTOMERS, divide(4, 4))
    assert found is not None
    assert [team.hits for team in found.by_team] == [3.0, 0.0]


def test_expected_hits_are_the_mean_of_the_answers_beside_the_hits():
    assert find_expected_hits([7, 8, 6], 4.5, 3) == ExpectedHits(3, 7.0, 2.5)
    assert find_expected_hits([0, 1, 2, 1], 4, 3) == ExpectedHits(4, 1.0, -3.0)


def test_the_answers_of_few_are_not_told():
    assert find_expected_hits([7, 8], 4.5, 3) is None
    assert find_expected_hits([], 4.5, 0) is None


PLACES = {"Desk": ChainKind.SERVICE_DESK, "Nets": ChainKind.INFRASTRUCTURE, "Apps": ChainKind.APPLICATIONS}
FILE = "group,ranking,segment,source\n"


def of_it(teams: dict[str, tuple[int, list[int]]]) -> str:
    """Lines of so many people of each team, all of one mind."""
    return "".join(rows("it", [one] * count, name) for name, (count, one) in teams.items())


def rows(group: str, lists: list[list[int]], segment: str = "", source: str = "sent") -> str:
    return "".join(f"{group},{' '.join(DECK.codes[card - 1] for card in one)},{segment},{source}\n" for one in lists)


def compared(text: str, *, known: bool = True):
    """The result of a file; a file knows no places in the chain, so they are put in."""
    ballots = read_ballots(FILE + text, DECK)
    if known:
        teams = tuple(Segment(team.name, PLACES.get(team.name)) for team in ballots.teams)
        ballots = replace(ballots, teams=teams)
    return compare(DECK, ballots, picks=3)


CHOSEN = rows("customers", [[1, 2, 3]] * 9)


def test_the_result_tells_teams_along_the_chain_and_those_of_unknown_place_last():
    text = (
        rows("it", [[1, 2, 3]] * 3, "Desk") + rows("it", [[1, 2, 9]] * 4, "Apps") + rows("it", [[7, 8, 9]] * 5, "Nets")
    )
    found = compared(text + rows("it", [[1, 7, 8]] * 3, "Aliens") + CHOSEN)
    assert found.teams is not None
    assert [(team.name, team.kind, team.n, team.hits) for team in found.teams.by_team] == [
        ("Nets", "infrastructure", 5, 0.0),
        ("Apps", "applications", 4, 2.0),
        ("Desk", "service_desk", 3, 3.0),
        ("Aliens", "", 3, 1.0),
    ]
    assert to_json(found)["teams"]["by_team"][3]["kind"] is None
    assert found.reasons["/teams/by_team/3/kind"] == "Nothing is known of this team’s place in the value chain."


def test_the_teams_of_a_result_agree_with_the_slow_twin_whatever_is_drawn():
    for seed in range(6):
        sizes = {"Desk": 3 + seed, "Nets": 4, "Apps": 5}
        drawn = {name: draw_lists(size, 10 * seed + size) for name, size in sizes.items()}
        customers = draw_lists(20, 100 + seed)
        text = "".join(rows("it", lists, name) for name, lists in drawn.items()) + rows("customers", customers)
        found = compared(text).teams
        assert found is not None
        read = naive.read(FILE + text)
        goal = naive.mean_ranks(DECK.codes, naive.pick(read, "customers", "own", 1))
        for team in found.by_team:
            members = [one for one in naive.pick(read, "it", "prediction", 1) if one["segment"] == team.name]
            assert team.n == len(members) == sizes[team.name]
            assert team.hits == pytest.approx(
                float(naive.hits(naive.mean_ranks(DECK.codes, members), goal, 3)), abs=1e-12
            )
        assert found.apart == (found.p <= 0.05)


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [
        ({"Desk": 3, "Nets": 3, "Apps": 3}, ["Nets", "Apps", "Desk"], 0),
        ({"Desk": 4, "Nets": 5, "Apps": 2}, None, 2),  # with Desk alone hidden the two of Apps could be computed
        ({"Desk": 4, "Nets": 5, "Apps": 2, "Unknown": 1}, ["Nets", "Desk"], 2),
        ({"Desk": 6, "Nets": 2, "Apps": 1}, None, 2),
        ({"Desk": 3, "Nets": 3, "": 1}, None, 1),
        ({"Desk": 3, "Nets": 3, "": 3}, ["Nets", "Desk"], 0),
    ],
)
def test_a_team_of_few_is_not_told_nor_one_from_which_it_could_be_computed(sizes, shown, hidden):
    found = compared("".join(rows("it", [[1, 2, 3]] * n, name) for name, n in sizes.items()) + CHOSEN)
    teams = found.teams and [team.name for team in found.teams.by_team]
    assert (teams, found.teams_hidden) == (shown, hidden)
    if teams is None:
        assert found.reasons["/teams"] == "Fewer than two teams in IT can be shown."
    elif hidden:
        assert found.reasons["/teams/by_team"].startswith("2 teams in IT are not shown: too few people are behind one")


def test_typed_and_imported_ballots_count_in_a_team_and_make_none_shown():
    text = (
        rows("it", [[1, 2, 3]] * 3, "Nets") + rows("it", [[1, 2, 3]] * 3, "Apps") + rows("it", [[7, 8, 9]] * 2, "Desk")
    )
    more = rows("it", [[7, 8, 9]], "Nets", "typed") + rows("it", [[7, 8, 9]] * 4, "Desk", "imported")
    assert compared(text + more + CHOSEN).teams is None
    found = compared(text + more + rows("it", [[7, 8, 9]], "Desk") + CHOSEN).teams
    assert found is not None
    assert [(team.name, team.n) for team in found.by_team] == [("Nets", 4), ("Apps", 3), ("Desk", 7)]


def test_teams_are_those_of_the_prediction_and_kinds_of_customers_are_no_teams():
    text = rows("it", [[1, 2, 3]] * 3, "Desk") + rows("it", [[1, 2, 9]] * 4, "Nets")
    customers = rows("customers", [[1, 2, 3]] * 6, "Desk") + rows("customers", [[4, 5, 6]] * 4, "Shops")
    found = compared(text + customers)
    assert found.teams is not None
    assert [(team.name, team.n) for team in found.teams.by_team] == [("Nets", 4), ("Desk", 3)]
    assert [(link.segment, link.kind, link.n) for link in found.chain] == [("Desk", "", 6), ("Shops", "", 4)]


def test_no_teams_are_told_where_a_list_is_hidden():
    text = rows("it", [[1, 2, 3]] * 3, "Desk") + rows("it", [[1, 2, 9]] * 4, "Nets")
    found = compared(text + rows("customers", [[1, 2, 3]] * 2))
    assert (found.teams, found.teams_hidden) == (None, 0)
    assert found.reasons["/teams"].startswith("Fewer than 3\xa0people answered")


def test_a_file_without_places_tells_teams_by_their_names():
    text = rows("it", [[1, 2, 3]] * 3, "Nets") + rows("it", [[1, 2, 9]] * 4, "Apps")
    found = compared(text + CHOSEN, known=False).teams
    assert found is not None
    assert [team.name for team in found.by_team] == ["Apps", "Nets"]


def test_the_order_of_ballots_changes_nothing():
    lines = (rows("it", draw_lists(5, 1), "Nets") + rows("it", draw_lists(6, 2), "Apps") + CHOSEN).splitlines(
        keepends=True
    )
    assert compared("".join(lines)).teams == compared("".join(reversed(lines))).teams


def test_members_are_counted_within_their_list():
    ballots = read_ballots(
        FILE + CHOSEN + rows("it", [[1, 2, 3]] * 3, "Nets") + rows("it", [[7, 8, 9]] * 4, "Apps"), DECK
    )
    predicted = take(ballots, np.arange(9, 16), TERMS)
    found = find_members(TERMS, ballots, predicted, Group.IT)
    assert [(team.name, members.tolist()) for team, members in found] == [("Apps", [3, 4, 5, 6]), ("Nets", [0, 1, 2])]
