"""What an agenda item may hold, what a decision needs before customers read it, and which promises are open."""

from datetime import date

import pytest

from cardsort.domain.agenda import AgendaItem, Decision, Progress, open_promises
from cardsort.domain.errors import InvalidInput

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"action": "x" * 281}, "The text on what will be done has 281 characters. Shorten it to 280."),
        ({"reason": "x" * 300}, "The reason has 300 characters. Shorten it to 280."),
        ({"owner": "x" * 81}, "The name of who looks after it has 81 characters. Shorten it to 80."),
        ({"public_owner": "x" * 81}, "The name that customers will read has 81 characters. Shorten it to 80."),
        ({"due": date(26, 5, 4)}, "The year 26 cannot be meant. Type one from 2000 to 2100."),
    ],
)
def test_what_is_too_long_or_too_far_away_is_named(given, sentence):
    with pytest.raises(InvalidInput) as refused:
        AgendaItem("A-01", **given)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("item", "missing"),
    [
        (AgendaItem("A-01"), ""),
        (AgendaItem("A-01", Decision.DO), "action"),
        (AgendaItem("A-01", Decision.DO, reason="Because"), "action"),
        (AgendaItem("A-01", Decision.DO, action="Ask"), ""),
        (AgendaItem("A-01", Decision.LATER), "action or reason"),
        (AgendaItem("A-01", Decision.LATER, reason="No time"), ""),
        (AgendaItem("A-01", Decision.NO), "reason and alternative"),
        (AgendaItem("A-01", Decision.NO, reason="No money"), "alternative"),
        (AgendaItem("A-01", Decision.NO, reason="No money", alternative="A list"), ""),
    ],
)
def test_a_decision_needs_its_words_and_a_no_its_reason_and_alternative(item, missing):
    assert item.missing == missing


def test_what_belongs_to_another_decision_is_not_told():
    full = {"action": "Ask", "reason": "No money", "alternative": "A list", "due": TODAY, "quick_win": True}
    ticked = {"progress": Progress.DONE, "progress_on": TODAY}
    no = AgendaItem("A-01", Decision.NO, **full, **ticked).as_decided()
    assert no == AgendaItem("A-01", Decision.NO, reason="No money", alternative="A list")
    do = AgendaItem("A-01", Decision.DO, **full, **ticked).as_decided()
    assert do == AgendaItem("A-01", Decision.DO, action="Ask", due=TODAY, quick_win=True, **ticked)
    later = AgendaItem("A-01", Decision.LATER, **full).as_decided()
    assert later == AgendaItem("A-01", Decision.LATER, action="Ask", reason="No money", due=TODAY)


def test_open_promises_begin_with_the_longest_overdue_and_end_without_a_date():
    done = {"progress": Progress.DONE, "progress_on": TODAY}
    items = [
        (1, AgendaItem("A-01", Decision.DO)),
        (1, AgendaItem("A-02", Decision.LATER, due=date(2026, 12, 1))),
        (1, AgendaItem("A-03", Decision.DO, due=date(2026, 8, 31))),
        (1, AgendaItem("A-04", Decision.NO, due=date(2026, 1, 1))),
        (1, AgendaItem("A-05", Decision.DO, due=date(2026, 1, 1), **done)),
        (2, AgendaItem("A-06", Decision.DO, due=date(2026, 3, 1), progress=Progress.UNDER_WAY, progress_on=TODAY)),
        (2, AgendaItem("A-07")),
        (2, AgendaItem("A-08", Decision.DO, due=TODAY)),
    ]
    found = [(promise.item.code, promise.round, promise.overdue) for promise in open_promises(items, TODAY)]
    assert found == [
        ("A-06", 2, True),
        ("A-03", 1, True),
        ("A-08", 2, False),
        ("A-02", 1, False),
        ("A-01", 1, False),
    ]
