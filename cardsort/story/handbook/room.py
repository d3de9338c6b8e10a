"""In the room: the reveal's script, and what to do when the talk turns, or something does not work."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.domain.workshops import DEFAULT_THRESHOLD
from cardsort.story.blocks import Block, Lead, Title
from cardsort.story.handbook.naming import Names, points, table
from cardsort.story.script import SCRIPTS, script_of

SLIDES = {
    "question": ("The question", "What was asked, and how many answered"),
    "basis": ("Know, or think?", "What IT said of its first cards"),
    "tops": ("Both lists", "Face down, then turned over: IT’s first, then the customers’"),
    "marks": ("What was found", "How many IT named, on one line with guessing and with the customers themselves"),
    "gap": ("A clear gap", "One card, both shares, a customer’s words"),
    "kinds": ("Kinds of customers", "Where they differ"),
    "shared": ("What both share", "At the top of both lists"),
    "talk": ("For the room", "A card’s question"),
    "agree": ("What do we agree?", "The way to the agenda"),
    "missing": ("What cannot be shown", "And why"),
}


def tell_reveal_script(_deck: Deck) -> Iterator[Block]:
    """What to say and to ask at each slide."""
    yield Lead(
        f"After the reveal: {Names.STEPS} on the desk. Arrow keys, a clicker or a tap turn the slides, and every "
        "device with the desk shows the same one, so you can turn them from a tablet in your hand. A slide with "
        f"nothing to tell is left out; the details of the others stand under {Names.COMPARISON}."
    )
    yield points(
        ("Before you press " + Names.REVEAL, "say that it cannot be taken back: after it no ballot can be changed."),
        (
            "About thirty presses,",
            (
                f"fourteen with {Names.FASTER} (key F); {Names.GO_TO} leads to each part. Short of time? Keep both "
                "lists, one gap, what both share and “What do we agree?”, two to five minutes each, and leave the rest "
                "to the report."
            ),
        ),
        (
            "On a second device",
            f"{Names.PRESENTER} shows the words below at their slides, the next slide and the time.",
        ),
        ("Read aloud, slowly.", "Most people look at the wall and hear you. Give each gap as long as it needs."),
        ("After a customer’s words, count to ten.", "The first to speak should not be IT, and not you."),
        ("Ask one question, the first that fits.", "Then be silent until somebody answers."),
        (
            "Explain no statistics.",
            "“Clear” is more than chance usually gives; the rest “chance could give”. That will do.",
        ),
        ("Tell shared cards as gladly as gaps.", "Nobody has to be convinced of them, so they move first."),
    )
    yield Title("Before the vote: to everybody")
    yield points(
        (
            "To IT:",
            (
                "“Choose as you think our customers would, not as you would yourself. At the end you are asked of "
                "your first three: do you know it, or do you think so? Both are fine.”"
            ),
        ),
        (
            "To customers:",
            (
                "“Choose what most needs solving for you. Nobody needs to know how it should be solved. If you like, "
                "write what it costs you; name nobody, no patient and no client, as everybody may read it.”"
            ),
        ),
        (
            "To all:",
            (
                "“Scan the code of your side. Mark the cards that count, choose, put them in order, and send; wait "
                "for the receipt. Alone and in silence, please, as nobody’s choice is better than another’s. You can "
                "change it until I lock. What you send has no name. If a name falls later, I stop, and we go back to "
                "the card.”"
            ),
        ),
    )
    yield Title("At each slide")
    yield table(
        "The script, slide by slide",
        ("Slide", "Say", "Ask"),
        tuple((SLIDES[kind], script_of(kind).say, script_of(kind).ask) for kind in SCRIPTS),
    )


def tell_turns(_deck: Deck) -> Iterator[Block]:
    """What happens in rooms, and what helps."""
    k = DEFAULT_THRESHOLD
    yield Lead(
        "None of this means that it goes badly. It mostly means that it matters. Slow down, and go back to the card."
    )
    yield table(
        "When the talk turns",
        ("It happens that", "What helps"),
        (
            (
                "Somebody defends: “Those customers did not understand the question.”",
                (
                    "Do not argue. “Let us take it that they did. What would they have met, to choose this card?” "
                    "Then: “Who would like to give an example? Nobody has to.” Thank for it."
                ),
            ),
            (
                "… and again, or with facts: “That was the supplier”, “We have no staff”",
                "“That may well be so, and it goes to the agenda. What did it look like from outside?” Then a break.",
            ),
            (
                "… or strikes back: “The others never read our mails”",
                "“That is a card of its own; I write it down. Now we finish this one.” Ask the same of customers.",
            ),
            (
                "… or outranks you",
                "Through the sponsor, asked before: “May we hear it to the end first?” You: “In ten minutes, gladly.”",
            ),
            (
                "Customers defend, or you do",
                "To them the same words. Of yourself: “I am explaining. I stop.” Then be silent.",
            ),
            (
                "“That is not us, that is purchasing.”",
                "“From outside it is one organisation. Who here can carry it there, and by when do we know?”",
            ),
            ("“We knew all that.”", "“Good: then nobody has to be convinced. What has kept it in place?”"),
            (
                "People laugh",
                (
                    "Look where they look. At the card: it is relief, so wait, then “Where have you met it?” At "
                    "somebody, or at how it is written: “Somebody took the trouble to write this”, and read it aloud "
                    "again. A second time: a break, and a word with who laughed; then with who was hurt."
                ),
            ),
            (
                "Somebody names a person",
                (
                    "“We leave names outside, good ones too. What in the way we work leads there, whoever does it?” "
                    "The scribe does not write it down. Speak with both afterwards."
                ),
            ),
            (
                "… who sits there, or is known without a name: “the one at night”",
                (
                    "Now, to them: “That was not agreed, and I am sorry. You need not answer.” To all: “It is about "
                    "how we work, not about who does it.” Turn to the next card."
                ),
            ),
            (
                "A serious accusation, or a patient’s data in a remark",
                (
                    f"“This is too important for here; I take it on.” {Names.WITHHOLD} the remark: that hides it, and "
                    "does not erase it. The same day tell whom your house names for it: data protection, safety, or "
                    "the person of trust."
                ),
            ),
            ("Tears, or somebody leaves", "A break at once. The host goes along and asks; nobody comments on it."),
            (
                "A remark on the wall names somebody",
                (
                    f"Turn the slide. {Names.WITHHOLD} works after the reveal too, from the result’s page; slides, "
                    "report and page then leave it out. Reading before the reveal avoids it."
                ),
            ),
            (
                "A manager goes pale",
                (
                    "Do not give them the first word. Ask: “Who else is a part of this?” Take a break, and speak in "
                    "it. A manager who then says “I want to understand that” has won the room."
                ),
            ),
            (
                "“Who wrote this?” Or: “I know who.”",
                (
                    "“We do not look for that, and who knows keeps it; else it is the last time that anybody writes.” "
                    "Then: “Where does it happen?”"
                ),
            ),
            (
                "A customer tells ten incidents",
                (
                    "“Which of the cards is that?” One example a card, written on the wall. The others go to the "
                    "service desk."
                ),
            ),
            ("Nobody says anything", "“Two minutes in pairs.” Then one sentence from each pair, yours last, or never."),
            (
                "“It is only chance.”",
                (
                    "“For this card it may be; the slide says so. What customers put at the top needs no "
                    "comparison.” Go on with the shared cards."
                ),
            ),
            (
                "IT was right",
                "Say so, and let it be enjoyed: “What had told you?” More of that is a promise as well.",
            ),
            ("Somebody promises everything", "“What will you leave undone for it?” Then: “Which one first?”"),
        ),
    )
    yield Title(f"Fewer than {k} of a side")
    yield points(
        (
            "Before the reveal:",
            (
                f"it can wait. {Names.OPEN_AGAIN} takes more ballots; the report says that it was open again. The "
                f"number {k} cannot be lowered, as people answered relying on it."
            ),
        ),
        (
            "Kinds of customers that are too small",
            "can be told together at the lock, and until the reveal. They count in the customers’ list either way.",
        ),
        (
            "On the day:",
            (
                "lay out the cut-out cards. Say that this is open, not secret; who wants to picks three and says why. "
                "No numbers, and a good talk. The other side’s list can still be revealed."
            ),
        ),
    )
    yield Title("Nothing is called clear")
    yield Lead(
        "Then there are too few people to tell single cards apart, or both sides see it alike. It is no failure. "
        "Work with what both put at the top, and with the customers’ first three."
    )


def tell_mending(_deck: Deck) -> Iterator[Block]:
    """What can fail, and the way on."""
    yield table(
        "When something does not work",
        ("It happens that", "What to do"),
        (
            (
                "The link opens nothing",
                "Is the device in the same network? Type the address and the join code from the wall.",
            ),
            ("The network is gone", "Go on. Ballots stay on the devices and send themselves when it is back."),
            (
                "Somebody changed their mind",
                f"Until the lock, on the same device and link: change it and send again, or {Names.TAKE_BACK}.",
            ),
            (
                "A ballot should not count",
                (
                    f"Until the reveal: {Names.TAKE_OUT} on the desk, by its receipt and with a reason that its "
                    "sender reads. The result says how many were taken out."
                ),
            ),
            (
                "A trial is among the ballots",
                (
                    f"{Names.TAKE_OUT}: before the first lock all ballots of the round at once, after the workshop’s "
                    "name is typed; later one by one, by their receipts."
                ),
            ),
            (
                "Somebody used the other side’s link",
                (
                    f"Each page says whom it is for. {Names.TAKE_BACK} there, then scan the right code; the cards are "
                    "ordered anew."
                ),
            ),
            (
                "Somebody comes late, or is called away",
                (
                    "They can send until the lock, from three cards on, on the same link. What they have sorted stays "
                    "on their device, and counts once it is sent."
                ),
            ),
            ("You locked too early", f"{Names.OPEN_AGAIN}, until the reveal."),
            (
                "A voting link went astray",
                (
                    f"{Names.REPLACE} below the link itself. What was sent stays; sheets and mails with the old one "
                    "no longer work."
                ),
            ),
            (
                "The laptop must restart",
                "Every ballot that was “Sent” is stored. Start Cardsort again in the same network; pages go on.",
            ),
            ("The facilitator link is lost", "Whoever runs the server prints it again: cardsort admin-link."),
            ("Somebody cannot use a screen", f"A ballot on paper, or you type it for them: {Names.TYPE_IN}."),
        ),
    )
