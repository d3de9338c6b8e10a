"""What an invitation tells those who are invited: whom it is for, why them, how long it takes, what is kept.

For the sheet on paper and the one in the browser alike.
"""

from datetime import datetime

from cardsort import language
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.workshops import Appeal
from cardsort.story import words

NONE = Appeal()
FOR = {Group.IT: "For the people who work in IT", Group.CUSTOMERS: "For the people who use the IT services"}
WHY = {
    Group.IT: (
        "You know the work from the inside. Say what you think your customers would put first; then we look together "
        "at what they really chose."
    ),
    Group.CUSTOMERS: ("Only the people who use a service can say how it is for them. Nobody in IT can answer for you."),
}
WHY_IT_ALONE = "You know the work from the inside. Say what you think your customers would put first."


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
        ("Who asks?", appeal.asked_by),
        ("Why does it matter?", appeal.honest_for(group)),
        ("Why you?", WHY_IT_ALONE if alone and group is Group.IT else WHY[group]),
        ("What came of the last round?", appeal.last_round),
        ("How long?", how_long(deck, picks)),
        ("Until when?", until(closes)),
        ("What is kept?", what_is_kept(threshold)),
        ("When will you hear what came of it?", appeal.hear_by),
    )
    return tuple((asked, said) for asked, said in told if said)


def how_long(deck: Deck, picks: int) -> str:
    """The minutes of both ways, as they follow from this deck."""
    by_list, by_card = (effort_of(way, deck, picks).minutes for way in (Way.LIST, Way.CARDS))
    return f"About {words.minutes(by_list)} from a list of the titles, about {by_card} one card at a time."


def until(closes: datetime | None) -> str:
    """When a group closes by itself, in the time zone that it comes with; "" where it does not."""
    return f"You can answer until {language.moment(closes)}." if closes else ""


def what_is_kept(threshold: int) -> str:
    """What is stored of an answer, what is not, and from how many people on a result is shown."""
    return (
        "Your piles, your order of cards and what you choose to say. Not your name, your address or the exact time. "
        f"Results are shown of {words.people(threshold)} or more only."
    )
