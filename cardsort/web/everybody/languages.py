"""The switch on every page: another language from now on, on this device."""

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from cardsort.domain.errors import InvalidInput
from cardsort.language import _
from cardsort.web.kit.access import give_language
from cardsort.web.kit.speaking import chosen, path_only

bp = Blueprint("languages", __name__)


@bp.post("/language")
def choose() -> AnyResponse:
    """Speak it, and go back to the page, which is always one of this site."""
    wanted = chosen(request.form)
    if wanted is None:
        raise InvalidInput(_("Cardsort does not speak that language yet. Choose one of those at the foot of the page."))
    response = make_response(redirect(path_only(request.form.get("back", "")), 303))
    give_language(response, wanted)
    return response
