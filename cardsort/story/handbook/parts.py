"""The guide's parts, in the order in which they are needed."""

from collections.abc import Callable, Iterator

from cardsort.domain.cards import Deck
from cardsort.language import N_
from cardsort.story.blocks import Block, Part
from cardsort.story.handbook.after import tell_agreeing, tell_alone, tell_behaviour, tell_weeks
from cardsort.story.handbook.asking import tell_enough, tell_invite
from cardsort.story.handbook.before import tell_people, tell_sponsor, tell_tomorrow, tell_when
from cardsort.story.handbook.naming import _
from cardsort.story.handbook.prepare import tell_prepare
from cardsort.story.handbook.room import tell_mending, tell_reveal_script, tell_turns
from cardsort.story.handbook.sheets import tell_sheets

IN_HAND = {"sheets", "script"}  # printed apart, to be held in the room
CHAPTERS: dict[str, tuple[str, Callable[[Deck], Iterator[Block]]]] = {
    "tomorrow": (N_("If it is tomorrow"), tell_tomorrow),
    "when": (N_("When to run it, and when not"), tell_when),
    "sponsor": (N_("The sponsor, and the promise of a day"), tell_sponsor),
    "people": (N_("Who does what, and who sits where"), tell_people),
    "enough": (N_("How many people are enough"), tell_enough),
    "invite": (N_("Inviting people who doubt"), tell_invite),
    "prepare": (N_("Preparing it"), tell_prepare),
    "mend": (N_("When something does not work"), tell_mending),
    "sheets": (N_("Run sheets"), tell_sheets),
    "script": (N_("The reveal, slide by slide"), tell_reveal_script),
    "turns": (N_("When the talk turns"), tell_turns),
    "agree": (N_("What we agree"), tell_agreeing),
    "behaviour": (N_("From a card to a behaviour"), tell_behaviour),
    "after": (N_("Afterwards: 30 days, 90 days, round 2"), tell_weeks),
    "alone": (N_("The same cards with IT alone"), tell_alone),
}


def title() -> str:
    """What the guide is called."""
    return _("The facilitator’s guide")


def lead() -> str:
    """For whom it is."""
    return _(
        "For whoever leads a workshop with these cards: to read before, and to hold in the room. Names in quotation "
        "marks, such as %(start)s, stand so on Cardsort’s pages."
    )


def tell_handbook(deck: Deck) -> tuple[Part, ...]:
    """All parts; the minutes are those of this deck."""
    return tuple(Part(name, _(title), tuple(tell(deck)), name in IN_HAND) for name, (title, tell) in CHAPTERS.items())
