"""Tables in and out: what any spreadsheet saves becomes lines of cells, and lines become CSV.

Decks and ballots are read through here, so both take the same files and name the same faults by their lines.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator

from cardsort.domain.errors import InvalidTable
from cardsort.files.xlsx import SAVE_AGAIN, sheet_text
from cardsort.language import N_, _

SEPARATORS = (",", ";", "\t")  # cells copied from a spreadsheet come with tabs
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
BOM = "\ufeff"  # by it, Excel knows UTF-8
SUFFIXES = ".csv,.tsv,.txt,.xlsx"  # that a page offers to choose

_HINT = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)  # Excel's own way to say the separator
_PACKED, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # what spreadsheets call "Unicode text"; its first two bytes say so
_SAVE_AS_UTF8 = N_("Save it as UTF-8; in a spreadsheet, as “CSV UTF-8”.")


def is_workbook(data: bytes) -> bool:
    """Whether these are the bytes of a workbook, which takes longer to read than a text."""
    return data.startswith(_PACKED)


def decode(data: bytes) -> str:
    """The table's text: a file in UTF-8 or, with its mark, in UTF-16; of an XLSX workbook the first sheet, as CSV.

    Raises InvalidTable with the line that cannot be read.
    """
    if is_workbook(data):
        return sheet_text(data)
    if data.startswith(_OLD_EXCEL):
        fault = _("Line 1: this is a workbook of an old kind, or one with a password.")
        raise InvalidTable(f"{fault} {_(SAVE_AGAIN)}")
    text = _decode_utf16(data) if data.startswith(_UTF_16) else _decode_utf8(data)
    if (zero := text.find("\0")) >= 0:
        line = line_at(text.encode(), len(text[:zero].encode()))
        fault = _("Line %(line)s: a zero byte stands there, so this is not a text file.", line=line)
        raise InvalidTable(f"{fault} {_(_SAVE_AS_UTF8)}")
    return text


def read_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is not blank, with the number of the line it begins on.

    Separated by comma, semicolon or tab, in quotation marks where needed. Raises InvalidTable at a line that cannot be
    read, after which nothing can, and where there is none.
    """
    text = text.removeprefix(BOM)
    lines = io.StringIO(text, newline="")
    hint = _HINT.fullmatch(lines.readline())
    if not hint:
        lines.seek(0)
    reader = csv.reader(lines, delimiter=hint[1] if hint else _separator(text), strict=True)
    empty = True
    while True:
        line = reader.line_num + bool(hint) + 1
        try:
            row = next(reader, None)
        except csv.Error:
            raise InvalidTable(
                _(
                    "Line %(line)s: a quotation mark is not closed, or stands in the middle. "
                    "Put the whole text within quotation marks, and write those inside it twice.",
                    line=line,
                )
            ) from None
        if row is None:
            break
        if any(map(str.strip, row)):
            empty = False
            yield line, row
    if empty:
        raise InvalidTable(_("Line 1: the file is empty. Begin it with a line that names the columns."))


def write_csv(rows: Iterable[Iterable[str]], cell: Callable[[str], str] = str) -> str:
    """A table as CSV; `cell` goes over every text."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([cell(text) for text in row] for row in rows)
    return out.getvalue()


def inert(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    risky = text.startswith(("\t", "\r", "\n")) or text.lstrip("\ufeff \u00a0").startswith(tuple(FORMULA_STARTS))
    return f"'{text}" if risky else text


def line_at(data: bytes, offset: int) -> int:
    """The number of the line that holds this offset, from 1; CR, LF and CRLF all end a line."""
    return len(re.findall(rb"\r\n?|\n", data[:offset])) + 1


def _decode_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        zero = data.find(b"\0", 0, fault.start)
        if zero >= 0:
            return data[: zero + 1].decode()
        line = line_at(fault.object, fault.start)
        told = _("Line %(line)s: a letter there is not written in UTF-8.", line=line)
        raise InvalidTable(f"{told} {_(_SAVE_AS_UTF8)}") from None


def _decode_utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as fault:
        line = line_at(data[: fault.start].decode("utf-16", "ignore").encode(), len(data))
        told = _("Line %(line)s: it ends in the middle of a letter, so the file is damaged.", line=line)
        raise InvalidTable(f"{told} {_(_SAVE_AS_UTF8)}") from None


def _separator(text: str) -> str:
    """The separator that the header uses most."""
    header = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=header.count)
