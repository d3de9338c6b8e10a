"""What stands beneath the titles: the same sentences on paper and in the browser."""

from cardsort.analysis.result import Comparison, Zone
from cardsort.analysis.sayable import shares_sayable
from cardsort.story import guide, words

BALANCE = (
    "Every card complains of something missing: an ear for the customer, a way of working that holds, or a grip on "
    "costs and worth. The longer the bar, the more of it is missed. Two without the third is a danger zone."
)
MIRROR = "IT was also asked what it would put at the top itself. 1 means the same order of all cards, 0 no connection."
ROUNDS = (
    "All rounds are compared at the same depth, the smallest asked for. A hit is a card in both tops; similarity is "
    "that of the whole lists, from −1 to 1. The time: what it was like when customers answered; a dash where too few "
    "said the same."
)
AGENDA = (
    "For each card: what it costs, what we will do, or why not and what instead. "
    f"And ask of each: {guide.PAYING[0].lower()}{guide.PAYING[1:]}"
)
PROMISES = "Promised in earlier rounds and not done yet, the longest overdue first."
SHARES = (
    "The share of people who listed the card in their own top, who put it first, and the card’s mean rank. In "
    "brackets: where the number would probably lie if other people like these had been asked (95\xa0%)."
)
DUMBBELL = (
    "In the customers’ order, place 1 at the left. ● customers chose, □ IT thought. The heavier the line between "
    "them, the surer the gap. A bracket spans the places that a card shares with others: solid for customers, "
    "dashed for IT. The dotted line is the edge of the top."
)
CONTESTED = "In the top under some ways of counting only, with the kind that decides:"
EQUAL = "All lists count everybody the same."


def zone(of: Zone, top: int) -> tuple[str, str, str]:
    """Title, what is said where there is no such card, and the lead."""
    place = words.top(top)
    return {
        Zone.SHARED_PAIN: (
            "Shared pain",
            f"No card is surely in both groups’ {place}.",
            f"In both groups’ {place}. Nobody has to be convinced of these: a good place to begin.",
        ),
        Zone.BLIND_SPOT: (
            "Blind spots",
            f"None: each card that is surely in the customers’ {place} IT expected there too, or it is borderline.",
            f"In the customers’ {place}, not in IT’s. The largest surprise comes first.",
        ),
        Zone.FALSE_ALARM: (
            "False alarms",
            f"None: every card that IT expected in the {place} is there for customers too, or is borderline.",
            f"In IT’s {place}, not in the customers’. The largest surprise comes first.",
        ),
        Zone.BORDERLINE: (
            "Borderline",
            "",
            f"Tied across the edge of a {place}: they may belong inside it or outside, and more ballots would tell.",
        ),
    }[of]


def the_map(comparison: Comparison) -> str:
    """How to read the map."""
    return (
        "The further right, the higher IT expected a card; the further up, the higher customers put it. The dotted "
        f"lines are the edges of the {words.top(comparison.top)}. A filled mark differs by more than chance would "
        "give; a hollow one may not, or is tied over an edge."
    )


def segments(comparison: Comparison) -> str:
    """How to read the grid of lists."""
    return (
        f"The places of each list’s {words.top(comparison.top)}, from IT through each kind of customer to all of them "
        "together; a dash is outside its top. Dark: among the first three. Rows without a dash are what everybody "
        "agrees on."
    )


def lost(count: int) -> str:
    """What is lost on the way to those who pay."""
    if not count:
        return "Nothing is lost on the way: each card at the top of those who pay is named by a group before them."
    return (
        f"{words.cards(count)} {'is' if count == 1 else 'are'} lost on the way: at the top of those who pay in the "
        "end, and named by none of the groups shown before them."
    )


def conversation(comparison: Comparison) -> str:
    """What the guide's order is, and how to use it."""
    whose = "the customers’" if comparison.actual else "IT’s"
    order = "The cards"
    if comparison.prediction is not None and comparison.prediction.in_zone(Zone.SHARED_PAIN):
        order = "Shared pain first: nobody has to be convinced of it. Then what else is"
    return f"{order} at {whose} top. Ask, listen, and note what you hear before you answer."


def table(comparison: Comparison) -> str:
    """What the columns of the table of all cards say."""
    whose = "the customers’" if comparison.actual else "IT’s"
    parts = [f"In {whose} order; cards that share a block of places are tied."]
    if shares_sayable(comparison):
        parts.append(f"The percentage: how many people listed the card in their own {words.top(comparison.top)}.")
    if comparison.prediction:
        parts.append("The gap: the distance between the two places, plus where customers put the card higher.")
    return " ".join(parts)
