"""The printed report: a frozen comparison in, the bytes of a PDF out."""

import re
import unicodedata

from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.paper import setting as story
from cardsort.paper.firstpage import Page
from cardsort.paper.kit import document, style
from cardsort.paper.kit.logo import prepare_logo
from cardsort.story.facts import ReportFacts

NAME_LENGTH = 60
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

    `parts`: names of report.parts.PARTS; None = all that there is data for. `logo`: a PNG or JPEG as it was uploaded;
    InvalidInput for anything else.
    """
    size = style.PAPERS[paper]
    furniture = document.Furniture(
        title=facts.title,
        author=facts.organisation or "Cardsort",
        foot=f"Cardsort {facts.version}".strip(),
        example=facts.example,
        language=deck.language,
        paper=size,
        day=facts.date,
    )
    picture = prepare_logo(logo) if logo is not None else None
    page = Page(comparison, deck, facts, *document.room(size), picture)
    return document.render(story.tell(page, parts), furniture)


def report_name(facts: ReportFacts) -> str:
    """The file's name in ASCII: organisation (or title), round, date where there is one; ends in .pdf."""
    whose = _slug(facts.organisation) or _slug(facts.title) or "workshop"
    when = f"-{facts.date.isoformat()}" if facts.date else ""
    return f"{whose}-round-{facts.round}{when}.pdf"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_UNDIVIDED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:NAME_LENGTH].strip("-")
