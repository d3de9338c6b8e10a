"""The rows of the sheet Comparison: every measure of the two groups, with a sentence that says what it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cardsort.analysis.jsonform import shown_sources
from cardsort.analysis.result import BasisRate, Comparison, Interval
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.sources import Restored
from cardsort.story.facts import ReportFacts

Cell = str | float | date | None
LISTS = {
    "customers_own": ("customers", "what customers chose"),
    "it_prediction": ("it", "what IT thought customers would choose"),
    "it_own": ("it_own", "IT’s own view"),
    "customers_prediction": ("customers_prediction", "what customers thought IT would choose"),
}
COMPARISON = {
    "measure": "Name of the measure; the same name as in result.json where it is there.",
    "value": "The number or text; blank where it is hidden or undefined.",
    "low": "Lower end of the 95 % interval, in the unit of the value; blank where there is none.",
    "high": "Upper end of the 95 % interval, in the unit of the value; blank where there is none.",
    "meaning": "What the measure is: its unit, range and sign.",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the sheet Comparison, with its interval where it has one."""

    name: str
    says: str
    value: Callable[[Comparison, ReportFacts], Cell]
    interval: Callable[[Comparison], Interval | None] = lambda _: None
    of_few: bool = True


def measure_rows(comparison: Comparison, facts: ReportFacts) -> list[list[Cell]]:
    """One row a measure: name, value, interval, meaning."""
    enough = sayable_of(comparison).shares_with_intervals
    rows: list[list[Cell]] = []
    for measure in MEASURES:
        told = enough or measure.of_few
        low, high = (measure.interval(comparison) if enough else None) or (None, None)
        rows.append([measure.name, measure.value(comparison, facts) if told else None, low, high, measure.says])
    return rows


def _of_prediction(name: str) -> Callable[[Comparison, ReportFacts], Cell]:
    return lambda comparison, _: getattr(comparison.prediction, name, None)


def _interval(name: str) -> Callable[[Comparison], Interval | None]:
    return lambda comparison: getattr(comparison.prediction, name, None)


def _people(name: str) -> Callable[[Comparison, ReportFacts], Cell]:
    return lambda comparison, _: comparison.lists[name].n if name in comparison.lists else None


def _sources(name: str) -> tuple[Measure, ...]:
    prefix, what = LISTS[name]

    def value(field: str) -> Callable[[Comparison, ReportFacts], Cell]:
        return lambda comparison, _: getattr(shown_sources(comparison, name), field, None)

    return tuple(
        Measure(f"{prefix}_{field}", says.format(what), value(field))
        for field, says in (
            ("sent", "Ballots behind {} that their people sent by a link."),
            ("with_code", "One-time codes that were used for {}."),
            ("typed", "Ballots behind {} that were typed at the desk."),
            ("imported", "Ballots behind {} that came with an imported table."),
            ("discarded", "Ballots that the facilitator took out; they have no part in {}."),
            ("withdrawn", "Ballots that their senders took back; they have no part in {}."),
            ("unknown", "Ballots behind {} with no source recorded; they count as sent."),
        )
    )


def _restored(archived: Restored) -> Cell:
    return archived.isoformat() if isinstance(archived, date) else "yes" if archived else None


def _agreement(name: str) -> tuple[Measure, ...]:
    prefix, what = LISTS[name]

    def value(field: str) -> Callable[[Comparison, ReportFacts], Cell]:
        return lambda comparison, _: getattr(getattr(comparison.lists.get(name), "agreement", None), field, None)

    return tuple(
        Measure(f"{prefix}_{field}", says.format(what), value(field), of_few=False)
        for field, says in (
            (
                "mean_pairwise_spearman",
                "How alike two ballots behind {} are, on average: 0 = like random lists, 1 = identical.",
            ),
            (
                "kendalls_w",
                "Kendall’s W of the ballots behind {}, 0 to 1, with tie correction; not to be compared between lists.",
            ),
            ("reliability", "How well another group of the same size would give the same list as {}, 0 to 1."),
            ("ceiling", "Best correlation that even a perfect prediction of {} could reach, 0 to 1."),
        )
    )


def _rate(name: str, field: str) -> Callable[[Comparison, ReportFacts], Cell]:
    return lambda comparison, _: getattr(_basis_rate(comparison, name), field, None)


def _rate_interval(name: str) -> Callable[[Comparison], Interval | None]:
    return lambda comparison: getattr(_basis_rate(comparison, name), "interval", None)


