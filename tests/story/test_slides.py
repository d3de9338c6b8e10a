"""The reveal as slides: exactly these, in this order, each with what is turned over and nothing more."""

import re
from dataclasses import dataclass

import pytest

from cardsort.analysis.compare import compare
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.files.ballotfile import read_ballots
from cardsort.story.charts.slope import Line
from cardsort.story.facts import ReportFacts
from cardsort.story.slides import Luck, Missing, Row, Slide, Talk, Tops, tell_reveal

FACTS = ReportFacts(title="Autumn", round=1, date=None, questions={Group.IT: "What will they say?"}, version="1")


@dataclass
class Told:
    """The slides of a few ballots, written as "A-01 A-02 A-03"."""

    slides: tuple[Slide, ...]

    def of(self, kind):
        return [slide for slide in self.slides if isinstance(slide, kind)]

    @property
    def kinds(self):
        return [slide.kind for slide in self.slides]


@pytest.fixture
def tell(deck):
    def make(it, customers, *, picks=3, think=None, facts=FACTS, cards: Deck = deck):
        lines = ["group,ranking,basis"]
        lines += [f"it,{ranking},{think[number] if think else ''}" for number, ranking in enumerate(it)]
        lines += [f"customers,{ranking}," for ranking in customers]
        ballots = read_ballots("\n".join(lines), cards)
        return Told(tell_reveal(compare(cards, ballots, picks=picks, threshold=3, seed=1), cards, facts))

    return make


def plain(rows):
    return [(row.place, row.words, row.new) for row in rows]


IT = ["A-01 A-02 A-03"] * 3
CUSTOMERS = ["A-02 S-05 A-01"] * 4


def test_the_places_turn_over_one_by_one_from_the_last_to_the_first(tell, deck):
    first, second, third = (deck[code].title for code in ("A-01", "A-02", "A-03"))
    it = [slide for slide in tell(IT, CUSTOMERS).of(Tops) if not slide.customers]
    assert [plain(slide.it) for slide in it] == [
        [("1", "", False), ("2", "", False), ("3", "", False)],
        [("1", "", False), ("2", "", False), ("3", third, True)],
        [("1", "", False), ("2", second, True), ("3", third, False)],
        [("1", first, True), ("2", second, False), ("3", third, False)],
    ]


def test_the_customers_list_turns_over_beside_the_whole_list_of_it(tell, deck):
    both = [slide for slide in tell(IT, CUSTOMERS).of(Tops) if slide.customers]
    assert [[row.words for row in slide.it] for slide in both] == [
        [deck[code].title for code in ("A-01", "A-02", "A-03")]
    ] * 5
    assert [sum(bool(row.words) for row in slide.customers) for slide in both] == [0, 1, 2, 3, 3]
    assert not any(slide.lines for slide in both[:-1])


def test_lines_join_the_cards_of_both_lists_and_each_card_has_its_other_place(tell, deck):
    last = tell(IT, CUSTOMERS).of(Tops)[-1]
    assert last.lines == (Line(0, 2, "down", clear=False), Line(1, 0, "up", clear=False))
    assert last.it == (
        Row("1", deck["A-01"], deck["A-01"].title, elsewhere="3"),
        Row("2", deck["A-02"], deck["A-02"].title, elsewhere="1"),
        Row("3", deck["A-03"], deck["A-03"].title, elsewhere="4–52"),
    )


def test_the_whole_reveal_in_order(tell):
    told = tell(IT, CUSTOMERS)
    assert told.kinds == [
        "question", *["tops"] * 9, "luck", "surprises", "surprises", "shared", *["talk"] * 3,
    ]  # fmt: skip
    question = told.slides[0]
    assert (question.title, question.it, question.customers) == (
        "What will they say?",
        "3\u00a0people answered: all with no source recorded",
        "4\u00a0people answered: all with no source recorded",
    )
    assert told.of(Luck) == [
        Luck(
            "A conversation starter: 3 in IT, 4 customers. IT named 2 of the customers’ top\u00a03.",
            "Blind guessing mostly gives none.",
            "",
        )
    ]
    blind, false, shared = told.slides[11:14]
    assert (blind.title, [one.card.code for one in blind.cards]) == ("Blind spots: 1\u00a0card", ["S-05"])
    assert (false.title, [one.card.code for one in false.cards]) == ("False alarms: 1\u00a0card", ["A-03"])
    assert [[one.card.code, *(told.text for told in one.places)] for one in shared.cards] == [
        ["A-02", "1", "2"],
        ["A-01", "3", "1"],
    ]


