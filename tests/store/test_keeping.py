"""A workshop past its date is deleted; one that is kept longer at that moment is not."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import event

from cardsort.domain.errors import NotFound
from cardsort.domain.settings import Settings
from cardsort.store.models import db
from cardsort.usecases.workshops import find_workshop, set_deletion, start_workshop, tidy_up
from tests.conftest import SECRET

NOW = datetime(2026, 5, 4, 14, 2, tzinfo=UTC)
LATER = NOW.date() + timedelta(days=30)


def test_a_workshop_that_is_kept_longer_while_those_past_their_date_are_looked_up_stays(postgres_app, deck):
    with postgres_app.app_context():
        kept, gone = (
            start_workshop(Settings(name), deck, secret=SECRET, today=NOW.date() - timedelta(days=731)).workshop_id
            for name in ("Autumn", "Winter")
        )
        tidying = []

        def keep():
            with postgres_app.app_context():
                set_deletion(kept, LATER, today=NOW.date())

        def look_up(_connection, _cursor, statement, *_rest):
            if "workshop.delete_on <=" in statement and not tidying:
                tidying.append(Thread(target=keep))
                tidying[0].start()
                tidying[0].join()

        event.listen(db.engine, "after_cursor_execute", look_up)
        assert tidy_up(now=NOW, clock_is_right=True) == 1
        assert find_workshop(kept).delete_on == LATER
        with pytest.raises(NotFound):
            find_workshop(gone)
