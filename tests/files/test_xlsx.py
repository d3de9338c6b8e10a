"""Workbooks, good and hostile: the first sheet is the table that the same CSV would be, and none costs much."""

import csv
import datetime as dt
import io
import zipfile

import pytest

from cardsort.domain.errors import InvalidTable
from cardsort.files import xlsx
from cardsort.files.deckfile import read_deck
from cardsort.files.tables import decode, read_lines
from tests.files.workbooks import workbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def repacked(**parts):
    """A small workbook with some of its parts replaced, by the end of their names."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["hello"]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            given = next((text for end, text in parts.items() if name.endswith(f"{end}.xml")), None)
            new.writestr(name, old.read(name) if given is None else given)
    return out.getvalue()


def sheet(rows):
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def rows_of(data):
    return [cells for _, cells in read_lines(decode(data))]


def fault_of(data):
    with pytest.raises(InvalidTable) as fault:
        decode(data)
    return str(fault.value)


def test_the_shipped_cards_come_back_from_a_workbook(deck):
    from cardsort.files.decktable import write_deck_csv

    rows = list(csv.reader(io.StringIO(write_deck_csv(deck), newline="")))
    assert read_deck(workbook(rows), "ours.xlsx").cards == deck.cards


def test_cells_are_what_a_person_sees():
    seen = [True, 7, 7.0, 0.1 + 0.2, dt.date(2027, 3, 1), "two\nlines", "'tis", "=1+1"]
    data = workbook([["title", "", *seen]])
    assert rows_of(data) == [["title", "", "TRUE", "7", "7", "0.3", "2027-03-01", "two lines", "'tis", "0"]]
    assert rows_of(workbook([[0.5, 0.125]], "0.0%")) == [["50%", "12.5%"]]


def test_a_formula_is_its_value():
    rows = '<row r="1"><c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B1"><f>1+2</f><v>3</v></c></row>'
    assert rows_of(repacked(sheet1=sheet(rows))) == [["ab", "3"]]


def test_lines_have_the_numbers_of_the_rows():
    data = workbook([[], ["code", "title"], [], ["1", "over\ntwo lines"], ["2", "b"]])
    assert [line for line, _ in read_lines(decode(data))] == [2, 4, 5]


ENTITIES = "".join(f"<!ENTITY {name} '{f'&{before};' * 20}'>" for before, name in zip("abcdef", "bcdefg", strict=True))
LAUGHS = f"<!DOCTYPE x [<!ENTITY a 'laugh'>{ENTITIES}]>" + sheet(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>&g;</t></is></c></row>'
)


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet1": sheet("<x>" * 2)},
        {"workbook": "<workbook/>"},
        {"sheet1": sheet('<row r="x"><c r="A1"><v>1</v></c></row>')},
        {"sharedStrings": "<sst/>"},
        {"styles": "no XML at all"},
        {"sheet1": LAUGHS},
    ],
    ids=["torn", "no sheet", "no number", "no texts", "no XML", "entities"],
)
def test_a_damaged_workbook_is_refused_in_a_sentence(parts):
    assert fault_of(repacked(**parts)) == (
        "Line 1: this workbook cannot be read. "
        "Save it from the spreadsheet as XLSX, without a password, or as “CSV UTF-8”."
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\x00rest", b"PK\x03\x04"])
def test_what_is_packed_but_no_workbook_is_refused(data):
    assert fault_of(data).startswith("Line 1: this workbook cannot be read.")


def test_an_old_workbook_or_one_with_a_password_is_refused():
    assert fault_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)).startswith(
        "Line 1: this is a workbook of an old kind, or one with a password."
    )


@pytest.mark.parametrize("claimed", [True, False], ids=["honest", "lying"])
def test_what_unpacks_to_more_than_is_counted_is_refused_whatever_it_claims(claimed):
    data = repacked(sheet1=sheet("<row/>" * (xlsx.UNPACKED // 6)))
    assert len(data) < 64 * 1024
    if not claimed:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = packed.getinfo(SHEET).file_size
        data = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    said = fault_of(data)
    assert said.startswith("Line 1: the workbook holds more than 8 MiB." if claimed else "Line 1: this workbook cannot")


def test_pictures_do_not_count():
    data = io.BytesIO(workbook([["title"]]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.png", bytes(xlsx.UNPACKED + 1))
    assert rows_of(data.getvalue()) == [["title"]]


def test_a_single_cell_in_the_last_corner_costs_nothing_and_is_refused():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert fault_of(repacked(sheet1=sheet(rows))) == (
        "Line 40001: a table ends at line 40000. Divide it, or delete what is below."
    )


def test_cells_far_to_the_right_are_passed_over():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
    assert rows_of(repacked(sheet1=sheet(rows))) == [["1"]]


def test_one_long_text_in_many_cells_is_refused_before_it_is_written_often():
    shared = f"<sst {MAIN}><si><t>{'x' * 1_000_000}</t></si></sst>"
    rows = "".join(f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 50 + "</row>" for n in range(1, 100))
    assert fault_of(repacked(sharedStrings=shared, sheet1=sheet(rows))).startswith(
        "Line 1: the workbook holds more than 8 MiB."
    )
