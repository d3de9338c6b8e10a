import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import dumps, pointer, to_json
from cardsort.files.ballotfile import read_ballots
from tests.analysis.decks import make_ballots, make_deck
from tests.analysis.test_golden import DECK, draw_file

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def full() -> dict[str, Any]:
    return to_json(compare(DECK, read_ballots(draw_file(1), DECK)))


DOCUMENTED = {
    "": "deck depth top threshold seed round lists sources restored comparison basis weighting projection chain teams "
    "lenses rounds reasons",
    "sources": "it customers",
    "sources/customers": "sent with_code typed imported discarded withdrawn unknown",
    "lists": "customers_own it_prediction it_own",
    "lists/it_own": "n agreement cards",
    "lists/it_own/agreement": "mean_pairwise_spearman kendalls_w chi_squared reliability ceiling",
    "lists/it_own/cards/C01": "mean_rank mean_rank_interval score position position_uncertainty "
    "top_share top_share_interval first_share recognition_share",
    "comparison": "hits hits_by_chance hits_of_customers customers_split expected_hits similarity spearman "
    "kendall_tau_b rbo overall_p testable worth_in_customers intervals cards",
    "comparison/intervals": "hits worth_in_customers",
    "comparison/cards/C01": "gap gap_interval z_gap profile_gap share_difference share_difference_interval "
    "p q label zone",
    "basis": "think_share_first think_share know think",
    "basis/know": "n hit_rate interval",
    "weighting": "headline largest_segment scenarios robust contested",
    "teams": "by_team p apart",
    "projection": "accuracy assumed_similarity real_similarity truth_force bias_force gain person_difference person_p",
    "lenses/it_own": "customer process cost zone",
}


@pytest.mark.parametrize("path", DOCUMENTED)
def test_keys_stand_in_the_documented_order(path: str, full: dict[str, Any]):
    found = full
    for key in path.split("/") if path else ():
        found = found[key]
    assert " ".join(found) == DOCUMENTED[path]


def test_keys_of_rows_stand_in_the_documented_order(full: dict[str, Any]):
    assert list(full["rounds"][0]) == ["round", "hits", "spearman", "n_it", "n_customers", "moved"]
    assert list(full["chain"][0]) == ["segment", "kind", "n", "top"]
    named = ["name", "kind", "n", "hits", "hits_of_customers", "customers_split"]
    assert list(full["teams"]["by_team"][0]) == named
    assert list(full["weighting"]["scenarios"][0]) == ["name", "top", "kept"]
    assert list(full["lists"]["it_own"]["cards"]) == list(DECK.codes)


def test_the_text_reads_back_as_the_same_document(full: dict[str, Any]):
    assert json.loads(dumps(compare(DECK, read_ballots(draw_file(1), DECK)))) == full


def test_a_pointer_escapes_what_it_must():
    assert pointer("lists", "a/b", "c~d", 3) == "/lists/a~1b/c~0d/3"


def schema() -> Draft202012Validator:
    document = json.loads((DOCS / "result.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def test_a_full_result_follows_the_schema(full: dict[str, Any]):
    schema().validate(full)


def test_results_of_few_and_of_nobody_follow_the_schema():
    deck = make_deck(6)
    for it, customers, threshold in (
        ([], [], 3),
        ([[1, 2, 3]] * 2, [[1, 2]] * 4, 3),
        ([[1]], [[2]], 1),
        ([[n] for n in range(1, 7)], [[n] for n in range(1, 7)], 3),
    ):
        schema().validate(to_json(compare(deck, make_ballots(deck, it, customers), threshold=threshold)))


def test_the_schema_refuses_what_is_not_documented(full: dict[str, Any]):
    for broken in (
        full | {"more": 1},
        full | {"depth": 0},
        full | {"lists": {"somebody": {"n": None}}},
        full | {"comparison": full["comparison"] | {"hits": -1}},
        full | {"reasons": {"no pointer": "A sentence."}},
        {key: value for key, value in full.items() if key != "seed"},
    ):
        assert not schema().is_valid(broken)


def find_keys(value: Any) -> set[str]:
    """All keys that have a meaning of their own: not card codes, list names or pointers."""
    if isinstance(value, list):
        return set().union(*map(find_keys, value))
    if not isinstance(value, dict):
        return set()
    own = {key for key in value if not re.fullmatch(r"C\d+|/.*", key)}
    return own.union(*map(find_keys, value.values()))


def test_every_key_is_explained(full: dict[str, Any]):
    explained = set(re.findall(r"`([a-z_]+)`", (DOCS / "result.md").read_text(encoding="utf-8")))
    assert find_keys(full) - explained == set()


def test_numbers_are_plain_numbers(full: dict[str, Any]):
    def walk(value: Any) -> None:
        assert not isinstance(value, np.generic)
        for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(below)

    walk(full)
