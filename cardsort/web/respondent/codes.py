"""A customer's one-time code, looked at before the work."""

from flask import Blueprint, jsonify, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import WrongCode
from cardsort.usecases.codes import check_code, hash_typed
from cardsort.usecases.voting import find_voting
from cardsort.web.kit.access import respondent_key
from cardsort.web.kit.errors import status_of, wants_json
from cardsort.web.kit.guard import config
from cardsort.web.kit.limits import counting_one_time_codes
from cardsort.web.respondent.plainform import form_page
from cardsort.web.respondent.voting import MAX_CODE, speak_to, welcome_page

bp = Blueprint("code", __name__, url_prefix="/v/<token>")


@bp.post("/code")
def check(token: str) -> AnyResponse:
    """Say whether there is such a code, before anybody works for minutes; it stays as it is.

    The page's script keeps the code on the device. Without script the plain form takes it along.
    """
    voting = find_voting(token, secret=config().secret)
    speak_to(voting)
    typed = request.form.get("code", "")[:MAX_CODE]
    try:
        with counting_one_time_codes(typed, respondent_key(voting.workshop.id)):
            check_code(voting.workshop, hash_typed(typed, secret=config().secret))
    except WrongCode as error:
        if wants_json():
            raise
        return make_response(welcome_page(voting, code=typed, code_fault=str(error)), status_of(error))
    if wants_json():
        return jsonify(usable=True)
    return make_response(form_page(voting, form=request.form))
