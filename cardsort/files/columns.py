"""The columns of the tables to take along, each with a sentence that says what it is: the one place for both.

The frames are made with these names, the sheet Key and docs/exports.md explain them.
"""

from typing import NamedTuple

from cardsort.analysis.result import Comparison
from cardsort.language import N_, _, pgettext


class Form(NamedTuple):
    """What a column holds, and how a workbook shows it; the number itself stays unrounded."""

    dtype: str
    shown: str = ""


TEXT, ANYTHING = Form("str"), Form("object", "General")
WHOLE, ROUNDED = Form("Int64", "0"), Form("float64", "0")
SHARE, MEAN, TEST = Form("float64", "0.0%"), Form("float64", "0.00"), Form("float64", "0.0000")
DAY = Form("datetime64[s]", "yyyy-mm-dd")


class Column(NamedTuple):
    """A column, or a row of the sheet Comparison. `of_few`: told also where the smaller group has fewer than five.
    `of`: which list's it is, "" of none.
    """

    says: str
    form: Form = TEXT
    of_few: bool = True
    of: str = ""

    def said(self) -> str:
        """The sentence, in the present language."""
        name = _(self.of) if self.of else ""
        return _(self.says, list=name, comparison=sheet_name(COMPARISON_SHEET), ballots=sheet_name(BALLOTS_SHEET))


Columns = dict[str, Column]
CARDS_SHEET, COMPARISON_SHEET, BALLOTS_SHEET = "Cards", "Comparison", "Ballots"
TEAMS_SHEET, AGENDA_SHEET, KEY_SHEET = "Teams", "Agenda", "Key"


def sheet_name(sheet: str) -> str:
    """What the workbook calls that sheet."""
    # L10N: names of a workbook's sheets: at most 31 characters, none of [ ] : * ? / \
    names = {
        CARDS_SHEET: pgettext("sheet", "Cards"),
        COMPARISON_SHEET: pgettext("sheet", "Comparison"),
        BALLOTS_SHEET: pgettext("sheet", "Ballots"),
        TEAMS_SHEET: pgettext("sheet", "Teams"),
        AGENDA_SHEET: pgettext("sheet", "Agenda"),
        KEY_SHEET: pgettext("sheet", "Key"),
    }
    return names[sheet]


LISTS = {
    "customers_own": ("customers", N_("what customers chose")),
    "it_prediction": ("it", N_("what IT thought customers would choose")),
    "it_own": ("it_own", N_("IT’s own view")),
    "customers_prediction": ("customers_prediction", N_("what customers thought IT would choose")),
}
CORE_LISTS = ("customers_own", "it_prediction")


def card_columns(comparison: Comparison) -> Columns:
    """The columns of the cards' table: the card itself, each list there is (the two core lists always), the gap."""
    lists = [name for name in LISTS if name in CORE_LISTS or name in comparison.lists]
    return {**_CARD, **_of_lists(lists, _LIST), **_GAP}


def _of_lists(lists: list[str] | tuple[str, ...], columns: Columns) -> Columns:
    """The same columns for each of the lists, with its name before theirs and in their sentences."""
    return {
        f"{prefix}_{name}": column._replace(of=what)
        for prefix, what in map(LISTS.__getitem__, lists)
        for name, column in columns.items()
    }


def _not_of_few(says: str, form: Form = ANYTHING) -> Column:
    return Column(says, form, of_few=False)


