"""Before the day: all of it in ten steps, whether to run it at all, who promises what, and who sits where."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.settings import DEFAULT_PICKS, DEFAULT_THRESHOLD
from cardsort.language import number
from cardsort.story.blocks import Block, Lead, Title
from cardsort.story.handbook.naming import _, points, table


def minutes_of(deck: Deck) -> tuple[int, int]:
    """How long a ballot takes from the list, and one card at a time."""
    by_list, by_card = (effort_of(way, deck, DEFAULT_PICKS).minutes for way in (Way.LIST, Way.CARDS))
    return by_list, by_card


def tell_tomorrow(deck: Deck) -> Iterator[Block]:
    """The ten steps, for whoever has an evening."""
    by_list, by_card = minutes_of(deck)
    yield Lead(
        _(
            "There are %(count)s cards, each with something that can go wrong between IT and the people it "
            "works for. IT says which ones it thinks its customers would choose. The customers choose. Both lists "
            "are laid side by side, and what they show becomes two or three promises with a day. All of it in ten "
            "steps:",
            count=number(deck.size),
        )
    )
    yield points(
        _(
            "%(strong)s1. Ask the sponsor for a day%(end)s on which customers will read what becomes of their "
            "cards. Nobody tonight? Be the sponsor yourself for what you may decide, and let somebody else lead "
            "if you can: promise a day for your own answer, and say what you will carry to whom. If you cannot "
            "promise even that, move it."
        ),
        _(
            "%(strong)s2. Start it:%(end)s %(start)s on the start page, on your organisation’s server (whoever "
            "runs it may have set a code for that) or on a laptop: the command %(command)s in Cardsort’s folder "
            "starts it and prints its address (what that needs stands in its README). A name is enough. Keep the "
            "facilitator link where you keep passwords: it opens the desk, from which you lead.",
            command="make run",
        ),
        _(
            "%(strong)sA laptop is for the room:%(end)s its links open only in its network, while it runs. For "
            "votes by mail or from home, and an answer to be read there later, use a server that people reach. "
            "Else print the answer or mail it, and say so in the room."
        ),
        _(
            "%(strong)s3. See where it leads:%(end)s %(example)s on the start page is a revealed workshop of "
            "invented people. Turn its slides once yourself, with the script below. Then read the cards of your "
            "own: until the first ballot you can leave some out and change the words that do not fit your house."
        ),
        _(
            "%(strong)s4. Ask the customers now:%(end)s on a server, %(mail)s on the desk is written for you to "
            "copy. A phone and %(by_list)s minutes are enough. Who comes to the room can answer there, as long as "
            "you have not locked the customers’ ballots.",
            by_list=number(by_list),
        ),
        _(
            "%(strong)s5. On paper:%(end)s a sheet with each side’s code for every table (%(sheet)s beside the "
            "links), the cards to cut out, some ballots: %(on_paper)s on the desk."
        ),
        _(
            "%(strong)s6. Vote in the room,%(end)s everybody alone and in silence, %(by_list)s to %(by_card)s "
            "minutes: %(show_both)s, or, if all customers have voted before, %(show_it)s.",
            by_list=number(by_list),
            by_card=number(by_card),
        ),
        _("%(strong)s7. Lock%(end)s IT’s prediction, then the customers’ ballots, and say both counts aloud."),
        _(
            "%(strong)s8. Read%(end)s what people wrote before the room does, and withhold what names somebody: "
            "%(read)s."
        ),
        _(
            "%(strong)s9. Reveal%(end)s slide by slide. At each, say the words of the script, ask one question, "
            "and listen."
        ),
        _(
            "%(strong)s10. Agree%(end)s two or three promises: who, until when, who asks. Publish the answer by "
            "the day promised."
        ),
    )


def tell_when(_deck: Deck) -> Iterator[Block]:
    """What it is good for, and when it does harm."""
    yield Lead(
        _(
            "It is worth an hour when somebody will act on what is heard. Where nobody will, asking does harm: "
            "people learn that speaking is of no use."
        )
    )
    yield Title(_("Do not run it when"))
    yield points(
        _("%(strong)sNobody will act.%(end)s There is neither an hour nor any money to change something afterwards."),
        _(
            "%(strong)sThere is no day for the answer.%(end)s The sponsor will not promise when customers read "
            "what becomes of it."
        ),
        _(
            "%(strong)sJobs are at stake.%(end)s With dismissals or a sale pending, each card is read as an "
            "argument, and nobody is open."
        ),
        _(
            "%(strong)sSomebody looks for who is at fault.%(end)s The cards are about practices. A complaint "
            "about a person needs a talk."
        ),
        _(
            "%(strong)sIt would be a score.%(end)s What teams, managers or suppliers are rated or paid by is no "
            "longer said."
        ),
        _(
            "%(strong)sThe last round has no answer.%(end)s Answer that one first, even with a no and its reason. "
            "Then ask again."
        ),
        _(
            "%(strong)sSomething large is just broken.%(end)s Wait two weeks. Customers may say what the time is "
            "like, and the report tells it, but they are tired."
        ),
    )
    yield Title(_("Run it when"))
    yield points(
        _(
            "%(strong)sPlans are being made:%(end)s a budget, a contract, a new tool or a new head of IT. There "
            "is something to decide."
        ),
        _("%(strong)sIT feels unsure, or very sure.%(end)s Either is a good reason to ask."),
        _("%(strong)sNumbers are green and people are not.%(end)s The cards find what the reports do not measure."),
    )


def tell_sponsor(_deck: Deck) -> Iterator[Block]:
    """Five promises, and what the sponsor says."""
    yield Lead(
        _(
            "The sponsor can say yes to work and money. One from IT and one from the customers are better than "
            "one alone. Talk for half an hour, a week before, and do not leave without five promises."
        )
    )
    yield points(
        _(
            "%(strong)sA day.%(end)s “By the 30th, customers read what we do, what comes later, and what we do "
            "not do and why.” Write it under %(hear)s: it then stands behind every link, in the mail and on the "
            "sheet."
        ),
        _(
            "%(strong)sBeing there.%(end)s The sponsor opens the hour and stays for the whole reveal, or sends "
            "somebody who may decide."
        ),
        _(
            "%(strong)sFirst thanks, then nothing.%(end)s After the reveal the first word is thank you. Telling "
            "what happens is welcome; why it could not be otherwise waits for ten minutes."
        ),
        _(
            "%(strong)sA no is an answer,%(end)s with its reason and what there is instead. Cardsort publishes no "
            "bare no."
        ),
        _(
            "%(strong)sNobody looks for who said what.%(end)s Cardsort keeps no name, address or time of a vote. "
            "The sponsor keeps to it."
        ),
    )
    yield Title(_("What the sponsor can say at the beginning"))
    yield Lead(
        _(
            "“We ask because we do not know. In a moment I see for the first time what we thought and what our "
            "customers say, just as you do. By the 30th you read what we do about it, what comes later, and what "
            "we will not do and why. Nobody will be asked what they chose. Thank you for being open.”"
        )
    )
    yield Title(_("If a result could embarrass somebody in the room"))
    yield Lead(
        _(
            "No page shows a result before the reveal, to you neither, so nobody can be warned of it. (Who owns "
            "the machine could read its database. Leave it closed, and say so.) Prepare the person instead: “What "
            "would be hard for you to see? If it comes, what will be your first sentence?” A good one is: “Thank "
            "you, I want to understand that.” Agree on a sign for a break."
        )
    )


def tell_people(deck: Deck) -> Iterator[Block]:
    """Roles, seats and devices."""
    by_list, _by_card = minutes_of(deck)
    a_table = 5
    yield table(
        _("Roles"),
        (_("Role"), _("Does, and leaves to others")),
        (
            (
                _("Facilitator"),
                _(
                    "Leads from the desk, asks, keeps the time. Does not vote, and gives no answers. Best is "
                    "nobody’s manager here: somebody from training, quality or another house. If it is you all "
                    "the same, say: “I manage people here; today I only ask”, and let a customer who likes to "
                    "read the customers’ words."
                ),
            ),
            (
                _("Scribe"),
                _(
                    "Writes on the agenda, on a second device (%(for_you)s opens the desk there), and reads each "
                    "promise back. Does not make it sound better."
                ),
            ),
            (
                _("Sponsor"),
                _(
                    "Opens, listens, decides at the end, answers by the day. Does not explain. Sponsor, scribe "
                    "and host vote on their own side, like everybody."
                ),
            ),
            (_("Host"), _("Devices, network, paper, doors; helps where somebody is stuck. Looks at nobody’s screen.")),
            (_("IT"), _("People of all teams, with and without contact to customers, and their managers.")),
            (
                _("Customers"),
                _("Who work with the service every day, and, if you can, who pays for it: whose budget bears it."),
            ),
        ),
    )
    yield Title(_("Seats: mixed tables"))
    yield points(
        _(
            "%(strong)sFour to six at a table, both sides at each.%(end)s Two camps in one room are “us and them” "
            "within minutes."
        ),
        _("%(strong)sAt least two of a side at a table,%(end)s so that nobody speaks for all alone."),
        _(
            "%(strong)sWhere most customers vote by mail,%(end)s invite some to the reveal all the same. A reveal "
            "without any is about people who are not there."
        ),
        _("%(strong)sNobody beside their own manager,%(end)s and customers of different kinds at each table."),
        _(
            "%(strong)sDeal the seats:%(end)s a cut-out card with the table’s number for each guest at the door "
            "saves the discussion."
        ),
        _(
            "%(strong)sFirst everybody alone, then the table.%(end)s Votes are sent in silence. Talk begins when "
            "the ballots are locked."
        ),
    )
    yield Title(_("Devices"))
    yield points(
        _("%(strong)sOne for each person%(end)s is best: their own phone. There is nothing to install and no account."),
        _(
            "%(strong)sOne for each table%(end)s works too: open the link %(shared)s, and hand it round. Each "
            "votes alone and then presses %(next_person)s, which wipes everything. Each side has its own link, so "
            "a mixed table has one device for IT and one for customers. Reckon %(one)s minutes a person: "
            "%(all)s for %(people)s people.",
            one=number(by_list + 1),
            all=number(a_table * (by_list + 1)),
            people=number(a_table),
        ),
        _(
            "%(strong)sPaper%(end)s for who prefers it: you type it in later (%(type_in)s), or bring in a table "
            "(%(bring_in)s). A side is shown once %(least)s of its people have sent theirs by a link. Paper then "
            "counts too, but not towards these, as who types it has seen it: all on paper shows nothing. So let "
            "at least %(least)s of each side use a device, one after the other if need be.",
            least=number(DEFAULT_THRESHOLD),
        ),
        _(
            "%(strong)sFor the table round%(end)s after the reveal, one device on each table is enough: on the "
            "link they voted with, %(cards)s shows each card with what it costs, what better looks like and its "
            "question."
        ),
    )
