"""What the printed report says beyond the numbers: who asked what, when, and how it was locked."""

import datetime as dt
from dataclasses import dataclass, field

from cardsort.domain.agenda import AgendaItem, Promise
from cardsort.domain.ballots import Group
from cardsort.language import N_, _

EXAMPLE, REHEARSAL = N_("Example: all people in it are invented"), N_("Rehearsal: invented ballots")  # marks


def subject() -> str:
    """What the report is about, as its file says."""
    return _("What IT thinks its customers would choose, and what they chose")


@dataclass(frozen=True, slots=True)
class Invitation:
    """How a group reaches its ballot: the full address of its link, and the join code to type.

    `kind` is the name of the one kind of customer that it is for, "" = everybody; `language` that of its sheet, "" =
    the present one.
    """

    group: Group
    address: str
    code: str
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The report's words. Every text is as typed by people: escape before use.

    title        the workshop's name
    organisation "" where not given
    round        number of the round, from 1
    date         printed on the page and in the file name; None = no date anywhere
    questions    group -> the question as it was asked; may be empty (ballots from a file)
    locked       group -> time of the lock, in the time zone to print
    reopened     group -> times at which the group was opened again after a lock
    expected     group -> how many people were invited, for the response rate
    moments      what the time was like: Moment's value -> number of customers who said so (only from k people on)
    serves       team in IT -> what its people wrote about whom they work for; "" = people of no team that may be named
                 (already suppressed below k)
    times        round -> the same as shares of those who said so; empty where it may not be told
    voices       card code -> what customers wrote about it (already suppressed below k)
    withheld     group -> how many of its remarks would be told too, but for the facilitator
    version      Cardsort's version
    checksum     of the ballots, short; "" = not printed
    mark         stands on every page and slide where the ballots are invented; "" where people answered
    agenda       what was agreed; empty = lines to fill in by pen
    promises     what earlier rounds promised and is not done, the longest overdue first
    """

    title: str
    organisation: str = ""
    round: int = 1
    date: dt.date | None = None
    questions: dict[Group, str] = field(default_factory=dict)
    locked: dict[Group, dt.datetime] = field(default_factory=dict)
    reopened: dict[Group, tuple[dt.datetime, ...]] = field(default_factory=dict)
    expected: dict[Group, int] = field(default_factory=dict)
    moments: dict[str, int] = field(default_factory=dict)
    serves: dict[str, tuple[str, ...]] = field(default_factory=dict)
    times: dict[int, dict[str, float]] = field(default_factory=dict)
    voices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: dict[Group, int] = field(default_factory=dict)
    version: str = ""
    checksum: str = ""
    mark: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    promises: tuple[Promise, ...] = ()
