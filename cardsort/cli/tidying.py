"""The running server deletes what is past its date by itself, also when nobody visits it for months."""

from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

from flask import Flask

from cardsort.domain.errors import ClockLeapt
from cardsort.usecases.workshops import DELETED, tidy_up

EVERY = 3600.0  # seconds


def keep_tidy(app: Flask, every: float = EVERY) -> Event:
    """Delete now and then again and again, beside the requests, until the event is set."""
    over = Event()
    Thread(target=_tidy, args=(app, every, over), name="tidying", daemon=True).start()
    return over


def _tidy(app: Flask, every: float, over: Event) -> None:
    while True:
        try:
            with app.app_context():
                tidy_up(now=datetime.now(UTC), on_deleted=partial(app.logger.info, DELETED))
        except ClockLeapt as leap:
            app.logger.warning("tidying: %s", leap)
        except Exception as error:  # noqa: BLE001  whatever it was, the next time tries again
            app.logger.error("tidying: %s", type(error).__name__)  # noqa: TRY400  values stay out of the log
        if over.wait(every):
            return
