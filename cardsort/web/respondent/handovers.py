"""Going on with a ballot on another device: a short code here, one tap there, and then it is there alone."""

from contextlib import suppress
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, render_template, request, url_for

from cardsort.domain.errors import HandedOver
from cardsort.usecases.handovers import find_handover, start_handover, take_over
from cardsort.usecases.voting import Voting, find_voting, load_respondent
from cardsort.web.kit.access import give_key, respondent_key
from cardsort.web.kit.guard import config, show_cardsort_error, wants_json
from cardsort.web.kit.limits import counting_wrong_codes

bp = Blueprint("handovers", __name__, url_prefix="/v/<token>/elsewhere")


@bp.get("")
def ask(token: str) -> str:
    """What going on elsewhere means. Nothing happens before the button is pressed."""
    return _page("handover", _voting(token))


@bp.post("")
def start(token: str) -> str:
    """A code and a QR code for the other device."""
    voting = _voting(token)
    code = start_handover(voting, respondent_key(voting.workshop.id), secret=config().secret, now=datetime.now(UTC))
    address = config().public_url + url_for(".arrive", token=token, code=code)
    return _page("handover", voting, code=code, address=address)


@bp.get("/<code>")
def arrive(token: str, code: str) -> str:
    """On the other device: asks before it takes over, as opening a link must change nothing."""
    voting = _voting(token)
    with counting_wrong_codes(key=respondent_key(voting.workshop.id)):
        find_handover(code, secret=config().secret, now=datetime.now(UTC))
    return _page("arrive", voting, code=code, known=_has_its_own(voting))


@bp.post("/<code>")
def go_on(token: str, code: str) -> Response:
    """This device goes on as the person with the code, and the other one's key ends; what this one had of another
    ballot is put away.
    """
    voting = _voting(token)
    with counting_wrong_codes(key=respondent_key(voting.workshop.id)):
        key = take_over(voting, code, secret=config().secret, now=datetime.now(UTC))
    response = make_response(_page("arrived", voting))
    give_key(response, voting.workshop.id, key)
    return response


@bp.app_errorhandler(HandedOver)
def ended(error: HandedOver) -> Response:
    """On the device where the ballot was: where it is now, and the way for the next person."""
    if wants_json():
        return show_cardsort_error(error)
    return make_response(_page("ended", _voting((request.view_args or {})["token"]), message=str(error)), 403)


def _has_its_own(voting: Voting) -> bool:
    """Whether this device has, or may have, a ballot of its own; one that went on elsewhere is none."""
    key = respondent_key(voting.workshop.id)
    with suppress(HandedOver):
        load_respondent(voting, key)
        return key is not None
    return False


def _voting(token: str) -> Voting:
    return find_voting(token, secret=config().secret)


def _page(name: str, voting: Voting, **more: object) -> str:
    return render_template(
        f"ballot/{name}.html",
        workshop=voting.workshop.settings,
        workshop_id=voting.workshop.id,
        group=voting.group.value,
        ballot=url_for("voting.ballot", token=voting.token),
        welcome=url_for("voting.welcome", token=voting.token),
        urls={
            "deck": url_for("voting.deck", token=voting.token),
            "next": url_for("voting.next_person", token=voting.token),
            "shared": url_for("voting.welcome", token=voting.token, kiosk=1),
        },
        **more,
    )
