"""The ways into a workshop, ready to show: address, join code, where ballots from paper are typed in and whether it is
anonymous; a mail that tells one, and another in its place.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort import language
from cardsort.domain.ballots import Group
from cardsort.domain.errors import NotFound, WrongStage
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _
from cardsort.store.links import Purpose
from cardsort.story.mail import Mail, WayIn, write_mail, write_reminder
from cardsort.usecases.workshops import Access, replace_link, segment_access, set_link_language, voting_access
from cardsort.web.kit.access import desk_of
from cardsort.web.kit.forms import SEGMENT_ROWS
from cardsort.web.kit.guard import config
from cardsort.web.kit.speaking import chosen

bp = Blueprint("doors", __name__, url_prefix="/desk/<workshop_id>")
NOT_ASKED = {
    Group.IT: N_(
        "IT is not asked in this round, so nothing of it is handed out or locked. The desk says who takes part."
    ),
    Group.CUSTOMERS: N_(
        "Customers are not asked in this round, so nothing of them is handed out or locked. The desk says who takes "
        "part."
    ),
}


@dataclass(frozen=True, slots=True)
class Door:
    """One way in for a group; `kind` numbers the one kind of customer that it is for, 0 = everybody of the group.
    `language` is the link's own; None where it has none, or one that is no longer offered.
    """

    group: Group
    address: str
    code: str
    paper: str
    anonymous: str
    kind: int = 0
    name: str = ""
    language: str | None = None

    @property
    def host(self) -> str:
        """What to type before the join code."""
        return self.address.split("/v/", maxsplit=1)[0]


@bp.get("/mail/<group>")
def mail(workshop_id: str, group: str) -> str:
    """A mail to copy, with the link and join code of the group or of one kind of customer, in that link's language."""
    workshop = desk_of(workshop_id)
    door, settings = door_of(workshop, group), workshop.settings
    way = WayIn(door.address, door.host, door.code, closes_here(workshop, door.group))
    with language.speaking(door.language or language.present()):
        mail = write_mail(settings, door.group, way, workshop.deck)
        reminder = write_reminder(settings, door.group, way, workshop.deck, workshop.core[door.group].n)
    return render_template("desk/mail.html", workshop=workshop, door=door, mail=mail, reminder=reminder, mailto=_mailto)


def closes_here(workshop: Workshop, group: Group) -> datetime | None:
    """When the group closes by itself, on this server's clock; None where it does not, or has."""
    closes = None if group in workshop.round.locked else workshop.round.closes.get(group)
    return closes.astimezone() if closes else None


def _mailto(mail: Mail) -> str:
    return f"mailto:?subject={quote(mail.subject)}&body={quote(mail.text.replace(chr(10), chr(13) + chr(10)))}"


@bp.post("/replace-link/<group>")
def replace(workshop_id: str, group: str) -> AnyResponse:
    """Put a new voting link in the place of the old one, or of one kind of customer's, if it had any."""
    desk_of(workshop_id)
    purpose, kind = Purpose(group_of(group).value), request.args.get("kind", "0")
    if kind not in {str(number) for number in range(SEGMENT_ROWS + 1)}:
        raise NotFound
    replace_link(workshop_id, purpose, secret=config().secret, segment=int(kind))
    return redirect(url_for("desk.show", workshop_id=workshop_id, _anchor=f"door-{purpose}"), 303)


@bp.post("/link-language/<group>")
def speak(workshop_id: str, group: str) -> AnyResponse:
    """The language that a voting link speaks to whoever has not chosen one; none = that of their browser."""
    desk_of(workshop_id)
    of, kind = group_of(group), request.args.get("kind", "0")
    if kind not in {str(number) for number in range(SEGMENT_ROWS + 1)}:
        raise NotFound
    set_link_language(workshop_id, of, chosen(request.form), segment=int(kind))
    return redirect(url_for("desk.show", workshop_id=workshop_id, _anchor=f"door-{of}"), 303)


def doors_of(workshop: Workshop) -> list[Door]:
    """The ways in of the groups that take part, one for each."""
    access = voting_access(workshop.id, secret=config().secret)
    return [_door(access[group]) for group in workshop.round.groups]


def kind_doors_of(workshop: Workshop) -> list[Door]:
    """The ways in for one kind of customer alone."""
    found = segment_access(workshop.id, secret=config().secret)
    kinds = enumerate(workshop.settings.segments, start=1)
    return [_door(found[number], segment.name) for number, segment in kinds if number in found]


def door_of(workshop: Workshop, group: str) -> Door:
    """The way in for that group, or for the kind of customer in the address's `kind`; else NotFound."""
    wanted, kind = asked_group(workshop, group), request.args.get("kind", "0")
    for door in (*doors_of(workshop), *kind_doors_of(workshop)):
        if (door.group, str(door.kind)) == (wanted, kind):
            return door
    raise NotFound


def group_of(name: str) -> Group:
    """The group of that name; else NotFound."""
    try:
        return Group(name)
    except ValueError:
        raise NotFound from None


def asked_group(workshop: Workshop, name: str) -> Group:
    """The group of that name; WrongStage where it does not take part in the present round."""
    group = group_of(name)
    if group not in workshop.round.groups:
        raise WrongStage(_(NOT_ASKED[group]))
    return group


def address_of(endpoint: str, token: str) -> str:
    """A full address under PUBLIC_URL, never under the request's own Host."""
    return config().public_url + url_for(endpoint, token=token)


def _door(entry: Access, name: str = "") -> Door:
    return Door(
        group=entry.group,
        address=address_of("voting.welcome", entry.token),
        code=entry.code,
        paper=url_for("plainform.paper", token=entry.token),
        anonymous=url_for("voting.anonymous", token=entry.token),
        kind=entry.segment,
        name=name,
        language=entry.language if entry.language in language.offered() else None,
    )
