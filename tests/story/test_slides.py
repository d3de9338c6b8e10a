"""The reveal as slides: exactly these, in this order, each with what is turned over and nothing more."""

import re
from dataclasses import dataclass, replace

import pytest

from cardsort.analysis.compare import compare
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.files.ballotfile import read_ballots
from cardsort.story.charts.slope import Line
from cardsort.story.facts import ReportFacts
from cardsort.story.presenting import key_of, lines_of, script_kind
from cardsort.story.script import script_of
from cardsort.story.slidekinds import (
    Agree,
    Cards,
    Chapter,
    Gap,
    Kinds,
    Marks,
    Missing,
    Row,
    Slide,
    Talk,
    Tops,
    chapters_of,
    faster_from,
)
from cardsort.story.slides import tell_reveal
from tests.story.shapes import SHAPES, result_of

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
ENDING = ["talk", "talk", "talk", "agree"]


def test_the_places_turn_over_one_by_one_from_the_last_to_the_first(tell, deck):
    first, second, third = (deck[code].title for code in ("A-01", "A-02", "A-03"))
    it = [slide for slide in tell(IT, CUSTOMERS).of(Tops) if not slide.customers]
    assert [plain(slide.it) for slide in it] == [
        [("1", "", False), ("2", "", False), ("3", third, True)],
        [("1", "", False), ("2", second, True), ("3", third, False)],
        [("1", first, True), ("2", second, False), ("3", third, False)],
    ]


def test_the_customers_list_lies_face_down_and_turns_over_beside_the_whole_list_of_it(tell, deck):
    both = [slide for slide in tell(IT, CUSTOMERS).of(Tops) if slide.customers]
    assert [[row.words for row in slide.it] for slide in both] == [
        [deck[code].title for code in ("A-01", "A-02", "A-03")]
    ] * 5
    assert [sum(bool(row.words) for row in slide.customers) for slide in both] == [0, 1, 2, 3, 3]
    assert not any(slide.lines for slide in both[:-1])


def turned_of(slides, group):
    """How many cards lie open after each press."""
    return [sum(bool(row.words) for row in getattr(slide, group)) for slide in slides]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_reveal_needs_thirty_presses_at_most_and_fourteen_with_faster(shape):
    slides = tell_reveal(*vars(result_of(shape)).values())
    assert len(slides) - 1 <= 30
    stops = [0]
    while stops[-1] < len(slides) - 1:
        stops.append(faster_from(slides, stops[-1]))
    assert len(stops) - 1 <= 14
    left_out = {slide.kind for step, slide in enumerate(slides) if step not in stops}
    assert left_out <= {"tops", "marks"}, "what is turned faster stays on the screen; nothing else is left out"
    if shape == "thirty":  # ten cards a side, with all there is to tell
        assert (len(slides) - 1, len(stops) - 1) == (30, 14)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_chapter_comes_once_and_its_name_tells_nothing_of_the_result(shape):
    slides = tell_reveal(*vars(result_of(shape)).values())
    chapters = chapters_of(slides)
    assert [chapter for chapter in Chapter if chapter in chapters] == list(chapters)
    of_slides = [slide.chapter for slide in slides]
    assert sorted(of_slides, key=chapters.index) == of_slides
    assert not any(re.search(r"\d", chapter.label) for chapter in chapters)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_list_and_every_mark_has_its_legend(shape):
    for slide in tell_reveal(*vars(result_of(shape)).values()):
        if isinstance(slide, Tops | Talk) or (isinstance(slide, Cards | Agree) and slide.cards):
            assert slide.legend, slide.kind
        if isinstance(slide, Marks) and slide.chart:
            assert all(mark.words.startswith("by ") for mark in slide.chart.named)
        if isinstance(slide, Kinds) and slide.grid:
            assert slide.legend


