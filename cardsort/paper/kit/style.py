"""The one style sheet for paper: colours, sizes, spaces, paragraph styles. All lengths in points."""

from functools import lru_cache

from reportlab.lib.colors import Color, toColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle

from cardsort.domain.ballots import Group
from cardsort.language import N_
from cardsort.paper.kit import fonts

PAPERS: dict[str, tuple[float, float]] = {"a4": A4, "letter": LETTER}

INK, MUTED, LINE = "#1C2126", "#5A636C", "#D9D5CB"
IT, CUSTOMERS = "#1F4E79", "#B4410E"
COLOURS, SIGNS = {Group.IT: IT, Group.CUSTOMERS: CUSTOMERS}, {Group.IT: "□", Group.CUSTOMERS: "●"}
SPOKEN = {SIGNS[Group.IT]: N_("IT"), SIGNS[Group.CUSTOMERS]: N_("customers")}
CAUTION = "#8A4B00"
SUITS = {"A": "#5B3A8E", "B": "#7A5200", "C": "#0B6B5D", "S": "#9B1D54"}

MARGIN, HEAD, FOOT = 54.0, 56.0, 54.0
GUTTER = 16.0
HAIR, FINE, FIRM = 0.5, 0.9, 1.6
DASH = (3.2, 2.2)
CORNER = 7.0
EDGE = "#8C8A82"  # outline of a card


@lru_cache(maxsize=64)
def paint(colour: str) -> Color:
    """The colour as reportlab uses it; a string would be read anew each time."""
    found: Color = toColor(colour)
    return found


def suit_colour(letter: str) -> str:
    """The colour of a card's corner, index and icon."""
    return SUITS.get(letter, INK)


@lru_cache(maxsize=1024)
def style(
    size: float,
    leading: float,
    face: str = fonts.REGULAR,
    colour: str = INK,
    *,
    before: float = 0,
    after: float = 0,
    right: bool = False,
    keep: bool = False,
    indent: float = 0,
) -> ParagraphStyle:
    """One paragraph style; `keep` holds it on the page of what follows, `indent` shortens its lines."""
    return ParagraphStyle(
        f"{face} {size:g}",
        fontName=face,
        fontSize=size,
        leading=leading,
        textColor=paint(colour),
        spaceBefore=before,
        spaceAfter=after,
        alignment=TA_RIGHT if right else TA_LEFT,
        keepWithNext=keep,
        rightIndent=indent,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


HEADING = style(20, 25, fonts.SEMIBOLD, before=18, after=6, keep=True)
SUBHEADING = style(13, 17, fonts.SEMIBOLD, before=14, after=4, keep=True)
TEXT = style(9.5, 13, after=6)
QUIET = style(9, 12, colour=MUTED)
SMALL = style(8, 10.5, colour=MUTED)
STRONG = style(9.5, 13, fonts.SEMIBOLD)
