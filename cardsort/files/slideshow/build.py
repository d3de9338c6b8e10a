"""The file of slides: a story's pages in, the bytes of a PPTX out."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import pptx
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.presentation import Presentation
from pptx.util import Pt

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.files.slideshow import look
from cardsort.files.slideshow.kinds import LEGEND, put
from cardsort.files.slideshow.look import MARGIN, Room, Run, runs_of
from cardsort.files.slideshow.sheet import Sheet
from cardsort.language import present
from cardsort.story.facts import ReportFacts
from cardsort.story.handout import Page

MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  no time of making, so equal slides give equal files
LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
TITLE_ONLY = 5  # of the layouts that the library brings
FOOT = Room(MARGIN, 508, look.WIDTH - 2 * MARGIN, 18)
THEME = {
    "dk1": look.INK,
    "lt1": look.PAPER,
    "dk2": look.MUTED,
    "lt2": look.LINE,
    "accent1": look.COLOURS[Group.IT],
    "accent2": look.COLOURS[Group.CUSTOMERS],
    **{f"accent{number}": colour for number, colour in enumerate(look.SUITS.values(), start=3)},
}
EMPTY = (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES, RT.PRINTER_SETTINGS)  # of another presentation


def build_slides(pages: Sequence[Page], deck: Deck, facts: ReportFacts) -> bytes:
    """One slide a page, with what to say in its notes. The same input gives the same bytes."""
    language = deck.language if LANGUAGE.fullmatch(deck.language) else present()  # a deck may call it anything
    file = _prepare(facts, language)
    suits = {suit.letter: suit.name for suit in deck.suits}
    for page in pages:
        slide = file.slides.add_slide(file.slide_layouts[0])
        sheet = Sheet(slide, language)
        put(page.slide, sheet, suits)
        if legend := getattr(page.slide, "legend", ()):
            sheet.words(LEGEND, runs_of(legend, quiet=True), largest=look.SMALL)
        if facts.mark:
            sheet.words(FOOT, (Run(facts.mark, look.MUTED),), largest=11)
        sheet.notes(page.notes)
    out = io.BytesIO()
    file.save(out)
    return _undated(out.getvalue())


def _prepare(facts: ReportFacts, language: str) -> Presentation:
    """An empty file in our look: one layout, wide slides, our colours and typeface."""
    file = pptx.Presentation()
    file.slide_width, file.slide_height = Pt(look.WIDTH), Pt(look.HEIGHT)
    for layout in [one for number, one in enumerate(file.slide_layouts) if number != TITLE_ONLY]:
        file.slide_layouts.remove(layout)
    _dress(file)
    for part in (file.part, file.part.package):
        for name in [name for name, one in _relations(part) if one.reltype in EMPTY]:
            part.drop_rel(name)
    about = file.core_properties
    about.title, about.author = look.clean(facts.title), look.clean(facts.organisation) or "Cardsort"
    about.last_modified_by, about.comments, about.language = "Cardsort", "", language
    about.created = about.modified = MADE
    return file


def _relations(part: Any) -> list[tuple[str, Any]]:
    return list(part._rels.items())  # noqa: SLF001  the package has no public way to its own


def _dress(file: Presentation) -> None:
    master: Any = file.slide_master
    for shape in master.placeholders:  # made for slides of 4:3
        shape.left, shape.width = (round(length * look.WIDTH / 720) for length in (shape.left, shape.width))
    title = master.placeholders[0]
    title.left, title.top, title.width, title.height = (Pt(length) for length in look.TITLE)
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    theme = master.part.part_related_by(RT.THEME)
    theme._blob = _themed(theme.blob)  # noqa: SLF001  the library keeps themes as they are


def _themed(blob: bytes) -> bytes:
    text = blob.decode()
    for name, colour in THEME.items():
        text = re.sub(f"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', text)
    return re.sub(r'<a:latin typeface="Calibri"', f'<a:latin typeface="{look.FACE}"', text).encode()


def _undated(data: bytes) -> bytes:
    """The same file with no time of making in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
