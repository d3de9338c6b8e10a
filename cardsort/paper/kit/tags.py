"""Tagged PDF: the structure that screen readers follow, written through reportlab's canvas.

An Element is a node of the structure tree. While something is drawn inside `marked(element)` it belongs to that
element; furniture is drawn inside `marked(None)` and read by nobody. Marks do not nest: what is drawn while one is
open belongs to the open one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from reportlab.platypus.tables import TableRenderCB

from cardsort.paper.kit.links import Lead, Links, Place, Target
from cardsort.paper.kit.structure import Element, write
from cardsort.paper.kit.style import paint
from cardsort.paper.kit.text import clean

PART, ITEM = "H2", "LI"  # tags that stand within others
ASIDE = "aside"  # the name under which a line's fragment writes into the page's stream
_PAGE_KEYS = ("StructParents", "Tabs")  # reportlab writes only those keys of a page that its class knows
_page_class: Any = pdfdoc.PDFPage
_page_class.__NoDefault__ = [*_page_class.__NoDefault__, *_PAGE_KEYS]

_XMP = (
    "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    " xmlns:pdfuaid='http://www.aiim.org/pdfua/ns/id/'>"
    "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{title}</rdf:li></rdf:Alt></dc:title>"
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


class TaggedCanvas(Canvas):
    """A canvas that keeps the structure tree and writes it when it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.root = Element("Document")
        self._path = [self.root]
        self._open = self.furniture = False  # whether a mark is open, and read by nobody
        self._marks: dict[int, list[Element]] = {}
        self._finished: list[Any] = []
        self.links = Links()
        self.numbering: Callable[[Any, int, int], None] | None = None  # draws "page x of y", called when y is known
        self.inner.setNamedCB(ASIDE, _write_aside)
        catalog = self.inner._doc.Catalog  # noqa: SLF001 - reportlab has no other way to the catalog
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = pdfdoc.XMP(creator=self._describe)
        self.inner.setViewerPreference("DisplayDocTitle", "true")

    def setFillColor(self, aColor: Any, alpha: float | None = None) -> None:  # noqa: N802, N803 - reportlab's names
        super().setFillColor(paint(aColor) if isinstance(aColor, str) else aColor, alpha)

    def setStrokeColor(self, aColor: Any, alpha: float | None = None) -> None:  # noqa: N802, N803 - reportlab's names
        super().setStrokeColor(paint(aColor) if isinstance(aColor, str) else aColor, alpha)

    @property
    def inner(self) -> Any:
        """This canvas; reportlab's stubs leave out what a subclass needs."""
        return self

    def _describe(self, _document: object) -> bytes:
        title = escape(str(self.inner._doc.info.title or ""))  # noqa: SLF001 - see __init__
        return _XMP.format(title=title).encode("utf-8")

    @property
    def parent(self) -> Element:
        """The element that the next one goes into."""
        return self._path[-1]

    @property
    def marking(self) -> bool:
        """Whether something drawn now belongs to an open element already."""
        return self._open

    def place_for(self, tag: str) -> Element:
        """A new element with that tag, where it belongs: a part's title begins a section, an item goes into the list
        that stands last.
        """
        if tag == PART and len(self._path) <= 2:  # noqa: PLR2004 - the document and its section
            self._path[1:] = [self.root.add(Element("Sect"))]
        if tag != ITEM:
            return self.parent.add(Element(tag))
        last = self.parent.children[-1] if self.parent.children else None
        items = last if isinstance(last, Element) and last.tag == "L" else self.parent.add(Element("L"))
        return items.add(Element(ITEM)).add(Element("LBody"))

    def enter(self, element: Element) -> None:
        self._path.append(element)

    def leave(self) -> None:
        self._path.pop()

    def begin(self, element: Element | None) -> None:
        """Start what belongs to the element, or furniture for None."""
        self._open, self.furniture = True, element is None
        if element is None:
            self.inner._code.append("/Artifact BMC")  # noqa: SLF001 - the page's stream
            return
        page = self.inner._doc.pageCounter  # noqa: SLF001 - see __init__
        marks = self._marks.setdefault(page, [])
        element.children.append((page, len(marks), self.inner._doc.thisPageRef()))  # noqa: SLF001 - see __init__
        self.inner._code.append(f"/{element.tag} <</MCID {len(marks)}>> BDC")  # noqa: SLF001 - the page's stream
        marks.append(element)

    def end(self) -> None:
        """End what `begin` started."""
        self._open = self.furniture = False
        self.inner._code.append("EMC")  # noqa: SLF001 - the page's stream

    def place(self, width: float, height: float, corner: tuple[float, float] = (0, 0)) -> Place:
        """Where a box stands on the page; `corner` is its lower left one from the present origin."""
        left, low = self.inner.absolutePosition(*corner)
        document = self.inner._doc  # noqa: SLF001 - see __init__
        return Place(document.pageCounter, document.thisPageRef(), (left, low, left + width, low + height))

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 - reportlab's hook at the end of a page
        super()._setAnnotations(page)  # type: ignore[misc] # missing in the stubs
        page.StructParents = self.inner._doc.pageCounter - 1  # noqa: SLF001 - see __init__
        page.Tabs = PDFName("S")
        self._finished.append(page)

    def save(self) -> None:
        """Finish the last page, write the tree, then the file."""
        if len(self.inner._code):  # noqa: SLF001 - the page's stream
            self.showPage()
        self._number_pages()
        self._write_tree()
        self._pack_pages()
        super().save()

    def _number_pages(self) -> None:
        """Add to each finished page what could not be known before the last one."""
        if self.numbering is None:
            return
        for number, page in enumerate(self._finished, 1):
            with marked(self, None):
                self.numbering(self, number, len(self._finished))
            page.stream += "\n".join(self.inner._code) + "\n"  # noqa: SLF001 - the page's stream
            self.inner._code.clear()  # noqa: SLF001 - the page's stream

    def _pack_pages(self) -> None:
        """Compress each page and leave it at that: reportlab would spell the bytes in letters, a fifth longer."""
        for page in self._finished:
            page.Contents = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])

    def _write_tree(self) -> None:
        document = self.inner._doc  # noqa: SLF001 - see __init__
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        references: dict[Element, Any] = {}
        links = self.links.write(document, self._finished)
        top = write(document, self.root, document.Reference(tree), references)
        tree["K"] = PDFArray([top])
        numbers: list[Any] = []
        for page, owners in sorted(self._marks.items()):
            numbers += [page - 1, document.Reference(PDFArray([references[owner] for owner in owners]))]
        for key, link in enumerate(links, len(self._finished)):
            numbers += [key, references[link]]
        tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        tree["ParentTreeNextKey"] = len(self._finished) + len(links)
        document.Catalog.StructTreeRoot = document.Reference(tree)


