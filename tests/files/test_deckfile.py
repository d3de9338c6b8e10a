"""Deck files, good and faulty: every dialect gives the same deck, every fault a sentence with its place."""

import csv
import io
import json
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.domain.cards import Card, Deck, Lens, Suit
from cardsort.domain.errors import InvalidTable
from cardsort.files.deckfile import FILE_BYTES, TOO_LARGE, parse_deck_toml, read_deck
from cardsort.files.decktable import parse_deck_csv, write_deck_csv

FOUR = "code,title\nA-1,One\nA-2,Two\nB-1,Three\nB-2,Four\n"
TITLES = ["One", "Two", "Three", "Four"]


def refusal(read, *args):
    with pytest.raises(InvalidTable) as caught:
        read(*args)
    return str(caught.value)


def toml(*cards, head='name = "Ours"'):
    return "\n".join([head, *(f"[[cards]]\n{card}" for card in cards)])


def toml_cards(count):
    return [f'code = "A-{number}"\ntitle = "Title {number}"' for number in range(1, count + 1)]


# Good files


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "bom"])
def test_every_dialect_of_a_spreadsheet_gives_the_same_deck(separator, line_end, start):
    text = start + FOUR.replace(",", separator).replace("\n", line_end)
    deck = read_deck(text.encode(), "Our practices.csv")
    assert deck == Deck(name="Our practices", cards=parse_deck_csv(FOUR).cards)
    assert [card.title for card in deck.cards] == TITLES


def test_the_separator_line_that_excel_writes_is_understood():
    assert [card.title for card in parse_deck_csv("sep=;\r\n" + FOUR.replace(",", ";")).cards] == TITLES


def test_columns_come_in_any_order_and_case_and_others_are_passed_over():
    text = "Notes;TITLE; Code \nmine;One;1\n;Two;2\n;Three;3\n;Four;4\n"
    assert [(card.code, card.title) for card in parse_deck_csv(text).cards] == list(zip("1234", TITLES, strict=True))


def test_empty_lines_and_empty_cells_at_the_end_do_no_harm():
    text = "\n;;;\ncode;title;;\n1;One;;\n;;;\n2;Two\n3;Three;;\n4;Four;;;;\n\n"
    assert [card.title for card in parse_deck_csv(text).cards] == TITLES


def test_all_columns_are_read():
    text = FOUR.replace("\n", ",,,,,,,\n").replace(
        "code,title,,,,,,,", "code,title,seen,cost,better,question,lens,icon,suit"
    )
    text = text.replace("A-1,One,,,,,,,", 'A-1,One,"Seen, and ""said""",Cost,Better,Why?,Process,anchor,')
    assert parse_deck_csv(text).cards[0] == Card(
        code="A-1",
        title="One",
        seen='Seen, and "said"',
        cost="Cost",
        better="Better",
        question="Why?",
        lens=Lens.PROCESS,
        icon="anchor",
    )


def test_a_text_may_run_over_several_lines_in_its_cell():
    text = FOUR.replace("One", '"One\r\n\tand a half "')
    assert parse_deck_csv(text).cards[0].title == "One and a half"


def test_the_suits_come_from_the_column_and_take_their_letters_from_the_codes():
    text = "code,title,suit\nA-1,One,Attitude\nA-2,Two,Attitude\nB-1,Three,Behaviour\n7,Four,\n"
    deck = parse_deck_csv(text)
    assert deck.suits == (Suit("A", "Attitude"), Suit("B", "Behaviour"))
    assert [card.suit for card in deck.cards] == ["A", "A", "B", ""]


@pytest.mark.parametrize("codes", ["A-1 A-2 B-1 B-2", "1 2 3 4", "A-1 B-1 A-2 B-2"])
def test_where_the_codes_do_not_tell_the_suits_apart_their_names_do(codes):
    rows = zip(codes.split(), TITLES, ["Us", "Us", "Us", "Them"], strict=True)
    deck = parse_deck_csv("code,title,suit\n" + "".join(f"{','.join(row)}\n" for row in rows))
    assert deck.suits == (Suit("Us", "Us"), Suit("Them", "Them"))
    assert [card.suit for card in deck.cards] == ["Us", "Us", "Us", "Them"]


def test_a_toml_deck_is_read_with_its_header_and_suits():
    head = (
        'name = "Unser Blatt"\nlanguage = "de"\nversion = "2"\nlicence = "CC0"\nsource = "Wir"\n'
        '[[suits]]\nletter = "A"\nname = "Haltung"\ngathers = "Was man denkt"'
    )
    deck = parse_deck_toml(toml(*toml_cards(3), 'code = "B-1"\ntitle = "Ohne Farbe"\nlens = "cost"', head=head))
    assert (deck.name, deck.language, deck.version, deck.licence, deck.source) == (
        "Unser Blatt",
        "de",
        "2",
        "CC0",
        "Wir",
    )
    assert deck.suits == (Suit("A", "Haltung", "Was man denkt"),)
    assert [card.suit for card in deck.cards] == ["A", "A", "A", ""]
    assert deck["B-1"].lens is Lens.COST


