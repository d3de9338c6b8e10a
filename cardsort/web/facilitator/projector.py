"""The reveal on the projector: the present slide, and the one command that turns it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.rounds import RoundState
from cardsort.story.slidekinds import Slide, chapters_of, lists_in
from cardsort.story.slides import tell_reveal
from cardsort.usecases.results import Result, compare_groups
from cardsort.usecases.workshops import turn_slide
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import turn_from
from cardsort.web.kit.polling import Polled, polled

bp = Blueprint("projector", __name__, url_prefix="/desk/<workshop_id>/projector")


@bp.get("")
def show(workshop_id: str) -> str:
    """The slide that the reveal has reached; the same on every device."""
    found = compare_groups(desk_of(workshop_id))
    return slide_page(found, found.workshop.round.reveal_step)


def slide_page(found: Result, step: int, *, rehearsal: bool = False) -> str:
    """The slide of that step, or the last one; that of a rehearsal turns by its address alone."""
    slides = slides_of(found)
    shown = slide_parts(found, slides, min(step, len(slides) - 1))
    return render_template("projector/projector.html", **shown, light=light(), rehearsal=rehearsal)


@bp.post("")
def turn(workshop_id: str) -> AnyResponse:
    """Go to another slide, on all devices."""
    turn_to_wanted(workshop_id)
    return redirect(url_for(".show", workshop_id=workshop_id, light=light() or None), 303)


@bp.get("/step")
def step(workshop_id: str) -> AnyResponse:
    """The number of the present slide, with the timer's mark; other devices ask for it, and what is unchanged costs a
    304.
    """

    def make() -> Polled:
        found = compare_groups(desk_of(workshop_id))
        state = found.workshop.round
        return _mark(state.step_within(len(slides_of(found)) - 1), state), None

    return polled(make, "text/plain")


def slides_of(found: Result) -> tuple[Slide, ...]:
    """The whole reveal; whoever shows it shows one slide of it."""
    return tell_reveal(found.comparison, found.workshop.deck, found.facts)


def slide_parts(found: Result, slides: tuple[Slide, ...], step: int) -> dict[str, Any]:
    """What a page needs to show one slide, and to go on from it; of how many there are it says nothing."""
    state = found.workshop.round
    return {
        "mark": _mark(step, state),
        "invented": found.facts.mark,
        "left": state.timer_left(datetime.now(UTC)),
        "workshop": found.workshop,
        "slide": slides[step],
        "step": step,
        "more": step < len(slides) - 1,
        "turned": step >= lists_in(slides)[1],
        "chapters": chapters_of(slides),
        "suits": {suit.letter: suit for suit in found.workshop.deck.suits},
    }


def turn_to_wanted(workshop_id: str) -> None:
    """Turn to the slide that the request's form asks for."""
    slides = slides_of(compare_groups(desk_of(workshop_id)))
    seen, to = turn_from(request.form, slides)
    turn_slide(workshop_id, seen=seen, to=to, last=len(slides) - 1)


def _mark(step: int, state: RoundState) -> str:
    """By what another device knows that the page has changed: it names no time, as the devices' clocks may be wrong."""
    timer = f" {state.timer_ends_at.timestamp():.0f}" if state.timer_ends_at else ""
    return f"{step}{timer}{' shown' if state.on_devices else ''}"


def light() -> str:
    """Whether the daylight scheme is asked for ("1", else ""): it stands in the address alone."""
    return "1" if request.args.get("light") == "1" else ""
