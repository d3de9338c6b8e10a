"""Links and receipts: how tokens and join codes are made.

Both follow from a random nonce and the server's secret, so that the facilitator can show a voting link again, while
the database keeps hashes only: a copy of the database opens nothing. A facilitator link has 144 bits, a join code 39.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from cardsort.domain.codes import clean_code, show_code, spell_code
from cardsort.store.links import Link, Purpose

TOKEN_BYTES = 18


def new_link(secret: bytes, workshop_id: str, purpose: Purpose, segment: int = 0) -> Link:
    """A link with a fresh token; voting links have a join code too. `segment` 0 = for everybody of the group."""
    nonce = secrets.token_bytes(16)
    code = None if purpose is Purpose.FACILITATOR else hash_code(secret, _code(secret, purpose, nonce))
    return Link(workshop_id, purpose, nonce, hash_token(_token(secret, purpose, nonce)), code, segment)


def new_links(secret: bytes, workshop_id: str) -> dict[Purpose, Link]:
    """The three links of a new workshop."""
    return {purpose: new_link(secret, workshop_id, purpose) for purpose in Purpose}


def token_of(secret: bytes, link: Link) -> str:
    """The token in the link's address: 24 letters, digits, - and _."""
    return _token(secret, link.purpose, link.nonce)


def code_of(secret: bytes, link: Link) -> str:
    """The join code as people type it: "K7Q2-M9XT"."""
    return show_code(_code(secret, link.purpose, link.nonce))


def follows(secret: bytes, link: Link) -> bool:
    """Whether the link is one that this secret makes, so that its address and code can be shown again."""
    return hmac.compare_digest(hash_token(token_of(secret, link)), link.token_hash)


def mark_of_secret(secret: bytes) -> bytes:
    """By what servers on one database see whether they have one secret; it tells nothing of it."""
    return _digest(secret, "mark", b"")


def hash_token(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def hash_code(secret: bytes, code: str) -> bytes:
    """What the database keeps of a join code: keyed, as 39 bits alone could be tried one by one."""
    return _digest(secret, "join code", code.encode())


def new_code() -> str:
    """A code to be typed, eight letters without look-alikes, from 256 random bits."""
    return spell_code(int.from_bytes(secrets.token_bytes(32)))


def new_one_time_codes(secret: bytes, count: int) -> dict[bytes, bytes]:
    """So many different one-time codes: what the database keeps of each, and the nonce that it follows from."""
    made: dict[bytes, bytes] = {}
    while len(made) < count:
        nonce = secrets.token_bytes(16)
        made[_one_time_hash(secret, nonce)] = nonce
    return made


def follows_code(secret: bytes, nonce: bytes, code_hash: bytes) -> bool:
    """Whether the one-time code is one that this secret makes."""
    return hmac.compare_digest(_one_time_hash(secret, nonce), code_hash)


def one_time_code(secret: bytes, nonce: bytes) -> str:
    """The one-time code as people type it: "K7Q2-M9XT"."""
    return show_code(spell_code(int.from_bytes(_digest(secret, "one-time code", nonce))))


def seal_key(secret: bytes, code: str, key: str) -> bytes:
    """A respondent's key, locked with a code that is used once: without the code nobody can read it."""
    pad = _digest(secret, "handover", code.encode())
    return bytes(one ^ other for one, other in zip(key.encode().ljust(len(pad), b"\0"), pad, strict=True))


def open_key(secret: bytes, code: str, sealed: bytes) -> str:
    """The key that `seal_key` locked with this code."""
    pad = _digest(secret, "handover", code.encode())
    return bytes(one ^ other for one, other in zip(sealed, pad, strict=True)).rstrip(b"\0").decode()


def receipt_of(ballot_id: str) -> str:
    """The receipt for a ballot: the same id always gives the same."""
    return show_code(spell_code(int.from_bytes(hashlib.sha256(ballot_id.encode()).digest())))


def new_id() -> str:
    """An unguessable id for a workshop or respondent, 16 characters."""
    return secrets.token_urlsafe(12).replace("-", "x").replace("_", "y")


def new_ballot_id() -> str:
    """An id such as a device gives its ballot: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def new_key() -> str:
    """The random key by which a browser is known in one workshop."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def mark_of_start_code(secret: bytes, code: str) -> str:
    """By what a browser is known that has shown the code for starting; another code ends it."""
    return _digest(secret, "start code", code.encode()).hex()


def mark_of(key: str) -> str:
    """By what a page tells one person of a shared device from the next; it opens nothing."""
    return hashlib.sha256(b"page " + key.encode()).hexdigest()[:12]


def _token(secret: bytes, purpose: Purpose, nonce: bytes) -> str:
    return urlsafe_b64encode(_digest(secret, f"token {purpose}", nonce)[:TOKEN_BYTES]).decode()


def _code(secret: bytes, purpose: Purpose, nonce: bytes) -> str:
    return spell_code(int.from_bytes(_digest(secret, f"code {purpose}", nonce)))


def _one_time_hash(secret: bytes, nonce: bytes) -> bytes:
    return hash_code(secret, clean_code(one_time_code(secret, nonce)) or "")


def _digest(secret: bytes, use: str, value: bytes) -> bytes:
    return hmac.digest(secret, use.encode() + b"\0" + value, "sha256")
