"""What is large is imported where it is used: a server is there in a second, and voting needs none of it."""

import os
import subprocess
import sys

import pytest

LARGE = {"pandas", "openpyxl", "xlsxwriter", "scipy", "reportlab", "pptx"}
IMPORTED = "import sys; print(' '.join({name.split('.')[0] for name in sys.modules}))"
SERVED = f"""
from cardsort.cli.commands import main
from cardsort.web.app import create_app
page = create_app().test_client().get("/", headers={{"Host": "localhost"}})
assert page.status_code == 200
{IMPORTED}
"""


def imported(program, folder):
    environment = {**os.environ, "CARDSORT_DATA": str(folder)}
    command = [sys.executable, "-c", program]
    out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return set(out.stdout.split())


def test_the_server_starts_and_shows_a_page_without_what_only_files_need(tmp_path):
    assert imported(SERVED, tmp_path) & LARGE == set()


@pytest.mark.parametrize("program", ["import cardsort", "import cardsort; dir(cardsort)"])
def test_importing_cardsort_imports_nothing_else(program, tmp_path):
    assert imported(f"{program}\n{IMPORTED}", tmp_path) & {*LARGE, "numpy", "flask", "sqlalchemy"} == set()
