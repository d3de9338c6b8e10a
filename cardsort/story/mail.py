"""A mail that asks people to take part: what for, how to get in, how long it takes and what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.counting import counted
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.workshops import Settings
from cardsort.story.invitation import how_long, until, what_is_kept

OPENING = {
    Group.IT: "what do our customers need most from IT? Each of us has a picture of it. Please tell me yours.",
    Group.CUSTOMERS: "you use what IT provides, so you know where it helps and where it hurts. Please tell us.",
}


@dataclass(frozen=True, slots=True)
class Mail:
    """Subject and text, both plain."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class WayIn:
    """How to get in and until when: the voting link, `host` where `code` can be typed instead, and when it closes by
    itself, in the time zone to tell, None where it does not.
    """

    address: str
    host: str
    code: str
    closes: datetime | None = None

    @property
    def other(self) -> str:
        """The other way than the link."""
        return f"Or open {self.host} and type the code {self.code}."


def write_mail(settings: Settings, group: Group, way: WayIn, deck: Deck) -> Mail:
    """The mail that invites a group."""
    shortest, appeal = effort_of(Way.LIST, deck, settings.picks).minutes, settings.appeal
    kept = what_is_kept(settings.threshold)
    parts = (
        "Hello,",
        OPENING[group],
        appeal.honest_for(group),
        f"The question is: “{settings.question(group)}”",
        f"Open this link on a phone, tablet or computer. There is no account and nothing to install:\n{way.address}",
        way.other,
        f"How long does it take? {how_long(deck, settings.picks)} What is kept? {kept}",
        until(way.closes),
        appeal.last_round and f"What came of the last round: {appeal.last_round}",
        appeal.hear_by and f"When you will hear what came of it: {appeal.hear_by}",
        "Thank you!" + (f"\n{appeal.asked_by}" if appeal.asked_by else ""),
    )
    return _mail(f"{counted(shortest, 'minute')} for “{settings.name}”?", parts)


def write_reminder(settings: Settings, group: Group, way: WayIn, deck: Deck, answered: int) -> Mail:
    """A mail for everybody of a group, as nobody knows who has answered: how many have, and until when one can."""
    expected = settings.expected_it if group is Group.IT else settings.expected_customers
    of = f" of {expected:,}" if expected and expected >= answered else ""
    parts = (
        "Hello,",
        f"{answered:,}{of} {'has' if answered == 1 and not of else 'have'} answered so far. Thank you!",
        f"If you are not among them, please do. {until(way.closes)}".strip(),
        f"{how_long(deck, settings.picks)} The link, for everybody:\n{way.address}",
        way.other,
        settings.appeal.asked_by,
    )
    return _mail(f"A reminder: “{settings.name}”", parts)


def _mail(subject: str, parts: Sequence[str]) -> Mail:
    text = "\n\n".join(part for part in parts if part)
    return Mail(subject, f"{text}\n".replace("\xa0", " "))
