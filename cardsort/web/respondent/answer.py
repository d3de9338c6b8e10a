"""“You said, we did”: what becomes of the cards, on the link people voted with."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from cardsort.domain.workshops import Workshop
from cardsort.story import words
from cardsort.usecases.agenda import read_answer
from cardsort.usecases.voting import find_voting
from cardsort.web.kit.guard import config
from cardsort.web.respondent.voting import speak_to

bp = Blueprint("answer", __name__, url_prefix="/v/<token>")


@bp.get("/answer")
def answer(token: str) -> str:
    """The newest published answer; before that a sentence."""
    voting = find_voting(token, secret=config().secret)
    speak_to(voting)
    answer, state = read_answer(voting.workshop), voting.workshop.round
    kiosk = 1 if request.args.get("kiosk") == "1" else None
    shown = state.on_devices and answer.round == state.number
    return render_template(
        "agenda/answer.html",
        workshop=voting.workshop,
        group=voting.group.value,
        answer=answer,
        back=url_for("voting.welcome", token=token, kiosk=kiosk),
        result=url_for("lists.show", token=token, kiosk=kiosk) if shown else "",
        **looks(voting.workshop),
    )


def looks(workshop: Workshop) -> dict[str, Any]:
    """What every template with cards needs."""
    return {"deck": workshop.deck, "suits": {suit.letter: suit for suit in workshop.deck.suits}, "words": words}
