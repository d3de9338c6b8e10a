"""What an invitation tells those who are invited: whom it is for, why them, how long it takes, what is kept.

For the sheet on paper and the one in the browser alike.
"""

from datetime import datetime

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.settings import Appeal
from cardsort.language import N_, _, moment, number
from cardsort.story import words

NONE = Appeal()
FOR = {Group.IT: N_("For the people who work in IT"), Group.CUSTOMERS: N_("For the people who use the IT services")}
WHY = {
    Group.IT: N_(
        "You know the work from the inside. Say what you think your customers would put first; then we look together "
        "at what they really chose."
    ),
    Group.CUSTOMERS: N_(
        "Only the people who use a service can say how it is for them. Nobody in IT can answer for you."
    ),
}
WHY_IT_ALONE = N_("You know the work from the inside. Say what you think your customers would put first.")


def why_take_part(
    group: Group,
    *,
    deck: Deck,
    picks: int,
    threshold: int,
    appeal: Appeal = NONE,
    alone: bool = False,
    closes: datetime | None = None,
) -> tuple[tuple[str, str], ...]:
    """(question, answer); `picks` to rank at most, results shown from `threshold` people on.

    What the facilitator said in the `appeal` joins in where it is there, and when the group closes by itself. `alone`:
    the other group is not asked.
    """
    told = (
        (_("Who asks?"), appeal.asked_by),
        (_("Why does it matter?"), appeal.honest_for(group)),
        (_("Why you?"), _(WHY_IT_ALONE if alone and group is Group.IT else WHY[group])),
        (_("What came of the last round?"), appeal.last_round),
        (_("How long?"), how_long(deck, picks)),
        (_("Until when?"), until(closes)),
        (_("What is kept?"), what_is_kept(threshold)),
        (_("When will you hear what came of it?"), appeal.hear_by),
    )
    return tuple((asked, said) for asked, said in told if said)


def how_long(deck: Deck, picks: int) -> str:
    """The minutes of both ways, as they follow from this deck."""
    by_list, by_card = (effort_of(way, deck, picks).minutes for way in (Way.LIST, Way.CARDS))
    return _(
        "About %(by_list)s from a list of the titles, about %(by_card)s one card at a time.",
        by_list=words.minutes(by_list),
        by_card=number(by_card),
    )


def until(closes: datetime | None) -> str:
    """When a group closes by itself, in the time zone that it comes with; "" where it does not."""
    return _("You can answer until %(moment)s.", moment=moment(closes)) if closes else ""


def what_is_kept(threshold: int) -> str:
    """What is stored of an answer, what is not, and from how many people on a result is shown."""
    return _(
        "Your piles, your order of cards and what you choose to say. Not your name, your address or the exact time. "
        "Results are shown of %(people)s or more only.",
        people=words.people(threshold),
    )
