"""The ballot's scripts and styles travel as one file each."""

import json
import re
from html import escape

import pytest

from cardsort import resources
from cardsort.web.kit.modules import join_modules, join_styles

BALLOT = resources.STATIC / "js/ballot"


def write(folder, **sources):
    for name, source in sources.items():
        (folder / f"{name}.js").write_text(source)
    return folder


def test_what_is_needed_stands_before_what_needs_it_and_once(tmp_path):
    folder = write(
        tmp_path,
        main='import { two } from "./b.js";\nimport { one } from "./a.js";\n// a word\nconsole.log(one, two);\n',
        a="export const one = 1;\n",
        b='import { one } from "./a.js";\n\n/** Two. */\nexport function two() {\n  return one + 1;\n}\n',
    )
    assert join_modules(folder, "main") == (
        '"use strict";\n'
        "const a_js = (() => {\nconst one = 1;\nreturn { one };\n})();\n"
        "const b_js = (() => {\nconst { one } = a_js;\n\nfunction two() {\nreturn one + 1;\n}\nreturn { two };\n})();\n"
        "const main_js = (() => {\nconst { two } = b_js;\nconst { one } = a_js;\n"
        "console.log(one, two);\nreturn {  };\n})();\n"
    )


@pytest.mark.parametrize(
    "line", ['import "./a.js";', 'import * as a from "./a.js";', "export default 1;", 'export { a } from "./a.js";']
)
def test_a_form_that_cannot_be_joined_is_refused(tmp_path, line):
    with pytest.raises(ValueError, match=re.escape(line)):
        join_modules(write(tmp_path, main=line + "\n"), "main")


def test_every_module_of_the_ballot_is_in_its_script():
    script = join_modules(BALLOT, "main")
    assert {f"const {path.stem}_js = " for path in BALLOT.glob("*.js")} == set(
        re.findall(r"^const \w+_js = ", script, re.MULTILINE)
    )


def test_no_text_of_a_module_runs_over_several_lines_where_indentation_would_be_lost():
    for path in BALLOT.glob("*.js"):
        assert all(line.count("`") % 2 == 0 for line in path.read_text().splitlines()), path.name


def test_styles_are_joined_in_order_without_comments(tmp_path):
    (tmp_path / "a.css").write_text("/* one\n   two */\n.a {\n  color: red;\n}\n")
    (tmp_path / "b.css").write_text(".b { color: blue; }\n")
    assert join_styles(tmp_path, ("a", "b")) == "\n.a {\ncolor: red;\n}\n.b { color: blue; }\n"


def test_the_ballot_page_asks_for_few_files(client, room):
    page = client.get(f"{room.it}/ballot").text
    assert re.findall(r'(?:href|src)="/static/[^/]+/([^"]+)"', page) == [
        "icon.svg",
        "css/ballot-page.css",
        "js/ballot.js",
    ]
    for name in ("css/ballot-page.css", "js/ballot.js"):
        address = re.search(rf'"(/static/[^"]+/{re.escape(name)})"', page)[1]
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.cache_control.immutable
        assert client.get("/static/old/" + name).cache_control.max_age == 0


def test_the_texts_of_the_cards_come_apart_from_the_page_and_only_while_they_are_the_workshop_s(client, room, deck):
    page = client.get(f"{room.it}/ballot")
    cards = json.loads(re.search(r'id="ballot-data">(.+?)</script>', page.text)[1])["urls"]["cards"]
    assert len(page.data) < 40_000
    assert f'<link rel="preload" as="fetch" href="{cards}"' in page.text
    answer = client.get(cards)
    assert re.findall(r'<template data-card="([^"]+)"', answer.text) == list(deck.codes)
    assert all(escape(text) in answer.text for card in deck.cards for text in (card.title, card.seen, card.question))
    assert "Set-Cookie" not in answer.headers
    other = client.get(f"{cards}0")
    assert other.status_code == 404
    assert "have been exchanged since this page was opened" in other.text
