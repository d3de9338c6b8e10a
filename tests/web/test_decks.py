"""A workshop's own cards: looked at before anything is stored, used until the first ballot, shown everywhere."""

import csv
import html
import re
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from cardsort.files.decktable import COLUMNS
from tests.files.workbooks import workbook
from tests.web.conftest import open_room

FOUR = "code,title\nX-1,One\nX-2,Two\nX-3,Three\nX-4,Four\n"
TWELVE = "title\n" + "".join(f"Practice {number}\n" for number in range(1, 13))
UTF8 = "Save it as UTF-8; in a spreadsheet, as “CSV UTF-8”."
XLSX = "Save it from the spreadsheet as XLSX, without a password, or as “CSV UTF-8”."
OWN = "Each card needs its own."
QUOTES = "Put the whole text within quotation marks, and write those inside it twice."
SEPARATOR = "Put a text that holds the separator within quotation marks."
HEADER = "Begin the table with a line that names its columns: at least “title”, and best “code” too."


def upload(room, data, name="Ours.csv"):
    data = data.encode() if isinstance(data, str) else data
    return room.post("/deck", table=(BytesIO(data), name))


def use(room, data, name="Ours.csv"):
    """Preview the table and press the button, with what the preview's own form carries."""
    page = upload(room, data, name)
    assert page.status_code == 200, page.text
    form = page.text.split('action="' + room.desk + '/deck/use"')[1].split("</form>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form, re.DOTALL))
    return room.post("/deck/use", **{name: html.unescape(value) for name, value in fields.items()})


def cast(room, link, ranking, number, **more):
    """One more person sends a ballot from a page that was opened after one exchange of the cards."""
    return room.cast(link, ranking, number, edition=1, **more)


def codes(room):
    """The codes of the workshop's cards, as its table has them."""
    return [row["code"] for row in csv.DictReader(StringIO(room.get("/deck.csv").data.decode("utf-8-sig")))]


def told(answer):
    """What the answer's alert says, a line for each fault."""
    alert = answer.text.split('role="alert"')[1].split("</div>")[0]
    return [html.unescape(found) for found in re.findall(r'<(?:li|p) dir="auto">(.*?)</(?:li|p)>', alert, re.DOTALL)]


def with_column(name, value):
    return FOUR.replace("code,title", f"code,title,{name}").replace("Two", f"Two,{value}")


FAULTY = {
    "an empty file": (b"", ["Line 1: the file is empty. Begin it with a line that names the columns."]),
    "only empty lines": (" \r\n\r\n", ["Line 1: the file is empty. Begin it with a line that names the columns."]),
    "only separators": (";;;\r\n;;;\r\n", ["Line 1: the file is empty. Begin it with a line that names the columns."]),
    "a torn XLSX workbook": (b"PK\x03\x04\x14\0", [f"Line 1: this workbook cannot be read. {XLSX}"]),
    "an old XLS workbook renamed": (
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        [f"Line 1: this is a workbook of an old kind, or one with a password. {XLSX}"],
    ),
    "Latin-1": (
        FOUR.replace("Two", "Müde").encode("latin-1"),
        [f"Line 3: a letter there is not written in UTF-8. {UTF8}"],
    ),
    "Windows-1252 after UTF-8's own mark": (
        b"\xef\xbb\xbf" + FOUR.replace("Four", "Can’t").encode("cp1252"),
        [f"Line 5: a letter there is not written in UTF-8. {UTF8}"],
    ),
    "UTF-16 without its mark": (
        FOUR.encode("utf-16-le"),
        [f"Line 1: a zero byte stands there, so this is not a text file. {UTF8}"],
    ),
    "UTF-16 cut off": (
        FOUR.encode("utf-16")[:-1],
        [f"Line 5: it ends in the middle of a letter, so the file is damaged. {UTF8}"],
    ),
    "a zero byte": (
        FOUR.replace("Two", "T\0o"),
        [f"Line 3: a zero byte stands there, so this is not a text file. {UTF8}"],
    ),
    "a zero byte in UTF-16": (
        FOUR.replace("Two", "T\0o").encode("utf-16"),
        [f"Line 3: a zero byte stands there, so this is not a text file. {UTF8}"],
    ),
    "no header": (FOUR.partition("\n")[2], [f"Line 1: it names no column “title”. {HEADER}"]),
    "a header in another language": (
        FOUR.replace("title", "Titel"),
        [f"Line 1: it names no column “title”. {HEADER}"],
    ),
    "a column twice": (
        FOUR.replace("code,title", "title,Title"),
        ["Line 1: it names the column “title” 2 times. Keep one of them."],
    ),
    "a header and nothing else": ("code,title\n", ["The deck has 0 cards. A deck has 4 to 120."]),
    "three cards": (FOUR.replace("X-4,Four\n", ""), ["The deck has 3 cards. A deck has 4 to 120."]),
    "121 cards": (
        "title\n" + "".join(f"T {number}\n" for number in range(121)),
        ["The deck has 121 cards. A deck has 4 to 120."],
    ),
    "a code twice": (FOUR.replace("X-3", "x-1"), [f"Line 4: the code “x-1” is taken already (Line 2). {OWN}"]),
    "a title twice": (FOUR.replace("Four", "two"), [f"Line 5: the title “two” is taken already (Line 3). {OWN}"]),
    "a missing title": (
        FOUR.replace("Two", ""),
        ["Line 3: Card X-2 has no title. Give it one of at most 60 characters."],
    ),
    "a missing code among others": (
        FOUR.replace("X-2", ""),
        ["Line 3: The card code “” cannot be used: take 1 to 12 letters, digits, dots or dashes."],
    ),
    "a code with a space": (
        FOUR.replace("X-2", "X 2"),
        ["Line 3: The card code “X 2” cannot be used: take 1 to 12 letters, digits, dots or dashes."],
    ),
    "a code that is too long": (
        FOUR.replace("X-2", "X" * 13),
        [f"Line 3: The card code “{'X' * 13}” cannot be used: take 1 to 12 letters, digits, dots or dashes."],
    ),
    "a title that is too long": (
        FOUR.replace("Two", "t" * 61),
        ["Line 3: The title of card X-2 has 61 characters. Shorten it to 60."],
    ),
    "a text that is too long": (
        with_column("better", "b" * 141),
        ["Line 3: The text “better” of card X-2 has 141 characters. Shorten it to 140."],
    ),
    "an unknown lens": (
        with_column("lens", "speed"),
        ["Line 3: “speed” is no lens. Write customer, process or cost, or leave it empty."],
    ),
    "a suit's name that is too long": (
        with_column("suit", "s" * 61),
        ["Line 3: the suit’s name has 61 characters. Shorten it to 60."],
    ),
    "an icon's name that is too long": (
        with_column("icon", "i" * 61),
        ["Line 3: The name of the icon has 61 characters. Shorten it to 60."],
    ),
    "a separator within a text": (
        FOUR.replace("Two", "Two, or three"),
        [f"Line 3: it has 3 cells, but the table has 2 columns. {SEPARATOR}"],
    ),
    "a quotation mark left open": (
        FOUR.replace("Two", '"Two'),
        [f"Line 3: a quotation mark is not closed, or stands in the middle. {QUOTES}"],
    ),
    "a quotation mark in the middle": (
        FOUR.replace("Two", '"Two" or three'),
        [f"Line 3: a quotation mark is not closed, or stands in the middle. {QUOTES}"],
    ),
    "a control character in a code": (
        FOUR.replace("X-2", "X\x072"),
        ["Line 3: The card code “X\ufffd2” cannot be used: take 1 to 12 letters, digits, dots or dashes."],
    ),
    "a deck of the shipped kind": ('name = "Ours"\n[[cards]]\n', [f"Line 1: it names no column “title”. {HEADER}"]),
    "many faults at once": (
        FOUR.replace("Two", "").replace("X-3", "X-1").replace("Four", "f" * 61),
        [
            "Line 3: Card X-2 has no title. Give it one of at most 60 characters.",
            f"Line 4: the code “X-1” is taken already (Line 2). {OWN}",
            "Line 5: The title of card X-4 has 61 characters. Shorten it to 60.",
        ],
    ),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_a_faulty_file_is_answered_with_line_and_remedy_and_nothing_is_changed(room, deck, kind):
    data, sentences = FAULTY[kind]
    answer = upload(room, data)
    assert (answer.status_code, told(answer)) == (422, sentences)
    assert codes(room) == list(deck.codes)


def test_the_confirmed_cards_are_checked_again(room, deck):
    answer = room.post("/deck/use", name="Ours", cards=FOUR.replace("X-2", "X-1"))
    assert (answer.status_code, told(answer)) == (422, [f"Line 3: the code “X-1” is taken already (Line 2). {OWN}"])
    assert codes(room) == list(deck.codes)


@pytest.mark.parametrize("size", [256 * 1024 + 1, 400 * 1024], ids=["just above", "far above"])
def test_a_file_that_is_too_large_is_refused_with_a_sentence(room, size):
    answer = upload(room, FOUR + "," * size)
    assert answer.status_code == 413
    assert told(answer)[0].startswith("The file is larger than 256 KiB. 120 cards need less:")


def test_without_a_file_the_page_asks_for_one(room):
    assert told(room.post("/deck")) == ["No file was chosen. Choose your table, then look at it."]


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-8", "\t"), ("utf-16", "\t")]
)
def test_what_excel_saves_is_shown_as_cards(room, encoding, separator):
    text = FOUR.replace(",", separator).replace("\n", f"{separator * 2}\r\n").replace("Three", '"Drü\nben"')
    page = upload(room, (text + separator * 3 + "\r\n").encode(encoding))
    assert page.status_code == 200
    assert "Use these 4 cards?" in page.text
    assert ">Drü ben</h2>" in page.text


def test_the_preview_says_what_is_missing_and_stores_nothing(room, deck):
    page = html.unescape(upload(room, TWELVE).text)
    assert "None: the cards lie in the order of your table." in page
    assert "None: without lenses the report has no balance part." in page
    assert "All are empty." in page
    assert "instead of" not in page
    assert codes(room) == list(deck.codes)


def test_the_preview_names_suits_lenses_and_unreadable_letters(room):
    text = "title,suit,lens\nOne,Tools,cost\nTwo,People,\nTh\x07ree,Tools,process\nFour,People,cost\n"
    page = html.unescape(upload(room, text).text)
    assert "Tools, People" in page
    assert "Process orientation 1, Cost optimisation 2, without 1" in page
    assert "T-02: a letter there could not be read" in page


def test_used_cards_are_on_every_page_and_picks_are_lowered(room):
    assert "chooses up to 4 cards instead of 10" in upload(room, FOUR).text
    assert use(room, FOUR).location == f"{room.desk}/deck?used=10"
    assert codes(room) == ["X-1", "X-2", "X-3", "X-4"]
    page = " ".join(room.get("/deck?used=10").text.split())
    assert "These cards are in use now.</strong> Everybody who opens a link from now on gets them. They choose" in page
    assert "up to 4 of them, as there are no more." in page
    respondent = room.stranger()
    assert "4 cards, each with something" in respondent.get(room.it).text
    assert "Choose up to 4 and put them in order." in respondent.get(room.it).text
    cards = re.search(r'"cards": "[^"]*(/cards/[^"]+)"', respondent.get(f"{room.customers}/ballot").text)[1]
    for path in ("", "/ballot", "/deck", "/form", cards):
        page = respondent.get(room.customers + path).text
        words = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
        assert not re.search(r"\b52\b", words), path
        assert "A-01" not in page, path
        assert path in {"", "/ballot"} or "X-4" in page, path
    assert cast(room, room.customers, ["X-4", "X-1", "X-2"], 1).status_code == 201


def test_cards_without_backs_are_not_turned_over_on_page_or_paper(room):
    use(room, TWELVE)
    assert "Turn over" not in room.get("/deck").text
    assert "can be turned over" not in room.stranger().get(f"{room.it}/deck").text
    pages = [page.extract_text() for page in PdfReader(BytesIO(room.get("/deck.pdf").data)).pages]
    assert len(pages) == 2
    assert not any("on both sides" in page or "Backs" in page for page in pages)


def test_the_cards_can_be_exchanged_again_and_back(room, deck):
    use(room, TWELVE)
    assert codes(room) == [str(number) for number in range(1, 13)]
    assert room.post("/deck/shipped").status_code == 303
    assert codes(room) == list(deck.codes)


def test_after_the_first_ballot_the_cards_stay_and_the_page_says_why(room, deck):
    page = upload(room, FOUR)
    assert room.cast(room.it, ["A-01", "A-02", "A-03"], 1).status_code == 201
    shown = room.get("/deck").text
    assert "as somebody has sent a ballot by now" in shown
    assert 'name="table"' not in shown
    for answer in (upload(room, FOUR), room.post("/deck/use", name="Ours", cards=FOUR)):
        assert answer.status_code == 409
        assert "The cards stay as they are" in told(answer)[0]
    assert page.status_code == 200
    assert room.post("/deck/shipped").status_code == 303  # they are the same: nothing changes
    assert codes(room) == list(deck.codes)


def mark(respondent, link):
    return re.search(r'"deck": ?"(\w+)"', respondent.get(f"{link}/ballot").text)[1]


def test_a_ballot_on_the_cards_of_before_is_refused_with_what_to_do(room):
    respondent = room.stranger()
    old = mark(respondent, room.it)
    use(room, FOUR.replace("X-1", "A-01").replace("X-2", "A-02").replace("X-3", "A-03"))
    answer = cast(room, room.it, ["A-01", "A-02", "A-03"], 1, deck=old)
    assert answer.status_code == 422
    assert answer.json["message"].endswith("so nothing was sent. Reload the page to get the new cards.")
    new = mark(respondent, room.it)
    assert new != old
    assert respondent.get(f"{room.it}/state").json["deck"] == new
    assert cast(room, room.it, ["A-01", "A-02", "A-03"], 1, deck=new).status_code == 201


def test_a_draft_on_the_cards_of_before_is_dropped_and_the_page_is_told(room):
    respondent = room.stranger()
    old = mark(respondent, room.it)
    assert respondent.put(f"{room.it}/draft", json={"draft": {"rev": 1}, "deck": old}).json["saved"] is True
    use(room, FOUR)
    assert "Go on where you were" not in respondent.get(room.it).text
    answer = respondent.put(f"{room.it}/draft", json={"draft": {"rev": 2}, "deck": old}).json
    assert (answer["saved"], answer["deck"]) == (False, mark(respondent, room.it))
    assert "Go on where you were" not in respondent.get(room.it).text


def test_the_plain_form_of_the_cards_of_before_comes_back_with_the_new_ones(room):
    respondent = room.stranger()
    page = respondent.get(f"{room.it}/form").text
    fields = dict(re.findall(r'name="(id|deck)" value="(\w+)"', page))
    use(room, FOUR)
    answer = respondent.post(f"{room.it}/form", data={**fields, "codes": "X-1 X-2 X-3"})
    assert answer.status_code == 422
    assert "Reload the page to get the new cards." in answer.text
    assert "place-X-4" in answer.text


def test_the_template_opens_in_a_spreadsheet_and_passes_with_two_more_lines(room):
    data = room.get("/deck-template.csv").data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == list(COLUMNS)
    assert [len(row) for row in rows] == [9, 9, 9]
    assert all(cell for row in rows for cell in row)
    assert upload(room, data + b"B-02,Three\r\nB-03,Four\r\n").status_code == 200


def test_a_downloaded_deck_is_inert_and_can_be_uploaded_again(room):
    use(room, FOUR.replace("Two", "=1+1"))
    assert "'=1+1" in room.get("/deck.csv").text
    shipped = open_room(room.app)
    assert use(shipped, shipped.get("/deck.csv").data).status_code == 303


ODD = {
    "four cards, three picks": FOUR,
    "long titles": "title\n" + "".join(f"{number:03} {'Long words ' * 5}\n" for number in range(120)),
    "one long word": "title\n" + "".join(f"{number:03}{'W' * 57}\n" for number in range(9)),
    "right to left": "title,suit,seen\n" + "".join(f"אין תשובה {n},שירות,לא עונים\n" for n in range(12)),
    "emoji": "title\n" + "".join(f"🤷‍♀️ {'👩🏽‍💻' * n}.\n" for n in range(1, 7)),
    "markup": "title,seen,cost\n" + "".join(f"<b>{n},<img src=/etc/passwd>,&amp;{n}</i>\n" for n in range(7)),
    "formulas": "title,suit\n" + "".join(f"=1+{n},+cmd|calc\n" for n in range(7)),
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_decks_go_all_the_way_to_page_report_and_files(app, kind):
    room = open_room(app, picks="3")
    assert use(room, ODD[kind], "<b>odd</b> =1.csv").status_code == 303
    deck = codes(room)
    for number in range(4):
        assert cast(room, room.it, [deck[0], deck[1], deck[2 + number % 2]], number).status_code == 201
        assert cast(room, room.customers, [deck[3], deck[1], deck[0]], 100 + number).status_code == 201
    for path in ("/deck.pdf", "/paper-ballot/it.pdf", "/invitations.pdf"):
        assert len(PdfReader(BytesIO(room.get(path).data)).pages) >= 1
    room.reveal()
    for path in ("", "/deck", "/result", "/print"):
        page = room.get(path)
        assert page.status_code == 200
        assert "<img src=/etc" not in page.text
        assert "<b>0" not in page.text
    assert room.get("/result.json").json["top"] == 3
    assert room.get("/ballots.csv").status_code == 200
    assert len(PdfReader(BytesIO(room.get("/report.pdf").data)).pages) == 3  # of few people


def test_ranking_a_whole_small_deck_leaves_the_top_below_its_size(app):
    room = open_room(app)
    use(room, FOUR)
    for number in range(4):
        cast(room, room.it, ["X-1", "X-2", "X-3", "X-4"], number)
        cast(room, room.customers, ["X-4", "X-3", "X-2", "X-1"], 100 + number)
    room.reveal()
    found = room.get("/result.json").json
    assert (found["depth"], found["top"]) == (4, 3)
    assert room.get("/result").status_code == 200
    assert len(PdfReader(BytesIO(room.get("/report.pdf").data)).pages) == 3  # of few people


def test_codes_that_are_typed_alike_are_told_apart_or_asked_for_in_full(room):
    use(room, FOUR.replace("X-2", "X1"))
    answer = room.stranger().post(f"{room.it}/form", data={"id": "1" * 32, "edition": "1", "codes": "x1 X-3 X-4"})
    assert "“x1” is not a card of this deck." in answer.text
    assert (
        room.stranger().post(f"{room.it}/form", data={"id": "2" * 32, "edition": "1", "codes": "X-1 X1 x3"}).status_code
        == 303
    )


def test_a_workbook_is_taken_as_the_table_it_holds(app):
    room = open_room(app)
    rows = [line.split(",") for line in FOUR.splitlines()]
    assert use(room, workbook(rows), "Our cards.xlsx").status_code == 303
    assert room.get("/deck.csv").text.removeprefix("\ufeff").splitlines()[1].startswith("X-1,One,")
    answer = upload(room, workbook([*rows, ["X-4", "Five"]]), "Ours.xlsx")
    assert (answer.status_code, told(answer)) == (422, [f"Line 6: the code “X-4” is taken already (Line 5). {OWN}"])