_CARD = {
    "code": Column(N_("The card’s code, its key in every file.")),
    "title": Column(N_("The card’s title.")),
    "suit": Column(N_("The family that the card belongs to; blank where the deck has none.")),
    "lens": Column(N_("What the card complains about: customer, process or cost; blank where not said.")),
}
_LIST = {
    "place_first": Column(N_("First place of the card’s tie block in “%(list)s”; 1 = most needs solving."), WHOLE),
    "place_last": Column(N_("Last place of that tie block; the same as the first where the card is not tied."), WHOLE),
    "place_low": _not_of_few(
        N_("Lower end of the 95 %% interval of the place in “%(list)s”; blank under eight people."), WHOLE
    ),
    "place_high": _not_of_few(
        N_("Upper end of that interval; beyond place 20 only the band from 21 to the last place is told."), WHOLE
    ),
    "mean_rank": _not_of_few(
        N_(
            "Mean rank in “%(list)s”, 1 to the number of cards; smaller = needs solving more. An unlisted card has "
            "the mean of the places left over."
        ),
        MEAN,
    ),
    "mean_rank_low": _not_of_few(N_("Lower end of the mean rank’s 95 %% interval, at least 1."), MEAN),
    "mean_rank_high": _not_of_few(
        N_("Upper end of the mean rank’s 95 %% interval, at most the number of cards."), MEAN
    ),
    "score": _not_of_few(N_("Score in “%(list)s”: 0 = no more than unlisted, 100 = everybody put it first."), MEAN),
    "top_share": _not_of_few(
        N_(
            "Share of ballots behind “%(list)s” that list the card in the top, 0 to 1; how many cards the top has "
            "stands in the sheet “%(comparison)s”."
        ),
        SHARE,
    ),
    "top_share_low": _not_of_few(N_("Lower end of that share’s 95 %% interval (Wilson), 0 to 1."), SHARE),
    "top_share_high": _not_of_few(N_("Upper end of that share’s 95 %% interval (Wilson), 0 to 1."), SHARE),
    "first_share": _not_of_few(N_("Share of ballots that put the card first in “%(list)s”, 0 to 1."), SHARE),
    "recognition_share": _not_of_few(
        N_(
            "Of those who put the card on a pile, can’t say left out, the share that put it on Yes, often, 0 to 1; "
            "blank below k people."
        ),
        SHARE,
    ),
}
_GAP = {
    "gap": Column(
        N_(
            "Places between the card’s two tie blocks, 0 where they overlap; positive: customers put it higher than "
            "IT thought, negative: lower."
        ),
        WHOLE,
    ),
    "gap_low": _not_of_few(N_("Lower end of the gap’s 95 %% interval, in places."), ROUNDED),
    "gap_high": _not_of_few(N_("Upper end of the gap’s 95 %% interval, in places."), ROUNDED),
    "z_gap": _not_of_few(N_("The gap in units of each list’s own spread; sign as for the gap, no fixed range."), MEAN),
    "profile_gap": _not_of_few(
        N_("The gap on a profile that both lists share, which is what is tested; sign as for the gap, no fixed range."),
        MEAN,
    ),
    "share_difference": _not_of_few(
        N_("Share of customers’ ballots that list the card in the top minus that of IT’s, −1 to 1."), SHARE
    ),
    "share_difference_low": _not_of_few(
        N_("Lower end of that difference’s 95 %% interval (Newcombe), −1 to 1."), SHARE
    ),
    "share_difference_high": _not_of_few(
        N_("Upper end of that difference’s 95 %% interval (Newcombe), −1 to 1."), SHARE
    ),
    "p": _not_of_few(
        N_(
            "How often luck alone would give a gap as large, 0 to 1; blank for cards that fewer than three ballots "
            "list."
        ),
        TEST,
    ),
    "q": _not_of_few(N_("The same with all cards looked at together, 0 to 1 (Benjamini and Hochberg)."), TEST),
    "label": Column(
        N_(
            "How sure the gap is: clear (q up to 0.05, five places or more, no 0 in its interval), possible (p up to "
            "0.05 and five places otherwise), none; blank where not tested."
        )
    ),
    "zone": Column(
        N_(
            "shared_pain (top of both), blind_spot (customers’ top only), false_alarm (IT’s only), quiet (neither), "
            "borderline (tied over the cut of a list)."
        )
    ),
}
_SOURCES = {
    "sent": Column(N_("Ballots behind “%(list)s” that their people sent by a link.")),
    "with_code": Column(N_("One-time codes that were used for “%(list)s”.")),
    "typed": Column(N_("Ballots behind “%(list)s” that were typed at the desk.")),
    "imported": Column(N_("Ballots behind “%(list)s” that came with an imported table.")),
    "discarded": Column(N_("Ballots that the facilitator took out; they have no part in “%(list)s”.")),
    "withdrawn": Column(N_("Ballots that their senders took back; they have no part in “%(list)s”.")),
    "unknown": Column(N_("Ballots behind “%(list)s” with no source recorded; they count as sent.")),
}
_AGREEMENT = {
    "mean_pairwise_spearman": _not_of_few(
        N_("How alike two ballots behind “%(list)s” are, on average: 0 = like random lists, 1 = identical.")
    ),
    "kendalls_w": _not_of_few(
        N_(
            "Kendall’s W of the ballots behind “%(list)s”, 0 to 1, with tie correction; not to be compared between "
            "lists."
        )
    ),
    "reliability": _not_of_few(
        N_("How well another group of the same size would give the same list as “%(list)s”, 0 to 1.")
    ),
    "ceiling": _not_of_few(N_("Best correlation that even a perfect prediction of “%(list)s” could reach, 0 to 1.")),
}
MEASURES = {
    "workshop": Column(N_("Name of the workshop.")),
    "organisation": Column(N_("Name of the organisation.")),
    "date": Column(N_("Day of the last lock, as year-month-day.")),
    "caption": Column(N_("What may be said with so many people.")),
    "deck": Column(N_("Name of the deck.")),
    "size": Column(N_("Number of cards in the deck.")),
    "round": Column(N_("Number of the round, from 1.")),
    "depth": Column(N_("How many places of each ballot count.")),
    "top": Column(N_("How many cards the top means in hits, zones and shares.")),
    "threshold": Column(N_("Smallest group that is shown, in people.")),
    "n_customers": Column(N_("Customers’ own ballots; blank below the smallest group.")),
    "n_it": Column(N_("IT’s predictions; blank below the smallest group.")),
    **_of_lists(CORE_LISTS, _SOURCES),
    "restored": Column(
        N_("Day of the archive that the workshop was restored from, as year-month-day; yes where it is not known.")
    ),
    "hits": Column(
        N_("Cards of the customers’ top that are in IT’s top, 0 to top; a card tied over the cut counts in part.")
    ),
    "hits_by_chance": Column(N_("Hits that guessing would give, in cards.")),
    "hits_of_customers": Column(
        N_("Hits that so many of the customers themselves would have, in cards; blank below six customers.")
    ),
    "customers_split": Column(
        N_("How many customers that is: as many as there are people in IT, at most half of all customers.")
    ),
    "expected_hits": Column(N_("Hits that IT expected before the lock, on average; blank where too few said so.")),
    "expected_hits_n": Column(N_("How many people in IT said that.")),
    "similarity": _not_of_few(
        N_("Correlation of the two lists’ mean ranks, corrected for noise, −1 to 1; blank where a list is only noise.")
    ),
    "spearman": _not_of_few(
        N_("Similarity of the whole lists, −1 to 1: 1 = the same order, 0 = no connection, −1 = the opposite order.")
    ),
    "kendall_tau_b": _not_of_few(N_("Kendall’s tau-b of the whole lists, −1 to 1.")),
    "rbo": _not_of_few(N_("Rank-biased overlap of the two tops, 0 to 1; the first places weigh most.")),
    "overall_p": _not_of_few(
        N_("How often two groups with the same taste would differ as much by luck alone, 0 to 1.")
    ),
    "testable": Column(
        N_("yes where there are enough people to test single cards; no never means that nothing differs.")
    ),
    "worth_in_customers": _not_of_few(
        N_(
            "IT’s prediction is as good as asking so many customers picked at random; blank where it is at least as "
            "good as all who answered."
        )
    ),
    **_of_lists(CORE_LISTS, _AGREEMENT),
    "think_share_first": _not_of_few(N_("Share of “we think” among the answers about IT’s first cards, 0 to 1.")),
    "know_n": _not_of_few(N_("Answers “we know”; blank where too few said one of the two.")),
    "know_hit_rate": _not_of_few(N_("Share of the “we know” answers whose card is in the customers’ top, 0 to 1.")),
    "think_n": _not_of_few(N_("Answers “we think”; blank where too few said one of the two.")),
    "think_hit_rate": _not_of_few(N_("Share of the “we think” answers whose card is in the customers’ top, 0 to 1.")),
    "teams_p": Column(
        N_(
            "How often IT divided at random into teams of these sizes has hits that differ as much, 0 to 1; up to "
            "0.05 the teams can be told apart. Blank with fewer than two teams to show."
        )
    ),
    "checksum": Column(N_("Eight letters that change with any ballot in the sheet “%(ballots)s”.")),
    "version": Column(N_("Version of Cardsort that made the file.")),
}
COMPARISON = {
    "measure": Column(N_("Name of the measure; the same name as in result.json where it is there.")),
    "value": Column(N_("The number or text; blank where it is hidden or undefined."), ANYTHING),
    "low": Column(N_("Lower end of the 95 %% interval, in the unit of the value; blank where there is none."), MEAN),
    "high": Column(N_("Upper end of the 95 %% interval, in the unit of the value; blank where there is none."), MEAN),
    "meaning": Column(N_("What the measure is: its unit, range and sign.")),
}
BALLOTS = {
    "group": Column(
        N_("Who answered: it or customers. A group of fewer people than the workshop’s smallest group is left out.")
    ),
    "kind": Column(N_("own: the person’s own view; prediction: what they expect of the other group.")),
    "round": Column(N_("Number of the round, from 1; always the last one."), WHOLE),
    "segment": Column(
        N_("Kind of customer, or team in IT; blank where too few people are behind it, and where none was asked.")
    ),
    "ranking": Column(
        N_("Codes of the ranked cards, best first, separated by spaces. All other cards are tied below.")
    ),
    "basis": Column(
        N_("For each ranked card, best first: know, think, or - where nothing was said; it may end early.")
    ),
    "source": Column(
        N_(
            "How it came: sent by a link, typed at the desk, or imported; blank where it is not known, and for all "
            "ballots of a group and kind of which too few came in one of these ways."
        )
    ),
}
TEAMS = {
    "name": Column(
        N_(
            "The team in IT; the rows stand in the chain’s order, never by hits. A team of fewer people than the "
            "smallest group is left out, and the next smallest where it could be computed else."
        )
    ),
    "kind": Column(
        N_("Its place in the value chain: infrastructure, applications or service_desk; blank where it is not known.")
    ),
    "n": Column(N_("Its predictions."), WHOLE),
    "hits": Column(
        N_("Cards of the customers’ top in the top of the team’s own list, 0 to top; a tied card counts in part."),
        MEAN,
    ),
    "hits_of_customers": Column(
        N_("Hits that customers_split customers would have, in cards; blank below six customers."), MEAN
    ),
    "customers_split": Column(N_("As many customers as the team has people, at most half of all customers."), WHOLE),
}
AGENDA = {
    "code": Column(N_("The card’s code; the rows stand in the agenda’s order.")),
    "title": Column(N_("The card’s title.")),
    "decision": Column(N_("What became of the card: do, later or no; blank where it is not decided yet.")),
    "action": Column(N_("What will be done; blank with a no.")),
    "reason": Column(N_("Why later, or why not.")),
    "alternative": Column(N_("With a no: what there is instead.")),
    "owner": Column(N_("Who looks after it; customers never read this name.")),
    "public_owner": Column(N_("Whom customers can ask; they read this name.")),
    "due": Column(N_("Day until which it is promised; blank without a date and with a no."), DAY),
    "quick_win": Column(N_("With a do: yes where it is done within days, else no.")),
    "cost": Column(N_("What the practice costs, as the room put it.")),
    "behaviour": Column(N_("What people are to do differently.")),
    "from_whom": Column(N_("From whom that behaviour is wanted: management, team, customers, separated by spaces.")),
    "worth_paying": Column(
        N_("Whether the paying customer would like paying for this: yes, no or unsure; blank where not asked.")
    ),
    "acceptable": Column(
        N_("Whether we would accept this from our own supplier: yes, no or unsure; blank where not asked.")
    ),
    "stakeholder": Column(N_("Whom it touches, as the room put it.")),
    "progress": Column(N_("How far a promise is: open, under_way or done; blank where nothing is promised.")),
    "progress_on": Column(N_("Day on which that was ticked; blank while it is open."), DAY),
}
KEY = {
    "sheet": Column(N_("Name of the sheet.")),
    "column": Column(N_("Heading of the column.")),
    "meaning": Column(N_("What stands in the column: its unit, range and sign.")),
}
