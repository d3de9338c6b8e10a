"""The workshop's own cards: uploaded as a table, looked at, then used; and the cards it has, to print or to edit."""

import csv
import io
from collections.abc import Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.cards import TEXT_LENGTH, TITLE_LENGTH, Deck
from cardsort.domain.deckcards import tidy
from cardsort.domain.deckfile import FILE_BYTES, TOO_LARGE, read_table
from cardsort.domain.decktable import COLUMNS, OWN_DECK, parse_deck_csv, write_deck_csv
from cardsort.domain.errors import InvalidDeck, WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.usecases.decks import BOM, FROZEN, deck_table, shipped_deck, use_deck
from cardsort.web.everybody.deckpage import deck_context, deck_facts
from cardsort.web.facilitator.printing import chosen_paper
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.download import download
from cardsort.web.kit.making import making

bp = Blueprint("decks", __name__, url_prefix="/desk/<workshop_id>")
UPLOAD_BYTES = FILE_BYTES + 16 * 1024  # the file with the form around it
TABLE_BYTES = 512 * 1024  # the largest deck as its own table
NO_FILE = "No file was chosen. Choose your table, then look at it."
SAYS = {
    "code": (
        "A short name such as X-07, of 1 to 12 letters, digits, dots or dashes; leave it out for all cards, and they "
        "are numbered."
    ),
    "title": f"What stands large on the card, of at most {TITLE_LENGTH} characters; the only column that is needed.",
    "suit": "The family that the card belongs to; cards with the same entry lie together.",
    "lens": "customer, process or cost; the report tells the balance of the three.",
    "seen": f"How one notices it, of at most {TEXT_LENGTH} characters; on the front, below the title.",
    "cost": "What it costs; on the back, as long as seen.",
    "better": "What better looks like; on the back.",
    "question": "A question to talk about; on the back.",
    "icon": "The name of a Lucide icon, such as anchor; a name that is not known is passed over.",
}
EXAMPLES = (
    (
        "A-01",
        "Nobody answers the phone",
        "Attitude",
        "customer",
        "Ten minutes of music, then the line goes dead.",
        "An hour of work, each time.",
        "Somebody answers, or calls back the same day.",
        "When did you last call your own number?",
        "phone-off",
    ),
    (
        "B-01",
        "Changes come as a surprise",
        "Behaviour",
        "process",
        "On Monday the screen looks different.",
        "A morning for everybody who has to ask.",
        "A word a week before, and who to ask.",
        "How do people learn what changes tomorrow?",
        "calendar-x",
    ),
)


@bp.get("/deck")
def show(workshop_id: str) -> str:
    """The cards that the workshop has, and the way to others."""
    return _page(desk_of(workshop_id), used="used" in request.args)


@bp.post("/deck")
def preview(workshop_id: str) -> AnyResponse:
    """The uploaded table as cards, before anything is stored; or all that is wrong with it."""
    request.max_content_length = UPLOAD_BYTES
    workshop = desk_of(workshop_id)
    try:
        sent = request.files.get("table")
    except RequestEntityTooLarge:
        return _refused(workshop, [TOO_LARGE], 413)
    if workshop.round.begun:
        return _refused(workshop, [FROZEN], 409)
    if sent is None or not sent.filename:
        return _refused(workshop, [NO_FILE], 422)
    data = sent.read()
    if len(data) > FILE_BYTES:
        return _refused(workshop, [TOO_LARGE], 413)
    try:
        deck = read_table(data, sent.filename)
    except InvalidDeck as error:
        return _refused(workshop, error.faults, 422)
    return make_response(_preview_page(workshop, deck))


@bp.post("/deck/use")
def use(workshop_id: str) -> AnyResponse:
    """Use the cards that the preview showed; it carries them, and they are checked again."""
    request.max_content_length = request.max_form_memory_size = TABLE_BYTES
    workshop = desk_of(workshop_id)
    try:
        deck = parse_deck_csv(
            request.form.get("cards", ""), tidy(request.form.get("name", ""))[:TEXT_LENGTH] or OWN_DECK
        )
    except InvalidDeck as error:
        return _refused(workshop, error.faults, 422)
    return _use(workshop_id, deck)


@bp.post("/deck/shipped")
def use_shipped(workshop_id: str) -> AnyResponse:
    """Go back to the cards that come with Cardsort."""
    desk_of(workshop_id)
    return _use(workshop_id, shipped_deck())


@bp.get("/deck.csv")
def table(workshop_id: str) -> Response:
    """The workshop's cards as a table, to edit and to upload again."""
    return download(deck_table(desk_of(workshop_id).deck), "cards.csv")


@bp.get("/deck-template.csv")
def template(workshop_id: str) -> Response:
    """An empty table with two examples."""
    desk_of(workshop_id)
    out = io.StringIO(newline="")
    csv.writer(out).writerows((COLUMNS, *EXAMPLES))
    return download(BOM + out.getvalue(), "card-template.csv")


@bp.get("/deck.pdf")
def to_cut_out(workshop_id: str) -> Response:
    """The workshop's cards to cut out."""
    from cardsort.paper.deckpdf import build_deck

    deck = desk_of(workshop_id).deck
    with making():
        pdf = build_deck(deck, paper=chosen_paper(request.args))
    return download(pdf, "cards.pdf")


def _use(workshop_id: str, deck: Deck) -> AnyResponse:
    try:
        use_deck(workshop_id, deck)
    except WrongStage as error:
        return _refused(desk_of(workshop_id), [str(error)], 409)
    return redirect(url_for(".show", workshop_id=workshop_id, used=1), 303)


def _refused(workshop: Workshop, faults: Sequence[str], status: int) -> Response:
    return make_response(_page(workshop, faults=faults), status)


def _page(workshop: Workshop, *, faults: Sequence[str] = (), used: bool = False) -> str:
    return render_template(
        "deck/desk.html",
        workshop=workshop,
        shipped=workshop.deck == shipped_deck(),
        frozen=workshop.round.begun,
        why_frozen=FROZEN,
        faults=faults,
        used=used,
        columns=[(name, SAYS[name]) for name in COLUMNS],
        **deck_context(workshop.deck, request.args),
    )


def _preview_page(workshop: Workshop, deck: Deck) -> str:
    return render_template(
        "deck/preview.html",
        workshop=workshop,
        table=write_deck_csv(deck),
        facts=list(deck_facts(deck)),
        picks=min(workshop.settings.picks, deck.size),
        **deck_context(deck, {}),
    )