def _basis_rate(comparison: Comparison, name: str) -> BasisRate | None:
    basis = comparison.basis
    return {"know": basis.know, "think": basis.think}[name] if basis else None


MEASURES = (
    Measure("workshop", "Name of the workshop.", lambda _, facts: facts.title),
    Measure("organisation", "Name of the organisation.", lambda _, facts: facts.organisation),
    Measure(
        "date",
        "Day of the last lock, as year-month-day.",
        lambda _, facts: facts.date.isoformat() if facts.date else None,
    ),
    Measure("caption", "What may be said with so many people.", lambda comparison, _: sayable_of(comparison).caption),
    Measure("deck", "Name of the deck.", lambda comparison, _: comparison.deck_name),
    Measure("size", "Number of cards in the deck.", lambda comparison, _: comparison.deck_size),
    Measure("round", "Number of the round, from 1.", lambda comparison, _: comparison.round),
    Measure("depth", "How many places of each ballot count.", lambda comparison, _: comparison.depth),
    Measure("top", "How many cards the top means in hits, zones and shares.", lambda comparison, _: comparison.top),
    Measure("threshold", "Smallest group that is shown, in people.", lambda comparison, _: comparison.threshold),
    Measure("n_customers", "Customers’ own ballots; blank below the smallest group.", _people("customers_own")),
    Measure("n_it", "IT’s predictions; blank below the smallest group.", _people("it_prediction")),
    *_sources("customers_own"),
    *_sources("it_prediction"),
    Measure(
        "restored",
        "Day of the archive that the workshop was restored from, as year-month-day; yes where it is not known.",
        lambda comparison, _: _restored(comparison.restored),
    ),
    Measure(
        "hits",
        "Cards of the customers’ top that are in IT’s top, 0 to top; a card tied over the cut counts in part.",
        _of_prediction("hits"),
        _interval("hits_interval"),
    ),
    Measure("hits_by_chance", "Hits that guessing would give, in cards.", _of_prediction("hits_by_chance")),
    Measure(
        "spearman",
        "Similarity of the whole lists, −1 to 1: 1 = the same order, 0 = no connection, −1 = the opposite order.",
        _of_prediction("spearman"),
        _interval("spearman_interval"),
        of_few=False,
    ),
    Measure(
        "kendall_tau_b", "Kendall’s tau-b of the whole lists, −1 to 1.", _of_prediction("kendall_tau_b"), of_few=False
    ),
    Measure(
        "rbo",
        "Rank-biased overlap of the two tops, 0 to 1; the first places weigh most.",
        _of_prediction("rbo"),
        of_few=False,
    ),
    Measure(
        "overall_p",
        "How often two groups with the same taste would differ as much by luck alone, 0 to 1.",
        _of_prediction("overall_p"),
        of_few=False,
    ),
    Measure(
        "testable",
        "yes where there are enough people to test single cards; no never means that nothing differs.",
        lambda comparison, _: (
            {True: "yes", False: "no"}[comparison.prediction.testable] if comparison.prediction else None
        ),
    ),
    Measure(
        "worth_in_customers",
        "IT’s prediction is as good as asking so many customers picked at random; blank where it is at least as good "
        "as all who answered.",
        _of_prediction("worth_in_customers"),
        _interval("worth_interval"),
        of_few=False,
    ),
    *_agreement("customers_own"),
    *_agreement("it_prediction"),
    Measure(
        "think_share_first",
        "Share of “we think” among the answers about IT’s first cards, 0 to 1.",
        lambda comparison, _: getattr(comparison.basis, "think_share_first", None),
        of_few=False,
    ),
    Measure("know_n", "Answers “we know”; blank where too few said one of the two.", _rate("know", "n"), of_few=False),
    Measure(
        "know_hit_rate",
        "Share of the “we know” answers whose card is in the customers’ top, 0 to 1.",
        _rate("know", "hit_rate"),
        _rate_interval("know"),
        of_few=False,
    ),
    Measure(
        "think_n", "Answers “we think”; blank where too few said one of the two.", _rate("think", "n"), of_few=False
    ),
    Measure(
        "think_hit_rate",
        "Share of the “we think” answers whose card is in the customers’ top, 0 to 1.",
        _rate("think", "hit_rate"),
        _rate_interval("think"),
        of_few=False,
    ),
    Measure(
        "checksum", "Eight letters that change with any ballot in the sheet Ballots.", lambda _, facts: facts.checksum
    ),
    Measure("version", "Version of Cardsort that made the file.", lambda _, facts: facts.version),
)
