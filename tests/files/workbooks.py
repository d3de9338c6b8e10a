"""Writes small workbooks, and reads a workbook's cells straight from its XML: a number is a float, a date a date, a
text a string, a blank cell is missing.
"""

import datetime as dt
import re
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO

import xlsxwriter

MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def workbook(rows, form=""):
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yy"}) as book:
        sheet = book.add_worksheet("First")
        look = book.add_format({"num_format": form}) if form else None
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write(number, place, cell, *([look] if look else []))
        book.add_worksheet("Second").write(0, 0, "not this one")
    return out.getvalue()


def read_workbook(data):
    """Sheet name -> rows -> {column number: value}; a formula anywhere fails."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        texts = [
            "".join(part.text or "" for part in entry.iterfind(".//m:t", MAIN))
            for entry in _root(archive, "xl/sharedStrings.xml").iterfind("m:si", MAIN)
        ]
        names = [sheet.get("name") for sheet in _root(archive, "xl/workbook.xml").iterfind("m:sheets/m:sheet", MAIN)]
        days, sheets = _day_styles(archive), {}
        for number, name in enumerate(names, start=1):
            root = _root(archive, f"xl/worksheets/sheet{number}.xml")
            assert root.find(".//m:f", MAIN) is None, "a formula"
            assert root.find(".//m:hyperlink", MAIN) is None, "a link"
            sheets[name] = [
                {_column(cell.get("r")): _value(cell, texts, days) for cell in row.iterfind("m:c", MAIN) if len(cell)}
                for row in root.iterfind("m:sheetData/m:row", MAIN)
            ]
    return sheets


def table(rows):
    """Rows as dictionaries by the header's names."""
    header = rows[0]
    return [{name: row.get(place) for place, name in header.items()} for row in rows[1:]]


def _root(archive, name):
    return ET.fromstring(archive.read(name))  # noqa: S314  our own file


def _column(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number


def _day_styles(archive):
    """The styles that a spreadsheet shows as a date."""
    styles = _root(archive, "xl/styles.xml")
    days = {one.get("numFmtId") for one in styles.iterfind(".//m:numFmt", MAIN) if "yy" in one.get("formatCode")}
    found = enumerate(styles.iterfind("m:cellXfs/m:xf", MAIN))
    return {str(number) for number, style in found if style.get("numFmtId") in days}


def _value(cell, texts, days):
    value = cell.find("m:v", MAIN).text
    if cell.get("t") == "s":
        return texts[int(value)]
    return dt.date(1899, 12, 30) + dt.timedelta(float(value)) if cell.get("s") in days else float(value)
