"""What a facilitator does: start a workshop, lock, reopen, reveal, turn slides, replace a link, delete."""

import hmac
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.errors import ClockLeapt, InvalidInput, NotFound
from cardsort.domain.settings import Settings, check_settings
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _, ngettext
from cardsort.store import ballots, handovers, links, server, workshops
from cardsort.store.engine import forget_deleted, reading, writing
from cardsort.store.links import Link, Purpose
from cardsort.store.mixing import NotMixed, mix, workshops_to_mix
from cardsort.usecases.clock import CLOCK_IS_RIGHT, Leap, leap_between, surely_today
from cardsort.usecases.closing import lock_closed
from cardsort.usecases.tokens import code_of, hash_token, new_id, new_link, new_links, token_of

WORKSHOP_ID = re.compile(r"[A-Za-z0-9]{16}")
KEPT_FOR = timedelta(days=730)
KEPT_AT_MOST = timedelta(days=5 * 365)
DELETED = "workshops deleted: %d"  # in the log: how many, never which
REMIND_FROM = timedelta(days=30)
DRAFTS_KEPT_FOR = timedelta(days=7)
NOT_DELETED = N_("The name does not match, so nothing was deleted. Type the workshop’s name as it stands above.")


@dataclass(frozen=True, slots=True)
class Started:
    """A new workshop and its facilitator's token."""

    workshop_id: str
    token: str


@dataclass(frozen=True, slots=True)
class Access:
    """How people reach a workshop's ballot: the token in the address and the join code.

    `segment` is the kind of customer, from 1, that the link is for; 0 = for everybody of the group. `language`: what it
    speaks to whoever has not chosen one, None = the reader's.
    """

    group: Group
    token: str
    code: str
    segment: int = 0
    language: str | None = None


def start_workshop(
    settings: Settings, deck: Deck, *, secret: bytes, today: date, alone: Group | None = None
) -> Started:
    """Store a new workshop with its three links, and one more for each kind of customer. `alone`: the one group that
    takes part in its first round, None where both do.
    """
    check_settings(settings, deck.size)
    workshop_id = new_id()
    made = new_links(secret, workshop_id)
    kinds = range(1, len(settings.segments) + 1)
    of_kinds = [new_link(secret, workshop_id, Purpose.CUSTOMERS, kind) for kind in kinds]
    with writing() as session:
        delete_on = surely_today(session, today) + KEPT_FOR
        workshops.insert_workshop(
            session, workshop_id, settings, deck, created_on=today, delete_on=delete_on, alone=alone
        )
        links.insert_links(session, [*made.values(), *of_kinds])
    return Started(workshop_id, token_of(secret, made[Purpose.FACILITATOR]))


def open_desk(workshop_id: str, token: str | None, *, now: datetime | None = None) -> Workshop:
    """The workshop as it is `now`, for whoever holds its facilitator token; else NotFound."""
    _check_id(workshop_id)
    with reading() as session:
        link = links.find_link(session, workshop_id, Purpose.FACILITATOR, 0)
        given = hash_token(token or "")
        if link is None or not hmac.compare_digest(link.token_hash, given):
            raise NotFound
    return find_workshop(workshop_id, now=now)


def find_workshop(workshop_id: str, *, now: datetime | None = None) -> Workshop:
    """The workshop with that id, for the server's owner; else NotFound."""
    _check_id(workshop_id)
    with reading() as session:
        found = workshops.load_workshop(session, workshop_id, now=now)
    if found is None:
        raise NotFound
    return found


def find_desk(token: str) -> str:
    """The id of the workshop that a facilitator link opens; else NotFound."""
    with reading() as session:
        link = links.find_token(session, hash_token(token))
    if link is None or link.purpose is not Purpose.FACILITATOR:
        raise NotFound
    return link.workshop_id


