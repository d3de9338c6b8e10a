"""The workshop's own cards: uploaded as a table, looked at, then used; and the cards it has, to print or to change."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from cardsort import language
from cardsort.domain.cardbox import WORDS
from cardsort.domain.cards import MIN_CARDS, TEXT_LENGTH, TITLE_LENGTH, Deck, Lens
from cardsort.domain.deckcards import tidy
from cardsort.domain.errors import InvalidTable, WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.files.deckfile import FILE_BYTES, TOO_LARGE, read_table
from cardsort.files.decktable import COLUMNS, OWN_DECK, parse_deck_csv, write_deck_csv
from cardsort.files.tables import BOM, SUFFIXES, write_csv
from cardsort.language import N_, _, listed
from cardsort.usecases.decks import FROZEN, deck_table, find_box, shipped_deck, use_deck
from cardsort.usecases.printable import unprintable
from cardsort.web.everybody.deckpage import deck_context, deck_facts
from cardsort.web.facilitator.printing import chosen_paper
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.download import download
from cardsort.web.kit.making import making, unpacking
from cardsort.web.kit.speaking import printing

bp = Blueprint("decks", __name__, url_prefix="/desk/<workshop_id>")
UPLOAD_BYTES = FILE_BYTES + 16 * 1024  # the file with the form around it
TABLE_BYTES = 512 * 1024  # the largest deck as its own table
TABLE, TICKS = "#table", "#ticks"  # what is wrong, where it is not a card
NO_FILE = N_("No file was chosen. Choose your table, then look at it.")
SAYS = {
    "code": N_(
        "A short name such as X-07, of 1 to 12 letters, digits, dots or dashes; leave it out for all cards, and they "
        "are numbered."
    ),
    "title": N_("What stands large on the card, of at most %(n)s characters; the only column that is needed."),
    "suit": N_("The family that the card belongs to; cards with the same entry lie together."),
    "lens": N_("%(lenses)s; the report tells the balance of the three."),
    "seen": N_("How one notices it, of at most %(n)s characters; on the front, below the title."),
    "cost": N_("What it costs; on the back, as long as %(column)s."),
    "better": N_("What better looks like; on the back."),
    "question": N_("A question to talk about; on the back."),
    "icon": N_("The name of a Lucide icon, such as anchor; a name that is not known is passed over."),
}


@bp.get("/deck")
def show(workshop_id: str) -> str:
    """The cards that the workshop has, and the way to others."""
    return deck_page(desk_of(workshop_id), picks_before=request.args.get("used"))


@bp.post("/deck")
def preview(workshop_id: str) -> AnyResponse:
    """The uploaded table as cards, before anything is stored; or all that is wrong with it."""
    request.max_content_length = UPLOAD_BYTES
    workshop = desk_of(workshop_id)
    try:
        sent = request.files.get("table")
    except RequestEntityTooLarge:
        return refused(workshop, [_(TOO_LARGE)], 413, faulty=TABLE)
    if workshop.round.begun:
        return refused(workshop, [_(FROZEN)], 409)
    if sent is None or not sent.filename:
        return refused(workshop, [_(NO_FILE)], 422, faulty=TABLE)
    data = sent.read()
    if len(data) > FILE_BYTES:
        return refused(workshop, [_(TOO_LARGE)], 413, faulty=TABLE)
    try:
        with unpacking(data):
            deck = in_own_language(read_table(data, sent.filename), workshop)
    except InvalidTable as error:
        return refused(workshop, error.faults, 422, faulty=TABLE)
    return make_response(_preview_page(workshop, deck))


@bp.post("/deck/use")
def use(workshop_id: str) -> AnyResponse:
    """Use the cards that the preview showed; it carries them, and they are checked again."""
    request.max_content_length = request.max_form_memory_size = TABLE_BYTES
    workshop = desk_of(workshop_id)
    try:
        deck = parse_deck_csv(
            request.form.get("cards", ""), tidy(request.form.get("name", ""))[:TEXT_LENGTH] or _(OWN_DECK)
        )
    except InvalidTable as error:
        return refused(workshop, error.faults, 422)
    return _use(workshop, in_own_language(deck, workshop))


@bp.post("/deck/shipped")
def use_shipped(workshop_id: str) -> AnyResponse:
    """Go back to the cards that come with Cardsort."""
    return _use(workshop := desk_of(workshop_id), shipped_deck(workshop.settings.language))


@bp.get("/deck.csv")
def table(workshop_id: str) -> Response:
    """The workshop's cards as a table, to edit and to upload again."""
    return download(deck_table(desk_of(workshop_id).own_deck), "cards.csv")


@bp.get("/deck-template.csv")
def template(workshop_id: str) -> Response:
    """An empty table with two examples."""
    desk_of(workshop_id)
    return download(BOM + write_csv((COLUMNS, *_examples())), "card-template.csv")


