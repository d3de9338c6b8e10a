"""The guide's parts, in the order in which they are needed."""

from collections.abc import Callable, Iterator

from cardsort.domain.cards import Deck
from cardsort.story.blocks import Block, Part
from cardsort.story.handbook.after import tell_agreeing, tell_alone, tell_behaviour, tell_weeks
from cardsort.story.handbook.asking import tell_enough, tell_invite
from cardsort.story.handbook.before import tell_people, tell_sponsor, tell_tomorrow, tell_when
from cardsort.story.handbook.prepare import tell_prepare
from cardsort.story.handbook.room import tell_mending, tell_reveal_script, tell_turns
from cardsort.story.handbook.sheets import tell_sheets

TITLE = "The facilitator’s guide"
LEAD = (
    "For whoever leads a workshop with these cards: to read before, and to hold in the room. Names in quotation "
    "marks, such as “Start a workshop”, stand so on Cardsort’s pages."
)
IN_HAND = {"sheets", "script"}  # printed apart, to be held in the room
CHAPTERS: dict[str, tuple[str, Callable[[Deck], Iterator[Block]]]] = {
    "tomorrow": ("If it is tomorrow", tell_tomorrow),
    "when": ("When to run it, and when not", tell_when),
    "sponsor": ("The sponsor, and the promise of a day", tell_sponsor),
    "people": ("Who does what, and who sits where", tell_people),
    "enough": ("How many people are enough", tell_enough),
    "invite": ("Inviting people who doubt", tell_invite),
    "prepare": ("Preparing it", tell_prepare),
    "mend": ("When something does not work", tell_mending),
    "sheets": ("Run sheets", tell_sheets),
    "script": ("The reveal, slide by slide", tell_reveal_script),
    "turns": ("When the talk turns", tell_turns),
    "agree": ("What we agree", tell_agreeing),
    "behaviour": ("From a card to a behaviour", tell_behaviour),
    "after": ("Afterwards: 30 days, 90 days, round 2", tell_weeks),
    "alone": ("The same cards with IT alone", tell_alone),
}


def tell_handbook(deck: Deck) -> tuple[Part, ...]:
    """All parts; the minutes are those of this deck."""
    return tuple(Part(name, title, tuple(tell(deck)), name in IN_HAND) for name, (title, tell) in CHAPTERS.items())
