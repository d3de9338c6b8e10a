"""A workshop and its stages: who may do what, and when. A lock is a time; the stage is derived, never stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from cardsort.domain.ballots import CORE, MIN_RANKED, SECOND, Group, Kind
from cardsort.domain.cards import Deck, has_ink
from cardsort.domain.editions import spoken
from cardsort.domain.effort import Way
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.sources import Restored, Sources
from cardsort.language import N_, SOURCE, _, number, pgettext

NAME_LENGTH, QUESTION_LENGTH, APPEAL_LENGTH = 120, 240, 280
DEFAULT_PICKS, DEFAULT_THRESHOLD, MAX_THRESHOLD = 10, 3, 50
MAX_EXPECTED = 1_000_000
MAX_TIMER, TIMER_STAYS = 180, timedelta(minutes=1)  # minutes; how long it is seen that the time is up
NOTE_LENGTH = 1000
NEEDED = {"name", "question_it", "question_customers"}  # texts that every workshop has

QUESTIONS = {
    (Group.CUSTOMERS, Kind.OWN): N_("Which of these most need solving in how IT serves you?"),
    (Group.IT, Kind.PREDICTION): N_(
        "Which cards do you think your customers will put at the top, in the order you expect overall?"
    ),
    (Group.IT, Kind.OWN): N_("And which would you yourself put at the top?"),
    (Group.CUSTOMERS, Kind.PREDICTION): N_("And which cards do you think IT itself would put at the top?"),
}
ONE_SEGMENT = {Group.IT: "team in IT", Group.CUSTOMERS: "kind of customer"}
SEGMENTS = {Group.IT: "teams in IT", Group.CUSTOMERS: "kinds of customers"}
CUSTOMERS_VOTED = N_(
    "There are ballots of customers in this round, so they take part, and nothing was changed. Take these ballots out "
    "first; the desk has a page for that."
)
IT_VOTED = N_(
    "There are ballots of people in IT in this round, so they take part, and nothing was changed. Take these ballots "
    "out first; the desk has a page for that."
)
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


class Stage(StrEnum):
    """Where a round stands, in order."""

    PREPARING = "preparing"
    COLLECTING = "collecting"
    LOCKED = "locked"
    REVEALED = "revealed"
    ACTING = "acting"

    @property
    def label(self) -> str:
        """The stage's name on pages."""
        names = {
            "preparing": pgettext("stage", "preparing"),
            "collecting": pgettext("stage", "collecting"),
            "locked": pgettext("stage", "locked"),
            "revealed": pgettext("stage", "revealed"),
            "acting": pgettext("stage", "acting"),
        }
        return names[self]


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