def test_each_question_for_the_room_is_the_cards_own_shared_pain_first(tell, deck):
    talks = tell(IT, CUSTOMERS).of(Talk)
    assert [talk.told.card.code for talk in talks] == ["A-02", "A-01", "S-05"]
    assert [talk.title for talk in talks] == [deck[code].question for code in ("A-02", "A-01", "S-05")]


@pytest.mark.parametrize(("people", "said"), [(4, []), (5, ["4 of 5\u00a0people"])])
def test_know_or_think_is_said_of_five_people_or_more(tell, people, said):
    think = ["think", "think", "think", "know", "think"][:people]
    told = tell(["A-01 A-02 A-03"] * people, ["A-02 S-05 A-01"] * 5, think=think)
    assert [slide.share for slide in told.slides if slide.kind == "basis"] == said
    assert [slide.published for slide in told.slides if slide.kind == "basis"] == ["90\u00a0%"] * len(said)


def test_cards_that_share_a_block_of_places_turn_over_together(tell):
    it = ["A-01 A-02 A-03", "A-01 A-03 A-02"] * 2
    slides = [slide for slide in tell(it, CUSTOMERS).of(Tops) if not slide.customers]
    assert [[row.place for row in slide.it] for slide in slides] == [["1", "2–3", "2–3"]] * 3
    assert [[row.new for row in slide.it] for slide in slides] == [
        [False, False, False],
        [False, True, True],
        [True, False, False],
    ]


def test_a_block_too_long_for_the_screen_is_one_row_that_says_how_many_share_it(tell):
    it = [f"A-01 B-{number:02d} C-{number:02d}" for number in range(1, 10)]
    it += [f"A-01 C-{number:02d} B-{number:02d}" for number in range(1, 10)]
    rows = [slide for slide in tell(it, CUSTOMERS).of(Tops) if not slide.customers][-1].it
    assert [(row.place, row.words) for row in rows[1:]] == [("2–19", "18\u00a0cards share these places")]
    assert rows[1].card is None


def test_with_five_to_nineteen_people_the_hits_come_with_how_sure_they_are(tell):
    (luck,) = tell(IT * 2, CUSTOMERS * 2).of(Luck)
    assert luck.sure == "The smaller group has 6 people: wide uncertainty. Read directions, not single places."
    (many,) = tell(IT * 7, CUSTOMERS * 7).of(Luck)
    assert many.sure == ""


@pytest.mark.parametrize(
    ("it", "customers", "kinds", "why"),
    [
        (IT[:2], CUSTOMERS, ["question", "missing", *["tops"] * 4, *["talk"] * 3], "Fewer than 3\u00a0people answered"),
        (IT, [], ["question", *["tops"] * 4, "missing", *["talk"] * 3], "No ballots of customers were sent"),
        (IT[:1], CUSTOMERS[:2], ["question", "missing"], "Fewer than 3\u00a0people answered"),
    ],
)
def test_a_list_that_is_hidden_has_a_slide_that_says_why_and_nothing_is_compared(tell, it, customers, kinds, why):
    told = tell(it, customers)
    assert told.kinds == kinds
    (missing,) = told.of(Missing)
    assert missing.why[0].startswith(why)
    hidden = "A-03" if len(it) < 3 else "S-05"
    assert not re.search(rf"code='{hidden}'", repr(told.slides))


def test_nobody_at_all_is_two_slides(deck):
    ballots = read_ballots("group,ranking\n", deck)
    slides = tell_reveal(compare(deck, ballots, picks=3, threshold=3, seed=1), deck, FACTS)
    assert [slide.kind for slide in slides] == ["question", "missing"]
    assert slides[1].why == (
        "No ballots of people in IT were sent for this list.",
        "No ballots of customers were sent for this list.",
    )


def test_what_is_not_turned_over_is_in_no_earlier_slide(tell):
    """The rule for all slides: no card is named before the step that turns it over."""
    told = tell(IT, CUSTOMERS)
    seen = [set(re.findall(r"code='([^']+)'", repr(slide))) for slide in told.slides]
    assert seen[:9] == [
        set(),
        set(),
        {"A-03"},
        {"A-02", "A-03"},
        {"A-01", "A-02", "A-03"},
        {"A-01", "A-02", "A-03"},
        {"A-01", "A-02", "A-03"},
        {"A-01", "A-02", "A-03", "S-05"},
        {"A-01", "A-02", "A-03", "S-05"},
    ]
