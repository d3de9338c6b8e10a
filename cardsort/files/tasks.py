"""Tasks for other programs: a calendar with their days, and tables that issue trackers import as they are."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from html import escape
from uuid import NAMESPACE_URL, uuid5

from cardsort.files.tables import inert, write_csv
from cardsort.story.tasks import Task

MADE_BY = "-//Cardsort//Agenda//EN"
LABEL = "cardsort"
JIRA = ("Summary", "Description", "Due Date", "Labels")
AZURE = ("Work Item Type", "Title", "Description", "Tags")
AZURE_TYPE = "Task"  # which every one of its processes has
JIRA_DAY = "%d/%b/%Y 12:00 AM"  # as its importer expects a time unless told otherwise; English in any locale we set


def as_calendar(tasks: Iterable[Task], *, agenda: str, on: date) -> bytes:
    """The tasks with a day as all-day entries that block no time (RFC 5545).

    `agenda` names it beyond doubt: the same task has the same id in every file, so that it is replaced, not doubled.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    for task in tasks:
        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'cardsort:{agenda}:{task.code}')}@cardsort")
        event.add("dtstamp", datetime.combine(on, time(), UTC))
        event.add("dtstart", task.due)
        event.add("transp", "TRANSPARENT")
        event.add("summary", task.title)
        event.add("description", "\n".join(task.lines))
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def for_jira(tasks: Iterable[Task]) -> str:
    """A table for Jira's importer, which knows these names."""
    return _table(JIRA, ((task.title, "\n".join(task.lines), _jira_day(task.due), LABEL) for task in tasks))


def for_azure(tasks: Iterable[Task]) -> str:
    """A table for the import of Azure Boards: its descriptions are HTML, and no type of work there surely has a day."""
    return _table(AZURE, ((AZURE_TYPE, task.title, "<br>".join(map(escape, task.lines)), LABEL) for task in tasks))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return write_csv([columns, *rows], inert)


def _jira_day(due: date | None) -> str:
    return due.strftime(JIRA_DAY) if due else ""
