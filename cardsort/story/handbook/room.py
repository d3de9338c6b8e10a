"""In the room: the reveal's script, and what to do when the talk turns, or something does not work."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.domain.settings import DEFAULT_THRESHOLD
from cardsort.language import N_, number
from cardsort.story.blocks import Block, Lead, Title
from cardsort.story.handbook.naming import _, points, table
from cardsort.story.script import SCRIPTS, script_of

SLIDES = {
    "question": (N_("The question"), N_("What was asked, and how many answered")),
    "basis": (N_("Know, or think?"), N_("What IT said of its first cards")),
    "tops": (N_("Both lists"), N_("Face down, then turned over: IT’s first, then the customers’")),
    "marks": (
        N_("What was found"),
        N_("How many IT named, on one line with guessing and with the customers themselves"),
    ),
    "gap": (N_("A clear gap"), N_("One card, both shares, a customer’s words")),
    "kinds": (N_("Kinds of customers"), N_("Where they differ")),
    "shared": (N_("What both share"), N_("At the top of both lists")),
    "talk": (N_("For the room"), N_("A card’s question")),
    "agree": (N_("What do we agree?"), N_("The way to the agenda")),
    "missing": (N_("What cannot be shown"), N_("And why")),
}


def tell_reveal_script(_deck: Deck) -> Iterator[Block]:
    """What to say and to ask at each slide."""
    yield Lead(
        _(
            "After the reveal: %(steps)s on the desk. Arrow keys, a clicker or a tap turn the slides, and every "
            "device with the desk shows the same one, so you can turn them from a tablet in your hand. A slide "
            "with nothing to tell is left out; the details of the others stand under %(comparison)s."
        )
    )
    yield points(
        _(
            "%(strong)sBefore you press %(reveal)s,%(end)s say that it cannot be taken back: after it no ballot "
            "can be changed."
        ),
        _(
            "%(strong)sAbout thirty presses,%(end)s fourteen with %(faster)s (key F); %(go_to)s leads to each "
            "part. Short of time? Keep both lists, one gap, what both share and “What do we agree?”, two to five "
            "minutes each, and leave the rest to the report."
        ),
        _(
            "%(strong)sOn a second device%(end)s %(presenter)s shows the words below at their slides, the next "
            "slide and the time."
        ),
        _(
            "%(strong)sRead aloud, slowly.%(end)s Most people look at the wall and hear you. Give each gap as "
            "long as it needs."
        ),
        _("%(strong)sAfter a customer’s words, count to ten.%(end)s The first to speak should not be IT, and not you."),
        _("%(strong)sAsk one question, the first that fits.%(end)s Then be silent until somebody answers."),
        _(
            "%(strong)sExplain no statistics.%(end)s “Clear” is more than chance usually gives; the rest “chance "
            "could give”. That will do."
        ),
        _(
            "%(strong)sTell shared cards as gladly as gaps.%(end)s Nobody has to be convinced of them, so they "
            "move first."
        ),
    )
    yield Title(_("Before the vote: to everybody"))
    yield points(
        _(
            "%(strong)sTo IT:%(end)s “Choose as you think our customers would, not as you would yourself. At the "
            "end you are asked of your first three: do you know it, or do you think so? Both are fine.”"
        ),
        _(
            "%(strong)sTo customers:%(end)s “Choose what most needs solving for you. Nobody needs to know how it "
            "should be solved. If you like, write what it costs you; name nobody, no patient and no client, as "
            "everybody may read it.”"
        ),
        _(
            "%(strong)sTo all:%(end)s “Scan the code of your side. Mark the cards that count, choose, put them in "
            "order, and send; wait for the receipt. Alone and in silence, please, as nobody’s choice is better "
            "than another’s. You can change it until I lock. What you send has no name. If a name falls later, I "
            "stop, and we go back to the card.”"
        ),
    )
    yield Title(_("At each slide"))
    yield table(
        _("The script, slide by slide"),
        (_("Slide"), _("Say"), _("Ask")),
        tuple((tuple(map(_, SLIDES[kind])), script_of(kind).say, script_of(kind).ask) for kind in SCRIPTS),
    )


def tell_turns(_deck: Deck) -> Iterator[Block]:
    """What happens in rooms, and what helps."""
    k = DEFAULT_THRESHOLD
    yield Lead(
        _("None of this means that it goes badly. It mostly means that it matters. Slow down, and go back to the card.")
    )
    yield table(
        _("When the talk turns"),
        (_("It happens that"), _("What helps")),
        (
            (
                _("Somebody defends: “Those customers did not understand the question.”"),
                _(
                    "Do not argue. “Let us take it that they did. What would they have met, to choose this card?” "
                    "Then: “Who would like to give an example? Nobody has to.” Thank for it."
                ),
            ),
            (
                _("… and again, or with facts: “That was the supplier”, “We have no staff”"),
                _(
                    "“That may well be so, and it goes to the agenda. What did it look like from outside?” Then a "
                    "break."
                ),
            ),
            (
                _("… or strikes back: “The others never read our mails”"),
                _("“That is a card of its own; I write it down. Now we finish this one.” Ask the same of customers."),
            ),
            (
                _("… or outranks you"),
                _(
                    "Through the sponsor, asked before: “May we hear it to the end first?” You: “In ten minutes, "
                    "gladly.”"
                ),
            ),
            (
                _("Customers defend, or you do"),
                _("To them the same words. Of yourself: “I am explaining. I stop.” Then be silent."),
            ),
            (
                _("“That is not us, that is purchasing.”"),
                _("“From outside it is one organisation. Who here can carry it there, and by when do we know?”"),
            ),
            (_("“We knew all that.”"), _("“Good: then nobody has to be convinced. What has kept it in place?”")),
            (
                _("People laugh"),
                _(
                    "Look where they look. At the card: it is relief, so wait, then “Where have you met it?” At "
                    "somebody, or at how it is written: “Somebody took the trouble to write this”, and read it "
                    "aloud again. A second time: a break, and a word with who laughed; then with who was hurt."
                ),
            ),
            (
                _("Somebody names a person"),
                _(
                    "“We leave names outside, good ones too. What in the way we work leads there, whoever does "
                    "it?” The scribe does not write it down. Speak with both afterwards."
                ),
            ),
            (
                _("… who sits there, or is known without a name: “the one at night”"),
                _(
                    "Now, to them: “That was not agreed, and I am sorry. You need not answer.” To all: “It is "
                    "about how we work, not about who does it.” Turn to the next card."
                ),
            ),
            (
                _("A serious accusation, or a patient’s data in a remark"),
                _(
                    "“This is too important for here; I take it on.” %(withhold)s the remark: that hides it, and "
                    "does not erase it. The same day tell whom your house names for it: data protection, safety, "
                    "or the person of trust."
                ),
            ),
            (
                _("Tears, or somebody leaves"),
                _("A break at once. The host goes along and asks; nobody comments on it."),
            ),
            (
                _("A remark on the wall names somebody"),
                _(
                    "Turn the slide. %(withhold)s works after the reveal too, from the result’s page; slides, "
                    "report and page then leave it out. Reading before the reveal avoids it."
                ),
            ),
            (
                _("A manager goes pale"),
                _(
                    "Do not give them the first word. Ask: “Who else is a part of this?” Take a break, and speak "
                    "in it. A manager who then says “I want to understand that” has won the room."
                ),
            ),
            (
                _("“Who wrote this?” Or: “I know who.”"),
                _(
                    "“We do not look for that, and who knows keeps it; else it is the last time that anybody "
                    "writes.” Then: “Where does it happen?”"
                ),
            ),
            (
                _("A customer tells ten incidents"),
                _(
                    "“Which of the cards is that?” One example a card, written on the wall. The others go to the "
                    "service desk."
                ),
            ),
            (
                _("Nobody says anything"),
                _("“Two minutes in pairs.” Then one sentence from each pair, yours last, or never."),
            ),
            (
                _("“It is only chance.”"),
                _(
                    "“For this card it may be; the slide says so. What customers put at the top needs no "
                    "comparison.” Go on with the shared cards."
                ),
            ),
            (
                _("IT was right"),
                _("Say so, and let it be enjoyed: “What had told you?” More of that is a promise as well."),
            ),
            (_("Somebody promises everything"), _("“What will you leave undone for it?” Then: “Which one first?”")),
        ),
    )
    yield Title(_("Fewer than %(least)s of a side", least=number(k)))
    yield points(
        _(
            "%(strong)sBefore the reveal:%(end)s it can wait. %(open_again)s takes more ballots; the report says "
            "that it was open again. The number %(least)s cannot be lowered, as people answered relying on it.",
            least=number(k),
        ),
        _(
            "%(strong)sKinds of customers that are too small%(end)s can be told together at the lock, and until "
            "the reveal. They count in the customers’ list either way."
        ),
        _(
            "%(strong)sOn the day:%(end)s lay out the cut-out cards. Say that this is open, not secret; who wants "
            "to picks three and says why. No numbers, and a good talk. The other side’s list can still be "
            "revealed."
        ),
    )
    yield Title(_("Nothing is called clear"))
    yield Lead(
        _(
            "Then there are too few people to tell single cards apart, or both sides see it alike. It is no "
            "failure. Work with what both put at the top, and with the customers’ first three."
        )
    )


def tell_mending(_deck: Deck) -> Iterator[Block]:
    """What can fail, and the way on."""
    yield table(
        _("When something does not work"),
        (_("It happens that"), _("What to do")),
        (
            (
                _("The link opens nothing"),
                _("Is the device in the same network? Type the address and the join code from the wall."),
            ),
            (_("The network is gone"), _("Go on. Ballots stay on the devices and send themselves when it is back.")),
            (
                _("Somebody changed their mind"),
                _("Until the lock, on the same device and link: change it and send again, or %(take_back)s."),
            ),
            (
                _("A ballot should not count"),
                _(
                    "Until the reveal: %(take_out)s on the desk, by its receipt and with a reason that its sender "
                    "reads. The result says how many were taken out."
                ),
            ),
            (
                _("A trial is among the ballots"),
                _(
                    "%(take_out)s: before the first lock all ballots of the round at once, after the workshop’s "
                    "name is typed; later one by one, by their receipts."
                ),
            ),
            (
                _("Somebody used the other side’s link"),
                _(
                    "Each page says whom it is for. %(take_back)s there, then scan the right code; the cards are "
                    "ordered anew."
                ),
            ),
            (
                _("Somebody comes late, or is called away"),
                _(
                    "They can send until the lock, from three cards on, on the same link. What they have sorted "
                    "stays on their device, and counts once it is sent."
                ),
            ),
            (_("You locked too early"), _("%(open_again)s, until the reveal.")),
            (
                _("A voting link went astray"),
                _(
                    "%(replace)s below the link itself. What was sent stays; sheets and mails with the old one no "
                    "longer work."
                ),
            ),
            (
                _("The laptop must restart"),
                _("Every ballot that was “Sent” is stored. Start Cardsort again in the same network; pages go on."),
            ),
            (
                _("The facilitator link is lost"),
                _("Whoever runs the server prints it again: %(command)s.", command="cardsort admin-link"),
            ),
            (_("Somebody cannot use a screen"), _("A ballot on paper, or you type it for them: %(type_in)s.")),
        ),
    )
