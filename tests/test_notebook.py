"""docs/notebook.md, typed in line by line: every answer is the one that stands there."""

import doctest
import random
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

import cardsort
from cardsort.files.deckfile import read_deck
from tests.files.workbooks import workbook

DOCS = Path(__file__).parents[1] / "docs" / "notebook.md"


def drawn(deck):
    """Twelve people in IT and thirty customers, who like the deck's cards a little further on."""
    source = random.Random(4)

    def ranking(shift):
        liking = {code: -abs(place - shift) + source.gauss(0, 4) for place, code in enumerate(deck.codes)}
        return " ".join(sorted(deck.codes, key=liking.__getitem__, reverse=True)[:10])

    rows = [["it", ranking(4)] for _ in range(12)] + [["customers", ranking(9)] for _ in range(30)]
    return [["group", "ranking"], *rows]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, deck):
    (tmp_path / "ballots.xlsx").write_bytes(workbook(drawn(deck)))
    (tmp_path / "no-ranking.csv").write_text("group,rank\nit,A-01\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_answer_is_the_one_that_stands_there(folder):
    typed = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE))
    test = doctest.DocTestParser().get_doctest(typed, {}, DOCS.name, str(DOCS), 0)
    said = []
    failed, tried = doctest.DocTestRunner().run(test, out=said.append)
    assert "".join(said) == ""
    assert (failed, tried) == (0, len(re.findall("^>>> ", typed, re.MULTILINE)))
    assert tried >= 8
    assert len(PdfReader(folder / "autumn.pdf").pages) > 3


def test_the_representation_is_short_and_shows_texts_as_they_are():
    shown = cardsort.compare("ballots.xlsx", title="<b>Autumn</b>")._repr_html_()
    assert "&lt;b&gt;Autumn&lt;/b&gt;" in shown
    assert shown.count("<tr") == 7
    assert len(shown) < 4_000


def test_without_a_notebook_it_is_shown_as_short():
    shown = repr(cardsort.compare("ballots.xlsx", title="<b>Autumn</b>")).splitlines()
    assert shown[:2] == [
        "<b>Autumn</b>",
        "The smaller group has 12 people. Only the first two or three places are firm.",
    ]
    assert [line.split()[:2] for line in shown[3:7]] == [
        ["n_customers", "30"],
        ["n_it", "12"],
        ["hits", "7"],
        ["hits_by_chance", "1.92"],
    ]
    assert len(shown) == 9
    assert max(map(len, shown)) < 100


def test_what_is_left_out_for_few_is_blank_in_both():
    Path("few.csv").write_text("group,ranking\n" + "it,A-01 A-02 A-03\ncustomers,A-01 A-02 A-03\n" * 3)
    shown = cardsort.compare("few.csv")
    assert [text for text in (repr(shown), shown._repr_html_()) if "None" in text or "NaN" in text] == []


def test_a_deck_is_a_file_or_the_cards_themselves(deck):
    rows = [["code", "title"], *([card.code, card.title] for card in deck.cards)]
    Path("ours.xlsx").write_bytes(workbook(rows))
    ours = read_deck(Path("ours.xlsx").read_bytes(), "ours.xlsx")
    assert cardsort.compare("ballots.xlsx", "ours.xlsx").found == cardsort.compare("ballots.xlsx", ours).found
    assert cardsort.compare("ballots.xlsx", "ours.xlsx").cards["suit"].isna().all()
