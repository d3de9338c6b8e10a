"""The catalogues: `python catalogues.py` brings every translations/<language>/cardsort.po up to what the program says,
and compiles them; at install they are only compiled. `python catalogues.py es` begins one.

A message that is gone leaves the catalogue, a new one stands there empty, and nothing is guessed from a similar one.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent
TRANSLATIONS = ROOT / "translations"
KEYWORDS: dict[str, Any] = {
    "_": (1,),
    "gettext": (1,),  # {% trans %}
    "N_": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
WIDTH = 120
NAMES = dict.fromkeys(("project", "last_translator", "language_team", "msgid_bugs_address"), "Cardsort")


def template() -> Catalog:
    """All messages that stand in the program, its templates and its scripts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in settings]
    options = {
        one["pattern"]: {k: str(v).lower() for k, v in one.items() if k not in {"method", "pattern"}}
        for one in settings
    }
    found = Catalog(project="Cardsort", charset="utf-8")
    told = extract_from_dir(ROOT, methods, options, KEYWORDS, comment_tags=("L10N:",), strip_comment_tags=True)
    for file, _line, message, comments, context in sorted(told, key=lambda one: (one[0], one[1])):
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def update(file: Path, now: Catalog) -> None:
    """Give the catalogue the program's present messages; what is translated already stays."""
    catalogue = _read(file)
    begun = catalogue.creation_date
    catalogue.update(now, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = begun  # no line changes where no message did
    with file.open("wb") as new:
        write_po(new, catalogue, width=WIDTH, include_lineno=False, sort_by_file=True)


def begin(language: str) -> None:
    """An empty catalogue; or exit with a sentence that says why not, and then nothing was made."""
    try:
        name = Locale.parse(language).english_name
    except (UnknownLocaleError, ValueError):
        sys.exit(
            f"catalogues: “{language}” is no language's code. Take one such as es or pt_BR: make translations NEW=es"
        )
    file = TRANSLATIONS / language / "cardsort.po"
    if file.exists():
        sys.exit(f"catalogues: {language} is begun already. Bring it up to date with: make translations")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as new:
        comment = f"# {name} translation of Cardsort."
        write_po(new, Catalog(language, charset="utf-8", fuzzy=False, header_comment=comment, version="1", **NAMES))


def _read(file: Path) -> Catalog:
    with file.open("rb") as told:
        return read_po(told, locale=file.parent.name)


def compile_all() -> None:
    """Make the form that is read at run time, where it is missing or older."""
    for file in TRANSLATIONS.glob("*/cardsort.po"):
        made = file.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime <= file.stat().st_mtime:
            with made.open("wb") as out:
                write_mo(out, _read(file))


if __name__ == "__main__":
    for new in sys.argv[1:]:
        begin(new)
    present = template()
    for one in TRANSLATIONS.glob("*/cardsort.po"):
        update(one, present)
    compile_all()
