"""Charts on the slides in the file: the line with the marks, and a card's share on either side."""

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from cardsort.domain.ballots import Group
from cardsort.files.slideshow import look
from cardsort.files.slideshow.look import Room, Run
from cardsort.files.slideshow.sheet import Sheet
from cardsort.story.charts.marks import Marks, Named
from cardsort.story.charts.strip import Part

AXIS = 0.56  # of the height; what is IT's stands above it
LANES = {"expected": (0.0, 0.16), "it": (0.18, 0.44), "guess": (0.66, 0.82), "customers": (0.84, 1.0)}
NUMBERS = {"expected": 28.0, "it": 44.0, "guess": 24.0, "customers": 28.0}
INSET, LABEL, SIGN, WAY, TICK = 40.0, 420.0, 18.0, 9.0, 4.0
BAR = 18.0


def put_marks(sheet: Sheet, chart: Marks, room: Room) -> None:
    """The line from no card to all of them, each group's bar up to its mark, and each mark's number with its words."""
    line = Room(room.x + INSET, room.y + AXIS * room.height, room.width - 2 * INSET, 0)
    sheet.line((line.x, line.y), (line.x + line.width, line.y), look.MUTED, look.FIRM, aloud=chart.alt)
    for count in range(chart.size + 1):
        x = line.x + line.width * count / chart.size
        sheet.line((x, line.y - TICK), (x, line.y + TICK), look.MUTED)
    for mark in chart.named:
        _put_sign(sheet, mark, line)
    for mark in chart.named:
        _put_label(sheet, mark, line, room)


def _lane(mark: Named) -> str:
    return "expected" if mark.expected else mark.group.value if mark.group else "guess"


def _put_sign(sheet: Sheet, mark: Named, line: Room) -> None:
    """IT's sign and bar stand on the line, the customers' hang below it, guessing crosses it."""
    x, lane = line.x + mark.at * line.width, _lane(mark)
    if mark.group is None:
        sheet.line((x, line.y - 2 * WAY), (x, line.y + 2 * WAY), look.MUTED, look.THICK)
        return
    y = line.y + (SIGN if mark.group is Group.CUSTOMERS else -SIGN)
    if lane != "expected" and mark.at > 0:
        sheet.bar(Room(line.x, y - WAY / 2, x - line.x, WAY), mark.group, 1.0)
    sheet.sign(mark.group, x, y, SIGN)


def _put_label(sheet: Sheet, mark: Named, line: Room, room: Room) -> None:
    lane = _lane(mark)
    top, bottom = (room.y + part * room.height for part in LANES[lane])
    said, colour = f"{mark.shown} {mark.words}", look.COLOURS[mark.group] if mark.group else look.MUTED
    width = min(LABEL, look.width_of(said, bold=True) * NUMBERS[lane] / look.SAFE + 1)
    at = min(max(line.x + mark.at * line.width - width / 2, room.x), room.x + room.width - width)
    label = Room(at, top, width, bottom - top)
    words = (Run(said, colour, bold=True),)
    sheet.words(label, words, largest=NUMBERS[lane], align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.MIDDLE)


def put_share(sheet: Sheet, room: Room, group: Group, part: Part, head: str) -> None:
    """A share as a number, as a bar, and with whose it is."""
    colour = look.COLOURS[group]
    number = Room(room.x, room.y, 170, room.height - BAR - 12)
    sheet.words(number, (Run(part.shown, colour, bold=True),), largest=48, anchor=MSO_ANCHOR.MIDDLE)
    whose = Run(f"{look.SIGNS[group]}\xa0{head}", colour, bold=True)
    beside = number._replace(x=room.x + 180, width=room.width - 180)
    sheet.words(beside, (whose,), largest=24, anchor=MSO_ANCHOR.MIDDLE)
    sheet.bar(Room(room.x, room.y + room.height - BAR, room.width, BAR), group, part.value)
