"""What a workbook says in another language: its sheets and explanations, while what is read back stays as it is."""

import pytest

from cardsort import language
from cardsort.files.columns import AGENDA_SHEET, BALLOTS, COMPARISON_SHEET, KEY_SHEET, MEASURES, sheet_name
from cardsort.files.deckfile import read_deck
from cardsort.files.workbook import build_workbook
from cardsort.story.facts import ReportFacts
from tests.files.test_frames import DECK, ballots, result  # noqa: F401  fixtures
from tests.files.workbooks import read_workbook, table


class Marked(language.catalogues.NullTranslations):
    """Every message between marks."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def pgettext(self, context, message):  # noqa: ARG002
        return f"⟦{message}⟧"

    def ngettext(self, one, many, n):
        return f"⟦{one if n == 1 else many}⟧"


@pytest.fixture
def marked(monkeypatch):
    monkeypatch.setattr(language, "catalogue", Marked)


def workbook(found):
    return build_workbook(found, DECK, ReportFacts(title="Autumn"), [])


def test_sheets_and_explanations_are_said_and_names_of_columns_stay(marked, result):  # noqa: ARG001, F811
    sheets = read_workbook(workbook(result))
    assert all(name.startswith("⟦") and name.endswith("⟧") for name in sheets)
    assert sheet_name(AGENDA_SHEET) not in sheets
    explained = table(sheets[sheet_name(KEY_SHEET)])
    assert [row for row in explained if not row["meaning"].startswith("⟦")] == []
    assert {row["measure"] for row in table(sheets[sheet_name(COMPARISON_SHEET)])} == set(MEASURES)
    assert set(BALLOTS) <= {row["column"] for row in explained}


def test_the_cards_of_a_workbook_are_read_back_whatever_language_wrote_it(monkeypatch, result):  # noqa: F811
    english = read_deck(workbook(result), "Autumn.xlsx")
    monkeypatch.setattr(language, "catalogue", Marked)
    assert read_deck(workbook(result), "Autumn.xlsx") == english
    assert english.codes == DECK.codes
