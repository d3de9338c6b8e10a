"""An example workshop to look at: invented people, drawn with a seed, voting through the same steps as real ones."""

import math
import random
from dataclasses import dataclass
from datetime import datetime

from cardsort.domain.ballots import Ballot, Basis, Cost, Evidence, Group, Moment, Pile, Reason
from cardsort.domain.cards import Card, Deck, Lens
from cardsort.domain.workshops import ChainKind, Segment, Settings
from cardsort.store.ballots import StoredBallot
from cardsort.usecases.tokens import new_key
from cardsort.usecases.voting import Voting, cast_ballot, find_voting
from cardsort.usecases.workshops import Started, lock_group, reveal, start_workshop, voting_access

SEED = 13
SEGMENTS = (
    Segment("Sales and service teams", ChainKind.INTERNAL),
    Segment("Business units", ChainKind.BUSINESS),
    Segment("Paying customers", ChainKind.PAYING),
)
IT_PEOPLE = 24
CUSTOMERS = (22, 20, 18)
FAVOURITE = 1.5  # the first card is the one chosen most world-wide
REMARKS = (
    "I plan half an hour for every call to the help desk.",
    "We found out from a colleague, not from IT.",
    "Last quarter this cost us a delivery.",
    "In the end we bought our own tool.",
    "Everybody was friendly. It still took nine days.",
    "I have stopped reporting it.",
    "On the last day of the month it happens every time.",
    "Nobody could tell me when it would work again.",
)


def start_example(deck: Deck, *, secret: bytes, now: datetime) -> Started:
    """A revealed example workshop: 24 IT predictions and 60 customer ballots in three segments, always the same."""
    settings = Settings(
        name="Example: the autumn workshop",
        organisation="Harbour & Sons (invented)",
        expected_it=26,
        expected_customers=80,
        segments=SEGMENTS,
        example=True,
    )
    started = start_workshop(settings, deck, secret=secret, today=now.date())
    access = voting_access(started.workshop_id, secret=secret)
    room = random.Random(SEED)  # noqa: S311  invented ballots, not secrets
    tastes = _Tastes(deck, room)
    staff = find_voting(access[Group.IT].token, secret=secret)
    for _ in range(IT_PEOPLE):
        _cast(staff, tastes.draw(tastes.guessed), room)
    customers = find_voting(access[Group.CUSTOMERS].token, secret=secret)
    for number, size in enumerate(CUSTOMERS, start=1):
        for _ in range(size):
            _cast(customers, tastes.draw(tastes.of_segment(number)), room, segment=number)
    for group in Group:
        lock_group(started.workshop_id, group, now=now)
    reveal(started.workshop_id, now=now)
    return started


@dataclass(frozen=True, slots=True)
class _Drawn:
    ranking: tuple[str, ...]
    piles: dict[str, Pile]


class _Tastes:
    """How strongly each card is felt, in logits: by customers, by each segment, and as IT imagines it."""

    def __init__(self, deck: Deck, room: random.Random) -> None:
        self.deck, self.room = deck, room
        self.actual = {card.code: room.gauss(0, 1.0) for card in deck.cards}
        self.actual[deck.codes[0]] += FAVOURITE
        bias = {Lens.PROCESS: 0.3, Lens.COST: 0.0, Lens.CUSTOMER: -0.3}
        self.guessed = {card.code: self._guess(card, bias) for card in deck.cards}
        self.leaning = [{card.code: room.gauss(0, 0.45) for card in deck.cards} for _ in SEGMENTS]

    def of_segment(self, number: int) -> dict[str, float]:
        """The tastes of one segment of customers, numbered from 1."""
        return {code: value + self.leaning[number - 1][code] for code, value in self.actual.items()}

    def draw(self, tastes: dict[str, float]) -> _Drawn:
        """One person's piles and top ten: tastes plus a person's own luck (Gumbel noise: a Plackett-Luce ranking)."""
        felt = {code: 1.2 * value - math.log(-math.log(self.room.random())) for code, value in tastes.items()}
        order = sorted(felt, key=lambda code: -felt[code])
        near, far = self.room.randint(10, 18), self.room.randint(26, 38)
        piles = {
            code: Pile.OFTEN if place < near else Pile.SOMETIMES if place < far else Pile.NO
            for place, code in enumerate(order)
        }
        return _Drawn(tuple(order[:10]), piles)

    def _guess(self, card: Card, bias: dict[Lens, float]) -> float:
        lens = bias[card.lens] if card.lens else 0.0
        return 0.6 * self.actual[card.code] + lens + self.room.gauss(0, 0.6)


def _cast(voting: Voting, drawn: _Drawn, room: random.Random, segment: int | None = None) -> None:
    moment = None
    if voting.group is Group.CUSTOMERS:
        moment = room.choices(list(Moment), weights=(6, 3, 1))[0]
        reasons = tuple(_experience(room) for _ in range(3))
    else:
        reasons = tuple(_basis(room) for _ in range(3))
    ballot = Ballot(drawn.ranking, drawn.piles, reasons, moment)
    cast_ballot(voting, new_key(), StoredBallot(f"{room.getrandbits(128):032x}", ballot), segment=segment)


def _basis(room: random.Random) -> Reason:
    if room.random() < 0.85:  # noqa: PLR2004  about as many as in the published workshops
        return Reason(Basis.THINK, Evidence.GUESS if room.random() < 0.7 else Evidence.COMPLAINTS)  # noqa: PLR2004
    return Reason(Basis.KNOW, room.choice((Evidence.ASKED, Evidence.DATA)))


def _experience(room: random.Random) -> Reason:
    costs = frozenset(cost for cost in Cost if room.random() < 0.4)  # noqa: PLR2004
    return Reason(costs=costs, words=room.choice(REMARKS) if room.random() < 0.25 else "")  # noqa: PLR2004
