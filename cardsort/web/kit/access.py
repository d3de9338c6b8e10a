"""Who is asking: the facilitator's and the respondent's cookies, one per workshop, and one for starting any."""

from datetime import UTC, datetime

from flask import Response, request

from cardsort.domain.errors import NotFound
from cardsort.domain.workshops import Workshop
from cardsort.usecases.workshops import KEPT_FOR, open_desk
from cardsort.web.kit.guard import config
from cardsort.web.kit.speaking import cookie_name, speak_for

DESK, KEY, START = "desk-", "key-", "start"


def desk_of(workshop_id: str) -> Workshop:
    """The workshop, when the browser holds its facilitator cookie; else NotFound. From here on its language is spoken
    where neither device nor browser says another.
    """
    found = open_desk(workshop_id, request.cookies.get(_name(DESK, workshop_id)), now=datetime.now(UTC))
    speak_for(found.settings.language)
    return found


def give_desk(response: Response, workshop_id: str, token: str) -> None:
    """Exchange the facilitator link for a cookie, so that it is not in the address bar on a projector."""
    _set(response, _name(DESK, workshop_id), token)


def forget_language(response: Response) -> None:
    """Let the device begin anew with the next person's browser, link or workshop."""
    response.delete_cookie(cookie_name(), secure=config().secure, httponly=True, samesite="Lax")


def forget_desk(response: Response, workshop_id: str) -> None:
    """Take the facilitator cookie away."""
    response.delete_cookie(_name(DESK, workshop_id), secure=config().secure, httponly=True, samesite="Lax")


def desks_on_this_device() -> list[Workshop]:
    """The workshops whose facilitator cookie this browser holds and that still exist."""
    found = []
    for name, token in request.cookies.items():
        if name.startswith(_name(DESK, "")):
            try:
                found.append(open_desk(name.removeprefix(_name(DESK, "")), token, now=datetime.now(UTC)))
            except NotFound:
                continue
    return sorted(found, key=lambda workshop: workshop.created_on, reverse=True)


def respondent_key(workshop_id: str) -> str | None:
    """The respondent's key in this workshop, if the browser holds one."""
    return request.cookies.get(_name(KEY, workshop_id))


def give_key(response: Response, workshop_id: str, key: str) -> None:
    """Let the browser be known again in this workshop."""
    _set(response, _name(KEY, workshop_id), key)


def start_mark() -> str:
    """What the browser holds since it showed the code for starting; "" before."""
    return request.cookies.get(_name(START), "")


def give_start(response: Response, mark: str) -> None:
    """Let the browser start workshops."""
    _set(response, _name(START), mark)


def give_language(response: Response, code: str) -> None:
    """Let the device remember the language that was chosen on it; it belongs to no workshop."""
    _set(response, cookie_name(), code)


def _name(kind: str, workshop_id: str = "") -> str:
    return f"__Host-{kind}{workshop_id}" if config().secure else f"{kind}{workshop_id}"


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=KEPT_FOR, secure=config().secure, httponly=True, samesite="Lax")
