"""The printed report, read back: its numbers are the result's, whatever the texts, and the same bytes every time."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import cycle

import pypdf
import pytest

from cardsort.analysis.result import ConsensusList, Label, Zone
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card, Deck, Suit
from cardsort.paper.pdf import build_pdf, report_name
from cardsort.story import findings, words
from cardsort.story.facts import EXAMPLE, ReportFacts
from cardsort.story.gaps import zone_title


def read(workshop, **options):
    return pypdf.PdfReader(io.BytesIO(build_pdf(workshop.comparison, workshop.deck, workshop.facts, **options)))


def flat(text):
    """One line, single spaces: what a person reads, wherever the lines break."""
    return " ".join(text.split())


def page_texts(workshop, **options):
    return [flat(page.extract_text()) for page in read(workshop, **options).pages]


@pytest.fixture(scope="module")
def reader(workshop):
    """The ordinary workshop's report on A4."""
    return read(workshop)


@pytest.fixture(scope="module")
def pages(reader):
    return [flat(page.extract_text()) for page in reader.pages]


@pytest.fixture(scope="module")
def whole(pages):
    return " ".join(pages)


def test_the_first_page_says_question_people_lock_and_headline(pages, workshop):
    first = pages[0]
    assert flat(findings.headline(workshop.comparison)) in first
    for question in workshop.facts.questions.values():
        assert f"“{question}”" in first
    assert "18 of 20 people answered (90 %): all sent by link Locked on 12 May 2026, 10:42 UTC" in first
    assert "42 of 60 people answered (70 %): all sent by link Locked on 14 May 2026, 09:05 UTC" in first


def test_the_first_page_puts_the_published_share_beside_the_own_one(pages, workshop):
    result = workshop.comparison
    assert f"{flat(findings.think_first(result.basis))} {flat(findings.published())}" in pages[0]
    assert flat(findings.worth(result)) not in pages[0]


def test_the_table_has_each_card_once_with_both_places_and_its_gap(whole, workshop):
    result = workshop.comparison
    table = whole.split("All cards")[2].split("Shares and mean ranks")[0]
    for code in workshop.deck.codes:
        theirs, ours, gap = result.actual.cards[code], result.predicted.cards[code], result.prediction.cards[code]
        row = (
            f"{code} {workshop.deck[code].title} {words.place(theirs.position)} {words.place(ours.position)} "
            f"{words.signed(gap.gap)} {words.zone(gap)}"
        )
        assert table.count(flat(row)) == 1


def test_what_is_clear_lies_on_the_table_as_a_card_and_what_chance_could_give_is_a_line(whole, workshop):
    between = whole.split("Where you agree")[1].split("All cards")[0]
    prediction = workshop.comparison.prediction
    for zone in (Zone.BLIND_SPOT, Zone.FALSE_ALARM):
        for code in prediction.in_zone(zone):
            card, clear = workshop.deck[code], prediction.cards[code].label is Label.CLEAR
            assert (flat(f"{code} {card.title} {card.seen} It costs: {card.cost}") in between) == clear
            assert f"{code} {card.title}" in between
    assert prediction.in_zone(Zone.BLIND_SPOT)


def test_the_cards_of_a_zone_come_by_falling_surprise(whole, workshop):
    part = whole.split("Blind spots:", 1)[1].split("False alarms:")[0]
    prediction = workshop.comparison.prediction
    expected = [code for code in prediction.surprises() if prediction.cards[code].zone is Zone.BLIND_SPOT]
    assert re.findall(r"\b[ABCS]-\d\d\b", part) == expected


def test_the_small_print_holds_what_is_needed_to_repeat_it(pages):
    for line in ("Depth 10 cards ranked at most", "Top 10 cards", "Shown from 3 people", "Seed 1", "checksum 9f3a61c2"):
        assert line in " ".join(pages)


def test_pages_are_counted(pages):
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text


def test_the_same_input_gives_the_same_bytes(workshop):
    first, second = (build_pdf(workshop.comparison, workshop.deck, workshop.facts) for _ in range(2))
    assert first == second


