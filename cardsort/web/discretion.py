"""gunicorn writes of a request that it cannot read from where it came and what was asked for: with us, neither."""

import logging
import traceback

UNREADABLE, UNANSWERED = "Invalid request from", "Error handling request"  # how its lines begin


class Discreet(logging.Filter):
    """Lets such lines through without address, path and values."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: what happened is still told."""
        said = str(record.msg)
        if said.startswith(UNREADABLE):
            record.msg, record.args = "a request that cannot be read was refused", ()
        elif said.startswith(UNANSWERED) and record.exc_info:
            kind, _error, places = record.exc_info
            record.msg = f"unexpected {kind.__name__ if kind else ''}\n{''.join(traceback.format_tb(places))}"
            record.args, record.exc_info = (), None
        return True


def keep_discreet() -> None:
    """Of this process's log of gunicorn, if it is one of gunicorn's."""
    logging.getLogger("gunicorn.error").addFilter(Discreet())
