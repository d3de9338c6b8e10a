"""What the documentation states is so: every fact on these pages that the code knows is compared with it."""

import json
import math
import re
import time
import tomllib
from pathlib import Path

import pytest
from babel import Locale

from cardsort import language
from cardsort.cli import server
from cardsort.domain.ballots import WORDS_LENGTH
from cardsort.domain.cards import MAX_CARDS
from cardsort.domain.codes import ALPHABET, LENGTH
from cardsort.domain.settings import DEFAULT_THRESHOLD, MAX_THRESHOLD
from cardsort.files import xlsx
from cardsort.paper.kit import logo
from cardsort.store.archive import LEFT_OUT, MORE_TABLES
from cardsort.store.models import Base, LockRow, RoundRow, SegmentRow
from cardsort.usecases import codes, doctor, handovers, imports, tokens, workshops
from cardsort.web import app as application
from cardsort.web.app import create_app
from cardsort.web.facilitator import archives, decks
from cardsort.web.kit import bounds, limits, strictjson
from cardsort.web.respondent import voting
from tests.conftest import client_of, close
from tests.web.conftest import open_room
from tests.web.test_access import TABLE

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
KIB = 1024


def page(name):
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def section(text, title):
    """What stands under a heading, up to the next one of any level."""
    return re.split(r"^#+ .*$", text.split(f" {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text):
    """The rows of the tables in a text, without their heads."""
    found = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:1] == "|"]
    return [row for row in found[2:] if set(row[0]) != {"-"}]


PACKAGE = DOCS / "package.md"  # stands by itself, where a package is looked at


def anchors(path):
    """What a link may lead to within a page: its heads, as they are addressed on the web."""
    if path.suffix != ".md":
        return set()
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_links_between_the_pages_lead_somewhere():
    links = [
        (source, *link)
        for source in (*DOCS.rglob("*.md"), *ROOT.glob("*.md"))
        for link in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", source.read_text(encoding="utf-8"))
        if "://" not in link[0]
    ]
    places = [(source, source.parent / target if target else source, anchor) for source, target, anchor in links]
    assert [(source.name, str(at)) for source, at, _ in places if not at.exists()] == []
    assert [(source.name, anchor) for source, at, anchor in places if anchor and anchor not in anchors(at)] == []


def test_each_page_says_first_for_whom_it_is():
    pages = {path.stem: path.read_text(encoding="utf-8").split("\n\n")[1] for path in {*DOCS.glob("*.md")} - {PACKAGE}}
    assert [name for name, first in pages.items() if not re.match(r"For (?:whoever|the person who) ", first)] == []


