"""What people said beside their order, as far as it may be told: on pages, on paper, in files and in archives.

Whoever knows a remark must not find the ballot that it came with. So a remark that somebody wrote to several of their
first cards is told with one of them only: under all three it would tell which ballot has these three on top.

What the facilitator withholds is told nowhere, only how many remarks that are. It is known by its letters, not by its
ballot: who withholds a remark learns nothing of where it came from, and the same words of somebody else go with it.
"""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cardsort.analysis.suppression import may_show, may_tell, shown_segments
from cardsort.domain.ballots import Moment, Reason
from cardsort.domain.sources import Source, count_sources

Came = Source | str | None
Card = TypeVar("Card", str, int)
Remark = tuple[str, Came]  # the words, and how their ballot came
GONE = "…"  # in the place of a remark that an archive does not tell: it is withheld for good


@dataclass(frozen=True, slots=True)
class Told:
    """The words in alphabetical order, and how many remarks beside them are withheld."""

    words: tuple[str, ...] = ()
    withheld: int = 0


def tell_remarks(remarks: Sequence[Remark], k: int, withheld: Collection[bytes]) -> Told:
    """What may be told where enough people wrote something, else nothing; `withheld` are marks of words.

    Who wrote what is withheld counts among these people: else one remark that is withheld would take others with it.
    """
    if not may_show(count_sources((came, 1) for _, came in remarks), k):
        return Told()
    words = tuple(sorted(words for words, _ in remarks if mark_of_words(words) not in withheld))
    return Told(words, len(remarks) - len(words))


def divide_remarks(remarks: Mapping[str, Sequence[Remark]], k: int) -> dict[str, list[Remark]]:
    """What was written, by whoever wrote it, last what is told without a name (""): where too few of one name wrote, or
    the others would be too few without theirs.
    """
    names = [name for name in remarks if name]
    sources = [count_sources((came, 1) for _, came in remarks[name]) for name in names]
    total = count_sources((came, 1) for those in remarks.values() for _, came in those)
    named = {name for name, show in zip(names, shown_segments(sources, total, k), strict=True) if show}
    others = [remark for name, those in remarks.items() if name not in named for remark in those]
    return {name: list(those) for name, those in remarks.items() if name in named} | {"": others}


def mark_of_words(words: str) -> bytes:
    """By what words are known that are withheld; the same for words that differ in spaces, capitals and signs only."""
    return hashlib.sha256(_essence(words).encode()).digest()


def remarks_by_card(
    ballots: Iterable[tuple[Sequence[Card], Sequence[Reason], Came]], *, apart: bool
) -> dict[Card, list[Remark]]:
    """What was written to each card, from ballots' rankings, reasons and sources.

    `apart`: the remarks stand with any ballots, as in a workshop that was restored; then all of them are told.
    """
    found: dict[Card, list[Remark]] = defaultdict(list)
    for ranking, reasons, came in ballots:
        told: set[str] = set()
        for card, reason in zip(ranking, reasons, strict=False):
            said = _essence(reason.words)
            if reason.words and (apart or said not in told):
                found[card].append((reason.words, came))
                told.add(said)
    return found


def _essence(words: str) -> str:
    """The letters and digits of a remark, by which two are equal; a remark without any as it is."""
    text = unicodedata.normalize("NFKC", words).casefold()
    return "".join(filter(str.isalnum, text)) or "".join(text.split())


def tell_moments(said: Iterable[tuple[str | None, Came]], k: int) -> dict[str, int]:
    """How many said what the time was like; nothing where too few gave one of the answers, or none."""
    came: dict[str | None, list[Came]] = defaultdict(list)
    for moment, source in said:
        came[moment].append(source)
    counts = {answer: count_sources((source, 1) for source in came[answer]) for answer in (*Moment, None)}
    silent = counts.pop(None)
    if not may_tell(counts.values(), silent, k):
        return {}
    return {answer.value: count.n for answer, count in counts.items() if answer and count.n}
