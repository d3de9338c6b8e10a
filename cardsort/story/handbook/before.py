"""Before the day: all of it in ten steps, whether to run it at all, who promises what, and who sits where."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.workshops import DEFAULT_PICKS, DEFAULT_THRESHOLD
from cardsort.story.blocks import Block, Lead, Title
from cardsort.story.handbook.naming import Names, points, table


def minutes_of(deck: Deck) -> tuple[int, int]:
    """How long a ballot takes from the list, and one card at a time."""
    by_list, by_card = (effort_of(way, deck, DEFAULT_PICKS).minutes for way in (Way.LIST, Way.CARDS))
    return by_list, by_card


def tell_tomorrow(deck: Deck) -> Iterator[Block]:
    """The ten steps, for whoever has an evening."""
    by_list, by_card = minutes_of(deck)
    yield Lead(
        f"There are {deck.size} cards, each with something that can go wrong between IT and the people it works for. "
        "IT says which ones it thinks its customers would choose. The customers choose. Both lists are laid side by "
        "side, and what they show becomes two or three promises with a day. All of it in ten steps:"
    )
    yield points(
        (
            "1. Ask the sponsor for a day",
            (
                "on which customers will read what becomes of their cards. Nobody tonight? Be the sponsor yourself "
                "for what you may decide, and let somebody else lead if you can: promise a day for your own answer, "
                "and say what you will carry to whom. If you cannot promise even that, move it."
            ),
        ),
        (
            "2. Start it:",
            (
                f"{Names.START} on the start page, on your organisation’s server (whoever runs it may have set a code "
                "for that) or on a laptop: the command make run in Cardsort’s folder starts it and prints its address "
                "(what that needs stands in its README). A name is enough. Keep the facilitator link where you keep "
                "passwords: it opens the desk, from which you lead."
            ),
        ),
        (
            "A laptop is for the room:",
            (
                "its links open only in its network, while it runs. For votes by mail or from home, and an answer to "
                "be read there later, use a server that people reach. Else print the answer or mail it, and say so in "
                "the room."
            ),
        ),
        (
            "3. See where it leads:",
            (
                f"{Names.EXAMPLE} on the start page is a revealed workshop of invented people. Turn its slides once "
                "yourself, with the script below. Then read the cards of your own: until the first ballot you can "
                "leave some out and change the words that do not fit your house."
            ),
        ),
        (
            "4. Ask the customers now:",
            (
                f"on a server, {Names.MAIL} on the desk is written for you to copy. A phone and {by_list} minutes are "
                "enough. Who comes to the room can answer there, as long as you have not locked the customers’ ballots."
            ),
        ),
        (
            "5. On paper:",
            (
                f"a sheet with each side’s code for every table ({Names.SHEET} beside the links), the cards to cut "
                f"out, some ballots: {Names.ON_PAPER} on the desk."
            ),
        ),
        (
            "6. Vote in the room,",
            (
                f"everybody alone and in silence, {by_list} to {by_card} minutes: {Names.SHOW_BOTH}, or, if all "
                f"customers have voted before, {Names.SHOW_IT}."
            ),
        ),
        ("7. Lock", "IT’s prediction, then the customers’ ballots, and say both counts aloud."),
        ("8. Read", f"what people wrote before the room does, and withhold what names somebody: {Names.READ}."),
        ("9. Reveal", "slide by slide. At each, say the words of the script, ask one question, and listen."),
        ("10. Agree", "two or three promises: who, until when, who asks. Publish the answer by the day promised."),
    )


def tell_when(_deck: Deck) -> Iterator[Block]:
    """What it is good for, and when it does harm."""
    yield Lead(
        "It is worth an hour when somebody will act on what is heard. Where nobody will, asking does harm: people "
        "learn that speaking is of no use."
    )
    yield Title("Do not run it when")
    yield points(
        ("Nobody will act.", "There is neither an hour nor any money to change something afterwards."),
        ("There is no day for the answer.", "The sponsor will not promise when customers read what becomes of it."),
        (
            "Jobs are at stake.",
            "With dismissals or a sale pending, each card is read as an argument, and nobody is open.",
        ),
        (
            "Somebody looks for who is at fault.",
            "The cards are about practices. A complaint about a person needs a talk.",
        ),
        ("It would be a score.", "What teams, managers or suppliers are rated or paid by is no longer said."),
        ("The last round has no answer.", "Answer that one first, even with a no and its reason. Then ask again."),
        (
            "Something large is just broken.",
            "Wait two weeks. Customers may say what the time is like, and the report tells it, but they are tired.",
        ),
    )
    yield Title("Run it when")
    yield points(
        (
            "Plans are being made:",
            "a budget, a contract, a new tool or a new head of IT. There is something to decide.",
        ),
        ("IT feels unsure, or very sure.", "Either is a good reason to ask."),
        ("Numbers are green and people are not.", "The cards find what the reports do not measure."),
    )


def tell_sponsor(_deck: Deck) -> Iterator[Block]:
    """Five promises, and what the sponsor says."""
    yield Lead(
        "The sponsor can say yes to work and money. One from IT and one from the customers are better than one "
        "alone. Talk for half an hour, a week before, and do not leave without five promises."
    )
    yield points(
        (
            "A day.",
            (
                "“By the 30th, customers read what we do, what comes later, and what we do not do and why.” Write it "
                f"under {Names.HEAR}: it then stands behind every link, in the mail and on the sheet."
            ),
        ),
        (
            "Being there.",
            "The sponsor opens the hour and stays for the whole reveal, or sends somebody who may decide.",
        ),
        (
            "First thanks, then nothing.",
            (
                "After the reveal the first word is thank you. Telling what happens is welcome; why it could not be "
                "otherwise waits for ten minutes."
            ),
        ),
        (
            "A no is an answer,",
            "with its reason and what there is instead. Cardsort publishes no bare no.",
        ),
        (
            "Nobody looks for who said what.",
            "Cardsort keeps no name, address or time of a vote. The sponsor keeps to it.",
        ),
    )
    yield Title("What the sponsor can say at the beginning")
    yield Lead(
        "“We ask because we do not know. In a moment I see for the first time what we thought and what our customers "
        "say, just as you do. By the 30th you read what we do about it, what comes later, and what we will not do "
        "and why. Nobody will be asked what they chose. Thank you for being open.”"
    )
    yield Title("If a result could embarrass somebody in the room")
    yield Lead(
        "No page shows a result before the reveal, to you neither, so nobody can be warned of it. (Who owns the "
        "machine could read its database. Leave it closed, and say so.) Prepare the person instead: “What would be "
        "hard for you to see? If it comes, what will be your first sentence?” A good one is: “Thank you, I want to "
        "understand that.” Agree on a sign for a break."
    )


def tell_people(deck: Deck) -> Iterator[Block]:
    """Roles, seats and devices."""
    by_list, _ = minutes_of(deck)
    a_table = 5
    yield table(
        "Roles",
        ("Role", "Does, and leaves to others"),
        (
            (
                "Facilitator",
                (
                    "Leads from the desk, asks, keeps the time. Does not vote, and gives no answers. Best is nobody’s "
                    "manager here: somebody from training, quality or another house. If it is you all the same, say: "
                    "“I manage people here; today I only ask”, and let a customer who likes to "
                    "read the customers’ words."
                ),
            ),
            (
                "Scribe",
                (
                    f"Writes on the agenda, on a second device ({Names.FOR_YOU} opens the desk there), and reads each "
                    "promise back. Does not make it sound better."
                ),
            ),
            (
                "Sponsor",
                (
                    "Opens, listens, decides at the end, answers by the day. Does not explain. Sponsor, scribe and "
                    "host vote on their own side, like everybody."
                ),
            ),
            ("Host", "Devices, network, paper, doors; helps where somebody is stuck. Looks at nobody’s screen."),
            ("IT", "People of all teams, with and without contact to customers, and their managers."),
            (
                "Customers",
                "Who work with the service every day, and, if you can, who pays for it: whose budget bears it.",
            ),
        ),
    )
    yield Title("Seats: mixed tables")
    yield points(
        ("Four to six at a table, both sides at each.", "Two camps in one room are “us and them” within minutes."),
        ("At least two of a side at a table,", "so that nobody speaks for all alone."),
        (
            "Where most customers vote by mail,",
            "invite some to the reveal all the same. A reveal without any is about people who are not there.",
        ),
        ("Nobody beside their own manager,", "and customers of different kinds at each table."),
        ("Deal the seats:", "a cut-out card with the table’s number for each guest at the door saves the discussion."),
        (
            "First everybody alone, then the table.",
            "Votes are sent in silence. Talk begins when the ballots are locked.",
        ),
    )
    yield Title("Devices")
    yield points(
        ("One for each person", "is best: their own phone. There is nothing to install and no account."),
        (
            "One for each table",
            (
                f"works too: open the link {Names.SHARED}, and hand it round. Each votes alone and then presses "
                f"{Names.NEXT_PERSON}, which wipes everything. Each side has its own link, so a mixed table has one "
                f"device for IT and one for customers. Reckon {by_list + 1} minutes a person: "
                f"{a_table * (by_list + 1)} for {a_table} people."
            ),
        ),
        (
            "Paper",
            (
                f"for who prefers it: you type it in later ({Names.TYPE_IN}), or bring in a table ({Names.BRING_IN}). "
                f"A side is shown once {DEFAULT_THRESHOLD} of its people have sent theirs by a link. Paper then counts "
                "too, but not towards these, as who types it has seen it: all on paper shows nothing. So let at least "
                f"{DEFAULT_THRESHOLD} of each side use a device, one after the other if need be."
            ),
        ),
        (
            "For the table round",
            (
                f"after the reveal, one device on each table is enough: on the link they voted with, {Names.CARDS} "
                "shows each card with what it costs, what better looks like and its question."
            ),
        ),
    )
