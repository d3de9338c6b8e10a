"""An organisation's logo: whatever is uploaded becomes a small picture of our own making, or is refused."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from cardsort.domain.errors import InvalidInput
from cardsort.language import N_, _
from cardsort.paper.kit import tags

MOST_BYTES = 256 * 1024
MOST_PIXELS = 2_000_000  # looked at before any is unpacked: 8 MB of memory, and far more than is printed
PRINTED = (150.0, 40.0)  # at most, in points
DOTS = 3  # for each point: about 216 to the inch
REFUSED = N_(
    "The logo could not be read. Take a PNG or a JPEG file of at most 256 KiB and 2 million pixels (2000 × 1000)."
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture to print: PNG bytes without transparency, and its size on paper in points."""

    png: bytes
    width: float
    height: float


def prepare_logo(upload: bytes) -> Logo:
    """The uploaded PNG or JPEG on white, as large as it is printed; InvalidInput for anything else."""
    if not upload or len(upload) > MOST_BYTES:
        raise InvalidInput(_(REFUSED))
    try:
        with Image.open(BytesIO(upload), formats=("PNG", "JPEG")) as found:
            if found.width * found.height > MOST_PIXELS:
                raise InvalidInput(_(REFUSED))
            return _printed(_on_white(found))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        raise InvalidInput(_(REFUSED)) from error
    except Image.DecompressionBombError as error:
        raise InvalidInput(_(REFUSED)) from error


def _on_white(found: Image.Image) -> Image.Image:
    seen = found.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


def _printed(picture: Image.Image) -> Logo:
    scale = min(PRINTED[0] / picture.width, PRINTED[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    picture.thumbnail((max(1, round(width * DOTS)), max(1, round(height * DOTS))))
    out = BytesIO()
    picture.save(out, "PNG")
    return Logo(out.getvalue(), width, height)


class Picture(Flowable):
    """The logo at the right edge of its column."""

    def __init__(self, logo: Logo) -> None:
        super().__init__()
        self.logo = logo

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width, self.height = aW, self.logo.height
        return aW, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        with tags.marked(canvas, None):
            spot = (self.width - self.logo.width, 0)
            canvas.drawImage(ImageReader(BytesIO(self.logo.png)), *spot, self.logo.width, self.logo.height)
