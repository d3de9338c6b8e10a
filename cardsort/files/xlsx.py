"""The first sheet of an XLSX workbook as CSV text, row for line, so that whatever reads a table reads a workbook too.

openpyxl reads row after row and holds each text once, so it can be stopped. What it may cost is counted beforehand:
a workbook is packed, and a small file can unpack to more than the machine has.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from cardsort.domain.errors import InvalidTable
from cardsort.language import N_, _

UNPACKED = 8 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 40_000, 100  # cells further right are passed over, as other columns are
SAVE_AGAIN = N_("Save it from the spreadsheet as XLSX, without a password, or as “CSV UTF-8”.")


def sheet_text(data: bytes) -> str:
    """The sheet's rows, each as one line of CSV; blank ones too, so that line and row have the same number.

    A formula is its value, a date is year-month-day, a number as short as it is shown.
    """
    out = io.StringIO()
    try:
        csv.writer(out, lineterminator="\n").writerows(_rows(_unpacked(data)))
    except InvalidTable:
        raise
    except Exception:  # noqa: BLE001  a damaged workbook fails in as many ways as there are parts in it
        raise InvalidTable(" ".join((_("Line 1: this workbook cannot be read."), _(SAVE_AGAIN)))) from None
    return out.getvalue()


def _unpacked(data: bytes) -> io.BytesIO:
    """The same workbook with nothing packed in it: its readers meet no more than was counted. Pictures stay out."""
    out, left = io.BytesIO(), UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as plain:
        for name in dict.fromkeys(packed.namelist()):
            if not name.endswith((".xml", ".rels")):
                continue
            with packed.open(name) as part:
                content = part.read(left + 1)
            left -= len(content)
            _check(left)
            plain.writestr(name, content)
    return out


def _check(left: int) -> None:
    """Refuse a workbook that holds more: unpacked, or in cells that have the same long text."""
    if left < 0:
        raise InvalidTable(
            _(
                "Line 1: the workbook holds more than %(size)s MiB. Copy the table alone into a new one, or save it as "
                "“CSV UTF-8”.",
                size=UNPACKED // 1024**2,
            )
        )


def _rows(workbook: io.BytesIO) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    left = UNPACKED
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and rules for typing, which nobody needs here
        book = load_workbook(workbook, read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
        for number, row in enumerate(rows, start=1):
            if number > MAX_ROWS:
                raise InvalidTable(
                    _(
                        "Line %(line)s: a table ends at line %(last)s. Divide it, or delete what is below.",
                        line=number,
                        last=MAX_ROWS,
                    )
                )
            cells = [_seen(cell) for cell in row[: _width(row)]]
            left -= sum(map(len, cells))
            _check(left)
            yield cells


def _width(row: tuple[Any, ...]) -> int:
    """Up to its last cell that holds something."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1].value is not None), 0)


def _seen(cell: Any) -> str:
    """The cell's value as text, on one line."""
    value = cell.value
    if isinstance(value, str):
        return " ".join(value.splitlines())
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, int | float):
        percent = "%" in cell.number_format
        return f"{value * 100:.15g}%" if percent else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
