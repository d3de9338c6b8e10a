"""Where a restored workshop's ballots came from, as its archive tells it beside them: checked against these ballots.

The archive leaves the source of single ballots blank where it would tell too much, so they alone cannot say it again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from cardsort.domain.ballots import Group, Kind
from cardsort.domain.errors import InvalidArchive
from cardsort.domain.sources import Sources
from cardsort.language import _
from cardsort.store.batches import Placed

COUNTS = {one.name for one in fields(Sources)}
LATER = {"withdrawn"}  # not told by archives from before it was counted
PLACE = {"round", "group", "kind"}
LARGEST = 2**31 - 1


def read_sources(entries: Any, placed: Sequence[Placed], number: int) -> list[dict[str, Any]]:
    """What is kept of a round: a count of each source for every group and kind that has ballots in it.

    `entries` None: the archive does not tell it. InvalidArchive where the counts are not those of the ballots.
    """
    counted = Counter((one.slot.group, one.slot.kind) for one in placed if one.slot.round_number == number)
    if entries is None:
        unknown = {place: asdict(Sources(unknown=count)) for place, count in counted.items()}
        return [{"group": group.value, "kind": kind.value, **counts} for (group, kind), counts in unknown.items()]
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        raise InvalidArchive(_("The part “sources” has another form than an archive’s."))
    of_round = [
        {name: entry[name] for name in entry if name != "round"} for entry in entries if entry["round"] == number
    ]
    told = [(entry["group"], entry["kind"], _sources(entry).n) for entry in of_round]
    if sorted(told) != sorted((group.value, kind.value, count) for (group, kind), count in counted.items()):
        raise InvalidArchive(
            _("The part “sources” does not fit the ballots of round %(round)s. Fetch the archive again.", round=number)
        )
    return of_round


def _sources(entry: dict[str, Any]) -> Sources:
    return Sources(**{name: entry.get(name, 0) for name in COUNTS})


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) | LATER == PLACE | COUNTS
        and entry["group"] in tuple(Group)
        and entry["kind"] in tuple(Kind)
        and all(type(entry[name]) is int and 0 <= entry[name] <= LARGEST for name in set(entry) - {"group", "kind"})
    )
