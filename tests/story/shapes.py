"""Results of many shapes, computed from drawn ballots: every telling of a result is held to all of them."""

from dataclasses import replace
from datetime import date
from functools import cache

from cardsort.analysis.compare import compare
from cardsort.domain.agenda import AgendaItem, Decision, Party, Progress, Worth, open_promises
from cardsort.domain.cards import Card, Deck
from tests.paper.conftest import Workshop, draw_ballot_set, make_facts, make_wide_deck
from tests.paper.shipped import shipped

SHAPES = {  # people in IT, customers, and what else is drawn
    "nobody": {"n_it": 0, "n_customers": 0},
    "one": {"n_it": 1, "n_customers": 1},
    "three": {"n_it": 3, "n_customers": 3, "own": True},
    "four with kinds": {"n_it": 4, "n_customers": 12, "kinds": 2},
    "eight": {"n_it": 8, "n_customers": 8, "kinds": 1, "teams": 3},
    "thirty": {
        "n_it": 30,
        "n_customers": 30,
        "kinds": 3,
        "teams": 3,
        "own": True,
        "guess": True,
        "rounds": 2,
        "agreed": True,
    },
    "four cards": {"n_it": 6, "n_customers": 9, "teams": 2, "size": 4, "picks": 3},
    "120 cards": {"n_it": 9, "n_customers": 24, "size": 120, "kinds": 2},
    "120 cards, all ranked": {"n_it": 60, "n_customers": 90, "size": 120, "picks": 120},
    "hidden IT": {"n_it": 2, "n_customers": 30, "kinds": 3},
    "hidden customers": {"n_it": 12, "n_customers": 2, "own": True, "teams": 2},
    "few in IT": {"n_it": 4, "n_customers": 30, "own": True, "teams": 2, "rounds": 2},
    "ties of 49": {"n_it": 5, "n_customers": 9, "picks": 10, "tied": True},
    "customers alone": {"n_it": 0, "n_customers": 40, "kinds": 3, "guess": True, "rounds": 2},
    "three customers alone": {"n_it": 0, "n_customers": 3},
    "two customers alone": {"n_it": 0, "n_customers": 2},
    "IT alone": {"n_it": 12, "n_customers": 0, "own": True},
    "IT alone, all tied": {"n_it": 9, "n_customers": 0, "picks": 10, "tied": True},
    "teams for five customers": {"n_it": 6, "n_customers": 5, "teams": 2},
    "tops of three": {"n_it": 12, "n_customers": 40, "picks": 3, "kinds": 3, "agreed": True},
}


@cache
def result_of(shape: str) -> Workshop:
    """The shape's result, its deck and what is said beside the numbers."""
    return make_shape(**SHAPES[shape])


def make_shape(
    n_it,
    n_customers,
    *,
    size=52,
    picks=10,
    kinds=0,
    teams=0,
    rounds=1,
    own=False,
    guess=False,
    tied=False,
    agreed=False,
):
    deck = _deck(size)
    drawn = {"picks": picks, "kinds": kinds, "teams": teams, "rounds": rounds, "own": own, "guess": guess, "tied": tied}
    ballots = draw_ballot_set(size, n_it, n_customers, **drawn)
    facts = replace(make_facts(), round=rounds, expected={})
    if n_customers > 4:
        codes = deck.codes[: 4 if size < 9 else 9]
        said = ("It takes days.", "it takes days", "Nobody called back.")
        facts = replace(facts, voices=dict.fromkeys(codes, said), moments={"calm": 5, "busy": 3})
    if n_it > 4:
        said = ("The branches.", "Whoever shouts.", "the branches")
        facts = replace(facts, serves=({"Networks": said} if teams else {}) | {"": said})
    if rounds > 1:
        facts = replace(facts, times={1: {"calm": 0.75, "busy": 0.25}, 2: {"outage": 1.0}})
    if agreed:
        facts = replace(facts, agenda=_agenda(deck), promises=_promises(deck))
    return Workshop(compare(deck, ballots, picks=picks, alone=ballots.alone()), deck, facts)


def _deck(size):
    if size == 52:
        return shipped()
    if size > 52:
        return make_wide_deck(size)
    cards = (Card(f"K{number}", f"Card number {number}", question="And now?") for number in range(size))
    return Deck("Few", tuple(cards))


def _agenda(deck):
    due, done = date(2026, 7, 1), {"progress": Progress.UNDER_WAY, "progress_on": date(2026, 6, 3)}
    return (
        AgendaItem(deck.codes[0], Decision.DO, "a day a week", "Sit in a branch", owner="Ada", due=due, **done),
        AgendaItem(
            deck.codes[1],
            Decision.NO,
            reason="No budget.",
            alternative="A shared list",
            worth_paying=Worth.NO,
            acceptable=Worth.UNSURE,
            stakeholder="New colleagues",
        ),
        AgendaItem(deck.codes[2], behaviour="Listen first", from_whom=frozenset({Party.TEAM, Party.MANAGEMENT})),
        AgendaItem(deck.codes[3], Decision.LATER, action="Ask all", reason="After the move", quick_win=True),
    )


def _promises(deck):
    items = (
        (1, AgendaItem(deck.codes[0], Decision.DO, action="Ask twice", due=date(2026, 1, 2))),
        (1, AgendaItem(deck.codes[4], Decision.LATER, reason="Next year", public_owner="Grace")),
    )
    return open_promises(items, date(2026, 6, 1))
