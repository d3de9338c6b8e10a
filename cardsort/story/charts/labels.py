"""Where the labels of a chart's marks go: beside them, on no other label and on no mark. Lengths in points."""

from collections.abc import Sequence

Box = tuple[float, float, float, float]  # left, bottom, right, top
Spot = tuple[float, float]
REACHES = (6.0, 12.0, 19.0, 27.0)  # from the mark's middle to the label's nearest edge
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def place_labels(
    spots: Sequence[Spot], sizes: Sequence[tuple[float, float]], frame: Box, taken: Sequence[Box]
) -> list[Box | None]:
    """A box for each label of that width and height, as near to its spot as there is room; None where there is none.

    `taken` boxes are kept free, those of the marks among them. Earlier labels choose first.
    """
    full = list(taken)
    placed: list[Box | None] = []
    for spot, size in zip(spots, sizes, strict=True):
        box = next((box for box in _candidates(spot, size) if _inside(box, frame) and _free(box, full)), None)
        placed.append(box)
        if box is not None:
            full.append(box)
    return placed


def around(spot: Spot, reach: float) -> Box:
    """The box of a mark."""
    return spot[0] - reach, spot[1] - reach, spot[0] + reach, spot[1] + reach


def _candidates(spot: Spot, size: tuple[float, float]) -> list[Box]:
    boxes = []
    for reach in REACHES:
        for across, up in SIDES:
            middle_x = spot[0] + across * (reach + size[0] / 2)
            middle_y = spot[1] + up * (reach * 0.8 + size[1] / 2)
            left, bottom = middle_x - size[0] / 2, middle_y - size[1] / 2
            boxes.append((left, bottom, left + size[0], bottom + size[1]))
    return boxes


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _free(box: Box, full: Sequence[Box]) -> bool:
    return not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in full
    )
