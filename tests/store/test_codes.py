"""One-time codes in the database, on SQLite and on PostgreSQL: each sends one ballot, and no row joins the two."""

import secrets
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from cardsort.domain.ballots import Ballot, Group
from cardsort.domain.errors import AlreadySent, InvalidInput, WrongCode, WrongStage
from cardsort.domain.settings import Settings
from cardsort.store.ballots import StoredBallot
from cardsort.store.codes import delete_code
from cardsort.store.engine import reading, writing
from cardsort.store.models import Base, OneTimeCodeRow
from cardsort.store.workshops import load_workshop
from cardsort.usecases import codes, workshops
from cardsort.usecases.rounds import NextRound, start_next_round
from cardsort.usecases.tokens import new_ballot_id
from cardsort.usecases.voting import cast_ballot, find_voting, keep_draft, turn_to_second
from tests.conftest import SECRET
from tests.store.test_casting import run_together, stored_ids

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
THREE, OTHER = ("A-01", "B-02", "C-03"), ("S-01", "S-02", "S-03")


@pytest.fixture
def workshop_id(any_app, deck):
    settings = Settings("Autumn", question_customers_prediction="What will IT say?")
    with any_app.app_context():
        yield workshops.start_workshop(settings, deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id


def make(workshop_id, count=1):
    """Makes codes: the new ones."""
    codes.make_codes(workshop_id, count, secret=SECRET)
    workshop = the_workshop(workshop_id)
    return codes.codes_of(workshop, max(codes.count_codes(workshop).batches), secret=SECRET)


def the_workshop(workshop_id):
    with reading() as session:
        return load_workshop(session, workshop_id)


def counts(workshop_id):
    """How many codes the present round has, and how many of them are used: the database alone tells that."""
    here = workshop_id, the_workshop(workshop_id).round.number
    used = [row.used for row in code_rows() if (row.workshop_id, row.round_number) == here]
    return len(used), sum(used)


def door(workshop_id, group=Group.CUSTOMERS):
    return find_voting(workshops.voting_access(workshop_id, secret=SECRET)[group].token, secret=SECRET)


def ballot(ranking=THREE, ballot_id=None):
    return StoredBallot(ballot_id or new_ballot_id(), Ballot(ranking))


def cast(workshop_id, key, typed, sent=None, **more):
    return cast_ballot(door(workshop_id), key, sent or ballot(), code=codes.hash_typed(typed, secret=SECRET), **more)


def test_codes_are_made_in_any_number_and_all_differ(workshop_id):
    first, second = make(workshop_id, 5000), make(workshop_id, 7)
    assert [len(first), len(second), len({*first, *second})] == [5000, 7, 5007]
    assert codes.codes_of(the_workshop(workshop_id), secret=SECRET) == [*first, *second]
    assert codes.count_codes(the_workshop(workshop_id)).batches == {1: 5000, 2: 7}
    assert counts(workshop_id) == (5007, 0)


def test_codes_that_are_made_where_earlier_ones_are_gone_share_no_number_with_others(workshop_id):
    lost, kept = make(workshop_id), make(workshop_id, 2)
    with writing() as session:
        delete_code(session, codes.hash_typed(lost[0], secret=SECRET))
    made = make(workshop_id)
    assert codes.count_codes(the_workshop(workshop_id)).batches == {2: 2, 3: 1}
    assert codes.codes_of(the_workshop(workshop_id), 2, secret=SECRET) == kept
    assert codes.codes_of(the_workshop(workshop_id), 3, secret=SECRET) == made


@pytest.mark.parametrize("count", [None, 0, 5001])
def test_another_number_is_refused(workshop_id, count):
    with pytest.raises(InvalidInput, match="from 1 to 5,000 at a time"):
        codes.make_codes(workshop_id, count, secret=SECRET)
    assert counts(workshop_id) == (0, 0)


def test_a_round_takes_codes_up_to_its_bound(workshop_id, monkeypatch):
    monkeypatch.setattr(codes, "MOST", 7)
    assert len(make(workshop_id, 5)) == 5
    with pytest.raises(InvalidInput, match="A round can have 7 codes, and this one has 5"):
        make(workshop_id, 3)
    assert len(make(workshop_id, 2)) == 2
    assert counts(workshop_id) == (7, 0)


def test_a_code_sends_one_ballot_and_no_second_one(workshop_id):
    (code,) = make(workshop_id)
    sent = cast(workshop_id, "one", code.lower().replace("-", " "))
    assert counts(workshop_id) == (1, 1)
    with pytest.raises(WrongCode) as refused:
        cast(workshop_id, "two", code)
    assert str(refused.value) == codes.USED
    assert stored_ids(workshop_id) == [sent.id]


@pytest.mark.parametrize(
    ("typed", "sentence"), [("", codes.MISSING), ("K7Q2-M9XT", codes.UNKNOWN), ("?", codes.UNKNOWN)]
)
def test_without_a_good_code_nothing_is_stored(workshop_id, typed, sentence):
    make(workshop_id)
    with pytest.raises(WrongCode) as refused:
        cast(workshop_id, "one", typed)
    assert str(refused.value) == sentence
    assert stored_ids(workshop_id) == []
    assert counts(workshop_id) == (1, 0)


def test_a_ballot_that_is_not_stored_leaves_its_code_unused(workshop_id):
    (code,) = make(workshop_id)
    with pytest.raises(InvalidInput):
        cast(workshop_id, "one", code, ballot(("A-01", "A-02")))
    workshops.lock_group(workshop_id, Group.CUSTOMERS, now=NOW)
    with pytest.raises(Exception, match="locked"):
        cast(workshop_id, "one", code)
    assert counts(workshop_id) == (1, 0)


def test_a_lost_answer_still_gets_its_receipt_and_ones_own_ballot_is_replaced_without_a_second_code(workshop_id):
    first, *_ = make(workshop_id, 2)
    sent = ballot()
    receipt = cast(workshop_id, "one", first, sent).receipt
    assert cast(workshop_id, "one", first, sent).receipt == receipt
    assert cast(workshop_id, "one", "", sent).receipt == receipt
    with pytest.raises(AlreadySent):
        cast(workshop_id, "one", "", ballot(OTHER))
    again = cast(workshop_id, "one", "", ballot(OTHER), replace=True)
    assert stored_ids(workshop_id) == [again.id]
    assert counts(workshop_id) == (2, 1)


def test_a_second_ballot_comes_with_the_first_ones_code_and_alone_needs_one(workshop_id):
    (code,) = make(workshop_id)
    second = turn_to_second(door(workshop_id))
    with pytest.raises(WrongCode):
        cast_ballot(second, "one", ballot())
    cast(workshop_id, "one", code)
    cast_ballot(second, "one", ballot())
    assert len(stored_ids(workshop_id)) == 2


@pytest.mark.parametrize("turn", range(4))
def test_many_people_with_one_code_at_once_send_exactly_one_ballot(any_app, workshop_id, turn):
    code = make(workshop_id, turn + 1)[0]
    acknowledged, refused = [], []

    def send(number):
        with any_app.app_context():
            try:
                acknowledged.append(cast(workshop_id, f"key {number}", code).id)
            except WrongCode as error:
                refused.append(str(error))

    run_together([lambda number=number: send(number) for number in range(8)])
    assert stored_ids(workshop_id) == acknowledged
    assert (len(acknowledged), refused) == (1, [codes.USED] * 7)
    assert counts(workshop_id) == (turn + 1, 1)


def test_codes_cannot_be_switched_on_or_off_after_the_first_customer(workshop_id):
    make(workshop_id)
    codes.do_without_codes(workshop_id)
    assert counts(workshop_id) == (0, 0)
    cast(workshop_id, "one", "")
    with pytest.raises(WrongStage) as refused:
        make(workshop_id)
    assert str(refused.value) == codes.TOO_LATE


def test_more_can_be_made_later_and_none_taken_back(workshop_id):
    (code,) = make(workshop_id)
    cast(workshop_id, "one", code)
    (fresh,) = make(workshop_id)
    assert fresh != code
    with pytest.raises(WrongStage):
        codes.do_without_codes(workshop_id)
    assert counts(workshop_id) == (2, 1)


def test_codes_are_made_while_customers_send_and_then_nobody_has_slipped_through(any_app, workshop_id):
    refused = []

    def send(number):
        with any_app.app_context():
            try:
                cast(workshop_id, f"key {number}", "")
            except WrongCode:
                refused.append(number)

    def begin():
        with any_app.app_context():
            try:
                codes.make_codes(workshop_id, 3, secret=SECRET)
            except WrongStage:
                refused.append("codes")

    run_together([begin, *[lambda number=number: send(number) for number in range(6)]])
    assert len(stored_ids(workshop_id)) == (6 if refused == ["codes"] else 0)


def test_it_and_ballots_from_the_desk_need_none(workshop_id):
    make(workshop_id)
    cast_ballot(door(workshop_id, Group.IT), "it", ballot())
    cast_ballot(door(workshop_id), "paper", ballot(), code=None)
    assert len(stored_ids(workshop_id)) == 2
    assert counts(workshop_id) == (1, 0)


def test_codes_belong_to_their_round(workshop_id):
    (code,) = make(workshop_id)
    for group in Group:
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)
    with pytest.raises(WrongStage):
        make(workshop_id)
    start_next_round(workshop_id, NextRound(after=1), secret=SECRET)
    assert counts(workshop_id) == (0, 0)
    cast(workshop_id, "free", "")
    with pytest.raises(WrongCode):
        codes.check_code(the_workshop(workshop_id), codes.hash_typed(code, secret=SECRET))


