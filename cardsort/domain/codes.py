"""Codes that people read aloud and type: 8 of 31 letters and digits without look-alikes, in two groups of four."""

import unicodedata

PASSED_OVER = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Pd", "Po", "Ps", "Pe", "Pi", "Pf"}  # spaces, what is unseen, stops
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 8


def spell_code(number: int) -> str:
    """The code of a number: its last eight digits in base 31."""
    letters = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def show_code(code: str) -> str:
    """The code as people see it: "K7Q2-M9XT"."""
    return f"{code[:4]}-{code[4:]}"


def clean_code(typed: str) -> str | None:
    """The code a person meant: capitals of usual width, without spaces, dashes, full stops, quotes and what cannot be
    seen; None where it cannot be a code.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(char for char in plain if unicodedata.category(char) not in PASSED_OVER)
    return code if len(code) == LENGTH and all(char in ALPHABET for char in code) else None
