"""The document around the story: pages, header and footer with "page x of y", outline, metadata."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from cardsort.report import fonts, style, text
from cardsort.report.tags import TaggedCanvas, marked

EXAMPLE = "Example workshop: invented answers"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page, and what the file says of itself; `day` None = no date of its own."""

    title: str
    author: str
    foot: str
    example: bool
    language: str
    paper: tuple[float, float]
    day: date | None = None


def room(paper: tuple[float, float]) -> tuple[float, float]:
    """Width and height of the text on a page."""
    return paper[0] - 2 * style.MARGIN, paper[1] - style.HEAD - style.FOOT


def render(story: Callable[[], list[Flowable]], furniture: Furniture) -> bytes:
    """The file's bytes. The story is set twice: the first time to count the pages."""
    fonts.register()
    counted = _build(story(), furniture, None)[1]
    return _build(story(), furniture, counted)[0]


def _build(story: list[Flowable], furniture: Furniture, pages: int | None) -> tuple[bytes, int]:
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=furniture.paper,
        pageTemplates=[_template(furniture, pages)],
        title=text.clean(furniture.title),
        author=text.clean(furniture.author),
        subject="What IT thinks its customers would choose, and what they chose",
        creator="Cardsort",
        producer="Cardsort",
        lang=furniture.language,
        invariant=1,
        initialFontName=fonts.REGULAR,
    )
    document._doSave = pages is not None  # type: ignore[attr-defined] # noqa: SLF001 - nobody reads the first pass
    document.build(story, canvasmaker=TaggedCanvas)
    return buffer.getvalue(), document.page


def _template(furniture: Furniture, pages: int | None) -> PageTemplate:
    width, height = room(furniture.paper)
    frame = Frame(style.MARGIN, style.FOOT, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def decorate(canvas: Any, document: Any) -> None:
        if furniture.day:
            canvas.setDateFormatter(partial(_stamp, furniture.day))
        canvas.saveState()
        with marked(canvas, None):
            _header(canvas, furniture, document.page)
            _footer(canvas, furniture, document.page, pages)
        canvas.restoreState()

    return PageTemplate("page", [frame], onPage=decorate)


def _stamp(day: date, *_clock: int) -> str:
    """The file's date in PDF's form, from the report's facts instead of a clock."""
    return f"D:{day:%Y%m%d}000000Z"


def _header(canvas: Any, furniture: Furniture, page: int) -> None:
    width, height = furniture.paper
    y = height - style.HEAD + 22
    if furniture.example:
        look = style.style(8, 10, fonts.SEMIBOLD, style.CAUTION)
        text.draw(canvas, (width - style.MARGIN, y), EXAMPLE, look, "right")
    if page > 1:
        left = text.fitted(furniture.title, fonts.REGULAR, 8, (width - 2 * style.MARGIN) * 0.6)
        text.draw(canvas, (style.MARGIN, y), left, style.SMALL)


def _footer(canvas: Any, furniture: Furniture, page: int, pages: int | None) -> None:
    width, _height = furniture.paper
    y = style.FOOT - 24
    text.draw(canvas, (style.MARGIN, y), furniture.foot, style.SMALL)
    text.draw(canvas, (width - style.MARGIN, y), f"Page {page} of {pages or page}", style.SMALL, "right")
