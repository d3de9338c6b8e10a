"""The reveal on the projector: the present slide, and the one command that turns it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.story.slides import Slide, tell_reveal
from cardsort.usecases.results import Result, compare_groups
from cardsort.usecases.workshops import turn_slide
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import turn_from
from cardsort.web.kit.polling import polled

bp = Blueprint("projector", __name__, url_prefix="/desk/<workshop_id>/projector")


@bp.get("")
def show(workshop_id: str) -> str:
    """The slide that the reveal has reached; the same on every device."""
    found = compare_groups(desk_of(workshop_id))
    return slide_page(found, found.workshop.round.reveal_step)


def slide_page(found: Result, step: int, *, rehearsal: bool = False) -> str:
    """The slide of that step, or the last one; that of a rehearsal turns by its address alone."""
    slides = _slides(found)
    step = min(step, len(slides) - 1)
    return render_template(
        "projector/projector.html",
        workshop=found.workshop,
        slide=slides[step],
        step=step,
        last=len(slides) - 1,
        suits={suit.letter: suit for suit in found.workshop.deck.suits},
        light=light(),
        mark=found.facts.mark,
        rehearsal=rehearsal,
    )


@bp.post("")
def turn(workshop_id: str) -> AnyResponse:
    """Go to another slide, on all devices."""
    found = compare_groups(desk_of(workshop_id))
    seen, to = turn_from(request.form)
    turn_slide(workshop_id, seen=seen, to=to, last=len(_slides(found)) - 1)
    return redirect(url_for(".show", workshop_id=workshop_id, light=light() or None), 303)


@bp.get("/step")
def step(workshop_id: str) -> AnyResponse:
    """The number of the present slide, which other devices ask for; an unchanged one costs a 304."""

    def make() -> str:
        found = compare_groups(desk_of(workshop_id))
        return str(found.workshop.round.step_within(len(_slides(found)) - 1))

    return polled(make, "text/plain")


def _slides(found: Result) -> tuple[Slide, ...]:
    return tell_reveal(found.comparison, found.workshop.deck, found.facts)


def light() -> str:
    """Whether the daylight scheme is asked for ("1", else ""): it stands in the address alone."""
    return "1" if request.args.get("light") == "1" else ""
