"""A ballot on paper: every card with a line for its number, and the questions about the first three."""

from collections.abc import Mapping
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from cardsort.domain.ballots import REASONS, Cost, Evidence, Group
from cardsort.domain.cards import Card, Deck
from cardsort.language import N_, _
from cardsort.paper.grids import Command, plain, table
from cardsort.paper.invitation import Event
from cardsort.paper.kit import document, fonts, prose, style
from cardsort.paper.kit.layout import height_of
from cardsort.paper.kit.style import COLOURS, MUTED, SIGNS
from cardsort.paper.kit.tags import TableTags
from cardsort.story import answered, words
from cardsort.story.facts import EXAMPLE

NUMBER_ROOM, CODE_ROOM, BETWEEN = 30.0, 34.0, 18.0
EVIDENCE = {
    Evidence.ASKED: N_("asked them"),
    Evidence.DATA: N_("data"),
    Evidence.COMPLAINTS: N_("complaints"),
    Evidence.GUESS: N_("a guess"),
}
COSTS = {Cost.TIME: N_("time"), Cost.MONEY: N_("money"), Cost.TROUBLE: N_("trouble")}
KNOWN = N_("I know   /   I think")
BETWEEN_ANSWERS = "   /   "
_HEAD = style.style(8, 9.5, fonts.SEMIBOLD, MUTED)
WRITING = 26.0  # height of a row to write in


def build_paper_ballot(event: Event, deck: Deck, group: Group, *, paper: str = "a4") -> bytes:
    """The group's ballot to hand out. The same input gives the same bytes. KeyError for another paper."""
    size = style.PAPERS[paper]
    furniture = document.Furniture(
        title=_("%(workshop)s: ballot", workshop=event.title),
        author=event.organisation or "Cardsort",
        foot=_("Please do not write your name."),
        mark=_(EXAMPLE) if event.example else "",
        language=event.language,
        paper=size,
        subject=_("A ballot on paper"),
    )
    width, _height = document.room(size)
    return document.render([*_head(event, group), _cards(deck, width), *_about(event, group, width)], furniture)


def _head(event: Event, group: Group) -> list[Flowable]:
    named = " · ".join(part for part in (event.title, event.organisation) if part)
    how = _(
        "Write 1 beside the card that comes first, 2 beside the next, and so on up to %(picks)s. Three are enough. "
        "Leave the others empty, and use each number once.",
        picks=event.picks,
    )
    return [
        prose.say(f"{SIGNS[group]} {_(words.GROUPS[group])}", style.style(10, 13, fonts.SEMIBOLD, COLOURS[group])),
        prose.say(named, style.style(9, 12, colour=MUTED, after=5)),
        prose.say(event.questions[group], style.style(15, 18.5, fonts.SEMIBOLD, after=5), "H1", outline=0),
        prose.say(how, style.style(10, 13, after=7)),
    ]


def _cards(deck: Deck, width: float) -> Table:
    """Two columns of cards, read downwards."""
    half = (deck.size + 1) // 2
    left, right = deck.cards[:half], deck.cards[half:]
    title = (width - BETWEEN) / 2 - NUMBER_ROOM - CODE_ROOM
    rows = [
        [*_line(card), "", *(_line(right[number]) if number < len(right) else ["", "", ""])]
        for number, card in enumerate(left)
    ]
    widths = [NUMBER_ROOM, CODE_ROOM, title, BETWEEN, NUMBER_ROOM, CODE_ROOM, title]
    return table(rows, widths, [*_LOOK, *_write_on(half, len(right))], TableTags(naming=2, head=0))


def _line(card: Card) -> list[Any]:
    index = style.style(9, 11, fonts.SEMIBOLD, style.suit_colour(card.suit))
    return ["", prose.say(card.code, index), prose.say(card.title, style.style(9, 11))]


_LOOK: list[Command] = [
    ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("LEFTPADDING", (1, 0), (1, -1), 6),
    ("LEFTPADDING", (5, 0), (5, -1), 6),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 2.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.4),
]


def _write_on(left: int, right: int) -> list[Command]:
    """A line beside each card."""
    lines = ((0, left), (4, right))
    return [("LINEBELOW", (at, 0), (at, count - 1), style.HAIR, style.INK) for at, count in lines if count]


def _about(event: Event, group: Group, width: float) -> list[Flowable]:
    parts: list[Flowable] = [Spacer(0, 8), prose.say(_("About your first three"), style.STRONG, "H2")]
    parts += [_reasons(group, width), Spacer(0, 6)]
    if group is Group.CUSTOMERS:
        parts.append(_circle(_("The time now is"), tuple(map(answered.moment_name, answered.MOMENTS))))
    if segments := event.segments.get(group):
        parts.append(_circle(_("My team is") if group is Group.IT else _("I belong to"), segments))
    return [CondPageBreak(height_of(parts, width)), *parts]


def _circle(question: str, answers: tuple[str, ...]) -> Flowable:
    """A question with its answers, to circle one."""
    how = _("(circle one)")
    said = f" {how}   {BETWEEN_ANSWERS.join(answers)}"
    return prose.rich([(question, fonts.SEMIBOLD, None), (said, fonts.REGULAR, None)], style.style(9, 13, after=3))


def _reasons(group: Group, width: float) -> Table:
    it = group is Group.IT
    heads = (
        [_("Card"), _("Do you know, or think?"), _("How do you know?")]
        if it
        else [_("Card"), _("It costs us (circle)"), _("In your own words")]
    )
    choices = (_(KNOWN), _choices(EVIDENCE)) if it else (_choices(COSTS), "")
    look = style.style(9, 12, colour=MUTED)
    rows: list[list[Any]] = [[prose.say(name, _HEAD) for name in heads]]
    rows += [[f"{place}.", *(prose.say(choice, look) for choice in choices)] for place in range(1, REASONS + 1)]
    widths = [width * part for part in ((0.2, 0.3, 0.5) if it else (0.2, 0.27, 0.53))]
    commands = [
        *plain(3),
        ("VALIGN", (0, 1), (-1, -1), "BOTTOM"),
        ("FONT", (0, 1), (0, -1), fonts.REGULAR, 9, 12),
    ]
    return table(rows, widths, commands, TableTags(naming=0), rowHeights=[None, *[WRITING] * REASONS])


def _choices(answers: Mapping[Evidence, str] | Mapping[Cost, str]) -> str:
    return BETWEEN_ANSWERS.join(map(_, answers.values()))
