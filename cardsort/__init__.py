"""Cardsort: what IT thinks its customers would choose, beside what they actually chose.

`cardsort.compare("ballots.xlsx")` is the way in from a notebook (docs/notebook.md).
"""

from typing import Any

DISTRIBUTION = "cardsort-workshop"  # what is installed: in registries `cardsort` is another project


def __getattr__(name: str) -> Any:
    """Import the comparison when it is asked for, not with every command."""
    if name == "compare":
        from cardsort.usecases.comparing import compare

        return compare
    raise AttributeError(name)
