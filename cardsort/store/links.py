"""Links: which workshop and purpose a token or join code opens."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.orm import Session

from cardsort.store.engine import Transaction
from cardsort.store.models import LinkRow, table_of


class Purpose(StrEnum):
    """What a link is for; the two voting links bear their group's name."""

    FACILITATOR = "facilitator"
    IT = "it"
    CUSTOMERS = "customers"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as stored; `segment` 0 = for everybody of the group. Token and code follow from `nonce`. `language`: what
    it speaks to whoever has not chosen one; None = the reader's.
    """

    workshop_id: str
    purpose: Purpose
    nonce: bytes
    token_hash: bytes
    code_hash: bytes | None = None
    segment: int = 0
    language: str | None = None


LINK = table_of(LinkRow)
_BY_TOKEN = select(LINK).where(LINK.c.token_hash == bindparam("token"))


def insert_links(session: Session, made: Iterable[Link]) -> None:
    """Store new links."""
    session.add_all(
        LinkRow(
            workshop_id=link.workshop_id,
            purpose=link.purpose.value,
            segment=link.segment,
            nonce=link.nonce,
            token_hash=link.token_hash,
            code_hash=link.code_hash,
            language=link.language,
        )
        for link in made
    )
    session.flush()


def replace_link(session: Session, link: Link) -> None:
    """Put a new token in the place of the link's old one, if any, which opens nothing from then on; it speaks the same
    language.
    """
    old = find_link(session, link.workshop_id, link.purpose, link.segment)
    link = replace(link, language=old.language if old else None)
    delete_link(session, link.workshop_id, link.purpose, link.segment)
    insert_links(session, [link])


def set_language(session: Session, workshop_id: str, purpose: Purpose, segment: int, code: str | None) -> None:
    """Let the link speak that language to whoever has not chosen one; None = the reader's."""
    session.get_one(LinkRow, (workshop_id, purpose.value, segment)).language = code
    session.flush()


def delete_link(session: Session, workshop_id: str, purpose: Purpose, segment: int) -> None:
    """End a link, if there is one."""
    this = (LinkRow.workshop_id == workshop_id, LinkRow.purpose == purpose.value, LinkRow.segment == segment)
    session.execute(delete(LinkRow).where(*this))


def find_token(session: Session, token_hash: bytes) -> Link | None:
    """The link with that token, or None."""
    row = session.execute(_BY_TOKEN, {"token": token_hash}).one_or_none()
    return None if row is None else _link(row)


def find_code(session: Session, code_hash: bytes) -> Link | None:
    """The link with that join code, or None."""
    row = session.scalars(select(LinkRow).where(LinkRow.code_hash == code_hash)).one_or_none()
    return None if row is None else _link(row)


def find_link(session: Session, workshop_id: str, purpose: Purpose, segment: int) -> Link | None:
    """The link of a workshop for that purpose and segment, or None."""
    row = session.get(LinkRow, (workshop_id, purpose.value, segment))
    return None if row is None else _link(row)


def links_of(session: Session, workshop_id: str) -> dict[Purpose, Link]:
    """The links of a workshop by purpose, each for everybody of its group."""
    rows = session.scalars(select(LinkRow).where(LinkRow.workshop_id == workshop_id, LinkRow.segment == 0))
    return {Purpose(row.purpose): _link(row) for row in rows}


def segment_links(session: Session, workshop_id: str) -> dict[int, Link]:
    """The links that are for one kind of customer alone, by its number, from 1."""
    query = select(LinkRow).where(LinkRow.workshop_id == workshop_id, LinkRow.segment > 0)
    return {row.segment: _link(row) for row in session.scalars(query.order_by(LinkRow.segment))}


def all_links(session: Transaction) -> list[Link]:
    """Every link of every workshop; read before an older schema is brought up to date, so without what came later."""
    rows = session.execute(select(*(column for column in LINK.c if column.name != "language")))
    return [
        Link(row.workshop_id, Purpose(row.purpose), row.nonce, row.token_hash, row.code_hash, row.segment)
        for row in rows
    ]


def _link(row: LinkRow | Row[Any]) -> Link:
    return Link(
        row.workshop_id, Purpose(row.purpose), row.nonce, row.token_hash, row.code_hash, row.segment, row.language
    )
