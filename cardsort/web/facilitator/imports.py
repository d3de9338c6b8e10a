"""Ballots from elsewhere, brought into the present round: choose a file, see what it would store, confirm."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.ballots import Group
from cardsort.domain.errors import GroupLocked, InvalidTable, WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.files.tables import SUFFIXES, decode
from cardsort.story import answered
from cardsort.usecases.imports import MAX_BYTES, Checked, check_import, import_ballots
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.download import download
from cardsort.web.kit.errors import status_of
from cardsort.web.kit.guard import config
from cardsort.web.kit.making import unpacking

bp = Blueprint("imports", __name__, url_prefix="/desk/<workshop_id>/import")
FRAME_BYTES = 256 * 1024  # what a form adds to a file: its parts, and a second letter for each line's end
HEADER = ("group", "ranking", "segment", "basis", "respondent")


@bp.get("")
def ask(workshop_id: str) -> str:
    """Choose or paste a file; after an import, what became of it."""
    stored, known = (request.args.get(name, type=int) for name in ("stored", "known"))
    return _page(desk_of(workshop_id), stored=stored, known=known)


@bp.get("/template.csv")
def template(workshop_id: str) -> Response:
    """An empty table with the header, for spreadsheets."""
    workshop = desk_of(workshop_id)
    names = [name for name in HEADER if name != "segment" or _segmented(workshop)]
    return download(f"\ufeff{','.join(names)}\r\n", "ballots-to-fill-in.csv")


@bp.post("")
def bring(workshop_id: str) -> AnyResponse:
    """Show what a file would store and what is wrong with it; store it once that is confirmed."""
    workshop = desk_of(workshop_id)
    request.max_content_length = request.max_form_memory_size = MAX_BYTES + FRAME_BYTES
    text = ""
    try:
        text = _text()
        checked = check_import(workshop, text, secret=config().secret)
        if _confirmed(checked):
            stored = import_ballots(workshop, checked)
            known = len(checked.lines) - stored
            return redirect(url_for(".ask", workshop_id=workshop_id, stored=stored, known=known), 303)
    except InvalidTable as fault:
        checked = Checked(faults=(str(fault),))
    except (GroupLocked, WrongStage) as fault:
        return make_response(_page(workshop, text=text, fault=str(fault)), status_of(fault))
    page = _page(workshop, text=text, checked=checked)
    return make_response(page, 422 if checked.faults else 200)


def _text() -> str:
    """The file, or where none was chosen what was pasted."""
    file = request.files.get("file")
    if file is not None and file.filename:
        with file.stream as stream:
            data = stream.read()
        with unpacking(data):
            return decode(data)
    return request.form.get("text", "")


def _confirmed(checked: Checked) -> bool:
    """Whether exactly these lines were agreed to: all of them, or the good ones by that name."""
    agreed = request.form.get("store") == ("good" if checked.faults else "all")
    return agreed and bool(checked.lines) and request.form.get("count") == str(len(checked.lines))


def _segmented(workshop: Workshop) -> list[Group]:
    """The groups whose people say which kind of customer they are, or which team is theirs."""
    return [group for group in Group if workshop.settings.segments_of(group)]


def _page(workshop: Workshop, **more: object) -> str:
    return render_template(
        "import/import.html",
        workshop=workshop,
        known_alone=answered.known_alone(
            {group: sources for group, sources in workshop.core.items() if workshop.round.takes(group)},
            workshop.settings.threshold,
        ),
        segmented=_segmented(workshop),
        open=[group.value for group in Group if workshop.round.takes(group)],
        codes=workshop.deck.codes[:3],
        suffixes=SUFFIXES,
        **more,
    )
