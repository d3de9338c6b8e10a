"""A mail that asks people to take part: what for, how to get in, how long it takes and what is kept."""

from dataclasses import dataclass

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.counting import counted
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.workshops import Settings
from cardsort.story.invitation import how_long, what_is_kept

OPENING = {
    Group.IT: "what do our customers need most from IT? Each of us has a picture of it. Please tell me yours.",
    Group.CUSTOMERS: "you use what IT provides, so you know where it helps and where it hurts. Please tell us.",
}


@dataclass(frozen=True, slots=True)
class Mail:
    """Subject and text, both plain."""

    subject: str
    text: str


def write_mail(settings: Settings, group: Group, *, address: str, host: str, code: str, deck: Deck) -> Mail:
    """The mail for a group; `address` is its voting link, `host` where `code` can be typed instead."""
    shortest, appeal = effort_of(Way.LIST, deck, settings.picks).minutes, settings.appeal
    kept = what_is_kept(settings.threshold)
    parts = (
        "Hello,",
        OPENING[group],
        appeal.honest_for(group),
        f"The question is: “{settings.question(group)}”",
        f"Open this link on a phone, tablet or computer. There is no account and nothing to install:\n{address}",
        f"Or open {host} and type the code {code}.",
        f"How long does it take? {how_long(deck, settings.picks)} What is kept? {kept}",
        appeal.last_round and f"What came of the last round: {appeal.last_round}",
        appeal.hear_by and f"When you will hear what came of it: {appeal.hear_by}",
        "Thank you!" + (f"\n{appeal.asked_by}" if appeal.asked_by else ""),
    )
    subject, text = f"{counted(shortest, 'minute')} for “{settings.name}”?", "\n\n".join(part for part in parts if part)
    return Mail(subject, f"{text}\n".replace("\xa0", " "))
