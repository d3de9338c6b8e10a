"""How fast the printed report is: beside bare drawing, and from the click to the last byte. Half a minute.

`python -m tests.bench.bench_report`
"""

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdf
from pypdf.generic import ContentStream
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import insert

from cardsort.analysis.ballotset import BallotSet
from cardsort.analysis.compare import compare
from cardsort.analysis.result import Comparison
from cardsort.domain.ballots import Group
from cardsort.domain.settings import ChainKind, Segment, Settings
from cardsort.paper.kit import fonts, style
from cardsort.paper.pdf import build_pdf
from cardsort.store.ballotset import read_ballots
from cardsort.store.engine import reading, writing
from cardsort.store.models import BallotRow, RespondentRow
from cardsort.story.facts import ReportFacts
from cardsort.usecases.decks import shipped_deck
from cardsort.usecases.workshops import start_workshop
from cardsort.web.app import create_app
from cardsort.web.kit.config import Config

GOAL_RATIO, GOAL_BYTES = 3, 300_000
PICKS, MANY = 10, 100_000
SECRET = b"for measuring only, long enough for its use"
SEGMENTS = (
    Segment("Branches", ChainKind.INTERNAL),
    Segment("Back office", ChainKind.INTERNAL),
    Segment("Business banking", ChainKind.BUSINESS),
    Segment("Private customers", ChainKind.PAYING),
    Segment("Firms", ChainKind.PAYING),
)
SHOWN, DRAWN = {b"Tj", b"TJ", b"'", b'"'}, {b"l", b"re", b"c"}


def draw(n: int, random: np.random.Generator, taste: np.ndarray) -> np.ndarray:
    """n ballots of ten cards by people who share a taste: (n, 10)."""
    felt = taste + random.gumbel(size=(n, len(taste)))
    return np.argsort(-felt, axis=1)[:, :PICKS].astype(np.int16)


def two_rounds(n_it: int = 24, n_customers: int = 60) -> BallotSet:
    """Two rounds with five segments; IT predicts and gives its own view, some of it known, most of it thought."""
    random = np.random.default_rng(5)
    size = shipped_deck().size
    taste = 1.4 * random.gumbel(size=size)
    parts: list[tuple[np.ndarray, int, int, int]] = []
    for number in (1, 2):
        own = 0.4 * taste + random.normal(size=size)
        parts += [(draw(n_it, random, 0.5 * taste + 0.4 * own), 0, 1, number), (draw(n_it, random, own), 0, 0, number)]
        parts.append((draw(n_customers, random, taste + 0.4 * random.normal(size=size)), 1, 0, number))
    rankings, group, kind, rounds = (
        np.concatenate([part[0] for part in parts]),
        *(np.repeat([part[at] for part in parts], [len(part[0]) for part in parts]) for at in (1, 2, 3)),
    )
    basis = np.full((len(rankings), PICKS), -1, dtype=np.int8)
    asked = (group == 0) & (kind == 1)
    basis[asked, :3] = random.random((int(asked.sum()), 3)) < 0.85
    people = np.arange(len(rankings))
    return BallotSet(
        rankings=rankings,
        group=group.astype(np.int8),
        kind=kind.astype(np.int8),
        round=rounds.astype(np.int16),
        segment=np.where(group == 1, people % len(SEGMENTS), -1).astype(np.int16),
        respondent=people.astype(np.int64),
        basis=basis,
        segments=SEGMENTS,
    )


def facts() -> ReportFacts:
    """The words of an ordinary workshop."""
    questions = {group: Settings("").question(group) for group in Group}
    return ReportFacts("What our branches need", organisation="Northwind", round=2, questions=questions)