@bp.get("/deck.pdf")
def to_cut_out(workshop_id: str) -> Response:
    """The workshop's cards to cut out."""
    from cardsort.paper.deckpdf import build_deck

    workshop = desk_of(workshop_id)
    with making(), printing(request.args, workshop.settings.language):
        pdf = build_deck(workshop.deck, paper=chosen_paper(request.args))
    return download(pdf, "cards.pdf")


def in_own_language(deck: Deck, workshop: Workshop) -> Deck:
    """A table does not say its language: it is the workshop's."""
    return dataclasses.replace(deck, language=workshop.settings.language)


def _use(workshop: Workshop, deck: Deck) -> AnyResponse:
    try:
        use_deck(workshop.id, deck)
    except WrongStage as error:
        return refused(desk_of(workshop.id), [str(error)], 409)
    return to_used(workshop)


def to_used(workshop: Workshop) -> AnyResponse:
    """To the page, which says that the cards are in use now; `workshop` as it was before."""
    return redirect(url_for("decks.show", workshop_id=workshop.id, used=workshop.settings.picks), 303)


def refused(workshop: Workshop, faults: Sequence[str], status: int, **more: Any) -> Response:
    """The page with what is wrong, and nothing changed."""
    return make_response(deck_page(workshop, faults=faults, **more), status)


def deck_page(
    workshop: Workshop,
    *,
    faults: Sequence[str] = (),
    faulty: str = "",
    field: str = "",
    ticked: Sequence[str] | None = None,
    typed: Mapping[str, Mapping[str, str]] | None = None,
    picks_before: str | None = None,
) -> str:
    """The cards with the ways to others.

    `faulty` is what the `faults` are about: TABLE, TICKS, a card's code with its `field`, or nothing of the page.
    `ticked`: the cards that were; `typed`: what was typed to a card. `picks_before`: how many everybody chose before
    these cards were used.
    """
    box = find_box(workshop.id)
    deck, own, ours = workshop.deck, workshop.own_deck, shipped_deck(box.cards.language)
    frozen = workshop.round.begun
    told_there = not frozen and faulty in {TABLE, TICKS, *deck.codes}
    return render_template(
        "deck/desk.html",
        workshop=workshop,
        shipped=own == ours,
        ours=box.cards.source == ours.source,
        reworded=sum(card not in ours.cards for card in own.cards),
        box=box.cards,
        box_parts=deck_context(box.cards, {})["parts"],
        least=MIN_CARDS,
        ticked=deck.codes if ticked is None else ticked,
        words=[(name, TITLE_LENGTH if name.startswith("title") else TEXT_LENGTH) for name in fields_of(own)],
        stored=(stored := {card.code: {name: card.words(name) for name in fields_of(own)} for card in own.cards}),
        own_language=own.language,
        typed={**stored, **(typed or {})},
        faulty=faulty if told_there else "",
        faulty_field=field,
        picks_before=picks_before,
        frozen=frozen,
        why_frozen=_(FROZEN),
        suffixes=SUFFIXES,
        faults=faults,
        unprintable=unprintable(deck),
        columns=[(name, _says(name)) for name in COLUMNS],
        **deck_context(deck, request.args),
    )


def _examples() -> Iterator[tuple[str, ...]]:
    """Two cards as lines of a table; what names a lens or an icon is the same in every language."""
    yield (
        "A-01",
        _("Nobody answers the phone"),
        _("Attitude"),
        "customer",
        _("Ten minutes of music, then the line goes dead."),
        _("An hour of work, each time."),
        _("Somebody answers, or calls back the same day."),
        _("When did you last call your own number?"),
        "phone-off",
    )
    yield (
        "B-01",
        _("Changes come as a surprise"),
        _("Behaviour"),
        "process",
        _("On Monday the screen looks different."),
        _("A morning for everybody who has to ask."),
        _("A word a week before, and who to ask."),
        _("How do people learn what changes tomorrow?"),
        "calendar-x",
    )


def _says(column: str) -> str:
    """What stands in that column; the words that it takes are the same in every language."""
    longest = TITLE_LENGTH if column == "title" else TEXT_LENGTH
    return _(SAYS[column], n=longest, lenses=listed(list(Lens), either=True), column="seen")


def fields_of(deck: Deck) -> tuple[str, ...]:
    """The texts of a card that can be edited: those of the deck's own language, then title and how it is noticed in
    each other one that is offered, and what else the deck brings.
    """
    others = [code for code in language.offered() if code != deck.language]
    offered = [f"{name}_{code}" for code in others for name in ("title", "seen")]
    brought = sorted({name for card in deck.cards for name, _text in card.translations})
    return (*WORDS, *dict.fromkeys([*offered, *brought]))


def _preview_page(workshop: Workshop, deck: Deck) -> str:
    return render_template(
        "deck/preview.html",
        workshop=workshop,
        table=write_deck_csv(deck),
        facts=list(deck_facts(deck)),
        picks=min(workshop.settings.picks, deck.size),
        unprintable=unprintable(deck),
        **deck_context(deck, {}),
    )