@dataclass(frozen=True, slots=True)
class RoundState:
    """The facts from which a round's stage follows. Times in UTC; a group is locked from its lock until reopened.

    `alone`: the one group that takes part, None where both do.
    `closes`: when a group closes by itself; once that has come, `at` has it among the locked ones.
    `reveal_step`: the slide that the projector shows, from 0. `on_devices`: participants see the lists on their own.
    `edition` counts how often what is asked was changed: a ballot belongs to the one that its page showed.
    `codes`: each customer sends the first ballot with a one-time code. `restored`: its ballots came from an archive.
    """

    number: int
    ballots: int
    locked: dict[Group, datetime]
    revealed_at: datetime | None = None
    edition: int = 0
    codes: bool = False
    restored: bool = False
    reopened: dict[Group, tuple[datetime, ...]] = field(default_factory=dict)
    agenda: bool = False
    published_on: date | None = None
    reveal_step: int = 0
    on_devices: bool = False
    closes: dict[Group, datetime] = field(default_factory=dict)
    alone: Group | None = None
    timer_ends_at: datetime | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that take part."""
        return Group.asked(self.alone)

    def takes(self, group: Group) -> bool:
        """Whether ballots of that group are taken, by what is written down."""
        return group in self.groups and group not in self.locked

    def at(self, now: datetime | None) -> "RoundState":
        """The round at that time, None = as it is written down: groups whose closing time has come are locked."""
        if now is None or not self.closes:
            return self
        closed = {group: at for group, at in self.closes.items() if at <= now and group in self.groups}
        return replace(self, locked=closed | self.locked)

    @property
    def stage(self) -> Stage:
        """The stage by design: preparing, collecting, locked (all that take part), revealed, acting."""
        if self.revealed_at is not None:
            return Stage.ACTING if self.agenda else Stage.REVEALED
        locked = [group for group in self.groups if group in self.locked]
        if len(locked) == len(self.groups):
            return Stage.LOCKED
        return Stage.COLLECTING if self.ballots or locked else Stage.PREPARING

    @property
    def begun(self) -> bool:
        """Whether the workshop's cards stay as they are, as somebody has voted on them, or could in a round before."""
        return self.number > 1 or self.ballots > 0 or self.revealed_at is not None

    def counts_segments(self, group: Group) -> bool:
        """Whether it may be seen how many of each kind of customer, or team in IT, have sent. With codes handed out to
        customers one by one each ballot would tell of which kind its sender is, so their numbers are then shown from
        the lock on.
        """
        return group is Group.IT or not self.codes or Group.CUSTOMERS in self.locked

    def check_reveal(self) -> None:
        """Refuse a reveal before the locks of all groups that take part."""
        if not self.locked.keys() >= set(self.groups):
            wanted = {
                None: N_("Nothing can be revealed yet. Lock both IT’s prediction and the customers’ ballots first."),
                Group.IT: N_("Nothing can be revealed yet. Lock IT’s prediction first."),
                Group.CUSTOMERS: N_("Nothing can be revealed yet. Lock the customers’ ballots first."),
            }
            raise WrongStage(_(wanted[self.alone]))

    def check_alone(self, alone: Group | None, voted: Collection[Group]) -> None:
        """Refuse to let one group take part alone where another has `voted`, and any change after the reveal."""
        if self.revealed_at is not None:
            raise WrongStage(
                _("The result is revealed, so it stays as it is who took part. The next round asks again.")
            )
        if alone is not None and any(group is not alone for group in voted):
            raise WrongStage(_(CUSTOMERS_VOTED if alone is Group.IT else IT_VOTED))

    def check_reopen(self) -> None:
        """Refuse reopening after the reveal."""
        if self.revealed_at is not None:
            raise WrongStage(_("The result is revealed, so the ballots stay as they are. Start a new round instead."))

    def check_next(self) -> None:
        """Refuse a next round before this one is revealed: its ballots would mix with what is still open."""
        if self.revealed_at is None:
            raise WrongStage(
                _(
                    "Round %(number)s is not revealed yet. Reveal its result first; then the next round can begin.",
                    number=self.number,
                )
            )

    def check_revealed(self) -> None:
        """Refuse to show any result before the reveal."""
        if self.revealed_at is None:
            raise WrongStage(_("There is no result to see before the reveal. Until then only the counts are shown."))

    def check_rehearsal(self) -> None:
        """Refuse a rehearsal after the reveal: nothing invented stands beside what people answered."""
        if self.revealed_at is not None:
            raise WrongStage(
                _(
                    "The result is revealed, so there is nothing to rehearse any more. Go to the desk: slides, page "
                    "and report show what people answered."
                )
            )

    def check_discard(self) -> None:
        """Refuse to take a ballot out after the reveal: it could be done for what it says."""
        if self.revealed_at is not None:
            raise WrongStage(_("The result is revealed, so every ballot stays in it. Start a new round instead."))

    def check_start_over(self) -> None:
        """Refuse to empty a round of which a group is locked."""
        self.check_discard()
        if self.locked:
            raise WrongStage(
                _(
                    "A group is locked, so nothing was taken out. Open it again first, or take single ballots out by "
                    "their receipts."
                )
            )

    def check_words(self) -> None:
        """Refuse to show what people wrote while all of them can still change it."""
        if not self.locked:
            raise WrongStage(
                _(
                    "Nobody’s words can be read yet. Lock the customers’ ballots first; then you can read what they "
                    "wrote before anybody else does."
                )
            )

    def check_turned(self, step: int) -> None:
        """Refuse to show participants what the projector has not: it turns the lists over up to slide `step`."""
        self.check_revealed()
        if self.reveal_step < step:
            raise WrongStage(
                _(
                    "Not everything of the lists has been turned over yet, so participants are shown nothing. Turn the "
                    "slides on the projector up to there first; then show it on their devices too."
                )
            )

    def timer_left(self, now: datetime) -> int | None:
        """So many seconds are left on the timer that the projector shows; None without one, or once it has been over
        for a minute.
        """
        if self.timer_ends_at is None or self.timer_ends_at <= now - TIMER_STAYS:
            return None
        return max(0, ceil((self.timer_ends_at - now).total_seconds()))

    def step_within(self, last: int) -> int:
        """The reveal's present step; a threshold raised since may have left fewer slides than there were."""
        return min(self.reveal_step, last)

    def step_after(self, *, seen: int, to: int, last: int) -> int:
        """The reveal's step once somebody whose screen shows step `seen` has asked for step `to`.

        A second click, or another device's, comes from a step that is past: it changes nothing.
        """
        self.check_revealed()
        if not 0 <= to <= last:
            raise InvalidInput(
                _(
                    "There is no slide %(to)s: they go from 1 to %(last)s. Use the page’s buttons.",
                    to=to + 1,
                    last=last + 1,
                )
            )
        present = self.step_within(last)
        return to if seen == present else present


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
