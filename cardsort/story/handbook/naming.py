"""What the guide is made with: points, tables, and the names that stand on Cardsort's own pages, word for word."""

from cardsort.story.blocks import Cell, Grid, Head, Lines, Told, Tone, cell, plain

Rows = tuple[tuple[str | tuple[str, ...], ...], ...]


class Names:
    """Buttons, links and fields. `tests/story/test_handbook.py` finds each of them there."""

    START = "“Start a workshop”"
    EXAMPLE = "“See an example”"
    HEAR = "“When will people hear what came of it?”"
    LAST = "“What came of the last round?”"
    ASKS = "“Who asks?”"
    HONEST = "“One honest sentence, for customers”"
    PICKS = "“How many cards does everybody choose?”"
    FOR_YOU = "“Your facilitator link”"
    SHOW_IT = "“Show IT’s code”"
    SHOW_BOTH = "“Show both on the projector”"
    SHEET = "“Print”"
    ON_PAPER = "“invitations, ballots and cards”"
    MAIL = "“Mail for the customers”"
    REMINDER = "“A reminder, with how many have answered”"
    CLOSING = "“Set a closing time”"
    SHARED = "“for shared tablets”"
    NEXT_PERSON = "“Next person”"
    TYPE_IN = "“Type their ballots in”"
    BRING_IN = "“bring them in”"
    TAKE_OUT = "“take ballots out”"
    TAKE_BACK = "“Take it back”"
    OPEN_AGAIN = "“Open again”"
    REPLACE = "“Replace this link”"
    CODES = "“One-time codes”"
    LOCK_IT = "“Lock IT’s prediction …”"
    LOCK_CUSTOMERS = "“Lock the customers’ ballots …”"
    READ = "“Read first what people wrote”"
    WITHHOLD = "“Withhold”"
    REVEAL = "“Reveal …”"
    STEPS = "“Show it step by step”"
    COMPARISON = "“Read the comparison”"
    REPORT = "“Report (PDF)”"
    FASTER = "“Faster”"
    GO_TO = "“Go to”"
    PRESENTER = "“Presenter’s view”"
    AGREE = "“Agree what will be done”"
    LARGE = "“Show large”"
    ANSWER = "“Look at the answer, then publish it”"
    PUBLISH = "“Publish it”"
    HOW_FAR = "“How far is it?”"
    CARDS = "“Look at the cards”"
    ANONYMOUS = "“Is it anonymous?”"
    LIGHT = "“Light”"
    FULL_SCREEN = "“Full screen”"
    LOOPBACK = "“Only this machine can reach this address.”"
    KINDS = "“Kinds of customers”"
    SAME_PEOPLE = "“The same people”"
    NEW_PEOPLE = "“New people”"


def points(*said: tuple[str, str]) -> Lines:
    """Short lines, each with its beginning in strong letters."""
    return Lines(tuple((Told(first, Tone.STRONG), Told(rest)) for first, rest in said))


def table(name: str, heads: tuple[str, ...], rows: Rows) -> Grid:
    """A table of words whose first column names the rows; several texts in a cell are a list."""
    return Grid(name, tuple(map(Head, heads)), tuple((_first(first), *map(_cell, rest)) for first, *rest in rows))


def _first(said: str | tuple[str, ...]) -> Cell:
    """What the row is; what is said below it is quiet."""
    first, *more = (said,) if isinstance(said, str) else said
    return Cell(((Told(first, Tone.STRONG),), *((Told(text, Tone.QUIET),) for text in more)))


def _cell(said: str | tuple[str, ...]) -> Cell:
    return cell(said) if isinstance(said, str) else Cell(tuple(plain(f"– {text}") for text in said))
