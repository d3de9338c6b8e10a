"""Lighthouse's mobile preset (slow 4G, a slowed processor) on the ballot and the welcome before it.

Lighthouse comes from npm by its own lock file, into this folder, and is used here alone.
"""

import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from tests.browser.find_chromium import find_chromium
from tests.browser.live import Facilitator, Server
from vendor_assets import npm_command

FOLDER = Path(__file__).parent / "lighthouse"
ROUNDS = 3
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
GOALS = {"performance": 99, "accessibility": 100, "best-practices": 100}
METRICS = {  # audit -> what it is, by what to divide, its goal
    "largest-contentful-paint": ("largest paint, s", 1000, "at most 1.3"),
    "first-contentful-paint": ("first paint, s", 1000, ""),
    "total-blocking-time": ("blocking, ms", 1, ""),
    "cumulative-layout-shift": ("layout shift", 1, "0"),
    "total-byte-weight": ("transferred, KB", 1000, "at most 60"),
}


def main() -> None:
    npm = npm_command()
    subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)
    node = npm[0] if len(npm) > 1 else "node"
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        try:
            link = Facilitator(server).start().link("customers")
            for name, address in (("ballot", f"{link}/ballot"), ("welcome", link)):
                show(name, [measure(node, address) for _ in range(ROUNDS)])
        finally:
            server.stop()


def measure(node: str, address: str) -> dict:
    """One report of Lighthouse."""
    command = [node, "node_modules/lighthouse/cli/index.js", address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(GOALS)}", f"--chrome-flags={CHROMIUM}"]
    environment = {**os.environ, "CHROME_PATH": find_chromium()}
    done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def show(page: str, reports: list[dict]) -> None:
    """The median of a few runs, and all of them: a busy machine makes them slower."""
    print(f"{page}: median of {len(reports)} (all of them)")
    for name, goal in GOALS.items():
        scores = sorted((round(report["categories"][name]["score"] * 100) for report in reports), reverse=True)
        print(f"  {name:24}{statistics.median(scores):>8.0f}   goal {goal}   ({', '.join(map(str, scores))})")
        failed = {
            entry["id"]
            for report in reports
            for entry in report["categories"][name]["auditRefs"]
            if entry["weight"] and (report["audits"][entry["id"]]["score"] or 0) < 1
            if report["audits"][entry["id"]]["scoreDisplayMode"] in {"binary", "numeric"}
        }
        if scores[-1] < goal:
            print(f"    below: {', '.join(sorted(failed))}")
    for audit, (label, unit, goal) in METRICS.items():
        values = sorted(report["audits"][audit]["numericValue"] / unit for report in reports)
        shown = ", ".join(f"{value:.2f}" for value in values)
        print(f"  {label:24}{statistics.median(values):>8.2f}   {goal}   ({shown})")


if __name__ == "__main__":
    main()
