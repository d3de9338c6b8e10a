"""The structure tree of a tagged PDF: its elements, and how they are written into the file."""

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFString


@dataclass(eq=False)
class Element:
    """A node of the structure tree; `children` are elements, (page, number, page reference) of
    marked content, and annotations.
    """

    tag: str
    alt: str = ""
    scope: str = ""
    box: tuple[float, ...] = ()
    children: list[Any] = field(default_factory=list)

    def add(self, child: "Element") -> "Element":
        self.children.append(child)
        return child


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that belongs to an element: the references of itself and of its page."""

    reference: Any
    page: Any


def write(document: Any, element: Element, parent: Any, references: dict[Element, Any]) -> Any:
    """Write the element and all below it; its reference. `references` collects those of all elements."""
    node = _Node(element, parent)
    reference = references[element] = document.Reference(node)
    node.kids = [
        write(document, child, reference, references) if isinstance(child, Element) else child
        for child in element.children
    ]
    return reference


class _Node(pdfdoc.PDFObject):
    """An element as it is written: as short as PDF allows, for there are thousands."""

    def __init__(self, element: Element, parent: Any) -> None:
        self.element, self.parent = element, parent
        self.kids: list[Any] = []

    def format(self, document: Any) -> bytes:
        home = next((kid[2] for kid in self.kids if isinstance(kid, tuple)), None)
        kids = b" ".join(_kid(document, kid, home) for kid in self.kids)
        page = b" /Pg " + home.format(document) if home is not None else b""
        tag, parent = self.element.tag.encode("ascii"), self.parent.format(document)
        return b"<</S /%s /P %s%s%s /K [%s]>>" % (tag, parent, page, self._attributes(document), kids)

    def _attributes(self, document: Any) -> bytes:
        element, found = self.element, b""
        if element.alt:
            found += b" /Alt " + _bytes(PDFString(element.alt).format(document))
        if element.scope:
            found += b" /A <</O /Table /Scope /%s>>" % element.scope.encode("ascii")
        if element.box:
            box = " ".join(f"{side:.2f}" for side in element.box).encode("ascii")
            found += b" /A <</O /Layout /Placement /Block /BBox [%s]>>" % box
        return found


def _kid(document: Any, kid: Any, home: Any) -> bytes:
    """An element's reference, the number of a mark on its home page, a mark on another page, or an annotation."""
    if isinstance(kid, Annotation):
        where, page = (_bytes(part.format(document)) for part in (kid.reference, kid.page))
        return b"<</Type /OBJR /Obj %s /Pg %s>>" % (where, page)
    if not isinstance(kid, tuple):
        return _bytes(kid.format(document))
    _page, number, reference = kid
    if reference.name == home.name:
        return b"%d" % number
    return b"<</Type /MCR /Pg %s /MCID %d>>" % (_bytes(reference.format(document)), number)


def _bytes(formatted: Any) -> bytes:
    return formatted if isinstance(formatted, bytes) else str(formatted).encode("latin-1")