def test_no_sentence_stands_on_two_pages():
    """Long ones, and but for the changelog, which tells what was when; tables and examples are no sentences."""
    found = {}
    for path in {*DOCS.glob("*.md"), *ROOT.glob("*.md")} - {ROOT / "CHANGELOG.md", PACKAGE}:
        prose = re.sub(r"^```.*?^```$|^\|[^\n]*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for sentence in re.split(r"(?<=[.:;])\s+", " ".join(prose.split())):
            if len(sentence) > 40:
                found.setdefault(sentence, []).append(path.name)
    assert {sentence: pages for sentence, pages in found.items() if len(pages) > 1} == {}


def test_the_readme_names_every_language():
    names = {Locale(code).get_language_name("en") for code in language.offered()}
    said = re.search(
        r"^- \*\*([\w, ]+)\*\*: everybody reads", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(said[1].split(", ")) == names


def test_security_names_every_address_that_does_not_ask_for_the_facilitator():
    stated = section(page("security"), "Addresses that do not ask for the facilitator")
    found = {tuple(entry.split(" ", 1)) for entry in re.findall(r"`((?:GET|POST|PUT) /[^`]*)`", stated)}
    assert found == {
        (method, rule)
        for (method, rule), status in TABLE.items()
        if status["nobody"] == status["facilitator"] and not rule.startswith("/desk/")
    }


@pytest.mark.parametrize("path", ["/", "/deck.pdf", "/nothing", "/v/nothing"])
def test_security_states_the_headers_word_for_word(client, path):
    stated = dict(re.findall(r"^([\w-]+): (.*)$", section(page("security"), "Headers"), re.MULTILINE))
    with client.get(path) as answer:
        sent = {name: value for name, value in answer.headers.items() if name not in {"Content-Type", "Content-Length"}}
    if not path.startswith("/v/"):
        stated.pop("X-Robots-Tag")
    sent.pop("Vary", None)
    sent.pop("Content-Disposition", None)
    assert sent == stated


def test_security_states_what_else_the_browser_may_keep(app):
    room = open_room(app)
    others = {}
    for path in ("", "/status", "/keep", "/print", "/deck.csv", "/codes"):
        others.setdefault(room.get(path).headers["Cache-Control"], []).append(path)
    assert others.pop("no-store") == ["", "/keep", "/print", "/deck.csv", "/codes"]
    ballot = client_of(app).get(f"{room.it}/ballot").text
    cards = re.search(r'"cards": "([^"]+)"', ballot)[1]
    others[client_of(app).get(cards).headers["Cache-Control"]] = [cards]
    assert [f"`{kept}`" in section(page("security"), "Headers") for kept in others] == [True, True]


def test_security_states_the_cookies_word_for_word(make_config):
    given = set()
    for public_url in ("http://cards.test", "https://cards.test"):
        app = create_app(make_config(public_url=public_url))
        client = client_of(app)
        begun = client.post("/new", data={"name": "Autumn"})
        link = re.search(r"/v/[\w-]+", client.get(begun.location.rsplit("/", 1)[0]).text)[0]
        for answer in (begun, client.get(f"{link}/ballot")):
            name, *parts = answer.headers["Set-Cookie"].split("; ")
            kept = sorted(part for part in parts if not part.startswith("Expires="))
            given.add("; ".join((re.sub(r"(?:desk|key)-\w+=.+", "key-WORKSHOP=KEY", name), *kept)))
        close(app)
    assert given == set(re.findall(r"^Set-Cookie: (.*)$", page("security"), re.MULTILINE))


def test_security_states_how_hard_links_and_codes_are_to_guess(app):
    stated = section(page("security"), "Links and codes")
    bits = math.floor(LENGTH * math.log2(len(ALPHABET)))
    assert f"{bits} bits: {LENGTH} of the {len(ALPHABET)} letters and digits `{ALPHABET}`" in stated
    room = open_room(app)
    token = room.it.split("/")[2]
    assert stated.count(f"| {6 * len(token)} bits |") == 2
    assert 6 * len(tokens.new_key()) == 6 * len(token) == 8 * tokens.TOKEN_BYTES
    stated = " ".join(stated.split())
    for rules, words in (
        (limits.WRONG_BY_ONE, "{} wrong ones a minute and {} an hour by one respondent"),
        (limits.WRONG_CODES, "{} a minute and {} an hour from one address, or from"),
        (limits.WRONG_START_CODES, "lower limit: {} wrong ones a minute and {} an hour from one address."),
    ):
        assert words.format(*(rule.amount for rule in rules)) in stated
    years = len(ALPHABET) ** LENGTH / 1000 / limits.WRONG_CODES[1].amount / 24 / 365
    assert f"one code of 1000 is found after {years:.0f} years on average" in stated
    assert f"for {handovers.VALID_FOR.seconds // 60} minutes" in stated


def hourly(kind):
    return ", ".join(map(str, bounds.AN_HOUR[kind]))


def test_security_states_every_limit():
    connections = server.SERVER["connection_limit"]
    assert dict(rows(section(page("security"), "Limits"))) == {
        "a ballot, and any other request": f"{application.BALLOT_BYTES // KIB} KiB",
        "a draft": f"{voting.DRAFT_BYTES // KIB} KiB",
        "a table of cards": f"{decks.FILE_BYTES // KIB} KiB",
        "a table of ballots": f"{imports.MAX_BYTES // KIB} KiB and {imports.MOST} ballots",
        "a workbook with such a table": (
            f"{xlsx.UNPACKED // KIB // KIB} MiB unpacked, {xlsx.MAX_ROWS} lines, {xlsx.MAX_COLUMNS} columns"
        ),
        "a logo": f"{logo.MOST_BYTES // KIB} KiB and {logo.MOST_PIXELS // 10**6} million pixels",
        "an archive": f"{archives.ARCHIVE_BYTES // KIB // KIB} MiB",
        "depth of JSON": f"{strictjson.MAX_DEPTH} levels",
        "a remark with a card": f"{WORDS_LENGTH} characters",
        "cards of a deck": f"{MAX_CARDS}",
        "one-time codes of a round": f"{codes.MOST}",
        "workshops started within an hour: from one address, from all": hourly("workshops"),
        "examples made within an hour": hourly("examples"),
        "workshops restored within an hour": hourly("restores"),
        "people whose first draft is kept within an hour": hourly("drafts"),
        "free space on the disk of an SQLite database, below which only ballots are taken": (
            f"{doctor.TOO_LITTLE // KIB // KIB} MiB"
        ),
        "time until a request is there whole": f"{server.WHOLE_WITHIN} seconds",
        "connections of one address to `cardsort run`": f"{connections * server.SHARE:.0f} of {connections}",
    }


def test_privacy_names_every_table_and_column_and_no_other():
    tables = re.split(r"^### `(\w+)`$", page("privacy").split("\n## On the device")[0], flags=re.MULTILINE)[1:]
    stated = {
        (table, column)
        for table, text in zip(tables[::2], tables[1::2], strict=True)
        for row in rows(text)
        for column in re.findall(r"`(\w+)`", row[0])
    }
    assert stated == {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns}


def test_the_page_on_archives_names_every_column_of_every_table_in_one():
    parts = section(page("archive"), "The file").split("\nA ballot:")[0]
    stated = {name.strip("`"): set(re.findall(r"`(\w+)`", what)) for name, what in rows(parts)}
    for part, table in (("segments", SegmentRow), ("rounds", RoundRow), ("locks", LockRow)):
        assert stated[part] - {"customers"} == {column.name for column in table.__table__.columns} - LEFT_OUT
    assert stated["tables"] == {table.__tablename__ for table in MORE_TABLES}


def test_privacy_states_how_long_everything_is_kept():
    text = page("privacy")
    for stated in (
        f"{workshops.KEPT_FOR.days} days after it began",
        f"at most {workshops.KEPT_AT_MOST.days} days ahead",
        f"until {workshops.DRAFTS_KEPT_FOR.days} days after the lock",
        f"Kept for {handovers.VALID_FOR.seconds // 60} minutes",
        f"is {DEFAULT_THRESHOLD} people by default and can be raised up to {MAX_THRESHOLD}",
    ):
        assert stated in " ".join(text.split())


def scripts():
    """Every script that pages load, by its path, without what comes from elsewhere."""
    found = [path for path in (ROOT / "static/js").rglob("*.js") if "vendor" not in path.parts]
    found += [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in found}


def test_privacy_names_every_script_that_leaves_something_on_a_device():
    stated = {}
    for where, *_, written_by in rows(section(page("privacy"), "On the device")):
        kind = re.match(r"cookie|local storage|session storage|history|cache", where)[0]
        stated.setdefault(kind, set()).update(re.findall(r"`([^`]+)`", written_by))
    writes = {
        "local storage": r"localStorage\.setItem|localStorage\[|new DeviceStorage",
        "history": r"history\.(?:push|replace)State\(\{",
        "cache": r"caches\.open",
        "cookie": r"document\.cookie|cookieStore",
        "session storage": r"sessionStorage\.setItem|sessionStorage\[",
        "database": r"indexedDB|navigator\.storage|BroadcastChannel|SharedWorker",
    }
    found = {
        kind: {path for path, text in scripts().items() if re.search(pattern, text)} for kind, pattern in writes.items()
    }
    found["local storage"].remove("static/js/ballot/draft.js")  # through storage.js, which is named
    assert {kind: paths for kind, paths in found.items() if paths} == {k: paths for k, paths in stated.items() if paths}


def test_privacy_names_every_key_of_the_local_storage():
    stated = {re.sub("[A-Z]+", "…", key) for key in re.findall(r"`(cardsort[:-][^`]+)`", page("privacy"))}
    found = set()
    for text in scripts().values():
        for key in re.findall(r"[`\"](cardsort[:-][^`\"]*)[`\"]", text):
            found.add(re.sub(r"\$\{[^}]*\}|\{\{[^}]*\}\}", "…", key))
    assert {key for key in found if not key.endswith(":")} == stated


def test_privacy_names_the_cookies_and_the_server_sets_no_other(make_config):
    app = create_app(make_config(start_code="a code for starting"))
    facilitator, person = client_of(app), client_of(app)
    facilitator.post("/start-code", data={"code": "a code for starting", "to": "new"})
    desk = facilitator.post("/new", data={"name": "Autumn"}).location.rsplit("/", 1)[0]
    person.get(re.search(r"/v/[\w-]+", facilitator.get(desk).text)[0] + "/ballot")
    person.post("/language", data={"language": "en", "back": "/"})
    given = {cookie.key for client in (facilitator, person) for cookie in client._cookies.values()}
    close(app)
    assert {f"cookie `{re.sub(r'-.*', '-…', name)}`" for name in given} == {
        row[0] for row in rows(section(page("privacy"), "On the device")) if row[0].startswith("cookie")
    }


def test_privacy_is_right_that_an_address_is_known_for_an_hour_and_only_after_a_wrong_code(app):
    room = open_room(app)
    code = re.search(r">([A-Z2-9]{4}-[A-Z2-9]{4})<", room.get("/show/it").text)[1]
    storage = app.extensions["wrong_codes"].shared.storage
    assert room.stranger().post("/join", data={"code": code}).status_code == 303
    assert room.cast(room.it, ["A-01", "A-02", "A-03"], 1).status_code == 201
    assert dict(storage.storage) == {}
    assert room.stranger().post("/join", data={"code": "AAAA-AAA9"}).status_code == 404
    assert len(storage.storage) == 2
    assert max(storage.expirations.values()) - time.time() <= 3600


def test_no_page_style_or_script_names_another_origin():
    named = {
        (path, address)
        for path, text in scripts().items()
        for address in re.findall(
            r"(?:https?:)?//[\w.-]+\.\w+", re.sub(r"^\s*(?://|\*).*$", "", text, flags=re.MULTILINE)
        )
    }
    assert named == set()


def test_no_document_installs_by_name_what_is_another_project_elsewhere():
    """`cardsort` in a registry is not ours: it is installed from the wheel, extras too."""
    pages = [ROOT / name for name in ("README.md", "CHANGELOG.md", "Makefile", "app.py", "vendor_assets.py")]
    pages += [path for folder in ("docs", "cardsort", "templates") for path in (ROOT / folder).rglob("*")]
    texts = {
        path: path.read_bytes().decode(errors="replace") for path in pages if path.is_file() and path.suffix != ".pyc"
    }
    commands = {
        (path.name, command)
        for path, text in texts.items()
        for command in re.findall(r"\b(?:pipx?|uv|pip3|conda) (?:\w+ )?(?:install|add)\b[^`\n]*", text)
    }
    assert {name for name, _ in commands} >= {"README.md", "operations.md", "dependencies.md", "Dockerfile"}
    by_name = re.compile(r"""[\s'"]cardsort(?![\w./-])""")
    assert [command for command in commands if by_name.search(command[1])] == []
    extras = {command for name, command in commands if "[postgres]" in command}
    assert extras == {'pip install "$(echo dist/cardsort_workshop-*.whl)[postgres]"'}


def cited(text):
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


@pytest.mark.parametrize("document", ["promises", "accessibility"])
def test_every_test_that_is_named_exists(document):
    for path, name in cited(page(document)):
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), (path, name)


def test_every_promise_has_tests_and_says_its_limits():
    promises = re.split(r"^## \d+\. ", page("promises").split("## What happens")[0], flags=re.MULTILINE)[1:]
    assert len(promises) == 12
    assert [text.splitlines()[0] for text in promises if len(cited(text)) < 2] == []
    unlimited = [text.splitlines()[0] for text in promises if "*Limits*: " not in text]
    assert unlimited == ["What is not promised is said"]


def test_every_thing_that_happens_in_workshops_has_a_test():
    happens = rows(section(page("promises"), "What happens in real workshops"))
    assert len(happens) == 19
    assert [row[0] for row in happens if len(row) != 4 or not cited(row[3])] == []


def test_every_dependency_has_its_reason_and_no_other_is_named():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert set(extras) == {"postgres"}
    for title, wanted in (
        ("To run", project["project"]["dependencies"]),
        ("With PostgreSQL", extras["postgres"]),
        ("To build and test", project["dependency-groups"]["dev"]),
        ("In the browser and on paper", json.loads((ROOT / "package.json").read_text())["dependencies"]),
    ):
        stated = [name.strip("`") for name, _why in rows(section(page("dependencies"), title))]
        assert sorted(stated) == sorted(re.split(r"[>\[]", name)[0] for name in wanted), title


def test_everything_that_running_needs_is_imported():
    """A dependency that nothing imports is one too many. Gunicorn and psycopg are found by their names alone."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "cardsort").rglob("*.py"))
    stated = [name.strip("`") for name, _why in rows(section(page("dependencies"), "To run"))]
    named = {"pillow": "PIL", "python-bidi": "bidi", "python-pptx": "pptx"}
    modules = {name: named.get(name, name.replace("-", "_")) for name in stated}
    unused = [
        name for name in stated if not re.search(rf"^\s*(?:import|from) {modules[name]}\b", sources, re.MULTILINE)
    ]
    assert unused == []
