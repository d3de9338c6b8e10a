"""Invented people, drawn with a seed: they vote in the example workshop, and in rehearsals."""

import math
import random
from collections.abc import Callable
from itertools import cycle

from cardsort.domain.ballots import REASONS, Ballot, Basis, Cost, Evidence, Moment, Pile, Reason, most_hits
from cardsort.domain.cards import Card, Deck, Lens

HOPES = (7, 6, 8, 7, 6)  # how many of ten cards people in IT expect to name, in turn
FAVOURITE = 1.5  # the first card: in the shipped deck the one chosen most world-wide
BIAS = {Lens.PROCESS: 0.3, Lens.COST: 0.0, Lens.CUSTOMER: -0.3}  # of IT
Tastes = dict[str, float]


class People:
    """People in IT and customers of so many `kinds`, each drawn by its next call. They rank `picks` cards; `says` is
    what a customer writes about a card, and `writes` the share of their first cards that they write about.
    """

    def __init__(
        self,
        deck: Deck,
        room: random.Random,
        *,
        kinds: int,
        picks: int,
        says: Callable[[str], str],
        writes: float = 0.25,
    ) -> None:
        self.room, self.picks, self.says, self.writes = room, picks, says, writes
        self.hopes = cycle(HOPES)
        self.actual = {card.code: room.gauss(0, 1.0) for card in deck.cards}  # how strongly a card is felt, in logits
        self.actual[deck.codes[0]] += FAVOURITE
        self.guessed = {card.code: self._guess(card) for card in deck.cards}
        self.leaning = [{card.code: room.gauss(0, 0.45) for card in deck.cards} for _ in range(kinds)]

    def staff(self) -> Ballot:
        """What somebody in IT expects of the customers."""
        ranking, piles = self._order(self.guessed)
        most = most_hits(self.picks, len(piles))
        reasons = tuple(self._basis() for _ in range(REASONS))
        return Ballot(ranking, piles, reasons, expected_hits=most * next(self.hopes) // 10)

    def customer(self, kind: int = 0) -> Ballot:
        """What a customer of that kind chooses, numbered from 1; 0 = of none."""
        leaning = self.leaning[kind - 1] if kind else {}
        ranking, piles = self._order({code: value + leaning.get(code, 0.0) for code, value in self.actual.items()})
        moment = self.room.choices(list(Moment), weights=(6, 3, 1))[0]
        return Ballot(ranking, piles, tuple(self._experience(code) for code in ranking[:REASONS]), moment)

    def _guess(self, card: Card) -> float:
        lens = BIAS[card.lens] if card.lens else 0.0
        return 0.6 * self.actual[card.code] + lens + self.room.gauss(0, 0.6)

    def _order(self, tastes: Tastes) -> tuple[tuple[str, ...], dict[str, Pile]]:
        """One person's top and piles: tastes plus the person's own luck (Gumbel noise: a Plackett-Luce ranking)."""
        felt = {code: 1.2 * value - math.log(-math.log(self.room.random())) for code, value in tastes.items()}
        order = sorted(felt, key=lambda code: -felt[code])
        near, far = self._part(len(order), 10, 18), self._part(len(order), 26, 38)
        piles = {
            code: Pile.OFTEN if place < near else Pile.SOMETIMES if place < far else Pile.NO
            for place, code in enumerate(order)
        }
        return tuple(order[: self.picks]), piles

    def _part(self, size: int, least: int, most: int) -> int:
        """So many of a deck's cards, from `least` to `most` of 52."""
        return self.room.randint(size * least // 52, size * most // 52)

    def _basis(self) -> Reason:
        if self.room.random() < 0.85:  # noqa: PLR2004  about as many as in the published workshops
            guess = self.room.random() < 0.7  # noqa: PLR2004
            return Reason(Basis.THINK, Evidence.GUESS if guess else Evidence.COMPLAINTS)
        return Reason(Basis.KNOW, self.room.choice((Evidence.ASKED, Evidence.DATA)))

    def _experience(self, code: str) -> Reason:
        costs = frozenset(cost for cost in Cost if self.room.random() < 0.4)  # noqa: PLR2004
        return Reason(costs=costs, words=self.says(code) if self.room.random() < self.writes else "")
