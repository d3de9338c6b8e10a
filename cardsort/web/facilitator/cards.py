"""The workshop's cards, until the first ballot: some of them chosen by ticks, other words put on one in its place."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.cardbox import WORDS
from cardsort.domain.cards import TRANSLATION, visible
from cardsort.domain.deckcards import tidy
from cardsort.domain.editions import spoken
from cardsort.domain.errors import InvalidInput, InvalidTable, WrongStage
from cardsort.language import _
from cardsort.usecases.decks import choose_cards, reword_card
from cardsort.web.facilitator.decks import TICKS, refused, to_used
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.errors import status_of
from cardsort.web.kit.strictjson import parse_object, text_at

bp = Blueprint("cards", __name__, url_prefix="/desk/<workshop_id>/deck/cards")


@bp.post("")
def choose(workshop_id: str) -> AnyResponse:
    """Use the cards that are ticked."""
    workshop, ticked = desk_of(workshop_id), request.form.getlist("cards")
    try:
        choose_cards(workshop_id, ticked)
    except (InvalidInput, WrongStage) as error:
        return refused(workshop, [str(error)], status_of(error), faulty=TICKS, ticked=ticked)
    return to_used(workshop)


@bp.put("/<code>")
def save(workshop_id: str, code: str) -> Response:
    """Store the words that changed, while somebody types; the card comes back as it looks now."""
    own = desk_of(workshop_id).settings.language
    deck = spoken(reword_card(workshop_id, code, words_from(parse_object(request.get_data()))), own)
    suits = {suit.letter: suit for suit in deck.suits}
    looks = {"deck": deck, "card": deck[code], "suits": suits, "cards_level": 3 if suits else 2}
    return jsonify(saved=True, card=render_template("deck/_card.html", **looks))


@bp.post("/<code>")
def save_form(workshop_id: str, code: str) -> AnyResponse:
    """Store the words that changed, for browsers without JavaScript: another device may have changed the rest."""
    workshop, was = desk_of(workshop_id), parse_object(request.form.get("was", "{}").encode())
    typed = {name: tidy(request.form.get(name, "")) for name in was if _is_text(name)}
    try:
        reword_card(workshop_id, code, {name: text for name, text in typed.items() if text != was[name]})
    except (InvalidInput, WrongStage) as error:
        faults = error.faults if isinstance(error, InvalidTable) else [str(error)]
        return refused(
            workshop, faults, status_of(error), faulty=code, typed={code: typed}, field=getattr(error, "field", "")
        )
    return redirect(url_for("decks.show", workshop_id=workshop_id, _anchor=code), 303)


def _is_text(name: str) -> bool:
    return name in WORDS or TRANSLATION.fullmatch(name) is not None


def words_from(data: Mapping[str, Any]) -> dict[str, str]:
    """The words in a request of the page, by their field of the card."""
    if strange := {name for name in data if not _is_text(name)}:
        name = visible(min(strange)[:20])
        raise InvalidInput(_("“%(name)s” is not on a card. Reload the page.", name=name))
    return {name: text_at(dict(data), name) for name in data}
