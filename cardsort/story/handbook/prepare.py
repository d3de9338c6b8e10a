"""What to do when before the day, and what the room, the network and the bag need."""

from collections.abc import Iterator

from cardsort.domain.cards import Deck
from cardsort.story.blocks import Block, Lead, Title
from cardsort.story.handbook.naming import _, points, table


def tell_prepare(_deck: Deck) -> Iterator[Block]:
    """What to do when, and three lists to tick off."""
    yield Lead(
        _("Tick these off. If it is tomorrow: “The day before” is tonight, and of the rows above it do what you can.")
    )
    yield table(
        _("What to do when"),
        (_("When"), _("What")),
        (
            (
                _("Two weeks before"),
                (
                    _("The sponsor’s five promises. The room, the roles, the list of guests."),
                    _(
                        "%(start)s; name kinds of customers if you want to see where they differ (%(kinds)s; with "
                        "a dozen customers none, or two), and how many people you expect."
                    ),
                    _("%(picks)s Ten is usual; three is the short version."),
                ),
            ),
            (
                _("Ten days before"),
                (
                    _(
                        "Send the mails. If all customers vote before the day: %(closing)s, for the evening "
                        "before. Where some vote in the room, set none, or they find it locked."
                    ),
                    _("Where double votes must be ruled out, make %(codes)s before the first customer votes."),
                ),
            ),
            (
                _("Two days before"),
                (
                    _("The reminder, with the counts of that day."),
                    _(
                        "Rehearse: turn all slides once, with the script in your hand, in the example or in a "
                        "rehearsal of your own workshop, which shows invented ballots and keeps none."
                    ),
                    _("Print what you need."),
                ),
            ),
            (
                _("The day before"),
                (
                    _(
                        "In the room itself, on several phones: open the link of a side that is not locked, send "
                        "a ballot, see the count rise on the desk, and take each trial back on its own phone "
                        "(%(take_back)s)."
                    ),
                    _(
                        "Once the customers’ ballots are locked: read what they wrote, and withhold what names "
                        "somebody."
                    ),
                ),
            ),
            (
                _("Half an hour before"),
                (
                    _(
                        "Laptop at the projector and on power, %(show_both)s (or %(show_it)s), sheets on the "
                        "tables, the second device on the desk, spare tablet open."
                    ),
                    _(
                        "The desk stays off the wall. With one laptop, extend its screen rather than mirror it: "
                        "codes and slides in a window on the wall, the desk in a window on yours. Or lead from "
                        "your phone: %(for_you)s. Read what people wrote there, too."
                    ),
                    _("Greet people at the door and deal the seats."),
                ),
            ),
        ),
    )
    yield Title(_("The room"))
    yield points(
        _("%(strong)sTables for four to six,%(end)s with chairs around them; no rows, and no table for managers."),
        _(
            "%(strong)sA projector that the last table can read:%(end)s the slides are dark, %(light)s helps in "
            "daylight, %(full_screen)s takes the rest away."
        ),
        _("%(strong)sA wall or board%(end)s for the promises, with tape and pens; power within reach of the tables."),
        _("%(strong)sEverybody in the room takes part;%(end)s there is no audience. Close the door."),
    )
    yield Title(_("The network"))
    yield points(
        _(
            "%(strong)sOne network for all.%(end)s Where Cardsort runs on your laptop, phones and tablets must be "
            "in the same network as the laptop. Guest networks often keep devices from each other: try it with "
            "phones. The way out is a small router of your own, which needs no internet, or a phone’s hotspot: it "
            "seldom takes thirty devices, so use it for the laptop and a few tablets with the link %(shared)s."
        ),
        _(
            "%(strong)sOn the day nothing connects:%(end)s hand out paper to all but three of each side. These "
            "vote on the laptop itself (without any network, start Cardsort again first), one after the other, "
            "unwatched, with the link %(shared)s in a private window. Then type the paper in: time one, and "
            "lengthen the break accordingly. Too long? Lay out the cards, talk, and vote another day."
        ),
        _(
            "%(strong)sThe right address.%(end)s If the start page says %(loopback)s, connect the laptop to the "
            "room’s network and start Cardsort again. If a QR code opens nothing, type the address and the join "
            "code that stand beside it."
        ),
        _("%(strong)sThe laptop stays awake:%(end)s power, no sleep, no updates, lid open."),
        _(
            "%(strong)sWhen the network is lost,%(end)s nothing of a ballot is: it stays on the device and sends "
            "itself. “Sent” stands there only when it is stored. Ask people to leave the page open."
        ),
    )
    yield Title(_("In the bag"))
    yield points(
        _("%(strong)sLaptop,%(end)s its power supply, the projector’s adapter, a clicker, an extension lead."),
        _("%(strong)sA second device%(end)s for the scribe or for you, opened with %(for_you)s."),
        _("%(strong)sA spare tablet,%(end)s charged, with the link %(shared)s open."),
        _(
            "%(strong)sOn paper:%(end)s a sheet with the code for each table, five ballots for each side (one for "
            "everybody where the network is not tried), one deck of cards cut out for the seats and in case "
            "nothing else works, a sheet for promises, this guide."
        ),
        _("%(strong)sPens, tape, a clock%(end)s that you can see without turning round."),
    )
