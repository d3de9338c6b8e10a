"""Run sheets: what happens when, in 60, 120 or 240 minutes together, or spread over days with half an hour together."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.story.blocks import Block, Grid, Lead, Title
from cardsort.story.handbook.naming import Names, Rows, points, table

HOUR = (
    (
        5,
        "Welcome",
        (
            "The sponsor: why, and the day of the answer. You: listen first; the work, not a person; nobody asks who "
            "chose what."
        ),
    ),
    (12, "IT votes", f"{Names.SHOW_IT}. Alone, in silence, from the list of titles."),
    (
        3,
        "Lock",
        (
            f"{Names.LOCK_IT}. Say both counts aloud. The customers’ ballots were locked the evening before, and you "
            "have read what they wrote."
        ),
    ),
    (20, "Reveal", f"{Names.REVEAL}, then {Names.STEPS}. One question a slide, no more."),
    (
        14,
        "Agree",
        (
            "Two cards: one that both put at the top, and one clear gap or, where none is clear, the customers’ first. "
            "Who, until when, who asks."
        ),
    ),
    (6, "Close", "The scribe reads the promises back. The sponsor says the day of the answer again, and thanks."),
)
TWO_HOURS = (
    (10, "Welcome", "The sponsor; the rules; at each table: who are you, and when did IT last help you?"),
    (15, "Everybody votes", f"{Names.SHOW_BOTH}. IT and customers at the same time, in silence."),
    (
        10,
        "Lock, and a break",
        f"{Names.LOCK_IT}, {Names.LOCK_CUSTOMERS}. Read what both sides wrote, two of you on two devices.",
    ),
    (30, "Reveal", "Slide by slide; after a customer’s words count to ten before anybody speaks."),
    (20, "Table round", "Each table: one card, what it costs, one promise (see “What we agree”)."),
    (
        22,
        "Agree",
        (
            "A minute a table: its promise, on the agenda, in sight of all. Everybody marks two on the wall; the "
            "sponsor says yes to three at most. The rest is “later”, with its reason."
        ),
    ),
    (8, "Test the promises", "Each table reads the promise of another and asks the two questions of worth."),
    (5, "Close", "Promises read back, day of the answer, thanks."),
)
FOUR_HOURS = (
    (15, "Arrive", "The sponsor; the rules; at each table: who are you, and when did IT last help you?"),
    (
        20,
        "Everybody votes",
        f"{Names.SHOW_BOTH}. Time for one card at a time, and for the second order if you ask for it.",
    ),
    (15, "Lock, and a break", f"{Names.LOCK_IT}, {Names.LOCK_CUSTOMERS}. Read what people wrote."),
    (40, "Reveal", "Slide by slide, with time for an example at each gap and for where kinds differ."),
    (30, "First table round", "Each table takes two cards: whom does it touch, what does it cost, how do we know?"),
    (15, "Break", "Cards and costs hang on the wall; people walk and mark what matters most to them."),
    (35, "Second table round", "From the card to a behaviour, for each role (see there)."),
    (
        35,
        "Agree",
        "Do, later, or no with reason and alternative, on the agenda in sight of all. Five promises at most.",
    ),
    (20, "Test the promises", "Each table reads those of another: could one film it? The two questions of worth."),
    (10, "The answer", f"{Names.ANSWER}: read together what customers will read."),
    (5, "Close", "Promises read back, day of the answer, who asks after 30 days, thanks."),
)
DAYS: Rows = (
    ("Day 1", "Mail to IT", "IT’s prediction first: a link to a server that all reach, three days, a closing time."),
    (
        "Day 1",
        "Mail to customers",
        "On the same day is fine: nobody sees a result before the reveal. A week, a closing time.",
    ),
    ("Days 3 and 6", "Reminders", "To all of a side, with how many have answered."),
    (
        "Day 8",
        "Locked",
        (
            "Both sides have locked by themselves. Read what people wrote. Join a kind of customer of which fewer "
            "than three answered with another, so that it is not left out."
        ),
    ),
    ("Day 9", "Reveal, 30 minutes", "In a call: you share the slides. See below."),
    ("Days 9 to 14", "Agree", "The agenda with four to eight people of both sides, an hour or two."),
    ("The promised day", "The answer", f"{Names.PUBLISH}. Everybody reads it on the link they voted with."),
)
CALL = (
    (3, "Welcome", "The sponsor, on camera: why, thanks, and the day of the answer."),
    (
        17,
        "Reveal",
        (
            "Share the window with the slides. After each gap half a minute of silence: people write in the chat, "
            "you read out three, without names."
        ),
    ),
    (7, "A question", "One question for the room, in groups of three for four minutes, then a sentence from each."),
    (3, "Close", "Who works on the agenda, and on which day everybody reads the answer."),
)
SHEETS = {
    "60 minutes: the customers have voted before": HOUR,
    "120 minutes: everybody in the room": TWO_HOURS,
    "240 minutes: everybody, and from cards to behaviour": FOUR_HOURS,
}
HEADS = ("Minutes", "What", "How")


def tell_sheets(_deck: Deck) -> Iterator[Block]:
    """A table of steps for each length."""
    yield Lead(
        "Write the real times beside the minutes. If you run late, shorten the reveal’s talk, never the agreeing: a "
        "reveal without a promise is entertainment."
    )
    for title, steps in SHEETS.items():
        yield Title(title)
        yield _sheet(title, steps)
    yield Title("Over days, with half an hour together")
    yield table("Over days", ("When", "What", "How"), DAYS)
    yield Title("The half hour")
    yield _sheet("The half hour", CALL)
    yield Title("If the time is up too soon")
    yield points(
        (
            "One device for a whole table:",
            (
                "voting takes about twenty minutes then. Take them from the table round, or let people vote before "
                "they come."
            ),
        ),
        (
            "Voting takes longer:",
            "say “two more minutes” once, then lock. The lock page says how many are still at it.",
        ),
        ("Talk runs away:", "“That is the agenda’s. I write it down.” Write it down, turn the slide."),
        (
            "Ten minutes left, nothing agreed:",
            "one card, one name, one day. Then publish, and meet again within a week.",
        ),
    )


def _sheet(name: str, steps: tuple[tuple[int, str, str], ...]) -> Grid:
    """The steps with their minutes from the beginning."""
    rows, at = [], 0
    for minutes, what, how in steps:
        rows.append((f"{at}–{at + minutes}", what, how))
        at += minutes
    return table(name, HEADS, tuple(rows))
