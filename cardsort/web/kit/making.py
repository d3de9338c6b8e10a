"""Printed files and workbooks are made one at a time in a process: several together would need the memory of all.

Few wait for their turn, and for seconds only, as each keeps one of the threads that take ballots. Everybody else is
told by a page that asks again by itself.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import BoundedSemaphore, Lock

from flask import Flask, Response, current_app, request

from cardsort.files.tables import is_workbook
from cardsort.language import N_, _
from cardsort.web.kit.errors import error_answer
from cardsort.web.kit.guard import SAFE

AGAIN = 4  # seconds
HEADING = N_("One moment, please")
BUSY = N_("The files of others are being made at the moment, so yours has to wait.")
BY_ITSELF = N_("Leave this page open: it asks again by itself, and then the file comes.")
BY_HAND = N_("Go back and press the button again in a few seconds.")


class BeingMade(Exception):
    """Other files are being made, and enough wait already, or have waited long enough."""


class Workbench:
    """One file at a time; `seats` more may wait, for so many seconds."""

    def __init__(self, seats: int = 2, patience: float = 5.0) -> None:
        self._turn, self._seats, self._patience = Lock(), BoundedSemaphore(seats), patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """While it is one's turn; BeingMade where it does not come."""
        if not self._turn.acquire(blocking=False):
            self._wait()
        try:
            yield
        finally:
            self._turn.release()

    def _wait(self) -> None:
        if not self._seats.acquire(blocking=False):
            raise BeingMade
        try:
            if not self._turn.acquire(timeout=self._patience):
                raise BeingMade
        finally:
            self._seats.release()


def install_workbench(app: Flask) -> None:
    """One for each application, and a page for whoever has to wait."""
    app.extensions["workbench"] = Workbench()
    app.register_error_handler(BeingMade, _ask_again)


@contextmanager
def making() -> Iterator[None]:
    """Around whatever makes a file."""
    workbench: Workbench = current_app.extensions["workbench"]
    with workbench.turn():
        yield


def unpacking(data: bytes) -> AbstractContextManager[None]:
    """Around whatever reads a table that was sent: a workbook costs as much as making one."""
    return making() if is_workbook(data) else nullcontext()


def _ask_again(_waiting: BeingMade) -> Response:
    by_itself = request.method in SAFE
    said = f"{_(BUSY)} {_(BY_ITSELF if by_itself else BY_HAND)}"
    answer = error_answer(said, 503, heading=_(HEADING))
    answer.headers["Retry-After"] = str(AGAIN)
    if by_itself:
        answer.headers["Refresh"] = str(AGAIN)
    return answer
