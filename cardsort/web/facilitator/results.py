"""After the reveal: the comparison as a page and as the printed report."""

from flask import Blueprint, Response, render_template, request

from cardsort.usecases.agenda import result_to_print
from cardsort.usecases.results import compare_groups
from cardsort.web.facilitator.printing import chosen_paper, chosen_parts
from cardsort.web.facilitator.resultpage import result_context
from cardsort.web.facilitator.rounds import result_desk
from cardsort.web.kit.clock import today
from cardsort.web.kit.download import download
from cardsort.web.kit.making import making

bp = Blueprint("results", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/result")
def result(workshop_id: str) -> str:
    """The comparison in the browser, in words first."""
    return render_template("result/result.html", **result_context(compare_groups(result_desk(workshop_id))))


@bp.get("/report.pdf")
def report(workshop_id: str) -> Response:
    """The printed report, A4 or Letter, all of it or the parts asked for."""
    from cardsort.paper.pdf import build_pdf, report_name

    found = result_to_print(result_desk(workshop_id), today())
    paper, parts = chosen_paper(request.args), chosen_parts(request.args)
    with making():
        pdf = build_pdf(found.comparison, found.workshop.deck, found.facts, paper=paper, parts=parts)
    return download(pdf, report_name(found.facts))
