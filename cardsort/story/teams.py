"""Teams in IT: what each would have named, in the order of the chain. It is no ranking: no team stands out by place,
tone or word.
"""

from cardsort.analysis.missing import few_customers, hidden_teams
from cardsort.analysis.result import Comparison, TeamHits, TeamsResult
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.language import N_, _, number, pgettext
from cardsort.story import words
from cardsort.story.blocks import Block, Cell, Grid, Head, Lead, Told, Tone, cell
from cardsort.story.facts import ReportFacts
from cardsort.story.plural import chain_kind

CHAINED = N_("The teams stand in the order of the chain, from infrastructure to the service desk: it is no ranking.")
UNCHAINED = N_("The order of the teams says nothing: it is no ranking.")
ALIKE = N_("The teams do not differ: the list of each names as many of these cards.")
APART = N_(
    "The teams differ by more than luck: divided at random into teams of these sizes, IT would differ as much in 5 of "
    "100 cases at most. Ask what some teams hear from customers that others cannot."
)


def tell_teams(comparison: Comparison, _deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """Each team that may be shown beside as many customers, and whether the teams differ by more than luck."""
    found, hidden = comparison.teams, hidden_teams(comparison)
    told = () if found is None else (_how_to_read(found, comparison.top), team_grid(found, comparison.top))
    return (*told, *([Lead(apart(found))] if found else []), *([Lead(hidden)] if hidden else []))


def apart(found: TeamsResult) -> str:
    """Whether the teams can be told apart."""
    if len({team.hits for team in found.by_team}) == 1:
        return _(ALIKE)
    if found.apart:
        return _(APART)
    return _(
        "Too few people to tell the teams apart: divided at random into teams of these sizes, IT would differ as much "
        "in %(cases)s of 100 cases.",
        cases=number(100 * found.p),
    )


def _how_to_read(found: TeamsResult, top: int) -> Lead:
    named = _(
        "How many cards of the customers’ %(top)s are in the %(top)s of each team’s own list.", top=words.top(top)
    )
    bar = _("The last column is what as many customers would have named.")
    chained = any(team.kind for team in found.by_team)
    beside = bar if _beside_customers(found) else few_customers()
    return Lead(f"{named} {beside} {_(CHAINED if chained else UNCHAINED)}")


def _beside_customers(found: TeamsResult) -> bool:
    return any(team.hits_of_customers is not None for team in found.by_team)


def team_grid(found: TeamsResult, top: int) -> Grid:
    """The teams as they stand, each with what it named, and what as many customers would have."""
    named = Head(_("Named"), Group.IT, _("of the %(top)s", top=words.top(top)), number=True)
    heads = [Head(_("Team")), Head(pgettext("column", "People"), number=True), named]
    heads += [Head(_("As many customers"), Group.CUSTOMERS, number=True)] if _beside_customers(found) else []
    return Grid(_("What each team named"), tuple(heads), tuple(_row(team) for team in found.by_team))


def _row(team: TeamHits) -> tuple[Cell, ...]:
    place = chain_kind(team.kind)
    name = Cell(((Told(team.name),), *([(Told(place, Tone.QUIET),)] if place else [])))
    told = (name, cell(number(team.n)), cell(Told(words.tally(team.hits), Tone.STRONG)))
    return told if team.hits_of_customers is None else (*told, cell(_bar(team, team.hits_of_customers)))


def _bar(team: TeamHits, hits: float) -> str:
    """What so many customers would have named; their number where there are too few for as many."""
    named = words.tally(hits)
    if team.customers_split == team.n:
        return named
    return _("%(named)s (%(customers)s of them)", named=named, customers=number(team.customers_split or 0))
