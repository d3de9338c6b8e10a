"""The customers' own words: equal remarks said once, with how many people wrote them. For paper and page alike."""

from collections.abc import Iterable


def merged(remarks: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """(remark, how many wrote it), the most frequent first, then as they came.

    Remarks are equal when they differ in spaces, capitals or a full stop at the end only; the first is shown.
    """
    found: dict[str, list[str]] = {}
    for remark in remarks:
        said = " ".join(remark.split())
        found.setdefault(said.casefold().rstrip("."), []).append(said)
    return tuple(sorted(((same[0], len(same)) for same in found.values()), key=lambda one: -one[1]))


def times(count: int) -> str:
    """What follows a remark that several people made: a no-break space and "×4"; "" for one person."""
    return f"\xa0×{count:,}" if count > 1 else ""


def withheld(count: int) -> str:
    """What stands beneath words of which some are not told; "" where all are."""
    return f"{count:,} withheld by the facilitator." if count else ""
