"""Who answered, where their ballots came from, and what the time was like."""

from collections.abc import Iterator, Mapping
from datetime import date

from cardsort.analysis.result import Comparison
from cardsort.analysis.sayable import FEW
from cardsort.analysis.suppression import may_show
from cardsort.domain.ballots import Group, Moment
from cardsort.domain.sources import Restored, Sources
from cardsort.language import N_, _, day, listed, ngettext, number
from cardsort.story import words

MOMENTS = {
    Moment.CALM.value: N_("a calm time"),
    Moment.BUSY.value: N_("a busy period"),
    Moment.OUTAGE.value: N_("just after an outage"),
}


def answered(count: int, expected: int | None) -> str:
    """How many answered, of how many invited where that is known."""
    count = count or 0
    if expected is None or expected < count:
        return ngettext("%(n)s\xa0person answered", "%(n)s\xa0people answered", count)
    if expected < FEW:
        return ngettext(
            "%(part)s of %(n)s\xa0person answered",
            "%(part)s of %(n)s\xa0people answered",
            expected,
            part=number(count),
        )
    return ngettext(
        "%(part)s of %(n)s\xa0person answered (%(share)s)",
        "%(part)s of %(n)s\xa0people answered (%(share)s)",
        expected,
        part=number(count),
        share=words.share(count / expected),
    )


def who_answered(comparison: Comparison, name: str, expected: int | None) -> str:
    """How many people's ballots a list is made of, and where these came from."""
    sources = comparison.sources.get(name, Sources())
    found = comparison.lists.get(name)
    if (found.n is None) if found else comparison.restored:  # an archive has nothing of so few
        return _fewer(comparison.threshold, by_link=sources.n > sources.people)
    said, how = answered((found.n or 0) if found else 0, expected), came(sources)
    return _("%(answered)s: %(how)s", answered=said, how=how) if how else said


def _fewer(threshold: int, *, by_link: bool) -> str:
    if by_link:
        return ngettext(
            "fewer than %(n)s\xa0person answered by a link", "fewer than %(n)s\xa0people answered by a link", threshold
        )
    return ngettext("fewer than %(n)s\xa0person answered", "fewer than %(n)s\xa0people answered", threshold)


def came(sources: Sources) -> str:
    """Where ballots came from: "34 sent by link, 20 imported and 6 typed at the desk"; "" where there are none."""
    found = [way for way in _ways(sources) if way[0]]
    if not found:
        return ""
    how = found[0][1] if len(found) == 1 else listed([among for _count, _alone, among in found])
    taken = _taken_out(sources)
    return _("%(how)s; %(taken)s", how=how, taken=taken) if taken else how


def _ways(sources: Sources) -> Iterator[tuple[int, str, str]]:
    """How many came in each way, how that is said where it is the only one, and among others."""
    n = sources.sent
    alone = ngettext("sent by link", "all sent by link", n)
    yield (
        n,
        _with_code(alone, sources.with_code),
        _with_code(ngettext("%(n)s\xa0sent by link", "%(n)s\xa0sent by link", n), sources.with_code),
    )
    n = sources.imported
    yield n, ngettext("imported", "all imported", n), ngettext("%(n)s\xa0imported", "%(n)s\xa0imported", n)
    n = sources.typed
    among = ngettext("%(n)s\xa0typed at the desk", "%(n)s\xa0typed at the desk", n)
    yield n, ngettext("typed at the desk", "all typed at the desk", n), among
    n = sources.unknown
    among = ngettext("%(n)s\xa0with no source recorded", "%(n)s\xa0with no source recorded", n)
    yield n, ngettext("with no source recorded", "all with no source recorded", n), among


def _with_code(ballots: str, count: int) -> str:
    if not count:
        return ballots
    return ngettext(
        "%(ballots)s (%(n)s with a one-time code)", "%(ballots)s (%(n)s with a one-time code)", count, ballots=ballots
    )


def _taken_out(sources: Sources) -> str:
    """Ballots that are in no other number: "2 discarded and 1 withdrawn", "" where there are none."""
    out, back = sources.discarded, sources.withdrawn
    found = [ngettext("%(n)s\xa0discarded", "%(n)s\xa0discarded", out)] if out else []
    found += [ngettext("%(n)s\xa0withdrawn", "%(n)s\xa0withdrawn", back)] if back else []
    return listed(found) if found else ""


def known_alone(core: Mapping[Group, Sources], threshold: int) -> str:
    """What to know before ballots are typed in or imported: that they alone make nothing shown; "" where all groups
    that are given have enough people by a link.
    """
    few = [_so_many(group, one.people) for group, one in core.items() if not may_show(one, threshold)]
    if not few:
        return ""
    return _(
        "Whoever types them in or imports them knows these ballots. They count, but a list is shown from %(people)s on "
        "who came by a link; so far: %(few)s.",
        people=words.people(threshold),
        few=listed(few),
    )


def _so_many(group: Group, count: int) -> str:
    if group is Group.IT:
        return ngettext("%(n)s\xa0person of IT", "%(n)s\xa0people of IT", count)
    return ngettext("%(n)s\xa0person of the customers", "%(n)s\xa0people of the customers", count)


def restored(archived: Restored) -> str:
    """That a workshop was restored, and from what day's archive, True = not known; "" where it was not."""
    if not archived:
        return ""
    if isinstance(archived, date):
        return _("Restored from an archive of %(day)s", day=day(archived))
    return _("Restored from an archive of an unknown day")


def moment_name(name: str) -> str:
    """What the time was like, in words."""
    return _(MOMENTS[name]) if name in MOMENTS else name


def moments(counts: dict[str, int]) -> str:
    """What the time was like when customers answered: a calm time (36), a busy period (19); "" where not known."""
    known = [f"{moment_name(name)}\xa0({number(count)})" for name, count in counts.items() if count]
    return listed(known) if known else ""


def times(shares: dict[str, float]) -> str:
    """The same as shares, the larger first: 62 % a calm time, 30 % a busy period; "" where it may not be told."""
    ordered = sorted(shares.items(), key=lambda entry: -entry[1])
    return ", ".join(
        # L10N: 62 % a calm time
        _("%(share)s %(time)s", share=words.share(value), time=moment_name(name))
        for name, value in ordered
    )
