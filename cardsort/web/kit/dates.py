"""Days and times on this server's clock, as pages show them."""

from datetime import UTC, date, datetime

from cardsort import language


def today() -> date:
    """The day here and now."""
    return datetime.now(UTC).astimezone().date()


def clock(value: datetime) -> str:
    """A time of day with its zone, as "14:02 UTC"."""
    return language.clock(value.astimezone())


def moment(value: datetime) -> str:
    """A day and time with its zone, as "22 November 2026, 14:02 UTC"."""
    return language.moment(value.astimezone())
