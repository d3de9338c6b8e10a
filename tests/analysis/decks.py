"""Small decks and ballots for the tests, spelled out."""

from collections.abc import Sequence

from cardsort.analysis.ballotset import BallotSet
from cardsort.domain.cards import Card, Deck, Lens
from cardsort.files.ballotfile import read_ballots


def make_deck(size: int, *, lenses: bool = True) -> Deck:
    """Cards C01, C02, …; their lenses go round: customer, process, cost."""
    kinds = list(Lens)
    return Deck(
        "Test deck",
        tuple(
            Card(f"C{n:02}", f"Title {n}", lens=kinds[(n - 1) % len(kinds)] if lenses else None)
            for n in range(1, size + 1)
        ),
    )


def spell(numbers: Sequence[int]) -> str:
    """1, 3 -> "C01 C03"."""
    return " ".join(f"C{number:02}" for number in numbers)


def make_ballots(
    deck: Deck,
    it: Sequence[Sequence[int]] = (),
    customers: Sequence[Sequence[int]] = (),
    *,
    own: Sequence[Sequence[int]] = (),
    reverse: Sequence[Sequence[int]] = (),
) -> BallotSet:
    """IT's predictions, customers' own, IT's own and customers' predictions, each ballot as card numbers from 1."""
    rows = ["group,kind,ranking"]
    for group, kind, ballots in (
        ("it", "prediction", it),
        ("customers", "own", customers),
        ("it", "own", own),
        ("customers", "prediction", reverse),
    ):
        rows += [f"{group},{kind},{spell(ballot)}" for ballot in ballots]
    return read_ballots("\n".join(rows), deck)
