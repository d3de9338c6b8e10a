"""What can be printed: the report with its chosen parts, the deck, invitations, ballots."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from cardsort import language
from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, NotFound
from cardsort.domain.workshops import Workshop
from cardsort.story.facts import Invitation
from cardsort.story.parts import CHAPTERS, tell
from cardsort.usecases.agenda import result_to_print
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.results import compare_groups
from cardsort.web.facilitator.doors import closes_here, doors_of, kind_doors_of
from cardsort.web.facilitator.rounds import result_desk
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.dates import today
from cardsort.web.kit.download import download
from cardsort.web.kit.making import making
from cardsort.web.kit.speaking import chosen, printing

bp = Blueprint("printing", __name__)
PAPERS = {"a4": "A4", "letter": "Letter"}
LOGO_REQUEST = 300 * 1024  # a logo of 256 KiB with the form around it


@bp.get("/deck.pdf")
def deck() -> Response:
    """The cards to cut out."""
    return download(_cards_to_cut_out(language.present(), chosen_paper(request.args)), "cardsort-deck.pdf")


@lru_cache(maxsize=8)  # anybody may ask, and gets the same bytes as whoever asked before
def _cards_to_cut_out(spoken: str, paper: str) -> bytes:
    """In the language that is spoken; only whoever asks first waits for a turn."""
    from cardsort.paper.deckpdf import build_deck

    with making():
        return build_deck(shipped_deck(spoken), paper=paper)


@bp.get("/desk/<workshop_id>/print")
def choose(workshop_id: str) -> str:
    """What to print: the report once it is revealed, and what the workshop needs before."""
    workshop = desk_of(workshop_id)
    return _choices(result_desk(workshop_id) if workshop.revealed else workshop, request.args)


@bp.post("/desk/<workshop_id>/report.pdf")
def report(workshop_id: str) -> Response:
    """The report with the chosen parts and a logo, which is used for this file only and never stored."""
    from cardsort.paper.pdf import build_pdf, report_name

    request.max_content_length = LOGO_REQUEST
    workshop = result_desk(workshop_id, request.form)
    logo = request.files["logo"].read() if "logo" in request.files else b""
    try:
        with printing(request.form, workshop.settings.language):
            found = result_to_print(workshop, today())
            with making():
                pdf = build_pdf(
                    found.comparison,
                    workshop.deck,
                    found.facts,
                    paper=chosen_paper(request.form),
                    parts=chosen_parts(request.form),
                    logo=logo or None,
                )
    except InvalidInput as error:
        return make_response(_choices(workshop, request.form, str(error)), 422)
    return download(pdf, report_name(found.facts))


@bp.get("/desk/<workshop_id>/invitations.pdf")
def invitations(workshop_id: str) -> Response:
    """A sheet for each group that takes part, and for each kind of customer with its own link: how, and why."""
    from cardsort.paper.invitation import build_invitations

    workshop = desk_of(workshop_id)
    doors = (*doors_of(workshop), *kind_doors_of(workshop))
    spoken = ["" if chosen(request.args) else door.language or "" for door in doors]
    with making(), printing(request.args, workshop.settings.language):
        invited = [
            Invitation(door.group, door.address, door.code, door.name, code)
            for door, code in zip(doors, spoken, strict=True)
        ]
        others = {code: _event_in(code, workshop) for code in spoken if code}
        pdf = build_invitations(_event(workshop), invited, paper=chosen_paper(request.args), others=others)
    return download(pdf, "invitations.pdf")


@bp.get("/desk/<workshop_id>/paper-ballot/<group>.pdf")
def paper_ballot(workshop_id: str, group: str) -> Response:
    """A ballot to hand out on paper."""
    from cardsort.paper.paperballot import build_paper_ballot

    workshop = desk_of(workshop_id)
    if group not in set(Group):
        raise NotFound
    paper = chosen_paper(request.args)
    with making(), printing(request.args, workshop.settings.language):
        pdf = build_paper_ballot(_event(workshop), workshop.deck, Group(group), paper=paper)
    return download(pdf, f"ballot-{group}.pdf")


def chosen_paper(given: Mapping[str, str]) -> str:
    """The paper asked for; A4 for anything unknown."""
    paper = given.get("paper", "a4")
    return paper if paper in PAPERS else "a4"


def chosen_parts(given: MultiDict[str, str]) -> frozenset[str] | None:
    """The parts asked for; None = all, also where none that exists was asked for."""
    return frozenset(given.getlist("parts")) & frozenset(CHAPTERS) or None


def _choices(workshop: Workshop, given: MultiDict[str, str], fault: str = "") -> str:
    revealed = workshop.round.revealed_at is not None
    found = compare_groups(workshop) if revealed else None
    there = tell(found.comparison, workshop.deck, found.facts) if found else ()
    wanted = chosen_parts(given)
    return render_template(
        "result/choose.html",
        workshop=workshop,
        revealed=revealed,
        parts=[(part.id, part.title, wanted is None or part.id in wanted) for part in there if part.id in CHAPTERS],
        papers=PAPERS,
        paper=chosen_paper(given),
        printed_in=chosen(given) or workshop.settings.language,
        groups=workshop.round.groups,
        fault=fault,
    )


def _event_in(code: str, workshop: Workshop) -> Any:
    with language.speaking(code):
        return _event(workshop)


def _event(workshop: Workshop) -> Any:
    from cardsort.paper.invitation import Event

    settings = workshop.settings
    return Event(
        title=settings.name,
        organisation=settings.organisation,
        questions={group: settings.question(group) for group in Group},
        deck=workshop.deck,
        picks=settings.picks,
        threshold=settings.threshold,
        segments={group: tuple(one.name for one in settings.segments_of(group)) for group in Group},
        appeal=settings.appeal,
        alone=workshop.round.alone is not None,
        closes={group: at for group in Group if (at := closes_here(workshop, group))},
        example=settings.example,
        language=language.present(),
    )