def voting_access(workshop_id: str, *, secret: bytes) -> dict[Group, Access]:
    """Token and join code of both voting links, whoever takes part just now."""
    with reading() as session:
        found = links.links_of(session, workshop_id)
    return {group: _access(group, found[Purpose(group.value)], secret) for group in Group}


def segment_access(workshop_id: str, *, secret: bytes) -> dict[int, Access]:
    """Token and join code of the links that are for one kind of customer alone, by its number."""
    with reading() as session:
        found = links.segment_links(session, workshop_id)
    return {number: _access(Group.CUSTOMERS, link, secret) for number, link in found.items()}


def facilitator_token(workshop_id: str, *, secret: bytes) -> str:
    """The facilitator's token, for the server's owner and for the holder who asks to see it again."""
    with reading() as session:
        link = links.find_link(session, workshop_id, Purpose.FACILITATOR, 0)
    if link is None:
        raise NotFound
    return token_of(secret, link)


def replace_link(workshop_id: str, purpose: Purpose, *, secret: bytes, segment: int = 0) -> str:
    """A new token in the place of the old one, which opens nothing from now on; NotFound for a segment not there."""
    link = new_link(secret, workshop_id, purpose, segment)
    with writing() as session:
        workshops.hold_round(session, workshop_id)
        found = workshops.load_workshop(session, workshop_id)
        kinds = len(found.settings.segments) if found and purpose is Purpose.CUSTOMERS else 0
        if not 0 <= segment <= kinds:
            raise NotFound
        links.replace_link(session, link)
    return token_of(secret, link)


def set_link_language(workshop_id: str, group: Group, code: str | None, *, segment: int = 0) -> None:
    """Let that link speak a language to whoever has not chosen one; NotFound for a link that is not there."""
    purpose = Purpose(group.value)
    with writing() as session:
        workshops.hold_round(session, workshop_id)
        if links.find_link(session, workshop_id, purpose, segment) is None:
            raise NotFound
        links.set_language(session, workshop_id, purpose, segment, code)


def choose_groups(workshop_id: str, alone: Group | None) -> None:
    """Let one group alone take part in the present round, None = both; until the reveal, and as long as the group that
    is left out has no ballots.
    """
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        state.check_alone(alone, workshops.groups_voted(session, workshop_id, state.number))
        workshops.set_alone(session, workshop_id, state.number, alone)


def lock_group(workshop_id: str, group: Group, *, now: datetime) -> None:
    """Freeze a group's ballots from now on, and take the order of votes off the disk. Locking twice keeps the first
    time.
    """
    with writing() as session:
        state = workshops.hold_round(session, workshop_id, now)
        if group not in state.locked:
            workshops.insert_lock(session, workshop_id, state.number, group, now)
    with suppress(NotMixed):  # the lock holds all the same, and tidying tries again
        mix([workshop_id])


def reopen_group(workshop_id: str, group: Group, *, now: datetime) -> None:
    """Take ballots again; only before the reveal. Both times stay on record and are printed."""
    with writing() as session:
        state = workshops.hold_round(session, workshop_id, now)
        state.check_reopen()
        if group in state.locked:
            workshops.end_lock(session, workshop_id, state.number, group, now)
            if state.closes.get(group, now) <= now:
                workshops.set_closing(session, workshop_id, state.number, group, None)


def reveal(workshop_id: str, *, now: datetime) -> None:
    """Show the result from now on; only with all groups locked that take part."""
    with writing() as session:
        state = workshops.hold_round(session, workshop_id, now)
        state.check_reveal()
        if state.revealed_at is None:
            workshops.set_revealed(session, workshop_id, state.number, now)
    with suppress(NotMixed):  # where a group has closed by itself, and nobody was there
        mix([workshop_id])


def turn_slide(workshop_id: str, *, seen: int, to: int, last: int) -> None:
    """Show another slide of the reveal, wanted by somebody who sees slide `seen`; `last` is the last one, from 0."""
    with writing() as session:
        state = workshops.hold_round(session, workshop_id)
        workshops.set_reveal_step(session, workshop_id, state.number, state.step_after(seen=seen, to=to, last=last))


