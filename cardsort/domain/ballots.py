"""A ballot: one respondent's ranking, by one group, of one kind, with the reasons given for its top three."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cardsort.domain.cards import Deck
from cardsort.domain.errors import InvalidBallot
from cardsort.language import _, ngettext, number

MIN_RANKED = 3
WORDS_LENGTH = 280
REASONS = 3  # reasons are asked for the first three places
MOST_HITS = 10  # “the top” is never more cards


class Group(StrEnum):
    """Who answers."""

    IT = "it"
    CUSTOMERS = "customers"

    @classmethod
    def asked(cls, alone: "Group | None") -> tuple["Group", ...]:
        """The groups that take part: the one `alone`, or both for None."""
        return tuple(cls) if alone is None else (alone,)


class Kind(StrEnum):
    """Whose view a ballot gives: the respondent's own, or a prediction of the other group's."""

    OWN = "own"
    PREDICTION = "prediction"


CORE = {Group.IT: Kind.PREDICTION, Group.CUSTOMERS: Kind.OWN}
SECOND = {Group.IT: Kind.OWN, Group.CUSTOMERS: Kind.PREDICTION}  # optional, after the core ballot


class Pile(StrEnum):
    """The heaps of the first step: whether what stands on a card happens here."""

    OFTEN = "often"
    SOMETIMES = "sometimes"
    NO = "no"
    UNSURE = "unsure"  # can't say


class Basis(StrEnum):
    """Whether IT knows that a card is high on the customers' list, or thinks so."""

    KNOW = "know"
    THINK = "think"


class Evidence(StrEnum):
    """How IT knows."""

    ASKED = "asked"
    DATA = "data"
    COMPLAINTS = "complaints"
    GUESS = "guess"


class Cost(StrEnum):
    """What a practice costs the customer."""

    TIME = "time"
    MONEY = "money"
    TROUBLE = "trouble"


class Moment(StrEnum):
    """What the time was like when the respondent answered."""

    CALM = "calm"
    BUSY = "busy"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class Reason:
    """What was said about one of the first three cards; everything is optional."""

    basis: Basis | None = None
    evidence: Evidence | None = None
    costs: frozenset[Cost] = frozenset()
    words: str = ""

    def __post_init__(self) -> None:
        if len(self.words) > WORDS_LENGTH:
            raise InvalidBallot(_too_long_words(len(self.words)))


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ranking, best first, without repeats; cards not ranked are tied below. Piles never count as ranks.

    `reasons` belong to the first places, in order, and may be fewer than three. `serves`: whom a person's team in IT
    works for, and who pays in the end, in their own words. `expected_hits`: how many of the customers' top somebody in
    IT expects the group's list to name; None where that was not said.
    """

    ranking: tuple[str, ...]
    piles: Mapping[str, Pile] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    moment: Moment | None = None
    serves: str = ""
    expected_hits: int | None = None

    def __post_init__(self) -> None:
        if len(set(self.ranking)) != len(self.ranking):
            raise InvalidBallot(_("A card stands twice in the ranking. Each card can have one place only."))
        if len(self.reasons) > min(REASONS, len(self.ranking)):
            raise InvalidBallot(_("Reasons are asked for the first %(reasons)s cards only.", reasons=REASONS))
        if len(self.serves) > WORDS_LENGTH:
            raise InvalidBallot(_too_long_serves(len(self.serves)))


def _too_long_words(length: int) -> str:
    return ngettext(
        "Your words about a card have %(n)s character. Shorten them to %(most)s.",
        "Your words about a card have %(n)s characters. Shorten them to %(most)s.",
        length,
        most=number(WORDS_LENGTH),
    )


def _too_long_serves(length: int) -> str:
    return ngettext(
        "Your words about your customers have %(n)s character. Shorten them to %(most)s.",
        "Your words about your customers have %(n)s characters. Shorten them to %(most)s.",
        length,
        most=number(WORDS_LENGTH),
    )


def check_ballot(ballot: Ballot, deck: Deck, picks: int) -> None:
    """Refuse a ballot that this workshop cannot count: unknown cards, fewer than 3 or more than `picks` ranked."""
    strangers = [code for code in (*ballot.ranking, *ballot.piles) if code not in deck]
    if strangers:
        raise InvalidBallot(_("The card %(code)s is not in this workshop's deck. Reload the page.", code=strangers[0]))
    expected, most = ballot.expected_hits, most_hits(picks, deck.size)
    if expected is not None and not 0 <= expected <= most:
        raise InvalidBallot(
            _(
                "%(expected)s cards are expected to be named. Choose 0 to %(most)s, or give no answer.",
                expected=expected,
                most=most,
            )
        )
    count = len(ballot.ranking)
    if count < MIN_RANKED:
        raise InvalidBallot(_too_few(count))
    check_most(count, picks)


def _too_few(count: int) -> str:
    if not count:
        return _("No card is ranked. Rank at least %(least)s.", least=MIN_RANKED)
    return ngettext(
        "Only one card is ranked. Rank at least %(least)s.",
        "Only %(n)s cards are ranked. Rank at least %(least)s.",
        count,
        least=MIN_RANKED,
    )


def most_hits(picks: int, deck_size: int) -> int:
    """How many cards the customers' top has where `picks` are asked: at most ten, and always fewer than the deck."""
    return min(MOST_HITS, picks, deck_size - 1)


def check_most(count: int, picks: int) -> None:
    """Refuse more than `picks` ranked cards."""
    if count > picks:
        raise InvalidBallot(
            _(
                "%(count)s of %(picks)s cards are ranked: put %(back)s back.",
                count=count,
                picks=picks,
                back=count - picks,
            )
        )
