"""Every print, file, mail, command and refusal in a made-up language: no word of English is left in any of them."""

import io
import re

import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from pptx import Presentation

from cardsort import resources
from cardsort.cli.commands import main
from cardsort.web.app import create_app
from tests import madeup
from tests.conftest import client_of, close

SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return madeup.write(tmp_path_factory.mktemp("languages"))


@pytest.fixture
def abroad(folder, monkeypatch):
    """From here on the made-up language is offered beside English alone."""
    monkeypatch.setattr(resources, "TRANSLATIONS", folder / "translations")
    monkeypatch.setattr(resources, "CARDS", folder / "cards")
    return folder


@pytest.fixture
def person(abroad, make_config):  # noqa: ARG001  where its application finds its languages
    """Somebody whose browser speaks nothing else."""
    app = create_app(make_config())
    client = client_of(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = madeup.CODE
    yield client
    close(app)


@pytest.fixture
def example(person):
    """The desk of the example workshop."""
    answer = person.post("/example")
    assert answer.status_code == 303
    return person.get(answer.location).location.rstrip("/") if "/f/" in answer.location else answer.location


def of_pdf(data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [line for page in reader.pages for line in page.extract_text().splitlines()] + [
        str(value) for key, value in reader.metadata.items() if key in {"/Title", "/Subject"}
    ]


def of_workbook(data):
    """The sheets' names, and every sentence in them: heads and values are for machines."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return [*book.sheetnames, *(cell for cell in cells if isinstance(cell, str) and cell.count(" ") > 2)]


def of_slides(data):
    slides = Presentation(io.BytesIO(data)).slides
    shapes = [shape for slide in slides for shape in (*slide.shapes, *slide.notes_slide.shapes)]
    return [shape.text_frame.text for shape in shapes if shape.has_text_frame]


def test_every_print_and_file_of_a_workshop_is_translated_whole(person, example):
    papers = {
        "report": of_pdf(person.post(f"{example}/report.pdf", data={"language": madeup.CODE}).data),
        **{
            name: of_pdf(person.get(f"{path}?language={madeup.CODE}").data)
            for name, path in {
                "deck": "/deck.pdf",
                "guide": "/guide.pdf",
                "invitations": f"{example}/invitations.pdf",
                "ballot of IT": f"{example}/paper-ballot/it.pdf",
                "ballot of customers": f"{example}/paper-ballot/customers.pdf",
            }.items()
        },
        "workbook": of_workbook(person.get(f"{example}/data.xlsx?language={madeup.CODE}").data),
        "slides": of_slides(person.get(f"{example}/slides.pptx?language={madeup.CODE}").data),
    }
    assert all(len(lines) > 5 for lines in papers.values())
    left = {name: [line for line in lines if madeup.unmarked(line)] for name, lines in papers.items()}
    assert {name: lines for name, lines in left.items() if lines} == {}


@pytest.mark.parametrize(
    ("status", "path", "asked"),
    [
        (400, "/?a=%00", {}),
        (404, "/nowhere", {}),
        (403, "/new", {"method": "POST", "environ_overrides": {"HTTP_SEC_FETCH_SITE": "cross-site"}}),
        (405, "/health", {"method": "POST"}),
        (413, "/join", {"method": "POST", "data": {"code": "x" * 100_000}}),
        (422, "/new", {"method": "POST", "data": {"name": ""}}),
    ],
)
def test_every_refusal_is_translated_as_page_and_as_data(person, status, path, asked):
    for accept in ("text/html", "application/json"):
        answer = person.open(path, headers={"Accept": accept}, **asked)
        assert answer.status_code == status
        said = [answer.json["message"]] if answer.is_json else re.findall(r">([^<]+)<", SCRIPT.sub("", answer.text))
        assert [text for text in said if madeup.unmarked(text)] == []


@pytest.mark.parametrize("words", [[], *([name] for name in main.commands)], ids=lambda words: " ".join(words) or "all")
@pytest.mark.usefixtures("abroad")
def test_the_help_of_every_command_is_translated(monkeypatch, words):
    monkeypatch.setenv("LC_ALL", f"{madeup.CODE}.UTF-8")
    shown = CliRunner().invoke(main, [*words, "--help"], prog_name="cardsort").output
    assert "⟦" in shown
    names = {
        "cardsort",
        *main.commands,
        *(name for one in main.commands.values() for option in one.params for name in option.opts),
    }
    lines = [line for line in shown.splitlines() if not line.strip().startswith("-")]
    left = {  # what is to be put in and what a setting is called stand in capitals
        line: [word for word in madeup.unmarked(line) if word not in names and not word.isupper()] for line in lines
    }
    assert {line: found for line, found in left.items() if found} == {}
