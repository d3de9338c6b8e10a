"""A workshop: what was decided, the cards, and the state of a round."""

from dataclasses import dataclass, field
from datetime import date, datetime

from cardsort.domain.ballots import CORE, SECOND, Group, Kind
from cardsort.domain.cards import Deck
from cardsort.domain.editions import spoken
from cardsort.domain.rounds import RoundState
from cardsort.domain.settings import Settings
from cardsort.domain.sources import Restored, Sources


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop with the state of one of its rounds, usually the last.

    `settings` has the numbers expected in that round. `own_deck`: the cards as they are stored.
    `sources`: where its ballots came from, by group and kind;
    `segment_sources`: the same of each group's core ballots, by segment. `revealed`: the rounds whose result may be
    read, rising, each with the time of its reveal.
    """

    id: str
    settings: Settings
    own_deck: Deck
    created_on: date
    delete_on: date
    round: RoundState
    sources: dict[tuple[Group, Kind], Sources] = field(default_factory=dict)
    segment_sources: dict[Group, tuple[Sources, ...]] = field(default_factory=dict)
    revealed: dict[int, datetime] = field(default_factory=dict)
    restored: Restored = False

    @property
    def deck(self) -> Deck:
        """The cards as they are read in the present language."""
        return spoken(self.own_deck, self.settings.language)

    @property
    def core(self) -> dict[Group, Sources]:
        """Where each group's core ballots came from."""
        return {group: self.sources[group, CORE[group]] for group in Group}

    @property
    def second(self) -> dict[Group, Sources]:
        """Where each group's second ballots came from."""
        return {group: self.sources[group, SECOND[group]] for group in Group}
