"""Cards on the desk until the first ballot: some of them chosen by ticks, other words put on one in its place."""

import csv
import html
import json
import re
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from tests.web.test_decks import FOUR, codes, mark, use

FIVE = ["A-01", "A-02", "B-05", "C-03", "S-13"]
MANY = [f"{suit}-{number:02}" for suit in "ABCS" for number in range(1, 6)]


def choose(room, *ticked):
    return room.post("/deck/cards", cards=list(ticked))


def reword(room, at, **words):
    return room.facilitator.put(f"{room.desk}/deck/cards/{at}", json=words)


def by_form(room, code, **words):
    """With what the card's own form carries."""
    was = re.search(rf'deck/cards/{code}".*?name="was" value="([^"]*)"', room.get("/deck").text, re.DOTALL)[1]
    before = json.loads(html.unescape(was))
    return room.post(f"/deck/cards/{code}", **{"was": json.dumps(before), **before, **words})


def card(room, code):
    """The card as the workshop's table has it."""
    rows = csv.DictReader(StringIO(room.get("/deck.csv").data.decode("utf-8-sig")))
    return next(row for row in rows if row["code"] == code)


def lead(room):
    found = re.search(r'<p class="lead">(.*?)</p>', room.get("/deck").text, re.DOTALL)[1]
    return " ".join(html.unescape(re.sub("<[^>]+>", "", found)).split())


def ticked(page):
    return re.findall(r'name="cards" value="([^"]+)" checked', page)


def faults(page):
    found = re.findall(r'<p class="fault"[^>]*role="alert"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [" ".join(html.unescape(one).split()) for one in found]


def test_twenty_of_the_52_are_used_by_ticking_and_are_everywhere(room):
    assert choose(room, *MANY).location == f"{room.desk}/deck?used=10"
    assert codes(room) == MANY
    assert lead(room) == "20 of Cardsort’s own 52 cards. Everybody chooses up to 10 of them."
    assert ticked(room.get("/deck").text) == MANY
    assert "20 cards, each with something" in room.stranger().get(room.it).text
    assert room.cast(room.it, ["A-06", "A-02", "A-03"], 1, edition=1).status_code == 422
    assert room.cast(room.it, ["A-01", "A-02", "S-05"], 2, edition=1).status_code == 201


def test_the_report_of_chosen_cards_knows_no_other(room):
    choose(room, *MANY)
    for number in range(4):
        room.cast(room.it, ["A-01", "A-02", "S-05"], number, edition=1)
        room.cast(room.customers, ["S-05", "B-01", "A-01"], 100 + number, edition=1)
    room.reveal()
    assert room.get("/result.json").json["deck"] == {"name": "Cardsort: 52 worst practices", "size": 20}
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(room.get("/report.pdf").data)).pages)
    assert "A-06" not in text
    assert 'name="cards"' not in room.get("/deck").text


def test_what_is_put_aside_is_kept_with_its_words_and_can_be_ticked_again(room, deck):
    reword(room, "A-07", title="Nobody picks up")
    choose(room, *FIVE)
    assert "A-07" not in codes(room)
    choose(room, *deck.codes)
    assert codes(room) == list(deck.codes)
    assert card(room, "A-07")["title"] == "Nobody picks up"


def test_suits_without_a_card_go_with_their_cards_and_come_back(room, deck):
    choose(room, *[code for code in deck.codes if code.startswith("A")])
    assert 'deck-suit">' in room.get("/deck").text
    page = room.stranger().get(f"{room.customers}/deck").text
    assert "Attitude" in page
    assert "Stakeholders" not in page
    choose(room, *deck.codes)
    assert "Stakeholders" in room.stranger().get(f"{room.customers}/deck").text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "0 cards are ticked, and a deck has at least 4. Tick 4 more."),
        (["A-01"], "1 card is ticked, and a deck has at least 4. Tick 3 more."),
        (["A-01", "A-01", "A-02", "A-03"], "3 cards are ticked, and a deck has at least 4. Tick 1 more."),
        (
            [*FIVE, "Z-99"],
            "One of these cards is not in this workshop any more. Reload the page to see those that are.",
        ),
    ],
)
def test_what_is_no_deck_is_refused_at_the_ticks_which_stay_as_they_were_set(room, deck, given, sentence):
    answer = choose(room, *given)
    assert answer.status_code == 422
    assert faults(answer.text) == [f"Nothing was changed. {sentence}"]
    assert ticked(answer.text) == sorted(set(given) & set(deck.codes))
    assert codes(room) == list(deck.codes)


