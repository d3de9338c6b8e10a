"""Paragraphs: words in a style, with their place in the document's structure."""

from collections.abc import Iterable
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from cardsort.paper.kit import style, text
from cardsort.paper.kit.layout import UNBOUND
from cardsort.paper.kit.links import Lead
from cardsort.paper.kit.structure import Element
from cardsort.paper.kit.tags import TaggedCanvas, marked

NARROWING = 2.0  # points
Part = tuple[str, str, str | None]  # text, face, colour (None: the style's)


class Words(Paragraph):
    """A paragraph with its tag; its halves on two pages are one element. Made by `say` and `rich` only."""

    def __init__(
        self,
        source: Any,  # None: nothing is ever parsed, `frags` holds the words
        look: Any,
        bulletText: str | None = None,  # noqa: N803 - reportlab's name
        frags: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(source, look, bulletText, frags)
        self.tag: str = kwargs.get("tag", "P")
        self.outline: int | None = kwargs.get("outline")
        self.lead: Lead | None = kwargs.get("lead")
        self.element: Element | None = None
        self.whole: Words = self
        self._wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Set in that width; asked for the same width again, the lines are there already."""
        if self._wrapped is None or self._wrapped[0] != aW or not hasattr(self, "blPara"):  # dividing takes it away
            self._wrapped = (aW, super().wrap(aW, aH))
        return self._wrapped[1]

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - reportlab's names
        parts: list[Flowable] = super().split(aW, aH)
        for part in parts:
            if isinstance(part, Words) and part is not self:
                part.tag, part.whole = self.tag, self.whole
        return parts

    def draw(self) -> None:
        """Draw, tagged; a heading also becomes a bookmark of its level."""
        canvas: Any = self.canv
        if self.outline is not None:
            self._bookmark(canvas)
        if not isinstance(canvas, TaggedCanvas) or canvas.marking:
            super().draw()
            return
        owner = self.whole
        if owner.element is None:
            owner.element = canvas.parent.add(Element(self.tag))
        with marked(canvas, self._linked(canvas, owner.element) if owner.lead else owner.element):
            super().draw()

    def _linked(self, canvas: TaggedCanvas, element: Element) -> Element:
        """The link that holds the words."""
        lead: Lead = self.whole.lead  # type: ignore[assignment] # asked for only where there is one
        return canvas.links.start(lead, lead.place or canvas.place(self.width, self.height), element)

    def _bookmark(self, canvas: Any) -> None:
        title = self.getPlainText()
        key = f"{canvas.getPageNumber()}-{title}"
        canvas.bookmarkHorizontal(key, 0, self.height)
        canvas.addOutlineEntry(title, key, self.outline)


def say(words: str, look: ParagraphStyle = style.TEXT, tag: str = "P", *, outline: int | None = None) -> Words:
    """A paragraph of one style."""
    return Words(None, look, frags=text.fragments([(words, look.fontName, None)], look), tag=tag, outline=outline)


def rich(
    parts: Iterable[Part], look: ParagraphStyle = style.TEXT, tag: str = "P", *, lead: Lead | None = None
) -> Words:
    """A paragraph of several faces and colours; its size and leading are the style's. `lead`: where it links to."""
    return Words(None, look, frags=text.fragments(parts, look), tag=tag, lead=lead)


def heading(words: str) -> Words:
    """A part's title, with its bookmark."""
    return say(words, style.HEADING, "H2", outline=0)


def subheading(words: str) -> Words:
    """A title within a part, with its bookmark."""
    return say(words, style.SUBHEADING, "H3", outline=1)


def narrowed(paragraph: Paragraph, width: float) -> float:
    """The smallest width at which a wrapped paragraph keeps its number of lines: they come out equally long.

    The paragraph is left wrapped at that width.
    """
    height = paragraph.wrap(width, UNBOUND)[1]
    low, high = width / 3, width
    while high - low > NARROWING:
        middle = (low + high) / 2
        if paragraph.wrap(middle, UNBOUND)[1] <= height and not paragraph.minWidth() > middle:
            high = middle
        else:
            low = middle
    paragraph.wrap(high, UNBOUND)
    return high


def within_height(words: str, look: ParagraphStyle, width: float, height: float) -> Words:
    """The paragraph, shortened with an ellipsis only where it is higher than `height` in that width."""
    return say(shortened(words, look, width, height), look)


def shortened(words: str, look: ParagraphStyle, width: float, height: float) -> str:
    """The words, or as many of them as fill that height, with an ellipsis."""
    height += 0.01
    if say(words, look).wrap(width, UNBOUND)[1] <= height:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if say(words[:middle] + text.ELLIPSIS, look).wrap(width, UNBOUND)[1] <= height:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + text.ELLIPSIS
