"""How numbers are rounded before they are said: halves up, as people learn it, not to the even neighbour."""

from math import copysign, floor

NOISE = 1e-9  # by so much a half may be missed in binary: 0.285 is a little less than it says


def half_up(value: float, digits: int = 0) -> float:
    """To so many decimals, a half away from 0: 62.5 -> 63.0, -62.5 -> -63.0; nothing is never negative."""
    scale = 10**digits
    return copysign(floor(abs(value) * scale + 0.5 + NOISE) / scale, value) + 0.0
