"""The wheel, built from the source archive alone, contains everything: it serves its pages from anywhere."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
from cardsort.web.app import create_app
client = create_app().test_client()
for path in sys.argv[2:]:
    with client.get(path, headers={"Host": "localhost", "Accept-Language": sys.argv[1]}) as answer:
        print(path, answer.status_code, len(answer.data) > 500, b'<html lang="de"' in answer.data)
"""


def build(kind, source, folder):
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, source]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """What npm brings is put beside the unpacked sources: it was fetched already."""
    folder = tmp_path_factory.mktemp("built")
    known = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 and later
    with tarfile.open(build("sdist", ROOT, folder)) as archive:
        archive.extractall(folder / "sources", **known)  # noqa: S202  made here just now
    (sources,) = (folder / "sources").iterdir()
    shutil.copytree(ROOT / "static" / "vendor", sources / "static" / "vendor")
    return build("wheel", sources, folder)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder in which nothing but the wheel is installed."""
    site = tmp_path_factory.mktemp("site")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", site, wheel]
    subprocess.run(install, check=True, capture_output=True)
    return site


def run(installed, folder, *words):
    environment = {**os.environ, "PYTHONPATH": str(installed), "CARDSORT_DATA": str(folder / "data")}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_installed_wheel_serves_pages_cards_scripts_and_fonts(installed, tmp_path):
    pages = [
        "/",
        "/deck",
        "/static/v/vendor/htmx.min.js",
        "/static/v/vendor/fonts/DejaVuSans.ttf",
        "/static/v/css/base.css",
    ]
    assert run(installed, tmp_path, "-c", PROGRAM, "en", *pages).splitlines() == [
        f"{page} 200 True False" for page in pages
    ]


def test_the_installed_wheel_speaks_german_on_pages_and_in_the_terminal(installed, tmp_path, monkeypatch):
    assert run(installed, tmp_path, "-c", PROGRAM, "de", "/", "/deck").splitlines() == [
        f"{page} 200 True True" for page in ("/", "/deck")
    ]
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "Die Version zeigen, sonst nichts." in run(installed, tmp_path, "-m", "cardsort", "--help")


def test_the_wheel_has_every_file_that_pages_and_decks_come_from(wheel):
    ours = subprocess.run(
        ["git", "ls-files", "static", "templates", "cards"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert len(ours) > 100
    assert [path for path in ours if f"cardsort/_resources/{path}" not in packed and Path(path).suffix != ".md"] == []


def test_the_wheel_leaves_out_what_only_the_tests_need(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if re.search(r"axe|tests/", name)]
    assert [name for name in names if name.endswith("versions/0001_first_schema.py")]
