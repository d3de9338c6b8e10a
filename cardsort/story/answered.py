"""Who answered, where their ballots came from, and what the time was like."""

from collections.abc import Mapping
from datetime import date

from cardsort import language
from cardsort.analysis.result import (
    Comparison,
)
from cardsort.analysis.sayable import FEW
from cardsort.analysis.suppression import may_show
from cardsort.domain.ballots import Group, Moment
from cardsort.domain.sources import Restored, Sources
from cardsort.story import words

WHOSE = {Group.IT: "IT", Group.CUSTOMERS: "the customers"}
MOMENTS = {
    Moment.CALM.value: "a calm time",
    Moment.BUSY.value: "a busy period",
    Moment.OUTAGE.value: "just after an outage",
}


def answered(count: int, expected: int | None) -> str:
    """How many answered, of how many invited where that is known."""
    count = count or 0
    if expected is None or expected < count:
        return f"{words.people(count)} answered"
    part = f" ({words.share(count / expected)})" if expected >= FEW else ""
    return f"{count:,} of {words.people(expected)} answered{part}"


def who_answered(comparison: Comparison, name: str, expected: int | None) -> str:
    """How many people's ballots a list is made of, and where these came from."""
    sources = comparison.sources.get(name, Sources())
    found = comparison.lists.get(name)
    if found is not None and found.n is None:
        way = " by a link" if sources.n > sources.people else ""
        return f"fewer than {words.people(comparison.threshold)} answered{way}"
    return ": ".join(part for part in (answered((found.n or 0) if found else 0, expected), came(sources)) if part)


def came(sources: Sources) -> str:
    """Where ballots came from: "34 sent by link, 20 imported and 6 typed at the desk"; "" where there are none."""
    coded = f" ({sources.with_code:,} with a one-time code)" if sources.with_code else ""
    ways = (
        (sources.sent, f"sent by link{coded}"),
        (sources.imported, "imported"),
        (sources.typed, "typed at the desk"),
        (sources.unknown, "with no source recorded"),
    )
    found = [(count, way) for count, way in ways if count]
    if len(found) == 1:
        return f"{'all ' if sources.n > 1 else ''}{found[0][1]}{_taken_out(sources)}"
    return language.listed([f"{count:,}\xa0{way}" for count, way in found]) + _taken_out(sources) if found else ""


def _taken_out(sources: Sources) -> str:
    """What follows of ballots that are in no other number: "; 2 discarded and 1 withdrawn", "" where there are none."""
    ways = ((sources.discarded, "discarded"), (sources.withdrawn, "withdrawn"))
    found = [f"{count:,}\xa0{way}" for count, way in ways if count]
    return f"; {language.listed(found)}" if found else ""


def known_alone(core: Mapping[Group, Sources], threshold: int) -> str:
    """What to know before ballots are typed in or imported: that they alone make nothing shown; "" where all groups
    that are given have enough people by a link.
    """
    few = [
        f"{words.people(one.people)} of {WHOSE[group]}" for group, one in core.items() if not may_show(one, threshold)
    ]
    if not few:
        return ""
    return (
        "Whoever types them in or imports them knows these ballots. They count, but a list is shown from "
        f"{words.people(threshold)} on who came by a link; so far: {language.listed(few)}."
    )


def restored(archived: Restored) -> str:
    """That a workshop was restored, and from what day's archive, True = not known; "" where it was not."""
    if not archived:
        return ""
    return f"Restored from an archive of {language.day(archived) if isinstance(archived, date) else 'an unknown day'}"


def moments(counts: dict[str, int]) -> str:
    """What the time was like when customers answered: a calm time (36), a busy period (19); "" where not known."""
    known = [f"{MOMENTS.get(name, name)}\xa0({count:,})" for name, count in counts.items() if count]
    return language.listed(known) if known else ""


def times(shares: dict[str, float]) -> str:
    """The same as shares, the larger first: 62 % a calm time, 30 % a busy period; "" where it may not be told."""
    ordered = sorted(shares.items(), key=lambda entry: -entry[1])
    return ", ".join(f"{words.share(value)} {MOMENTS.get(name, name)}" for name, value in ordered)