def test_without_a_date_none_is_printed(changed):
    told = " ".join(page_texts(changed(date=None, locked={})))
    assert "2026" not in told


def test_both_papers_are_served_with_the_same_words(workshop, reader, pages):
    letter = read(workshop, paper="letter")
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in letter.pages} == {(612, 792)}
    told = [
        sorted(re.sub(r"Page 1 of \d+", "", page).split()) for page in (flat(letter.pages[0].extract_text()), pages[0])
    ]
    assert told[0] == told[1]


def test_another_paper_is_a_fault_of_the_caller(workshop):
    with pytest.raises(KeyError):
        build_pdf(workshop.comparison, workshop.deck, workshop.facts, paper="a5")


def test_the_metadata_says_what_it_is_and_the_outline_leads_to_each_part(reader):
    assert reader.metadata.title == "What our branches need from IT"
    assert reader.metadata.author == "Northwind Savings Bank"
    assert reader.metadata.creation_date.date() == date(2026, 5, 14)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    parts = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert parts == [
        "What our branches need from IT",
        "Both lists, side by side",
        "Where you agree, and where you do not",
        "What we agree",
        "To look things up",
        "Questions for the conversation",
        "The balance of what is missed",
        "How it was computed, and how sure it is",
        "The map",
        "All cards",
        "Shares and mean ranks, with their ranges",
    ]


def test_an_example_workshop_is_marked_on_every_page(changed, pages):
    assert {EXAMPLE in text for text in page_texts(changed(mark=EXAMPLE))} == {True}
    assert {EXAMPLE in text for text in pages} == {False}


def test_fonts_are_embedded(reader):
    fonts = {
        resource["/BaseFont"]: "/FontFile2" in resource["/FontDescriptor"]
        for page in reader.pages
        for resource in (entry.get_object() for entry in page["/Resources"]["/Font"].values())
        if "/FontDescriptor" in resource
    }
    assert fonts
    assert all(fonts.values())


NAMES = {
    "Polish": "Zażółć gęślą jaźń, Łódź",
    "Greek": "Ξεσκεπάζω την ψυχοφθόρα",
    "Cyrillic": "Съешь ещё этих мягких",
    "Turkish": "İstanbul ığdır şişli çöğür",
    "Vietnamese": "Nguyễn Thị Hồng Ngọc ờ",
}


def test_names_of_many_alphabets_are_read_back_right(changed):
    polish, greek, cyrillic, turkish, vietnamese = NAMES.values()
    questions = {Group.IT: cyrillic, Group.CUSTOMERS: turkish}
    named = changed(title=polish, organisation=greek, questions=questions, voices={"A-01": (vietnamese, greek)})
    reader = read(named)
    told = [flat(page.extract_text()) for page in reader.pages]
    for name in (polish, greek, f"“{cyrillic}”", f"“{turkish}”"):
        assert name in told[0]
    assert polish in told[1]
    assert f"“{vietnamese}” “{greek}”" in " ".join(told)
    assert (reader.metadata.title, reader.metadata.author) == (polish, greek)


HOSTILE = {
    "an image": '<img src="/etc/passwd" width="9"/>',
    "an unclosed tag": "<b>never <i>closed",
    "a closing tag": "</font></para></b>",
    "entities": "&amp; &lt;b&gt; &bogus; &#0;",
    "right to left": "שלום עולם مرحبا",
    "an override": "invoice\u202egnp.exe",
    "emoji": "\U0001f600 fine \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
    "one long word": "x" * 500,
    "controls": "a\x00b\x07c\x1b[31m\r\nd",
    "a formula": "=1+1 {{7*7}} %s ${x}",
    "combining marks": "Z" + "\u0300" * 40 + "algo",
    "nothing but spaces": " \t\n ",
    "half a pair": "lone \ud800 surrogate",
}


def zone_titles(workshop):
    """The titles of the three zones, which all have cards."""
    zones = (Zone.SHARED_PAIN, Zone.BLIND_SPOT, Zone.FALSE_ALARM)
    assert all(workshop.comparison.prediction.in_zone(zone) for zone in zones)
    return [flat(zone_title(workshop.comparison, zone)) for zone in zones]


