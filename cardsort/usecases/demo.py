"""An example workshop to look at: invented people, drawn with a seed, voting through the same steps as real ones."""

import random
from datetime import datetime

from cardsort.domain.ballots import Ballot, Group
from cardsort.domain.cards import Deck
from cardsort.domain.workshops import ChainKind, Segment, Settings
from cardsort.language import present
from cardsort.store.ballots import StoredBallot
from cardsort.usecases.invented import People
from cardsort.usecases.tokens import new_key
from cardsort.usecases.voting import Voting, cast_ballot, find_voting
from cardsort.usecases.workshops import Started, lock_group, reveal, start_workshop, voting_access

SEED = 13
SEGMENTS = (
    Segment("Sales and service teams", ChainKind.INTERNAL),
    Segment("Business units", ChainKind.BUSINESS),
    Segment("Paying customers", ChainKind.PAYING),
)
IT_PEOPLE = 24
CUSTOMERS = (22, 20, 18)
REMARKS = {  # what somebody wrote about a card
    "A-01": "My screen was mended within the hour. The till took two days.",
    "A-02": "It was done well. We had asked for something else.",
    "A-03": "I asked who it is for. I was told which server.",
    "A-04": "My customer at the counter still waits, and all are content.",
    "A-05": "They sent me the log. The printer was still dead.",
    "A-06": "I would have paid for it, had anybody named a price.",
    "A-07": "The third system in six years, and the same mess in it.",
    "A-08": "They say “the business”, as if they lived elsewhere.",
    "A-09": "I enter every order twice: in the new one and in the old one.",
    "A-10": "It took three of us before anybody believed it.",
    "A-11": "Only Mr Berg knows it, and he is on leave until May.",
    "A-12": "I wanted one column. Now there is a steering group.",
    "A-13": "My password is on a note, like everybody’s.",
    "B-01": "I never got to the part that mattered.",
    "B-02": "I have learned to ring every day, else nothing happens.",
    "B-03": "Everybody was friendly. It still took nine days.",
    "B-04": "I asked when. I was told about middleware.",
    "B-05": "On Thursday all was fine. On Friday it was off.",
    "B-06": "By Friday, they said. They did not say which one.",
    "B-07": "They said yes in March. I am still in the queue.",
    "B-08": "A no, and I was alone with my problem.",
    "B-09": "They had the warning on Tuesday. We had the outage on Thursday.",
    "B-10": "Twelve pages, and I do not know what I would get.",
    "B-11": "I plan half an hour for every call to the help desk.",
    "B-12": "On Monday the button was gone. Nobody had told us.",
    "B-13": "On the last day of the month it happens every time.",
    "C-01": "In four years nobody has asked me.",
    "C-02": "I had it in writing. The person on the phone had not.",
    "C-03": "Last quarter this cost us a delivery, and nobody said a word.",
    "C-04": "All green, they say. I was stuck for two days.",
    "C-05": "In December I hang up after forty minutes.",
    "C-06": "I pay my share and cannot say for what.",
    "C-07": "Every year a little more, and never a question.",
    "C-08": "My new colleague read the paper for three weeks.",
    "C-09": "The posters still hang. Nothing else is left of it.",
    "C-10": "Three people explained why it was not them.",
    "C-11": "There was cake for the rescue. The cause is still there.",
    "C-12": "They have certificates. I have the same old form.",
    "C-13": "I was to report my dead laptop on my laptop.",
    "S-01": "The director’s phone came first. Our shift stood still.",
    "S-02": "We mark everything as urgent. What else would be read?",
    "S-03": "I was sent to the meeting because I had time. I knew nothing.",
    "S-04": "My note must still hang somewhere.",
    "S-05": "We told them a week before the opening.",
    "S-06": "He opened the meeting and left.",
    "S-07": "Each firm sends me to the other.",
    "S-08": "In the end we bought our own tool.",
    "S-09": "We wanted the one from the trade fair. Now nobody uses it.",
    "S-10": "I did not know that my special list costs so much.",
    "S-11": "Two clicks before, nine now. I have counted.",
    "S-12": "It went live on a Friday. On Monday nobody was there to ask.",
    "S-13": "Every answer is an invoice.",
}


def start_example(deck: Deck, *, secret: bytes, now: datetime) -> Started:
    """A revealed example workshop: 24 IT predictions and 60 customer ballots in three segments, always the same."""
    settings = Settings(
        name="Example: the autumn workshop",
        organisation="Harbour & Sons (invented)",
        expected_it=26,
        expected_customers=80,
        segments=SEGMENTS,
        example=True,
        language=present(),
    )
    started = start_workshop(settings, deck, secret=secret, today=now.date())
    access = voting_access(started.workshop_id, secret=secret)
    room = random.Random(SEED)  # noqa: S311  invented ballots, not secrets
    people = People(deck, room, kinds=len(SEGMENTS), picks=settings.picks, says=lambda code: REMARKS.get(code, ""))
    staff = find_voting(access[Group.IT].token, secret=secret)
    for _ in range(IT_PEOPLE):
        _cast(staff, people.staff(), room)
    customers = find_voting(access[Group.CUSTOMERS].token, secret=secret)
    for number, size in enumerate(CUSTOMERS, start=1):
        for _ in range(size):
            _cast(customers, people.customer(number), room, segment=number)
    for group in Group:
        lock_group(started.workshop_id, group, now=now)
    reveal(started.workshop_id, now=now)
    return started


def _cast(voting: Voting, ballot: Ballot, room: random.Random, segment: int | None = None) -> None:
    cast_ballot(voting, new_key(), StoredBallot(f"{room.getrandbits(128):032x}", ballot), segment=segment)
