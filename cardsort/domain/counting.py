"""A number with what it counts: the one place where sentences learn singular and plural."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 card`, `1,204 cards`; `many` where the plural is another one, or a verb follows: "customers have"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
