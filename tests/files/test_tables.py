"""Tables as spreadsheets save them: every encoding and dialect gives the same lines, every fault its line."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.domain.errors import InvalidTable
from cardsort.files.tables import decode, inert, read_lines

LINES = [(1, ["a", "b"]), (2, ["c", "ü, and\nso on"]), (4, ["e", ""])]


def lines_of(data):
    return list(read_lines(decode(data)))


def fault_of(data):
    with pytest.raises(InvalidTable) as fault:
        lines_of(data)
    return str(fault.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_every_dialect_gives_the_same_lines(separator, encoding, line_end):
    text = f'a{separator}b\nc{separator}"ü, and\nso on"\ne{separator}\n {separator} \n'
    found = lines_of(text.replace("\n", line_end).encode(encoding))
    assert [(line, [cell.replace(line_end, "\n") for cell in cells]) for line, cells in found] == LINES


def test_the_separator_line_that_excel_writes_counts_as_a_line():
    assert lines_of(b"sep=;\r\na,b;c\n") == [(2, ["a,b", "c"])]


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "bom"])
def test_a_file_in_latin_1_is_refused_at_its_line(start):
    assert fault_of(start.encode() + "a\nb\nKöln\n".encode("latin-1")) == (
        "Line 3: a letter there is not written in UTF-8. Save it as UTF-8; in a spreadsheet, as “CSV UTF-8”."
    )


def test_unicode_text_that_ends_in_the_middle_of_a_letter_is_refused_at_its_line():
    assert fault_of("a\nb\n".encode("utf-16")[:-1]) == (
        "Line 2: it ends in the middle of a letter, so the file is damaged. "
        "Save it as UTF-8; in a spreadsheet, as “CSV UTF-8”."
    )


@pytest.mark.parametrize("data", [b"a\nb\nT\0wo", b"a\nb\nT\0wo\xff"])
def test_a_zero_byte_is_refused_at_its_line(data):
    assert fault_of(data) == (
        "Line 3: a zero byte stands there, so this is not a text file. "
        "Save it as UTF-8; in a spreadsheet, as “CSV UTF-8”."
    )


@pytest.mark.parametrize("data", [b"", b" \r\n\n", b"\xef\xbb\xbf", b";;\n;"])
def test_an_empty_file_is_refused(data):
    assert fault_of(data) == "Line 1: the file is empty. Begin it with a line that names the columns."


@pytest.mark.parametrize("text", ['a\nb,"c', 'a\nb,"c" d', 'a\nb,"' + "long " * 40_000], ids=["open", "middle", "long"])
def test_a_quotation_mark_alone_is_refused_at_its_line(text):
    assert fault_of(text.encode()) == (
        "Line 2: a quotation mark is not closed, or stands in the middle. "
        "Put the whole text within quotation marks, and write those inside it twice."
    )


@given(st.sampled_from([b"", b"PK\x03\x04"]), st.binary(max_size=300))
def test_any_bytes_give_lines_or_a_sentence(start, data):
    with contextlib.suppress(InvalidTable):
        assert all(any(map(str.strip, cells)) for _, cells in lines_of(start + data))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\ufeff=1", "\u00a0=1", " =1", "＝1"])
def test_what_a_spreadsheet_would_compute_begins_with_an_apostrophe(text):
    assert (inert(text), inert("a" + text)) == ("'" + text, "a" + text)
