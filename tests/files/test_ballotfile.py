import numpy as np
import pytest

from cardsort.domain.errors import InvalidBallotFile, InvalidTable
from cardsort.domain.settings import Segment
from cardsort.domain.sources import Sources
from cardsort.files.ballotfile import read_ballots, sort_lines
from tests.analysis.decks import make_deck

DECK = make_deck(5)
HEADER = "group,kind,ranking,segment,respondent,basis,round\n"


def test_a_file_becomes_columns():
    text = HEADER + (
        "it,,C02 C01,,p1,know think,2\nit,own,C03,,p1,,2\ncustomers,,C05 C04 C01,Shops,p2,,\ncustomers,,C01,Bank,,,1\n"
    )
    ballots = read_ballots(text, DECK)
    assert ballots.rankings.tolist() == [[1, 0, -1], [2, -1, -1], [4, 3, 0], [0, -1, -1]]
    assert ballots.group.tolist() == [0, 0, 1, 1]
    assert ballots.kind.tolist() == [1, 0, 0, 0]
    assert ballots.round.tolist() == [2, 2, 1, 1]
    assert ballots.segments == (Segment("Bank"), Segment("Shops"))
    assert ballots.segment.tolist() == [-1, -1, 1, 0]
    assert ballots.respondent.tolist() == [0, 0, 1, -1]
    assert ballots.basis.tolist() == [[0, 1, -1], [-1, -1, -1], [-1, -1, -1], [-1, -1, -1]]
    assert ballots.rankings.dtype == np.int16


def test_a_team_and_a_kind_of_one_name_are_each_numbered_in_their_own_group():
    text = "group,ranking,segment\nit,C01,Finance\nit,C02,Zurich\ncustomers,C03,Bank\ncustomers,C04,Finance\n"
    ballots = read_ballots(text, DECK)
    assert ballots.teams == (Segment("Finance"), Segment("Zurich"))
    assert ballots.segments == (Segment("Bank"), Segment("Finance"))
    assert ballots.segment.tolist() == [0, 1, 0, 1]


def test_semicolons_a_byte_order_mark_capitals_blank_lines_and_windows_line_ends_are_read():
    text = "\ufeffGroup;Ranking\r\nIT;C01 C02\r\n\r\n;\r\nCustomers;C03\r\n"
    assert read_ballots(text, DECK).rankings.tolist() == [[0, 1], [2, -1]]


def test_columns_that_are_not_ours_are_left_alone():
    assert read_ballots("note,group,ranking\nhello,it,C01\n", DECK).n == 1


def test_a_ballot_has_the_source_that_the_file_names_or_none():
    typed = "group,ranking,source\nit,C01,sent\nit,C02,Typed\nit,C03,imported\nit,C04,\n"
    ballots = read_ballots(typed, DECK)
    assert ballots.sources(np.arange(4)) == Sources(sent=1, typed=1, imported=1, unknown=1)
    assert read_ballots("group,ranking\nit,C01\n", DECK).sources(np.arange(1)) == Sources(unknown=1)


def test_a_header_alone_is_a_file_without_ballots():
    assert read_ballots(HEADER, DECK).n == 0


def test_a_basis_may_leave_a_card_out():
    for typed in ("- Think", "'- Think"):  # the apostrophe keeps spreadsheets from computing
        assert read_ballots(f"group,ranking,basis\nit,C01 C02 C03,{typed}\n", DECK).basis.tolist() == [[-1, 1, -1]]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("group,rank\n", 1, "the header has no column “ranking”"),
        ("ranking\nC01\n", 1, "the header has no column “group”"),
        ("group,ranking,group\n", 1, "the header names the column “group” twice"),
        ("group,ranking\nit,C01\nit,C09\n", 3, "the card “C09” is not in the deck. Its codes look like C01"),
        ("group,ranking\nit,C01 C02 C01\n", 2, "the card C01 stands twice"),
        ("group,ranking\nit,\n", 2, "the ranking is empty"),
        ("group,ranking\nit\n", 2, "the ranking is empty"),
        ("group,ranking\nsales,C01\n", 2, "the group is “sales”. Write “it” or “customers”."),
        ("group,ranking\n,C01\n", 2, "the group is empty"),
        ("group,kind,ranking\nit,guess,C01\n", 2, "the kind is “guess”. Write “own” or “prediction”."),
        ("group,ranking,basis\nit,C01,hope\n", 2, "the basis is “hope”"),
        ("group,ranking,source\nit,C01,paper\n", 2, "the source is “paper”. Write “sent”, “typed” or “imported”."),
        ("group,ranking,basis\nit,C01,know think\n", 2, "there are 2 words in the basis for 1 ranked card."),
        ("group,ranking,round\nit,C01,0\n", 2, "the round is “0”. Write a whole number from 1 to 9999."),
        ("group,ranking,round\nit,C01,1.5\n", 2, "the round is “1.5”"),
        ("group,ranking,round\nit,C01,٣\n", 2, "the round is"),
        ("group,ranking,round\nit,C01,99999999999\n", 2, "the round is"),
        ("group,ranking\nit,C01,C02\n", 2, "it has 3 columns, the header has 2"),
        ('group,ranking\nit,C01\nit,"C02\n', 3, "a quotation mark is not closed"),
        ("group,ranking\nit,C\u202e01\n", 2, "the card “C\ufffd01” is not in the deck"),
        (f"group,ranking\nit,{'x' * 300}\n", 2, "xxx…” is not in the deck"),
        (
            "group,ranking,respondent\nit,C01,ann\ncustomers,C01,ann\nit,C02,ann\n",
            4,
            "the respondent “ann” has two ballots of group it, kind prediction, round 1; the other is on line 2",
        ),
    ],
)
def test_a_fault_is_named_with_its_line_and_its_mending(text: str, line: int, words: str):
    with pytest.raises(InvalidTable) as fault:
        read_ballots(text, DECK)
    assert str(fault.value).startswith(f"Line {line}: ")
    assert words in str(fault.value)


def test_the_line_counts_the_lines_within_quoted_cells():
    text = 'group,ranking,note\nit,C01,"two\nlines"\nit,C07,\n'
    with pytest.raises(InvalidBallotFile, match=r"^Line 4: "):
        read_ballots(text, DECK)


def test_two_rounds_of_one_person_are_two_ballots():
    text = "group,ranking,respondent,round\nit,C01,ann,1\nit,C01,ann,2\nit,C01,,2\nit,C01,,2\n"
    assert read_ballots(text, DECK).respondent.tolist() == [0, 0, -1, -1]


def test_every_fault_is_found_and_the_good_lines_with_their_numbers():
    text = "group,ranking,round\nit,C01 C02,\nsales,C01,\n\nit,C09,\ncustomers,C03,2\n"
    ballots, faults = sort_lines(text, DECK)
    assert [(one.line, one.ranking, one.round) for one in ballots] == [(2, ("C01", "C02"), None), (6, ("C03",), 2)]
    assert [str(fault).split(":")[0] for fault in faults] == ["Line 3", "Line 5"]


def test_after_an_open_quotation_mark_the_rest_is_one_fault():
    ballots, faults = sort_lines('group,ranking\nit,C01\nit,"C02\nit,C03\n', DECK)
    assert ([one.line for one in ballots], len(faults)) == ([2], 1)