def test_a_code_of_the_round_before_sends_nothing_in_a_round_with_codes_of_its_own(workshop_id):
    (old,) = make(workshop_id)
    for group in Group:
        workshops.lock_group(workshop_id, group, now=NOW)
    workshops.reveal(workshop_id, now=NOW)
    start_next_round(workshop_id, NextRound(after=1), secret=SECRET)
    make(workshop_id, 2)
    with pytest.raises(WrongCode) as refused:
        cast(workshop_id, "one", old, of_round=2)
    assert str(refused.value) == codes.UNKNOWN
    assert (counts(workshop_id), stored_ids(workshop_id)) == ((2, 0), [])


def test_what_it_has_sent_keeps_nobody_from_making_codes_or_taking_them_back(workshop_id):
    cast_ballot(door(workshop_id, Group.IT), "it", ballot())
    make(workshop_id, 3)
    codes.do_without_codes(workshop_id)
    assert counts(workshop_id) == (0, 0)


def test_who_has_sent_as_it_needs_a_code_as_a_customer_all_the_same(workshop_id):
    make(workshop_id)
    cast_ballot(door(workshop_id, Group.IT), "one", ballot())
    assert codes.asks_code(the_workshop(workshop_id), Group.CUSTOMERS, "one")
    with pytest.raises(WrongCode):
        cast(workshop_id, "one", "")


