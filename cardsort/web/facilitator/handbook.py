"""The facilitator's guide, for everybody: as a page and to print."""

from functools import lru_cache

from flask import Blueprint, Response, render_template, request

from cardsort import language
from cardsort.story.handbook.parts import lead, tell_handbook, title
from cardsort.usecases.decks import shipped_deck
from cardsort.web.facilitator.printing import chosen_paper
from cardsort.web.kit.download import download
from cardsort.web.kit.making import making

bp = Blueprint("handbook", __name__)


@bp.get("/guide")
def show() -> str:
    """All of it on one page, with a list of contents."""
    deck = shipped_deck()
    return render_template(
        "pages/guide.html", parts=tell_handbook(deck), title=title(), lead=lead(), suits={}, costs="", deck=deck
    )


@bp.get("/guide.pdf")
def pdf() -> Response:
    """The same on paper."""
    with making():
        body = _pdf(chosen_paper(request.args), language.present())
    return download(body, "facilitators-guide.pdf")


@lru_cache(maxsize=8)
def _pdf(paper: str, _spoken: str) -> bytes:
    """It says the same to everybody, so it is made once for each paper in each language."""
    from cardsort.paper.handbook import build_handbook

    return build_handbook(shipped_deck(), paper=paper)
