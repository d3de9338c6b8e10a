"""The deck that Cardsort ships, and the one a workshop uses."""

from functools import cache

from cardsort import resources
from cardsort.domain.cards import Deck
from cardsort.domain.deckfile import parse_deck_toml
from cardsort.domain.decktable import write_deck_csv
from cardsort.domain.errors import WrongStage
from cardsort.store import ballots, decks, workshops
from cardsort.store.engine import forget_deleted, writing
from cardsort.usecases.exports import inert

FROZEN = (
    "The cards stay as they are, as somebody has sent a ballot by now: everybody in a workshop votes on the same "
    "cards. "
    "For other cards, start a new workshop."
)
BOM = "\ufeff"  # by it, Excel knows UTF-8


@cache
def shipped_deck(language: str = "en") -> Deck:
    """The 52 cards; read once."""
    return parse_deck_toml((resources.CARDS / f"{language}.toml").read_text(encoding="utf-8"))


def use_deck(workshop_id: str, deck: Deck) -> None:
    """Give the workshop these cards; WrongStage once a ballot was sent, or after the first round.

    Unsent drafts on other cards are dropped.
    """
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        if decks.load_deck(session, workshop_id) == deck:
            return
        if state.begun or workshops.has_ballots(session, workshop_id):
            raise WrongStage(FROZEN)
        decks.replace_deck(session, workshop_id, deck)
        ballots.delete_all_drafts(session, workshop_id)
    forget_deleted()


def deck_table(deck: Deck) -> str:
    """The deck as a table to open in a spreadsheet and upload again."""
    return BOM + write_deck_csv(deck, inert)
