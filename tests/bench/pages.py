"""Pages of the report and how full each is, for workshops of four sizes: `make pages`."""

import io

import numpy as np
import pypdfium2

from cardsort.paper.kit import style
from cardsort.paper.pdf import build_pdf
from tests.story.shapes import make_shape

SIZES = {
    "3 + 3": {"n_it": 3, "n_customers": 3},
    "8 + 12": {"n_it": 8, "n_customers": 12},
    "24 + 60, kinds": {"n_it": 24, "n_customers": 60, "kinds": 5},
    "30 + 300, all": {
        "n_it": 30,
        "n_customers": 300,
        "kinds": 3,
        "own": True,
        "guess": True,
        "rounds": 2,
        "agreed": True,
    },
}
PAPER = 250  # lighter is not printed on


def fullness(data: bytes) -> list[float]:
    """For each page how far down its text reaches, 0 to 1, header and foot left out."""
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        return [_reach(page.render(scale=0.5, grayscale=True).to_numpy()) for page in document]
    finally:
        document.close()


def _reach(dots: np.ndarray) -> float:
    height = dots.shape[0]
    top, foot = int(0.5 * style.HEAD), height - int(0.5 * style.FOOT)
    printed = np.flatnonzero((dots[top:foot] < PAPER).any(axis=(1, 2) if dots.ndim > 2 else 1))
    return float(printed[-1] / (foot - top)) if len(printed) else 0.0


def main() -> None:
    """Print a line for each size."""
    for name, shape in SIZES.items():
        workshop = make_shape(**shape)
        pages = fullness(build_pdf(workshop.comparison, workshop.deck, workshop.facts))
        print(f"{name:15} {len(pages):2} pages: {' '.join(f'{100 * page:.0f}' for page in pages)} % full")


if __name__ == "__main__":
    main()
