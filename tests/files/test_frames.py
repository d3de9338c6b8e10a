"""The result as data frames: tidy columns of one type each, missing where nothing may be said."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.result import Comparison, ConsensusList
from cardsort.domain.agenda import AgendaItem, Decision, Party
from cardsort.files import frames
from cardsort.files.ballotfile import read_ballots
from cardsort.files.ballotrows import shown_rows
from cardsort.files.columns import AGENDA, BALLOTS, COMPARISON, KEY, LISTS, MEASURES, TEAMS, card_columns
from cardsort.story.facts import ReportFacts
from cardsort.story.method import sentences
from tests.analysis.decks import make_ballots, make_deck
from tests.analysis.test_golden import DECK, draw_file
from tests.story.shapes import SHAPES, result_of

FACTS = ReportFacts("=Autumn", version="1")


@pytest.fixture(scope="module")
def ballots():
    return read_ballots(draw_file(1), DECK)


@pytest.fixture(scope="module")
def result(ballots):
    return compare(DECK, ballots)


def test_no_column_is_named_twice_or_left_without_a_sentence():
    everything = card_columns(Comparison("d", 52, 10, 10, 3, 1, 1, lists=dict.fromkeys(LISTS, ConsensusList(None))))
    assert len(everything) == 4 + 4 * 13 + 12
    tables = (everything, MEASURES, BALLOTS, COMPARISON, TEAMS, AGENDA, KEY)
    says = [column.said() for columns in tables for column in columns.values()]
    assert [said for said in says if not re.fullmatch(r"\w.{8,}\.", said) or "%(" in said] == []


def test_every_card_has_a_row_with_the_numbers_of_the_result(result):
    frame = frames.cards(result, DECK).set_index("code")
    assert list(frame.index) == list(DECK.codes)
    row, standing, gap = frame.loc["C07"], result.lists["it_own"].cards["C07"], result.prediction.cards["C07"]
    assert (row["it_own_place_first"], row["it_own_place_last"]) == standing.position
    assert (row["it_own_mean_rank_low"], row["it_own_mean_rank_high"]) == standing.mean_rank_interval
    assert (row["gap"], row["gap_low"], row["zone"]) == (gap.gap, gap.gap_interval.low, gap.zone.value)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_caption_is_what_the_report_says_of_so_many_people(shape):
    found = result_of(shape)
    measures = frames.comparison(found.comparison, found.facts).set_index("measure")["value"]
    assert measures["caption"] in {*sentences(found.comparison)}


def test_where_one_list_is_hidden_the_caption_does_not_say_that_few_people_answered_at_all():
    found = result_of("hidden IT")
    measures = frames.comparison(found.comparison, found.facts).set_index("measure")["value"]
    assert measures["n_customers"] == 30
    assert measures["caption"] == "A comparison needs both lists, so there is nothing to be sure about yet."


def test_every_team_that_may_be_shown_has_a_row_in_the_results_order(result):
    frame = frames.teams(result)
    assert list(frame.columns) == list(TEAMS)
    rows = [tuple(row) for row in frame[["name", "n", "hits", "customers_split"]].itertuples(index=False)]
    assert rows == [(one.name, one.n, one.hits, one.customers_split) for one in result.teams.by_team]
    assert [row[:2] for row in rows] == [("Desk", 7), ("Nets", 6)]
    assert frame["kind"].isna().all()
    assert frames.teams(replace(result, teams=None)).empty


def test_every_column_of_the_result_is_filled_by_some_comparison(result):
    """A field that is named anew would leave its column blank without a word."""
    frame = frames.cards(result, DECK)
    assert set(frame.columns[frame.isna().all()]) == {
        f"{of}_recognition_share"
        for of in ("customers", "it", "it_own")  # nobody sorted
    } | {"suit"}
    measures = frames.comparison(result, replace(FACTS, organisation="Harbour", date=dt.date(2027, 3, 1), checksum="x"))
    assert set(measures["measure"][measures["value"].isna()]) == {"restored", "expected_hits", "expected_hits_n"}
    assert set(measures["measure"][measures["low"].notna()]) == {
        "hits",
        "worth_in_customers",
        "know_hit_rate",
        "think_hit_rate",
    }


def test_columns_have_types_to_compute_with(result, ballots):
    frame = frames.cards(result, DECK)
    kinds = {name: str(frame[name].dtype) for name in ("gap", "q", "customers_place_low", "it_score", "label")}
    assert kinds == {
        "gap": "Int64",
        "q": "float64",
        "customers_place_low": "Int64",
        "it_score": "float64",
        "label": "str",
    }
    said = frames.ballots(shown_rows(ballots, DECK, 3, 2))
    assert (str(said["round"].dtype), len(said)) == ("Int64", 13 + 13 + 39)
    item = AgendaItem("C01", Decision.DO, due=dt.date(2027, 3, 1), from_whom=frozenset({Party.TEAM}))
    agreed = frames.agenda(replace(FACTS, agenda=(item, AgendaItem("not of this deck"))), DECK)
    assert agreed["due"].dt.date.tolist() == [dt.date(2027, 3, 1)]
    assert agreed.loc[0, ["quick_win", "from_whom", "progress"]].tolist() == ["no", "team", "open"]


def test_of_few_people_places_alone_are_told():
    deck = make_deck(6)
    found = compare(deck, make_ballots(deck, [[1, 2, 3]] * 4, [[1, 2]] * 6))
    frame = frames.cards(found, deck)
    assert frame["it_mean_rank"].isna().all()
    assert frame["customers_top_share"].isna().all()
    assert frame["it_place_first"].tolist() == [1, 2, 3, 3, 3, 3]
    measures = frames.comparison(found, FACTS).set_index("measure")
    assert (measures.loc["hits", "value"], measures["low"].notna().any()) == (2, False)


def test_csv_is_inert_and_unrounded():
    frame = frames.ballots([("customers", "own", "1", "=2+2", "C01 C02", "-", "sent")])
    assert frames.as_csv(frame) == f"{','.join(BALLOTS)}\r\ncustomers,own,1,'=2+2,C01 C02,'-,sent\r\n"


def test_where_nobody_answered_the_tables_are_there_and_blank():
    deck = make_deck(6)
    found = compare(deck, make_ballots(deck))
    assert frames.cards(found, deck).drop(columns=["code", "title", "lens"]).isna().all(axis=None)
    assert list(frames.ballots([]).columns) == list(BALLOTS)
    assert frames.agenda(FACTS, deck).empty
