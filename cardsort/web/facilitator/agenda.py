"""The agenda's page at the desk: agree, put in order, publish the answer, tick off."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort import language
from cardsort.analysis.result import Comparison, Zone
from cardsort.domain.agenda import NAME_LENGTH, TEXT_LENGTH, AgendaItem, Decision, Party, Progress
from cardsort.domain.errors import InvalidInput, NotFound
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _, pgettext
from cardsort.story import guide, words
from cardsort.story.gaps import by_zone
from cardsort.usecases import agenda as usecases
from cardsort.usecases.results import compare_groups
from cardsort.web.facilitator.agendaform import changes_from, form_values, values_of
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.dates import today
from cardsort.web.kit.forms import MAX_ROUND, large
from cardsort.web.kit.strictjson import parse_object
from cardsort.web.respondent.answer import looks

bp = Blueprint("agenda", __name__, url_prefix="/desk/<workshop_id>/agenda")
SUGGESTED = (Zone.SHARED_PAIN, Zone.BLIND_SPOT, Zone.FALSE_ALARM)
_CHOICES: dict[str, Any] = {
    "parties": list(Party),
    "progresses": list(Progress),
    "text_length": TEXT_LENGTH,
    "name_length": NAME_LENGTH,
}
LACKING = {  # by what the item still lacks, which says what was decided too
    "action": N_("We do it, still without what will be done"),
    "action or reason": N_("Later, still without what will be done, or why later"),
    "reason": N_("No, still without the reason"),
    "alternative": N_("No, still without what there is instead"),
    "reason and alternative": N_("No, still without the reason and what there is instead"),
}


@bp.get("")
def show(workshop_id: str) -> str:
    """The agenda, one card open at a time; before the reveal only what earlier rounds left open."""
    return _page(desk_of(workshop_id))


@bp.post("")
def put(workshop_id: str) -> AnyResponse:
    """Put a card on the agenda."""
    code = request.form.get("code", "")
    usecases.put_on_agenda(desk_of(workshop_id), code)
    if request.form.get("from") == "result":
        return redirect(url_for("results.result", workshop_id=workshop_id, _anchor=f"talk-{code}"), 303)
    return _to_item(workshop_id, code)


@bp.put("/<int:number>/<code>")
def save(workshop_id: str, number: int, code: str) -> Response:
    """Store the fields that changed, while somebody types."""
    workshop = _desk_with_round(workshop_id, number)
    changes = changes_from(parse_object(request.get_data()))
    item = usecases.change_item(workshop, number, code, changes, today=today())
    return jsonify(saved=True, state=state(item))


@bp.post("/<int:number>/<code>")
def save_form(workshop_id: str, number: int, code: str) -> AnyResponse:
    """Store the fields that changed, for browsers without JavaScript."""
    workshop = _desk_with_round(workshop_id, number)
    shown, changed = form_values(request.form)
    try:
        usecases.change_item(workshop, number, code, changes_from(changed), today=today())
    except InvalidInput as error:
        return make_response(_page(workshop, code=code, shown=shown, fault=str(error)), 422)
    return _to_item(workshop_id, code)


@bp.post("/<int:number>/<code>/move")
def move(workshop_id: str, number: int, code: str) -> AnyResponse:
    """Up or down by one."""
    usecases.move_item(_desk_with_round(workshop_id, number), number, code, up=request.form.get("to") == "up")
    return _to_item(workshop_id, code)


@bp.post("/<int:number>/<code>/remove")
def remove(workshop_id: str, number: int, code: str) -> AnyResponse:
    """Take a card off the agenda; the page has asked."""
    usecases.take_off(_desk_with_round(workshop_id, number), number, code)
    return redirect(url_for(".show", workshop_id=workshop_id, large=large()), 303)


@bp.get("/answer")
def preview(workshop_id: str) -> str:
    """What customers would read, or read already, with the button to publish or to take back."""
    workshop = desk_of(workshop_id)
    items = usecases.read_agenda(workshop)
    return render_template(
        "agenda/preview.html",
        workshop=workshop,
        answer=usecases.preview_answer(workshop),
        unfinished=usecases.unfinished(items),
        nothing_decided="" if any(item.decision for item in items) else _(usecases.NOTHING_DECIDED),
        state=state,
        **looks(workshop),
    )


@bp.post("/publish")
def publish(workshop_id: str) -> AnyResponse:
    """Let customers and IT read the answer."""
    usecases.publish(desk_of(workshop_id), today=today())
    return redirect(url_for(".preview", workshop_id=workshop_id), 303)


@bp.post("/take-back")
def take_back(workshop_id: str) -> AnyResponse:
    """Let nobody read it any more."""
    usecases.take_back(desk_of(workshop_id))
    return redirect(url_for(".preview", workshop_id=workshop_id), 303)


def state(item: AgendaItem) -> str:
    """What became of the card so far, in a few words."""
    if item.decision is None:
        return _("Not decided yet")
    if item.missing:
        return _(LACKING[item.missing])
    if item.promised and item.progress is not Progress.OPEN:
        return f"{_decided(item.decision)} · {words.progress(item)}"
    if item.promised and item.due:
        by = language.day(item.due)
        do_it = item.decision is Decision.DO
        return _("We do it · by %(day)s", day=by) if do_it else _("Later · by %(day)s", day=by)
    return _decided(item.decision)


def _decided(decision: Decision) -> str:
    return {
        Decision.DO: _("We do it"),
        Decision.LATER: pgettext("decision", "Later"),
        Decision.NO: pgettext("decision", "No"),
    }[decision]


def _desk_with_round(workshop_id: str, number: int) -> Workshop:
    """The desk; NotFound for what can be no round: the number may be larger than a database can look for."""
    workshop = desk_of(workshop_id)
    if number > MAX_ROUND:
        raise NotFound(_(usecases.NOT_ON_IT))
    return workshop


def _page(workshop: Workshop, code: str = "", shown: dict[str, Any] | None = None, fault: str = "") -> str:
    """The page; `shown` is how the form of card `code` was filled in, and `fault` what is wrong with it."""
    promises = usecases.open_promises(workshop, today())
    if not promises:
        workshop.round.check_revealed()
    revealed = workshop.round.revealed_at is not None
    comparison = compare_groups(workshop).comparison if revealed else None
    items = usecases.read_agenda(workshop) if revealed else ()
    stored = {item.code: values_of(item) for item in items}
    undecided = (item.code for item in items if item.decision is None)
    return render_template(
        "agenda/agenda.html",
        workshop=workshop,
        revealed=revealed,
        items=items,
        state=state,
        stored=stored,
        values={**stored, code: {**stored.get(code, {}), **(shown or {})}},
        opened=code or request.args.get("open") or next(undecided, ""),
        faulty=code,
        fault=fault,
        promises=promises,
        overdue=sum(promise.overdue for promise in promises),
        actual=comparison.actual if comparison else None,
        predicted=comparison.predicted if comparison else None,
        suggestions=_suggestions(comparison, set(stored)) if comparison else [],
        others=[card for card in workshop.deck.cards if card.code not in stored],
        large=large(),
        paying=_(guide.PAYING),
        supplier=_(guide.SUPPLIER),
        **_CHOICES,
        **looks(workshop),
    )


def _suggestions(comparison: Comparison, on_it: set[str]) -> list[tuple[str, list[str]]]:
    """The cards worth talking about that are not on the agenda: shared pain first, then where the lists differ.

    The top of the list that may be shown where there is one alone.
    """
    named = [(_(words.ZONE_TITLES[zone]), list(by_zone(comparison, zone))) for zone in SUGGESTED]
    if comparison.prediction is None:
        named = [(_("At the top"), list(guide.guided(comparison)))]
    left = [(title, [code for code in codes if code not in on_it]) for title, codes in named]
    return [(title, codes) for title, codes in left if codes]


def _to_item(workshop_id: str, code: str) -> AnyResponse:
    return redirect(url_for(".show", workshop_id=workshop_id, open=code, large=large(), _anchor=f"item-{code}"), 303)
