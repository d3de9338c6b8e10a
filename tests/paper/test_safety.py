"""While a report is made nothing but the fonts and the project is opened, whatever the texts say."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cardsort import resources
from cardsort.domain.agenda import AgendaItem, Decision, Promise
from cardsort.paper.pdf import build_pdf

HOSTILE = '<img src="/etc/hostname"/><a href="file:///etc/passwd">x</a> <onDraw name="y"/> </para>'
_opened: list[str] | None = None


def _listen(event, details):
    if _opened is not None and event == "open" and isinstance(details[0], (str, bytes, Path)):
        _opened.append(str(details[0]))


sys.addaudithook(_listen)


@pytest.fixture
def opened():
    """The paths opened during the test; the listener itself cannot be taken away again, only silenced."""
    global _opened  # noqa: PLW0603 - an audit hook has no other way to reach the test
    _opened = []
    yield _opened
    _opened = None


def test_only_fonts_and_the_project_are_opened(full, opened):
    cards = tuple(
        replace(card, title=f"{number} {HOSTILE}"[:60], seen=HOSTILE, cost=HOSTILE, better=HOSTILE, question=HOSTILE)
        for number, card in enumerate(full.deck.cards)
    )
    facts = replace(
        full.facts,
        title=HOSTILE,
        organisation=HOSTILE,
        voices={"A-01": (HOSTILE,) * 3},
        agenda=tuple(
            AgendaItem(code, decision, *[HOSTILE] * 4, owner=HOSTILE[:80], behaviour=HOSTILE)
            for code, decision in zip(("A-01", "A-02", "A-03"), Decision, strict=True)
        ),
    )
    facts = replace(facts, promises=tuple(Promise(1, item, overdue=True) for item in facts.agenda))
    build_pdf(full.comparison, replace(full.deck, cards=cards), facts)
    Path(__file__).read_bytes()
    assert opened.pop() == __file__  # the listener hears what is opened
    inside = (str(resources.ROOT), sys.prefix, sys.base_prefix)
    assert [path for path in opened if not path.startswith(inside)] == []
