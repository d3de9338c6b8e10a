"""Days and times as pages show them."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day here and now."""
    return datetime.now(UTC).astimezone().date()


def day(value: date) -> str:
    """A day as "22 November 2026"."""
    return f"{value.day} {value:%B %Y}"


def clock(value: datetime) -> str:
    """A time of day on this server's clock, with its zone, as "14:02 UTC"."""
    return f"{value.astimezone():%H:%M %Z}"


def moment(value: datetime) -> str:
    """A day and time on this server's clock, with its zone, as "22 November 2026, 14:02 UTC"."""
    return f"{day(value.astimezone())}, {clock(value)}"
