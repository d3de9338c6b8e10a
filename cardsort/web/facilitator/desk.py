"""The facilitator's desk: counts, the one next step, links to hand out, locks and the reveal."""

from datetime import UTC, datetime

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from cardsort.analysis.suppression import may_show
from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput
from cardsort.domain.kinds import sources_told, told_kinds
from cardsort.domain.rounds import Stage
from cardsort.domain.settings import Segment
from cardsort.domain.sources import Sources
from cardsort.domain.workshops import Workshop
from cardsort.language import _
from cardsort.store.links import Purpose
from cardsort.story import answered, words
from cardsort.story.invitation import FOR, why_take_part
from cardsort.usecases import workshops as usecases
from cardsort.usecases.agenda import count_agenda
from cardsort.usecases.clock import find_leap
from cardsort.usecases.foresight import count_still_at_it, foresee_kinds, tells_kinds
from cardsort.usecases.printable import unprintable
from cardsort.web.facilitator.doors import (
    address_of,
    asked_group,
    closes_here,
    door_of,
    doors_of,
    group_of,
    kind_doors_of,
)
from cardsort.web.kit.access import desk_of, forget_desk, give_desk
from cardsort.web.kit.dates import today
from cardsort.web.kit.errors import wants_json
from cardsort.web.kit.guard import config
from cardsort.web.kit.polling import Polled, polled

bp = Blueprint("desk", __name__)


@bp.get("/f/<token>")
def enter(token: str) -> Response:
    """Exchange the facilitator link for a cookie."""
    workshop_id = usecases.find_desk(token)
    response = make_response(redirect(url_for(".show", workshop_id=workshop_id), 303))
    give_desk(response, workshop_id, token)
    return response


@bp.get("/desk/<workshop_id>")
def show(workshop_id: str) -> str:
    """The desk."""
    workshop = desk_of(workshop_id)
    return render_template(
        "desk/desk.html",
        workshop=workshop,
        doors=doors_of(workshop),
        kind_doors=kind_doors_of(workshop),
        loopback=config().loopback,
        leap=find_leap(datetime.now(UTC).date()),
        restored=answered.restored(workshop.restored),
        unprintable=unprintable(workshop.settings),
        **_status(workshop),
    )


@bp.get("/desk/<workshop_id>/status")
def status(workshop_id: str) -> AnyResponse:
    """The desk's changing part, polled by the page; unchanged it costs a 304. A program gets JSON (docs/http.md)."""
    if wants_json():
        return jsonify(_told(desk_of(workshop_id)))

    def make() -> Polled:
        now, workshop = datetime.now(UTC), desk_of(workshop_id)
        page = render_template("desk/_status.html", workshop=workshop, **_status(workshop))
        return page, workshop.round.closes_next(now)

    return polled(make)


@bp.get("/desk/<workshop_id>/keep")
def keep_link(workshop_id: str) -> str:
    """The facilitator link, once, with the advice to keep it."""
    desk_of(workshop_id)
    token = usecases.facilitator_token(workshop_id, secret=config().secret)
    return render_template("desk/keep.html", workshop=desk_of(workshop_id), address=address_of("desk.enter", token))


@bp.post("/desk/<workshop_id>/new-link")
def new_link(workshop_id: str) -> Response:
    """Replace the facilitator link; the old one and every other device's cookie stop working."""
    desk_of(workshop_id)
    token = usecases.replace_link(workshop_id, Purpose.FACILITATOR, secret=config().secret)
    response = make_response(redirect(url_for(".keep_link", workshop_id=workshop_id), 303))
    give_desk(response, workshop_id, token)
    return response


@bp.get("/desk/<workshop_id>/show", defaults={"group": None})
@bp.get("/desk/<workshop_id>/show/<group>")
def show_large(workshop_id: str, group: str | None) -> str:
    """How to join, filling a projector's screen: one group's QR code, join code and count, or those of all that take
    part side by side; or those of the one kind of customer asked for.
    """
    workshop = desk_of(workshop_id)
    return render_template(
        "desk/large.html",
        workshop=workshop,
        group=group,
        doors=[door_of(workshop, group)] if group else doors_of(workshop),
        host=config().public_url.partition("://")[2],
        light=request.args.get("light") == "1",
        left=workshop.round.timer_left(datetime.now(UTC)),
        **_status(workshop),
    )


@bp.get("/desk/<workshop_id>/sent/<group>")
def sent(workshop_id: str, group: str) -> AnyResponse:
    """How many of a group have sent, for the join screen to poll; an unchanged number costs a 304."""

    def make() -> Polled:
        now, workshop = datetime.now(UTC), desk_of(workshop_id)
        wanted = asked_group(workshop, group)
        entry = next(entry for entry in _counts(workshop) if entry["group"] == wanted.value)
        return render_template("desk/_sent.html", entry=entry), workshop.round.closes_next(now)

    return polled(make)


