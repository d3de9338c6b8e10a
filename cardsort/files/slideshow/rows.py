"""Lists on the slides in the file: cards below one another, each with its place, and what stands beside it."""

from collections.abc import Sequence
from typing import NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from cardsort.domain.ballots import Group
from cardsort.files.slideshow import look
from cardsort.files.slideshow.look import Room, Run, Runs
from cardsort.files.slideshow.sheet import Sheet
from cardsort.language import _
from cardsort.story.blocks import Tone
from cardsort.story.gaps import ALOUD
from cardsort.story.slidekinds import Row, Tops

HIGHEST, BETWEEN, LARGEST = 54.0, 3.0, 22.0
PLACE, ELSEWHERE, ASIDE = 54.0, 64.0, 150.0  # widths of what stands before and behind a row
LINES = 72.0  # width of what is between both lists
DOT = 9.0
HEAD = 26.0
APART = 8.0
MIDDLE = MSO_ANCHOR.MIDDLE
OTHER = {Group.IT: Tone.CUSTOMERS, Group.CUSTOMERS: Tone.IT}


class Entry(NamedTuple):
    """A row: its place, its words, what stands beside them, and what that means aloud."""

    place: str
    words: Runs
    aside: Runs = ()
    aloud: str = ""


def put_rows(sheet: Sheet, entries: Sequence[Entry], room: Room, slots: int, aside: float = ASIDE) -> float:
    """Rows below one another, each as high as `slots` of them leave room for, all in one size; returns that height."""
    step = min(HIGHEST + BETWEEN, room.height / max(1, slots))
    before = PLACE if any(entry.place for entry in entries) else 0.0
    behind = aside if any(entry.aside for entry in entries) else 0.0
    card = Room(room.x + before, room.y, room.width - before - behind, step - BETWEEN)
    inner = Room(0, 0, card.width - look.GUTTER, card.height)
    size = min((look.fit([entry.words], inner, LARGEST) for entry in entries), default=LARGEST)
    places = [(Run(entry.place, bold=True),) for entry in entries]
    largest = max(size, look.SMALL)
    of_place = look.fit_line(places, before - APART, largest)
    of_aside = look.fit_line([entry.aside for entry in entries], behind - APART, largest)
    for number, (entry, place) in enumerate(zip(entries, places, strict=True)):
        y = room.y + number * step
        if entry.place:
            left = Room(room.x, y, before - APART, card.height)
            sheet.words(left, place, largest=of_place, align=PP_ALIGN.RIGHT, anchor=MIDDLE)
        sheet.card(card._replace(y=y), entry.words, size)
        if entry.aside:
            beside = Room(card.x + card.width + APART, y, behind - APART, card.height)
            sheet.words(beside, entry.aside, largest=of_aside, anchor=MIDDLE, aloud=entry.aloud)
    return step


def put_sides(sheet: Sheet, slide: Tops, room: Room) -> None:
    """One list, or both with the lines between them."""
    sides = [(group, rows) for group, rows in ((Group.IT, slide.it), (Group.CUSTOMERS, slide.customers)) if rows]
    width = (room.width - LINES) / 2 if len(sides) > 1 else room.width
    heads = len(sides) > 1
    rows = room._replace(y=room.y + HEAD + 6, height=room.height - HEAD - 6)
    step = 0.0
    for group, side in sides:
        x = room.x if group is Group.IT or len(sides) == 1 else room.x + width + LINES
        if heads:
            name = f"{look.SIGNS[group]}\xa0{slide.heads[group]}"
            sheet.words(Room(x, room.y, width, HEAD), (Run(name, look.COLOURS[group], bold=True),), largest=look.TEXT)
        column = rows._replace(x=x, width=width)
        entries = [_entry(row, OTHER[group]) for row in side]
        step = put_rows(sheet, entries, column, slide.slots, ELSEWHERE)
    _put_lines(sheet, slide, Room(room.x + width, rows.y, LINES, step))


def _entry(row: Row, other: Tone) -> Entry:
    words = (Run(row.words, bold=row.card is not None, own=row.card is not None),)
    if not row.elsewhere:
        return Entry(row.place, words)
    group = Group(other)
    aside = Run(f"{look.SIGNS[group]}\xa0{row.elsewhere}", look.COLOURS[group], bold=True)
    return Entry(row.place, words, (aside,), f"{_(ALOUD[other])} {row.elsewhere}")


def _put_lines(sheet: Sheet, slide: Tops, room: Room) -> None:
    """From each card's row on the left to its row on the right; `room` is as high as one row."""
    left, right = room.x + DOT, room.x + room.width - DOT
    middle = room.y + (room.height - BETWEEN) / 2
    for line in slide.lines:
        start, end = middle + line.it * room.height, middle + line.customers * room.height
        colour = {"up": look.COLOURS[Group.CUSTOMERS], "down": look.COLOURS[Group.IT]}.get(line.direction, look.INK)
        weight = look.THICK if line.clear else look.FIRM
        sheet.line((left, start), (right, end), colour, weight, dashed=line.direction == "down")
        sheet.sign(Group.IT, left, start, DOT)
        sheet.sign(Group.CUSTOMERS, right, end, DOT)