def all_links(reader):
    """What every annotation is and says, whether it leads to a page of this file, and whether it does anything else."""
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    return [(note["/Subtype"], note["/Contents"], "/Dest" in note, "/A" in note, "/AA" in note) for note in notes]


@pytest.fixture(scope="module")
def usual_links(workshop):
    """The links of an ordinary report in which somebody is quoted."""
    quoted = replace(workshop.facts, voices={"A-01": ("Nothing special.",)})
    return sorted(all_links(read(replace(workshop, facts=quoted))))


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 4))
def test_hostile_texts_in_every_field_change_nothing_but_themselves(workshop, usual_links, start):
    texts = [*HOSTILE.values()][start:] + [*HOSTILE.values()][:start]
    hostile = cycle(texts)

    def text(limit=500):
        return f"{next(hostile)} end"[:limit]

    cards = tuple(
        replace(card, title=f"{number} {text(50)}", seen=text(140), cost=text(140), icon=text(20))
        for number, card in enumerate(workshop.deck.cards)
    )
    deck = replace(workshop.deck, name=text(), cards=cards)
    facts = ReportFacts(
        texts[0],
        organisation=texts[1],
        questions={Group.IT: texts[2], Group.CUSTOMERS: texts[3]},
        voices={"A-01": tuple(texts)},
        version=text(20),
        checksum=text(20),
    )
    reader = read(replace(workshop, deck=deck, facts=facts))
    first, *rest = [flat(page.extract_text()) for page in reader.pages]
    assert flat(findings.headline(workshop.comparison)) in first
    for heading in (*zone_titles(workshop), "All cards"):
        assert heading in " ".join(rest)
    assert sorted(all_links(reader)) == usual_links
    assert [page for page in reader.pages if "/XObject" in page["/Resources"]] == []


def test_markup_is_printed_as_it_was_typed(changed):
    told = page_texts(changed(title="<b>bold</b> & <i>more", voices={"A-01": ('<img src="/etc/passwd"/>',)}))
    assert "<b>bold</b> & <i>more" in told[0]
    assert '“<img src="/etc/passwd"/>”' in " ".join(told)


def test_control_characters_become_a_visible_mark(changed):
    assert "pay\ufffdload" in page_texts(changed(title="pay\x07load"))[0]


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("it_prediction", "What customers chose is known; what IT thought cannot be shown."),
        ("customers_own", "What IT thought is known; what customers chose cannot be shown."),
    ],
)
def test_with_one_list_suppressed_the_other_is_printed_and_the_reason_said(workshop, missing, reason):
    hidden = {**workshop.comparison.lists, missing: ConsensusList(None)}
    one = replace(workshop, comparison=replace(workshop.comparison, lists=hidden, prediction=None, basis=None))
    told = page_texts(one)
    assert reason in told[0]
    assert "Fewer than 3 people answered. To keep everybody anonymous, nothing is shown of so few." in told[0]
    assert "Blind spots" not in " ".join(told)
    assert "All cards" in " ".join(told)
    assert "The map" not in " ".join(told)


def test_with_both_lists_suppressed_one_page_says_so(workshop):
    hidden = dict.fromkeys(workshop.comparison.lists, ConsensusList(None))
    none = replace(
        workshop,
        comparison=replace(
            workshop.comparison,
            lists=hidden,
            prediction=None,
            basis=None,
            reasons={"/comparison": "Too few people answered to show a comparison."},
        ),
    )
    told = page_texts(none)
    assert len(told) == 1
    assert "There is nothing to compare yet: neither list can be shown." in told[0]
    assert told[0].count("nothing is shown of so few") == 1
    assert "What is not shown, and why – Too few people answered to show a comparison." in told[0]


def test_an_empty_workshop_says_that_nobody_voted(workshop):
    empty = replace(workshop, comparison=replace(workshop.comparison, lists={}, prediction=None, basis=None))
    told = page_texts(empty)
    assert "No ballots of people in IT were sent for this list." in told[0]
    assert "No ballots of customers were sent for this list." in told[0]


