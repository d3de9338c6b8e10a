"""The workshops of the tests on paper, for tests of what is told."""

from tests.paper.conftest import changed, deck, full, make_workshop, wide_deck, workshop

__all__ = ["changed", "deck", "full", "make_workshop", "wide_deck", "workshop"]