@pytest.mark.parametrize("name", ["deck.toml", "deck.TOML", "deck.txt", "deck"])
def test_toml_is_known_by_its_content_whatever_the_name(name):
    assert read_deck(toml(*toml_cards(4)).encode(), name).name == "Ours"


def test_hidden_controls_and_overrides_are_shown_as_a_mark():
    assert parse_deck_csv(FOUR.replace("One", "O\u202en\x07e")).cards[0].title == "O\ufffdn\ufffde"
    assert parse_deck_toml(toml(*toml_cards(4)).replace("Title 1", r"T\u0007\u2066")).cards[0].title == "T\ufffd\ufffd"


# Faulty files: tables


def test_where_no_card_has_a_code_they_are_numbered():
    assert parse_deck_csv("title\nOne\nTwo\nThree\nFour\n").codes == ("1", "2", "3", "4")


def test_where_no_card_has_a_code_and_each_a_suit_the_suits_letters_number_them():
    deck = parse_deck_csv("title,suit\nOne,Tools\nTwo,people\nThree,Tools\nFour,people\n")
    assert deck.codes == ("T-01", "P-01", "T-02", "P-02")
    assert deck.suits == (Suit("T", "Tools"), Suit("P", "people"))


def test_all_faults_of_a_table_are_told_at_once_in_its_order():
    text = (
        FOUR.replace("code,title", "code,title,lens,suit").replace("Two", ",speed").replace("Four", f"One,,{'s' * 61}")
    )
    assert refusal(parse_deck_csv, text).split("\n") == [
        "Line 3: “speed” is no lens. Write customer, process or cost, or leave it empty.",
        "Line 3: Card A-2 has no title. Give it one of at most 60 characters.",
        "Line 5: the title “One” is taken already (Line 2). Each card needs its own.",
        "Line 5: the suit’s name has 61 characters. Shorten it to 60.",
    ]


def test_of_many_faults_twenty_are_told_and_the_rest_counted():
    faults = refusal(parse_deck_csv, "code,title\n" + "".join(f"{number},\n" for number in range(1, 122))).split("\n")
    assert faults[:2] == [
        "The deck has 121 cards. A deck has 4 to 120.",
        "Line 2: Card 1 has no title. Give it one of at most 60 characters.",
    ]
    assert (len(faults), faults[-1]) == (21, "And 102 more. Mend these first, then try again.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            FOUR.replace("code,title", "code,name"),
            (
                "Line 1: it names no column “title”. "
                "Begin the table with a line that names its columns: at least “title”, and best “code” too."
            ),
        ),
        (
            "\n\n" + FOUR.partition("\n")[2],
            (
                "Line 3: it names no column “title”. "
                "Begin the table with a line that names its columns: at least “title”, and best “code” too."
            ),
        ),
        (
            FOUR.replace("code,title", "code,title,Title"),
            "Line 1: it names the column “title” 2 times. Keep one of them.",
        ),
        (FOUR.replace("Two", ""), "Line 3: Card A-2 has no title. Give it one of at most 60 characters."),
        (
            FOUR.replace("B-1", ""),
            "Line 4: The card code “” cannot be used: take 1 to 12 letters, digits, dots or dashes.",
        ),
        (FOUR.replace("Two", "t" * 61), "Line 3: The title of card A-2 has 61 characters. Shorten it to 60."),
        (
            FOUR.replace("code,title", "code,title,seen").replace("Two", "Two," + "s" * 141),
            "Line 3: The text “seen” of card A-2 has 141 characters. Shorten it to 140.",
        ),
        (FOUR.replace("B-2", "a-1"), "Line 5: the code “a-1” is taken already (Line 2). Each card needs its own."),
        (FOUR.replace("Four", "ONE"), "Line 5: the title “ONE” is taken already (Line 2). Each card needs its own."),
        (
            FOUR.replace("Two", "Two, or three"),
            (
                "Line 3: it has 3 cells, but the table has 2 columns. "
                "Put a text that holds the separator within quotation marks."
            ),
        ),
        (
            FOUR.replace("Two", '"Two'),
            (
                "Line 3: a quotation mark is not closed, or stands in the middle. "
                "Put the whole text within quotation marks, and write those inside it twice."
            ),
        ),
        (
            FOUR.replace("Three", '"Three" or four'),
            (
                "Line 4: a quotation mark is not closed, or stands in the middle. "
                "Put the whole text within quotation marks, and write those inside it twice."
            ),
        ),
        (
            FOUR.replace("code,title", "code,title,lens").replace("Two", "Two,money"),
            "Line 3: “money” is no lens. Write customer, process or cost, or leave it empty.",
        ),
        (FOUR.replace("B-2,Four\n", ""), "The deck has 3 cards. A deck has 4 to 120."),
        ("code,title\n", "The deck has 0 cards. A deck has 4 to 120."),
    ],
)
def test_a_faulty_table_is_refused_at_its_line(text, sentence):
    assert refusal(parse_deck_csv, text) == sentence