@pytest.mark.parametrize(
    ("shape", "whose"),
    [
        ("thirty", {"customers’ place", "IT’s place"}),
        ("customers alone", {"customers’ place"}),
        ("hidden IT", {"customers’ place"}),
        ("hidden customers", {"IT’s place"}),
    ],
)
def test_a_legend_names_no_place_of_a_list_that_is_not_shown(shape, whose):
    slides = tell_reveal(*vars(result_of(shape)).values())
    legends = [slide.legend for slide in slides if isinstance(slide, Talk | Agree) or slide.kind in {"open", "shared"}]
    assert {told.text for legend in legends for told in legend} == whose


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
    assert told.kinds == ["question", *["tops"] * 8, "marks", "marks", "open", "shared", *["talk"] * 3, "agree"]
    question = told.slides[0]
    assert question.title == "Autumn"
    assert [(one.group, one.title, one.question, one.lines) for one in question.asked] == [
        (Group.IT, "IT was asked", "What will they say?", ("3\u00a0people answered: all with no source recorded",)),
        (Group.CUSTOMERS, "Customers were asked", "", ("4\u00a0people answered: all with no source recorded",)),
    ]
    guessing, named = told.of(Marks)
    assert guessing.title == "How many of the customers’ top\u00a03 did IT name?"
    assert [mark.words for mark in guessing.chart.named] == ["by blind guessing"]
    assert named.title == "A conversation starter: 3 in IT, 4 customers. IT named 2 of the customers’ top\u00a03."
    assert [(mark.words, mark.new) for mark in named.chart.named] == [("by blind guessing", False), ("by IT", True)]
    assert (guessing.said, named.said) == ((), ("Blind guessing mostly gives none.",))
    most, shared = told.of(Cards)
    assert most.title == "What looks most different"
    assert most.lead == "Too few people to test single cards: these are to be talked about, no more."
    assert {one.card.code for one in most.cards} == {"S-05", "A-03"}
    assert [[one.card.code, *(told.text for told in one.places)] for one in shared.cards] == [
        ["A-02", "1", "2"],
        ["A-01", "3", "1"],
    ]


def test_the_marks_come_one_after_the_other_guessing_then_it_then_the_customers_themselves(tell):
    first, second, third = tell(IT * 2, CUSTOMERS * 2).of(Marks)
    assert [mark.words for mark in first.chart.named] == ["by blind guessing"]
    assert [mark.words for mark in second.chart.named if mark.new] == ["by IT"]
    assert [mark.words for mark in third.chart.named if mark.new] == ["by 4\u00a0customers"]
    assert "IT named" not in first.title
    assert third.said[0].endswith("any 4 of the customers would have named all 3.")


TEN = [" ".join(f"{suit}-{number:02d}" for number in range(1, 11)) for suit in "AB"]
APART = ([TEN[0]] * 12, [TEN[1]] * 12)  # of ten cards none is in both lists
ONE_SHARED = ([TEN[0]] * 12, [TEN[1].replace("B-02", "A-02")] * 12)


def test_of_ten_cards_it_turns_the_lower_seven_in_two_blocks_and_the_customers_each_on_its_own(tell):
    tops = tell(*APART, picks=10).of(Tops)
    assert turned_of([slide for slide in tops if not slide.customers], "it") == [3, 7, 8, 9, 10]
    assert turned_of([slide for slide in tops if slide.customers], "customers") == [*range(11), 10]


def test_clear_gaps_come_one_by_one_each_with_its_two_shares_and_a_customers_words(tell):
    voices = {"B-01": ("Nine days.", "Nobody called back.", "nine days")}
    told = tell(*APART, picks=10, facts=replace(FACTS, voices=voices))
    gaps = told.of(Gap)
    assert [gap.told.card.code for gap in gaps] == ["A-01", "B-01", "A-02"]
    assert [(gap.shares.customers.shown, gap.shares.it.shown) for gap in gaps] == [
        ("0\u00a0%", "100\u00a0%"),
        ("100\u00a0%", "0\u00a0%"),
        ("0\u00a0%", "100\u00a0%"),
    ]
    assert all(gap.told.said.endswith("A clear gap.") for gap in gaps)
    assert [gap.voice for gap in gaps] == [None, ("Nine days.", "\u00a0×2"), None]
    assert [bool(gap.more) for gap in gaps] == [False, False, True]
    assert re.fullmatch(r"\d+ more clear gaps are in the report\.", gaps[-1].more)
    assert "open" not in told.kinds


def test_the_questions_are_about_clear_gaps_and_shared_pain_in_turn(tell):
    talks = tell(*ONE_SHARED, picks=10).of(Talk)
    assert [talk.told.card.code for talk in talks] == ["A-01", "A-02", "B-01"]