def test_fewer_cards_than_picks_lower_the_picks_and_the_page_says_so(room):
    page = " ".join(room.facilitator.get(choose(room, *FIVE).location).text.split())
    assert "They choose up to 5 of them, as there are no more." in page
    assert lead(room) == "5 of Cardsort’s own 52 cards. Everybody chooses up to 5 of them."
    again = " ".join(room.facilitator.get(choose(room, *MANY).location).text.split())
    assert "as there are no more" not in again


def test_words_are_edited_one_field_at_a_time_and_tidied_as_those_of_a_table(room, deck):
    before = card(room, "A-01")
    answer = reword(room, "A-01", title="  Nobody\tpicks\r\nup ")
    assert (answer.status_code, answer.json["saved"]) == (200, True)
    assert "Nobody picks up" in answer.json["card"]
    assert card(room, "A-01") == {**before, "title": "Nobody picks up"}
    reword(room, "A-01", cost="A morning, each time.", seen="")
    assert card(room, "A-01") == {**before, "title": "Nobody picks up", "cost": "A morning, each time.", "seen": ""}
    assert codes(room) == list(deck.codes)
    assert "Nobody picks up" in room.stranger().get(f"{room.customers}/deck").text
    assert lead(room).startswith("52 of Cardsort’s own 52 cards, 1 of them with words of your own.")


def test_cards_with_other_words_do_not_pass_for_the_shipped_ones(room):
    reword(room, "A-01", title="Nobody picks up")
    choose(room, *FIVE)
    for number in range(4):
        room.cast(room.it, ["A-01", "A-02", "S-13"], number, edition=2)
        room.cast(room.customers, ["S-13", "A-02", "A-01"], 100 + number, edition=2)
    room.reveal()
    assert room.get("/result.json").json["deck"]["name"] == "Changed from Cardsort: 52 worst practices"


def test_words_put_back_make_the_shipped_cards_again(room, deck):
    reword(room, "A-01", title="Nobody picks up")
    reword(room, "A-01", title=deck["A-01"].title)
    assert lead(room).startswith("Cardsort’s own 52 cards.")


TAKEN = "The title “{}” is taken already (Card B-05). Each card needs its own."
WRONG = {
    "no title": ({"title": " "}, "Card A-01 has no title. Give it one of at most 60 characters.", "title"),
    "a title that is too long": (
        {"title": "t" * 61},
        "The title of card A-01 has 61 characters. Shorten it to 60.",
        "title",
    ),
    "a text that is too long": (
        {"cost": "Dear.", "better": "b" * 141},
        "The text “better” of card A-01 has 141 characters. Shorten it to 140.",
        "better",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_words_are_told_at_the_card_with_their_field_and_nothing_is_stored(room, kind):
    words, sentence, field = WRONG[kind]
    before = card(room, "A-01")
    answer = reword(room, "A-01", **words)
    assert (answer.status_code, answer.json["message"], answer.json["field"]) == (422, sentence, field)
    page = by_form(room, "A-01", **words)
    assert page.status_code == 422
    assert faults(page.text) == [f"Not saved. {sentence}"]
    marked = re.findall(
        r'<textarea id="([\w-]+)"[^>]*aria-invalid="true"\s+aria-describedby="fault" autofocus', page.text
    )
    assert marked == [f"{field}-A-01"]
    assert card(room, "A-01") == before


def test_a_title_that_another_card_has_is_refused_whichever_lies_first(room, deck):
    title = deck["B-05"].title
    for code in ("A-01", "S-13"):
        assert reword(room, code, title=title.upper()).json["message"] == TAKEN.format(title.upper())


def test_what_was_typed_beside_a_fault_stays_in_the_form(room):
    page = by_form(room, "A-01", title="", cost="A morning").text
    form = page.split('deck/cards/A-01"')[1].split("</form>")[0]
    assert '<textarea id="cost-A-01"' in form
    assert ">A morning</textarea>" in form


def test_a_form_changes_only_what_was_typed_in_it(room):
    page = room.get("/deck").text
    was = html.unescape(re.search(r'deck/cards/A-01".*?name="was" value="([^"]*)"', page, re.DOTALL)[1])
    reword(room, "A-01", cost="From another device")
    answer = room.post("/deck/cards/A-01", was=was, **{**json.loads(was), "seen": "Seen here"})
    assert answer.location == f"{room.desk}/deck#A-01"
    assert card(room, "A-01")["cost"] == "From another device"
    assert card(room, "A-01")["seen"] == "Seen here"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"code": "A-99"}, "“code” is not on a card. Reload the page."),
        ({"title": 7}, "“title” is not a text of at most 10000 characters. Reload the page and try again."),
    ],
)
def test_what_is_no_word_of_a_card_is_refused(room, words, sentence):
    answer = reword(room, "A-01", **words)
    assert (answer.status_code, answer.json["message"]) == (422, sentence)


