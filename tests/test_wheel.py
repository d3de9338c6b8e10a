"""A wheel built from the checkout contains everything: it serves its pages from anywhere."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
from cardsort.web.app import create_app
client = create_app().test_client()
for path in sys.argv[1:]:
    with client.get(path, headers={"Host": "localhost"}) as answer:
        print(path, answer.status_code, len(answer.data) > 500)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_the_installed_wheel_serves_pages_cards_scripts_and_fonts(wheel, tmp_path):
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", tmp_path / "site", wheel]
    subprocess.run(install, check=True, capture_output=True)
    pages = [
        "/",
        "/deck",
        "/static/v/vendor/htmx.min.js",
        "/static/v/vendor/fonts/DejaVuSans.ttf",
        "/static/v/css/base.css",
    ]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "CARDSORT_DATA": str(tmp_path / "data")}
    out = subprocess.run(
        [sys.executable, "-c", PROGRAM, *pages],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.splitlines() == [f"{page} 200 True" for page in pages]


def test_the_wheel_leaves_out_what_only_the_tests_need(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if re.search(r"axe|tests/", name)]
    assert [name for name in names if name.endswith("versions/0001_first_schema.py")]
