"""What is translated: every message of the program is found and fit for translators, and every catalogue says all of
them, with the same places, in as many forms as its language has.
"""

import re
import warnings
from collections import Counter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import catalogues

PLACE = re.compile(r"%\((\w+)\)s")
INFLECTED = {"weitere"}  # what German puts between, with an ending for one too
COUNTED = re.compile(r"%\(n\)s[ \u00a0](\w+)")  # what is counted, or another word behind its number
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
BRACES = re.compile(r"\{\w*(?:![rs])?\}")
ORDER = "other order"  # a translator's comment: the places were not exchanged by mistake
PAIRS = (("⟦", "⟧"), ("“", "”"), ("(", ")"), ("«", "»"))
NO_SHEET = re.compile(r"[\[\]:*?/\\]|^.{32,}$")  # what no spreadsheet takes as the name of a sheet
FILES = sorted(catalogues.TRANSLATIONS.glob("*/cardsort.po"))


def forms_of(message):
    """The texts of a message, or of what is said for it."""
    return list(message) if isinstance(message, tuple | list) else [message]


def unfit(text):
    """What a translator would stumble over in a message of the program."""
    if TAG.search(text):
        yield "an HTML tag"
    if BRACES.search(text):
        yield "a place in braces"
    if "%" in PLACE.sub("", text).replace("%%", ""):
        yield "an odd per cent sign"


def faults(message: Message, forms: int) -> list[str]:
    """What is wrong with a catalogue's entry in a language of so many plural forms."""
    said = forms_of(message.string)
    if message.fuzzy:
        return ["fuzzy"]
    if not all(said):
        return ["empty"]
    if len(said) != (forms if message.pluralizable else 1):
        return [f"{len(said)} forms"]
    found = []
    for number, text in enumerate(said):
        found += _faults_of_form(message, number, text)
    if _exchanged(said[0], said[-1]):
        found.append("one in the place of many")
    return list(dict.fromkeys(found))


def _faults_of_form(message, number, text):
    ids = forms_of(message.id)
    source = ids[0] if number == 0 else ids[-1]
    if _places(text) != _places(source) and (set(_places(text)) != set(_places(ids[-1])) or len(ids) == 1):
        yield "other places"
    elif PLACE.findall(text) not in map(PLACE.findall, ids) and ORDER not in message.user_comments:
        yield "places in another order"
    yield from unfit(text)
    if "  " in text and "  " not in source:
        yield "a double blank"
    if _ends(text) != _ends(source):
        yield "other blanks at an end"
    if any(text.count(first) != text.count(last) for first, last in _pairs_of(text)):
        yield "an unbalanced pair"
    if message.context == "sheet" and NO_SHEET.search(text):
        yield "no name for a sheet"


def _exchanged(one, many):
    """In these languages a word for many is one for one with an ending, where it is not another altogether."""
    first, others = (found[1] if (found := COUNTED.search(text)) else "" for text in (one, many))
    return bool(others) and first != others and first.startswith(others) and others not in INFLECTED


def _places(text):
    """Each place with how often it stands there."""
    return Counter(PLACE.findall(text))


def _pairs_of(text):
    """„ closes with “ in German and with ” in Dutch; where it stands, “ opens nothing."""
    low = text.count("„")
    return [pair for pair in PAIRS if not (low and pair[0] == "“")]


def _ends(text):
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())


@pytest.fixture(scope="module")
def template():
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what cannot be extracted is told as a warning
        return catalogues.template()


def test_every_message_is_found_and_fit_for_translators(template):
    texts = [text for message in template if message.id for text in forms_of(message.id)]
    assert len(texts) > 500
    assert [(text, fault) for text in texts for fault in unfit(text)] == []
    counted = [message.id for message in template if message.pluralizable]
    assert [one for one, many in counted if _exchanged(one, many) or "%(n)s people" in one] == []


def read(file):
    with file.open("rb") as told:
        return read_po(told, locale=file.parent.name)


def test_every_catalogue_says_every_message_and_no_other(template):
    wanted, found = {(one.context, one.id) for one in template if one.id}, {}
    for file in FILES:
        present = {(one.context, one.id) for one in read(file) if one.id}
        found[file.parent.name] = [("missing", one) for one in wanted - present]
        found[file.parent.name] += [("too many", one) for one in [*(present - wanted), *read(file).obsolete]]
    assert [(language, fault) for language, some in found.items() for fault in some] == []


