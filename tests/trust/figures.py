"""How much each trial takes: little in `make test`, in full in `make soak`. No other file has such a number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    kills: int  # kill -9 of the server while ballots are sent
    worker_kills: int  # the same of one of gunicorn's workers
    ballots: int  # at least so many are sent meanwhile
    outages: int  # times that the database goes away, or the disk is full, while ballots are sent
    repeated: int  # ballots that are sent ten times at once
    cut_off: int  # respondents of whose answers 30 % never arrive
    lock_rounds: int
    lock_submits: int  # in each round
    tablets: int
    tablets_seconds: float  # within which all of them have joined, sorted and sent
    memory_first: int  # ballots after which the memory is looked at first
    memory_step: int  # and again after each so many
    memory_ballots: int
    hostile: int  # requests over all routes
    malformed: int  # bodies to each endpoint
    halves: int  # requests of which only the beginning is sent
    lines: int  # of a file of ballots that is imported while others vote
    workshops: int  # that everybody acts in beside the model


SMALL = Figures(
    kills=6,
    worker_kills=2,
    ballots=80,
    outages=1,
    repeated=3,
    cut_off=40,
    lock_rounds=3,
    lock_submits=40,
    tablets=60,
    tablets_seconds=5,
    memory_first=100,
    memory_step=100,
    memory_ballots=200,
    hostile=2000,
    malformed=150,
    halves=40,
    lines=2000,
    workshops=15,
)
FULL = Figures(
    kills=100,
    worker_kills=20,
    ballots=500,
    outages=10,
    repeated=50,
    cut_off=500,
    lock_rounds=50,
    lock_submits=100,
    tablets=1000,
    tablets_seconds=60,
    memory_first=5_000,
    memory_step=10_000,
    memory_ballots=105_000,
    hostile=20_000,
    malformed=1000,
    halves=200,
    lines=28_000,
    workshops=150,
)
