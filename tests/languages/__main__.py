"""`python -m tests.languages FOLDER COMMAND …`: Cardsort's command line, with the languages that stand in FOLDER."""

import sys
from pathlib import Path

from tests.languages import madeup

madeup.use(Path(sys.argv.pop(1)))

from cardsort.cli.commands import main  # noqa: E402  after the languages are in their place

main(prog_name="cardsort")
