"""Run sheets: what happens when, in 60, 120 or 240 minutes together, or spread over days with half an hour together."""

from collections.abc import Callable, Iterator

from cardsort.domain.cards import Deck
from cardsort.language import N_, number, pgettext
from cardsort.story.blocks import Block, Grid, Lead, Title
from cardsort.story.handbook.naming import Rows, _, points, table

Steps = tuple[tuple[int, str, str], ...]  # minutes, what, how


def _hour() -> Steps:
    """Sixty minutes; the customers have voted before."""
    return (
        (
            5,
            _("Welcome"),
            _(
                "The sponsor: why, and the day of the answer. You: listen first; the work, not a person; nobody asks "
                "who chose what."
            ),
        ),
        (12, _("IT votes"), _("%(show_it)s. Alone, in silence, from the list of titles.")),
        (
            3,
            pgettext("run sheet", "Lock"),
            _(
                "%(lock_it)s. Say both counts aloud. The customers’ ballots were locked the evening before, and you "
                "have read what they wrote."
            ),
        ),
        (20, pgettext("run sheet", "Reveal"), _("%(reveal)s, then %(steps)s. One question a slide, no more.")),
        (
            14,
            pgettext("run sheet", "Agree"),
            _(
                "Two cards: one that both put at the top, and one clear gap or, where none is clear, the customers’ "
                "first. Who, until when, who asks."
            ),
        ),
        (
            6,
            pgettext("run sheet", "Close"),
            _("The scribe reads the promises back. The sponsor says the day of the answer again, and thanks."),
        ),
    )


def _two_hours() -> Steps:
    """Two hours with everybody in the room."""
    return (
        (10, _("Welcome"), _("The sponsor; the rules; at each table: who are you, and when did IT last help you?")),
        (15, _("Everybody votes"), _("%(show_both)s. IT and customers at the same time, in silence.")),
        (
            10,
            _("Lock, and a break"),
            _("%(lock_it)s, %(lock_customers)s. Read what both sides wrote, two of you on two devices."),
        ),
        (
            30,
            pgettext("run sheet", "Reveal"),
            _("Slide by slide; after a customer’s words count to ten before anybody speaks."),
        ),
        (20, _("Table round"), _("Each table: one card, what it costs, one promise (see “What we agree”).")),
        (
            22,
            pgettext("run sheet", "Agree"),
            _(
                "A minute a table: its promise, on the agenda, in sight of all. Everybody marks two on the wall; the "
                "sponsor says yes to three at most. The rest is “later”, with its reason."
            ),
        ),
        (8, _("Test the promises"), _("Each table reads the promise of another and asks the two questions of worth.")),
        (5, pgettext("run sheet", "Close"), _("Promises read back, day of the answer, thanks.")),
    )


def _four_hours() -> Steps:
    """Four hours, up to behaviours."""
    return (
        (
            15,
            pgettext("run sheet", "Arrive"),
            _("The sponsor; the rules; at each table: who are you, and when did IT last help you?"),
        ),
        (
            20,
            _("Everybody votes"),
            _("%(show_both)s. Time for one card at a time, and for the second order if you ask for it."),
        ),
        (15, _("Lock, and a break"), _("%(lock_it)s, %(lock_customers)s. Read what people wrote.")),
        (
            40,
            pgettext("run sheet", "Reveal"),
            _("Slide by slide, with time for an example at each gap and for where kinds differ."),
        ),
        (
            30,
            _("First table round"),
            _("Each table takes two cards: whom does it touch, what does it cost, how do we know?"),
        ),
        (
            15,
            pgettext("run sheet", "Break"),
            _("Cards and costs hang on the wall; people walk and mark what matters most to them."),
        ),
        (35, _("Second table round"), _("From the card to a behaviour, for each role (see there).")),
        (
            35,
            pgettext("run sheet", "Agree"),
            _("Do, later, or no with reason and alternative, on the agenda in sight of all. Five promises at most."),
        ),
        (
            20,
            _("Test the promises"),
            _("Each table reads those of another: could one film it? The two questions of worth."),
        ),
        (10, _("The answer"), _("%(answer)s: read together what customers will read.")),
        (
            5,
            pgettext("run sheet", "Close"),
            _("Promises read back, day of the answer, who asks after 30 days, thanks."),
        ),
    )


