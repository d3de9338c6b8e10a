"""The reveal rehearsed with invented ballots: slides, page, report. Nothing is stored: the slide is in the address."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.usecases.rehearsal import rehearse
from cardsort.web.facilitator.printing import chosen_paper
from cardsort.web.facilitator.projector import light, slide_page, slides_of
from cardsort.web.facilitator.resultpage import result_context
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.download import download
from cardsort.web.kit.forms import step_from, turn_from
from cardsort.web.kit.making import making
from cardsort.web.kit.speaking import printing

bp = Blueprint("rehearsal", __name__, url_prefix="/desk/<workshop_id>/rehearsal")


@bp.get("")
def show(workshop_id: str) -> str:
    """A slide."""
    return slide_page(rehearse(desk_of(workshop_id)), step_from(request.args), rehearsal=True)


@bp.post("")
def turn(workshop_id: str) -> AnyResponse:
    """Go to another slide, on this device."""
    _seen, to = turn_from(request.form, slides_of(rehearse(desk_of(workshop_id))))
    return redirect(url_for(".show", workshop_id=workshop_id, step=to, light=light() or None), 303)


@bp.get("/result")
def result(workshop_id: str) -> str:
    """The page."""
    return render_template("result/rehearsal.html", **result_context(rehearse(desk_of(workshop_id))), present=False)


@bp.get("/report.pdf")
def report(workshop_id: str) -> Response:
    """The printed report."""
    from cardsort.paper.pdf import build_pdf, report_name

    workshop = desk_of(workshop_id)
    with making(), printing(request.args, workshop.settings.language):
        found = rehearse(workshop)
        pdf = build_pdf(found.comparison, found.workshop.deck, found.facts, paper=chosen_paper(request.args))
    name = report_name(replace(found.facts, title=found.workshop.settings.name))
    return download(pdf, f"rehearsal-{name}")
