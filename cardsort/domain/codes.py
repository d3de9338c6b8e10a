"""Codes that people read aloud and type: 8 of 31 letters and digits without look-alikes, in two groups of four."""

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
    """The code a person meant: capitals, without spaces and dashes; None where it cannot be a code."""
    code = "".join(char for char in typed.upper() if char not in " -–—\t\u00a0")
    return code if len(code) == LENGTH and all(char in ALPHABET for char in code) else None