def test_every_catalogue_says_everything_whole():
    read_once = {file.parent.name: read(file) for file in FILES}
    entries = [(code, found.num_plurals, one) for code, found in read_once.items() for one in found if one.id]
    assert [(code, one.id, found) for code, forms, one in entries if (found := faults(one, forms))] == []


def test_what_is_read_at_run_time_is_as_new_as_its_catalogue():
    catalogues.compile_all()
    assert [file for file in FILES if file.with_suffix(".mo").stat().st_mtime < file.stat().st_mtime] == []


CARDS = ("%(n)s card", "%(n)s cards")


@pytest.mark.parametrize(
    ("message", "said", "context", "told"),
    [
        ("Send", "Versturen", None, []),
        ("Send", "", None, ["empty"]),
        ("Take %(name)s", "Neem", None, ["other places"]),
        ("Take %(name)s", "Neem %(naam)s", None, ["other places"]),
        ("Take %(name)s", "Neem %(name)s, %(name)s", None, ["other places"]),
        ("%(know)s know, %(think)s think", "%(think)s weten, %(know)s denken", None, ["places in another order"]),
        ("5 %%", "5 %", None, ["an odd per cent sign"]),
        ("5 %%", "5 %%", None, []),
        ("Take", "<b>Neem</b>", None, ["an HTML tag"]),
        ("Take", "Neem {name}", None, ["a place in braces"]),
        ("One two", "Een  twee", None, ["a double blank"]),
        ("One ", "Een", None, ["other blanks at an end"]),
        ("“One”", "“Een", None, ["an unbalanced pair"]),
        ("“One”", "„Eins“", None, []),
        ("“One”", "„Een”", None, []),
        ("One", "⟦Een", None, ["an unbalanced pair"]),
        ("Cards", "Karten/Blätter", "sheet", ["no name for a sheet"]),
        ("Cards", "Ein Name mit mehr als 31 Buchstaben", "sheet", ["no name for a sheet"]),
        (CARDS, ("%(n)s kaart", "%(n)s kaarten"), None, []),
        (CARDS, ("een kaart", "%(n)s kaarten"), None, ["other places"]),
        (CARDS, ("%(n)s kaart", ""), None, ["empty"]),
        (CARDS, ("%(n)s kaart",), None, ["1 forms"]),
        (CARDS, ("%(n)s kaarten", "%(n)s kaart"), None, ["one in the place of many"]),
        (("One card", "%(n)s cards"), ("Eén kaart", "%(n)s kaarten"), None, []),
        (("One card", "%(n)s cards"), ("%(n)s kaart", "%(n)s kaarten"), None, []),
    ],
)
def test_a_faulty_entry_is_found(message, said, context, told):
    assert faults(Message(message, said, context=context), forms=2) == told


def test_an_order_that_a_translator_stands_by_is_no_fault():
    said = Message("%(hits)s of %(top)s", "Van %(top)s %(hits)s", user_comments=["other order"])
    assert faults(said, forms=2) == []


def test_an_uncertain_entry_is_found():
    assert faults(Message("Send", "Versturen", flags=["fuzzy"]), forms=2) == ["fuzzy"]


def test_a_message_that_is_gone_or_new_is_found(tmp_path):
    file = tmp_path / "nl" / "cardsort.po"
    file.parent.mkdir()
    file.write_text('msgid ""\nmsgstr ""\n\nmsgid "Gone"\nmsgstr "Weg"\n', encoding="utf-8")
    now = Catalog()
    now.add("New")
    catalogues.update(file, now)
    with file.open("rb") as told:
        assert [(one.id, one.string) for one in read_po(told) if one.id] == [("New", "")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("xx", "“xx” is no language's code."),
        ("../x", "“../x” is no language's code."),
        ("nl", "nl is begun already. Bring it up to date with: make translations"),
    ],
)
def test_a_language_that_cannot_be_begun_is_said_in_a_sentence_and_makes_nothing(monkeypatch, tmp_path, language, said):
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "cardsort.po").touch()
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    with pytest.raises(SystemExit, match=re.escape(said)):
        catalogues.begin(language)
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["nl", "nl/cardsort.po"]
