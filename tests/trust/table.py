"""The soak's table: what is promised, what was measured, what it should be, and whether it holds."""

from typing import NamedTuple

HEAD = ("promise", "measured", "goal", "holds")


class Row(NamedTuple):
    promise: str
    measured: str
    goal: str
    holds: bool


def show(row):
    promise, measured, goal, holds = row
    said = {True: "yes", False: "NO"}.get(holds, holds)
    print(f"{promise:66} {measured:>28}   {goal:28} {said}", flush=True)
