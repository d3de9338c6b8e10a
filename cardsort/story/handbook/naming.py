"""What the guide is made with: points, tables, and the names that stand on Cardsort's own pages, word for word."""

import re
from functools import cache

from cardsort import language
from cardsort.language import N_, present
from cardsort.story import words
from cardsort.story.blocks import Cell, Grid, Head, Lines, Told, Tone, cell, plain

Rows = tuple[tuple[str | tuple[str, ...], ...], ...]
STRONG, END = "\x02", "\x03"  # around what stands in strong letters, until a message is a line
NAMES = {  # buttons, links and fields; `tests/story/test_handbook.py` finds each of them on a page
    "start": N_("Start a workshop"),
    "example": N_("See an example"),
    "hear": N_("When will people hear what came of it?"),
    "last": N_("What came of the last round?"),
    "asks": N_("Who asks?"),
    "honest": N_("One honest sentence, for customers"),
    "picks": N_("How many cards does everybody choose?"),
    "for_you": N_("Your facilitator link"),
    "show_it": N_("Show IT’s code"),
    "show_both": N_("Show both on the projector"),
    "sheet": N_("Print"),
    "on_paper": N_("invitations, ballots and cards"),
    "mail": N_("Mail for the customers"),
    "reminder": N_("A reminder, with how many have answered"),
    "closing": N_("Set a closing time"),
    "shared": N_("for shared tablets"),
    "next_person": N_("Next person"),
    "type_in": N_("Type their ballots in"),
    "bring_in": N_("bring them in"),
    "take_out": N_("take ballots out"),
    "take_back": N_("Take it back"),
    "open_again": N_("Open again"),
    "replace": N_("Replace this link"),
    "codes": N_("One-time codes"),
    "lock_it": N_("Lock IT’s prediction …"),
    "lock_customers": N_("Lock the customers’ ballots …"),
    "read": N_("Read first what people wrote"),
    "withhold": N_("Withhold"),
    "reveal": N_("Reveal …"),
    "steps": N_("Show it step by step"),
    "comparison": N_("Read the comparison"),
    "report": N_("Report (PDF)"),
    "faster": N_("Faster"),
    "go_to": N_("Go to"),
    "presenter": N_("Presenter’s view"),
    "agree": N_("Agree what will be done"),
    "large": N_("Show large"),
    "answer": N_("Look at the answer, then publish it"),
    "publish": N_("Publish it"),
    "how_far": N_("How far is it?"),
    "cards": N_("Look at the cards"),
    "anonymous": N_("Is it anonymous?"),
    "light": N_("Light"),
    "full_screen": N_("Full screen"),
    "loopback": N_("Only this machine can reach this address."),
    "kinds": N_("Kinds of customers"),
    "same_people": N_("The same people"),
    "new_people": N_("New people"),
}


def _(message: str, **places: object) -> str:
    """The message, in which `%(start)s` and the other names of NAMES are filled by themselves, in quotation marks, and
    what stands between `%(strong)s` and `%(end)s` is marked for `points`.
    """
    return language._(message, **_names(present()), **places)


@cache
def _names(_spoken: str) -> dict[str, str]:
    """What fills the places that need no value."""
    names = {name: words.marked(language._(said)) for name, said in NAMES.items()}
    return {"strong": STRONG, "end": END, **names}


def points(*said: str) -> Lines:
    """Short lines, each with its beginning in strong letters."""
    return Lines(tuple(_line(one) for one in said))


def _line(said: str) -> tuple[Told, ...]:
    """What stands between the marks is strong."""
    parts = [part.strip() for part in re.split(f"[{STRONG}{END}]", said)]
    return tuple(Told(part, Tone.STRONG if at % 2 else Tone.PLAIN) for at, part in enumerate(parts) if part)


def table(name: str, heads: tuple[str, ...], rows: Rows) -> Grid:
    """A table of words whose first column names the rows; several texts in a cell are a list."""
    return Grid(name, tuple(map(Head, heads)), tuple((_first(first), *map(_cell, rest)) for first, *rest in rows))


def _first(said: str | tuple[str, ...]) -> Cell:
    """What the row is; what is said below it is quiet."""
    first, *more = (said,) if isinstance(said, str) else said
    return Cell(((Told(first, Tone.STRONG),), *((Told(text, Tone.QUIET),) for text in more)))


def _cell(said: str | tuple[str, ...]) -> Cell:
    return cell(said) if isinstance(said, str) else Cell(tuple(plain(f"– {text}") for text in said))
