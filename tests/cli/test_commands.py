"""The command line: every command does what the pages do, and says in a sentence what it cannot do."""

import json
import math
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from cardsort.cli.commands import main
from cardsort.cli.running import only_server
from cardsort.web.kit.config import InvalidSetting, read_config
from cardsort.web.kit.settings import SETTINGS
from tests.files.workbooks import workbook

DECK = "code;title\na;Alpha\nb;Beta\nc;Gamma\nd;Delta\ne;Epsilon\nf;Zeta\n"
BALLOTS = """group,ranking
it,a b c
it,a b
it,b a c
customers,c a b
customers,c d
customers,c
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CARDSORT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PUBLIC_URL", "http://cards.test")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deck.csv").write_text(DECK)
    (tmp_path / "ballots.csv").write_text(BALLOTS)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


def test_compare_gives_the_numbers_worked_out_by_hand(run):
    """Six cards, ballots of one to three of them; unlisted cards take the mean of the places left over.

    IT: a 1 1 2, b 2 2 1, c 3 4.5 3, others 5 4.5 5. Customers: c 1 1 1, a 2 4.5 4, d 5 2 4, b 3 4.5 4, others 5 4.5 4.
    """
    found = json.loads(run("compare", "ballots.csv", "--deck", "deck.csv").stdout)
    it, customers = found["lists"]["it_prediction"]["cards"], found["lists"]["customers_own"]["cards"]
    assert (found["deck"], found["depth"], found["top"]) == ({"name": "deck", "size": 6}, 3, 3)
    assert [round(6 * it[code]["mean_rank"]) for code in "abcdef"] == [8, 10, 21, 29, 29, 29]
    assert [round(6 * customers[code]["mean_rank"]) for code in "abcdef"] == [21, 23, 6, 22, 27, 27]
    assert [it[code]["position"] for code in "abcdef"] == [[1, 1], [2, 2], [3, 3], [4, 6], [4, 6], [4, 6]]
    assert [customers[code]["position"] for code in "abcdef"] == [[2, 2], [4, 4], [1, 1], [3, 3], [5, 6], [5, 6]]
    assert it["a"]["score"] == pytest.approx(100 * 10.5 / 11.5, abs=1e-9)
    assert (it["a"]["top_share"], it["a"]["first_share"]) == (1, pytest.approx(2 / 3))
    assert customers["d"]["top_share"] == pytest.approx(1 / 3)
    comparison = found["comparison"]
    assert (comparison["hits"], comparison["hits_by_chance"]) == (2, 1.5)
    assert comparison["spearman"] == pytest.approx(9.5 / math.sqrt(15.5 * 17), abs=1e-12)
    cards = comparison["cards"]
    assert [cards[code]["gap"] for code in "abcdef"] == [-1, -2, 2, 1, 0, 0]
    assert [cards[code]["zone"] for code in "abcdef"] == [
        "shared_pain",
        "false_alarm",
        "shared_pain",
        "blind_spot",
        "quiet",
        "quiet",
    ]


@pytest.mark.parametrize(
    ("group", "name", "said", "headline"),
    [
        ("customers", "customers_own", "Customers alone were asked, so nothing is said of IT.", "Customersput“"),
        ("it", "it_prediction", "IT alone was asked, so nothing is said of customers.", "ITthinksthatitscustomersput“"),
    ],
)
def test_compare_tells_one_list_where_one_group_alone_has_ballots(run, tmp_path, group, name, said, headline):
    lines = [line for line in BALLOTS.splitlines() if not line or line.startswith(("group", group))]
    (tmp_path / "ballots.csv").write_text("\n".join(lines))
    run("compare", "ballots.csv", "--deck", "deck.csv", "--json", "out.json", "--pdf", "out.pdf")
    found = json.loads((tmp_path / "out.json").read_text())
    assert list(found["lists"]) == [name]
    assert found["reasons"]["/comparison"] == said
    text = "".join(PdfReader(tmp_path / "out.pdf").pages[0].extract_text().split())
    assert headline in text
    assert "cannotbeshown" not in text


def test_compare_takes_workbooks_as_it_takes_csv(run, tmp_path):
    for name, text, separator in (("deck", DECK, ";"), ("ballots", BALLOTS, ",")):
        (tmp_path / f"{name}.xlsx").write_bytes(workbook([line.split(separator) for line in text.splitlines()]))
    found = [run("compare", f"ballots.{kind}", "--deck", f"deck.{kind}").stdout for kind in ("csv", "xlsx")]
    assert found[0] == found[1]
    assert found[0].startswith("{")


@pytest.mark.parametrize("written", [("--json", "out.json"), ("--pdf", "out.pdf")])
def test_compare_prints_nothing_where_it_writes_a_file(run, written):
    assert run("compare", "ballots.csv", "--deck", "deck.csv", *written).stdout == ""


def test_compare_writes_the_json_and_the_pdf(run, tmp_path):
    result = run("compare", "ballots.csv", "--deck", "deck.csv", "--json", "out.json", "--pdf", "out.pdf")
    assert result.exit_code == 0
    assert json.loads((tmp_path / "out.json").read_text())["comparison"]["hits"] == 2
    first = PdfReader(BytesIO((tmp_path / "out.pdf").read_bytes())).pages[0].extract_text()
    assert "IT named 2 of the customers’ top 3" in " ".join(first.split())


@pytest.mark.parametrize(
    ("line", "number", "sentence"),
    [
        ("it,a b z", 8, "z"),
        ("it,a b a", 8, "twice"),
        ("it,", 8, "rank"),
        ("staff,a b", 8, "group"),
    ],
)
def test_compare_refuses_a_faulty_file_with_line_and_reason(run, tmp_path, line, number, sentence):
    (tmp_path / "ballots.csv").write_text(BALLOTS + line + "\n")
    result = run("compare", "ballots.csv", "--deck", "deck.csv", "--json", "out.json")
    assert result.exit_code == 2
    assert f"Line {number}" in result.stderr
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("compare", "nothing.csv"), "nothing.csv cannot be read: No such file or directory."),
        (("compare", "ballots.csv", "--deck", "ballots.csv"), "column"),
        (
            ("compare", "ballots.csv", "--deck", "deck.csv", "--pdf", "no/such.pdf"),
            "no/such.pdf cannot be written: No such file or directory.",
        ),
        (("admin-link", "unknown"), "There is no database in "),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, words, sentence):
    result = run(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_the_demo_makes_an_example_whose_link_can_be_recovered(run):
    made = run("demo")
    link = made.stdout.split()[-1]
    assert link.startswith("http://cards.test/f/")
    listed = run("admin-link").stdout
    workshop_id = listed.split()[0]
    assert "Example: the autumn workshop (Harbour & Sons (invented))" in listed
    assert run("admin-link", workshop_id).stdout.strip() == link


def test_output_that_nobody_reads_to_its_end_ends_quietly(run):
    run("demo")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        command = [sys.executable, "-m", "cardsort", "admin-link"]
        ended = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")


def test_report_writes_a_revealed_workshop_s_result_and_no_other(run, tmp_path):
    run("demo")
    workshop_id = run("admin-link").stdout.split()[0]
    assert run("report", workshop_id, "--json", "out.json", "--pdf", "out.pdf").exit_code == 0
    assert json.loads((tmp_path / "out.json").read_text())["lists"]["customers_own"]["n"] == 60
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("words", [("admin-link",), ("report",), ("archive", "no.json")], ids=" ".join)
@pytest.mark.parametrize("unknown", ["unknown", "0123456789abcdef", "\udcff"])
def test_an_id_that_no_workshop_has_is_said_with_where_ids_are_listed(run, tmp_path, words, unknown):
    run("demo")
    refused = run(words[0], unknown, *words[1:])
    said = f"There is no workshop with the id “{unknown}”. All ids are listed by: cardsort admin-link\n"
    assert (refused.exit_code, refused.stderr) == (2, said.encode(errors="backslashreplace").decode())
    assert not (tmp_path / "no.json").exists()


def test_an_archived_workshop_is_restored_with_the_same_numbers(run, tmp_path):
    run("demo")
    first = run("admin-link").stdout.split()[0]
    assert run("archive", first, "autumn.cardsort.json").exit_code == 0
    restored = run("restore", "autumn.cardsort.json")
    assert restored.stdout.startswith("http://cards.test/f/")
    ids = [line.split()[0] for line in run("admin-link").stdout.splitlines()[:2]]
    assert (len(set(ids)), first in ids) == (2, True)
    documents = [json.loads(run("report", workshop_id).stdout) for workshop_id in (first, *set(ids) - {first})]
    assert [one.pop("restored") for one in documents] == [False, datetime.now(UTC).date().isoformat()]
    assert documents[0] == documents[1]
    (tmp_path / "cut.cardsort.json").write_text((tmp_path / "autumn.cardsort.json").read_text()[:-100])
    refused = run("restore", "cut.cardsort.json")
    assert (refused.exit_code, refused.stderr.startswith("This is not an archive")) == (2, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "result"}, "This is not an archive of a Cardsort workshop."),
        ({"version": 99}, "The archive’s form is unknown here:"),
        ({"ballots": [{}]}, "Ballot 1 has another form than an archive’s."),
        (None, "This is not an archive of a Cardsort workshop."),
    ],
)
def test_a_file_that_cannot_be_restored_makes_no_folder(run, tmp_path, change, said):
    run("demo")
    run("archive", run("admin-link").stdout.split()[0], "autumn.cardsort.json")
    whole = json.loads((tmp_path / "autumn.cardsort.json").read_text())
    (tmp_path / "faulty").write_text("" if change is None else json.dumps(whole | change))
    refused = run("restore", "faulty", "--data", "new")
    assert (refused.exit_code, refused.stderr.startswith(said)) == (2, True)
    assert not (tmp_path / "new").exists()


def test_every_command_and_setting_is_in_the_readme():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [name for name in main.commands if f"cardsort {name}" not in readme] == []
    options = {
        option for command in main.commands.values() for parameter in command.params for option in parameter.opts
    }
    assert [name for name in options if name.startswith("--") and name not in readme] == []
    assert re.findall(r"^\| `([A-Z_]+)` \| (?:`(\S+)`)? ?\| (.*) \| (.*) \|$", readme, re.MULTILINE) == [
        (variable, said.option, said.means, said.usual) for variable, said in SETTINGS.items()
    ]


def test_no_setting_is_read_that_is_not_listed():
    sources = "".join(path.read_text() for path in (Path(__file__).parents[2] / "cardsort").rglob("*.py"))
    read = set(re.findall(r'(?:environ(?:\.get\(|\[)|given\[|getenv\()"([A-Z_]+)"', sources))
    assert read - {"REMOTE_ADDR"} == set(SETTINGS)  # that one is of a request


def test_an_option_says_what_its_setting_is_and_what_holds_without_it():
    (said,) = (option.help for option in main.commands["run"].params if option.name == "host")
    assert said == "Address to listen on (CARDSORT_HOST; default: 0.0.0.0, the whole local network)."


IN_ANOTHER_FORM = "a name that browsers ask for in another form. Set it to that form, which has xn-- in it."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CARDSORT_PORT", "eighty", "CARDSORT_PORT is “eighty”. Set it to a number from 1 to 65535."),
        ("PUBLIC_URL", "cards", "PUBLIC_URL is “cards”. Set it to an address such as https://cards.example.org."),
        ("PUBLIC_URL", "https://kä.example", f"PUBLIC_URL is “https://kä.example”, {IN_ANOTHER_FORM}"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 32 characters. Set it to a long random text."),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(run, monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)
    result = run("demo")
    assert (result.exit_code, result.stderr.strip()) == (2, sentence)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"PUBLIC_URL": "https://cards.example:443/"}, "https://cards.example"),
        ({"PUBLIC_URL": "http://[2001:db8::5]:8000"}, "http://[2001:db8::5]:8000"),
        ({"CARDSORT_HOST": "127.0.0.1"}, "http://127.0.0.1:8000"),
        ({"CARDSORT_HOST": "::1", "CARDSORT_PORT": "80"}, "http://[::1]"),
    ],
)
def test_the_public_address_follows_from_what_is_set(tmp_path, given, expected):
    assert read_config({"CARDSORT_DATA": str(tmp_path), **given}).public_url == expected


@pytest.mark.parametrize(
    "address", ["http://[bad", "http://u:p@cards.example", "http://cards.example:99999", "ftp://x", "http://x/y", "²"]
)
def test_a_public_address_that_cannot_be_is_refused(tmp_path, address):
    with pytest.raises(InvalidSetting, match="PUBLIC_URL is"):
        read_config({"CARDSORT_DATA": str(tmp_path), "PUBLIC_URL": address})


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "mysql://host/name",
            "DATABASE_URL cannot be used: it does not begin with postgresql://. Write postgresql://NAME",
        ),
        ("nonsense", "DATABASE_URL cannot be used: it does not begin with postgresql://. Write postgresql://NAME"),
        ("postgresql://nobody@127.0.0.1:1/none", "The database cannot be opened (DATABASE_URL)"),
        ("postgresql://nobody@127.0.0.1:1,127.0.0.1:2/none", "The database cannot be opened (DATABASE_URL)"),
    ],
)
def test_a_database_that_cannot_be_opened_is_a_sentence(run, monkeypatch, address, sentence):
    monkeypatch.setenv("DATABASE_URL", address)
    result = run("admin-link")
    assert (result.exit_code, result.stderr.startswith(sentence)) == (2, True)


def test_a_second_server_on_the_same_folder_is_refused(run, tmp_path):
    run("demo")
    config = read_config({"CARDSORT_DATA": str(tmp_path / "data"), "PUBLIC_URL": "http://cards.test"})
    with only_server(config):
        result = run("demo")
    assert (result.exit_code, result.stderr.startswith("Another Cardsort is running on")) == (2, True)
    assert run("admin-link").stdout.count("Example") == 1


def test_new_files_of_the_data_folder_are_for_their_owner_alone(run, tmp_path):
    run("demo")
    assert {oct(path.stat().st_mode & 0o077) for path in (tmp_path / "data").iterdir()} == {"0o0"}


@pytest.mark.parametrize("words", [["admin-link"], ["purge"]])
def test_a_command_leaves_no_file_of_the_data_folder_open(run, tmp_path, words):
    assert run("demo").exit_code == 0
    made = run(*words)
    assert made.exit_code == 0
    left = [one.readlink() for one in Path("/proc/self/fd").iterdir() if one.exists()]
    assert [path for path in left if path.is_relative_to(tmp_path / "data")] == []
