"""Why nothing is said of the cards that a group moved from one round to the next."""

from cardsort.analysis.result import Comparison
from cardsort.analysis.significance import is_testable
from cardsort.domain.ballots import Group
from cardsort.language import N_, _

FIRST_ROUND = N_("This is the first round, so nothing can have moved yet.")
UNMOVED = {  # why nothing is said of what moved: not shown before, not shown now, no order, too few people
    Group.IT: (
        N_("IT’s list of the round before is not shown, so there is nothing to compare with."),
        N_("IT’s list of this round is not shown, so there is nothing to compare."),
        N_("IT’s list: all cards of one of the lists share the same places, so there is no order to compare."),
        N_("IT’s list: there are too few people to test single cards."),
    ),
    Group.CUSTOMERS: (
        N_("The customers’ list of the round before is not shown, so there is nothing to compare with."),
        N_("The customers’ list of this round is not shown, so there is nothing to compare."),
        N_(
            "The customers’ list: all cards of one of the lists share the same places, so there is no order to compare."
        ),
        N_("The customers’ list: there are too few people to test single cards."),
    ),
}


def why_unmoved(comparison: Comparison, place: int, people: list[int | None], whose: Group) -> str:
    """Why nothing is said about the cards that a group moved; `people` = its ballots in each round."""
    if place == 0:
        return _(FIRST_ROUND)
    hidden_before, hidden_now, tied, untestable = UNMOVED[whose]
    before, now = people[place - 1], people[place]
    if before is None:
        return _(hidden_before)
    if now is None:
        return _(hidden_now)
    return _(tied if is_testable(before, now, comparison.deck_size) else untestable)