def _write_aside(canvas: Any, _kind: str, operators: str) -> None:
    """Called by reportlab in the middle of a line."""
    canvas._curr_tx_info["tx"]._code.append(operators)  # noqa: SLF001 - the line's stream


@contextmanager
def marked(canvas: Any, element: Element | None) -> Iterator[None]:
    """What is drawn inside belongs to the element (None: furniture), unless another mark is open already."""
    if not isinstance(canvas, TaggedCanvas) or canvas.marking:
        yield
        return
    canvas.begin(element)
    yield
    canvas.end()


class Figure(Flowable):
    """A picture with its alternative text."""

    def __init__(self, picture: Flowable, alt: str) -> None:
        super().__init__()
        self.picture = picture
        self.alt = clean(alt)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        self.width, self.height = self.picture.wrap(aW, aH)
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        x, y = canvas.absolutePosition(0, 0)
        element = Element("Figure", alt=self.alt, box=(x, y, x + self.width, y + self.height))
        if isinstance(canvas, TaggedCanvas) and not canvas.marking:
            canvas.parent.add(element)
        with marked(canvas, element):
            self.picture.drawOn(canvas, 0, 0)


class TableTags(TableRenderCB):
    """Tags one table, whole or split over pages: the first row is its head, column `naming` heads the rows.

    Grounds and rules are furniture, and so is the head where it is repeated. In a table of cards the first column has
    their codes: each row can be linked to, and leads to the card's face where that is drawn before.
    """

    def __init__(self, naming: int, head: int = 1, *, of_cards: bool = False) -> None:
        self._naming, self.head, self._of_cards = naming, head, of_cards
        self._table: Element | None = None
        self._repeated = self._skipping = False

    def startTable(self, T: Any) -> None:  # noqa: N802, N803 - reportlab's names, as below
        self._repeated = self._table is not None
        if self._table is None:
            self._table = T.canv.parent.add(Element("Table"))
        T.canv.enter(self._table)

    def endTable(self, T: Any) -> None:  # noqa: N802, N803
        T.canv.leave()

    def startBG(self, T: Any) -> None:  # noqa: N802, N803
        T.canv.begin(None)

    def endBG(self, T: Any) -> None:  # noqa: N802, N803
        T.canv.end()

    startLines, endLines = startBG, endBG  # noqa: N815

    def startRow(self, T: Any, rowNo: int) -> None:  # noqa: N802, N803
        self._skipping = rowNo < self.head and self._repeated
        if not self._skipping:
            T.canv.enter(T.canv.parent.add(Element("TR")))

    def endRow(self, T: Any) -> None:  # noqa: N802, N803
        if not self._skipping:
            T.canv.leave()

    def startCell(  # noqa: N802
        self,
        T: Any,  # noqa: N803
        rowNo: int,  # noqa: N803
        colNo: int,  # noqa: N803
        _value: object,
        _style: object,
        corner: tuple[float, float],
        size: tuple[float, float],
    ) -> None:
        if self._skipping:
            T.canv.begin(None)
            return
        scope = "Column" if rowNo < self.head else "Row" if colNo == self._naming else ""
        cell = T.canv.parent.add(Element("TH" if scope else "TD", scope=scope))
        linked = self._of_cards and colNo == self._naming and rowNo >= self.head
        T.canv.begin(self._linked(T.canv, cell, str(T._cellvalues[rowNo][0]), corner, size) if linked else cell)  # noqa: SLF001 - the stored row

    @staticmethod
    def _linked(
        canvas: TaggedCanvas, cell: Element, code: str, corner: tuple[float, float], size: tuple[float, float]
    ) -> Element:
        """The link that the cell holds, or the cell where there is nothing to lead to; both halves of a row count."""
        x, y = corner
        place = canvas.place(x + size[0], size[1], (0, y))
        canvas.links.arrive(Target.ROW, code, place)
        if not canvas.links.has(Target.FACE, code):
            return cell
        return canvas.links.start(Lead(code, (Target.FACE,)), place, cell)

    def endCell(self, T: Any) -> None:  # noqa: N802, N803
        T.canv.end()
