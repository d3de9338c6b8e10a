"""The command line speaks the language of the terminal, where somebody has written it."""

import pytest

from cardsort import resources
from cardsort.cli.speech import language_of
from tests.languages import write_catalogue


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "nl_NL", "LC_MESSAGES": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "de"),
        ({"LANG": "xx_YY"}, "en"),
    ],
)
def test_the_terminal_s_language_is_spoken_where_it_is_offered(monkeypatch, tmp_path, environ, spoken):
    write_catalogue(tmp_path, "de")
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path)
    assert language_of(environ) == spoken
