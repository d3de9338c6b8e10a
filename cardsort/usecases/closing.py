"""A group that closes by itself at a day and time. Whether it has is looked up when a ballot arrives, so nobody needs
to be there; the lock itself is written down soon after, when the server tidies up or the facilitator goes on.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, NotFound, WrongStage
from cardsort.language import _
from cardsort.store import workshops
from cardsort.store.engine import reading, writing
from cardsort.store.mixing import NotMixed, mix

LATEST = timedelta(days=365)


def set_closing(workshop_id: str, group: Group, at: datetime | None, *, now: datetime) -> None:
    """Let a group close at that time, None = not by itself; until the reveal. To move a time that has come opens the
    group again, which stays on record as every reopening.
    """
    if at is not None and not now < at <= now + LATEST:
        raise InvalidInput(_("Choose a time in the future, within a year from now. Nothing was changed."))
    with writing() as session:
        state = workshops.hold_round(session, workshop_id, now)
        state.check_reopen()
        if group in state.locked:
            if state.locked[group] != state.closes.get(group):
                raise WrongStage(_("The group is locked, so nothing was changed. Open it again on your desk first."))
            workshops.end_lock(session, workshop_id, state.number, group, now)
        workshops.set_closing(session, workshop_id, state.number, group, at)


def lock_closed(*, now: datetime) -> None:
    """Write down the locks of all groups whose time has come, and take the order of their votes off the disk."""
    with reading() as session:
        due = workshops.workshops_closed(session, now)
    for workshop_id in due:
        with suppress(NotFound), writing() as session:  # it may have been deleted just now
            workshops.hold_round(session, workshop_id, now)
        with suppress(NotMixed):  # tidying tries again
            mix([workshop_id])
