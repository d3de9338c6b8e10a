"""What docs/operations.md and docs/deploy/ tell operators to type and set is what the program has."""

import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import make_url

from cardsort.cli.commands import main
from cardsort.store.address import IMPATIENT, address_for_sqlalchemy
from cardsort.store.measures import SHARED
from cardsort.store.models import Base
from cardsort.store.postgres import SILENCE_SECONDS
from cardsort.usecases.backups import DATABASE, LOCK, MARKER, SECRET
from cardsort.web.facilitator.archives import ARCHIVE_BYTES
from cardsort.web.kit.outage import QUIET_SECONDS
from cardsort.web.kit.settings import SETTINGS
from tests.store.partitioned import WHOLE

ROOT = Path(__file__).parents[1]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "deploy").iterdir()}
DOCS["operations.md"] = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
FOREIGN = {"POSTGRES_USER", "POSTGRES_PASSWORD", "PYTHONUNBUFFERED"}  # other programs' settings


def test_every_command_setting_file_and_the_health_route_is_explained(app):
    text = DOCS["operations.md"]
    assert [name for name in main.commands if f"cardsort {name}" not in text] == []
    assert [name for name in {*SETTINGS, DATABASE, LOCK, MARKER, SECRET} if name not in text] == []
    assert "/health" in {rule.rule for rule in app.url_map.iter_rules()}
    assert "`GET /health`" in text


@pytest.mark.parametrize("name", DOCS)
def test_every_command_and_setting_that_is_named_exists(name):
    text = DOCS[name]
    commands = re.findall(r"(?:`|bin/|^|sudo |\[\")cardsort\"?,? \"?([a-z-]+)", text, re.MULTILINE)
    assert [command for command in commands if command not in main.commands] == []
    if name == "operations.md":
        assert set(commands) == set(main.commands)
    settings = set(re.findall(r"^ *(?:ENV )?([A-Z]+_[A-Z_]+)(?:=|: )", text, re.MULTILINE))
    settings |= set(re.findall(r"(?:[ `=]|\$\{)([A-Z]+_[A-Z_]+)(?:=|:|\})", text))
    assert settings <= {*SETTINGS, *FOREIGN}


def test_what_is_added_to_the_address_of_a_database_is_stated():
    text = DOCS["operations.md"]
    assert [pair for pair in IMPATIENT.items() if f"`{'='.join(pair)}`" not in text] == []
    assert f"after {SILENCE_SECONDS:g} seconds of silence" in text
    assert QUIET_SECONDS == 10.0  # "in ten seconds"
    address = re.search(r"^ *DATABASE_URL=(\S+)", text, re.MULTILINE)[1]
    assert make_url(address_for_sqlalchemy(address)).query["host"] == "db1,db2"


def test_every_table_is_divided_or_whole_as_the_tests_of_divided_tables_have_it_and_in_an_order_that_can_be():
    stated = re.findall(r"^SELECT create_(\w+)_table\('(\w+)'(?:, '(\w+)')?", DOCS["operations.md"], re.MULTILINE)
    assert {name for kind, name, _key in stated if kind == "reference"} == WHOLE
    assert sorted(name for _kind, name, _key in stated) == sorted(Base.metadata.tables)
    assert {name: key for kind, name, key in stated if kind == "distributed"} == {
        name: "id" if name == "workshop" else "workshop_id" for name in {*Base.metadata.tables} - WHOLE
    }
    order = [name for _kind, name, _key in stated]
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            assert order.index(key.column.table.name) < order.index(table.name)


def test_what_a_monitor_is_told_to_look_for_is_there():
    section = DOCS["operations.md"].split("## Metrics\n")[1].split("\n## ")[0]
    told = set(re.findall(r"cardsort_\w+", section))
    families = {family.name for family in REGISTRY.collect() if family.name.startswith("cardsort_")}
    assert {name.removesuffix("_total") for name in told} == families
    assert f"`{SHARED}`" in section


def test_the_factory_and_the_files_that_are_named_exist():
    import cardsort.cli.running

    module, factory = "cardsort.cli.running", "wsgi_application"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for text in (readme, *(DOCS[name] for name in ("operations.md", "compose.yaml", "cardsort.service"))):
        assert f'"{module}:{factory}()"' in text
    assert callable(getattr(cardsort.cli.running, factory))
    links = re.findall(r"\]\(([^)#]+)", DOCS["operations.md"])
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
    assert "/health" in DOCS["Dockerfile"]


def test_what_the_examples_copy_mount_and_install_exists_and_reaches_the_build():
    named = {path for text in DOCS.values() for path in re.findall(r"docs/deploy/[\w.]+\w", text)}
    assert "docs/deploy/cardsort" in named
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert re.findall(r"- (\./\w+):", DOCS["compose.yaml"]) == ["./Caddyfile"]
    copied = re.findall(r"^COPY (\S+)", DOCS["Dockerfile"], re.MULTILINE)
    let_through = re.findall(r"^!(.*)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert copied == let_through == ["requirements.lock", "dist/*.whl"]


def test_the_settings_that_compose_asks_for_are_in_the_example_and_its_copy_is_never_committed():
    asked = set(re.findall(r"\$\{(\w+)", DOCS["compose.yaml"]))
    assert asked == {"PUBLIC_URL", "SECRET_KEY", "START_CODE", "CONTACT", "POSTGRES_PASSWORD"}
    assert asked <= set(re.findall(r"^(\w+)=", DOCS["env.example"], re.MULTILINE))
    assert "/docs/deploy/.env\n" in (ROOT / ".gitignore").read_text(encoding="utf-8")


def test_both_proxies_log_no_address_keep_browsers_on_https_wait_for_whole_requests_and_let_an_archive_through():
    for name, silent, whole in (
        (
            "Caddyfile",
            ("exclude http.log http.handlers ",),
            ("request_buffers 17MB\n", "read_header 30s\n", "read_body 30s "),
        ),
        (
            "nginx.conf",
            ("\naccess_log off;", "\nerror_log /dev/null emerg;"),
            ("proxy_request_buffering on;", "\nclient_header_timeout 30s;", "\nclient_body_timeout 30s;"),
        ),
    ):
        assert [line for line in silent if line not in DOCS[name]] == []
        assert re.search(r'Strict-Transport-Security "?max-age=31536000', DOCS[name])
        assert [line for line in whole if line not in DOCS[name]] == []
        megabytes = re.search(r"(?:max_size|client_max_body_size) (\d+)(?:MB|m;)", DOCS[name])[1]
        assert int(megabytes) * 10**6 > ARCHIVE_BYTES
