"""From the database to the comparison: what reading a round costs, and what the analysis costs beside it."""

import secrets
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from cardsort.analysis.compare import compare
from cardsort.domain.settings import Settings
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading, writing
from cardsort.store.models import BallotRow, RespondentRow
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.workshops import start_workshop
from cardsort.web.app import create_app
from cardsort.web.kit.config import Config
from tests.bench.bench_analysis import draw

IT_PEOPLE, SIZES, BLOCK = 30, (1_000, 100_000, 1_000_000), 50_000
PILES = bytes(52)
SECRET = b"a secret for measuring only, thirty-two"


def main() -> None:
    print("30 IT predictions against n customers, ten of 52 cards with piles, SQLite")
    print(f"{'n':>9}  {'read, decode':>12}  {'analyse':>8}  {'analysis / reading':>18}  peak memory, MB")
    for n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measure(n, Path(folder))


def measure(n: int, folder: Path) -> None:
    app = create_app(Config(folder, "", SECRET, "http://localhost"))
    deck = shipped_deck()
    with app.app_context():
        workshop_id = start_workshop(Settings("Bench"), deck, secret=SECRET, today=date(2026, 1, 1)).workshop_id
        fill(workshop_id, "it", "prediction", IT_PEOPLE)
        fill(workshop_id, "customers", "own", n)
        start = time.perf_counter()
        with reading() as session:
            ballots = read_ballots(session, workshop_id, deck.size, ())
        read = time.perf_counter()
        compare(deck, ballots, picks=10)
        done = time.perf_counter()
    reading_time, analysis = read - start, done - read
    print(f"{n:>9,}  {reading_time:>10.2f} s  {analysis:>6.2f} s  {analysis / reading_time:>18.2f}  {peak():.0f}")


def fill(workshop_id: str, group: str, kind: str, n: int) -> None:
    """Rows as casting would store them, written in blocks."""
    for start in range(0, n, BLOCK):
        rankings = draw(min(BLOCK, n - start), seed=start).astype(np.uint8)
        people = [secrets.token_hex(8) for _ in rankings]
        common = {"workshop_id": workshop_id, "round_number": 1, "group": group, "kind": kind, "segment": None}
        with writing() as session:
            session.execute(
                insert(RespondentRow),
                [{"workshop_id": workshop_id, "id": one, "key_hash": secrets.token_bytes(32)} for one in people],
            )
            session.execute(
                insert(BallotRow),
                [
                    {
                        **common,
                        "id": secrets.token_hex(16),
                        "respondent_id": one,
                        "ranking": ranking.tobytes(),
                        "piles": PILES,
                        "basis": "",
                        "reasons": [],
                        "moment": None,
                    }
                    for one, ranking in zip(people, rankings, strict=True)
                ],
            )


def peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
