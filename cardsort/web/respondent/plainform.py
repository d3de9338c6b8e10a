"""The plain form, for browsers without JavaScript, and the same form for ballots from paper."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import AlreadySent, CardsortError, GroupLocked, InvalidInput, RoundOver
from cardsort.language import N_, _
from cardsort.story import answered
from cardsort.usecases.codes import asks_code, hash_typed
from cardsort.usecases.tokens import new_ballot_id, new_key
from cardsort.usecases.voting import Sent, Voting, cast_ballot, find_sent
from cardsort.web.kit.access import desk_of, respondent_key
from cardsort.web.kit.errors import status_of
from cardsort.web.kit.forms import edition_from, form_round_from, paper_ballot_from
from cardsort.web.kit.guard import config
from cardsort.web.kit.limits import counting_one_time_codes
from cardsort.web.respondent.voting import MAX_CODE, common_parts, remember, voting_at

bp = Blueprint("plainform", __name__, url_prefix="/v/<token>")
NEW_ROUND_ON_FORM = N_(
    "A new round has begun since this form was opened. Look over the order below: sent now, it counts in the new round."
)


@bp.get("/form")
def form(token: str) -> AnyResponse:
    """The plain form, for browsers without JavaScript."""
    voting = voting_at(token)
    if not voting.takes_part:
        return redirect(common_parts(voting)["urls"]["welcome"], 303)
    key = respondent_key(voting.workshop.id) or new_key()
    return remember(make_response(form_page(voting)), voting, key)


@bp.post("/form")
def send_form(token: str) -> AnyResponse:
    """The ballot of the plain form, for browsers without JavaScript."""
    voting = voting_at(token)
    key = respondent_key(voting.workshop.id) or new_key()
    try:
        _cast_form(voting, key, request.form.get("code", "")[:MAX_CODE])
    except (InvalidInput, AlreadySent, GroupLocked, RoundOver) as error:
        page = form_page(voting, **_fault(error))
        return remember(make_response(page, status_of(error)), voting, key)
    return remember(make_response(redirect(common_parts(voting)["urls"]["welcome"], 303)), voting, key)


@bp.get("/paper")
def paper(token: str) -> str:
    """Ballots from paper, typed in one after the other; for the facilitator, as each is a person's of its own."""
    voting = _voting_at_desk(token)
    return _paper_page(voting, taken=find_sent(voting, request.args.get("taken", "")))


@bp.post("/paper")
def send_paper(token: str) -> AnyResponse:
    """Store one ballot from paper, and lay out the next form."""
    voting = _voting_at_desk(token)
    try:
        sent = _cast_form(voting, new_key(), None)
    except (InvalidInput, GroupLocked, RoundOver) as error:
        return make_response(_paper_page(voting, **_fault(error)), status_of(error))
    return redirect(url_for(".paper", token=token, taken=sent.id), 303)


def form_page(voting: Voting, **more: Any) -> str:
    """The plain form; `more` as in `_form_parts`."""
    code = asks_code(voting.workshop, voting.group, respondent_key(voting.workshop.id))
    return render_template("ballot/form.html", **common_parts(voting), **_form_parts(voting, **more), asks_code=code)


def _paper_page(voting: Voting, **more: Any) -> str:
    workshop = desk_of(voting.workshop.id)
    core = {voting.group: workshop.core[voting.group]}
    return render_template(
        "ballot/paper.html",
        **common_parts(voting),
        **_form_parts(voting, **more),
        open=voting.open,
        known_alone=answered.known_alone(core, workshop.settings.threshold),
    )


def _form_parts(voting: Voting, **more: Any) -> dict[str, Any]:
    """What the plain form shows; `more` is how it was filled in and what is wrong with it."""
    return {
        "picks": voting.workshop.settings.picks,
        "deck": voting.workshop.deck,
        "deck_mark": voting.deck_mark,
        "edition": voting.workshop.round.edition,
        "form_id": request.form.get("id") or new_ballot_id(),
        "form": ImmutableMultiDict(),
        "form_error": None,
        "ask_replace": False,
        "taken": None,
        **more,
    }


def _voting_at_desk(token: str) -> Voting:
    voting = voting_at(token)
    desk_of(voting.workshop.id)
    return voting


def _cast_form(voting: Voting, key: str, code: str | None) -> Sent:
    """Store the form's ballot; `code` is the one-time code as typed, None at the desk."""
    filled = paper_ballot_from(request.form, voting.workshop.deck.codes)
    with counting_one_time_codes(code or "", key):
        return cast_ballot(
            voting,
            key,
            filled,
            replace=request.form.get("replace") == "yes",
            segment=filled.segment,
            deck_mark=request.form.get("deck", ""),
            of_round=form_round_from(request.form),
            edition=edition_from(request.form.get("edition", "0")),
            code=None if code is None else hash_typed(code, secret=config().secret),
        )


def _fault(error: CardsortError) -> dict[str, Any]:
    said = _(NEW_ROUND_ON_FORM) if isinstance(error, RoundOver) else str(error)
    return {"form_error": said, "form": request.form, "ask_replace": isinstance(error, AlreadySent)}
