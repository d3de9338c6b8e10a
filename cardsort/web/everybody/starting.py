"""Where START_CODE is set, only who knows it starts workshops: asked once, then remembered by this browser."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from cardsort.domain.errors import NotFound
from cardsort.language import N_, _
from cardsort.usecases.tokens import mark_of_start_code
from cardsort.web.kit.access import give_start, start_mark
from cardsort.web.kit.guard import SAFE, config
from cardsort.web.kit.limits import START_CODE, counting_wrong_codes

bp = Blueprint("starting", __name__)
PAGES = {"new": "pages.new", "restore": "archives.ask_restore"}  # where a right code leads; else to the start page
WRONG = N_("This is not the code. Ask whoever runs this server for it.")


def needs_start_code(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that starts a workshop, or leads to it: asks for the code instead, as long as it is not known here."""

    @wraps(view)
    def asking(*given: Any, **named: Any) -> Any:
        if may_start():
            return view(*given, **named)
        return make_response(_page(request.path.strip("/")), 200 if request.method in SAFE else 403)

    return asking


def may_start() -> bool:
    """Whether no code is needed, or this browser has shown the present one."""
    return not config().start_code or hmac.compare_digest(start_mark().encode(), _mark().encode())


@bp.post("/start-code")
def enter() -> Response:
    """Remember who typed the right code, and lead on. Wrong ones are counted (cardsort/web/kit/limits.py)."""
    to, typed = request.form.get("to", ""), request.form.get("code", "").strip()
    try:
        with counting_wrong_codes(START_CODE):
            _check(typed)
    except NotFound as error:
        return make_response(_page(to, fault=str(error)), 404)
    response = make_response(redirect(url_for(PAGES.get(to, "pages.start")), 303))
    give_start(response, _mark())
    return response


def _check(typed: str) -> None:
    if not hmac.compare_digest(typed.encode(), config().start_code.encode()):
        raise NotFound(_(WRONG))


def _mark() -> str:
    return mark_of_start_code(config().secret, config().start_code)


def _page(to: str, fault: str = "") -> str:
    return render_template("pages/start_code.html", to=to if to in PAGES else "", fault=fault)
