"""The four most important pages as small grey pictures; `python -m tests.paper.pictures` approves them as they are."""

from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from cardsort.paper.pdf import build_pdf
from cardsort.story import parts
from tests.paper.conftest import Workshop, compare, draw_ballot_set, make_facts
from tests.paper.shipped import shipped

APPROVED = Path(__file__).parent / "approved"
SCALE = 0.6  # about 43 dots to the inch: shapes and lines, not letters
PAGES = {"first": (parts.FIRST, 0), "map": (parts.MAP, 0), "all": (parts.TABLE, 0), "segments": (parts.SEGMENTS, 0)}
DIFFERENT = 60  # of 255, for one dot
ALLOWED = 0.004  # share of the dots


def the_workshop() -> Workshop:
    """A workshop with data for these pages, always the same."""
    deck = shipped()
    return Workshop(compare(deck, draw_ballot_set(deck.size), picks=10), deck, make_facts())


def picture_of(workshop: Workshop, name: str) -> Image.Image:
    """One page, drawn in grey."""
    part, number = PAGES[name]
    data = build_pdf(workshop.comparison, workshop.deck, workshop.facts, parts=frozenset({part}))
    document = pypdfium2.PdfDocument(data)
    try:
        return document[number].render(scale=SCALE, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of the dots that differ plainly; 1 for pictures of different size."""
    if one.size != other.size:
        return 1.0
    apart = np.abs(np.asarray(one, dtype=np.int16) - np.asarray(other, dtype=np.int16))
    return float((apart > DIFFERENT).mean())


def approve() -> None:
    """Take today's pages as right."""
    APPROVED.mkdir(exist_ok=True)
    workshop = the_workshop()
    for name in PAGES:
        picture_of(workshop, name).quantize(16).save(APPROVED / f"{name}.png", optimize=True)
        print(f"approved: {name}")


if __name__ == "__main__":
    approve()
