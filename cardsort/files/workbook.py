"""The result as one XLSX workbook: numbers are numbers, every text stays a text, and a sheet explains each column."""

import datetime as dt
import io
from collections.abc import Sequence

import pandas as pd
import xlsxwriter

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.files import frames
from cardsort.files.columns import (
    AGENDA,
    AGENDA_SHEET,
    BALLOTS,
    BALLOTS_SHEET,
    CARDS_SHEET,
    COMPARISON,
    COMPARISON_SHEET,
    KEY,
    KEY_SHEET,
    TEAMS,
    TEAMS_SHEET,
    Columns,
    card_columns,
    sheet_name,
)
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
    agreed = frames.agenda(facts, deck)
    kept = {
        CARDS_SHEET: (frames.cards(comparison, deck), card_columns(comparison)),
        COMPARISON_SHEET: (frames.comparison(comparison, facts), COMPARISON),
        BALLOTS_SHEET: (frames.ballots(ballots), BALLOTS),
        **({TEAMS_SHEET: (frames.teams(comparison), TEAMS)} if comparison.teams else {}),
        **({} if agreed.empty else {AGENDA_SHEET: (agreed, AGENDA)}),
    }
    sheets = {sheet_name(sheet): told for sheet, told in kept.items()}
    explained = {name: columns for name, (_frame, columns) in sheets.items()} | {sheet_name(KEY_SHEET): KEY}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, INERT) as book:
        book.set_properties({"title": facts.title, "created": MADE})
        for name, (frame, columns) in (sheets | {sheet_name(KEY_SHEET): (frames.key(explained), KEY)}).items():
            _add_sheet(book, name, frame, columns)
    return out.getvalue()


def _add_sheet(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame, columns: Columns) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 2 if "title" in columns else 1)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    for place, (heading, column) in enumerate(columns.items()):
        shown = column.form.shown
        number = book.add_format({"num_format": shown, "valign": "top", "align": "right"}) if shown else None
        sheet.set_column(place, place, WIDTHS.get(heading, len(heading) + ARROW))
        sheet.write_string(0, place, heading, bold)
        for row, cell in frame[heading].dropna().items():
            if isinstance(cell, str):
                sheet.write_string(row + 1, place, cell, text)  # whatever it begins with
            elif isinstance(cell, dt.date):
                sheet.write_datetime(row + 1, place, cell, number)
            else:
                sheet.write_number(row + 1, place, cell, number)
