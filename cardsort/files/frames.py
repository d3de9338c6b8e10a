"""The result as data frames, from which the workbook, the CSV files and a notebook come. Import it where it is used:
pandas takes half a second, and voting needs none of it.

Columns have the names of the result's fields; what an interval or a tie block has of ends are two columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from cardsort.analysis.result import Comparison
from cardsort.analysis.sayable import sayable_of
from cardsort.domain.agenda import AgendaItem, Decision, Party
from cardsort.domain.cards import Deck
from cardsort.files.columns import (
    AGENDA,
    BALLOTS,
    COMPARISON,
    CORE_LISTS,
    KEY,
    LISTS,
    MEASURES,
    TEAMS,
    Columns,
    card_columns,
)
from cardsort.files.tables import inert
from cardsort.story.facts import ReportFacts
from cardsort.story.findings import how_sure

Row = dict[str, Any]
ENDS = {"position": ("place_first", "place_last"), "position_uncertainty": ("place_low", "place_high")}
YES = {True: "yes", False: "no"}


def cards(comparison: Comparison, deck: Deck) -> pd.DataFrame:
    """One row a card, in the deck's order; missing where a value is hidden or undefined."""
    enough = sayable_of(comparison).shares_with_intervals
    columns = card_columns(comparison)
    told = {name for name, column in columns.items() if enough or column.of_few}
    return _frame([_only(told, _card(comparison, deck, code)) for code in deck.codes], columns)


def comparison(found: Comparison, facts: ReportFacts) -> pd.DataFrame:
    """One row a measure of the two groups: its name, value, interval and meaning."""
    enough = sayable_of(found).shares_with_intervals
    values, intervals = _measures(found, facts), _intervals(found) if enough else {}
    rows = []
    for name, column in MEASURES.items():
        low, high = intervals.get(name) or (None, None)
        value = values.get(name) if enough or column.of_few else None
        rows.append({"measure": name, "value": value, "low": low, "high": high, "meaning": column.said()})
    return _frame(rows, COMPARISON)


def teams(found: Comparison) -> pd.DataFrame:
    """One row a team in IT that may be shown, in the chain's order."""
    return _frame([_flat(team) for team in found.teams.by_team] if found.teams else [], TEAMS)


def ballots(rows: Iterable[Sequence[str]]) -> pd.DataFrame:
    """One row a ballot that may be told; `rows` as `shown_rows` gives them."""
    return _frame([dict(zip(BALLOTS, row, strict=True)) for row in rows], BALLOTS)


def agenda(facts: ReportFacts, deck: Deck) -> pd.DataFrame:
    """One row a card on the agenda, without what belongs to another decision than the one made."""
    items = [item.as_decided() for item in facts.agenda if item.code in deck]
    return _frame([{**_agreed(item), "title": deck[item.code].title} for item in items], AGENDA)


def key(sheets: Mapping[str, Columns]) -> pd.DataFrame:
    """A sentence for every column of every sheet."""
    said = [
        {"sheet": sheet, "column": name, "meaning": column.said()}
        for sheet, columns in sheets.items()
        for name, column in columns.items()
    ]
    return _frame(said, KEY)


def as_csv(frame: pd.DataFrame) -> str:
    """A table in which no text is a formula; numbers are unrounded, with a decimal point."""
    texts = {name: frame[name].map(inert, na_action="ignore") for name in frame.select_dtypes("str")}
    written: str = frame.assign(**texts).to_csv(index=False, lineterminator="\r\n")
    return written


def _frame(rows: Sequence[Row], columns: Columns) -> pd.DataFrame:
    """The rows under these columns, each of its type; missing where a row says nothing."""

    def series(name: str) -> pd.Series:
        values = [row.get(name) for row in rows]
        return pd.Series([None if value == "" else value for value in values], dtype=columns[name].form.dtype)

    return pd.DataFrame({name: series(name) for name in columns})


def _only(names: set[str], row: Row) -> Row:
    return {name: value for name, value in row.items() if name in names}


def _flat(value: Any, prefix: str = "") -> Row:
    """Field names and what stands there; an interval as its two ends, a word of a list as text."""
    found: Row = {}
    for name in (field.name for field in fields(value)):
        held = getattr(value, name)
        if ends := ENDS.get(name) or (name.endswith("_interval") and _ends(name)):
            found |= dict(zip(ends, held or (None, None), strict=True))
        else:
            found[name] = held.value if isinstance(held, StrEnum) else held
    return {prefix + name: held for name, held in found.items()}


def _ends(name: str) -> tuple[str, str]:
    stem = name.removesuffix("interval")
    return f"{stem}low", f"{stem}high"


def _card(found: Comparison, deck: Deck, code: str) -> Row:
    card = deck[code]
    suit = next((suit.name for suit in deck.suits if suit.letter == card.suit), card.suit)
    row = {**_flat(card), "suit": suit}
    for name, shown in found.lists.items():
        if shown.n is not None:
            row |= _flat(shown.cards[code], f"{LISTS[name][0]}_")
    return row | (_flat(found.prediction.cards[code]) if found.prediction else {})


def _measures(found: Comparison, facts: ReportFacts) -> Row:
    """What is known, by the names in MEASURES; other names are passed over."""
    row = {
        **_flat(facts),
        **_flat(found),
        "workshop": facts.title,
        "date": facts.date and facts.date.isoformat(),
        "caption": how_sure(found),
        "deck": found.deck_name,
        "size": found.deck_size,
        "restored": found.restored.isoformat()
        if isinstance(found.restored, date)
        else YES[True]
        if found.restored
        else None,
    }
    for name in CORE_LISTS:
        prefix, shown = LISTS[name][0], found.lists.get(name)
        if shown is not None and shown.n is not None:
            row |= {f"n_{prefix}": shown.n, **_flat(found.sources[name], f"{prefix}_")}
            row |= _flat(shown.agreement, f"{prefix}_") if shown.agreement else {}
    if found.prediction:
        expected = found.prediction.expected_hits
        row |= {**_flat(found.prediction), "testable": YES[found.prediction.testable]}
        row |= {"expected_hits": expected and expected.mean, "expected_hits_n": expected and expected.n}
    if found.basis:
        row |= {**_flat(found.basis), **_flat(found.basis.know, "know_"), **_flat(found.basis.think, "think_")}
    if found.teams:
        row["teams_p"] = found.teams.p
    return row


def _intervals(found: Comparison) -> Row:
    rates = {f"{name}_hit_rate": getattr(found.basis, name).interval for name in ("know", "think") if found.basis}
    return rates | (found.prediction.intervals if found.prediction else {})


def _agreed(item: AgendaItem) -> Row:
    row = _flat(item) | {
        "quick_win": YES[item.quick_win] if item.decision is Decision.DO else None,
        "from_whom": " ".join(party.value for party in Party if party in item.from_whom),
    }
    return row if item.promised else row | {"progress": None, "progress_on": None}
