"""Going on with a ballot on another device: a short code, for some minutes and once, that carries the person's key.

The other device becomes the same respondent under a key of its own, with the draft that the server keeps, and only one
ballot counts. The first device's key ends at that moment: whoever made the code can neither see nor change the ballot
from then on.
"""

from datetime import datetime, timedelta

from cardsort.domain.codes import clean_code, show_code
from cardsort.domain.errors import NotFound, TooEarly
from cardsort.language import N_, _
from cardsort.store import ballots, handovers, links
from cardsort.store.engine import reading, writing
from cardsort.store.handovers import Handover
from cardsort.store.links import Purpose
from cardsort.usecases.tokens import hash_code, hash_token, new_code, new_id, new_key, open_key, seal_key, token_of
from cardsort.usecases.voting import Voting

VALID_FOR = timedelta(minutes=15)
LONGEST_KEY = 32
NO_SUCH_HANDOVER = N_(
    "This code has been used already, or is older than 15 minutes. Make a new one on the device where your ballot is."
)


def start_handover(voting: Voting, key: str | None, *, secret: bytes, now: datetime) -> str:
    """A code as people type it, with which another device goes on as this person; TooEarly before they have begun."""
    if key is None or len(key.encode()) > LONGEST_KEY:
        raise TooEarly(_("There is no ballot on this device yet. Begin it first."))
    with writing() as session:
        if ballots.find_respondent(session, voting.workshop.id, hash_token(key)) is None:
            raise TooEarly(_("Nothing of your ballot has reached the server yet. Sort a card first, then try again."))
        handovers.delete_expired_handovers(session, now)
        code = new_code()
        while handovers.find_handover(session, hash_code(secret, code), now):  # somebody else goes on by it just now
            code = new_code()
        link = Handover(voting.workshop.id, Purpose(voting.group.value), voting.segment, seal_key(secret, code, key))
        handovers.insert_handover(session, hash_code(secret, code), link, now + VALID_FOR)
    return show_code(code)


def find_handover(typed: str, *, secret: bytes, now: datetime) -> tuple[str, str]:
    """The token of the voting link that a code belongs to, and the code; else NotFound. The code stays as it is."""
    code = clean_code(typed) or ""
    with reading() as session:
        found = handovers.find_handover(session, hash_code(secret, code), now)
        link = None if found is None else links.find_link(session, found.workshop_id, found.purpose, found.segment)
    if link is None:
        raise NotFound(_(NO_SUCH_HANDOVER))
    return token_of(secret, link), code


def take_over(voting: Voting, typed: str, *, secret: bytes, now: datetime) -> str:
    """A new key for the person who goes on here; the old one ends, and the code opens nothing more. Else NotFound."""
    code, key = clean_code(typed) or "", new_key()
    code_hash = hash_code(secret, code)
    with writing() as session:
        found = handovers.find_handover(session, code_hash, now)
        opened = (voting.workshop.id, Purpose(voting.group.value), voting.segment)
        if found is None or (found.workshop_id, found.purpose, found.segment) != opened:
            raise NotFound(_(NO_SUCH_HANDOVER))
        handovers.delete_handover(session, found.workshop_id, code_hash)
        old = open_key(secret, code, found.sealed)
        if not ballots.replace_key(session, found.workshop_id, hash_token(old), hash_token(key), new_id()):
            raise NotFound(_(NO_SUCH_HANDOVER))  # the ballot went on by another code meanwhile
    return key
