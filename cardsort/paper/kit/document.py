"""The document around the story: pages, header and footer with "page x of y", outline, metadata."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from cardsort.language import _
from cardsort.paper.kit import fonts, style, text
from cardsort.paper.kit.tags import TaggedCanvas, marked

FOOT_DROP = 24  # points from the text's lower edge to the foot's line


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page, and what the file says of itself; `mark` "" = nothing to be warned of, `day` None = no
    date of its own.
    """

    title: str
    author: str
    foot: str
    mark: str
    language: str
    paper: tuple[float, float]
    day: date | None = None
    subject: str = ""


def room(paper: tuple[float, float]) -> tuple[float, float]:
    """Width and height of the text on a page."""
    return paper[0] - 2 * style.MARGIN, paper[1] - style.HEAD - style.FOOT


def render(story: list[Flowable], furniture: Furniture) -> bytes:
    """The file's bytes; the story is set once, and the number of pages written when it is known."""
    fonts.register()
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=furniture.paper,
        pageTemplates=[_template(furniture)],
        title=text.clean(furniture.title),
        author=text.clean(furniture.author),
        subject=furniture.subject,
        creator="Cardsort",
        producer="Cardsort",
        lang=furniture.language,
        invariant=1,
        initialFontName=fonts.REGULAR,
    )
    document.build(story, canvasmaker=TaggedCanvas)
    return buffer.getvalue()


def draw_pages(pages: Sequence[Callable[[Any], None]], furniture: Furniture) -> bytes:
    """A file of pages that each draw themselves, without header and footer; `furniture.foot` is not printed."""
    fonts.register()
    buffer = BytesIO()
    canvas: Any = TaggedCanvas(
        buffer, pagesize=furniture.paper, invariant=1, lang=furniture.language, initialFontName=fonts.REGULAR
    )
    canvas.setTitle(text.clean(furniture.title))
    canvas.setAuthor(text.clean(furniture.author))
    canvas.setSubject(furniture.subject)
    canvas.setCreator("Cardsort")
    canvas.setProducer("Cardsort")
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _template(furniture: Furniture) -> PageTemplate:
    width, height = room(furniture.paper)
    frame = Frame(style.MARGIN, style.FOOT, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def decorate(canvas: Any, document: Any) -> None:
        canvas.numbering = partial(_number, furniture)
        if furniture.day:
            canvas.setDateFormatter(partial(_stamp, furniture.day))
        canvas.saveState()
        with marked(canvas, None):
            _header(canvas, furniture, document.page)
            text.draw(canvas, (style.MARGIN, style.FOOT - FOOT_DROP), furniture.foot, style.SMALL)
        canvas.restoreState()

    return PageTemplate("page", [frame], onPage=decorate)


def _stamp(day: date, *_clock: int) -> str:
    """The file's date in PDF's form, from the report's facts instead of a clock."""
    return f"D:{day:%Y%m%d}000000Z"


def _header(canvas: Any, furniture: Furniture, page: int) -> None:
    width, height = furniture.paper
    y = height - style.HEAD + 22
    if furniture.mark:
        look = style.style(8, 10, fonts.SEMIBOLD, style.CAUTION)
        text.draw(canvas, (width - style.MARGIN, y), furniture.mark, look, "right")
    if page > 1:
        left = text.fitted(furniture.title, fonts.REGULAR, 8, (width - 2 * style.MARGIN) * 0.6)
        text.draw(canvas, (style.MARGIN, y), left, style.SMALL)


def _number(furniture: Furniture, canvas: Any, page: int, pages: int) -> None:
    width, _height = furniture.paper
    spot = (width - style.MARGIN, style.FOOT - FOOT_DROP)
    text.draw(canvas, spot, _("Page %(page)s of %(pages)s", page=page, pages=pages), style.SMALL, "right")
