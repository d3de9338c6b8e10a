"""Preparing a workshop that is already there: changing it, writing to those who are asked, replacing a link."""

from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import InvalidInput, NotFound, WrongStage
from cardsort.domain.workshops import ChainKind, Settings, Workshop
from cardsort.store.links import Purpose
from cardsort.story.mail import write_mail
from cardsort.usecases.editing import edit_workshop, has_voted
from cardsort.usecases.workshops import replace_link
from cardsort.web.facilitator.doors import door_of, group_of
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import SECOND_QUESTIONS, SEGMENT_ROWS, edited_from, form_from
from cardsort.web.kit.guard import STATUS, config

bp = Blueprint("prepare", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/edit")
def edit(workshop_id: str) -> str:
    """What can still be changed, and what no longer can."""
    workshop = desk_of(workshop_id)
    return _edit_page(workshop, form_from(workshop.settings))


@bp.post("/edit")
def save(workshop_id: str) -> AnyResponse:
    """Store the changes, all or none."""
    workshop = desk_of(workshop_id)
    try:
        edit_workshop(workshop_id, edited_from(request.form, workshop.settings), secret=config().secret)
    except (InvalidInput, WrongStage) as error:
        page = _edit_page(
            workshop,
            {**form_from(workshop.settings), "census": "", "second_it": "", "second_customers": "", **request.form},
            str(error),
        )
        return make_response(page, next(code for kind, code in STATUS.items() if isinstance(error, kind)))
    return redirect(url_for("desk.show", workshop_id=workshop_id), 303)


@bp.get("/mail/<group>")
def mail(workshop_id: str, group: str) -> str:
    """A mail to copy, with the group's link and join code, or those of one kind of customer."""
    workshop = desk_of(workshop_id)
    door, settings = door_of(workshop, group), workshop.settings
    written = write_mail(settings, door.group, address=door.address, host=door.host, code=door.code, deck=workshop.deck)
    mailto = f"mailto:?subject={quote(written.subject)}&body={quote(written.text.replace(chr(10), chr(13) + chr(10)))}"
    return render_template("desk/mail.html", workshop=workshop, door=door, mail=written, mailto=mailto)


@bp.post("/replace-link/<group>")
def replace_voting_link(workshop_id: str, group: str) -> AnyResponse:
    """Put a new voting link in the place of the old one, or of one kind of customer's, if it had any."""
    desk_of(workshop_id)
    purpose, kind = Purpose(group_of(group).value), request.args.get("kind", "0")
    if kind not in {str(number) for number in range(SEGMENT_ROWS + 1)}:
        raise NotFound
    replace_link(workshop_id, purpose, secret=config().secret, segment=int(kind))
    return redirect(url_for("desk.show", workshop_id=workshop_id, _anchor=f"door-{purpose}"), 303)


def _edit_page(workshop: Workshop, form: Mapping[str, str], fault: str = "") -> str:
    return render_template(
        "desk/edit.html",
        workshop=workshop,
        form=form,
        fault=fault,
        usual=Settings(""),
        questions=SECOND_QUESTIONS,
        voted=has_voted(workshop.id),
        revealed=workshop.round.revealed_at is not None,
        deck=workshop.deck,
        segment_rows=range(1, SEGMENT_ROWS + 1),
        chain_kinds=list(ChainKind),
    )
