"""A file of ballots compared without any database, for `cardsort compare` and for a notebook (docs/notebook.md)."""

from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import Any

from cardsort import DISTRIBUTION
from cardsort.analysis.compare import compare as compare_ballots
from cardsort.analysis.jsonform import dumps
from cardsort.analysis.result import Comparison
from cardsort.domain.cards import Deck
from cardsort.domain.settings import DEFAULT_THRESHOLD
from cardsort.files.ballotfile import read_ballots
from cardsort.files.ballotrows import checksum_of, shown_rows
from cardsort.files.deckfile import read_deck
from cardsort.files.tables import decode
from cardsort.story.facts import ReportFacts
from cardsort.story.findings import how_sure
from cardsort.usecases.decks import shipped_deck

FOREMOST = ("n_it", "n_customers", "hits", "hits_by_chance", "spearman", "worth_in_customers")
SHORT = "{:.3g}".format
File = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A comparison with all that a report says beside it: to look at as tables, or to write into files."""

    found: Comparison
    deck: Deck
    facts: ReportFacts

    @property
    def cards(self) -> Any:
        """A data frame of one row a card, as in `cards.csv`; docs/exports.md explains its columns."""
        from cardsort.files import frames

        return frames.cards(self.found, self.deck)

    @property
    def comparison(self) -> Any:
        """A data frame of one row a measure of the two groups, each with its meaning."""
        from cardsort.files import frames

        return frames.comparison(self.found, self.facts)

    @property
    def teams(self) -> Any:
        """A data frame of one row a team in IT that may be shown, in the chain's order; without rows where none are."""
        from cardsort.files import frames

        return frames.teams(self.found)

    def to_json(self) -> str:
        """Every number, in the form that docs/result.md explains."""
        return dumps(self.found)

    def pdf(self, paper: str = "a4") -> bytes:
        """The report on "a4" or "letter" paper."""
        from cardsort.paper.pdf import build_pdf

        return build_pdf(self.found, self.deck, self.facts, paper=paper)

    def to_pdf(self, path: File, *, paper: str = "a4") -> None:
        """Write that report into a file."""
        Path(path).write_bytes(self.pdf(paper))

    def __repr__(self) -> str:
        table = self._foremost().drop(columns="meaning").to_string(index=False, float_format=SHORT)
        return f"{self.facts.title}\n{how_sure(self.found)}\n{table}"

    def _repr_html_(self) -> str:
        table = self._foremost().to_html(index=False, float_format=SHORT)
        return f"<p><strong>{escape(self.facts.title)}</strong> {how_sure(self.found)}</p>{table}"

    def _foremost(self) -> Any:
        measures = self.comparison
        return measures[measures["measure"].isin(FOREMOST)].astype(object).fillna("")


def compare(
    ballots: File,
    deck: Deck | File | None = None,
    *,
    picks: int | None = None,
    threshold: int = DEFAULT_THRESHOLD,
    seed: int = 1,
    census: bool = False,
    title: str | None = None,
    on: date | None = None,
) -> Outcome:
    """What IT thinks beside what customers chose, by a file of ballots (CSV or XLSX); one list where the last round has
    ballots of one group alone.

    `deck`: a file of cards (TOML, CSV or XLSX), or None for the 52. `picks`: cards asked of everybody, otherwise the
    longest ballot's. Nothing is shown of fewer than `threshold` people. `seed` of the intervals. `census`: everybody
    in IT took part. `title`, otherwise the file's name, and the day `on` stand in the report. Raises OSError for a file
    that cannot be read, CardsortError with a sentence for each fault of what is in it.
    """
    cards = deck if isinstance(deck, Deck) else _read_deck(deck)
    found = read_ballots(decode(Path(ballots).read_bytes()), cards)
    comparison = compare_ballots(
        cards, found, picks=picks, threshold=threshold, seed=seed, census=census, alone=found.alone()
    )
    facts = ReportFacts(
        title=Path(ballots).stem if title is None else title,
        round=comparison.round,
        date=on,
        version=version(DISTRIBUTION),
        checksum=checksum_of(shown_rows(found, cards, threshold, comparison.round)),
    )
    return Outcome(comparison, cards, facts)


def _read_deck(path: File | None) -> Deck:
    return shipped_deck() if path is None else read_deck(Path(path).read_bytes(), Path(path).name)
