"""The slides of a result and the data behind it, as files."""

from contextlib import AbstractContextManager

from flask import Blueprint, Response, request

from cardsort.domain.workshops import Workshop
from cardsort.files import tasks
from cardsort.story.facts import ReportFacts
from cardsort.story.handout import tell_handout
from cardsort.story.slides import tell_reveal
from cardsort.usecases import exports
from cardsort.usecases.results import compare_groups, facts_of
from cardsort.usecases.stage import find_notes
from cardsort.web.facilitator.rounds import result_desk
from cardsort.web.kit.dates import today
from cardsort.web.kit.download import download
from cardsort.web.kit.making import making
from cardsort.web.kit.speaking import printing

bp = Blueprint("downloads", __name__, url_prefix="/desk/<workshop_id>")


@bp.get("/data.xlsx")
def workbook(workshop_id: str) -> Response:
    """Cards, comparison, ballots and agenda in one workbook, with a sheet that explains every column."""
    from cardsort.files.workbook import build_workbook

    workshop = result_desk(workshop_id)
    with _printing(workshop), making():
        found = compare_groups(workshop)
        rows = exports.shown_ballots(workshop)
        body = build_workbook(found.comparison, found.workshop.deck, found.facts, rows)
    return download(body, file_name(found.facts, "data.xlsx"))


@bp.get("/slides.pptx")
def slides(workshop_id: str) -> Response:
    """The reveal as slides, each as it lies when all is turned over, with what to say in the notes."""
    from cardsort.files.slideshow.build import build_slides

    workshop = result_desk(workshop_id)
    with _printing(workshop), making():
        found = compare_groups(workshop)
        deck = found.workshop.deck
        pages = tell_handout(tell_reveal(found.comparison, deck, found.facts), find_notes(workshop_id))
        body = build_slides(pages, deck, found.facts)
    return download(body, file_name(found.facts, "slides.pptx"))


@bp.get("/cards.csv")
def cards(workshop_id: str) -> Response:
    """One row a card."""
    workshop = result_desk(workshop_id)
    with _printing(workshop):
        found = compare_groups(workshop)
        text = exports.cards_csv(found.comparison, found.workshop.deck)
    return download(text, file_name(found.facts, "cards.csv"))


@bp.get("/ballots.csv")
def ballots(workshop_id: str) -> Response:
    """The ballots, shuffled and without keys."""
    workshop = result_desk(workshop_id)
    with _printing(workshop):
        text = exports.ballots_csv(workshop)
    return download(text, name_for(workshop, "ballots.csv"))


@bp.get("/ballots.json")
def ballots_as_json(workshop_id: str) -> Response:
    """The same ballots for programs."""
    workshop = result_desk(workshop_id)
    with _printing(workshop):
        text = exports.ballots_json(workshop)
    return download(text, name_for(workshop, "ballots.json"))


@bp.get("/result.json")
def result_json(workshop_id: str) -> Response:
    """Every number of the comparison."""
    from cardsort.analysis.jsonform import dumps

    found = compare_groups(result_desk(workshop_id))
    return download(dumps(found.comparison), file_name(found.facts, "result.json"))


@bp.get("/agenda.ics")
def calendar(workshop_id: str) -> Response:
    """What is left to do by a day, for any calendar."""
    workshop = result_desk(workshop_id)
    with _printing(workshop):
        body = exports.agenda_calendar(workshop, on=today())
    return download(body, name_for(workshop, "agenda.ics"))


@bp.get("/agenda-jira.csv")
def for_jira(workshop_id: str) -> Response:
    """What is left to do, as Jira imports it."""
    workshop = result_desk(workshop_id)
    with _printing(workshop):
        table = tasks.for_jira(exports.left_to_do(workshop))
    return download(table, name_for(workshop, "agenda-jira.csv"))


@bp.get("/agenda-azure.csv")
def for_azure(workshop_id: str) -> Response:
    """The same for Azure Boards."""
    workshop = result_desk(workshop_id)
    with _printing(workshop):
        table = tasks.for_azure(exports.left_to_do(workshop))
    return download(table, name_for(workshop, "agenda-azure.csv"))


def _printing(workshop: Workshop) -> AbstractContextManager[None]:
    return printing(request.args, workshop.settings.language)


def name_for(workshop: Workshop, ending: str) -> str:
    """A file name that says which workshop it is of."""
    return file_name(facts_of(workshop), ending)


def file_name(facts: ReportFacts, ending: str) -> str:
    """The same, where the facts are at hand."""
    from cardsort.paper.pdf import report_name

    return f"{report_name(facts).removesuffix('.pdf')}-{ending}"
