"""Codes that people read aloud and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardsort.domain.codes import ALPHABET, clean_code, show_code, spell_code


def test_the_alphabet_has_31_signs_without_look_alikes():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("IL1O0")


@given(st.integers(0, 31**8 - 1))
def test_a_code_as_shown_is_read_back_however_it_is_typed(number):
    code = spell_code(number)
    shown = show_code(code)
    for typed in (shown, shown.lower(), code, f"  {shown} ", shown.replace("-", "–"), " ".join(code)):
        assert clean_code(typed) == code


@pytest.mark.parametrize("typed", ["", "K7Q2", "K7Q2-M9X", "K7Q2-M9XTA", "K7Q2-M9X0", "K7Q2-M9XÜ", "K7Q2_M9XT"])
def test_what_cannot_be_a_code_is_none(typed):
    assert clean_code(typed) is None
