"""What the facilitator decides about a workshop, and what of it no workshop can have."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cardsort.domain.ballots import CORE, MIN_RANKED, SECOND, Group, Kind
from cardsort.domain.cards import has_ink
from cardsort.domain.effort import Way
from cardsort.domain.errors import InvalidInput
from cardsort.language import N_, SOURCE, _, number

NAME_LENGTH, QUESTION_LENGTH, APPEAL_LENGTH = 120, 240, 280
DEFAULT_PICKS, DEFAULT_THRESHOLD, MAX_THRESHOLD = 10, 3, 50
MAX_EXPECTED = 1_000_000
NEEDED = {"name", "question_it", "question_customers"}  # texts that every workshop has

QUESTIONS = {
    (Group.CUSTOMERS, Kind.OWN): N_("Which of these most need solving in how IT serves you?"),
    (Group.IT, Kind.PREDICTION): N_(
        "Which cards do you think your customers will put at the top, in the order you expect overall?"
    ),
    (Group.IT, Kind.OWN): N_("And which would you yourself put at the top?"),
    (Group.CUSTOMERS, Kind.PREDICTION): N_("And which cards do you think IT itself would put at the top?"),
}
FIELDS = {Group.IT: "it-", Group.CUSTOMERS: ""}  # what the names of these fields begin with where they are typed
SERVES_QUESTION = N_("Who uses what your team makes, and who pays in the end?")
HITS_QUESTION = N_("How many of the customers’ %(number)s do you expect your group’s list to name?")
NUMBERS = {  # of cards, within a sentence
    3: N_("three"),
    4: N_("four"),
    5: N_("five"),
    6: N_("six"),
    7: N_("seven"),
    8: N_("eight"),
    9: N_("nine"),
    10: N_("ten"),
}


class ChainKind(StrEnum):
    """A segment's place in the value chain, from the teams in IT to the customer who pays in the end."""

    INFRASTRUCTURE = "infrastructure"
    APPLICATIONS = "applications"
    SERVICE_DESK = "service_desk"
    INTERNAL = "internal"
    BUSINESS = "business"
    PAYING = "paying"

    @property
    def label(self) -> str:
        """The place in the chain, in plain words."""
        names = {
            "infrastructure": N_("Infrastructure"),
            "applications": N_("Applications"),
            "service_desk": N_("Service desk"),
            "internal": N_("Colleagues inside"),
            "business": N_("Business unit"),
            "paying": N_("Those who pay in the end"),
        }
        return _(names[self])


