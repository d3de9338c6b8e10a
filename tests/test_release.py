"""One command makes a release, or says why not and leaves everything as it is."""

import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

import cardsort

ROOT = Path(__file__).resolve().parents[1]
FILES = ("pyproject.toml", "CITATION.cff", "CHANGELOG.md", "release.py")


@pytest.fixture
def checkout(tmp_path):
    """The files that tell a version, in a repository of their own."""
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    git(tmp_path, "init", "--quiet")
    for key, value in (("user.name", "Somebody"), ("user.email", "somebody@example.org")):
        git(tmp_path, "config", key, value)
    changed = (
        (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8").replace("## Unreleased\n", "## Unreleased\n\n- A.\n")
    )
    (tmp_path / "CHANGELOG.md").write_text(changed, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "All")
    return tmp_path


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def release(folder, version):
    command = [sys.executable, folder / "release.py", version]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def version_in(folder):
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_a_release_raises_the_version_everywhere_closes_the_changelog_and_tags(checkout):
    days = [datetime.now(UTC).date()]
    done = release(checkout, "99.0.1")
    days.append(datetime.now(UTC).date())
    assert (done.returncode, done.stderr) == (0, "")
    assert (version_in(checkout), git(checkout, "describe").strip()) == ("99.0.1", "v99.0.1")
    assert "\nversion: 99.0.1\n" in (checkout / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    assert any(f"## Unreleased\n\n## 99.0.1 ({day})\n\n- A.\n" in changelog for day in days)
    assert git(checkout, "show", "--format=%s", "--name-only", "v99.0.1^{commit}").split() == [
        *("Release", "99.0.1", "CHANGELOG.md", "CITATION.cff", "pyproject.toml")
    ]
    assert git(checkout, "status", "--porcelain") == ""


@pytest.mark.parametrize("version", ["", "0.0.9", "1", "99.0", "99.0.1rc1", "v99.0.1", "99.0.01", version_in(ROOT)])
def test_a_version_that_is_none_or_not_higher_is_refused(checkout, version):
    refused = release(checkout, version)
    assert (refused.returncode, "Name a higher version of three numbers" in refused.stderr) == (1, True)
    assert git(checkout, "tag") == git(checkout, "status", "--porcelain") == ""


def test_a_tree_with_changes_is_refused_and_keeps_them(checkout):
    (checkout / "new.txt").write_text("new", encoding="utf-8")
    refused = release(checkout, "99.0.1")
    assert (refused.returncode, "Commit or undo it first" in refused.stderr) == (1, True)
    assert (version_in(checkout), git(checkout, "tag")) == (version_in(ROOT), "")


def test_a_tag_that_exists_and_a_changelog_that_says_nothing_are_refused(checkout):
    git(checkout, "tag", "v99.0.1")
    refused = release(checkout, "99.0.1")
    assert (refused.returncode, "the tag v99.0.1 exists already" in refused.stderr) == (1, True)
    assert release(checkout, "99.0.2").returncode == 0
    refused = release(checkout, "99.0.3")
    assert (refused.returncode, "says nothing under “## Unreleased”" in refused.stderr) == (1, True)
    assert version_in(checkout) == "99.0.2"


def test_every_place_that_tells_name_or_version_tells_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == cardsort.DISTRIBUTION
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {project['version']}" in citation
