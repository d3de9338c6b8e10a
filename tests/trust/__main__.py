"""`make soak`: the promises under load at full size, in one table; ends with 1 when one does not hold.

`python -m tests.trust room memory` runs these parts only. A part takes the figures and yields rows of the table; the
tests run the same code with the small figures.
"""

import sys

from tests.trust import (
    durability,
    faults,
    hostile,
    lock_race,
    malformed,
    memory,
    model,
    outages,
    repeats,
    room,
    strangers,
    wire,
)
from tests.trust.figures import FULL
from tests.trust.table import HEAD, Row, show

PARTS = {
    "durability": durability.measure,
    "outages": outages.measure,
    "repeats": repeats.measure,
    "lock_race": lock_race.measure,
    "faults": faults.measure,
    "room": room.measure,
    "strangers": strangers.measure,
    "hostile": hostile.measure,
    "malformed": malformed.measure,
    "wire": wire.measure,
    "model": model.measure,
    "memory": memory.measure,
}

if __name__ == "__main__":
    broken = 0
    show(HEAD)
    for name in sys.argv[1:] or PARTS:
        for row in PARTS[name](FULL):
            show(Row(*row))
            broken += not row[-1]
    sys.exit(broken > 0)
