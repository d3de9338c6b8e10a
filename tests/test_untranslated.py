"""No sentence that people read is left in English: every one is marked to be translated.

By its look a sentence has a capital, a blank and an end. What is not read by people is told from it by where it stands
(docstrings, log lines, what has no name of ours) or is listed here with its reason.
"""

import ast
import gc
import re
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[1]
MARKED = {"_", "N_", "ngettext", "pgettext"}
LOGS = {"debug", "info", "warning", "error", "exception", "critical"}
MEASURES = {"Counter", "Gauge", "Histogram"}  # their words are read by whoever runs the server
ALLOWED = {  # what stands as it is, and why
    "VACUUM INTO ?": "a statement for SQLite",
    "Second moments are kept for large lists only.": "for whoever writes the statistics",
    "X.js: “X” is not a form of import or export that can be joined.": "for whoever writes the scripts",
    "The database is read-only.": "for a machine that watches this one",
    "The database does not answer.": "the same",
    "Cardsort": "a name",
    "ABCD-EFGH": "the form of a code",
    "K7Q2-M9XT": "the form of a code",
    ".cardsort.json": "the end of a file's name",
    **dict.fromkeys(("group", "ranking", "segment", "basis", "respondent"), "the name of a column"),
}
SENTENCE = re.compile(r"(?=.*[A-Z])(?=.*\w .*\w).*[.!?:…](?:\s|$)", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2}")
ATTRIBUTES = re.compile(r"""\b(?:aria-label|title|alt|placeholder)="([^"]*)""")
NOT_READ = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<!--.*?-->|&\w+;|<[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(
    r"(?:[\w-]+=\"[^\"]*\"|data-\w+|autofocus|suit-\w*|\0)+"
)  # of an element that another template begins
CLASSES = re.compile(r"\b(?:body_class|page_class|html_attributes)\b")  # blocks with classes, not words


def untranslated(source):
    """The lines and sentences of a module that nothing marks."""
    gc.disable()  # CPython before 3.11.5 miscounts where garbage is collected meanwhile: Debian 12 has such a one
    tree = ast.parse(source)
    gc.enable()
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)  # a docstring
        elif isinstance(node, ast.Call) and _passes(node.func):
            passed.update(ast.walk(node))
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = [(node.lineno, _text(node)) for node in ast.walk(tree) if _is_text(node) and not {node} & (passed | parts)]
    return sorted({(line, text) for line, text in texts if SENTENCE.fullmatch(text) and text not in ALLOWED})


def _passes(called):
    """What is marked, what is logged, and what is told to a monitor."""
    if isinstance(called, ast.Attribute):
        return called.attr in MARKED | LOGS
    return isinstance(called, ast.Name) and called.id in MARKED | MEASURES


def _is_text(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _text(node):
    """The text, of an f-string with X for what is put in."""
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)


def untranslated_in_template(source):
    """The words of a template that are neither said by an expression nor within a `trans` block."""
    kept, tag, marked, classes = [], [], False, False
    for _line, kind, text in Environment(autoescape=True).lex(source):
        if kind == "block_begin":
            tag = []
        elif kind == "block_end":
            marked = {"trans": True, "endtrans": False}.get(next(iter(tag), ""), marked)
            classes = bool(CLASSES.search(" ".join(tag))) or (classes and tag[:1] != ["endblock"])
        elif kind == "name":
            tag.append(text)
        elif kind == "data":
            kept.append("" if marked or classes else text)
        elif kind == "variable_begin":
            kept.append("\0")
    page = "".join(kept)
    read = [*ATTRIBUTES.findall(page), *NOT_READ.sub("\n", page).splitlines()]
    return [text.strip() for text in read if WORD.search(ATTRIBUTE.sub("", text)) and text.strip("\0 ·") not in ALLOWED]


def test_no_sentence_of_the_program_is_left_in_english():
    files = [file for file in sorted((ROOT / "cardsort").rglob("*.py")) if "migrations" not in file.parts]
    found = {file: untranslated(file.read_text(encoding="utf-8")) for file in files}
    assert len(found) > 250
    assert {str(file.relative_to(ROOT)): some for file, some in found.items() if some} == {}


def test_no_word_of_a_template_is_left_in_english():
    files = sorted((ROOT / "templates").rglob("*.html"))
    found = {file: untranslated_in_template(file.read_text(encoding="utf-8")) for file in files}
    assert len(found) > 100
    assert {str(file.relative_to(ROOT)): some for file, some in found.items() if some} == {}


def test_no_style_sheet_has_words_of_its_own():
    sheets = sorted((ROOT / "static" / "css").glob("*.css"))
    found = {sheet.name: re.findall(r'content:\s*"([^"]*)"', sheet.read_text(encoding="utf-8")) for sheet in sheets}
    assert len(found) > 15
    assert {name: some for name, some in found.items() if any(WORD.search(said) for said in some)} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('raise Refused("The file is empty.")', ["The file is empty."]),
        ('raise Refused(f"Line {line}: it is empty.")', ["Line X: it is empty."]),
        ('raise Refused(f"{line} lines. {remedy}")', []),
        ('raise Refused(_("The file is empty."))', []),
        ('raise Refused(language._("The file is empty."))', []),
        ('EMPTY = N_("The file is " "empty.")', []),
        ('EMPTY = "The file is " "empty."', ["The file is empty."]),
        ('ngettext("One card.", "Many cards here.", n)', []),
        ('"""What this module is for."""', []),
        ('logger.warning("The disk is full.")', []),
        ('SQL = "PRAGMA x"', []),
        ('HEADER = "Content-Type"', []),
        ('many = {"a": "Stop it now."}', ["Stop it now."]),
        ('_("Here it is %(fault)s", fault=f"{x} That is bad.")', []),
    ],
)
def test_what_is_not_marked_is_found_in_a_module(source, found):
    assert [text for _line, text in untranslated(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>{{ _('Send') }}</p>", []),
        ("<p>Send</p>", ["Send"]),
        ("<p>{{ name }} sent</p>", ["sent"]),
        ("{% trans %}<b>Send</b>{% endtrans %}", []),
        ("{% trans n=n %}One{% pluralize %}Many{% endtrans %} left", ["left"]),
        ('<a aria-label="Back" href="/x">→</a>', ["Back"]),
        ('<a aria-label="{{ _("Back") }}">1 ×</a>', []),
        ("<script>let word = 1;</script>{# a remark #}&nbsp;", []),
        ("{% if ready %}Ready{% endif %}", ["Ready"]),
    ],
)
def test_what_is_not_marked_is_found_in_a_template(source, found):
    assert [text.strip("\0 ") for text in untranslated_in_template(source)] == found
