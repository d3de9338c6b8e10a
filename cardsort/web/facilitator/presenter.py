"""The presenter's view, on a device of its own: this slide and the next, what to say and ask, notes, and the time."""

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import NotFound
from cardsort.domain.rounds import NOTE_LENGTH
from cardsort.story.presenting import key_of, lines_of, question_of, script_kind
from cardsort.story.script import script_of
from cardsort.usecases.results import compare_groups
from cardsort.usecases.stage import find_notes, start_timer, write_note
from cardsort.web.facilitator.projector import slide_parts, slides_of, turn_to_wanted
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import timer_from
from cardsort.web.kit.strictjson import parse_object, text_at

bp = Blueprint("presenter", __name__, url_prefix="/desk/<workshop_id>/presenter")
NOTE_BYTES = 8 * 1024  # a note in any script


@bp.get("")
def show(workshop_id: str) -> str:
    """The slide that the room sees, and the one that comes; before the reveal the timer alone."""
    workshop = desk_of(workshop_id)
    left = workshop.round.timer_left(datetime.now(UTC))
    if workshop.round.revealed_at is None:
        return render_template("presenter/before.html", workshop=workshop, left=left)
    found = compare_groups(workshop)
    slides = slides_of(found)
    step = workshop.round.step_within(len(slides) - 1)
    slide, after = slides[step], slides[step + 1 : step + 2]
    return render_template(
        "presenter/presenter.html",
        **slide_parts(found, slides, step),
        last=len(slides) - 1,
        lines=lines_of(slide),
        after=[(one.title, lines_of(one)) for one in after],
        script=script_of(script_kind(slide)),
        question=question_of(slide),
        key=key_of(slide),
        note=find_notes(workshop_id).get(key_of(slide), ""),
        note_length=NOTE_LENGTH,
    )


@bp.post("")
def turn(workshop_id: str) -> AnyResponse:
    """Go to another slide, on all devices."""
    turn_to_wanted(workshop_id)
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


@bp.put("/notes")
def put_note(workshop_id: str) -> Response:
    """Keep what is being typed to a slide."""
    request.max_content_length = NOTE_BYTES
    _check_slide(workshop_id, slide := text_at(data := parse_object(request.get_data()), "slide"))
    write_note(workshop_id, slide, text_at(data, "words", limit=NOTE_BYTES))
    return jsonify(saved=True)


@bp.post("/notes")
def save_note(workshop_id: str) -> AnyResponse:
    """Keep a note, from browsers without JavaScript."""
    _check_slide(workshop_id, slide := request.form.get("slide", ""))
    write_note(workshop_id, slide, request.form.get("words", "").replace("\r\n", "\n"))
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


@bp.get("/timer")
def timer(workshop_id: str) -> Response:
    """What is left on the timer, for the join screen to ask for."""
    left = desk_of(workshop_id).round.timer_left(datetime.now(UTC))
    return make_response(render_template("projector/_timer.html", left=left))


@bp.post("/timer")
def set_timer(workshop_id: str) -> AnyResponse:
    """Start the timer that the projector shows, or end it."""
    desk_of(workshop_id)
    start_timer(workshop_id, timer_from(request.form), now=datetime.now(UTC))
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


def _check_slide(workshop_id: str, slide: str) -> None:
    """Notes belong to slides that there are; NotFound for others."""
    if slide not in map(key_of, slides_of(compare_groups(desk_of(workshop_id)))):
        raise NotFound
