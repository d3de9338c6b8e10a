"""A made-up language, to find what nobody marked: each message with accents, a third longer, between marks.

It is a fifth language as anybody would add it, a catalogue and a deck, under the code of one that is not offered. What
is not accented was not translated; halves of sentences that were put together show by their inner marks.
"""

import re
import sys
import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import catalogues
from cardsort import resources
from cardsort.domain.cards import TEXT_LENGTH, TITLE_LENGTH

CODE = "eo"
PLAIN, ACCENTED = "aceginosuyACEGINOSUY", "áçéğíñóšúýÁÇÉĞÍÑÓŠÚÝ"
_ACCENTS = str.maketrans(PLAIN, ACCENTED)
_PLACE = re.compile(r"%\(\w+\)[sd]|%%")
_ADDRESS = re.compile(  # addresses, commands, columns and what is written in them
    r"cardsort [\w-]+|make run|\S*[/@]\S*|\S+\.\w+|\b[\w]+-[\w-]+"
    r"|\b(?:group|ranking|segment|basis|respondent|it|customers|know|think|round|code)\b"
)
_WORD = re.compile(rf"[A-Za-z]*[{PLAIN}][A-Za-z]*")
ELSEWHERE = re.compile(  # names that no language translates, and what CLDR says in this one
    "Cardsort|UTC|PDF|CSV|XLSX|JSON|PPTX|CC|BY|Letter|EO|English|Esperanto|kaj|aŭ|"
    "Januaro|Februaro|Marto|Aprilo|Majo|Junio|Julio|Aŭgusto|Septembro|Oktobro|Novembro|Decembro"
)


def accented(text: str) -> str:
    """Without the plain letters, so that what was never translated stands out."""
    return text.translate(_ACCENTS)


def made_up(message: str) -> str:
    """The message accented, its places kept, a third longer, between marks."""
    parts = _PLACE.split(message)
    places = [*_PLACE.findall(message), ""]
    said = "".join(accented(part) + place for part, place in zip(parts, places, strict=True))
    return f"⟦{said}{_more(message)}⟧"


def _more(text: str) -> str:
    """A third as much again, in words of five, as a language that needs more of them."""
    return (" " + "····· " * 30)[: max(1, len(text) // 3)].rstrip() if len(text) > 6 else "·"


def unmarked(text: str) -> list[str]:
    """The words in the text that did not come from the made-up language."""
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    return [word for word in words if len(word) > 1 and not ELSEWHERE.fullmatch(word)]


def write(folder: Path) -> Path:
    """The shipped languages' decks and the made-up one in that folder, as `translations` and `cards`."""
    (folder / "translations" / CODE).mkdir(parents=True)
    (folder / "cards").mkdir()
    catalogue = Catalog(locale=CODE)
    for message in catalogues.template():
        if message.id:
            said = tuple(map(made_up, message.id)) if isinstance(message.id, tuple) else made_up(message.id)
            catalogue.add(message.id, said, context=message.context)
    with (folder / "translations" / CODE / "cardsort.mo").open("wb") as file:
        write_mo(file, catalogue)
    (folder / "cards" / "en.toml").write_bytes((resources.CARDS / "en.toml").read_bytes())
    (folder / "cards" / f"{CODE}.toml").write_text(_deck(), encoding="utf-8")
    return folder


def _deck() -> str:
    """The shipped cards, accented."""
    deck = tomllib.loads((resources.CARDS / "en.toml").read_text(encoding="utf-8"))
    deck |= {"language": CODE, "name": accented(deck["name"]), "source": accented(deck["source"])}
    lines = [f'{key} = "{deck[key]}"' for key in ("name", "language", "version", "licence", "source")]
    for suit in deck["suits"]:
        lines += ["[[suits]]", *(_line(key, text, key != "letter", TEXT_LENGTH) for key, text in suit.items())]
    for card in deck["cards"]:
        lines.append("[[cards]]")
        for key, text in card.items():
            spoken = key in {"title", "seen", "cost", "better", "question"}
            lines.append(_line(key, text, spoken, TITLE_LENGTH if key == "title" else TEXT_LENGTH))
    return "\n".join(lines)


def _line(key: str, text: str, spoken: bool, length: int) -> str:  # noqa: FBT001
    longer = f"{accented(text)}{_more(text)}"[:length].rstrip()
    return f'{key} = "{longer if spoken else text}"'


def use(folder: Path) -> None:
    """From here on, this process finds its languages in that folder."""
    resources.TRANSLATIONS, resources.CARDS = folder / "translations", folder / "cards"


if __name__ == "__main__":  # python -m tests.madeup FOLDER COMMAND …: the command line with what stands in FOLDER
    use(Path(sys.argv.pop(1)))
    from cardsort.cli.commands import main

    main(prog_name="cardsort")