def test_lines_are_counted_as_an_editor_counts_them():
    text = "sep=,\r\n" + FOUR.replace("One", '"One\nover\nthree lines"').replace("Four", "")
    assert refusal(parse_deck_csv, text) == "Line 8: Card B-2 has no title. Give it one of at most 60 characters."


def test_a_quotation_mark_left_open_over_a_long_file_is_refused_at_its_line():
    assert refusal(parse_deck_csv, FOUR.replace("Two", '"' + "long " * 40_000)).startswith(
        "Line 3: a quotation mark is not closed"
    )


# Faulty files: TOML


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            toml(*toml_cards(4)).replace('"Title 2"', "“Title 2”"),
            'Line 7 cannot be read. Write it as key = "text", within straight quotation marks, each key once.',
        ),
        (
            toml(*toml_cards(4)) + '\ntitle = "Twice"\n',
            'Line 14 cannot be read. Write it as key = "text", within straight quotation marks, each key once.',
        ),
        (
            toml(*toml_cards(4)) + "\nseen = '''open",
            'The last line cannot be read. Write it as key = "text", within straight quotation marks, each key once.',
        ),
        (toml(*toml_cards(4), head=""), 'The deck has no name. Add a line name = "…" at the top of the file.'),
        (
            toml(*toml_cards(4), head='name = "N"\nlicense = "L"'),
            "The deck has an unknown entry “license”. Possible are: name, language, version, licence, source.",
        ),
        (
            toml(*toml_cards(4), head='name = "N"\nversion = 1'),
            "The deck: “version” is not a text. Put it within straight quotation marks.",
        ),
        (toml(), "The deck has no cards. Begin each one with a line [[cards]]."),
        (
            toml(head='name = "N"\ncards = 52'),
            "The deck’s cards are not written as tables. Begin each one with a line [[cards]].",
        ),
        (
            toml(head='name = "N"\nsuits = ["A"]'),
            "The deck’s suits are not written as tables. Begin each one with a line [[suits]].",
        ),
        (
            toml(*toml_cards(4), head='name = "N"\n[[suits]]\nletter = "A"'),
            "Suit no. 1 lacks its letter or its name. Add both.",
        ),
        (
            toml(*toml_cards(4), head='name = "N"' + '\n[[suits]]\nletter = "A"\nname = "Alpha"' * 2),
            "The letter “A” stands on 2 suits. Each suit needs its own.",
        ),
        (
            toml(*toml_cards(4), 'title = "Codeless"'),
            "Card no. 5: The card code “” cannot be used: take 1 to 12 letters, digits, dots or dashes.",
        ),
        (
            toml(*toml_cards(4), 'code = "A-5"\ntitel = "Titel"'),
            (
                "Card no. 5 has an unknown entry “titel”. "
                "Possible are: code, title, seen, cost, better, question, lens, icon, suit."
            ),
        ),
        (
            toml(*toml_cards(4), 'code = 5\ntitle = "Five"'),
            "Card no. 5: “code” is not a text. Put it within straight quotation marks.",
        ),
        (
            toml(*toml_cards(4), 'code = "A-5"\ntitle = "T"\nlens = "speed"'),
            "Card no. 5: “speed” is no lens. Write customer, process or cost, or leave it empty.",
        ),
        (
            toml(*toml_cards(4), 'code = "A-2"\ntitle = "Second"'),
            "Card no. 5: the code “A-2” is taken already (Card no. 2). Each card needs its own.",
        ),
        (
            toml(*toml_cards(4), 'code = "A-5"\ntitle = "T"\nsuit = "Q"'),
            "Card A-5 belongs to the suit “Q”, which the deck does not have.",
        ),
        (toml(*toml_cards(3)), "The deck has 3 cards. A deck has 4 to 120."),
        (toml(*toml_cards(121)), "The deck has 121 cards. A deck has 4 to 120."),
        (
            "cards = " + "[" * 20_000,
            "The file has lists within lists within lists. A deck has only [[suits]] and [[cards]].",
        ),
        (
            f"name = {'9' * 5_000}",
            'The last line cannot be read. Write it as key = "text", within straight quotation marks, each key once.',
        ),
    ],
)
def test_a_faulty_toml_deck_is_refused_at_its_line_or_card(text, sentence):
    assert refusal(parse_deck_toml, text) == sentence


