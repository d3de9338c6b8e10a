"""An example workshop to look at: invented people, drawn with a seed, voting through the same steps as real ones."""

import random
from dataclasses import replace
from datetime import datetime

from cardsort.domain.ballots import Ballot, Group
from cardsort.domain.cards import Deck
from cardsort.domain.settings import ChainKind, Segment, Settings
from cardsort.language import N_, _, present
from cardsort.store.ballots import StoredBallot
from cardsort.usecases.invented import People
from cardsort.usecases.tokens import new_key
from cardsort.usecases.voting import Voting, cast_ballot, find_voting
from cardsort.usecases.workshops import Started, lock_group, reveal, start_workshop, voting_access

SEED = 13
SEGMENTS = (
    Segment(N_("Sales and service teams"), ChainKind.INTERNAL),
    Segment(N_("Business units"), ChainKind.BUSINESS),
    Segment(N_("Paying customers"), ChainKind.PAYING),
)
IT_PEOPLE = 24
CUSTOMERS = (22, 20, 18)
REMARKS = {  # what somebody wrote about a card
    "A-01": N_("My screen was mended within the hour. The till took two days."),
    "A-02": N_("It was done well. We had asked for something else."),
    "A-03": N_("I asked who it is for. I was told which server."),
    "A-04": N_("My customer at the counter still waits, and all are content."),
    "A-05": N_("They sent me the log. The printer was still dead."),
    "A-06": N_("I would have paid for it, had anybody named a price."),
    "A-07": N_("The third system in six years, and the same mess in it."),
    "A-08": N_("They say “the business”, as if they lived elsewhere."),
    "A-09": N_("I enter every order twice: in the new one and in the old one."),
    "A-10": N_("It took three of us before anybody believed it."),
    "A-11": N_("Only Mr Berg knows it, and he is on leave until May."),
    "A-12": N_("I wanted one column. Now there is a steering group."),
    "A-13": N_("My password is on a note, like everybody’s."),
    "B-01": N_("I never got to the part that mattered."),
    "B-02": N_("I have learned to ring every day, else nothing happens."),
    "B-03": N_("Everybody was friendly. It still took nine days."),
    "B-04": N_("I asked when. I was told about middleware."),
    "B-05": N_("On Thursday all was fine. On Friday it was off."),
    "B-06": N_("By Friday, they said. They did not say which one."),
    "B-07": N_("They said yes in March. I am still in the queue."),
    "B-08": N_("A no, and I was alone with my problem."),
    "B-09": N_("They had the warning on Tuesday. We had the outage on Thursday."),
    "B-10": N_("Twelve pages, and I do not know what I would get."),
    "B-11": N_("I plan half an hour for every call to the help desk."),
    "B-12": N_("On Monday the button was gone. Nobody had told us."),
    "B-13": N_("On the last day of the month it happens every time."),
    "C-01": N_("In four years nobody has asked me."),
    "C-02": N_("I had it in writing. The person on the phone had not."),
    "C-03": N_("Last quarter this cost us a delivery, and nobody said a word."),
    "C-04": N_("All green, they say. I was stuck for two days."),
    "C-05": N_("In December I hang up after forty minutes."),
    "C-06": N_("I pay my share and cannot say for what."),
    "C-07": N_("Every year a little more, and never a question."),
    "C-08": N_("My new colleague read the paper for three weeks."),
    "C-09": N_("The posters still hang. Nothing else is left of it."),
    "C-10": N_("Three people explained why it was not them."),
    "C-11": N_("There was cake for the rescue. The cause is still there."),
    "C-12": N_("They have certificates. I have the same old form."),
    "C-13": N_("I was to report my dead laptop on my laptop."),
    "S-01": N_("The director’s phone came first. Our shift stood still."),
    "S-02": N_("We mark everything as urgent. What else would be read?"),
    "S-03": N_("I was sent to the meeting because I had time. I knew nothing."),
    "S-04": N_("My note must still hang somewhere."),
    "S-05": N_("We told them a week before the opening."),
    "S-06": N_("He opened the meeting and left."),
    "S-07": N_("Each firm sends me to the other."),
    "S-08": N_("In the end we bought our own tool."),
    "S-09": N_("We wanted the one from the trade fair. Now nobody uses it."),
    "S-10": N_("I did not know that my special list costs so much."),
    "S-11": N_("Two clicks before, nine now. I have counted."),
    "S-12": N_("It went live on a Friday. On Monday nobody was there to ask."),
    "S-13": N_("Every answer is an invoice."),
}


def start_example(deck: Deck, *, secret: bytes, now: datetime) -> Started:
    """A revealed example workshop: 24 IT predictions and 60 customer ballots in three segments, always the same."""
    settings = Settings(
        name=_("Example: the autumn workshop"),
        organisation=_("Harbour & Sons (invented)"),
        expected_it=26,
        expected_customers=80,
        segments=tuple(replace(segment, name=_(segment.name)) for segment in SEGMENTS),
        example=True,
        language=present(),
    )
    started = start_workshop(settings, deck, secret=secret, today=now.date())
    access = voting_access(started.workshop_id, secret=secret)
    room = random.Random(SEED)  # noqa: S311  invented ballots, not secrets
    people = People(deck, room, kinds=len(SEGMENTS), picks=settings.picks, says=_remark)
    staff = find_voting(access[Group.IT].token, secret=secret)
    for _person in range(IT_PEOPLE):
        _cast(staff, people.staff(), room)
    customers = find_voting(access[Group.CUSTOMERS].token, secret=secret)
    for number, size in enumerate(CUSTOMERS, start=1):
        for _person in range(size):
            _cast(customers, people.customer(number), room, segment=number)
    for group in Group:
        lock_group(started.workshop_id, group, now=now)
    reveal(started.workshop_id, now=now)
    return started


def _remark(code: str) -> str:
    return _(REMARKS[code]) if code in REMARKS else ""


def _cast(voting: Voting, ballot: Ballot, room: random.Random, segment: int | None = None) -> None:
    cast_ballot(voting, new_key(), StoredBallot(f"{room.getrandbits(128):032x}", ballot), segment=segment)
