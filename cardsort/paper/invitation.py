"""The invitation sheets: for each group how to get in, why only they can answer, how long it takes, what is kept."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import segno
from reportlab.platypus import Flowable, Spacer

from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.settings import Appeal
from cardsort.language import N_, _, present, speaking
from cardsort.paper.kit import document, fonts, prose, style
from cardsort.paper.kit.layout import Columns, Rule, Stack
from cardsort.paper.kit.style import COLOURS, SIGNS
from cardsort.paper.kit.tags import Figure
from cardsort.story.facts import EXAMPLE, Invitation
from cardsort.story.invitation import FOR, NONE, why_take_part

QR_SIDE = 190.0
QR_CODES = {Group.IT: N_("QR code of the link for IT"), Group.CUSTOMERS: N_("QR code of the link for Customers")}
QUIET_ZONE = 3  # modules around the code
DARK_RUN = re.compile(rb"\x01+")
SIZES = ((26.0, 11.5), (22.0, 11.5), (18.0, 11.5), (15.0, 10.0), (14.0, 8.5))  # of the title and of the reasons


@dataclass(frozen=True, slots=True)
class Event:
    """What the printed matter of a workshop says of it; every text as typed. `alone`: one group takes part."""

    title: str
    organisation: str
    questions: dict[Group, str]
    deck: Deck
    picks: int
    threshold: int
    segments: dict[Group, tuple[str, ...]] = field(default_factory=dict)
    appeal: Appeal = NONE
    alone: bool = False
    closes: dict[Group, dt.datetime] = field(default_factory=dict)
    example: bool = False
    language: str = "en"


def build_invitations(
    event: Event, invitations: Sequence[Invitation], *, paper: str = "a4", others: Mapping[str, Event] | None = None
) -> bytes:
    """One page for each invitation; `others` has the event for those in another language. The same input gives the same
    bytes. KeyError for another paper.
    """
    size = style.PAPERS[paper]
    furniture = document.Furniture(
        title=_("%(workshop)s: invitation", workshop=event.title),
        author=event.organisation or "Cardsort",
        foot="",
        mark=_(EXAMPLE) if event.example else "",
        language=event.language,
        paper=size,
        subject=_("How to take part"),
    )
    events = {"": event, **(others or {})}
    pages = [partial(_draw_in, event=events[one.language], invited=one, paper=size) for one in invitations]
    return document.draw_pages(pages, furniture)


def _draw_in(canvas: Any, event: Event, invited: Invitation, paper: tuple[float, float]) -> None:
    with speaking(invited.language or present()):
        _draw(canvas, event, invited, paper)


def _draw(canvas: Any, event: Event, invited: Invitation, paper: tuple[float, float]) -> None:
    width, height = document.room(paper)
    for sizes in SIZES:
        page = Stack(_sheet(event, invited, width, *sizes))
        if page.wrap(width, height)[1] <= height:
            break
    page.drawOn(canvas, style.MARGIN, paper[1] - style.HEAD - page.height)


def _sheet(event: Event, invited: Invitation, width: float, title: float, small: float) -> list[Flowable]:
    group = invited.group
    who = style.style(13, 17, fonts.SEMIBOLD, COLOURS[group], after=10)
    question = style.style(title * 0.65, title * 0.78, fonts.ITALIC, before=14, after=20)
    example = [prose.say(_(EXAMPLE), style.style(9, 12, fonts.SEMIBOLD, style.CAUTION))] if event.example else []
    told = why_take_part(
        group,
        deck=event.deck,
        picks=event.picks,
        threshold=event.threshold,
        appeal=event.appeal,
        alone=event.alone,
        closes=event.closes.get(group),
    )
    return [
        *example,
        prose.say(f"{SIGNS[group]} {_whom(invited)}", who),
        prose.say(event.title, style.style(title, title * 1.2, fonts.SEMIBOLD, after=3), "H1"),
        *([prose.say(event.organisation, style.style(13, 17, colour=style.MUTED))] if event.organisation else []),
        prose.say(_("“%(words)s”", words=event.questions[group]), question),
        _way_in(invited, width),
        Spacer(0, 24),
        Rule(),
        *(_reason(name, said, small) for name, said in told),
    ]


def _whom(invited: Invitation) -> str:
    whom = _(FOR[invited.group])
    return _("%(group)s: %(kind)s", group=whom, kind=invited.kind) if invited.kind else whom


def _way_in(invited: Invitation, width: float) -> Flowable:
    host = invited.address.split("/v/", maxsplit=1)[0]
    look, strong = style.style(12, 16), style.style(13, 17, fonts.SEMIBOLD, after=10)
    right: list[Flowable] = [
        prose.say(_("Scan the code with a phone or tablet,"), style.style(12, 16, after=14)),
        prose.say(_("or open"), look),
        prose.say(host, strong),
        prose.say(_("and type"), look),
        prose.say(invited.code, style.style(32, 38, fonts.BOLD)),
    ]
    code = Figure(QrCode(invited.address, QR_SIDE), _(QR_CODES[invited.group]))
    return Columns([[code], right], (QR_SIDE, width - QR_SIDE - 28), 28)


def _reason(name: str, said: str, size: float) -> Flowable:
    parts = [(f"{name} ", fonts.SEMIBOLD, None), (said, fonts.REGULAR, None)]
    return prose.rich(parts, style.style(size, size * 1.4, before=size * 0.7))


class QrCode(Flowable):
    """The address as squares; `side` in points with the quiet zone. A given `mask` spares the search for the best one,
    which is most of the work: for thousands of codes.
    """

    def __init__(self, address: str, side: float, mask: int | None = None) -> None:
        super().__init__()
        self.rows = [bytes(row) for row in segno.make(address, error="m", micro=False, mask=mask).matrix]
        self.side = side

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's names
        self.width = self.height = self.side
        return self.side, self.side

    def draw(self) -> None:
        """One path in units of a module: the operators are written here, as reportlab spends most of a slip's time on
        the digits of its numbers, and here they are small and whole.
        """
        canvas: Any = self.canv
        units = len(self.rows) + 2 * QUIET_ZONE
        canvas.saveState()
        canvas.setFillColor("#000000")
        canvas.scale(self.side / units, self.side / units)
        runs = [
            f"{run.start() + QUIET_ZONE} {units - QUIET_ZONE - number} {run.end() - run.start()} 1.01 re"
            for number, row in enumerate(self.rows, 1)
            for run in DARK_RUN.finditer(row)
        ]
        canvas._code.append(f"{' '.join(runs)} f")  # noqa: SLF001 - the page's stream
        canvas.restoreState()
