"""Who enters a name or a deck that paper cannot show is told so at once, by page and command line."""

import sys

import pytest
from click.testing import CliRunner

from cardsort.cli.commands import main
from cardsort.domain.settings import Settings
from cardsort.paper.kit import fonts, text
from cardsort.usecases.printable import _SURELY, unprintable
from cardsort.web.kit.config import InvalidSetting, read_config
from tests.web.conftest import open_room
from tests.web.test_decks import upload, use

NOTE = "Not all of it can be printed."
SENTENCE = (
    "No font here has 服 务 台: on paper � stands for them. Whoever runs Cardsort can add a font (CARDSORT_FONTS)."
)


def test_the_desk_says_which_characters_of_the_names_cannot_be_printed(app):
    room = open_room(app, name="服务台 autumn", organisation="Łódź – “Ελλάδα” שלום")
    page = room.get("").text
    assert NOTE in page
    assert SENTENCE in page


def test_the_desk_says_nothing_where_all_can_be_printed(app):
    room = open_room(app, name="Łódź", organisation="Ελλάδα שלום مرحبا 😀", asked_by="Ёлка")
    assert NOTE not in room.get("").text


def test_cards_say_so_before_and_while_they_are_used(room):
    table = "title\n服务台\nBeta\nGamma\nDelta\n"
    assert SENTENCE in upload(room, table).text
    use(room, table)
    assert SENTENCE in room.get("/deck").text


def test_a_long_list_is_named_in_part():
    said = unprintable(Settings("一二三四五六七八九十"))
    assert said.startswith("No font here has 一 二 三 四 五 六 七 八 and 2 more: ")


def test_what_is_taken_for_printable_without_opening_a_font_is_so():
    sure = [chr(point) for point in range(sys.maxunicode + 1) if _SURELY.fullmatch(chr(point))]
    assert len(sure) > 350
    assert text.unprintable("".join(sure)) == ""
    assert [char for char in sure if fonts.MARK in text.clean(char) and char >= " " and char != "\x85"] == []


def test_compare_says_so_where_a_pdf_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deck.csv").write_text("code;title\na;服务台\nb;Beta\nc;Gamma\nd;Delta\n", encoding="utf-8")
    (tmp_path / "ballots.csv").write_text("group,ranking\n" + "it,a b c\ncustomers,c a b\n" * 3)
    command = ("compare", "ballots.csv", "--deck", "deck.csv", "--json", "out.json")
    quiet, told = (CliRunner().invoke(main, (*command, *more)) for more in ((), ("--pdf", "out.pdf")))
    assert (quiet.exit_code, quiet.stderr) == (0, "Written: out.json\n")
    assert (told.exit_code, told.stderr) == (0, f"{SENTENCE}\nWritten: out.json\nWritten: out.pdf\n")


def test_a_folder_of_fonts_that_is_none_is_refused(tmp_path):
    environ = {"CARDSORT_DATA": str(tmp_path), "CARDSORT_FONTS": str(tmp_path / "none")}
    with pytest.raises(InvalidSetting, match=r"^CARDSORT_FONTS is “.*/none”, no folder that can be read\."):
        read_config(environ)
    assert read_config({**environ, "CARDSORT_FONTS": str(tmp_path)}).fonts == tmp_path.resolve()
    assert read_config({"CARDSORT_DATA": str(tmp_path)}).fonts is None