def delete_workshop(workshop_id: str, typed_name: str) -> None:
    """Remove everything for good, once the workshop's name has been typed to confirm."""
    check_typed_name(workshop_id, typed_name, NOT_DELETED)
    with writing() as session:
        workshops.hold_round(session, workshop_id)
        workshops.delete_workshop(session, workshop_id)
    forget_deleted()


def check_typed_name(workshop_id: str, typed_name: str, refusal: str) -> None:
    """Refuse what cannot be undone, by that sentence, where another name than the workshop's was typed."""
    name = find_workshop(workshop_id).settings.name
    if " ".join(typed_name.split()).casefold() != " ".join(name.split()).casefold():
        raise InvalidInput(_(refusal))


def set_deletion(workshop_id: str, day: date, *, today: date) -> None:
    """Keep the workshop until another day: from tomorrow to five years from now."""
    first, last = today + timedelta(days=1), today + KEPT_AT_MOST
    if not first <= day <= last:
        raise InvalidInput(
            _(
                "The day is %(day)s, so nothing was changed. Choose one from %(first)s to %(last)s.",
                day=day.isoformat(),
                first=first.isoformat(),
                last=last.isoformat(),
            )
        )
    with writing() as session:
        workshops.hold_round(session, workshop_id)
        workshops.set_delete_on(session, workshop_id, day)


def tidy_up(
    *, now: datetime, clock_is_right: bool = False, on_deleted: Callable[[int], None] = lambda _count: None
) -> int:
    """Delete workshops past their date and drafts a week after their lock; the number of workshops deleted.

    Locks of groups that have closed by themselves are written down first. ClockLeapt where the clock has leapt, and
    nobody says that it is right: then only codes for another device go, which live for minutes. After locks of which
    the disk still tells the order of votes, it is mixed, whatever the clock; NotMixed where that fails again.
    `on_deleted` learns the number also then, where workshops were deleted.
    """
    lock_closed(now=now)
    with writing() as session:
        handovers.delete_expired_handovers(session, now)
        leap = None if clock_is_right else leap_between(server.last_day(session), now.date())
        due = [] if leap else workshops.hold_to_delete(session, now.date())
        for workshop_id in due:
            workshops.delete_workshop(session, workshop_id)
        if not leap:
            ballots.delete_locked_drafts(session, locked_before=now - DRAFTS_KEPT_FOR)
            server.note_day(session, now.date(), even_earlier=clock_is_right)
        unmixed = workshops_to_mix(session)
    forget_deleted()
    if due:
        on_deleted(len(due))
    if unmixed:
        mix(unmixed)
    if leap:
        raise ClockLeapt(_refused_by(leap))
    return len(due)


def _refused_by(leap: Leap) -> str:
    return ngettext(
        "Nothing is deleted by this clock: it says %(today)s, %(n)s day past the last day that this server saw. Set "
        "it; or, if it is right, run: %(command)s",
        "Nothing is deleted by this clock: it says %(today)s, %(n)s days past the last day that this server saw. Set "
        "it; or, if it is right, run: %(command)s",
        (leap.today - leap.seen).days,
        today=leap.today,
        command=CLOCK_IS_RIGHT,
    )


def list_workshops() -> list[tuple[str, str, str, date]]:
    """Id, name, organisation and day of creation of every workshop, newest first; for the server's owner."""
    with reading() as session:
        return workshops.list_workshops(session)


def check_database() -> bool:
    """Whether the database can be written to; fails where it does not answer."""
    with reading() as session:
        return workshops.takes_writes(session)


def _check_id(workshop_id: str) -> None:
    """Refuse what cannot be an id before a database sees it."""
    if not WORKSHOP_ID.fullmatch(workshop_id):
        raise NotFound


def _access(group: Group, link: Link, secret: bytes) -> Access:
    return Access(group, token_of(secret, link), code_of(secret, link), link.segment, link.language)
