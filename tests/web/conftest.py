"""A workshop to visit, and visitors of every kind."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from cardsort.domain.ballots import Group
from cardsort.usecases.workshops import voting_access
from tests.conftest import client_of

ID = "0123456789abcdef0123456789abcdef"


@dataclass
class Room:
    """A workshop with its facilitator's client and its two voting links."""

    app: object
    desk: str
    facilitator: FlaskClient
    it: str
    customers: str

    def get(self, path):
        return self.facilitator.get(self.desk + path)

    def post(self, path, **form):
        return self.facilitator.post(self.desk + path, data=form)

    def stranger(self):
        return client_of(self.app)

    def cast(self, link, ranking, number, **more):
        """One more person sends a ballot."""
        kind = "prediction" if link == self.it else "own"
        body = {"id": f"{number:032x}", "kind": kind, "ranking": ranking, **more}
        return self.stranger().post(f"{link}/ballots", json=body)

    def reveal(self):
        for step in ("/lock/it", "/lock/customers", "/reveal"):
            assert self.post(step).status_code == 303


def open_room(app, **settings):
    client = client_of(app)
    answer = client.post("/new", data={"name": "Autumn", "organisation": "Harbour", **settings})
    assert answer.status_code == 303, answer.text
    desk = answer.location.rsplit("/", 1)[0]
    with app.app_context():
        doors = voting_access(desk.rsplit("/", 1)[1], secret=app.config["CARDSORT"].secret)
    return Room(app, desk, client, *(f"/v/{doors[group].token}" for group in (Group.IT, Group.CUSTOMERS)))


@pytest.fixture
def room(app):
    return open_room(app)
