"""What docs/operations.md and docs/deploy/ tell operators to type and set is what the program has."""

import re
from pathlib import Path

import pytest

from cardsort.usecases.backups import DATABASE, MARKER, SECRET
from cardsort.web.cli import main

ROOT = Path(__file__).parents[1]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "deploy").iterdir()}
DOCS["operations.md"] = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SETTINGS = set(re.findall(r'environ\.get\("(\w+)"', (ROOT / "cardsort/web/config.py").read_text(encoding="utf-8")))
FOREIGN = {"POSTGRES_USER", "POSTGRES_PASSWORD", "PYTHONUNBUFFERED"}  # other programs' settings


def test_every_command_setting_file_and_the_health_route_is_explained(app):
    text = DOCS["operations.md"]
    assert len(SETTINGS) >= 9
    assert [name for name in main.commands if f"cardsort {name}" not in text] == []
    assert [name for name in SETTINGS | {DATABASE, MARKER, SECRET} if name not in text] == []
    assert "/health" in {rule.rule for rule in app.url_map.iter_rules()}
    assert "`GET /health`" in text


@pytest.mark.parametrize("name", DOCS)
def test_every_command_and_setting_that_is_named_exists(name):
    text = DOCS[name]
    commands = re.findall(r"(?:`|bin/|^|\[\")cardsort\"?,? \"?([a-z-]+)", text, re.MULTILINE)
    assert [command for command in commands if command not in main.commands] == []
    if name == "operations.md":
        assert set(commands) == set(main.commands)
    settings = set(re.findall(r"^ *(?:ENV )?([A-Z]+_[A-Z_]+)(?:=|: )", text, re.MULTILINE))
    settings |= set(re.findall(r"(?:[ `=]|\$\{)([A-Z]+_[A-Z_]+)(?:=|:|\})", text))
    assert settings <= SETTINGS | FOREIGN


def test_the_factory_and_the_files_that_are_named_exist():
    import cardsort.web.running

    module, factory = "cardsort.web.running", "wsgi_application"
    for name in ("operations.md", "compose.yaml", "cardsort.service"):
        assert f'"{module}:{factory}()"' in DOCS[name]
    assert callable(getattr(cardsort.web.running, factory))
    links = re.findall(r"\]\(([^)#]+)", DOCS["operations.md"])
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
    assert "/health" in DOCS["Dockerfile"]
