"""What cannot be printed is said while it is entered, not when it is on paper."""

import re
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from cardsort.domain.cards import Deck
from cardsort.domain.settings import Settings
from cardsort.language import _, ngettext
from cardsort.paper.kit import folder

NAMED = 8  # characters that the sentence names
_SURELY = re.compile("[\\s -~\xa0-\u017f‘-”–—…€]*")  # our fonts have them; no font is opened to know


def use_fonts(of: Path | None) -> None:
    """Take letters that our own fonts lack from the fonts in that folder."""
    folder.choose(of)


def unprintable(*entered: Deck | Settings | str) -> str:
    """A sentence with the characters that no font has, "" where all can be printed."""
    doubtful = "".join(text for text in _texts(entered) if not _SURELY.fullmatch(text))
    if not doubtful:
        return ""
    from cardsort.paper.kit.text import unprintable as lacking

    found = lacking(doubtful)
    if not found:
        return ""
    signs, more = " ".join(found[:NAMED]), len(found) - NAMED
    if more > 0:
        return ngettext(
            "No font here has %(signs)s and %(n)s more: on paper � stands for them. Whoever runs Cardsort can add a "
            "font (CARDSORT_FONTS).",
            "No font here has %(signs)s and %(n)s more: on paper � stands for them. Whoever runs Cardsort can add a "
            "font (CARDSORT_FONTS).",
            more,
            signs=signs,
        )
    return _(
        "No font here has %(signs)s: on paper � stands for them. Whoever runs Cardsort can add a font "
        "(CARDSORT_FONTS).",
        signs=signs,
    )


def _texts(entered: object) -> Iterator[str]:
    if isinstance(entered, Deck | Settings):
        entered = astuple(entered)
    if isinstance(entered, str):
        yield entered
    elif isinstance(entered, tuple):
        for part in entered:
            yield from _texts(part)
