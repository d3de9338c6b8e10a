"""The result as one XLSX workbook: numbers are numbers, every text stays a text, and a sheet explains each column."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.files.agendasheet import AGENDA, FORMS, agenda_rows
from cardsort.files.columns import BALLOTS, KEY, MEAN, card_columns, card_rows, key_rows
from cardsort.files.measures import COMPARISON, Cell, measure_rows
from cardsort.story.facts import ReportFacts

INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the format knows no zone; no time of making, so equal data give equal files
WIDE, ARROW = 60, 4  # letters; the filter's arrow hides some of the heading
TEXT = 40
WIDTHS = {"title": TEXT, "meaning": 90, "ranking": WIDE, "value": 30, "measure": 32, "column": 32, "segment": 24}
WIDTHS |= dict.fromkeys(("action", "reason", "alternative", "cost", "behaviour"), TEXT)
WIDTHS |= dict.fromkeys(("owner", "public_owner"), 24)


def build_workbook(comparison: Comparison, deck: Deck, facts: ReportFacts, ballots: Sequence[tuple[str, ...]]) -> bytes:
    """The workbook's bytes; `ballots` are the rows of the export, already suppressed and shuffled."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, INERT) as book:
        book.set_properties({"title": facts.title, "created": MADE})
        columns = card_columns(comparison)
        names = [column.name for column in columns]
        _add_sheet(book, "Cards", names, card_rows(comparison, deck), [column.form for column in columns])
        _add_sheet(
            book, "Comparison", list(COMPARISON), measure_rows(comparison, facts), ["", "General", MEAN, MEAN, ""]
        )
        rows: list[list[Cell]] = [[group, kind, int(number), *texts] for group, kind, number, *texts in ballots]
        _add_sheet(book, "Ballots", list(BALLOTS), rows, ["", "", "0"])
        if agreed := agenda_rows(facts, deck):
            _add_sheet(book, "Agenda", list(AGENDA), agreed, FORMS)
        _add_sheet(book, "Key", list(KEY), key_rows(comparison, agenda=bool(agreed)))
    return out.getvalue()


def _add_sheet(
    book: Any, name: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], forms: Sequence[str] = ()
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 2 if header[1] == "title" else 1)
    sheet.autofilter(0, 0, len(rows), len(header) - 1)
    for place, heading in enumerate(header):
        form = forms[place] if place < len(forms) else ""
        number = book.add_format({"num_format": form, "valign": "top", "align": "right"}) if form else None
        sheet.set_column(place, place, WIDTHS.get(heading, len(heading) + ARROW))
        sheet.write_string(0, place, heading, bold)
        for row, cells in enumerate(rows, start=1):
            cell = cells[place]
            if isinstance(cell, str) and cell:
                sheet.write_string(row, place, cell, text)  # whatever it begins with
            elif isinstance(cell, int | float):
                sheet.write_number(row, place, cell, number)
            elif isinstance(cell, dt.date):
                sheet.write_datetime(row, place, cell, number)
