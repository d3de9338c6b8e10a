"""The next round, on SQLite and on PostgreSQL: only after the reveal, once, and every ballot in its own round."""

import json
from datetime import UTC, date, datetime

import pytest

from cardsort.analysis.jsonform import dumps
from cardsort.domain.agenda import Decision
from cardsort.domain.ballots import Ballot, Group, Moment
from cardsort.domain.errors import InvalidBallot, InvalidInput, NotFound, RoundOver, WrongStage
from cardsort.domain.rounds import Stage
from cardsort.domain.settings import Segment, Settings
from cardsort.domain.sources import Sources
from cardsort.store.ballots import StoredBallot
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading
from cardsort.usecases import agenda, voting, workshops
from cardsort.usecases.exports import ballots_csv
from cardsort.usecases.results import compare_groups
from cardsort.usecases.rounds import NextRound, shown_round, start_next_round
from cardsort.usecases.tokens import new_ballot_id, receipt_of
from tests.conftest import SECRET
from tests.store.test_casting import run_together

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
FIRST = ("A-01", "A-02", "A-03")
SECOND = ("S-01", "S-02", "A-03")
SETTINGS = Settings("Autumn", picks=3, expected_it=5, expected_customers=9)


class Room:
    """A workshop of three cards, with the people who vote in it."""

    def __init__(self, app, deck, settings=SETTINGS):
        self.app = app
        self.id = workshops.start_workshop(settings, deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id

    def door(self, group=Group.IT):
        return voting.find_voting(workshops.voting_access(self.id, secret=SECRET)[group].token, secret=SECRET)

    def cast(self, ranking, count, group, moment=None):
        for number in range(count):
            sent = StoredBallot(new_ballot_id(), Ballot(ranking, moment=moment))
            voting.cast_ballot(self.door(group), f"{group} {number}", sent)

    def reveal(self, now=NOW):
        for group in Group:
            workshops.lock_group(self.id, group, now=now)
        workshops.reveal(self.id, now=now)

    def next_round(self, after=1, **more):
        start_next_round(self.id, NextRound(after, **more), secret=SECRET)

    @property
    def found(self):
        return workshops.find_workshop(self.id)

    def result(self, number=None):
        return compare_groups(shown_round(self.found, number))


@pytest.fixture
def room(any_app, deck):
    with any_app.app_context():
        yield Room(any_app, deck)


def vote_in_the_first(room):
    room.cast(FIRST, 4, Group.IT)
    room.cast(FIRST, 5, Group.CUSTOMERS, Moment.CALM)
    room.reveal()
    return room


@pytest.fixture
def revealed(room):
    """Round 1: four of IT and five customers, revealed."""
    return vote_in_the_first(room)


def test_a_next_round_begins_after_the_reveal_only(room):
    for prepare in (lambda: None, lambda: workshops.lock_group(room.id, Group.IT, now=NOW)):
        prepare()
        with pytest.raises(WrongStage, match="Round 1 is not revealed yet"):
            room.next_round()
    assert room.found.round.number == 1
    room.reveal()
    room.next_round()
    assert room.found.round.number == 2
    with pytest.raises(WrongStage, match="Round 2 is not revealed yet"):
        room.next_round(after=2)


def test_a_next_round_is_empty_and_open_with_numbers_of_its_own(revealed):
    revealed.next_round(expected_it=7)
    found = revealed.found
    assert (found.round.stage, found.round.locked, found.core[Group.IT].n) == (Stage.PREPARING, {}, 0)
    assert (found.settings.expected_it, found.settings.expected_customers) == (7, None)
    assert revealed.door().open
    first = shown_round(found, 1)
    assert (first.settings.expected_it, first.settings.expected_customers) == (5, 9)
    assert (first.round.locked[Group.IT], first.core[Group.CUSTOMERS].n) == (NOW, 5)


def test_started_twice_it_is_started_once_and_its_links_are_made_once(revealed):
    before = workshops.voting_access(revealed.id, secret=SECRET)
    revealed.next_round(new_links=True)
    links = workshops.voting_access(revealed.id, secret=SECRET)
    revealed.next_round(new_links=True)
    assert revealed.found.round.number == 2
    assert workshops.voting_access(revealed.id, secret=SECRET) == links
    for group in Group:
        assert links[group].token != before[group].token
        with pytest.raises(NotFound):
            voting.find_voting(before[group].token, secret=SECRET)


def test_where_new_people_are_asked_the_old_link_for_one_kind_opens_nothing_either(any_app, deck):
    settings = Settings("Autumn", segments=(Segment("North"), Segment("South")))
    with any_app.app_context():
        room = Room(any_app, deck, settings)
        before = workshops.segment_access(room.id, secret=SECRET)
        room.reveal()
        room.next_round(new_links=True)
        after = workshops.segment_access(room.id, secret=SECRET)
        for kind in (1, 2):
            assert voting.find_voting(after[kind].token, secret=SECRET).segment == kind
            with pytest.raises(NotFound):
                voting.find_voting(before[kind].token, secret=SECRET)


def test_ten_starts_at_once_make_one_round(any_app, revealed):
    def start():
        with any_app.app_context():
            revealed.next_round(new_links=True)

    run_together([start] * 10)
    assert revealed.found.round.number == 2
    revealed.cast(FIRST, 1, Group.IT)
    assert revealed.found.core[Group.IT].n == 1


def test_with_the_same_links_everybody_votes_again(revealed):
    door = revealed.door()
    revealed.next_round()
    assert revealed.door().token == door.token
    revealed.cast(SECOND, 4, Group.IT)
    assert revealed.found.core == {Group.IT: Sources(sent=4), Group.CUSTOMERS: Sources()}
    assert voting.load_respondent(revealed.door(), "it 0").sent.ranking == SECOND


def test_what_was_sent_or_drafted_before_is_not_in_the_new_round(revealed):
    revealed.next_round()
    assert voting.load_respondent(revealed.door(), "it 0") == voting.Respondent(None, None)
    with pytest.raises(RoundOver):
        voting.keep_draft(revealed.door(), "it 0", "{}", of_round=1)
    assert voting.load_respondent(revealed.door(), "it 0").draft is None


def test_a_ballot_filled_in_for_the_round_before_is_not_counted(revealed):
    revealed.next_round()
    sent = StoredBallot(new_ballot_id(), Ballot(SECOND))
    with pytest.raises(RoundOver, match="was for round 1, and it is round 2 now"):
        voting.cast_ballot(revealed.door(), "it 0", sent, of_round=1)
    assert revealed.found.core[Group.IT].n == 0
    assert shown_round(revealed.found, 1).core[Group.IT].n == 4


def test_what_the_round_before_has_stored_still_gets_its_receipt_and_counts_there_alone(room):
    sent = StoredBallot(new_ballot_id(), Ballot(FIRST))
    voting.cast_ballot(room.door(), "me", sent)
    room.reveal()
    room.next_round()
    again = voting.cast_ballot(room.door(), "me", sent, of_round=1)
    assert (again.receipt, again.new) == (receipt_of(sent.id), False)
    with pytest.raises(InvalidBallot, match="sent for another round"):
        voting.cast_ballot(room.door(), "me", sent, of_round=2)
    assert room.found.core[Group.IT].n == 0


def test_of_the_new_round_nothing_is_read_before_its_reveal(any_app, revealed, deck):
    alone = vote_in_the_first(Room(any_app, deck))
    revealed.next_round()
    revealed.cast(SECOND, 4, Group.IT)
    revealed.cast(SECOND, 6, Group.CUSTOMERS, Moment.BUSY)
    for number in (None, 1):
        found, expected = revealed.result(number), alone.result()
        assert (dumps(found.comparison), found.facts) == (dumps(expected.comparison), expected.facts)
        assert [one.round for one in found.comparison.rounds] == [1]
        exported = ballots_csv(shown_round(revealed.found, number))
        assert sorted(exported.split()) == sorted(ballots_csv(alone.found).split())
    with reading() as session:
        assert read_ballots(session, revealed.id, deck.size, Settings(""), through_round=1).n == 9
        assert read_ballots(session, revealed.id, deck.size, Settings("")).n == 19
    for number in (2, 3):
        with pytest.raises(WrongStage):
            shown_round(revealed.found, number)
    with pytest.raises(WrongStage):
        compare_groups(revealed.found)
    with pytest.raises(WrongStage):
        ballots_csv(revealed.found)


def test_after_the_reveal_both_rounds_are_read_each_with_its_own_facts(revealed):
    first = dumps(revealed.result().comparison)
    revealed.next_round(expected_it=4)
    revealed.cast(SECOND, 4, Group.IT)
    revealed.cast(FIRST, 6, Group.CUSTOMERS, Moment.BUSY)
    revealed.reveal(LATER)
    second = revealed.result()
    rounds = [(one.round, one.hits, one.n_it, one.n_customers) for one in second.comparison.rounds]
    assert rounds == [(1, 3.0, 4, 5), (2, 1.0, 4, 6)]
    assert second.comparison.rounds[1].hits_change.value == -2
    assert (second.facts.round, second.facts.locked[Group.IT], second.facts.expected) == (2, LATER, {Group.IT: 4})
    assert second.facts.times == {1: {"calm": 1.0}, 2: {"busy": 1.0}}
    with pytest.raises(WrongStage, match="There is no result of a round 3 to see"):
        shown_round(revealed.found, 3)
    earlier = revealed.result(1)
    assert dumps(earlier.comparison) == first
    assert earlier.facts.times == {1: {"calm": 1.0}}
    assert (earlier.facts.round, earlier.facts.locked[Group.IT]) == (1, NOW)
    assert earlier.facts.expected == {Group.IT: 5, Group.CUSTOMERS: 9}


def test_a_round_in_which_nobody_voted_does_not_show_the_one_before_as_its_own(revealed):
    revealed.next_round()
    revealed.reveal(LATER)
    found = revealed.result()
    assert (found.comparison.round, found.comparison.lists) == (2, {})
    assert ballots_csv(shown_round(revealed.found)).count("\n") == 1
    assert json.loads(dumps(revealed.result(1).comparison))["comparison"]["hits"] == 3


def test_a_published_answer_shows_the_places_of_its_own_round(revealed):
    agenda.put_on_agenda(revealed.found, "A-02")
    agenda.change_item(revealed.found, 1, "A-02", {"decision": Decision.DO, "action": "Ask"}, today=NOW.date())
    agenda.publish(revealed.found, today=NOW.date())
    revealed.next_round()
    revealed.cast(SECOND, 6, Group.CUSTOMERS)
    for reveal in (lambda: None, lambda: revealed.reveal(LATER)):
        reveal()
        answer = agenda.read_answer(revealed.found)
        assert (answer.round, [entry.code for entry in answer.top]) == (1, list(FIRST))
        assert [entry.item and entry.item.action for entry in answer.top] == [None, "Ask", None]
    assert [entry.code for entry in agenda.preview_answer(revealed.found).top] == list(SECOND)


def test_the_newest_published_answer_is_read_and_only_earlier_rounds_promises_are_left_open(revealed):
    def agree(number, code):
        agenda.put_on_agenda(revealed.found, code)
        agenda.change_item(revealed.found, number, code, {"decision": Decision.DO, "action": "Ask"}, today=NOW.date())
        agenda.publish(revealed.found, today=NOW.date())

    agree(1, "A-02")
    revealed.next_round()
    revealed.cast(SECOND, 6, Group.CUSTOMERS)
    revealed.reveal(LATER)
    agree(2, "S-01")
    answer = agenda.read_answer(revealed.found)
    assert (answer.round, [entry.code for entry in answer.top if entry.item]) == (2, ["S-01"])
    left = agenda.open_promises(revealed.found, LATER.date())
    assert [(promise.round, promise.item.code) for promise in left] == [(1, "A-02")]
    agenda.take_back(revealed.found)
    assert agenda.read_answer(revealed.found).round == 1


def test_each_round_counts_its_own_ballots_of_every_kind(any_app, deck):
    kinds = (Segment("North"), Segment("South"))
    settings = Settings(
        "Autumn", picks=3, segments=kinds, question_it_own="Yours?", question_customers_prediction="IT’s?"
    )
    with any_app.app_context():
        room = Room(any_app, deck, settings)

        def vote(number, segment):
            key, customers, it = f"{number} {segment}", room.door(Group.CUSTOMERS), room.door()
            for voter, of in ((customers, segment), (voting.turn_to_second(customers), None), (it, None)):
                voting.cast_ballot(voter, key, StoredBallot(new_ballot_id(), Ballot(FIRST)), segment=of)
            voting.cast_ballot(voting.turn_to_second(it), key, StoredBallot(new_ballot_id(), Ballot(FIRST)))

        for number, segments in ((1, (1, 1, 2)), (2, (2, 2))):
            for place, segment in enumerate(segments):
                vote(10 * number + place, segment)
            if number == 1:
                room.reveal()
                room.next_round()
        first, second = shown_round(room.found, 1), room.found
    kinds = [[kind.n for kind in found.segment_sources[Group.CUSTOMERS]] for found in (first, second)]
    assert kinds == [[2, 1], [0, 2]]
    for found, n in ((first, 3), (second, 2)):
        assert {group: one.n for group, one in found.core.items()} == dict.fromkeys(Group, n)
        assert {group: one.n for group, one in found.second.items()} == dict.fromkeys(Group, n)
    assert (first.round.ballots, second.round.ballots) == (12, 8)


def test_the_time_of_a_round_is_not_told_where_one_answer_is_of_too_few(revealed):
    revealed.next_round()
    revealed.cast(FIRST, 4, Group.CUSTOMERS, Moment.CALM)
    for number in (10, 11):
        sent = StoredBallot(new_ballot_id(), Ballot(FIRST, moment=Moment.OUTAGE))
        voting.cast_ballot(revealed.door(Group.CUSTOMERS), f"other {number}", sent)
    revealed.reveal(LATER)
    assert revealed.result().facts.times == {1: {"calm": 1.0}, 2: {}}


def test_it_is_told_where_each_answer_is_of_as_many_as_may_be_shown(room):
    room.cast(FIRST, 3, Group.IT)
    room.cast(FIRST, 3, Group.CUSTOMERS, Moment.CALM)
    for number in range(3):
        sent = StoredBallot(new_ballot_id(), Ballot(FIRST, moment=Moment.OUTAGE))
        voting.cast_ballot(room.door(Group.CUSTOMERS), f"other {number}", sent)
    room.reveal()
    assert room.result().facts.times == {1: {"calm": 0.5, "outage": 0.5}}


def test_numbers_of_people_that_cannot_be_start_nothing(revealed):
    with pytest.raises(InvalidInput, match="1 to 1,000,000, or empty"):
        revealed.next_round(expected_customers=0)
    assert revealed.found.round.number == 1


def test_the_day_of_a_result_is_that_of_the_last_lock(room):
    room.cast(FIRST, 4, Group.IT)
    workshops.lock_group(room.id, Group.IT, now=NOW)
    workshops.lock_group(room.id, Group.CUSTOMERS, now=LATER)
    workshops.reveal(room.id, now=LATER)
    assert room.result().facts.date == LATER.date()
