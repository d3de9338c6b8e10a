"""What an invitation tells those who are invited: whom it is for, why them, how long it takes, what is kept.

For the sheet on paper and the one in the browser alike.
"""

from cardsort.domain.ballots import Group
from cardsort.domain.workshops import Appeal, minutes_needed
from cardsort.report import words

NONE = Appeal()
FOR = {Group.IT: "For the people who work in IT", Group.CUSTOMERS: "For the people who use the IT services"}
WHY = {
    Group.IT: (
        "You know the work from the inside. Say what you think your customers would put first; then we look together "
        "at what they really chose."
    ),
    Group.CUSTOMERS: (
        "Only the people who use a service can say what most needs solving in it. Nobody in IT can answer for you."
    ),
}


def reasons(
    group: Group, *, cards: int, picks: int, threshold: int, appeal: Appeal = NONE
) -> tuple[tuple[str, str], ...]:
    """(question, answer); `cards` in the deck, `picks` to rank at most, results shown from `threshold` people on.

    What the facilitator said in the `appeal` joins in where it is there.
    """
    minutes = minutes_needed(group, cards, picks)
    told = (
        ("Who asks?", appeal.asked_by),
        ("Why does it matter?", appeal.honest),
        ("Why you?", WHY[group]),
        ("What came of the last round?", appeal.last_round),
        ("How long?", f"At most {minutes}\xa0minute{'' if minutes == 1 else 's'} for {words.cards(cards)}."),
        ("What is kept?", what_is_kept(threshold)),
        ("When will you hear what came of it?", appeal.hear_by),
    )
    return tuple((asked, said) for asked, said in told if said)


def what_is_kept(threshold: int) -> str:
    """What is stored of an answer, what is not, and from how many people on a result is shown."""
    return (
        "Your piles, your order of cards and what you choose to say. Not your name, your address or the exact time. "
        f"Results are shown of {words.people(threshold)} or more only."
    )