CHAIN = {
    Group.IT: (ChainKind.INFRASTRUCTURE, ChainKind.APPLICATIONS, ChainKind.SERVICE_DESK),
    Group.CUSTOMERS: (ChainKind.INTERNAL, ChainKind.BUSINESS, ChainKind.PAYING),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A kind of customer or a team in IT; `kind` None where nothing is known of its place in the chain.

    `expected` people were asked, None where nobody said how many. `counts_with`: the number of the one that it is told
    together with (`kinds`), None where it is told by itself.
    """

    name: str
    kind: ChainKind | None = None
    expected: int | None = None
    counts_with: int | None = None


class SegmentFaults(NamedTuple):
    """What is said of a group's segments that are wrong: a name too long, one alone, names alike, a place unknown."""

    long: str
    alone: str
    alike: str
    place: str


TEAM_FAULTS = SegmentFaults(
    N_("The name of a team in IT has %(length)s characters. Shorten it to %(most)s."),
    N_("One team in IT alone divides nothing. Name a second one, or leave all of them empty."),
    N_("Each team in IT needs a name of its own, with letters that can be seen."),
    N_("The place of a team in IT in the chain is none of those to choose from. Choose it again."),
)
KIND_FAULTS = SegmentFaults(
    N_("The name of a kind of customer has %(length)s characters. Shorten it to %(most)s."),
    N_("One kind of customer alone divides nothing. Name a second one, or leave all of them empty."),
    N_("Each kind of customer needs a name of its own, with letters that can be seen."),
    N_("The place of a kind of customer in the chain is none of those to choose from. Choose it again."),
)


@dataclass(frozen=True, slots=True)
class Appeal:
    """What wins people for taking part; every text is optional.

    Who asks, what came of the last round, when they will hear what came of this one, and one honest sentence about a
    damage that was done because IT and its customers saw things differently: as customers read it, and as IT does.
    """

    asked_by: str = ""
    last_round: str = ""
    hear_by: str = ""
    honest: str = ""
    honest_it: str = ""

    def honest_for(self, group: Group) -> str:
        """The honest sentence in the wording for that group; "" where there is none."""
        return self.honest_it if group is Group.IT else self.honest


@dataclass(frozen=True, slots=True)
class Settings:
    """What the facilitator decides. `threshold` k: nothing is shown of fewer people. `segments` are the kinds of
    customers, `teams` those in IT.

    `census`: everybody in IT takes part, so that only the customers' answers are uncertain.
    A question that nobody has worded anew is kept as `QUESTIONS` has it.
    `language`: what is spoken where nothing else says which, and on paper.
    The two second ballots are asked where their question is not empty.
    `first_way_*`: which way through the cards is offered first; None = the list on a phone, else one card at a time.
    """

    name: str
    organisation: str = ""
    question_it: str = QUESTIONS[Group.IT, Kind.PREDICTION]
    question_customers: str = QUESTIONS[Group.CUSTOMERS, Kind.OWN]
    question_it_own: str = ""
    question_customers_prediction: str = ""
    picks: int = DEFAULT_PICKS
    threshold: int = DEFAULT_THRESHOLD
    expected_it: int | None = None
    expected_customers: int | None = None
    segments: tuple[Segment, ...] = ()
    teams: tuple[Segment, ...] = ()
    appeal: Appeal = Appeal()
    first_way_it: Way | None = None
    first_way_customers: Way | None = None
    census: bool = False
    example: bool = False
    language: str = SOURCE

    def question(self, group: Group, kind: Kind | None = None) -> str:
        """The question of that group's ballot, the core one by default, in the present language where nobody has worded
        it; "" where no such ballot is asked.
        """
        kind = CORE[group] if kind is None else kind
        words = {
            (Group.IT, Kind.PREDICTION): self.question_it,
            (Group.CUSTOMERS, Kind.OWN): self.question_customers,
            (Group.IT, Kind.OWN): self.question_it_own,
            (Group.CUSTOMERS, Kind.PREDICTION): self.question_customers_prediction,
        }[group, kind]
        return _(words) if words == QUESTIONS[group, kind] else words

    def first_way(self, group: Group) -> Way | None:
        """The way that is offered first to that group, None = by the width of the screen."""
        return self.first_way_it if group is Group.IT else self.first_way_customers

    def segments_of(self, group: Group) -> tuple[Segment, ...]:
        """The teams in IT, or the kinds of customers."""
        return self.teams if group is Group.IT else self.segments

    def asks_second(self, group: Group) -> bool:
        """Whether the group may send a second ballot."""
        return bool(self.question(group, SECOND[group]))


def check_settings(settings: Settings, deck_size: int) -> None:
    """Refuse settings that no workshop can have, with a sentence naming the field."""
    for name, label, text, limit in _texts_of(settings):
        _check_text(name, label, text, limit)
    if not MIN_RANKED <= settings.picks <= deck_size:
        raise InvalidInput(
            _("The number of cards to choose is %(least)s to %(most)s.", least=MIN_RANKED, most=deck_size), "picks"
        )
    if not DEFAULT_THRESHOLD <= settings.threshold <= MAX_THRESHOLD:
        said = _(
            "The smallest group to show is %(least)s to %(most)s people.", least=DEFAULT_THRESHOLD, most=MAX_THRESHOLD
        )
        raise InvalidInput(said, "threshold")
    check_expected({"expected_it": settings.expected_it, "expected_customers": settings.expected_customers})
    for group in Group:
        _check_segments(group, settings.segments_of(group))


def _texts_of(settings: Settings) -> tuple[tuple[str, str, str, int], ...]:
    """Every text: its field, how a sentence begins with it, what it says, and how long it may be."""
    appeal = settings.appeal
    return (
        ("name", _("The workshop's name"), settings.name, NAME_LENGTH),
        ("organisation", _("The organisation's name"), settings.organisation, NAME_LENGTH),
        ("question_it", _("The question for IT"), settings.question_it, QUESTION_LENGTH),
        ("question_customers", _("The question for customers"), settings.question_customers, QUESTION_LENGTH),
        ("question_it_own", _("The question about IT’s own view"), settings.question_it_own, QUESTION_LENGTH),
        (
            "question_customers_prediction",
            _("The question about what IT would choose"),
            settings.question_customers_prediction,
            QUESTION_LENGTH,
        ),
        ("asked_by", _("The line on who asks"), appeal.asked_by, NAME_LENGTH),
        ("last_round", _("The text on the last round"), appeal.last_round, APPEAL_LENGTH),
        ("hear_by", _("The line on when people will hear"), appeal.hear_by, NAME_LENGTH),
        ("honest", _("The honest sentence for customers"), appeal.honest, APPEAL_LENGTH),
        ("honest_it", _("The honest sentence for IT"), appeal.honest_it, APPEAL_LENGTH),
    )


def _check_text(name: str, label: str, text: str, limit: int) -> None:
    if name in NEEDED and not has_ink(text):
        # L10N: %(field)s begins the sentence and names a field, in the singular: “The workshop's name”. Where the
        # sentence would have to agree with it, put it before a colon. The same in the two sentences that follow.
        raise InvalidInput(_("%(field)s is empty. Type it in.", field=label), name)
    if text and not has_ink(text):
        said = _("%(field)s has nothing that can be seen. Type it anew, or leave it empty.", field=label)
        raise InvalidInput(said, name)
    if len(text) > limit:
        said = _(
            "%(field)s has %(length)s characters. Shorten it to %(most)s.", field=label, length=len(text), most=limit
        )
        raise InvalidInput(said, name)


def check_expected(numbers: Mapping[str, int | None]) -> None:
    """Refuse numbers of invited people that cannot be, each by its field; None = not known."""
    for name, expected in numbers.items():
        if expected is not None and not 1 <= expected <= MAX_EXPECTED:
            raise InvalidInput(
                _("The expected number of people is 1 to %(most)s, or empty.", most=number(MAX_EXPECTED)), name
            )


def _check_segments(group: Group, segments: tuple[Segment, ...]) -> None:
    names, of = [segment.name.strip() for segment in segments], FIELDS[group]
    said = TEAM_FAULTS if group is Group.IT else KIND_FAULTS
    check_expected({f"{of}expected-{row}": segment.expected for row, segment in enumerate(segments, start=1)})
    for row, name in enumerate(names, start=1):
        if len(name) > NAME_LENGTH:
            raise InvalidInput(_(said.long, length=len(name), most=NAME_LENGTH), f"{of}segment-{row}")
    if len(names) == 1:
        raise InvalidInput(_(said.alone), f"{of}segment-2")
    if not all(map(has_ink, names)) or len({name.casefold() for name in names}) != len(names):
        raise InvalidInput(_(said.alike), f"{of}segment-1")
    if any(segment.kind not in {*CHAIN[group], None} for segment in segments):
        raise InvalidInput(_(said.place), f"{of}chain-1")
