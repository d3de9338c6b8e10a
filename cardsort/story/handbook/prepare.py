"""What to do when before the day, and what the room, the network and the bag need."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.story.blocks import Block, Lead, Title
from cardsort.story.handbook.naming import Names, points, table


def tell_prepare(_deck: Deck) -> Iterator[Block]:
    """What to do when, and three lists to tick off."""
    yield Lead(
        "Tick these off. If it is tomorrow: “The day before” is tonight, and of the rows above it do what you can."
    )
    yield table(
        "What to do when",
        ("When", "What"),
        (
            (
                "Two weeks before",
                (
                    "The sponsor’s five promises. The room, the roles, the list of guests.",
                    (
                        f"{Names.START}; name kinds of customers if you want to see where they differ "
                        f"({Names.KINDS}; with a dozen customers none, or two), and how many people you expect."
                    ),
                    f"{Names.PICKS} Ten is usual; three is the short version.",
                ),
            ),
            (
                "Ten days before",
                (
                    (
                        f"Send the mails. If all customers vote before the day: {Names.CLOSING}, for the evening "
                        "before. Where some vote in the room, set none, or they find it locked."
                    ),
                    f"Where double votes must be ruled out, make {Names.CODES} before the first customer votes.",
                ),
            ),
            (
                "Two days before",
                (
                    "The reminder, with the counts of that day.",
                    (
                        "Rehearse: turn all slides once, with the script in your hand, in the example or in a "
                        "rehearsal of your own workshop, which shows invented ballots and keeps none."
                    ),
                    "Print what you need.",
                ),
            ),
            (
                "The day before",
                (
                    (
                        "In the room itself, on several phones: open the link of a side that is not locked, send a "
                        "ballot, see the count rise on the desk, and "
                        f"take each trial back on its own phone ({Names.TAKE_BACK})."
                    ),
                    "Once the customers’ ballots are locked: read what they wrote, and withhold what names somebody.",
                ),
            ),
            (
                "Half an hour before",
                (
                    (
                        f"Laptop at the projector and on power, {Names.SHOW_BOTH} (or {Names.SHOW_IT}), sheets on the "
                        "tables, the second device on the desk, spare tablet open."
                    ),
                    (
                        "The desk stays off the wall. With one laptop, extend its screen rather than mirror it: codes "
                        "and slides in a window on the wall, the desk in a window on yours. Or lead from your phone: "
                        f"{Names.FOR_YOU}. Read what people wrote there, too."
                    ),
                    "Greet people at the door and deal the seats.",
                ),
            ),
        ),
    )
    yield Title("The room")
    yield points(
        ("Tables for four to six,", "with chairs around them; no rows, and no table for managers."),
        (
            "A projector that the last table can read:",
            f"the slides are dark, {Names.LIGHT} helps in daylight, {Names.FULL_SCREEN} takes the rest away.",
        ),
        ("A wall or board", "for the promises, with tape and pens; power within reach of the tables."),
        ("Everybody in the room takes part;", "there is no audience. Close the door."),
    )
    yield Title("The network")
    yield points(
        (
            "One network for all.",
            (
                "Where Cardsort runs on your laptop, phones and tablets must be in the same network as the laptop. "
                "Guest networks often keep devices from each other: try it with phones. The way out is a small "
                "router of your own, which needs no internet, or a phone’s hotspot: it seldom takes thirty devices, so "
                f"use it for the laptop and a few tablets with the link {Names.SHARED}."
            ),
        ),
        (
            "On the day nothing connects:",
            (
                "hand out paper to all but three of each side. These vote on the laptop itself (without any network, "
                f"start Cardsort again first), one after the other, unwatched, with the link {Names.SHARED} in a "
                "private window. Then type the paper in: time one, and lengthen the break accordingly. Too long? Lay "
                "out the cards, talk, and vote another day."
            ),
        ),
        (
            "The right address.",
            (
                f"If the start page says {Names.LOOPBACK}, connect the laptop to the room’s network and start "
                "Cardsort again. If a QR code opens nothing, type the address and the join code that stand beside it."
            ),
        ),
        ("The laptop stays awake:", "power, no sleep, no updates, lid open."),
        (
            "When the network is lost,",
            (
                "nothing of a ballot is: it stays on the device and sends itself. “Sent” stands there only when it "
                "is stored. Ask people to leave the page open."
            ),
        ),
    )
    yield Title("In the bag")
    yield points(
        ("Laptop,", "its power supply, the projector’s adapter, a clicker, an extension lead."),
        ("A second device", f"for the scribe or for you, opened with {Names.FOR_YOU}."),
        ("A spare tablet,", f"charged, with the link {Names.SHARED} open."),
        (
            "On paper:",
            (
                "a sheet with the code for each table, five ballots for each side (one for everybody where the "
                "network is not tried), one deck of cards cut out for the seats and in case nothing else works, a "
                "sheet for promises, this guide."
            ),
        ),
        ("Pens, tape, a clock", "that you can see without turning round."),
    )
