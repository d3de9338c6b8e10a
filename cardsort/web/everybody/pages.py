"""Pages for everybody: the start, joining by code, a new workshop, the example, the deck."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from unicodedata import normalize

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import InvalidInput, NotFound
from cardsort.domain.settings import CHAIN, FIELDS
from cardsort.usecases.codes import find_coded_link
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.demo import start_example
from cardsort.usecases.handovers import find_handover
from cardsort.usecases.voting import find_join_code, find_voting
from cardsort.usecases.workshops import find_desk, start_workshop
from cardsort.web.everybody.deckpage import deck_context
from cardsort.web.everybody.starting import may_start, needs_start_code
from cardsort.web.kit.access import desk_of, desks_on_this_device, give_desk
from cardsort.web.kit.bounds import count
from cardsort.web.kit.forms import SEGMENT_ROWS, alone_from, form_from, settings_from, usual_form
from cardsort.web.kit.guard import config
from cardsort.web.kit.limits import counting_wrong_codes

bp = Blueprint("pages", __name__)
LONGEST_LINK = 400
LINK = re.compile(r"/([fv])/([A-Za-z0-9_-]{24})(?:/elsewhere/([A-Za-z0-9-]+))?(?:.*#([A-Za-z0-9-]+))?")
ON_THE_TABLE = 3  # cards shown on the start page


@bp.get("/")
def start() -> str:
    """The start page: join, start a workshop, see an example."""
    return _start_page()


@bp.post("/join")
def join() -> AnyResponse:
    """To where a code leads. Only wrong ones are counted (cardsort/web/kit/limits.py)."""
    typed = request.form.get("code", "")[:LONGEST_LINK]
    try:
        with counting_wrong_codes():
            return redirect(_place_of(typed), 303)
    except NotFound as error:
        return make_response(_start_page(code=typed, fault=str(error)), 404)


def _place_of(typed: str) -> str:
    """The voting link of a join code, the ballot of a code for going on elsewhere, the page that checks a one-time
    code, or where a whole link leads that was pasted; else NotFound.
    """
    plain = "".join(char for char in normalize("NFKC", typed) if char.isprintable() and char != " ")
    if pasted := LINK.search(plain):
        return _place_of_link(*pasted.groups(), kiosk=1 if "kiosk=1" in plain else None)
    try:
        return url_for("voting.welcome", token=find_join_code(typed, secret=config().secret))
    except NotFound:
        with suppress(NotFound):
            token, code = find_handover(typed, secret=config().secret, now=datetime.now(UTC))
            return url_for("handovers.arrive", token=token, code=code)
        with suppress(NotFound):
            token, code = find_coded_link(typed, secret=config().secret)
            return url_for("voting.welcome", token=token, _anchor=code)
        raise


def _place_of_link(door: str, token: str, code: str | None, slip: str | None, *, kiosk: int | None) -> str:
    """Where a pasted link of this server leads; `code`: of another device, `slip`: a one-time code. Else NotFound."""
    if door == "f":
        find_desk(token)
        return url_for("desk.enter", token=token)
    find_voting(token, secret=config().secret)
    if code:
        find_handover(code, secret=config().secret, now=datetime.now(UTC))
        return url_for("handovers.arrive", token=token, code=code)
    return url_for("voting.welcome", token=token, kiosk=kiosk, _anchor=slip)


@bp.get("/new")
@needs_start_code
def new() -> str:
    """The form for a new workshop, filled with good defaults, or as an earlier one that this browser leads."""
    return _new_page(_earlier_form(request.args.get("from", "")))


@bp.post("/new")
@needs_start_code
def create() -> Response:
    """Start the workshop and show its facilitator link, or say what is wrong with the form as it was filled in."""
    try:
        settings = settings_from(request.form)
        count("workshops")
        alone = alone_from(request.form)
        started = start_workshop(settings, shipped_deck(), secret=config().secret, today=_today(), alone=alone)
    except InvalidInput as error:
        page = _new_page(request.form, fault=error)
        return make_response(page, 422)
    return _to_desk("desk.keep_link", started.workshop_id, started.token)


@bp.post("/example")
@needs_start_code
def example() -> Response:
    """Make an example workshop, already voted and revealed, and open its desk."""
    count("examples")
    started = start_example(shipped_deck(), secret=config().secret, now=datetime.now(UTC))
    return _to_desk("desk.show", started.workshop_id, started.token)


@bp.get("/deck")
def deck() -> str:
    """All cards, front and back, by suit or by lens."""
    return render_template("pages/deck.html", **deck_context(shipped_deck(), request.args))


def _start_page(**more: str) -> str:
    shipped = shipped_deck()
    step = shipped.size // ON_THE_TABLE
    return render_template(
        "pages/start.html",
        workshops=desks_on_this_device(),
        loopback=config().loopback,
        may_start=may_start(),
        cards=shipped.cards[::step][:ON_THE_TABLE],
        suits={suit.letter: suit for suit in shipped.suits},
        **more,
    )


def _new_page(form: Mapping[str, str], fault: InvalidInput | None = None) -> str:
    usual, questions = usual_form()
    return render_template(
        "pages/new.html",
        usual=usual,
        form=form,
        fault=fault,
        deck=shipped_deck(),
        questions=questions,
        segment_rows=range(1, SEGMENT_ROWS + 1),
        segment_fields=FIELDS,
        chain=CHAIN,
    )


def _earlier_form(workshop_id: str) -> dict[str, str]:
    """An earlier workshop's settings as the form; empty for whoever does not lead it."""
    try:
        earlier = desk_of(workshop_id)
    except NotFound:
        return {}
    return {**form_from(earlier.settings), "alone": earlier.round.alone or ""}


def _to_desk(endpoint: str, workshop_id: str, token: str) -> Response:
    response = make_response(redirect(url_for(endpoint, workshop_id=workshop_id), 303))
    give_desk(response, workshop_id, token)
    return response


def _today() -> date:
    return datetime.now(UTC).date()
