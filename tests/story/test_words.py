"""The sentences: exact words for whole and part hits, small groups, missing lists and undefined values."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from cardsort.analysis.result import (
    BasisRate,
    BasisResult,
    CardGap,
    CardStanding,
    Comparison,
    ConsensusList,
    Interval,
    Label,
    Position,
    Prediction,
    Zone,
)
from cardsort.domain.agenda import AgendaItem, Party, Progress
from cardsort.domain.sources import Sources
from cardsort.story import answered, findings, numbers, words

OPEN = (
    "Taken as a whole, it stays open whether the two lists differ: chance alone makes groups of one taste differ as "
    "much in"
)


def prediction(hits=4.0, chance=1.92, **more):
    values = {
        "hits": hits,
        "hits_by_chance": chance,
        "spearman": None,
        "kendall_tau_b": None,
        "rbo": None,
        "overall_p": None,
        "testable": True,
        "worth_in_customers": None,
        "hits_interval": None,
        "worth_interval": None,
        "cards": {},
    }
    return Prediction(**(values | more))


def comparison(n_it=18, n_customers=42, top=10, **more):
    lists = {"it_prediction": ConsensusList(n_it), "customers_own": ConsensusList(n_customers)}
    values = {"deck_name": "", "deck_size": 52, "depth": top, "top": top, "threshold": 3, "seed": 1, "round": 1}
    return Comparison(**values, **({"lists": lists, "prediction": prediction()} | more))


def card_gap(gap, label=Label.CLEAR, zone=Zone.BLIND_SPOT):
    return CardGap(gap, None, None, None, None, label, zone)


@pytest.mark.parametrize(
    ("hits", "chance", "top", "said"),
    [
        (4, 1.92, 10, "IT named 4 of the customers’ top\xa010. Blind guessing gives about 2."),
        (1, 1.92, 10, "IT named 1 of the customers’ top\xa010. Blind guessing gives about 2."),
        (0, 1.92, 10, "IT named none of the customers’ top\xa010. Blind guessing gives about 2."),
        (10, 1.92, 10, "IT named all 10 of the customers’ top\xa010. Blind guessing gives about 2."),
        (3.33, 1.92, 10, "IT named about 3 of the customers’ top\xa010. Blind guessing gives about 2."),
        (2.98, 1.92, 10, "IT named about 3 of the customers’ top\xa010. Blind guessing gives about 2."),
        (0.02, 1.92, 10, "IT named almost none of the customers’ top\xa010. Blind guessing gives about 2."),
        (9.98, 1.92, 10, "IT named almost all of the customers’ top\xa010. Blind guessing gives about 2."),
        (2, 9 / 52, 3, "IT named 2 of the customers’ top\xa03. Blind guessing mostly gives none."),
        (3, 9 / 12, 3, "IT named all 3 of the customers’ top\xa03. Blind guessing gives about 1."),
        (1, 1 / 52, 1, "IT named the card that customers put first. Blind guessing mostly gives none."),
        (0, 1 / 52, 1, "IT did not name the card that customers put first. Blind guessing mostly gives none."),
    ],
)
def test_the_headline_counts_hits_in_plain_words(hits, chance, top, said):
    assert findings.headline(comparison(top=top, prediction=prediction(hits, chance))) == said


@pytest.mark.parametrize(
    ("n_it", "n_customers", "people"), [(4, 90, "4 in IT, 90 customers"), (30, 3, "30 in IT, 3 customers")]
)
def test_below_five_people_the_headline_is_a_conversation_starter(n_it, n_customers, people):
    assert findings.headline(comparison(n_it, n_customers)) == (
        f"A conversation starter: {people}. IT named 4 of the customers’ top\xa010. Blind guessing gives about 2."
    )


def test_from_five_people_on_the_headline_stands_alone():
    assert findings.headline(comparison(5, 5)).startswith("IT named 4")


def test_a_starter_of_one_customer_is_singular():
    assert findings.headline(comparison(9, 1)).startswith("A conversation starter: 9 in IT, 1 customer. ")


@pytest.mark.parametrize(
    ("bar", "people", "said"),
    [
        (8.2, 24, "Blind guessing gives about 2; any 24 of the customers would have named about 8."),
        (0.3, 3, "Blind guessing gives about 2; any 3 of the customers would have named almost none."),
        (9.7, 30, "Blind guessing gives about 2; any 30 of the customers would have named almost all 10."),
        (10.0, 30, "Blind guessing gives about 2; any 30 of the customers would have named all 10."),
        (2.5, 1, "Blind guessing gives about 2; any one of the customers would have named about 3."),
        (None, None, "Blind guessing gives about 2."),
    ],
)
def test_the_hits_are_measured_by_what_customers_themselves_would_have_named(bar, people, said):
    measured = prediction(hits_of_customers=bar, customers_split=people)
    assert findings.headline_parts(comparison(prediction=measured)) == ("IT named 4 of the customers’ top\xa010.", said)


def test_a_guess_under_one_half_of_a_card_mostly_gives_none_beside_what_customers_would_have_named():
    measured = prediction(chance=0.49, hits_of_customers=2.5, customers_split=6)
    said = "Blind guessing mostly gives none; any 6 of the customers would have named about 3."
    assert findings.headline_parts(comparison(prediction=measured))[1] == said


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (("it_prediction",), "What customers chose is known; what IT thought cannot be shown."),
        (("customers_own",), "What IT thought is known; what customers chose cannot be shown."),
        (
            ("it_prediction", "customers_own"),
            "There is nothing to compare yet: neither list can be shown.",
        ),
    ],
)
@pytest.mark.parametrize("suppressed", [True, False])
def test_without_a_list_the_headline_says_which(missing, said, suppressed):
    whole = comparison()
    lists = {name: found for name, found in whole.lists.items() if name not in missing}
    if suppressed:
        lists |= dict.fromkeys(missing, ConsensusList(None))
    assert findings.headline(replace(whole, lists=lists, prediction=None)) == said


def test_a_missing_list_has_its_reason():
    hidden = comparison(lists={"customers_own": ConsensusList(None)}, prediction=None)
    assert words.why_missing(hidden, "customers_own") == (
        "Fewer than 3\xa0people answered. To keep everybody anonymous, nothing is shown of so few."
    )
    assert words.why_missing(hidden, "it_prediction") == "No ballots of people in IT were sent for this list."


@pytest.mark.parametrize(
    ("count", "expected", "said"),
    [
        (18, 20, "18 of 20\xa0people answered (90\xa0%)"),
        (18, None, "18\xa0people answered"),
        (1, None, "1\xa0person answered"),
        (22, 20, "22\xa0people answered"),
        (1204, 2408, "1,204 of 2,408\xa0people answered (50\xa0%)"),
    ],
)
def test_who_answered_stands_beside_who_was_invited(count, expected, said):
    assert answered.answered(count, expected) == said


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (Sources(), ""),
        (Sources(sent=1), "sent by link"),
        (Sources(sent=60), "all sent by link"),
        (Sources(typed=3), "all typed at the desk"),
        (Sources(unknown=12), "all with no source recorded"),
        (
            Sources(sent=34, imported=20, typed=6, discarded=2),
            "34\xa0sent by link, 20\xa0imported and 6\xa0typed at the desk; 2\xa0discarded",
        ),
        (Sources(sent=60, withdrawn=1), "all sent by link; 1\xa0withdrawn"),
        (
            Sources(sent=3, typed=1, discarded=2, withdrawn=1),
            "3\xa0sent by link and 1\xa0typed at the desk; 2\xa0discarded and 1\xa0withdrawn",
        ),
        (
            Sources(sent=1200, with_code=1190, imported=20),
            "1,200\xa0sent by link (1,190 with a one-time code) and 20\xa0imported",
        ),
    ],
)
def test_where_ballots_came_from_names_what_there_is(sources, said):
    assert answered.came(sources) == said


def test_who_answered_and_where_from_are_said_together():
    lists = {"customers_own": ConsensusList(60), "it_prediction": ConsensusList(None)}
    sources = {"customers_own": Sources(sent=40, imported=20), "it_prediction": Sources(sent=2)}
    found = replace(comparison(), lists=lists, sources=sources)
    assert answered.who_answered(found, "customers_own", 80) == (
        "60 of 80\xa0people answered (75\xa0%): 40\xa0sent by link and 20\xa0imported"
    )
    assert answered.who_answered(found, "it_prediction", 80) == "fewer than 3\xa0people answered"
    known = replace(found, sources={"it_prediction": Sources(sent=2, typed=9)})
    assert answered.who_answered(known, "it_prediction", 80) == "fewer than 3\xa0people answered by a link"
    assert answered.who_answered(found, "it_own", None) == "0\xa0people answered"


@pytest.mark.parametrize(
    ("archived", "said"),
    [
        (False, ""),
        (True, "Restored from an archive of an unknown day"),
        (date(2026, 5, 4), "Restored from an archive of 4 May 2026"),
    ],
)
def test_a_restored_workshop_is_said_to_be_one(archived, said):
    assert answered.restored(archived) == said


@pytest.mark.parametrize(("gap", "sign"), [(22, "+22"), (-1, "−1"), (0, "0")])
def test_a_gap_is_positive_where_customers_put_the_card_higher(gap, sign):
    assert words.signed(gap) == sign


@pytest.mark.parametrize(
    ("n_it", "n_customers", "said"),
    [
        (24, 40, "45\xa0% of customers chose it; 8\xa0% of IT expected it."),
        (24, 4, "2 of 4 customers chose it; 2 of 24 in IT expected it."),
        (3, 40, "18 of 40 customers chose it; 0 of 3 in IT expected it."),
    ],
)
def test_a_card_is_told_by_how_many_of_each_group_had_it_and_of_few_people_counted(n_it, n_customers, said):
    lists = {
        name: ConsensusList(n, None, {"K1": CardStanding(3.0, None, 0.0, Position(1, 1), None, part, None, 0.0, None)})
        for name, n, part in (("it_prediction", n_it, 0.08), ("customers_own", n_customers, 0.45))
    }
    assert words.both_shares(comparison(lists=lists), "K1") == said
    assert words.both_shares(replace(comparison(lists=lists), depth=20), "K1").endswith(
        "expected it for the top\xa010."
    )


@pytest.mark.parametrize(
    ("gap", "label", "said", "zone"),
    [
        (9, Label.CLEAR, "A clear gap.", "blind spot, clear"),
        (9, Label.POSSIBLE, "Chance alone could give this.", "blind spot"),
        (9, Label.NONE, "Chance alone could give this.", "blind spot"),
        (9, None, "Too few ballots to test it.", "blind spot"),
        (0, Label.NONE, "", "blind spot"),
    ],
)
def test_certainty_never_claims_more_than_the_test(gap, label, said, zone):
    assert words.certainty(card_gap(gap, label)) == said
    assert words.zone(card_gap(gap, label)) == zone


@pytest.mark.parametrize(
    ("gap", "q", "said"),
    [
        (4, 0.02, "A small gap."),
        (-4, 0.02, "A small gap."),
        (4, 0.3, "Chance alone could give this."),
        (-15, 0.044, "Chance alone could give this."),  # its range holds 0
    ],
)
def test_a_gap_is_called_small_only_below_five_places(gap, q, said):
    assert words.certainty(replace(card_gap(gap, Label.NONE), q=q)) == said


def test_a_clear_gap_outside_both_tops_is_just_outside():
    assert words.zone(card_gap(9, Label.CLEAR, Zone.QUIET)) == "just outside, clear"


def test_every_zone_has_a_name():
    assert [words.zone(card_gap(0, None, zone)) for zone in Zone] == [
        "shared pain",
        "blind spot",
        "false alarm",
        "quiet",
        "borderline",
    ]


@pytest.mark.parametrize("size", range(len(Party) + 1))
def test_from_whom_a_behaviour_is_wanted_is_said_of_every_choice(size):
    for chosen in combinations(Party, size):
        named = [name for name in ("management", "the team", "customers") if name.split()[-1] in chosen]
        who = " and ".join(", ".join(named).rsplit(", ", 1))
        said = f"What we want to see from {who}:" if who else "What we want to see:"
        assert words.wanted(AgendaItem("K1", from_whom=frozenset(chosen))) == said


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress.OPEN, "Open since 14 May 2026"),
        (Progress.UNDER_WAY, "Under way since 14 May 2026"),
        (Progress.DONE, "Done on 14 May 2026"),
    ],
)
def test_how_far_a_promise_is_has_the_day_of_its_last_tick(progress, said):
    assert words.progress(AgendaItem("K1", progress=progress, progress_on=date(2026, 5, 14))) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (0.4, "18\xa0people in IT together knew less than one customer picked at random."),
        (1.2, "18\xa0people in IT together knew as much as one customer picked at random."),
        (3.2, "18\xa0people in IT together knew as much as about 3 customers picked at random."),
        (50.0, "18\xa0people in IT together knew at least as much as all 42 customers who answered."),
    ],
)
def test_worth_is_said_in_customers_with_how_many_knew_it_together(value, said):
    assert findings.worth(comparison(prediction=prediction(worth_in_customers=value))) == said


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (None, "“we know” 6 times in 16, “we think” 26 times in 56."),
        (
            False,
            "“we know” 6 times in 16, “we think” 26 times in 56; chance could give that.",
        ),
        (
            True,
            "“we know” 6 times in 16, “we think” 26 times in 56; chance would hardly give that.",
        ),
    ],
)
def test_know_and_think_are_counted_and_compared(apart, said):
    rates = BasisRate(16, 6 / 16, None), BasisRate(56, 26 / 56, None)
    basis = BasisResult(0.1, (0.1,), *rates, first_n=10, rates_differ=apart)
    assert findings.think_first(basis) == "1 of 10\xa0people in IT said “we think”, not “we know”, of their first card."
    assert findings.know_hits(basis, 10) == f"Such a card was in the customers’ top\xa010: {said}"


@pytest.mark.parametrize(
    ("know", "think", "said"),
    [
        (BasisRate(16, 1 / 16, None), BasisRate(0, None, None), "“we know” 1 time in 16."),
        (BasisRate(0, None, None), BasisRate(56, 0.0, None), "“we think” 0 times in 56."),
    ],
)
def test_one_answer_alone_is_counted_alone(know, think, said):
    found = findings.know_hits(BasisResult(0.1, (0.1,), know, think, first_n=10), 10)
    assert found == f"Such a card was in the customers’ top\xa010: {said}"


def test_what_was_not_asked_is_not_said():
    nothing = BasisResult(None, (), BasisRate(0, None, None), BasisRate(0, None, None))
    assert (findings.think_first(nothing), findings.know_hits(nothing, 10)) == ("", "")


def test_places_shares_and_times_are_written_one_way():
    assert words.place(Position(3, 3)) == "3"
    assert words.place(Position(24, 52)) == "24–52"
    assert words.share(0.834) == "83\xa0%"
    assert words.share(None) == "–"


def test_halves_are_rounded_up_wherever_a_number_is_said():
    assert words.share(5 / 8) == "63\xa0%"
    assert words.tally(2.25) == "2.3"
    assert findings.guess(2.5) == "Blind guessing gives about 3."
    assert words.range_of(Interval(0.5, 2.5)) == "1–3"
    assert "about 3 customers" in findings.worth(comparison(prediction=prediction(worth_in_customers=2.5)))
    assert numbers.decimal(0.125) == "0.13"
    assert numbers.decimal(-0.125) == "−0.13"
    assert numbers.span(Interval(0.5, 4.5), 0) == "from 1 to 5"
    assert numbers.apart(0.125, 0.0) == 0.13


@pytest.mark.parametrize(
    ("n", "beginning"),
    [
        (6, "The smaller group has 6 people: wide uncertainty."),
        (40, "The smaller group has 40 people."),
    ],
)
def test_how_sure_follows_the_smaller_group(n, beginning):
    assert findings.how_sure(comparison(n, 900)).startswith(beginning)
    assert findings.how_sure(comparison(900, n)).startswith(beginning)


def test_of_few_people_both_numbers_are_said():
    assert findings.how_sure(comparison(30, 3)) == "A conversation starter: 30 in IT, 3 customers."


def test_a_chart_says_how_many_people_are_behind_it():
    ranked = "Each ballot ranks up to 10\xa0cards of 52; everybody who answered counts the same."
    both, one = comparison(18, 1), comparison(lists={"it_prediction": ConsensusList(1204)}, prediction=None)
    assert words.chart_note(both, date(2026, 5, 14)) == f"18 from IT and 1 customer. {ranked} 14 May 2026."
    assert words.chart_note(one, None) == f"1,204 from IT. {ranked}"


def test_with_one_list_there_is_nothing_to_be_sure_about():
    assert findings.how_sure(comparison(lists={"customers_own": ConsensusList(9)}, prediction=None)) == (
        "A comparison needs both lists, so there is nothing to be sure about yet."
    )


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0001, "Taken as a whole, the two lists differ by more than chance would make them (p < 0.001)."),
        (0.05, "Taken as a whole, the two lists differ by more than chance would make them (p = 0.050)."),
        (0.0504, f"{OPEN} 5 of 100 cases (p = 0.050)."),
        (0.43, f"{OPEN} 43 of 100 cases (p = 0.43)."),
        (None, ""),
    ],
)
def test_the_overall_test_is_a_sentence(p, said):
    assert findings.overall(prediction(overall_p=p)) == said


@pytest.mark.parametrize(("interval", "said"), [(Interval(1.6, 5.5), "2–6"), (Interval(2.6, 3.4), "3"), (None, "")])
def test_a_range_is_in_whole_numbers(interval, said):
    assert words.range_of(interval) == said


def test_a_title_that_has_quotation_marks_gets_single_ones_within_a_sentence():
    assert words.quoted("“They would not give us the money”") == "“‘They would not give us the money’”"
    assert words.quoted("A no, and nothing instead") == "“A no, and nothing instead”"
