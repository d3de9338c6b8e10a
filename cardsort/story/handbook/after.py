"""What follows the reveal: promises, behaviour, the weeks after; and the same cards with IT alone."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.story import guide
from cardsort.story.blocks import Block, Lead, Lines, Title, Told, Tone
from cardsort.story.handbook.naming import Names, points, table

EXAMPLE = "A-01"  # the card whose behaviours are written out below


def tell_agreeing(_deck: Deck) -> Iterator[Block]:
    """From the lists to a few promises."""
    yield Lead("Two or three promises that are kept are worth more than ten. Here is how a room comes to them.")
    yield Title("The table round: 20 minutes, one device a table")
    yield table(
        "The table round",
        ("Minutes", "What"),
        (
            ("0–3", "Everybody alone picks one card from the two lists on the wall."),
            (
                "3–8",
                (
                    f"The table agrees on one. {Names.CARDS} on the device shows its back. Stuck? Take the one that "
                    "costs the people it touches most."
                ),
            ),
            ("8–14", "Whom does it touch? What does it cost them, in hours, money or trouble? How do we know?"),
            (
                "14–20",
                (
                    "One sentence on paper: who does what from when, so that one could film it. Or a no, with its "
                    "reason and what there is instead."
                ),
            ),
        ),
    )
    yield Title("On the agenda")
    yield points(
        (
            f"{Names.AGREE}:",
            "it offers what both put at the top, then what customers alone did, then what IT alone did.",
        ),
        (f"{Names.LARGE}", "makes it readable on the wall. The scribe types, and it saves by itself."),
        (
            "Do, later, or no:",
            (
                "customers read what will be done, the reason, what there is instead, until when, and whom they can "
                "ask. What it costs, who looks after it and whom it touches stay with you."
            ),
        ),
        (
            "A name, a day, and who asks.",
            "A team is no name. Somebody who is not here is asked first: until then promise who asks them.",
        ),
        ("A quick win", "is done within days. Have one: it is the first thing that customers notice."),
    )
    yield Title("Test each promise")
    yield points(
        ("Another table reads it aloud.", "What they do not understand is written again."),
        ("Two questions of worth:", f"{guide.PAYING} {guide.SUPPLIER} If not: smaller, or not at all."),
        ("The day after:", "would a colleague who was not here know what to do?"),
    )


def tell_behaviour(deck: Deck) -> Iterator[Block]:
    """From a card to what one could film, for each role, with an example."""
    yield Lead(
        "“Communicate better” is a wish. A behaviour is what a camera would see on an ordinary Tuesday: who does "
        "what, where, with whom. For a card that matters, ask each role for one."
    )
    yield points(
        ("1. Read the card’s back:", "what it costs, and what better looks like."),
        ("2. Ask each role:", "“What would I see you do, if this card were gone? What would I no longer see?”"),
        ("3. Write one sentence", "with a verb, a person or role, and how often. One role, one behaviour, six weeks."),
        ("4. Ask the others:", "“What do you need to see from us, so that you can keep it up?”"),
    )
    if EXAMPLE in deck:
        yield Title("An example")
        yield Lines(((deck[EXAMPLE],),))
        yield _example()
    yield Title("Three checks")
    yield points(
        ("Could one film it?", "“Is more aware of” cannot be filmed. “Asks, before taking a call’s details, …” can."),
        ("Could a new colleague do it tomorrow?", "If it needs a project first, it is not yet a behaviour."),
        ("Would anybody notice if it stopped?", "If not, it is not the one that matters."),
    )
    yield Lead(
        "On the agenda it goes into “What behaviour do we want to see?”, with from whom: management, the team, "
        "customers."
    )


def _example() -> Block:
    return table(
        "From a card to a behaviour for each role",
        ("Role", "What one could film"),
        (
            (
                "Head of IT",
                (
                    "Spends a morning each quarter where the service is used, and tells the next meeting three "
                    "things seen there."
                ),
            ),
            ("Manager of a team", "Opens the Monday round with whose work stood still last week, before any numbers."),
            (
                "Owner of a process",
                "Puts “What can you not do now?” first in the form, and takes two other fields out.",
            ),
            ("Team", "Whoever takes a call asks what stands still, and writes the answer in the first line."),
            (
                "Customers",
                "Name, once a quarter and by somebody who may decide, the three things that must never stand still.",
            ),
        ),
    )


def tell_weeks(_deck: Deck) -> Iterator[Block]:
    """What is due when, once people have left."""
    yield Lead("Most such workshops fail afterwards, quietly. Put these days into calendars before you leave the room.")
    yield table(
        "Afterwards",
        ("When", "What"),
        (
            (
                "The same day",
                (
                    "Thank those who answered, in the room and by mail: how many they were, and the day of the answer.",
                    (
                        f"{Names.REPORT} for those who were there. The agenda’s days go along to calendars, its tasks "
                        "to Jira or Azure Boards: the links stand below its cards."
                    ),
                ),
            ),
            (
                "By the promised day",
                (
                    (
                        f"{Names.ANSWER}. It needs, for a yes, what will be done; for later, that or the reason; for "
                        "a no, the reason and what there is instead."
                    ),
                    (
                        "Tell people that it is there, as Cardsort sends no mail: on a server the same link. From a "
                        f"laptop {Names.SHEET} it, for the wall, or mail it as a file."
                    ),
                ),
            ),
            (
                "After 30 days",
                (
                    "Whoever was to ask, asks: “What did we do? What got in the way?” Half an hour with the names.",
                    (
                        f"Tick it on the agenda ({Names.HOW_FAR}); customers see it at once on the published answer. "
                        "What does not move gets a new day or an honest no. Say either aloud."
                    ),
                ),
            ),
            (
                "After 90 days",
                (
                    "Half an hour with the same people: what is done, what did customers notice, what did it teach us?",
                    "Ask three customers whether they have noticed. If not, the promise was kept for nobody.",
                    "Decide on round 2.",
                ),
            ),
            (
                "After six to twelve months",
                (
                    (
                        "Round 2: “Start round 2 …” on the desk asks the same questions with the same cards. "
                        f"{Names.SAME_PEOPLE} go on with the links they have; {Names.NEW_PEOPLE} get new ones."
                    ),
                    (
                        "Begin its invitation with what came of round 1. Its result tells what has moved, and "
                        "promises still open stand on the desk again."
                    ),
                    (
                        "Not earlier: people must have had time to notice something. If the same cards come again, "
                        "talk about what kept the promises from being kept."
                    ),
                ),
            ),
        ),
    )
    yield Lead(
        "A workshop is deleted two years after it began, or on the day that you set; the desk reminds you from "
        "thirty days before. The archive, from the result’s page, keeps it."
    )


def tell_alone(_deck: Deck) -> Iterator[Block]:
    """Three cards that will stop us: without customers."""
    yield Lead(
        "Before a change, the same cards show what inside IT will stand in its way. No customer votes, so there is "
        "no gap and nothing is said about customers: it tells what IT itself expects."
    )
    yield points(
        ("Start a workshop for IT alone,", "and say so when you start it, or at the lock."),
        ("The question:", "“Which three of these will stop us?” And three cards to choose."),
        (
            "The words on the pages",
            "call the list what IT expects of its customers. Say once that here it answers your question.",
        ),
        ("Say whose it is:", "the names of what was said stay out; managers vote like everybody, and speak last."),
    )
    yield table(
        "An hour with IT alone",
        ("Minutes", "What", "How"),
        (
            ("0–5", "Welcome", "What is to change, by when, and why these cards."),
            ("5–12", "Vote", "Everybody alone: three cards."),
            ("12–15", "Lock and reveal", "The list from the last place to the first."),
            (
                "15–35",
                "Tables",
                (
                    "Each table takes one of the first three: where have we seen it, what does it look like when it "
                    "begins?"
                ),
            ),
            (
                "35–52",
                "Counter-measures",
                "For each card, one behaviour for each role, on the agenda: who, until when.",
            ),
            ("52–60", "Close", "Who watches for each of the three, and when you look again."),
        ),
    )
    yield Lines(
        (
            (
                Told("Later, with customers:", Tone.STRONG),
                Told(
                    "start another workshop. What IT fears is not what customers need, and now you can lay both side "
                    "by side."
                ),
            ),
        )
    )