# Round trips

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=OVERRIDES)
TEXT = st.text(LETTERS, max_size=140).map(lambda text: " ".join(text.split()))
TITLE = st.text(LETTERS, max_size=59).map(lambda text: " ".join((text + ".").split()))
FIELDS = ("code", "title", "seen", "cost", "better", "question", "lens", "icon")


@st.composite
def decks(draw):
    titles = draw(st.lists(TITLE, min_size=4, max_size=9, unique_by=str.casefold))
    return [
        Card(
            code=f"C-{number}",
            title=title,
            lens=draw(st.sampled_from([None, *Lens])),
            **{name: draw(TEXT) for name in ("seen", "cost", "better", "question")},
        )
        for number, title in enumerate(titles)
    ]


def values(card):
    return {name: str(getattr(card, name) or "") for name in FIELDS}


@given(decks(), st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_a_deck_written_as_a_table_comes_back_unchanged(cards, separator, line_end):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, FIELDS, delimiter=separator, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(values(card) for card in cards)
    assert read_deck(out.getvalue().encode("utf-8-sig"), "ours.csv") == Deck(name="ours", cards=tuple(cards))


@given(decks())
def test_a_deck_comes_back_from_the_table_that_its_preview_carries(cards):
    suits = (Suit("First", "First"), Suit("Second", "Second"))
    suited = tuple(replace(card, suit=suits[number % 2].letter) for number, card in enumerate(cards))
    deck = Deck(name="Ours", cards=suited, suits=suits)
    assert parse_deck_csv(write_deck_csv(deck), "Ours") == deck


def test_the_shipped_cards_come_back_from_their_table(deck):
    assert parse_deck_csv(write_deck_csv(deck)).cards == deck.cards


@given(decks())
def test_a_deck_written_as_toml_comes_back_unchanged(cards):
    tables = [
        "\n".join(f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in values(card).items())
        for card in cards
    ]
    assert read_deck(toml(*tables).encode(), "ours.toml") == Deck(name="Ours", cards=tuple(cards))


def outcome(data, filename):
    """The deck, or the sentence that refuses it; anything else that happens is a fault."""
    try:
        return read_deck(data, filename)
    except InvalidTable as fault:
        return str(fault)


@given(st.binary(max_size=400), st.sampled_from(["deck.csv", "deck.toml", ""]))
def test_any_bytes_give_a_deck_or_a_sentence(data, filename):
    found = outcome(data, filename)
    assert isinstance(found, Deck) or found.endswith(".")


PARTS = ["code", "title", ",", ";", '"', "\n", "\r", "A-1", "[[cards]]", "=", "x", " ", "\t", "'", "\x0b", "\u2028"]


@given(st.lists(st.sampled_from(PARTS), max_size=60), st.sampled_from(["", "code,title\n", 'name="N"\n']))
def test_any_mixture_of_a_deck_files_parts_gives_a_deck_or_a_sentence(parts, start):
    found = outcome((start + "".join(parts)).encode(), "deck.csv")
    assert isinstance(found, Deck) or found.endswith(".")


DOTS = ".a" * 50_000


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"a{DOTS} = 1", 1),
        ('"a"' + '."a"' * 25_000 + " = 1", 1),
        (f"[[cards{DOTS}]]", 1),
        ("\n".join(f"a{number}" + " . b" * 900 + " = 1" for number in range(25)), 1),
        (f"x = {{y = '''z'''', a{DOTS} = 1}}", 1),
        (f'x = [1, {{y = """z\\""" \n""""", a{DOTS} = 1}}]', 2),
    ],
    ids=["one key", "quoted", "a header", "many keys", "in a table", "behind a text"],
)
def test_keys_with_dots_are_refused_before_the_parser_takes_a_minute_for_them(text, line, monkeypatch):
    monkeypatch.setattr(tomllib, "loads", lambda _text: pytest.fail("it was handed to the parser"))
    assert refusal(parse_deck_toml, text).startswith(f"Line {line} cannot be read.")


def test_dots_in_texts_and_comments_are_no_keys():
    dotted = "so.many.dots.in.a.row = 1"
    texts = f'seen = """\n{dotted}\n\\"{dotted}"""\ncost = \'{dotted}\'\nbetter = "{dotted}" # {dotted}\n# {dotted}'
    card = parse_deck_toml(toml(*toml_cards(4), f'code = "B-1"\ntitle = "Dots"\n{texts}')).cards[-1]
    assert (card.seen.count(dotted), card.cost, card.better) == (2, dotted, dotted)


def test_a_file_larger_than_any_deck_is_refused_unread():
    text = toml(*toml_cards(4)).encode()
    full = text + b"#" * (FILE_BYTES - len(text))
    assert len(read_deck(full, "deck.toml").cards) == 4
    for name in ("deck.toml", "deck.csv"):
        assert refusal(read_deck, full + b"#", name) == TOO_LARGE
