"""What can be read in a file of slides, as python-pptx and a screen reader find it."""

import io
from dataclasses import dataclass

from pptx import Presentation
from pptx.oxml.ns import qn

from cardsort.files.slideshow.build import build_slides
from cardsort.story.handout import tell_handout
from cardsort.story.slides import tell_reveal

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass
class ReadSlide:
    """One slide of the file: its shapes in reading order, and what is said in each."""

    slide: object

    @property
    def title(self):
        return self.slide.shapes.title.text_frame.text

    @property
    def notes(self):
        return self.slide.notes_slide.notes_text_frame.text.split("\n")

    @property
    def frames(self):
        """The words of each shape, and of each cell of a table."""
        for shape in self.slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                yield shape.text_frame
            elif shape.has_table:
                yield from (cell.text_frame for row in shape.table.rows for cell in row.cells)

    @property
    def runs(self):
        return [run for frame in self.frames for paragraph in frame.paragraphs for run in paragraph.runs]

    @property
    def text(self):
        return "\n".join(frame.text for frame in self.frames)

    @property
    def aloud(self):
        """What shapes say beyond their words."""
        return [described for shape in self.slide.shapes if (described := description(shape))]


def description(shape):
    return named(shape).get("descr", "")


def decorative(shape):
    return any(True for _ in named(shape).iter(DECORATIVE))


def named(shape):
    return next(shape._element.iter(qn("p:cNvPr")))


def made(found, own=()):
    """The file of a result."""
    slides = tell_reveal(found.comparison, found.deck, found.facts)
    return build_slides(tell_handout(slides, dict(own)), found.deck, found.facts)


def read_slides(data):
    return [ReadSlide(slide) for slide in Presentation(io.BytesIO(data)).slides]
