"""Codes that people read aloud and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.domain.codes import ALPHABET, clean_code, show_code, spell_code


def test_the_alphabet_has_31_signs_without_look_alikes():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("IL1O0")


WIDE = "".join(chr(ord(char) + 0xFEE0) for char in "K7Q2-M9XT")  # as some keyboards of East Asia write it


@given(st.integers(0, 31**8 - 1))
def test_a_code_as_shown_is_read_back_however_it_is_typed(number):
    code = spell_code(number)
    shown = show_code(code)
    for typed in (shown, shown.lower(), code, f"  {shown} ", shown.replace("-", "–"), " ".join(code)):
        assert clean_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "K7Q2-M9XT.",
        "K7Q2-M9XT\u3002",
        "k7q2\u200bm9xt\ufeff",
        WIDE,
        "“K7Q2‑M9XT”,",
        "(K7Q2-M9XT)",
    ],
)
def test_what_comes_along_when_a_code_is_copied_is_passed_over(typed):
    assert clean_code(typed) == "K7Q2M9XT"


@pytest.mark.parametrize("typed", ["", "K7Q2", "K7Q2-M9X", "K7Q2-M9XTA", "K7Q2-M9X0", "K7Q2-M9XÜ", "K7Q2_M9XT"])
def test_what_cannot_be_a_code_is_none(typed):
    assert clean_code(typed) is None
