"""A line's words as they are set on paper: what is strong, quiet or a group's, and cards by index and title."""

from collections.abc import Iterable

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Card
from cardsort.paper.kit import fonts, prose, style, text
from cardsort.paper.kit.links import Lead
from cardsort.story.blocks import Line, Span, Told, Tone

SIGNED = {Tone.IT, Tone.CUSTOMERS}
WIDE, HELD = " \xa0 ", "\xa0\xa0\xa0"  # before a group's sign; between two, which are not parted at a line's end
LOOKS: dict[Tone, tuple[str, str | None]] = {
    Tone.PLAIN: (fonts.REGULAR, None),
    Tone.STRONG: (fonts.SEMIBOLD, None),
    Tone.QUIET: (fonts.REGULAR, style.MUTED),
    Tone.ASIDE: (fonts.ITALIC, style.MUTED),
    Tone.WARNING: (fonts.SEMIBOLD, style.CAUTION),
    Tone.IT: (fonts.SEMIBOLD, style.IT),
    Tone.CUSTOMERS: (fonts.SEMIBOLD, style.CUSTOMERS),
}


def index_and_title(card: Card, face: str = fonts.SEMIBOLD) -> list[prose.Part]:
    """A card in a line of text: its index in the suit's colour, then its title."""
    return [
        (f"{text.clean(card.code)} ", fonts.SEMIBOLD, style.suit_colour(card.suit)),
        (card.title, face, None),
    ]


def parts_of(line: Iterable[Span], *, signs: bool = True, face: str = fonts.SEMIBOLD) -> list[prose.Part]:
    """The line's words with their faces and colours; `signs`: a group's words stand behind its sign;
    `face`: that of cards' titles.
    """
    found: list[prose.Part] = []
    before = False
    for span in line:
        of_group = isinstance(span, Told) and span.tone in SIGNED
        gap = (HELD if before else WIDE) if of_group and signs else " "
        found += [(gap, fonts.REGULAR, None)] if found else []
        before = of_group
        found += index_and_title(span, face) if isinstance(span, Card) else [_told(span, signed=of_group and signs)]
    return found


def _told(told: Told, *, signed: bool) -> prose.Part:
    sign = f"{style.SIGNS[Group(told.tone)]}\xa0" if signed else ""
    face, colour = LOOKS[told.tone]
    return f"{sign}{told.text}", face, colour


def lead_of(line: Line) -> Lead | None:
    """Where a line leads that names a card."""
    return next((Lead(span.code) for span in line if isinstance(span, Card)), None)
