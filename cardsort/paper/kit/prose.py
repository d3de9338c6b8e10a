"""Paragraphs: words in a style, with their place in the document's structure."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from reportlab.lib.abag import ABag
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from cardsort.paper.kit import scripts, style, text
from cardsort.paper.kit.layout import UNBOUND
from cardsort.paper.kit.links import Lead
from cardsort.paper.kit.stretches import Stretch, seen
from cardsort.paper.kit.structure import Element
from cardsort.paper.kit.tags import ASIDE, TaggedCanvas, marked

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
        self.words, self.from_right = "", False  # of the whole
        self._wrapped: tuple[float, tuple[float, float]] | None = None
        self._read = 0  # characters drawn so far, without spaces

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
            owner.element = canvas.place_for(self.tag)
        with marked(canvas, self._linked(canvas, owner.element) if owner.lead else owner.element):
            super().draw()

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802 - reportlab's name
        """Draw the lines as they are seen, each but the last with the space after it."""
        aloud = not getattr(self.canv, "furniture", False)
        lines: Any = self.blPara.lines  # type: ignore[attr-defined] # missing in the stubs
        for at, line in enumerate(lines):
            if hasattr(line, "words"):
                parts = [text.part_of(piece) for piece in line.words]
                space = self._goes_on("".join(part.words for part in parts))
                stretches = seen(parts, from_right=self.whole.from_right, space=space)
                line.words = [piece for stretch in stretches for piece in _fragments(stretch, aloud=aloud)]
            elif self._goes_on("".join(line[1])):
                lines[at] = (line[0], [*line[1][:-1], f"{line[1][-1]} "])
        super().drawPara(debug)

    def _goes_on(self, words: str) -> bool:
        """Whether a space follows the line's words."""
        owner = self.whole
        if owner is self and len(self.blPara.lines) == 1:  # type: ignore[attr-defined] # missing in the stubs
            return False
        owner._read += len("".join(words.split()))  # noqa: SLF001 - of the same class
        return owner._read in owner._spaces  # noqa: SLF001 - of the same class

    @cached_property
    def _spaces(self) -> frozenset[int]:
        """How many characters stand before each space."""
        counted = accumulate(not char.isspace() for char in self.words)
        return frozenset(count for count, char in zip(counted, self.words, strict=True) if char.isspace())

    def _linked(self, canvas: TaggedCanvas, element: Element) -> Element:
        """The link that holds the words."""
        lead: Lead = self.whole.lead  # type: ignore[assignment] # asked for only where there is one
        return canvas.links.start(lead, lead.place or canvas.place(self.width, self.height), element)

    def _bookmark(self, canvas: Any) -> None:
        title = self.getPlainText()
        key = f"{canvas.getPageNumber()}-{title}"
        canvas.bookmarkHorizontal(key, 0, self.height)
        canvas.addOutlineEntry(title, key, self.outline)


def _fragments(stretch: Stretch, *, aloud: bool) -> Iterator[Any]:
    """The stretch as reportlab draws it in a line; where it is read aloud, what is said beside it before and after."""
    said = aloud and bool(stretch.opening)
    if said:
        yield _aside(stretch, stretch.opening)
    for shown, owner in stretch.pieces:
        piece = owner.clone()
        piece.text = shown
        yield piece
    if said:
        yield _aside(stretch, "EMC")


def _aside(stretch: Stretch, operators: str) -> Any:
    """A fragment that writes into the page's stream instead of drawing."""
    aside = stretch.pieces[0][1].clone()
    aside.text = ""
    aside.cbDefn = ABag(kind="aside", name=ASIDE, label=operators)
    return aside


def say(words: str, look: ParagraphStyle = style.TEXT, tag: str = "P", *, outline: int | None = None) -> Words:
    """A paragraph of one style."""
    made = rich([(words, look.fontName, None)], look, tag)
    made.outline = outline
    return made


def rich(
    parts: Iterable[Part], look: ParagraphStyle = style.TEXT, tag: str = "P", *, lead: Lead | None = None
) -> Words:
    """A paragraph of several faces and colours; its size and leading are the style's. `lead`: where it links to."""
    frags = text.fragments(parts, look)
    words = "".join(frag.text for frag in frags)
    made = Words(None, _directed(look, words), frags=frags, tag=tag, lead=lead)
    made.words, made.from_right = words, scripts.from_right(words)
    return made


def _directed(look: ParagraphStyle, words: str) -> ParagraphStyle:
    """The style for words that begin on the right, or that are written without spaces."""
    from_right, free = scripts.from_right(words), scripts.without_spaces(words)
    return _variant(look, from_right=from_right, free=free) if from_right or free else look


@lru_cache(maxsize=256)
def _variant(look: ParagraphStyle, *, from_right: bool, free: bool) -> ParagraphStyle:
    return ParagraphStyle(
        look.name,
        look,
        alignment=TA_RIGHT if from_right else look.alignment,
        wordWrap="CJK" if free else look.wordWrap,
    )


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
