"""What runs with every card that somebody moves finds its row by an index, however many have voted."""

import pytest

from cardsort.store import ballots, links, workshops
from cardsort.store.models import db

BY_INDEX = {
    "the person": (ballots._PERSON, ["workshop_id=? AND key_hash=?"]),
    "the draft": (ballots._DRAFT, ["workshop_id=? AND round_number=? AND respondent_id=? AND group=? AND kind=?"]),
    "both earlier ballots": (
        ballots._BALLOTS,
        ["workshop_id=? AND id=?", "workshop_id=? AND round_number=? AND respondent_id=? AND kind=? AND group=?"],
    ),
    "the link": (links._BY_TOKEN, ["token_hash=?"]),
    # the last three: SQLite would look for rows that lack this person, and skips it as no row can
    "the round, the link and the person": (
        workshops._share("sqlite"),
        ["workshop_id=?", "token_hash=?", "workshop_id=?", "workshop_id=?", "workshop_id=?"],
    ),
    "the rounds, their locks and whether they have codes": (
        workshops._ROUNDS,
        ["workshop_id=?", "workshop_id=? AND round_number=?", "workshop_id=? AND round_number=?"],
    ),
}


@pytest.mark.parametrize("what", BY_INDEX)
def test_it_is_searched_by_its_whole_key(app, what):
    statement, keys = BY_INDEX[what]
    with app.app_context(), db.engine.connect() as connection:
        sql = str(statement.compile(db.engine))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("",) * sql.count("?")).all()
    steps = [step for *_, step in plan if step.startswith(("SEARCH", "SCAN"))]
    assert [step.rsplit("(", 1)[1].split(")")[0] for step in steps] == keys