@bp.get("/desk/<workshop_id>/sheet/<group>")
def sheet(workshop_id: str, group: str) -> str:
    """The invitation of the group, or of one kind of customer, to print."""
    workshop = desk_of(workshop_id)
    door = door_of(workshop, group)
    return render_template(
        "desk/sheet.html",
        workshop=workshop,
        door=door,
        question=workshop.settings.question(door.group),
        audience=_(FOR[door.group]),
        reasons=why_take_part(
            door.group,
            deck=workshop.deck,
            picks=workshop.settings.picks,
            threshold=workshop.settings.threshold,
            appeal=workshop.settings.appeal,
            alone=workshop.round.alone is not None,
            closes=closes_here(workshop, door.group),
        ),
    )


@bp.post("/desk/<workshop_id>/lock/<group>")
def lock(workshop_id: str, group: str) -> AnyResponse:
    """Freeze a group's ballots; and go on with this group alone, where that is wanted."""
    wanted = asked_group(desk_of(workshop_id), group)
    if request.form.get("alone") == "yes":
        usecases.choose_groups(workshop_id, wanted)
    usecases.lock_group(workshop_id, wanted, now=datetime.now(UTC))
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


@bp.post("/desk/<workshop_id>/reopen/<group>")
def reopen(workshop_id: str, group: str) -> AnyResponse:
    """Take a group's ballots again, before the reveal."""
    desk_of(workshop_id)
    usecases.reopen_group(workshop_id, group_of(group), now=datetime.now(UTC))
    return redirect(url_for(".show", workshop_id=workshop_id), 303)


@bp.get("/desk/<workshop_id>/reveal")
def ask_reveal(workshop_id: str) -> AnyResponse | str:
    """Ask once more, as a reveal cannot be taken back."""
    workshop = desk_of(workshop_id)
    if workshop.round.revealed_at is not None:
        return redirect(url_for("results.result", workshop_id=workshop_id), 303)
    workshop.round.check_reveal()
    ahead = {group.value: foresee_kinds(workshop, group) for group in Group}
    enough = tells_kinds(workshop)
    return render_template("desk/reveal.html", workshop=workshop, ahead=ahead, enough=enough, **_status(workshop))


@bp.post("/desk/<workshop_id>/reveal")
def reveal(workshop_id: str) -> AnyResponse:
    """Show the result from now on."""
    desk_of(workshop_id)
    usecases.reveal(workshop_id, now=datetime.now(UTC))
    return redirect(url_for("projector.show", workshop_id=workshop_id), 303)


@bp.get("/desk/<workshop_id>/delete")
def ask_delete(workshop_id: str) -> str:
    """Ask for the workshop's name before everything is removed."""
    return render_template("desk/delete.html", workshop=desk_of(workshop_id))


@bp.post("/desk/<workshop_id>/delete")
def delete(workshop_id: str) -> Response:
    """Remove the workshop for good."""
    workshop = desk_of(workshop_id)
    try:
        usecases.delete_workshop(workshop_id, request.form.get("name", "")[:200])
    except InvalidInput as error:
        return make_response(render_template("desk/delete.html", workshop=workshop, fault=str(error)), 422)
    current_app.logger.info(usecases.DELETED, 1)
    response = make_response(render_template("desk/deleted.html", name=workshop.settings.name))
    forget_desk(response, workshop_id)
    return response


def _status(workshop: Workshop) -> dict[str, object]:
    state = workshop.round
    return {
        "stages": [stage for stage in Stage if stage is not Stage.ACTING or state.revealed_at],
        "stage": state.stage,
        "agenda": count_agenda(workshop, today()),
        "groups": _counts(workshop),
        "unsent": count_still_at_it(workshop) if state.revealed_at is None else {},
        "came": answered.came,
        "people": words.people,
        "live": state.revealed_at is None,
    }


def _told(workshop: Workshop) -> dict[str, object]:
    """Stage, counts and links for a program; kinds and sources are left to the page, which says when they are told."""
    groups = {
        door.group.value: {"ballots": entry["count"], "expected": entry["expected"], "link": door.address}
        | {"code": door.code, "locked": entry["locked_at"] is not None}
        for door, entry in zip(doors_of(workshop), _counts(workshop), strict=True)
    }
    return {"stage": workshop.round.stage, "round": workshop.round.number, "groups": groups}


def _kinds(workshop: Workshop, group: Group) -> list[tuple[Segment, Sources]]:
    if not workshop.round.counts_segments(group):
        return []
    segments = workshop.settings.segments_of(group)
    sources = sources_told(segments, workshop.segment_sources[group])
    return [(told.kind, came) for told, came in zip(told_kinds(segments), sources, strict=True)]


def _counts(workshop: Workshop) -> list[dict[str, object]]:
    settings = workshop.settings
    expected = {Group.IT: settings.expected_it, Group.CUSTOMERS: settings.expected_customers}
    return [
        {
            "group": group.value,
            "count": sources.n,
            "sources": sources,
            "second": workshop.second[group],
            "second_asked": settings.asks_second(group),
            "expected": expected[group],
            "kinds": _kinds(workshop, group),
            "locked_at": workshop.round.locked.get(group),
            "closes": workshop.round.closes.get(group),
            "few": not may_show(sources, settings.threshold),
        }
        for group, sources in workshop.core.items()
        if group in workshop.round.groups
    ]
