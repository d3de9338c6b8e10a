"""The agenda for other programs: read back by a calendar's own library, and as the tables that trackers import."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cardsort.domain.agenda import AgendaItem, Decision, Party, Progress, Worth
from cardsort.domain.cards import Card, Deck
from cardsort.files.tasks import as_calendar, for_azure, for_jira
from cardsort.story.tasks import Task, tell_tasks

DAY = date(2026, 5, 31)
DECK = Deck("Few", tuple(Card(code, f"Title of {code}") for code in ("A-01", "A-02", "A-03", "A-04", "A-05")))
FULL = AgendaItem(
    "A-01",
    Decision.DO,
    cost="A day, a week; more",
    action="=Sit in a <branch>",
    owner="Ada",
    public_owner="The desk",
    due=DAY,
    worth_paying=Worth.YES,
    acceptable=Worth.NO,
    stakeholder="New colleagues",
    behaviour="Listen",
    from_whom=frozenset({Party.TEAM}),
)
LINES = (
    "Card A-01: Title of A-01",
    "What will be done: =Sit in a <branch>",
    "It costs: A day, a week; more",
    "What we want to see from the team: Listen",
    "Who looks after it: Ada",
    "Customers can ask: The desk",
    "Until: 31 May 2026",
    "Would the paying customer like paying for this? yes",
    "Would we accept this from our own supplier? no",
    "Touches: New colleagues",
    "From the agenda of Autumn, round 2",
)


def tasks(*items):
    return tell_tasks(DECK, items, whose="Autumn, round 2")


def entries(data):
    return Calendar.from_ical(data).walk("VEVENT")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_task_says_all_that_was_agreed_of_its_card():
    assert tasks(FULL) == (Task("A-01", "=Sit in a <branch>", LINES, DAY),)


def test_what_is_promised_and_not_done_alone_is_a_task():
    done = {"progress": Progress.DONE, "progress_on": DAY}
    items = (
        AgendaItem("A-01", Decision.NO, reason="No", alternative="A list", due=DAY),
        AgendaItem("A-02", Decision.DO, action="Done", due=DAY, **done),
        AgendaItem("A-03", Decision.LATER, reason="After the move"),
        AgendaItem("A-04", action="Not decided", due=DAY),
        AgendaItem("Z-99", Decision.DO, action="Of a card that is not in the deck"),
    )
    (task,) = tasks(*items)
    assert (task.code, task.title, task.due) == ("A-03", "Title of A-03", None)
    assert "Later, because: After the move" in task.lines


def test_a_long_promise_is_cut_in_the_title_alone():
    (task,) = tasks(AgendaItem("A-01", Decision.DO, action="x" * 280))
    assert task.title == "x" * 254 + "…"
    assert f"What will be done: {'x' * 280}" in task.lines


def test_a_calendar_reads_the_days_back():
    (entry,) = entries(as_calendar(tasks(FULL), agenda="one:2", on=date(2026, 1, 2)))
    assert entry["dtstart"].dt == DAY
    assert entry.to_ical().count(b"DTSTART;VALUE=DATE:20260531") == 1
    assert "dtend" not in entry  # the whole day, and that day alone
    assert entry["dtstamp"].dt.isoformat() == "2026-01-02T00:00:00+00:00"
    assert (str(entry["summary"]), str(entry["transp"])) == ("=Sit in a <branch>", "TRANSPARENT")
    assert str(entry["description"]).split("\n") == list(LINES)


def test_the_same_promise_has_the_same_id_again_and_every_other_another():
    def ids(agenda, *items):
        return [str(entry["uid"]) for entry in entries(as_calendar(tasks(*items), agenda=agenda, on=DAY))]

    other = AgendaItem("A-02", Decision.DO, action="Ask", due=DAY)
    first = ids("one:1", FULL, other)
    assert len({*first, *ids("one:2", FULL, other), *ids("two:1", FULL, other)}) == 6
    assert ids("one:1", AgendaItem("A-01", Decision.LATER, reason="Moved", due=date(2027, 1, 1))) == first[:1]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=280))
def test_any_text_comes_back_from_the_calendar_and_no_line_is_too_long(text):
    task = Task("A-01", text, (text, text), DAY)
    data = as_calendar([task], agenda="one:1", on=DAY)
    (entry,) = entries(data)
    assert (str(entry["summary"]), str(entry["description"])) == (text, f"{text}\n{text}")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_jira_gets_its_own_columns_and_a_day_that_its_importer_reads():
    assert rows(for_jira(tasks(FULL))) == [
        {
            "Summary": "'=Sit in a <branch>",
            "Description": "\n".join(LINES),
            "Due Date": "31/May/2026 12:00 AM",
            "Labels": "cardsort",
        }
    ]
    assert rows(for_jira(tasks(AgendaItem("A-02", Decision.DO, action="Ask"))))[0]["Due Date"] == ""


def test_azure_gets_its_own_columns_and_what_was_typed_stays_text_in_its_html():
    (row,) = rows(for_azure(tasks(FULL)))
    lines = row.pop("Description").split("<br>")
    assert row == {"Work Item Type": "Task", "Title": "'=Sit in a <branch>", "Tags": "cardsort"}
    assert lines[:2] == [LINES[0], "What will be done: =Sit in a &lt;branch&gt;"]
    assert len(lines) == len(LINES)


@pytest.mark.parametrize("write", [for_jira, for_azure])
def test_an_agenda_with_nothing_to_do_is_a_head_alone(write):
    assert rows(write(())) == []
    assert write(()).count("\r\n") == 1
