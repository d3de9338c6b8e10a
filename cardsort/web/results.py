"""After the reveal: the comparison as a page, as the printed report, and as files."""

from flask import Blueprint, Response, make_response, render_template, request

from cardsort.report.facts import ReportFacts
from cardsort.usecases.exports import export_ballots
from cardsort.usecases.results import compare_groups, facts_of
from cardsort.web.printing import chosen_paper, chosen_parts
from cardsort.web.resultpage import result_context
from cardsort.web.rounds import result_desk

bp = Blueprint("results", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/result")
def result(workshop_id: str) -> str:
    """The comparison in the browser, in words first."""
    return render_template("result/result.html", **result_context(compare_groups(result_desk(workshop_id))))


@bp.get("/report.pdf")
def report(workshop_id: str) -> Response:
    """The printed report, A4 or Letter, all of it or the parts asked for."""
    from cardsort.report.pdf import build_pdf, report_name

    found = compare_groups(result_desk(workshop_id))
    paper, parts = chosen_paper(request.args), chosen_parts(request.args)
    pdf = build_pdf(found.comparison, found.workshop.deck, found.facts, paper=paper, parts=parts)
    return _download(pdf, "application/pdf", report_name(found.facts))


@bp.get("/ballots.csv")
def ballots(workshop_id: str) -> Response:
    """The ballots, shuffled and without keys."""
    workshop = result_desk(workshop_id)
    return _download(export_ballots(workshop).encode(), "text/csv", f"{_name(facts_of(workshop))}-ballots.csv")


@bp.get("/result.json")
def result_json(workshop_id: str) -> Response:
    """Every number of the comparison."""
    from cardsort.analysis.jsonform import dumps

    found = compare_groups(result_desk(workshop_id))
    return _download(dumps(found.comparison).encode(), "application/json", f"{_name(found.facts)}-result.json")


def _name(facts: ReportFacts) -> str:
    from cardsort.report.pdf import report_name

    return report_name(facts).removesuffix(".pdf")


def _download(body: bytes, kind: str, name: str) -> Response:
    response = make_response(body)
    response.mimetype = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
