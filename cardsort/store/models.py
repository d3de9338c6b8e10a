"""The tables. Every one of a workshop carries its key first, so that workshops can live on different machines.

Named constraints repeat the domain's rules: what the code forgets, the database refuses. No row holds a name, an
address or the time of a vote. Times are UTC.
"""

from datetime import UTC, date, datetime
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

WORKSHOP_ID = String(16)
GROUP = String(10)
KIND = String(10)
BALLOT_ID = String(32)
HASH = LargeBinary(32)
LANGUAGE = String(12)


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC: SQLite keeps no zone, so it is put back on reading; PostgreSQL tells it in the server's own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables, with names for the constraints that are not named by hand."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "ix": "ix_%(column_0_N_label)s",
        }
    )


def table_of(row: type[Base]) -> Table:
    """The table itself, for statements that are built once and make no objects: they take a third of the time."""
    return cast("Table", row.__table__)


db = SQLAlchemy(model_class=Base)
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}  # both know ON CONFLICT
_BY_ID: dict[str, Any] = {"sqlite_with_rowid": False}  # a hidden row number would keep the order of the votes


class WorkshopRow(Base):
    """An event for one organisation, with its own copy of the deck, so that no card changes under a ballot.
    `archived_on`: the day of the archive that it was restored from, where that is known.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint("picks >= 3", name="picks_at_least_three"),
        CheckConstraint("threshold >= 3", name="threshold_at_least_three"),
    )

    id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    question_it: Mapped[str] = mapped_column(Text)
    question_customers: Mapped[str] = mapped_column(Text)
    question_it_own: Mapped[str] = mapped_column(Text, server_default="")
    question_customers_prediction: Mapped[str] = mapped_column(Text, server_default="")
    picks: Mapped[int]
    threshold: Mapped[int]
    asked_by: Mapped[str] = mapped_column(Text, server_default="")
    last_round: Mapped[str] = mapped_column(Text, server_default="")
    hear_by: Mapped[str] = mapped_column(Text, server_default="")
    honest: Mapped[str] = mapped_column(Text, server_default="")
    honest_it: Mapped[str] = mapped_column(Text, server_default="")
    first_way_it: Mapped[str] = mapped_column(Text, server_default="")  # "" = by the width of the screen
    first_way_customers: Mapped[str] = mapped_column(Text, server_default="")
    census: Mapped[bool]
    example: Mapped[bool]
    language: Mapped[str] = mapped_column(LANGUAGE, server_default="en")
    deck: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)  # read by decks.load_deck, once for each text
    created_on: Mapped[date] = mapped_column(Date)
    delete_on: Mapped[date] = mapped_column(Date)
    restored: Mapped[bool] = mapped_column(server_default=false())
    archived_on: Mapped[date | None] = mapped_column(Date)


def _belongs() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE")


def _of_respondent() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workshop_id", "respondent_id"], ["respondent.workshop_id", "respondent.id"], ondelete="CASCADE"
    )


def _of_round() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workshop_id", "round_number"], ["round.workshop_id", "round.number"], ondelete="CASCADE"
    )


class RoundRow(Base):
    """One pass of voting; `expected_*` people were asked; the projector shows slide `reveal_step`, from 0, and
    participants see the lists where they are `on_devices`.
    `published_on`: since when customers read the answer. `edition` counts the changes of what is asked. `sources`:
    where its ballots came from, as the archive told it that it was restored from; else NULL. `closes_*`: when a group
    closes by itself. `alone`: the one group that takes part, NULL where both do. `timer_ends_at`: when the time is
    up that the projector shows.
    """

    __tablename__ = "round"
    __table_args__ = (
        _belongs(),
        CheckConstraint("number >= 1", name="round_number_from_one"),
        CheckConstraint("reveal_step >= 0", name="reveal_step_from_zero"),
        CheckConstraint("alone in ('it', 'customers')", name="round_alone_known"),
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    expected_it: Mapped[int | None]
    expected_customers: Mapped[int | None]
    edition: Mapped[int] = mapped_column(server_default="0")
    revealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_on: Mapped[date | None] = mapped_column(Date)
    reveal_step: Mapped[int] = mapped_column(server_default="0")
    on_devices: Mapped[bool] = mapped_column(server_default=false())
    sources: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    closes_it: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_customers: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alone: Mapped[str | None] = mapped_column(GROUP)
    timer_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LockRow(Base):
    """A group's lock in a round, and when it was opened again; a group is locked while a row is not reopened.
    `mixed`: what is on disk tells no order of the votes before it (`mixing`).
    """

    __tablename__ = "lock"
    __table_args__ = (
        _of_round(),
        CheckConstraint("\"group\" in ('it', 'customers')", name="lock_group_known"),
        Index(
            "one_open_lock_per_group",
            "workshop_id",
            "round_number",
            "group",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
            postgresql_where=text("reopened_at IS NULL"),
        ),
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    group: Mapped[str] = mapped_column(GROUP, primary_key=True)
    locked_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mixed: Mapped[bool] = mapped_column(server_default=false())


class SegmentRow(Base):
    """A kind of customer or a team in IT, as typed; told together with number `counts_with` of its group."""

    __tablename__ = "segment"
    __table_args__ = (
        _belongs(),
        UniqueConstraint("workshop_id", "group", "name", name="one_segment_per_name"),
        CheckConstraint(
            "\"group\" = 'customers' and kind in ('internal', 'business', 'paying') "
            "or \"group\" = 'it' and kind in ('infrastructure', 'applications', 'service_desk')",
            name="segment_kind_known",
        ),
        CheckConstraint("\"group\" in ('it', 'customers')", name="segment_group_known"),
        CheckConstraint("expected >= 1", name="segment_expects_somebody"),
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    group: Mapped[str] = mapped_column(GROUP, primary_key=True, server_default="customers")
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(14))
    expected: Mapped[int | None]
    counts_with: Mapped[int | None]


class LinkRow(Base):
    """A link that opens something. Only hashes of its token and join code are kept; both follow from `nonce` and
    the server's secret, so a copy of the database alone opens nothing. The one table that every machine has whole, as a
    token tells nothing of its workshop: it goes with the workshop by hand, not by a foreign key. `language` is what it
    speaks to whoever has not chosen one, NULL = the reader's.
    """

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("token_hash", name="one_link_per_token"),
        UniqueConstraint("code_hash", name="one_link_per_join_code"),
        CheckConstraint("purpose in ('facilitator', 'it', 'customers')", name="link_purpose_known"),
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12), primary_key=True)
    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0 = all customers
    nonce: Mapped[bytes] = mapped_column(LargeBinary(16))
    token_hash: Mapped[bytes] = mapped_column(HASH)
    code_hash: Mapped[bytes | None] = mapped_column(HASH)
    language: Mapped[str | None] = mapped_column(LANGUAGE)


class RespondentRow(Base):
    """A person who casts ballots, known only by the hash of a random key in their browser's cookie.

    One who has `ended` is the key alone that another device's has taken the place of: it says so, and has no ballot.
    `removed`: a ballot of theirs was taken out, in whichever round.
    """

    __tablename__ = "respondent"
    __table_args__ = (
        _belongs(),
        UniqueConstraint("workshop_id", "key_hash", name="one_respondent_per_key"),
        _BY_ID,
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(HASH)
    ended: Mapped[bool] = mapped_column(server_default=false())
    removed: Mapped[bool] = mapped_column(server_default=false())


class DraftRow(Base):
    """A ballot that is not sent yet, as the respondent's device left it; `content` is opaque to the server."""

    __tablename__ = "draft"
    __table_args__ = (_of_respondent(), _of_round(), _BY_ID)

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    respondent_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    group: Mapped[str] = mapped_column(GROUP, primary_key=True)
    kind: Mapped[str] = mapped_column(KIND, primary_key=True)
    content: Mapped[str] = mapped_column(Text)


