"""What the command line says, in a language that is spoken: marks stand for what was translated."""

import re
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from click.testing import CliRunner

import catalogues
from cardsort import language, resources
from cardsort.cli.commands import main
from cardsort.cli.speech import CLICK_SAYS, say_for_click


def marked(message):
    return tuple(map(marked, message)) if isinstance(message, tuple) else f"⟦{message}⟧"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """A folder with a language in which every message stands between marks."""
    folder, catalogue = tmp_path_factory.mktemp("languages"), Catalog(locale="eo")
    for message in catalogues.template():
        if message.id:
            catalogue.add(message.id, marked(message.id), context=message.context)
    (folder / "eo").mkdir()
    with (folder / "eo" / "cardsort.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder


@pytest.fixture
def cardsort(spoken, monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "TRANSLATIONS", spoken)
    monkeypatch.setenv("LC_ALL", "eo_XX.UTF-8")
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path))
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False).output


@pytest.mark.parametrize("command", ["", *sorted(main.commands)])
def test_every_help_is_said(cardsort, command):
    said = cardsort(*command.split(), "--help")
    assert said.startswith("⟦Usage:⟧")
    assert "⟦Options⟧" in said
    assert "⟦Show this message and exit.⟧" in " ".join(said.split())
    marks = len(re.findall("⟦", said))
    assert marks == len(re.findall("⟧", said)) or command == ""  # the list of commands shortens what it says


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nosuch",), "⟦Error: ⟦No such command 'nosuch'.⟧⟧"),
        (("run", "--nosuch"), "⟦Error: ⟦No such option '--nosuch'.⟧⟧"),
        (("run", "--port", "70000"), "⟦70000 is not in the range 1<=x<=65535.⟧"),
        (("archive",), "⟦Error: ⟦Missing argument⟧ 'WORKSHOP'."),
        (("doctor", "too", "much"), "⟦Got unexpected extra arguments (too much)⟧"),
        (("admin-link",), "⟦There is no database in "),
        (("restore", "/nowhere"), "⟦/nowhere cannot be read: No such file or directory.⟧"),
    ],
)
def test_every_refusal_is_said_click_s_own_too(cardsort, words, said):
    assert said in cardsort(*words)


def test_the_doctor_says_everything(cardsort):
    lines = cardsort("doctor").splitlines()
    assert len(lines) >= 5
    assert [line for line in lines if not re.fullmatch("⟦(ok|look|mend)⟧ +⟦.*⟧", line)] == []


def test_in_english_nothing_is_changed(cardsort, monkeypatch):
    cardsort("--help")  # a help that was said in another language before
    monkeypatch.setenv("LC_ALL", "C")
    said = cardsort("run", "--help")
    assert "⟦" not in said
    assert said.startswith("Usage: main run [OPTIONS]\n\n  Start the server and say where it is.\n\nOptions:\n")
    assert said.endswith("--help                Show this message and exit.\n")
    assert language.present() == "en"


def test_what_is_said_for_click_is_what_click_says():
    sources = "".join(file.read_text(encoding="utf-8") for file in Path(click.__file__).parent.glob("*.py"))
    plain = re.sub(r"\{(\w+)(?:!r)?\}", r"%(\1)s", sources)
    assert [message for message in CLICK_SAYS if f'"{message}"' not in plain] == []
    assert say_for_click("{value!r} is not a valid {number_type}.") == "{value!r} is not a valid {number_type}."
