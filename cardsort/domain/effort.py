"""What a ballot asks of a person in each of the two ways of going through the cards: words to read, taps, minutes.

So that nobody is promised a time that somebody once typed in: it follows from the deck and from the number of picks.
"""

from dataclasses import dataclass
from enum import StrEnum

from cardsort.domain.cards import Deck

WORDS_A_MINUTE, SECONDS_A_TAP = 240, 3  # reading on a screen; finding the place, and deciding
WORDS_OF_PAGES = 100  # what the steps say themselves
TAPS_OF_PAGES = 5  # from Begin to Send
PLACED, TAPS_A_MOVE = 3, 2  # the first three are brought to their places, each by choosing the card and a move


class Way(StrEnum):
    """How a person goes through the deck: every card for itself, or all titles as a list."""

    CARDS = "cards"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Effort:
    """Words that are read and taps that are made until a ballot is sent."""

    words: int
    taps: int

    @property
    def minutes(self) -> int:
        """The time that this takes, in whole minutes, at least one; rounded half up."""
        return max(1, int(self.words / WORDS_A_MINUTE + self.taps * SECONDS_A_TAP / 60 + 0.5))


def effort_of(way: Way, deck: Deck, picks: int) -> Effort:
    """What a useful ballot takes: `picks` cards chosen, their titles read once more, the first three put in order."""
    titles = sum(len(card.title.split()) for card in deck.cards)
    fronts = titles + sum(len(card.seen.split()) for card in deck.cards)
    again = round(titles / deck.size * picks) + WORDS_OF_PAGES
    chosen = picks + PLACED * TAPS_A_MOVE + TAPS_OF_PAGES
    if way is Way.LIST:
        return Effort(titles + again, chosen)
    return Effort(fronts + again, deck.size + chosen)
