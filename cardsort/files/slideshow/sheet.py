"""One slide of the file: words, rectangles, ovals, lines and tables go onto it here, each in its room.

What a shape shows beyond its words is said in its alternative text; whatever adds nothing is marked as decoration, so
that a screen reader passes over it. Shapes are read in the order in which they are put.
"""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from cardsort.domain.ballots import Group
from cardsort.files.slideshow import look
from cardsort.files.slideshow.look import Room, Run, Runs
from cardsort.language import present

Row = Sequence[tuple[Sequence[Runs], str | None]]  # of a table: each cell's words and its ground
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
DECORATION = (
    f'<a:extLst xmlns:a="{DRAWING}">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
EDGE = f'<a:lnB xmlns:a="{DRAWING}" w="9525"><a:solidFill><a:schemeClr val="bg2"/></a:solidFill></a:lnB>'
THEME = {  # whoever chooses other colours for the file chooses them for all slides at once
    look.PAPER: MSO_THEME_COLOR.BACKGROUND_1,
    look.INK: MSO_THEME_COLOR.TEXT_1,
    look.MUTED: MSO_THEME_COLOR.TEXT_2,
    look.LINE: MSO_THEME_COLOR.BACKGROUND_2,
    look.COLOURS[Group.IT]: MSO_THEME_COLOR.ACCENT_1,
    look.COLOURS[Group.CUSTOMERS]: MSO_THEME_COLOR.ACCENT_2,
    look.SUITS["A"]: MSO_THEME_COLOR.ACCENT_3,
    look.SUITS["B"]: MSO_THEME_COLOR.ACCENT_4,
    look.SUITS["C"]: MSO_THEME_COLOR.ACCENT_5,
    look.SUITS["S"]: MSO_THEME_COLOR.ACCENT_6,
}


class Sheet:
    """A slide of the file, to be filled; `language` is that of cards and of what people typed."""

    def __init__(self, slide: Slide, language: str) -> None:
        self._slide, self._language = slide, language

    def title(
        self,
        words: str,
        room: Room | None = None,
        *,
        largest: float = look.HEADLINE,
        group: Group | None = None,
        own: bool = False,
    ) -> None:
        """The slide's title, by which it is found in outlines; elsewhere than at the top in that room. `group`: whose
        list the slide shows.
        """
        shape: Any = self._slide.shapes.title
        if room:
            shape.left, shape.top, shape.width, shape.height = _emu(room)
        run = Run(words, look.COLOURS[group] if group else look.INK, bold=True, own=own)
        size = look.fit([(run,)], room or look.TITLE, largest)
        self._fill(shape.text_frame, [(run,)], size)
        if group:
            self.sign(group, look.TITLE.x - look.GUTTER, look.TITLE.y + size * look.LEADING / 2, size / 2)

    def words(
        self,
        room: Room,
        *paragraphs: Runs,
        largest: float = look.TEXT,
        anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
        align: PP_ALIGN = PP_ALIGN.LEFT,
        aloud: str = "",
    ) -> None:
        """Words in a room of their own, as large as they fit and at most so large; `aloud`: what its signs mean."""
        shape: Any = self._slide.shapes.add_textbox(*_emu(room))
        self._fill(shape.text_frame, paragraphs, look.fit(paragraphs, room, largest), align)
        shape.text_frame.vertical_anchor = anchor
        shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE  # else programs make it as high as they find its words
        if aloud:
            _describe(shape, aloud)

    def card(self, room: Room, runs: Runs, size: float) -> None:
        """A row with words in it."""
        shape = self._rectangle(room, look.WHITE, look.LINE, MSO_SHAPE.ROUNDED_RECTANGLE)
        shape.adjustments[0] = 6 / min(room.width, room.height)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._fill(shape.text_frame, [runs], size, inset=look.GUTTER / 3)

    def face(self, room: Room) -> None:
        """The empty face of a card, below all that was put before."""
        shape = self._rectangle(room, look.WHITE, look.LINE, MSO_SHAPE.ROUNDED_RECTANGLE)
        shape.adjustments[0] = 10 / min(room.width, room.height)
        _decorate(shape)
        tree: Any = self._slide.shapes._spTree  # noqa: SLF001  the library cannot reorder; the face lies below its words
        tree.remove(shape._element)  # noqa: SLF001
        tree.insert(2, shape._element)  # noqa: SLF001

    def bar(self, room: Room, group: Group, part: float) -> None:
        """How much of the whole: filled for customers, open and dashed for IT."""
        _decorate(self._rectangle(room, None, look.LINE))
        if part > 0:
            self._of_group(MSO_SHAPE.RECTANGLE, room._replace(width=room.width * part), group)

    def sign(self, group: Group, x: float, y: float, size: float) -> None:
        """The group's sign around that point: a filled dot, or an open square."""
        kind = MSO_SHAPE.OVAL if group is Group.CUSTOMERS else MSO_SHAPE.RECTANGLE
        self._of_group(kind, Room(x - size / 2, y - size / 2, size, size), group, dashed=False)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str = look.LINE,
        weight: float = look.HAIR,
        *,
        dashed: bool = False,
        aloud: str = "",
    ) -> None:
        """A straight line; `aloud`: what the picture says whose first line it is."""
        ends = [Pt(length) for length in (*start, *end)]
        shape: Any = self._slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        _flat(shape)
        _stroke(shape.line, colour, weight, dashed=dashed)
        if aloud:
            _describe(shape, aloud)
        else:
            _decorate(shape)

    def table(self, room: Room, rows: Sequence[Row], first: float, head: float, sizes: tuple[float, float]) -> None:
        """A table whose first row, so high, names the columns, and whose first column, so wide, names the rows;
        `sizes`: of the words in the first row, and in the others.
        """
        columns = len(rows[0])
        frame: Any = self._slide.shapes.add_table(len(rows), columns, *_emu(room))
        table = frame.table
        table.first_row, table.first_col, table.horz_banding = True, True, False
        frame._element.graphic.graphicData.tbl.tblPr.find(  # noqa: SLF001  the library has no word for a table's style
            qn("a:tableStyleId")
        ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
        for number, column in enumerate(table.columns):
            column.width = Pt(first if not number else (room.width - first) / (columns - 1))
        for at, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
            row.height = Pt((room.height - head) / (len(rows) - 1) if at else head)
            for number, (cell, (words, ground)) in enumerate(zip(row.cells, cells, strict=True)):
                align = PP_ALIGN.CENTER if number else PP_ALIGN.LEFT
                self._fill(cell.text_frame, words, sizes[at > 0], align, inset=None)
                _ground(cell, ground)

    def notes(self, paragraphs: Sequence[str]) -> None:
        """What to say, for whoever presents."""
        notes: Any = self._slide.notes_slide
        for shape in list(notes.placeholders):
            if shape.has_text_frame and shape != notes.notes_placeholder:  # the page's number: it would be empty
                shape._element.getparent().remove(shape._element)  # noqa: SLF001
        self._runs(notes.notes_text_frame, [(Run(text),) for text in paragraphs])

    def _rectangle(self, room: Room, fill: str | None, edge: str, kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE) -> Any:
        shape: Any = self._slide.shapes.add_shape(kind, *_emu(room))
        _flat(shape)
        _paint(shape.fill, fill)
        _stroke(shape.line, edge, look.HAIR)
        return shape

    def _of_group(self, kind: MSO_SHAPE, room: Room, group: Group, *, dashed: bool = True) -> None:
        shape: Any = self._slide.shapes.add_shape(kind, *_emu(room))
        filled = group is Group.CUSTOMERS
        _flat(shape)
        _paint(shape.fill, look.COLOURS[group] if filled else look.PAPER)
        _stroke(shape.line, look.COLOURS[group], look.FIRM, dashed=dashed and not filled)
        _decorate(shape)

    def _fill(
        self,
        frame: Any,
        paragraphs: Sequence[Runs],
        size: float,
        align: PP_ALIGN = PP_ALIGN.LEFT,
        inset: float | None = 0.0,
    ) -> None:
        frame.word_wrap = True
        if inset is not None:
            frame.margin_left = frame.margin_right = Pt(inset)
            frame.margin_top = frame.margin_bottom = 0
        self._runs(frame, paragraphs, size, align)

    def _runs(
        self, frame: Any, paragraphs: Sequence[Runs], size: float | None = None, align: PP_ALIGN | None = None
    ) -> None:
        for number, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            if number and size:
                paragraph.space_before = Pt(size * look.PARAGRAPH)
            self._direct(paragraph, runs, align)
            for run in runs:
                self._run(paragraph.add_run(), run, size)

    @staticmethod
    def _direct(paragraph: Any, runs: Runs, align: PP_ALIGN | None) -> None:
        if align is not None:
            paragraph.alignment = align
        if look.from_right("".join(run.text for run in runs)):
            paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001  the library has no word for it
            paragraph.alignment = PP_ALIGN.RIGHT if align is PP_ALIGN.LEFT else align

    def _run(self, made: Any, run: Run, size: float | None) -> None:
        made.text = look.clean(run.text)
        made._r.get_or_add_rPr().set("lang", self._language if run.own else present())  # noqa: SLF001  any, not a listed one
        if size:
            made.font.size, made.font.bold, made.font.italic = Pt(size), run.bold, run.italic
            _colour(made.font.color, run.colour)


def _emu(room: Room) -> tuple[Pt, Pt, Pt, Pt]:
    return Pt(room.x), Pt(room.y), Pt(room.width), Pt(room.height)


def _describe(shape: Any, words: str) -> None:
    shape._element._nvXxPr.cNvPr.set("descr", look.clean(words))  # noqa: SLF001  the library has no word for it


def _decorate(shape: Any) -> None:
    shape._element._nvXxPr.cNvPr.append(parse_xml(DECORATION))  # noqa: SLF001  nor for this


def _colour(made: Any, colour: str) -> None:
    if colour in THEME:
        made.theme_color = THEME[colour]
    else:
        made.rgb = RGBColor(*bytes.fromhex(colour[1:]))  # type: ignore[no-untyped-call]


def _flat(shape: Any) -> None:
    """Without the theme's shadow."""
    shape._element.remove(shape._element.find(qn("p:style")))  # noqa: SLF001  as the library has no word for it


def _paint(fill: Any, colour: str | None) -> None:
    if colour is None:
        fill.background()
    else:
        fill.solid()
        _colour(fill.fore_color, colour)


def _stroke(line: Any, colour: str, weight: float, *, dashed: bool = False) -> None:
    _colour(line.color, colour)
    line.width = Pt(weight)
    line.dash_style = MSO_LINE.DASH if dashed else MSO_LINE.SOLID


def _ground(cell: Any, colour: str | None) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _paint(cell.fill, colour)
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(EDGE))  # noqa: SLF001  the library has no word for a cell's edge