class BallotRow(Base):
    """A sent ballot. `ranking` holds one byte a card: its number in the workshop's deck, best first.
    `piles` holds one byte for every card of the deck (0 unsorted, 1 often, 2 sometimes, 3 no, 4 can't say), or is
    empty.
    `basis` holds one character a place for the first places: k(now), t(hink) or - (not said).
    `source` says how it came, and nothing more; NULL for ballots from before that was kept.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        _of_respondent(),
        _of_round(),
        UniqueConstraint(
            "workshop_id", "round_number", "respondent_id", "kind", "group", name="one_ballot_per_respondent_kind_round"
        ),
        CheckConstraint("length(ranking) >= 3", name="ballot_ranks_at_least_three"),
        CheckConstraint("length(ranking) <= 120", name="ballot_ranks_a_deck_at_most"),
        CheckConstraint("\"group\" in ('it', 'customers')", name="ballot_group_known"),
        CheckConstraint("kind in ('own', 'prediction')", name="ballot_kind_known"),
        CheckConstraint("moment in ('calm', 'busy', 'outage')", name="ballot_moment_known"),
        CheckConstraint("source in ('sent', 'typed', 'imported')", name="ballot_source_known"),
        CheckConstraint("expected_hits between 0 and 10", name="ballot_expects_some_of_ten"),
        _BY_ID,
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    id: Mapped[str] = mapped_column(BALLOT_ID, primary_key=True)
    round_number: Mapped[int]
    respondent_id: Mapped[str] = mapped_column(String(16))
    group: Mapped[str] = mapped_column(GROUP)
    kind: Mapped[str] = mapped_column(KIND)
    segment: Mapped[int | None]
    ranking: Mapped[bytes] = mapped_column(LargeBinary(120))
    piles: Mapped[bytes] = mapped_column(LargeBinary(120))
    basis: Mapped[str] = mapped_column(String(3))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    moment: Mapped[str | None] = mapped_column(String(10))
    serves: Mapped[str] = mapped_column(Text, server_default="")
    source: Mapped[str | None] = mapped_column(String(10))
    expected_hits: Mapped[int | None]


class RemovedBallotRow(Base):
    """A ballot that was taken out again, without anything that it said: by its sender until the lock, or `discarded` by
    the facilitator until the reveal, with the reason that its sender is told.
    """

    __tablename__ = "removed_ballot"
    __table_args__ = (
        _of_respondent(),
        _of_round(),
        CheckConstraint("length(reason) <= 280", name="removal_reason_short"),
        _BY_ID,
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    id: Mapped[str] = mapped_column(BALLOT_ID, primary_key=True)
    round_number: Mapped[int]
    respondent_id: Mapped[str] = mapped_column(String(16))
    group: Mapped[str] = mapped_column(GROUP)
    kind: Mapped[str] = mapped_column(KIND)
    discarded: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)


class WithheldWordsRow(Base):
    """Words that the facilitator withholds from a round's result; `mark` is a hash of their letters, of no ballot."""

    __tablename__ = "withheld_words"
    __table_args__ = (_of_round(),)

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[bytes] = mapped_column(HASH, primary_key=True)


