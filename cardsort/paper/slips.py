"""One-time codes as slips to cut out: ten to a page, each with its code, a QR code, the address and a sentence."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from cardsort.language import _, ngettext
from cardsort.paper.invitation import QrCode
from cardsort.paper.kit import document, fonts, prose, style, text
from cardsort.paper.kit.structure import Element
from cardsort.paper.kit.tags import marked

ACROSS, DOWN = 2, 5
EDGE = 28.0  # of the paper, where printers do not print
PAD, QR_SIDE = 12.0, 106.0
NAME = style.style(9, 11, fonts.SEMIBOLD)
SMALL = style.style(8.5, 11)
QUIET = style.style(7.5, 9.5, colour=style.MUTED)
CODE = style.style(19, 22, fonts.BOLD)


@dataclass(frozen=True, slots=True)
class Slips:
    """What stands on the slips; `address` is the voting link to which each code is added, `host` what people type."""

    title: str
    organisation: str
    host: str
    address: str
    codes: tuple[str, ...]
    language: str = "en"


def build_slips(slips: Slips, *, paper: str = "a4") -> bytes:
    """The slips in the order of the codes; one empty page where there is none. KeyError for another paper."""
    size = style.PAPERS[paper]
    furniture = document.Furniture(
        title=_("%(workshop)s: one-time codes", workshop=slips.title),
        author=slips.organisation or "Cardsort",
        foot="",
        mark="",
        language=slips.language,
        paper=size,
        subject=ngettext(
            "%(n)s slip to cut out, ten to a page", "%(n)s slips to cut out, ten to a page", len(slips.codes)
        ),
    )
    each = ACROSS * DOWN
    sheets = [slips.codes[start : start + each] for start in range(0, len(slips.codes), each)] or [()]
    return document.draw_pages([partial(_draw, slips=slips, codes=codes, paper=size) for codes in sheets], furniture)


def _draw(canvas: Any, slips: Slips, codes: tuple[str, ...], paper: tuple[float, float]) -> None:
    width, height = (paper[0] - 2 * EDGE) / ACROSS, (paper[1] - 2 * EDGE) / DOWN
    with marked(canvas, None):
        _draw_cuts(canvas, width, height)
    for number, code in enumerate(codes):
        row, column = divmod(number, ACROSS)
        element = canvas.parent.add(Element("P"))
        with marked(canvas, element):
            _draw_slip(canvas, slips, code, (EDGE + column * width, EDGE + (DOWN - 1 - row) * height), (width, height))


def _draw_slip(canvas: Any, slips: Slips, code: str, corner: tuple[float, float], size: tuple[float, float]) -> None:
    x, y = corner[0] + PAD + QR_SIDE + 6, corner[1] + size[1] / 2
    QrCode(f"{slips.address}#{code}", QR_SIDE, mask=3).drawOn(canvas, corner[0] + PAD, y - QR_SIDE / 2)
    room = corner[0] + size[0] - PAD - x
    points = min(1, room / text.width(slips.host, fonts.SEMIBOLD, SMALL.fontSize)) * SMALL.fontSize  # never cut off
    host = style.style(points, SMALL.leading, fonts.SEMIBOLD)
    lines = (
        (44, text.fitted(slips.title, NAME.fontName, NAME.fontSize, room), NAME),
        (26, _("Scan, or open"), SMALL),
        (14, slips.host, host),
        (2, _("and type"), SMALL),
        (-19, code, CODE),
    )
    for rise, words, look in lines:
        text.draw(canvas, (x, y + rise), words, look)
    kept = prose.say(_("This code counts once. It is not kept with what you answer."), QUIET)
    _width, height = kept.wrap(room, size[1])
    kept.drawOn(canvas, x, y - 28 - height)


def _draw_cuts(canvas: Any, width: float, height: float) -> None:
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(style.HAIR)
    canvas.setDash(*style.DASH)
    for column in range(ACROSS + 1):
        x = EDGE + column * width
        canvas.line(x, EDGE, x, EDGE + DOWN * height)
    for row in range(DOWN + 1):
        y = EDGE + row * height
        canvas.line(EDGE, y, EDGE + ACROSS * width, y)
    canvas.setDash()
