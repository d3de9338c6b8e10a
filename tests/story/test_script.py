"""The script of the reveal: something to say and to ask at each slide, true of any result."""

import re

import pytest

from cardsort.story import guide
from cardsort.story.script import SCRIPTS, script_of

KINDS = ("question", "basis", "tops", "marks", "gap", "kinds", "shared", "talk", "agree", "missing")


def test_each_kind_of_slide_has_its_script_in_the_order_of_the_reveal():
    assert tuple(SCRIPTS) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_at_each_slide_there_is_something_to_say_and_a_question_that_opens_the_talk(kind):
    script = script_of(kind)
    assert script.say
    assert script.ask
    assert all(re.search(r"[.?]$", said) for said in script.say)
    assert all("?" in asked for asked in script.ask)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_holds_no_number_of_a_result_and_calls_nobody_users(kind):
    words = " ".join((*script_of(kind).say, *script_of(kind).ask))
    assert re.findall(r"\d|%|\b[Uu]sers?\b|\b[Tt]hey never\b", words) == []


def test_the_last_slide_asks_both_questions_of_worth():
    assert script_of("agree").ask[-2:] == (guide.PAYING, guide.SUPPLIER)