class HandoverRow(Base):
    """A short code by which somebody goes on with their ballot on another device, for some minutes and once.

    `sealed` is the respondent's key, which only the code itself opens; the row names no respondent.
    """

    __tablename__ = "handover"
    __table_args__ = (_belongs(), Index(None, "code_hash"))

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12))
    segment: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OneTimeCodeRow(Base):
    """A code with which one customer sends one ballot of a round. It follows from `nonce` and the server's secret, and
    `used` is all that is known of its use: neither by whom, nor when, nor for which ballot. Codes of one `batch` were
    made together, from 1.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (_of_round(), Index(None, "code_hash"), _BY_ID)

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    nonce: Mapped[bytes] = mapped_column(LargeBinary(16))
    used: Mapped[bool]
    batch: Mapped[int] = mapped_column(server_default="1")


class SlideNoteRow(Base):
    """What the facilitator wants to say at a slide of the reveal; `slide` is its chapter, with the card it is about."""

    __tablename__ = "slide_note"
    __table_args__ = (_belongs(), CheckConstraint("length(words) <= 1000", name="slide_note_short"))

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    slide: Mapped[str] = mapped_column(String(24), primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class AgendaItemRow(Base):
    """What was agreed about one card after the reveal. `progress_on` is the day of the last tick."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        _of_round(),
        CheckConstraint("decision in ('do', 'later', 'no')", name="agenda_decision_known"),
        CheckConstraint("worth_paying in ('yes', 'no', 'unsure')", name="agenda_worth_known"),
        CheckConstraint("acceptable in ('yes', 'no', 'unsure')", name="agenda_acceptable_known"),
        CheckConstraint("progress in ('open', 'under_way', 'done')", name="agenda_progress_known"),
        CheckConstraint("(progress = 'open') = (progress_on IS NULL)", name="agenda_progress_has_its_day"),
        CheckConstraint(
            "length(cost) <= 280 and length(action) <= 280 and length(reason) <= 280 and length(alternative) <= 280 "
            "and length(behaviour) <= 280 and length(owner) <= 80 and length(public_owner) <= 80",
            name="agenda_texts_short",
        ),
        CheckConstraint("length(stakeholder) <= 80", name="agenda_stakeholder_short"),
    )

    workshop_id: Mapped[str] = mapped_column(WORKSHOP_ID, primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    position: Mapped[int]
    decision: Mapped[str | None] = mapped_column(String(10))
    cost: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    alternative: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    due: Mapped[date | None] = mapped_column(Date)
    quick_win: Mapped[bool]
    worth_paying: Mapped[str | None] = mapped_column(String(10))
    behaviour: Mapped[str] = mapped_column(Text)
    from_whom: Mapped[list[str]] = mapped_column(JSON)
    public_owner: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(String(10))
    progress_on: Mapped[date | None] = mapped_column(Date)
    acceptable: Mapped[str | None] = mapped_column(String(10))
    stakeholder: Mapped[str] = mapped_column(Text, server_default="")


class ServerRow(Base):
    """The one row of what the machines that share this database agree on. `secret_mark` follows from their secret, and
    tells nothing of it.
    """

    __tablename__ = "server"
    __table_args__ = (CheckConstraint("number = 1", name="one_server_row"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day_seen: Mapped[date | None] = mapped_column(Date)
    secret_mark: Mapped[bytes | None] = mapped_column(HASH)
