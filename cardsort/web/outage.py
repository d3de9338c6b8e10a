"""What is logged of an outage: hundreds of requests fail for one cause, and a log of that length hides the rest."""

from collections import Counter
from logging import Logger
from threading import Lock

QUIET_SECONDS = 10.0


class Repeated:
    """Errors that are logged at once, and then every ten seconds with how many of the kind there were since."""

    def __init__(self, logger: Logger) -> None:
        self._logger, self._lock = logger, Lock()
        self._again: dict[str, float] = {}
        self._held_back: Counter[str] = Counter()

    def tell(self, what: str, now: float) -> None:
        """Log it, or count it for later; `now` in seconds."""
        with self._lock:
            if now < self._again.get(what, now):
                self._held_back[what] += 1
                return
            self._again[what], more = now + QUIET_SECONDS, self._held_back.pop(what, 0)
        self._logger.error("%s%s", what, f", and {more} more since the last such line" if more else "")