def test_too_few_people_to_test_are_never_told_as_no_difference(workshop):
    prediction = workshop.comparison.prediction
    cards = {code: replace(card, label=None) for code, card in prediction.cards.items()}
    untested = replace(prediction, testable=False, cards=cards)
    told = " ".join(page_texts(replace(workshop, comparison=replace(workshop.comparison, prediction=untested))))
    assert "There are too few people to test single cards. That is not the same as no difference." in told
    assert "A clear gap." not in told
    assert "clearly higher than IT expected" not in told
    assert "Blind spots: too few people to test these" in told


def test_below_five_people_no_share_rate_or_worth_is_printed(make_workshop):
    told = " ".join(page_texts(make_workshop(n_it=4, n_customers=42)))
    assert "A conversation starter: 4 in IT, 42 customers. IT named" in told
    assert "% of customers" not in told
    assert "% of IT" not in told
    assert "together knew" not in told
    assert "was right" not in told
    assert "Know, or think?" not in told


def test_the_reasons_printed_are_those_of_what_this_report_prints(workshop):
    reasons = {
        "/comparison/cards/A-01/label": "Too rare to be tested.",
        "/comparison/cards/A-02/label": "Too rare to be tested.",
        "/basis": "Nobody in IT said whether they know or think.",
        "/projection": "No people in IT gave their own view.",
        "/lists/it_own/n": "Too few answered.",
    }
    told = page_texts(replace(workshop, comparison=replace(workshop.comparison, reasons=reasons)))
    told = " ".join(told)
    assert "– 2 cards: Too rare to be tested." in told
    assert "– Nobody in IT said whether they know or think." in told
    assert "– IT’s own view: Too few answered." in told
    assert "gave their own view" not in told


def test_voices_stand_with_their_card_and_the_rest_is_counted(changed):
    told = " ".join(page_texts(changed(voices={"B-03": tuple(f"voice {number}" for number in range(8))})))
    assert "B-03 Friendly people, no result “voice 0”" in told
    assert "“voice 5” and 2 more" in told
    assert "voice 6" not in told


def test_a_reopening_is_printed(changed, workshop):
    told = page_texts(changed(reopened={Group.IT: (workshop.facts.locked[Group.IT],)}))
    assert "Locked on 12 May 2026, 10:42 UTC, after a reopening" in told[0]
    assert "IT reopened 12 May 2026, 10:42 UTC" in " ".join(told)


def test_a_deck_from_elsewhere_needs_no_known_suit_icon_or_text(workshop):
    cards = tuple(Card(f"K{number}", f"Card number {number}", suit="Z") for number in range(52))
    bare = Deck("A bare deck", cards, (Suit("Z", "Other"),))
    codes = dict(zip(workshop.deck.codes, bare.codes, strict=True))
    result = workshop.comparison
    lists = {
        name: replace(found, cards={codes[code]: card for code, card in found.cards.items()})
        for name, found in result.lists.items()
    }
    prediction = replace(result.prediction, cards={codes[code]: card for code, card in result.prediction.cards.items()})
    told = page_texts(replace(workshop, deck=bare, comparison=replace(result, lists=lists, prediction=prediction)))
    assert zone_titles(workshop)[1] in " ".join(told)
    assert "It costs" not in " ".join(told)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({}, "northwind-savings-bank-round-1-2026-05-14.pdf"),
        ({"organisation": "Żabka Łódź, Großkunden", "round": 2}, "zabka-lodz-grosskunden-round-2-2026-05-14.pdf"),
        ({"organisation": "", "date": None}, "what-our-branches-need-from-it-round-1.pdf"),
        ({"organisation": "Ελλάδα", "title": "東京", "date": None}, "workshop-round-1.pdf"),
        ({"organisation": "../../etc/passwd\r\nX: y", "date": None}, "etc-passwd-x-y-round-1.pdf"),
        ({"organisation": "long " * 40, "date": date(2026, 1, 2)}, f"{('long-' * 12)[:-1]}-round-1-2026-01-02.pdf"),
    ],
)
def test_the_file_is_named_after_organisation_round_and_date(changed, facts, name):
    assert report_name(changed(**facts).facts) == name
