"""The parts of the report: every number is the result's, parts without data are left out, the rest can be chosen."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from cardsort.analysis.compare import compare
from cardsort.analysis.jsonform import to_json
from cardsort.analysis.result import Zone
from cardsort.domain.agenda import AgendaItem, Decision, Progress, Worth, open_promises
from cardsort.domain.ballots import Group
from cardsort.paper.pdf import build_pdf
from cardsort.rounding import half_up
from cardsort.story import agenda, guide, method, parts, plural, rounds, words
from cardsort.story.blocks import Beside, Lead, plain
from cardsort.story.pictures import KEYED, tell_map
from tests.paper.conftest import draw_ballot_set
from tests.story.shapes import make_shape, result_of


def flat(text):
    return " ".join(text.split())


def read(workshop, **options):
    return pypdf.PdfReader(io.BytesIO(build_pdf(workshop.comparison, workshop.deck, workshop.facts, **options)))


def told(workshop, *chosen, **options):
    """The text of the chosen parts."""
    reader = read(workshop, parts=frozenset(chosen) or None, **options)
    return flat(" ".join(page.extract_text() for page in reader.pages))


def outline(reader):
    return [entry.title for entry in reader.outline if not isinstance(entry, list)]


@pytest.fixture(scope="module")
def result(full):
    """The documented JSON form, with which every number on paper must agree."""
    return to_json(full.comparison)


def test_a_workshop_with_all_data_has_every_part_in_order(full):
    told = [part.id for part in parts.tell(*vars(full).values())]
    assert [name for name in told if name != parts.APPENDIX] == list(parts.CHAPTERS)
    assert told[:5] == [parts.FIRST, parts.TOPS, parts.GAPS, parts.AGENDA, parts.APPENDIX]
    assert outline(read(full)) == [
        "What our branches need from IT",
        "Both lists, side by side",
        "Where you agree, and where you do not",
        "What we agree",
        "To look things up",
        "Questions for the conversation",
        "In their own words",
        "Customers, plural",
        "Teams in IT",
        "The balance of what is missed",
        "Knew, or mirrored?",
        "Round by round",
        "How it was computed, and how sure it is",
        "The map",
        "All cards",
        "Shares and mean ranks, with their ranges",
    ]


def test_parts_without_data_are_left_out(workshop):
    there = {part.id for part in parts.tell(*vars(workshop).values())}
    assert set(parts.CHAPTERS) - there == {parts.SEGMENTS, parts.TEAMS, parts.MIRROR, parts.ROUNDS, parts.VOICES}


def ids(workshop, **changed):
    """The parts of that workshop with its result changed."""
    return {part.id for part in parts.tell(replace(workshop.comparison, **changed), workshop.deck, workshop.facts)}


def test_a_part_is_told_where_one_of_its_conditions_holds(full):
    lists = {name: found for name, found in full.comparison.lists.items() if name != "it_own"}
    assert parts.SEGMENTS in ids(full, weighting=None) & ids(full, chain=())
    assert parts.SEGMENTS not in ids(full, weighting=None, chain=())
    assert parts.MIRROR in ids(full, projection=None)
    assert parts.MIRROR not in ids(full, projection=None, lists=lists)


def test_the_tables_columns_stand_under_their_own_groups_heads(full):
    (_lead, grid, *_more) = next(part.blocks for part in parts.tell(*vars(full).values()) if part.id == parts.TABLE)
    assert [head.group for head in grid.heads] == [None, Group.CUSTOMERS, Group.IT, None, None, None]
    for first, *cells in grid.rows:
        code = first.lines[0][0].code
        standings = [found.cards[code] for found in (full.comparison.actual, full.comparison.predicted)]
        assert [cell.lines[0][0].text for cell in cells[:2]] == [words.place(one.position) for one in standings]


@pytest.mark.parametrize(
    ("wanted", "pages"), [({parts.FIRST}, 1), ({parts.AGENDA}, 1), ({parts.FIRST, parts.MAP, parts.TABLE}, 3)]
)
def test_only_the_chosen_parts_are_printed_and_the_pages_counted(full, wanted, pages):
    reader = read(full, parts=frozenset(wanted))
    assert len(reader.pages) == pages
    assert f"Page {pages} of {pages}" in reader.pages[-1].extract_text()


def test_where_none_of_the_chosen_parts_exists_all_are_printed(workshop):
    everything = vars(workshop).values()
    assert parts.tell(*everything, wanted=frozenset({parts.MIRROR})) == parts.tell(*everything)


def test_the_table_of_all_cards_names_each_once_in_the_customers_order_on_one_page(full):
    (page,) = (page.extract_text() for page in read(full, parts=frozenset({parts.TABLE})).pages)
    assert re.findall(r"\b[ABCS]-\d\d\b", page) == list(full.comparison.actual.order())


def test_the_grid_says_each_lists_places_as_the_result_has_them(full, result):
    grid = plural.segment_grid(full.comparison, full.deck)
    rows = [(row[0].lines[0][0].code, [cell.lines[0][0].text for cell in row[1:]]) for row in grid.rows]
    assert [head.words for head in grid.heads] == [
        "Card",
        "IT thought",
        *(link["segment"] for link in result["chain"]),
        "All customers",
    ]
    for number, link in enumerate(full.comparison.chain, 1):
        shown = {code: cells[number] for code, cells in rows if cells[number] != "–"}
        assert shown == {code: words.place(place) for code, place in zip(link.top, link.places, strict=True)}
        assert list(link.top) == result["chain"][number - 1]["top"]
    for code, cells in rows:
        low, high = result["lists"]["customers_own"]["cards"][code]["position"]
        assert cells[-1] == ("–" if low > 10 else str(low) if low == high else f"{low}–{high}"), cells


def test_each_way_of_counting_says_how_many_stay_and_who_comes_and_goes(full, result):
    page = told(full, parts.SEGMENTS)
    usual, *others = result["weighting"]["scenarios"]
    for one in others:
        comes = ", ".join(code for code in one["top"] if code not in usual["top"]) or "–"
        goes = ", ".join(code for code in usual["top"] if code not in one["top"]) or "–"
        row = f"{plural.scenario_name(one['name'])} {words.tally(one['kept'])} of 10 {comes} {goes}"
        assert row in page


def test_the_balance_prints_the_lenses_shares_and_names_the_zone(full, result):
    page = told(full, parts.BALANCE)
    for name in ("customers_own", "it_prediction"):
        for lens in ("customer", "process", "cost"):
            assert f"{half_up(100 * result['lenses'][name][lens]):.0f} %" in page
    (_lead, both) = next(part.blocks for part in parts.tell(*vars(full).values()) if part.id == parts.BALANCE)
    said = [block.words for column in both.columns for block in column if isinstance(block, Lead)]
    assert len(said) == 1  # the twelve in IT are too few to name a zone
    for sentence in said:
        assert flat(sentence) in page


def test_each_round_is_a_row_of_the_results_numbers(full, result):
    page = told(full, parts.ROUNDS)
    for one in result["rounds"]:
        row = f"{one['round']} {one['n_it']} {one['n_customers']} {words.tally(one['hits'])} {one['spearman']:.2f}"
        assert row in page
    (step,) = rounds.steps(full.comparison)
    assert "From round 1 to round 2" in page
    for line in step.changes:
        assert flat(line) in page
    assert {code for code, _it, customers in step.cards if customers != "–"} == set(result["rounds"][1]["moved"])
    for code, it, customers in step.cards:
        assert f"{code} {full.deck[code].title} {it} {customers}" in page


def test_the_guide_asks_shared_pain_first_then_the_rest_of_the_customers_top(full, result):
    page = told(full, parts.GUIDE)
    cards = result["comparison"]["cards"]
    asked = guide.guided(full.comparison)
    shared = [cards[code]["zone"] == "shared_pain" for code in asked]
    assert shared == sorted(shared, reverse=True)
    assert set(asked) == {code for code, card in full.comparison.actual.cards.items() if card.position.low <= 10}
    at = [page.index(f"{code} {full.deck[code].title}") for code in asked]
    assert at == sorted(at)
    for code in asked:
        assert flat(full.deck[code].question) in page
        assert flat(f"Better: {full.deck[code].better}") in page
    for question in guide.ASK_YOURSELF.values():
        assert question in page


def test_until_something_is_agreed_the_agenda_proposes_shared_pain_and_clear_blind_spots(full):
    page = told(full, parts.AGENDA)
    assert "would the paying customer like paying for this?" in page
    codes = agenda.proposed(full.comparison)
    assert {full.comparison.prediction.cards[code].zone for code in codes} <= {Zone.SHARED_PAIN, Zone.BLIND_SPOT}
    for code in codes:
        assert f"{code} {full.deck[code].title} yes / no" in page
    assert page.count("yes / no") == len(codes) + agenda.MORE


def test_an_agenda_is_printed_as_it_was_agreed(full):
    items = (
        AgendaItem(
            "A-01",
            Decision.DO,
            "a day a week",
            "Sit in a branch",
            owner="Ada",
            due=date(2026, 7, 1),
            quick_win=True,
            progress=Progress.UNDER_WAY,
            progress_on=date(2026, 6, 3),
        ),
        AgendaItem(
            "B-03",
            Decision.NO,
            reason="No budget this year.",
            alternative="A <b>shared</b> list",
            worth_paying=Worth.NO,
        ),
        AgendaItem("C-01", Decision.LATER, reason="After the move", owner="Bo"),
        AgendaItem("Z-99", Decision.DO, action="A card that this deck does not have"),
    )
    page = told(replace(full, facts=replace(full.facts, agenda=items)), parts.AGENDA)
    agreed = "a day a week Quick win. Sit in a branch Ada 1 July 2026 Under way since 3 June 2026"
    assert f"A-01 {full.deck['A-01'].title} {agreed}" in page
    assert "No. No budget this year. Instead: A <b>shared</b> list" in page
    assert "Later. After the move Bo" in page
    assert "Open" not in page  # how far a promise is, is said once that was ticked
    assert page.count("yes / no") == 3  # lines for more
    assert "does not have" not in page


def test_what_earlier_rounds_left_open_stands_above_the_lines_of_this_one(full):
    items = (
        (1, AgendaItem("A-01", Decision.DO, action="Sit in a branch", owner="Ada", due=date(2026, 7, 1))),
        (1, AgendaItem("A-02", Decision.DO, action="Long done", progress=Progress.DONE)),
        (2, AgendaItem("B-03", Decision.LATER, reason="After the move", quick_win=True, alternative="Not of a later")),
        (2, AgendaItem("C-01", Decision.DO, action="Ask twice", due=date(2026, 1, 2), progress=Progress.UNDER_WAY)),
        (2, AgendaItem("Z-99", Decision.DO, action="A card that this deck does not have")),
    )
    told_of = replace(full.facts, promises=open_promises(items, date(2026, 6, 1)))
    page = told(replace(full, facts=told_of), parts.AGENDA)
    title = {code: full.deck[code].title for code in full.deck.codes}
    expected = (
        f"C-01 {title['C-01']} Round 2 Ask twice 2 January 2026 Overdue Under way",
        f"A-01 {title['A-01']} Round 1 Sit in a branch Ada 1 July 2026 Open",
        f"B-03 {title['B-03']} Round 2 Later. After the move – Open",
        "In this round",
        "yes / no",
    )
    at = [page.index(flat(said)) for said in expected]
    assert at == sorted(at)
    assert not [said for said in ("Long done", "does not have", "Not of a later") if said in page]


@pytest.mark.parametrize(
    ("census", "said"),
    [
        (False, ["Had others of the same groups answered"]),
        (
            True,
            [
                "Everybody in IT took part, so IT’s list is exact: only the customers’ answers are uncertain.",
                "Had other customers answered",
            ],
        ),
    ],
)
def test_where_everybody_in_it_took_part_the_method_says_so_and_asks_no_others_of_it(deck, census, said):
    found = compare(deck, draw_ballot_set(deck.size), picks=10, census=census)
    text = "\n".join(method.sentences(found))
    begins = r"Everybody in IT.*|Had other.* answered"
    assert re.findall(begins, text) == said


@pytest.mark.parametrize(("people", "there"), [((7, 30), False), ((30, 7), False), ((8, 8), True)])
def test_the_map_is_told_from_eight_people_in_each_group_on(people, there):
    found = make_shape(*people)
    assert (parts.MAP in {part.id for part in parts.tell(*vars(found).values())}) == there


@pytest.mark.parametrize("shape", ["thirty", "tops of three", "eight"])
def test_the_key_of_the_map_names_the_cards_of_three_quarters_in_the_customers_order(shape):
    found = result_of(shape)
    order, gaps = found.comparison.actual.order(), found.comparison.prediction.cards
    (key,) = (block for block in tell_map(found.comparison, found.deck, found.facts) if isinstance(block, Beside))
    for (title, named), zone in zip(key.columns, KEYED, strict=True):
        cards = [(found.deck[code],) for code in order if gaps[code].zone is zone]
        assert (title.words, named.lines) == (words.ZONE_TITLES[zone], tuple(cards or [plain("none")]))


def test_shares_and_mean_ranks_stand_with_their_ranges(full, result):
    table = told(full, parts.SHARES)
    for code in full.deck.codes:
        row = []
        for name in ("customers_own", "it_prediction"):
            card = result["lists"][name]["cards"][code]
            share, low, high = (half_up(100 * value) for value in (card["top_share"], *card["top_share_interval"]))
            row.append(f"{share:.0f} % ({low:.0f}–{high:.0f})")
            mean, low, high = (half_up(value, 1) for value in (card["mean_rank"], *card["mean_rank_interval"]))
            row.append(f"{half_up(100 * card['first_share']):.0f} % {mean:.1f} ({low:.1f}–{high:.1f})")
        assert f"{' '.join(row)}" in table, code


def test_with_few_people_the_table_of_ranges_is_left_out(make_workshop):
    found = make_workshop(n_it=4, n_customers=30)
    assert parts.SHARES not in {part.id for part in parts.tell(*vars(found).values())}


def test_the_moment_of_asking_stands_on_the_first_page(full):
    assert "Asked in a calm time (18) and a busy period (9)" in told(full, parts.FIRST)


def test_the_full_report_is_small_and_the_same_each_time(full):
    first, second = (build_pdf(full.comparison, full.deck, full.facts) for _ in range(2))
    assert first == second
    assert len(first) <= 300_000


def test_hostile_names_of_segments_are_shown_as_typed_and_stay_in_their_place(full):
    hostile = "<b>" + "W" * 80 + " & \u202eevil"
    result = full.comparison
    chain = tuple(replace(link, segment=hostile) for link in result.chain)
    scenarios = tuple(
        replace(one, name=f"without {hostile}" if one.name.startswith("without") else one.name)
        for one in result.weighting.scenarios
    )
    contested = tuple(replace(card, decided_by=hostile) for card in result.weighting.contested)
    weighting = replace(result.weighting, scenarios=scenarios, contested=contested, largest_segment=(hostile, 0.2))
    named = replace(full, comparison=replace(result, chain=chain, weighting=weighting))
    reader = read(named, parts=frozenset({parts.SEGMENTS}))
    page = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert f"Thelargestkindofcustomer,<b>{'W' * 80}&\ufffdevil,is20%" in page
    assert [page for page in reader.pages if "/Annots" in page] == []