def test_the_last_slide_asks_what_is_agreed_about_the_cards_that_were_talked_about(tell):
    told = tell(IT, CUSTOMERS)
    last = told.slides[-1]
    assert (last.kind, last.title) == ("agree", "What do we agree?")
    assert [one.card.code for one in last.cards] == [talk.told.card.code for talk in told.of(Talk)]


def test_kinds_are_told_where_they_differ_with_their_places_and_whether_one_decides():
    (kinds,) = [one for one in tell_reveal(*vars(result_of("thirty")).values()) if isinstance(one, Kinds)]
    assert len(kinds.grid.heads) == 4
    assert all(head.group is Group.CUSTOMERS for head in kinds.grid.heads[1:])
    for row in kinds.grid.rows:
        levels = [cell.level for cell in row[1:]]
        assert 0 in levels
        assert any(levels)
    assert 1 <= len(kinds.grid.rows) <= 6


def test_notes_belong_to_a_chapter_or_to_the_card_that_a_slide_is_about(tell):
    keys = list(dict.fromkeys(map(key_of, tell(*ONE_SHARED, picks=10).slides)))
    gaps, talks = ["gaps-A-01", "gaps-B-01", "gaps-A-03"], ["room-A-01", "room-A-02", "room-B-01"]
    assert keys == ["questions", "it", "customers", "marks", *gaps, "shared", *talks, "agree"]


def test_each_question_for_the_room_is_the_cards_own_shared_pain_first_where_no_gap_is_clear(tell, deck):
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
    assert [[row.place for row in slide.it] for slide in slides] == [["1", "2–3", "2–3"]] * 2
    assert [[row.new for row in slide.it] for slide in slides] == [[False, True, True], [True, False, False]]


def test_a_block_too_long_for_the_screen_is_one_row_that_says_how_many_share_it(tell):
    it = [f"A-01 B-{number:02d} C-{number:02d}" for number in range(1, 10)]
    it += [f"A-01 C-{number:02d} B-{number:02d}" for number in range(1, 10)]
    rows = [slide for slide in tell(it, CUSTOMERS).of(Tops) if not slide.customers][-1].it
    assert [(row.place, row.words) for row in rows[1:]] == [("2–19", "18\u00a0cards share these places")]
    assert rows[1].card is None


def test_with_five_to_nineteen_people_the_hits_come_with_how_sure_they_are(tell):
    *_, last = tell(IT * 2, CUSTOMERS * 2).of(Marks)
    assert last.sure == "The smaller group has 6 people: wide uncertainty. Read directions, not single places."
    assert all(mark.sure == "" for times in (1, 7) for mark in tell(IT * times, CUSTOMERS * times).of(Marks))


@pytest.mark.parametrize(
    ("it", "customers", "kinds", "why"),
    [
        (
            IT[:2],
            CUSTOMERS,
            ["question", "missing", *["tops"] * 4, *["talk"] * 3, "agree"],
            "Fewer than 3\u00a0people answered",
        ),
        (IT, [], ["question", *["tops"] * 3, "missing", *ENDING], "No ballots of customers were sent"),
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
        {"A-03"},
        {"A-02", "A-03"},
        {"A-01", "A-02", "A-03"},
        {"A-01", "A-02", "A-03"},
        {"A-01", "A-02", "A-03"},
        {"A-01", "A-02", "A-03", "S-05"},
        {"A-01", "A-02", "A-03", "S-05"},
        {"A-01", "A-02", "A-03", "S-05"},
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_slide_has_a_script_and_says_in_short_what_stands_on_it(shape):
    for slide in tell_reveal(*vars(result_of(shape)).values()):
        assert script_of(script_kind(slide)).ask
        shown = isinstance(slide, Tops) and not any(row.new for row in (*slide.it, *slide.customers))
        assert shown or lines_of(slide), slide.kind


def test_of_a_list_it_is_said_in_short_what_turns_over_with_this_very_press(tell, deck):
    first, *_ = tell(IT, CUSTOMERS).of(Tops)
    assert lines_of(first) == (f"3\u00a0 {deck['A-03'].title}",)
