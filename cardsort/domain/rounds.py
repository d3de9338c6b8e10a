"""A round and its stages: who may do what, and when. A lock is a time; the stage is derived, never stored."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from cardsort.domain.ballots import Group
from cardsort.domain.errors import InvalidInput, TooEarly, WrongStage
from cardsort.language import N_, _, pgettext

MAX_TIMER, TIMER_STAYS = 180, timedelta(minutes=1)  # minutes; how long it is seen that the time is up
NOTE_LENGTH = 1000
CUSTOMERS_VOTED = N_(
    "There are ballots of customers in this round, so they take part, and nothing was changed. Take these ballots out "
    "first; the desk has a page for that."
)
IT_VOTED = N_(
    "There are ballots of people in IT in this round, so they take part, and nothing was changed. Take these ballots "
    "out first; the desk has a page for that."
)


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

    def closes_next(self, after: datetime) -> datetime | None:
        """When the first of the groups that are open closes by itself after that time; None where none does."""
        return min((at for group, at in self.closes.items() if at > after and self.takes(group)), default=None)

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
            raise TooEarly(_(wanted[self.alone]))

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
            raise TooEarly(
                _(
                    "Round %(number)s is not revealed yet. Reveal its result first; then the next round can begin.",
                    number=self.number,
                )
            )

    def check_revealed(self) -> None:
        """Refuse to show any result before the reveal."""
        if self.revealed_at is None:
            raise TooEarly(_("There is no result to see before the reveal. Until then only the counts are shown."))

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
            raise TooEarly(
                _(
                    "Nobody’s words can be read yet. Lock the customers’ ballots first; then you can read what they "
                    "wrote before anybody else does."
                )
            )

    def check_turned(self, step: int) -> None:
        """Refuse to show participants what the projector has not: it turns the lists over up to slide `step`."""
        self.check_revealed()
        if self.reveal_step < step:
            raise TooEarly(
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
