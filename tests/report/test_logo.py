"""A logo is made anew from what was uploaded, or refused with a sentence."""

import io

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from cardsort.domain.errors import InvalidInput
from cardsort.report.logo import PRINTED, prepare_logo
from cardsort.report.pdf import build_pdf


def picture(kind="PNG", size=(600, 200), colour=(200, 0, 0, 128)):
    out = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, size, colour[: len(mode)]).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_small_opaque_and_keeps_its_shape(kind):
    logo = prepare_logo(picture(kind))
    with Image.open(io.BytesIO(logo.png)) as made:
        assert (made.format, made.mode) == ("PNG", "RGB")
        assert max(made.size) <= 3 * max(PRINTED)
    assert logo.width / logo.height == pytest.approx(3)
    assert logo.width <= PRINTED[0]
    assert logo.height <= PRINTED[1]


def test_two_million_dots_are_taken():
    assert prepare_logo(picture(size=(2000, 1000))).height == 40


def test_what_is_transparent_becomes_white():
    with Image.open(io.BytesIO(prepare_logo(picture(colour=(0, 0, 0, 0))).png)) as made:
        assert made.getpixel((0, 0)) == (255, 255, 255)


def test_nothing_of_the_upload_but_its_picture_is_kept():
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "red").save(out, "JPEG", comment=b"secret comment")
    assert b"secret comment" in out.getvalue()
    assert b"secret comment" not in prepare_logo(out.getvalue()).png


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"GIF89a\x01\x00\x01\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("PNG")[:60],
        b"x" * 300_000,
        picture(size=(4000, 4000)),
        picture("JPEG", size=(2001, 1000)),
    ],
    ids=["nothing", "another format", "a drawing", "cut off", "too large", "62 KB of many dots", "a few dots too many"],
)
def test_anything_else_is_refused_with_what_to_do(upload):
    with pytest.raises(InvalidInput, match="Take a PNG or a JPEG file of at most 256 KiB"):
        prepare_logo(upload)


def test_the_first_page_carries_it_and_stays_one_page(workshop):
    data = build_pdf(
        workshop.comparison, workshop.deck, workshop.facts, parts=frozenset({"first"}), logo=picture("JPEG")
    )
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    assert len(page["/Resources"]["/XObject"]) == 1
    assert "What our branches need from IT" in page.extract_text()


def test_no_word_of_the_first_page_lies_on_the_logo(workshop):
    data = build_pdf(
        workshop.comparison, workshop.deck, workshop.facts, parts=frozenset({"first"}), logo=picture(size=(300, 300))
    )
    (page,) = pypdfium2.PdfDocument(data)
    (image,) = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = image.get_bounds()
    text = page.get_textpage()
    for box in (text.get_rect(at) for at in range(text.count_rects())):
        assert box[2] <= left or box[0] >= right or box[3] <= bottom or box[1] >= top
