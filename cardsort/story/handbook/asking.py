"""Whom to ask: how many people are enough, and how those are won who doubt."""

from collections.abc import Iterator

from cardsort.analysis.sayable import FEW, MANY, PLENTY, SOME
from cardsort.domain.cards import Deck
from cardsort.domain.settings import DEFAULT_THRESHOLD
from cardsort.language import number
from cardsort.story.blocks import Block, Lead, Note, Title
from cardsort.story.handbook.before import minutes_of
from cardsort.story.handbook.naming import _, points, table

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
        _(
            "At least %(least)s on each side: of fewer nothing is shown. From %(few)s there are shares, from %(some)s "
            "single cards can be told apart. The smaller side decides. So ask the customers by mail days before, "
            "and have fifteen or more of IT, if there are so many.",
            least=number(k),
            few=number(FEW),
            some=number(SOME),
        )
    )
    yield table(
        _("What may be said with how many people"),
        (_("Smaller side"), _("What the result says")),
        (
            (
                _("fewer than %(count)s", count=number(k)),
                _("Nothing of that side, to protect who answered. The other side’s list can be shown."),
            ),
            (_to(k, FEW - 1), _("Both lists and how many cards IT named: a conversation starter, with counts.")),
            (_to(FEW, SOME - 1), _("Shares too, with wide ranges: read directions, not single places.")),
            (_to(SOME, MANY - 1), _("Single cards can be called clear. Only the first two or three places are firm.")),
            (_to(MANY, PLENTY - 1), _("Everything; cards that few have listed get a band instead of a place.")),
            (
                _("%(count)s and more", count=number(PLENTY)),
                _("Everything; now small differences are clear too, so read how large they are."),
            ),
        ),
    )
    yield Title(_("How often a real difference is found"))
    yield table(
        _("How often a gap of 20 places is called clear"),
        (_("Who answers"), _("A gap of 20 places is called clear")),
        tuple(
            (
                _("%(it)s in IT, %(customers)s customers", it=number(it), customers=number(customers)),
                _("in about %(found)s of 100 workshops", found=number(found)),
            )
            for it, customers, found in FOUND
        ),
    )
    yield Note(
        _(
            "In so many of 100 simulated workshops with 52 cards, a card that truly stood 20 places apart was "
            "called clear. “Not clear” never means “no difference”: with few people it is not seen. What both put "
            "at the top can be worked on without it. A room of 18 and 12 was not simulated; with so few customers "
            "plan for a talk in which hardly a gap is clear."
        )
    )


def _to(low: int, high: int) -> str:
    return _("%(low)s to %(high)s", low=number(low), high=number(high))


def tell_invite(deck: Deck) -> Iterator[Block]:
    """What doubters say, what to answer, and what the invitation needs."""
    by_list, by_card = minutes_of(deck)
    yield Lead(
        _(
            "People come when a person asks them, when they see that something came of the last time, and when it "
            "is short. Let the invitation come from the sponsor, or from somebody the customers work with."
        )
    )
    yield table(
        _("What doubters say"),
        (_("They say"), _("You can say")),
        (
            (
                (_("“Things are fine, so why bother?”"), _("IT")),
                _("Then it is cheap to find out. Write down what you expect; if they choose it, you have it in print."),
            ),
            (
                (_("“They will only complain.”"), _("IT")),
                _(
                    "Every card is a complaint, and all are known. New is only which of them matter most. And a "
                    "no with its reason is a fair answer."
                ),
            ),
            (
                (_("“We never have customers.”"), _("IT")),
                _(
                    "Who uses what your team makes, and who uses what they make? At the end of that chain "
                    "somebody pays."
                ),
            ),
            (
                (_("“They never understand us, so why bother?”"), _("Customers")),
                _(
                    "IT writes down what it expects you to choose. For the first time it will be seen how well "
                    "that fits, and only you can show it."
                ),
            ),
            (
                (_("“Nothing came of it last time.”"), _("Customers")),
                _(
                    "True, or here is what did. This time there is a day by which you read it, and this is who "
                    "promises."
                ),
            ),
            (
                (_("“Is it really anonymous?”"), _("Both")),
                _(
                    "No name, address or time of a vote is kept, and nothing is shown of fewer than %(least)s. Who "
                    "owns the server, or the laptop, can read its database; %(anonymous)s on the page says all.",
                    least=number(DEFAULT_THRESHOLD),
                ),
            ),
            (
                (_("“I have no time.”"), _("Both")),
                _(
                    "%(by_list)s minutes from the list of titles, about %(by_card)s one card at a time. On a "
                    "server the bus ride home will do.",
                    by_list=number(by_list),
                    by_card=number(by_card),
                ),
            ),
        ),
    )
    yield Title(_("What to fill in"))
    yield points(
        _("%(strong)s%(asks)s%(end)s A person rather than a department."),
        _(
            "%(strong)s%(honest)s%(end)s What misunderstanding each other has cost. It opens more doors than any "
            "reason."
        ),
        _(
            "%(strong)s%(last)s%(end)s One thing that is different now; or that there was no answer, and that "
            "this time there is one."
        ),
        _("%(strong)s%(hear)s%(end)s The day that the sponsor promised."),
        _(
            "%(strong)sThen the mails:%(end)s Cardsort writes them and sends none, as it knows no addresses. Copy "
            "them. Nobody knows who has answered, so the reminder goes to all (%(reminder)s)."
        ),
    )
