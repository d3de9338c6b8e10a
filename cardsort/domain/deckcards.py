"""The entries of a deck's file become cards: all faults are found at once, each with its place and the remedy."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cardsort.domain.cards import TEXTS, TITLE_LENGTH, TRANSLATION, Card, Lens, size_fault, visible
from cardsort.domain.errors import InvalidDeck
from cardsort.language import N_, _, listed, ngettext

HEADER_FIELDS = ("name", "language", "version", "licence", "source")
CARD_FIELDS = ("code", "title", *TEXTS, "lens", "icon", "suit")
DOUBLED = {  # L10N: %(where)s is “Line 3” or “Card A-07”
    "code": N_("the code “%(text)s” is taken already (%(where)s). Each card needs its own."),
    "title": N_("the title “%(text)s” is taken already (%(where)s). Each card needs its own."),
}
DOUBLED_THERE = N_("%(column)s, “%(text)s”, is taken already (%(where)s). Each card needs its own.")
MOST_FAULTS = 20  # more than that nobody mends in one go


@dataclass(frozen=True, slots=True)
class Entry:
    """One card as its file has it, not checked yet. `where` is its place, "Line 7", or "" where its faults are told
    beside it; `faults`: found there already.
    """

    where: str
    texts: dict[str, str]
    faults: tuple[str, ...] = ()


def make_cards(entries: Sequence[Entry]) -> tuple[Card, ...]:
    """The entries' cards; refused with a sentence for each fault of each entry, in their order."""
    cards, faults = [], []
    for entry, doubled in zip(entries, _doubles(entries), strict=True):
        found: list[str] = []
        try:
            cards.append(_card(entry.texts))
        except InvalidDeck as fault:
            found = list(fault.faults)
        faults += [*(_placed(entry.where, sentence) for sentence in (*found, *doubled)), *entry.faults]
    if fault_of_all := size_fault(len(entries)):
        faults.insert(0, fault_of_all)
    if faults:
        raise InvalidDeck(*_foremost(faults))
    return tuple(cards)


def _placed(where: str, sentence: str) -> str:
    return _("%(where)s: %(fault)s", where=where, fault=sentence) if where else f"{sentence[0].upper()}{sentence[1:]}"


def _foremost(faults: list[str]) -> list[str]:
    left = len(faults) - MOST_FAULTS
    more = ngettext(
        "And %(n)s more. Mend these first, then try again.", "And %(n)s more. Mend these first, then try again.", left
    )
    return faults if left <= 0 else [*faults[:MOST_FAULTS], more]


def _card(texts: dict[str, str]) -> Card:
    words: dict[str, Any] = {"code": "", "title": ""} | texts
    said = sorted((name, words.pop(name)) for name in texts if TRANSLATION.fullmatch(name))
    lens = words.pop("lens", "").casefold()
    faults = [*_lens_faults(lens), *_icon_faults(words.get("icon", ""))]
    try:
        card = Card(**words, lens=None if faults or not lens else Lens(lens), translations=_filled(said))
    except InvalidDeck as fault:
        faults += fault.faults
    if faults:
        raise InvalidDeck(*faults)
    return card


def _lens_faults(lens: str) -> Iterator[str]:
    if lens not in {"", *Lens}:
        yield _(
            "“%(lens)s” is no lens. Write %(lenses)s, or leave it empty.",
            lens=lens[:40],
            lenses=listed(list(Lens), either=True),
        )


def _icon_faults(name: str) -> Iterator[str]:
    if len(name) > TITLE_LENGTH:
        yield _(
            "The name of the icon has %(length)s characters. Shorten it to %(most)s.",
            length=len(name),
            most=TITLE_LENGTH,
        )


def _filled(said: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in said if text)


def _doubles(entries: Sequence[Entry]) -> Iterator[list[str]]:
    """For each entry, what of it stands in an earlier one."""
    first: dict[tuple[str, str], str] = {}
    for entry in entries:
        found = []
        for what in ("code", *(name for name in entry.texts if name == "title" or name.startswith("title_"))):
            text = entry.texts.get(what, "")
            earlier = first.setdefault((what, text.casefold()), entry.where) if text else entry.where
            if earlier != entry.where:
                sentence = DOUBLED.get(what, DOUBLED_THERE)
                found.append(_(sentence, column=what, text=text[:TITLE_LENGTH], where=earlier))
        yield found


def tidy(text: str) -> str:
    """The text on one line, with spaces instead of tabs and line ends, and hidden controls made visible."""
    return visible(re.sub(r"[ \t\r\n]+", " ", text).strip(" \u00a0"))