def test_a_card_that_is_not_in_use_cannot_be_edited(room):
    choose(room, *FIVE)
    for code in ("A-07", "Z-99"):
        assert reword(room, code, title="Other").status_code == 422
        assert by_form_of_nothing(room, code).status_code == 422


def by_form_of_nothing(room, code):
    return room.post(f"/deck/cards/{code}", was='{"title": "One"}', title="Other")


def test_from_the_first_ballot_on_neither_ticks_nor_words_change_anything(room, deck):
    assert room.cast(room.it, ["A-01", "A-02", "A-03"], 1).status_code == 201
    page = room.get("/deck").text
    assert 'name="cards"' not in page
    assert "data-saves" not in page
    for answer in (choose(room, *FIVE), reword(room, "A-01", title="Other"), by_form_of_nothing(room, "A-01")):
        assert answer.status_code == 409
        assert "The cards stay as they are" in (answer.json["message"] if answer.is_json else answer.text)
    assert card(room, "A-01")["title"] == deck["A-01"].title
    assert codes(room) == list(deck.codes)


def test_words_edited_under_somebody_who_sorts_are_told_to_them(room):
    respondent = room.stranger()
    old = mark(respondent, room.it)
    respondent.put(f"{room.it}/draft", json={"draft": {"rev": 1}, "deck": old})
    reword(room, "A-01", title="Nobody picks up")
    answer = room.cast(room.it, ["A-01", "A-02", "A-03"], 1, deck=old, edition=0)
    assert answer.status_code == 422
    assert answer.json["message"].endswith("Reload the page to get the new cards.")


def test_putting_nothing_aside_or_the_same_words_on_a_card_disturbs_nobody(room, deck):
    respondent = room.stranger()
    old = mark(respondent, room.it)
    respondent.put(f"{room.it}/draft", json={"draft": {"rev": 1}, "deck": old})
    choose(room, *deck.codes)
    reword(room, "A-01", title=deck["A-01"].title)
    assert mark(respondent, room.it) == old
    assert "Go on where you were" in respondent.get(room.it).text


def test_cards_of_ones_own_are_ticked_and_edited_like_those_that_are_shipped(room):
    use(room, FOUR.replace("X-4,Four\n", "X-4,Four\nX-5,Five\n"))
    reword(room, "X-2", title="Zwei")
    choose(room, "X-1", "X-2", "X-4", "X-5")
    assert codes(room) == ["X-1", "X-2", "X-4", "X-5"]
    assert lead(room) == "Cards of your own: Ours, 4 of 5 cards. Everybody chooses up to 4 of them."
    assert card(room, "X-2")["title"] == "Zwei"


def test_a_new_table_takes_the_place_of_what_was_put_aside_too(room):
    choose(room, *FIVE)
    use(room, FOUR)
    assert 'value="A-07"' not in room.get("/deck").text
    assert room.post("/deck/shipped").status_code == 303
    assert lead(room) == "Cardsort’s own 52 cards. Everybody chooses up to 4 of them."
