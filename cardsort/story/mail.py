"""A mail that asks people to take part: what for, how to get in, how long it takes and what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.settings import Settings
from cardsort.language import N_, _, ngettext, number
from cardsort.story.invitation import how_long, until, what_is_kept

# L10N: both follow “Hello,” in a mail
OPENING = {
    Group.IT: N_("what do our customers need most from IT? Each of us has a picture of it. Please tell me yours."),
    Group.CUSTOMERS: N_("you use what IT provides, so you know where it helps and where it hurts. Please tell us."),
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
        return _("Or open %(host)s and type the code %(code)s.", host=self.host, code=self.code)


def write_mail(settings: Settings, group: Group, way: WayIn, deck: Deck) -> Mail:
    """The mail that invites a group."""
    shortest, appeal = effort_of(Way.LIST, deck, settings.picks).minutes, settings.appeal
    kept = what_is_kept(settings.threshold)
    parts = (
        _("Hello,"),
        _(OPENING[group]),
        appeal.honest_for(group),
        _("The question is: “%(question)s”", question=settings.question(group)),
        _("Open this link on a phone, tablet or computer. There is no account and nothing to install:")
        + f"\n{way.address}",
        way.other,
        " ".join((_("How long does it take?"), how_long(deck, settings.picks), _("What is kept?"), kept)),
        until(way.closes),
        appeal.last_round and _("What came of the last round: %(said)s", said=appeal.last_round),
        appeal.hear_by and _("When you will hear what came of it: %(said)s", said=appeal.hear_by),
        _("Thank you!") + (f"\n{appeal.asked_by}" if appeal.asked_by else ""),
    )
    subject = ngettext("%(n)s minute for “%(name)s”?", "%(n)s minutes for “%(name)s”?", shortest, name=settings.name)
    return _mail(subject, parts)


def write_reminder(settings: Settings, group: Group, way: WayIn, deck: Deck, answered: int) -> Mail:
    """A mail for everybody of a group, as nobody knows who has answered: how many have, and until when one can."""
    expected = settings.expected_it if group is Group.IT else settings.expected_customers
    parts = (
        _("Hello,"),
        " ".join((_so_far(answered, expected), *([_("Thank you!")] if answered else []))),
        " ".join((_("If you are not among them, please do."), until(way.closes))).strip(),
        " ".join((how_long(deck, settings.picks), _("The link, for everybody:"))) + f"\n{way.address}",
        way.other,
        settings.appeal.asked_by,
    )
    return _mail(_("A reminder: “%(name)s”", name=settings.name), parts)


def _so_far(answered: int, expected: int | None) -> str:
    if not answered:
        return _("Nobody has answered so far.")
    if expected and expected >= answered:
        of = number(expected)
        return ngettext(
            "%(n)s of %(expected)s have answered so far.",
            "%(n)s of %(expected)s have answered so far.",
            answered,
            expected=of,
        )
    return ngettext("%(n)s has answered so far.", "%(n)s have answered so far.", answered)


def _mail(subject: str, parts: Sequence[str]) -> Mail:
    text = "\n\n".join(part for part in parts if part)
    return Mail(subject, f"{text}\n".replace("\xa0", " "))