def test_checking_uses_nothing_up_and_tells_nobody_what_is_used(workshop_id):
    (code,) = make(workshop_id)
    for _ in range(3):
        codes.check_code(the_workshop(workshop_id), codes.hash_typed(code, secret=SECRET))
    cast(workshop_id, "one", code)
    codes.check_code(the_workshop(workshop_id), codes.hash_typed(code, secret=SECRET))


def test_no_row_joins_a_code_with_a_person_or_a_ballot(workshop_id):
    code = make(workshop_id, 9)[4]
    keep_draft(door(workshop_id), "one", '{"step":"rank"}')
    before = set(code_rows())
    sent = cast(workshop_id, "one", code)
    changed = set(code_rows()) - before
    assert [row.used for row in changed] == [True]
    traces = {value for row in changed for value in row if isinstance(value, bytes)} | {code, code.replace("-", "")}
    assert len(traces) == 4
    with reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name != "one_time_code":
                for row in session.execute(select(table)):
                    assert not any(trace == value or str(trace) in str(value) for trace in traces for value in row)
    assert not any(sent.id in str(value) for row in code_rows() for value in row)


def code_rows():
    with reading() as session:
        return list(session.execute(select(OneTimeCodeRow.__table__)))


def test_a_code_that_another_workshop_has_is_made_anew(workshop_id, deck, monkeypatch):
    """No rule of the database keeps two workshops from one code: their rows may lie on different machines."""
    nonces = iter([b"a" * 16, b"a" * 16, b"b" * 16])
    other = workshops.start_workshop(Settings("Spring"), deck, secret=SECRET, today=date(2026, 5, 4)).workshop_id
    monkeypatch.setattr(secrets, "token_bytes", lambda _size: next(nonces))
    (first,), (second,) = make(workshop_id), make(other)
    assert first != second
