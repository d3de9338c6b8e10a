"""Where ballots came from. Of each ballot its source is known, and never more about how it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Restored = date | bool
"""The day of the archive from which a workshop was restored; True where that is not known, False where it never was."""


class Source(StrEnum):
    """How a ballot came: sent through a link, typed in at the desk from paper, or brought in with a table."""

    SENT = "sent"
    TYPED = "typed"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Sources:
    """How many ballots came which way.

    with_code  one-time codes that were used: a count of its own, which nothing joins to a ballot
    discarded  taken out by the facilitator, so in no other number
    withdrawn  taken back by their senders, so in no other number
    unknown    stored before sources were kept, or from a file that does not name them: taken as sent
    """

    sent: int = 0
    with_code: int = 0
    typed: int = 0
    imported: int = 0
    discarded: int = 0
    withdrawn: int = 0
    unknown: int = 0

    @property
    def n(self) -> int:
        """How many ballots count."""
        return self.sent + self.typed + self.imported + self.unknown

    @property
    def people(self) -> int:
        """How many people count towards k: those who came by a link. Whoever typed in or imported a ballot knows it,
        so it hides nobody else's.
        """
        return self.sent + self.unknown


def count_sources(found: Iterable[tuple[Source | str | None, int]]) -> Sources:
    """So many ballots of each source; None = unknown."""
    counts: dict[str, int] = {}
    for source, count in found:
        name = "unknown" if source is None else Source(source).value
        counts[name] = counts.get(name, 0) + count
    return Sources(**counts)
