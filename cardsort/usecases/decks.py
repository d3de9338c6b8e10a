"""The deck that Cardsort ships, and the cards that a workshop uses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from cardsort.domain.cardbox import CardBox
from cardsort.domain.cards import Deck
from cardsort.domain.editions import CHANGED, shipped
from cardsort.domain.errors import WrongStage
from cardsort.files.decktable import write_deck_csv
from cardsort.files.tables import BOM, inert
from cardsort.language import N_, _, present
from cardsort.store import ballots, decks, workshops
from cardsort.store.engine import forget_deleted, reading, writing

FROZEN = N_(
    "The cards stay as they are, as somebody has sent a ballot by now: everybody in a workshop votes on the same "
    "cards. For other cards, start a new workshop."
)


def shipped_deck(language: str = "") -> Deck:
    """The 52 cards in that language, by default in the present one; read once."""
    return shipped(language or present())


def find_box(workshop_id: str) -> CardBox:
    """All cards that the workshop has at hand."""
    with reading() as session:
        return decks.load_box(session, workshop_id)


def use_deck(workshop_id: str, deck: Deck) -> None:
    """Give the workshop these cards in the place of all that it had."""
    _change(workshop_id, lambda _before: CardBox(deck))


def choose_cards(workshop_id: str, codes: Sequence[str]) -> None:
    """Of the workshop's cards use these; the others are kept aside."""
    _change(workshop_id, lambda box: box.choose(codes))


def reword_card(workshop_id: str, code: str, words: Mapping[str, str]) -> Deck:
    """Put these words on one of the cards in use, and give the deck back; `words` by the names in `cardbox.WORDS`."""
    return _change(workshop_id, lambda box: _named(box.reword(code, words))).deck


def _change(workshop_id: str, change: Callable[[CardBox], CardBox]) -> CardBox:
    """WrongStage once a ballot was sent, or after the first round. Unsent drafts on other cards are dropped."""
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        before = decks.load_box(session, workshop_id)
        after = change(before)
        if after == before:
            return after
        if state.begun or workshops.has_ballots(session, workshop_id):
            raise WrongStage(_(FROZEN))
        decks.replace_box(session, workshop_id, after)
        if after.deck != before.deck:
            decks.begin_edition(session, workshop_id, after.deck)
            ballots.delete_all_drafts(session, workshop_id)
    forget_deleted()
    return after


def _named(box: CardBox) -> CardBox:
    """The shipped cards with other words say so by their name, as their licence asks for."""
    ours = shipped_deck(box.cards.language)
    if box.cards.source != ours.source:
        return box
    name = ours.name if set(box.cards.cards) <= set(ours.cards) else CHANGED % {"name": ours.name}
    return replace(box, cards=replace(box.cards, name=name))


def deck_table(deck: Deck) -> str:
    """The deck as a table to open in a spreadsheet and upload again."""
    return BOM + write_deck_csv(deck, inert)
