"""Links inside the file: from a card's name to its face, from a face to its row in the table of all cards.

Where they lead is known once everything is drawn: a card may have a face, a row, both or neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from cardsort.language import N_, _
from cardsort.paper.kit.structure import Annotation, Element
from cardsort.paper.kit.text import clean

ABOVE = 12.0  # points left free above what a link leads to


class Target(Enum):
    """What a link leads to; the value says so, with the card's code."""

    FACE = N_("%(code)s: the card")
    ROW = N_("%(code)s: its row in the table of all cards")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the page's number from 1, its reference, and left, lower, right, upper in points."""

    number: int
    page: Any
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Lead:
    """What a paragraph's link leads to: the first of the targets that the card has; `place` is where to click, when
    that is not the paragraph itself.
    """

    code: str
    targets: tuple[Target, ...] = (Target.FACE, Target.ROW)
    place: Place | None = None


class Links:
    """The links and their targets, collected while pages are drawn."""

    def __init__(self) -> None:
        self._targets: dict[tuple[Target, str], Place] = {}
        self._links: list[tuple[Lead, Place, Element]] = []

    def arrive(self, target: Target, code: str, place: Place) -> None:
        """The card's target stands there; the first one counts."""
        self._targets.setdefault((target, code), place)

    def has(self, target: Target, code: str) -> bool:
        """Whether the card's target was drawn already."""
        return (target, code) in self._targets

    def start(self, lead: Lead, place: Place, parent: Element) -> Element:
        """A link there; what is drawn in the returned element is its text."""
        element = parent.add(Element("Link"))
        self._links.append((lead, place, element))
        return element

    def write(self, document: Any, pages: Sequence[Any]) -> list[Element]:
        """Add the annotations to their pages, numbered after the pages; the elements that they belong to.

        A link that leads nowhere becomes ordinary text.
        """
        written: list[Element] = []
        for lead, place, element in self._links:
            target = next((one for one in lead.targets if (one, lead.code) in self._targets), None)
            if target is None:
                element.tag = "Span"
                continue
            note = _annotation(lead.code, target, place, self._targets[target, lead.code])
            note["StructParent"] = len(pages) + len(written)
            reference = document.Reference(note)
            pages[place.number - 1].Annots.append(reference)
            element.children.append(Annotation(reference, place.page))
            written.append(element)
        return written


def _annotation(code: str, target: Target, place: Place, there: Place) -> PDFDictionary:
    left, _low, _right, upper = there.box
    return PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray([round(side, 2) for side in place.box]),
            "Border": PDFArray([0, 0, 0]),
            "F": 4,  # printed with the page, as PDF/UA wants it; there is nothing to see
            "Contents": PDFString(_(target.value, code=clean(code))),
            "Dest": PDFArray([there.page, PDFName("XYZ"), round(left, 2), round(upper + ABOVE, 2), 0]),
        }
    )
