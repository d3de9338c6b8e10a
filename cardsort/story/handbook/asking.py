"""Whom to ask: how many people are enough, and how those are won who doubt."""

from collections.abc import Iterator

from cardsort.analysis.sayable import FEW, MANY, PLENTY, SOME
from cardsort.domain.cards import Deck
from cardsort.domain.workshops import DEFAULT_THRESHOLD
from cardsort.story.blocks import Block, Lead, Note, Title
from cardsort.story.handbook.before import minutes_of
from cardsort.story.handbook.naming import Names, points, table

FOUND = (  # people in IT, customers, of 100 workshops about those in which a gap of 20 places became clear
    (5, 12, 5),
    (8, 30, 15),
    (15, 30, 35),
    (30, 30, 55),
    (15, 300, 60),
    (30, 300, 85),
)


def tell_enough(_deck: Deck) -> Iterator[Block]:
    """What may be said with how many people, and how often a difference is found."""
    k = DEFAULT_THRESHOLD
    yield Lead(
        f"At least {k} on each side: of fewer nothing is shown. From {FEW} there are shares, from {SOME} single cards "
        "can be told apart. The smaller side decides. So ask the customers by mail days before, and have fifteen or "
        "more of IT, if there are so many."
    )
    yield table(
        "What may be said with how many people",
        ("Smaller side", "What the result says"),
        (
            (f"fewer than {k}", "Nothing of that side, to protect who answered. The other side’s list can be shown."),
            (f"{k} to {FEW - 1}", "Both lists and how many cards IT named: a conversation starter, with counts."),
            (f"{FEW} to {SOME - 1}", "Shares too, with wide ranges: read directions, not single places."),
            (f"{SOME} to {MANY - 1}", "Single cards can be called clear. Only the first two or three places are firm."),
            (f"{MANY} to {PLENTY - 1}", "Everything; cards that few have listed get a band instead of a place."),
            (f"{PLENTY} and more", "Everything; now small differences are clear too, so read how large they are."),
        ),
    )
    yield Title("How often a real difference is found")
    yield table(
        "How often a gap of 20 places is called clear",
        ("Who answers", "A gap of 20 places is called clear"),
        tuple(
            (f"{it} in IT, {customers} customers", f"in about {found} of 100 workshops")
            for it, customers, found in FOUND
        ),
    )
    yield Note(
        "In so many of 100 simulated workshops with 52 cards, a card that truly stood 20 places apart was called "
        "clear. “Not clear” never means “no difference”: with few people it is not seen. What both put at the top "
        "can be worked on without it. A room of 18 and 12 was not simulated; with so few customers "
        "plan for a talk in which hardly a gap is clear."
    )


def tell_invite(deck: Deck) -> Iterator[Block]:
    """What doubters say, what to answer, and what the invitation needs."""
    by_list, by_card = minutes_of(deck)
    yield Lead(
        "People come when a person asks them, when they see that something came of the last time, and when it is "
        "short. Let the invitation come from the sponsor, or from somebody the customers work with."
    )
    yield table(
        "What doubters say",
        ("They say", "You can say"),
        (
            (
                ("“Things are fine, so why bother?”", "IT"),
                "Then it is cheap to find out. Write down what you expect; if they choose it, you have it in print.",
            ),
            (
                ("“They will only complain.”", "IT"),
                (
                    "Every card is a complaint, and all are known. New is only which of them matter most. And a no "
                    "with its reason is a fair answer."
                ),
            ),
            (
                ("“We never have customers.”", "IT"),
                "Who uses what your team makes, and who uses what they make? At the end of that chain somebody pays.",
            ),
            (
                ("“They never understand us, so why bother?”", "Customers"),
                (
                    "IT writes down what it expects you to choose. For the first time it will be seen how well that "
                    "fits, and only you can show it."
                ),
            ),
            (
                ("“Nothing came of it last time.”", "Customers"),
                "True, or here is what did. This time there is a day by which you read it, and this is who promises.",
            ),
            (
                ("“Is it really anonymous?”", "Both"),
                (
                    "No name, address or time of a vote is kept, and nothing is shown of fewer than "
                    f"{DEFAULT_THRESHOLD}. Who owns the server, or the laptop, can read its database; "
                    f"{Names.ANONYMOUS} on the page says all."
                ),
            ),
            (
                ("“I have no time.”", "Both"),
                (
                    f"{by_list} minutes from the list of titles, about {by_card} one card at a time. On a server "
                    "the bus ride home will do."
                ),
            ),
        ),
    )
    yield Title("What to fill in")
    yield points(
        (f"{Names.ASKS}", "A person rather than a department."),
        (f"{Names.HONEST}", "What misunderstanding each other has cost. It opens more doors than any reason."),
        (
            f"{Names.LAST}",
            "One thing that is different now; or that there was no answer, and that this time there is one.",
        ),
        (f"{Names.HEAR}", "The day that the sponsor promised."),
        (
            "Then the mails:",
            (
                "Cardsort writes them and sends none, as it knows no addresses. Copy them. Nobody knows who has "
                f"answered, so the reminder goes to all ({Names.REMINDER})."
            ),
        ),
    )
