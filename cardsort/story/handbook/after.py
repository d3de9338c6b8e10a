"""What follows the reveal: promises, behaviour, the weeks after; and the same cards with IT alone."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.language import pgettext
from cardsort.story import guide
from cardsort.story.blocks import Block, Lead, Lines, Title
from cardsort.story.handbook.naming import _, points, table

EXAMPLE = "A-01"  # the card whose behaviours are written out below


def tell_agreeing(_deck: Deck) -> Iterator[Block]:
    """From the lists to a few promises."""
    yield Lead(_("Two or three promises that are kept are worth more than ten. Here is how a room comes to them."))
    yield Title(_("The table round: 20 minutes, one device a table"))
    yield table(
        _("The table round"),
        (_("Minutes"), _("What")),
        (
            ("0–3", _("Everybody alone picks one card from the two lists on the wall.")),
            (
                "3–8",
                _(
                    "The table agrees on one. %(cards)s on the device shows its back. Stuck? Take the one that "
                    "costs the people it touches most."
                ),
            ),
            ("8–14", _("Whom does it touch? What does it cost them, in hours, money or trouble? How do we know?")),
            (
                "14–20",
                _(
                    "One sentence on paper: who does what from when, so that one could film it. Or a no, with its "
                    "reason and what there is instead."
                ),
            ),
        ),
    )
    yield Title(_("On the agenda"))
    yield points(
        _(
            "%(strong)s%(agree)s:%(end)s it offers what both put at the top, then what customers alone did, then "
            "what IT alone did."
        ),
        _("%(strong)s%(large)s%(end)s makes it readable on the wall. The scribe types, and it saves by itself."),
        _(
            "%(strong)sDo, later, or no:%(end)s customers read what will be done, the reason, what there is "
            "instead, until when, and whom they can ask. What it costs, who looks after it and whom it touches "
            "stay with you."
        ),
        _(
            "%(strong)sA name, a day, and who asks.%(end)s A team is no name. Somebody who is not here is asked "
            "first: until then promise who asks them."
        ),
        _("%(strong)sA quick win%(end)s is done within days. Have one: it is the first thing that customers notice."),
    )
    yield Title(_("Test each promise"))
    yield points(
        _("%(strong)sAnother table reads it aloud.%(end)s What they do not understand is written again."),
        _(
            "%(strong)sTwo questions of worth:%(end)s %(paying)s %(supplier)s If not: smaller, or not at all.",
            paying=_(guide.PAYING),
            supplier=_(guide.SUPPLIER),
        ),
        _("%(strong)sThe day after:%(end)s would a colleague who was not here know what to do?"),
    )


def tell_behaviour(deck: Deck) -> Iterator[Block]:
    """From a card to what one could film, for each role, with an example."""
    yield Lead(
        _(
            "“Communicate better” is a wish. A behaviour is what a camera would see on an ordinary Tuesday: who "
            "does what, where, with whom. For a card that matters, ask each role for one."
        )
    )
    yield points(
        _("%(strong)s1. Read the card’s back:%(end)s what it costs, and what better looks like."),
        _(
            "%(strong)s2. Ask each role:%(end)s “What would I see you do, if this card were gone? What would I no "
            "longer see?”"
        ),
        _(
            "%(strong)s3. Write one sentence%(end)s with a verb, a person or role, and how often. One role, one "
            "behaviour, six weeks."
        ),
        _("%(strong)s4. Ask the others:%(end)s “What do you need to see from us, so that you can keep it up?”"),
    )
    if EXAMPLE in deck:
        yield Title(_("An example"))
        yield Lines(((deck[EXAMPLE],),))
        yield _example()
    yield Title(_("Three checks"))
    yield points(
        _(
            "%(strong)sCould one film it?%(end)s “Is more aware of” cannot be filmed. “Asks, before taking a "
            "call’s details, …” can."
        ),
        _(
            "%(strong)sCould a new colleague do it tomorrow?%(end)s If it needs a project first, it is not yet a "
            "behaviour."
        ),
        _("%(strong)sWould anybody notice if it stopped?%(end)s If not, it is not the one that matters."),
    )
    yield Lead(
        _(
            "On the agenda it goes into “What behaviour do we want to see?”, with from whom: management, the "
            "team, customers."
        )
    )


def _example() -> Block:
    return table(
        _("From a card to a behaviour for each role"),
        (_("Role"), _("What one could film")),
        (
            (
                _("Head of IT"),
                _(
                    "Spends a morning each quarter where the service is used, and tells the next meeting three "
                    "things seen there."
                ),
            ),
            (
                _("Manager of a team"),
                _("Opens the Monday round with whose work stood still last week, before any numbers."),
            ),
            (
                _("Owner of a process"),
                _("Puts “What can you not do now?” first in the form, and takes two other fields out."),
            ),
            (_("Team"), _("Whoever takes a call asks what stands still, and writes the answer in the first line.")),
            (
                _("Customers"),
                _("Name, once a quarter and by somebody who may decide, the three things that must never stand still."),
            ),
        ),
    )


def tell_weeks(_deck: Deck) -> Iterator[Block]:
    """What is due when, once people have left."""
    yield Lead(
        _("Most such workshops fail afterwards, quietly. Put these days into calendars before you leave the room.")
    )
    yield table(
        _("Afterwards"),
        (_("When"), _("What")),
        (
            (
                _("The same day"),
                (
                    _(
                        "Thank those who answered, in the room and by mail: how many they were, and the day of "
                        "the answer."
                    ),
                    _(
                        "%(report)s for those who were there. The agenda’s days go along to calendars, its tasks "
                        "to Jira or Azure Boards: the links stand below its cards."
                    ),
                ),
            ),
            (
                _("By the promised day"),
                (
                    _(
                        "%(answer)s. It needs, for a yes, what will be done; for later, that or the reason; for a "
                        "no, the reason and what there is instead."
                    ),
                    _(
                        "Tell people that it is there, as Cardsort sends no mail: on a server the same link. From "
                        "a laptop %(sheet)s it, for the wall, or mail it as a file."
                    ),
                ),
            ),
            (
                _("After 30 days"),
                (
                    _("Whoever was to ask, asks: “What did we do? What got in the way?” Half an hour with the names."),
                    _(
                        "Tick it on the agenda (%(how_far)s); customers see it at once on the published answer. "
                        "What does not move gets a new day or an honest no. Say either aloud."
                    ),
                ),
            ),
            (
                _("After 90 days"),
                (
                    _(
                        "Half an hour with the same people: what is done, what did customers notice, what did it "
                        "teach us?"
                    ),
                    _("Ask three customers whether they have noticed. If not, the promise was kept for nobody."),
                    _("Decide on round 2."),
                ),
            ),
            (
                _("After six to twelve months"),
                (
                    _(
                        "Round 2: “Start round 2 …” on the desk asks the same questions with the same cards. "
                        "%(same_people)s go on with the links they have; %(new_people)s get new ones."
                    ),
                    _(
                        "Begin its invitation with what came of round 1. Its result tells what has moved, and "
                        "promises still open stand on the desk again."
                    ),
                    _(
                        "Not earlier: people must have had time to notice something. If the same cards come "
                        "again, talk about what kept the promises from being kept."
                    ),
                ),
            ),
        ),
    )
    yield Lead(
        _(
            "A workshop is deleted two years after it began, or on the day that you set; the desk reminds you "
            "from thirty days before. The archive, from the result’s page, keeps it."
        )
    )


def tell_alone(_deck: Deck) -> Iterator[Block]:
    """Three cards that will stop us: without customers."""
    yield Lead(
        _(
            "Before a change, the same cards show what inside IT will stand in its way. No customer votes, so "
            "there is no gap and nothing is said about customers: it tells what IT itself expects."
        )
    )
    yield points(
        _("%(strong)sStart a workshop for IT alone,%(end)s and say so when you start it, or at the lock."),
        _("%(strong)sThe question:%(end)s “Which three of these will stop us?” And three cards to choose."),
        _(
            "%(strong)sThe words on the pages%(end)s call the list what IT expects of its customers. Say once "
            "that here it answers your question."
        ),
        _(
            "%(strong)sSay whose it is:%(end)s the names of what was said stay out; managers vote like everybody, "
            "and speak last."
        ),
    )
    yield table(
        _("An hour with IT alone"),
        (_("Minutes"), _("What"), _("How")),
        (
            ("0–5", _("Welcome"), _("What is to change, by when, and why these cards.")),
            ("5–12", pgettext("run sheet", "Vote"), _("Everybody alone: three cards.")),
            ("12–15", _("Lock and reveal"), _("The list from the last place to the first.")),
            (
                "15–35",
                _("Tables"),
                _(
                    "Each table takes one of the first three: where have we seen it, what does it look like when "
                    "it begins?"
                ),
            ),
            (
                "35–52",
                _("Counter-measures"),
                _("For each card, one behaviour for each role, on the agenda: who, until when."),
            ),
            ("52–60", pgettext("run sheet", "Close"), _("Who watches for each of the three, and when you look again.")),
        ),
    )
    yield points(
        _(
            "%(strong)sLater, with customers:%(end)s start another workshop. What IT fears is not what customers need, "
            "and now you can lay both side by side."
        )
    )
