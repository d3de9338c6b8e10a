"""How much strangers can make the server keep: so much within an hour from one address and from all together, and
nothing but ballots once the disk is nearly full. Ballots are never counted.

The numbers are far above a room of 1,000 tablets behind one address. Each process counts for itself, in its memory
alone, and forgets an address after an hour.
"""

import time
from contextlib import suppress
from math import ceil
from shutil import disk_usage

from flask import Flask, Response, current_app, request
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from cardsort.language import N_, _
from cardsort.usecases.doctor import TOO_LITTLE
from cardsort.web.kit.errors import error_answer
from cardsort.web.kit.guard import SAFE, config
from cardsort.web.kit.limits import one_household

AN_HOUR = {  # from one address, and from all together
    "workshops": (300, 1_000),
    "examples": (100, 300),  # 0.4 MB each
    "restores": (30, 100),
    "drafts": (10_000, 50_000),  # of new people
}
RULES = {kind: tuple(map(RateLimitItemPerHour, amounts)) for kind, amounts in AN_HOUR.items()}
ENOUGH = {
    "workshops": N_("So many workshops were started within the last hour that no more are taken now."),
    "examples": N_("So many examples were made within the last hour that no more are made now."),
    "restores": N_("So many workshops were restored within the last hour that no more are taken now."),
    "drafts": N_(
        "So many people have begun within the last hour that the server keeps no more drafts now. "
        "Yours is kept on this device, and can be sent."
    ),
}
AGAIN = N_("Try again later.")
FULL = N_(
    "The server has hardly any room left, so it takes nothing but ballots, and this was not stored. "
    "Ask whoever runs it to make room, then try again."
)
STILL_TAKEN = {
    *("voting.send", "plainform.send_form", "plainform.send_paper"),  # ballots
    *("pages.join", "starting.enter", "code.check", "printing.report", "rehearsal.turn"),  # what stores nothing
    *("languages.choose", "doors.speak"),  # the same, and a few bytes
    *("desk.delete", "codes.do_without", "voting.next_person", "handovers.go_on"),  # what makes room
    *("voting.withdraw", "removals.discard", "removals.empty"),  # the same
    *("desk.lock", "desk.reopen", "desk.reveal", "projector.turn", "presenter.turn"),  # a few bytes each
    *("presenter.set_timer", "closing.choose", "remarks.change", "devices.change"),  # the same
    *("locking.together", "locking.apart", "locking.choose_groups"),  # the same
    *("desk.new_link", "doors.replace"),  # for a link that went astray
}


class Enough(Exception):
    """Too much of this came within the hour; `again` is in how many seconds it may be tried."""

    def __init__(self, kind: str, again: int) -> None:
        super().__init__(_(ENOUGH[kind]))
        self.again = again


def install_bounds(app: Flask) -> None:
    """Count for this application, and look at the disk before anything is stored."""
    app.extensions["bounds"] = FixedWindowRateLimiter(MemoryStorage())
    app.before_request(refuse_without_room)
    app.register_error_handler(Enough, _show_enough)


def count(kind: str) -> None:
    """One more of this kind is about to be stored; Enough where it must not be."""
    counter: FixedWindowRateLimiter = current_app.extensions["bounds"]
    rules = [(RULES[kind][0], (kind, one_household())), (RULES[kind][1], (kind,))]
    for rule, whose in rules:
        if not counter.test(rule, *whose):
            raise Enough(kind, max(1, ceil(counter.get_window_stats(rule, *whose).reset_time - time.time())))
    for rule, whose in rules:
        counter.hit(rule, *whose)


def refuse_without_room() -> Response | None:
    """On SQLite, whose disk is this machine's."""
    if request.method in SAFE or request.endpoint in STILL_TAKEN | {None} or config().database_url:
        return None
    with suppress(OSError):
        if disk_usage(config().data).free < TOO_LITTLE:
            return error_answer(_(FULL), 503, heading=_("No room left"))
    return None


def _show_enough(error: Enough) -> Response:
    answer = error_answer(f"{error} {_(AGAIN)}", 429)
    answer.headers["Retry-After"] = str(error.again)
    return answer