def _days() -> Rows:
    """What comes on which day where people vote on their own."""
    return (
        (
            _("Day 1"),
            _("Mail to IT"),
            _("IT’s prediction first: a link to a server that all reach, three days, a closing time."),
        ),
        (
            _("Day 1"),
            _("Mail to customers"),
            _("On the same day is fine: nobody sees a result before the reveal. A week, a closing time."),
        ),
        (_("Days 3 and 6"), _("Reminders"), _("To all of a side, with how many have answered.")),
        (
            _("Day 8"),
            _("Locked"),
            _(
                "Both sides have locked by themselves. Read what people wrote. Join a kind of customer of which fewer "
                "than three answered with another, so that it is not left out."
            ),
        ),
        (_("Day 9"), _("Reveal, 30 minutes"), _("In a call: you share the slides. See below.")),
        (
            _("Days 9 to 14"),
            pgettext("run sheet", "Agree"),
            _("The agenda with four to eight people of both sides, an hour or two."),
        ),
        (_("The promised day"), _("The answer"), _("%(publish)s. Everybody reads it on the link they voted with.")),
    )


def _call() -> Steps:
    """The half hour together, in a call."""
    return (
        (3, _("Welcome"), _("The sponsor, on camera: why, thanks, and the day of the answer.")),
        (
            17,
            pgettext("run sheet", "Reveal"),
            _(
                "Share the window with the slides. After each gap half a minute of silence: people write in the chat, "
                "you read out three, without names."
            ),
        ),
        (
            7,
            _("A question"),
            _("One question for the room, in groups of three for four minutes, then a sentence from each."),
        ),
        (3, pgettext("run sheet", "Close"), _("Who works on the agenda, and on which day everybody reads the answer.")),
    )


SHEETS: dict[str, Callable[[], Steps]] = {
    N_("60 minutes: the customers have voted before"): _hour,
    N_("120 minutes: everybody in the room"): _two_hours,
    N_("240 minutes: everybody, and from cards to behaviour"): _four_hours,
}


def tell_sheets(_deck: Deck) -> Iterator[Block]:
    """A table of steps for each length."""
    yield Lead(
        _(
            "Write the real times beside the minutes. If you run late, shorten the reveal’s talk, never the "
            "agreeing: a reveal without a promise is entertainment."
        )
    )
    for title, steps in SHEETS.items():
        yield Title(_(title))
        yield _sheet(_(title), steps())
    yield Title(_("Over days, with half an hour together"))
    yield table(_("Over days"), (_("When"), _("What"), _("How")), _days())
    yield Title(_("The half hour"))
    yield _sheet(_("The half hour"), _call())
    yield Title(_("If the time is up too soon"))
    yield points(
        _(
            "%(strong)sOne device for a whole table:%(end)s voting takes about twenty minutes then. Take them "
            "from the table round, or let people vote before they come."
        ),
        _(
            "%(strong)sVoting takes longer:%(end)s say “two more minutes” once, then lock. The lock page says how "
            "many are still at it."
        ),
        _("%(strong)sTalk runs away:%(end)s “That is the agenda’s. I write it down.” Write it down, turn the slide."),
        _(
            "%(strong)sTen minutes left, nothing agreed:%(end)s one card, one name, one day. Then publish, and "
            "meet again within a week."
        ),
    )


def _sheet(name: str, steps: Steps) -> Grid:
    """The steps with their minutes from the beginning."""
    rows, at = [], 0
    for minutes, what, how in steps:
        rows.append((f"{number(at)}–{number(at + minutes)}", what, how))
        at += minutes
    return table(name, (_("Minutes"), _("What"), _("How")), tuple(rows))