def clock(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest of some runs, after one to warm up."""
    work()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def operations(pdf: bytes) -> tuple[int, int, int, int]:
    """Pages, texts shown, their bytes, and lines, boxes and curves drawn."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    shown = written = drawn = 0
    for page in reader.pages:
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            shown += operator in SHOWN
            written += len(operands[0]) if operator == b"Tj" else 0
            drawn += operator in DRAWN
    return len(reader.pages), shown, written, drawn


def draw_bare(pages: int, texts: int, written: int, lines: int) -> bytes:
    """As many texts of the same mean length, and as many lines, straight onto a canvas."""
    fonts.register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=style.PAPERS["a4"], invariant=1)
    faces = (fonts.REGULAR, fonts.SEMIBOLD, fonts.ITALIC)
    said = "Customers put it ten places higher than IT thought, a clear gap. "
    long = max(1, round(written / texts))
    for page in range(pages):
        for number in range(page, texts, pages):
            canvas.setFont(faces[number % 3], 9)
            start = number % 7
            canvas.drawString(54, 60 + number % 700, (said * 3)[start : start + long])
        for number in range(page, lines, pages):
            canvas.line(54, 60 + number % 700, 540, 60 + number % 700)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bench_drawing() -> None:
    """The full report beside bare drawing of as many operations."""
    deck, result = shipped_deck(), compare(shipped_deck(), two_rounds(), picks=PICKS)
    pdf = build_pdf(result, deck, facts())
    counted = operations(pdf)
    report = clock(lambda: build_pdf(result, deck, facts()))
    bare = clock(lambda: draw_bare(*counted))
    pages, texts, _written, lines = counted
    print(f"full report: {pages} pages, {texts:,} texts, {lines:,} lines and boxes, {len(pdf):,} bytes")
    print(f"report {report:.3f} s, bare drawing {bare:.3f} s: ratio {report / bare:.1f} (goal at most {GOAL_RATIO})")
    print(f"size {len(pdf) / GOAL_BYTES:.2f} of the goal of {GOAL_BYTES:,} bytes")


def fill(workshop_id: str, count: int) -> None:
    """Store that many ballots of customers and a fiftieth as many of IT, in blocks."""
    random = np.random.default_rng(9)
    taste = random.gumbel(size=shipped_deck().size)
    for number, (group, kind, n) in enumerate((("it", "prediction", count // 50), ("customers", "own", count))):
        people = [f"{number}{at:015x}" for at in range(n)]
        rankings = draw(n, random, taste).astype(np.uint8)
        with writing() as session:
            session.execute(insert(RespondentRow), [_person(workshop_id, person) for person in people])
            session.execute(
                insert(BallotRow),
                [
                    {
                        "workshop_id": workshop_id,
                        "id": f"{number}{at:031x}",
                        "round_number": 1,
                        "respondent_id": people[at],
                        "group": group,
                        "kind": kind,
                        "segment": None if group == "it" else 1 + at % len(SEGMENTS),
                        "ranking": rankings[at].tobytes(),
                        "piles": b"",
                        "basis": "ttt" if group == "it" else "",
                        "reasons": [],
                        "moment": None,
                    }
                    for at in range(n)
                ],
            )


def _person(workshop_id: str, person: str) -> dict[str, object]:
    return {"workshop_id": workshop_id, "id": person, "key_hash": person.encode().ljust(32, b"k")}


def bench_click(folder: Path) -> None:
    """From the click to the last byte with many ballots in the database, by step."""
    app = create_app(Config(folder, "", SECRET, "http://localhost"))
    deck = shipped_deck()
    with app.app_context():
        settings = Settings("Many", segments=SEGMENTS)
        started = start_workshop(settings, deck, secret=SECRET, today=_today())
        fill(started.workshop_id, MANY)
        begun = time.perf_counter()
        with reading() as session:
            ballots = read_ballots(session, started.workshop_id, deck.size, SEGMENTS, 1)
        read = time.perf_counter()
        result: Comparison = compare(deck, ballots, picks=PICKS)
        analysed = time.perf_counter()
        pdf = build_pdf(result, deck, facts())
        rendered = time.perf_counter()
    steps = {"reading": read - begun, "analysing": analysed - read, "rendering": rendered - analysed}
    whole = rendered - begun
    split = ", ".join(f"{name} {seconds:.2f} s ({seconds / whole:.0%})" for name, seconds in steps.items())
    n = result.lists["customers_own"].n or 0
    print(f"{n:,} customers in the database: {whole:.2f} s to the last of {len(pdf):,} bytes: {split}")


def _today() -> object:
    from datetime import date

    return date(2026, 5, 14)


def main() -> None:
    """Print the ratios."""
    bench_drawing()
    with tempfile.TemporaryDirectory() as folder:
        bench_click(Path(folder))


if __name__ == "__main__":
    main()
