"""An outage is logged at once and then seldom, each kind of fault by itself, and none is left uncounted."""

import logging

from cardsort.web.outage import Repeated


def test_of_a_fault_that_repeats_the_first_is_logged_and_ten_seconds_later_how_many_there_were(caplog):
    log = Repeated(logging.getLogger("outage"))
    for what, now in (("away", 0), ("away", 1), ("busy", 2), ("away", 9.9), ("away", 10), ("away", 15), ("busy", 12)):
        log.tell(what, now)
    assert caplog.messages == ["away", "busy", "away, and 2 more since the last such line", "busy"]
