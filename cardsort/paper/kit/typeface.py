"""A TrueType font as reportlab draws it, with what reportlab leaves out: shapes of letters and their meaning."""

import unicodedata
from functools import cached_property
from typing import Any

import uharfbuzz
from reportlab.pdfbase import ttfonts
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont

from cardsort.paper.kit import scripts

FULL_EM = 1000  # PDF measures letters in thousandths of their size
REMEMBERED = 50_000  # widths of words, a few million bytes at most
_SHAPES = 0xF0000  # a shape that no character stands for gets one of the planes for private use, by its number
_PRESENTED = (range(0xFB00, 0xFE00), range(0xFE70, 0xFEFD))  # characters that are shapes of others
_UNKNOWN = "\ufffd"
_SHAPE_DATA: Any = ttfonts.ShapeData  # the stubs say less of these two than is so
_SHAPED_STR: Any = ShapedStr


class Font(TTFont):
    """A TrueType font that remembers how wide a word is: lines are broken by asking for the same words again."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        self._widths: dict[str, float] = {}
        self.inner: Any = self.face  # reportlab's stubs leave out what a font's face has
        self.points = frozenset(self.inner.charToGlyph)  # of the characters that it has

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802 - reportlab's name
        if isinstance(text, ShapedStr):
            return float(sum(place.x_advance for place in _places(text))) * size / FULL_EM
        known = self._widths.get(text)
        if known is None:
            if len(self._widths) >= REMEMBERED:
                self._widths.clear()
            known = self._widths[text] = self._measure(text, encoding)
        return known * size / FULL_EM

    def _measure(self, text: str, encoding: str) -> float:
        if scripts.shaped(text):
            return self.stringWidth(self.shape(text, from_right=False), FULL_EM)
        return float(super().stringWidth(text, FULL_EM, encoding))

    @cached_property
    def _harfbuzz(self) -> Any:
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(self.inner._ttf_data)))  # noqa: SLF001 - the file's bytes

    def shape(self, text: str, *, from_right: bool) -> Any:
        """The text's shapes from the left, with their places, as reportlab draws them."""
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = scripts.language(text) or "en"  # the machine's would be guessed
        if scripts.backwards(text) or from_right:
            buffer.direction = "rtl"
        uharfbuzz.shape(self._harfbuzz, buffer)
        scale = FULL_EM / self._harfbuzz.face.upem
        letters = [self._letter(info.codepoint) for info in buffer.glyph_infos]
        places = [
            _SHAPE_DATA(
                info.cluster,
                *(round(side * scale, 2) for side in (at.x_advance, at.y_advance, at.x_offset, at.y_offset)),
                self.inner.charWidths[letter],
            )
            for info, at, letter in zip(buffer.glyph_infos, buffer.glyph_positions, letters, strict=True)
        ]
        return _SHAPED_STR("".join(map(chr, letters)), places)

    def _letter(self, shape: int) -> int:
        """The character that draws the shape with that number."""
        face = self.inner
        point: int = face.glyphToChar.get(shape, [_SHAPES + shape])[0]
        if point not in face.charWidths:
            face.charWidths[point] = self._harfbuzz.get_glyph_h_advance(shape) * FULL_EM / self._harfbuzz.face.upem
            face.charToGlyph[point] = shape
        return point

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Write the font into the file, and what its letters mean also for those beyond the first 65,536."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        before = set(doc.idToObject)
        super().addObjects(doc)
        meanings = [key for key in doc.idToObject if key not in before and str(key).startswith("toUnicodeCMap:")]
        for key, subset in zip(meanings, subsets, strict=True):
            written = doc.idToObject[key].content
            head, rest = written.split("beginbfchar\n")
            lines = (f"<{number:02X}> <{_meaning(point)}>\n" for number, point in enumerate(subset))
            doc.idToObject[key].content = f"{head}beginbfchar\n{''.join(lines)}{rest[rest.index('endbfchar') :]}"


def _places(shaped: Any) -> Any:
    """Of each shape: its number, advances, offsets and width."""
    return shaped.__shapeData__


def _meaning(point: int) -> str:
    """The character's text in the form that PDF wants; a shape of two letters stays one, as readers turn both round."""
    said = _UNKNOWN if point >= _SHAPES else chr(point)
    if any(point in block for block in _PRESENTED) and len(letter := unicodedata.normalize("NFKC", said)) == 1:
        said = letter
    return said.encode("utf-16-be").hex().upper()
