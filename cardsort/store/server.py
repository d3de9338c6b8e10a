"""What the machines that share a database must agree on: the last day that one of them saw, and their secret."""

from datetime import date

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from cardsort.store.engine import Transaction
from cardsort.store.models import LockRow, ServerRow, WorkshopRow


def last_day(session: Transaction) -> date | None:
    """The last day that a server saw; where none was noted yet, the newest day of any workshop."""
    return day_seen(session) or newest_day(session)


def day_seen(session: Transaction) -> date | None:
    """The last day that a server saw, if one was noted yet."""
    return session.scalar(select(ServerRow.day_seen))


def newest_day(session: Transaction) -> date | None:
    """The newest day on which a workshop began or was locked."""
    started = session.scalar(select(func.max(WorkshopRow.created_on)))
    locked = session.scalar(select(func.max(LockRow.locked_at)))
    return max((day for day in (started, locked and locked.date()) if day), default=None)


def note_day(session: Transaction, day: date, *, even_earlier: bool) -> None:
    """This is the last day seen from now on; an earlier one than the present only where it is said to be right."""
    later = or_(ServerRow.day_seen.is_(None), ServerRow.day_seen < day)
    statement = update(ServerRow).values(day_seen=day)
    session.execute(statement if even_earlier else statement.where(later))


def share_mark(session: Session, mark: bytes) -> bytes:
    """The mark of the secret of all servers on this database: the first one's, who leaves it here."""
    session.execute(update(ServerRow).values(secret_mark=mark).where(ServerRow.secret_mark.is_(None)))
    return session.scalars(select(ServerRow.secret_mark)).one() or b""


def replace_mark(session: Session, mark: bytes) -> None:
    """Another secret holds from now on."""
    session.execute(update(ServerRow).values(secret_mark=mark))
