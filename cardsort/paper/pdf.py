"""The printed report: a frozen comparison in, the bytes of a PDF out."""

import re
import unicodedata
from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreakIfNotEmpty, Spacer

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.language import present
from cardsort.paper.blocks import Room, is_whole, set_part
from cardsort.paper.firstpage import Page, first_page
from cardsort.paper.kit import document, style
from cardsort.paper.kit.logo import Logo, prepare_logo
from cardsort.story.blocks import Front, Part
from cardsort.story.facts import ReportFacts, subject
from cardsort.story.parts import APPENDIX, tell

NAME_LENGTH = 60
FEWEST = 2  # parts: with no list to show, what the first page leaves is enough for the other
_UNDIVIDED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})


def build_pdf(
    comparison: Comparison,
    deck: Deck,
    facts: ReportFacts,
    *,
    paper: str = "a4",
    parts: frozenset[str] | None = None,
    logo: bytes | None = None,
) -> bytes:
    """The report on "a4" or "letter" paper. The same input gives the same bytes. KeyError for another paper.

    `parts`: names of story.parts.CHAPTERS; None = all that there is data for. `logo`: a PNG or JPEG as it was uploaded;
    InvalidInput for anything else.
    """
    size = style.PAPERS[paper]
    furniture = document.Furniture(
        title=facts.title,
        author=facts.organisation or "Cardsort",
        foot=f"Cardsort {facts.version}".strip(),
        mark=facts.mark,
        language=present(),
        paper=size,
        day=facts.date,
        subject=subject(),
    )
    picture = prepare_logo(logo) if logo is not None else None
    told = tell(comparison, deck, facts, parts)
    return document.render(_set(told, Room(*document.room(size)), picture), furniture)


def _set(told: Sequence[Part], room: Room, logo: Logo | None) -> list[Flowable]:
    """The parts below one another, each that stands alone on its page; only the method may follow one on its page."""
    found: list[Flowable] = []
    for part, following in zip(told, [*told[1:], None], strict=True):
        found += [PageBreakIfNotEmpty()] if part.alone or part.id == APPENDIX else []
        front = part.blocks[0]
        if isinstance(front, Front):
            found += first_page(Page(front, room.width, room.height, logo))
        else:
            found += set_part(part, room, last=following is not None and _begins_page(following))
        if part.alone and following:
            found.append(Spacer(0, style.GUTTER) if len(told) == FEWEST else PageBreakIfNotEmpty())
    return found


def _begins_page(part: Part) -> bool:
    return part.alone or any(map(is_whole, part.blocks))


def report_name(facts: ReportFacts) -> str:
    """The file's name in ASCII: organisation (or title), round, date where there is one; ends in .pdf."""
    whose = _slug(facts.organisation) or _slug(facts.title) or "workshop"
    when = f"-{facts.date.isoformat()}" if facts.date else ""
    return f"{whose}-round-{facts.round}{when}.pdf"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_UNDIVIDED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:NAME_LENGTH].strip("-")
