"""The most important pages look as they were approved, but for a few dots."""

import pytest
from PIL import Image

from tests.paper.pictures import ALLOWED, APPROVED, PAGES, difference, picture_of, the_workshop


@pytest.fixture(scope="module")
def drawn():
    return the_workshop()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_as_approved(drawn, name):
    with Image.open(APPROVED / f"{name}.png") as approved:
        assert difference(picture_of(drawn, name), approved.convert("L")) <= ALLOWED


def test_the_approved_pictures_are_four_different_pages(drawn):
    assert difference(picture_of(drawn, "map"), picture_of(drawn, "all")) > 10 * ALLOWED


def test_the_pictures_are_small_files():
    assert sum(path.stat().st_size for path in APPROVED.glob("*.png")) < 120_000
