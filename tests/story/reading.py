"""What a result's blocks say, one thing after the other, and what can be read on the page and in the PDF."""

import io
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import singledispatch
from html.parser import HTMLParser

import pypdf
from flask import render_template

from cardsort.domain.cards import Card
from cardsort.domain.rounds import RoundState
from cardsort.domain.settings import Settings
from cardsort.paper.pdf import build_pdf
from cardsort.store.workshops import Workshop
from cardsort.story import blocks
from cardsort.story.charts.bars import Bars
from cardsort.story.charts.map import Map
from cardsort.story.charts.marks import Marks
from cardsort.story.charts.slope import Slope
from cardsort.story.charts.strip import Strip
from cardsort.usecases.results import Result
from cardsort.web.facilitator.resultpage import result_context

SIGNS = {"it": "□", "customers": "●"}
VOID = {"br", "col", "img", "input", "link", "meta", "circle", "line", "rect", "path"}
HIDDEN = {"visually-hidden", "no-print", "card-suit", "card-foot", "slope-other"}


def said_by(parts):
    """Every title, sentence, row and mark of the parts, in order."""
    for part in parts:
        yield from [] if part.id == "first" else [part.title]
        for block in part.blocks:
            yield from said(block)


def line(spans):
    return "".join(word(span) for span in spans)


def word(span):
    if isinstance(span, Card):
        return f"{span.code}{span.title}"
    return f"{SIGNS.get(span.tone, '')}{span.text}"


def head(one):
    return f"{SIGNS.get(one.group, '')}{one.words}{one.more}"


def cell(one):
    """A group's words have its sign in the column's head."""
    return "".join(word(span).lstrip("□●") for spans in one.lines for span in spans)


@singledispatch
def said(block):
    yield block.words  # a lead or a note


@said.register
def _(block: blocks.Title):
    yield f"{SIGNS.get(block.group, '')}{block.words}"


@said.register
def _(block: blocks.Lines):
    yield from map(line, block.lines)


@said.register
def _(block: blocks.Hand):
    for held in block.cards:
        yield from (
            held.card.code,
            held.card.title,
            held.card.seen,
            f"It costs:{held.card.cost}" * bool(held.card.cost),
        )
        yield from map(line, held.lines)


@said.register
def _(block: blocks.Grid | blocks.Agreed):
    yield "".join(map(head, block.heads))
    for row in block.rows:
        yield "".join(map(cell, row))
    yield from [block.choice] * block.blank if isinstance(block, blocks.Agreed) else []


@said.register
def _(block: blocks.Facts):
    yield from map("".join, block.rows)


@said.register
def _(block: blocks.Voices):
    for about in block.about:
        yield from [word(about.card)] if about.card else []
        yield from (f"“{remark}”{times}" for remark, times in about.remarks)
        yield about.more


@said.register
def _(block: blocks.Ask):
    yield from (line(block.about), block.question, line(block.better))


@said.register
def _(block: blocks.Beside):
    for column in block.columns:
        for inner in column:
            yield from said(inner)


@said.register
def _(block: blocks.Front):
    yield from (block.title, block.line, block.found, block.guess, block.take)
    yield from said(block.marks) if block.marks else []
    yield from (*said(block.chart), block.note)
    for asked in block.asked:
        yield from (SIGNS[asked.group] + asked.title, asked.question, *asked.lines)
    for column in block.findings:
        for inner in column:
            yield from said(inner)


@said.register
def _(chart: Marks):
    yield chart.title
    yield from (f"{mark.shown}{mark.words}" for mark in chart.named)


@said.register
def _(chart: Strip):
    for number, (title, rows, _large) in enumerate(chart.lots):
        yield title
        heads = (SIGNS[group] + chart.heads[group] + chart.heads["place"] for group in chart.groups)
        yield from [] if number else heads
        for row in rows:
            parts = "".join(f"{part.shown}{part.place}" for part in (row.customers, row.it) if part)
            yield f"{row.card.code}{row.card.title}{parts}"
    yield chart.more


@said.register
def _(chart: Slope):
    for side in chart.sides:
        yield side.note
        yield from (f"{row.place}{row.card.code if row.card else ''}{row.said}" for row in side.rows)
        yield from (f"{row.place}{row.codes}{row.said}" for row in side.outside)


@said.register
def _(_chart: Map):
    yield ""  # its marks are named by the key below it


@said.register
def _(chart: Bars):
    yield from (f"{bar.name}{bar.shown}" for bar in chart.bars)


def texts_in(slide):
    """Everything that a slide says, but for the titles and the questions of its cards."""
    if isinstance(slide, str):
        yield slide
    elif isinstance(slide, tuple):
        for one in slide:
            yield from texts_in(one)
    elif is_dataclass(slide) and not isinstance(slide, Card):
        for field in fields(slide):
            yield from texts_in(getattr(slide, field.name))


def flat(text):
    """Without spaces: what is read, wherever lines break."""
    return re.sub(r"\s", "", text)


def read_pdf(found, **options):
    """All of the report, without what stands at the head and foot of each page."""
    data = build_pdf(found.comparison, found.deck, found.facts, **options)
    return read_pages(data, found.facts.title, f"Cardsort {found.facts.version}")


def read_pages(data, title, foot):
    """The words of all pages, without the title at their heads and what stands at their feet."""
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    foot, title = flat(foot), flat(title)
    told = [re.sub(r"Page\d+of\d+$", "", flat(page)).removeprefix(title) for page in pages]
    return "".join(one.replace(foot, "", 1).removeprefix(title if number else "") for number, one in enumerate(told))


class Reader(HTMLParser):
    """The words of the report on the page; a group's words come with its sign, as the style puts it there."""

    def __init__(self):
        super().__init__()
        self.words, self.open, self.hidden = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag in VOID:
            return
        classes = set(dict(attributes).get("class", "").split())
        self.open.append(tag)
        self.hidden.append(bool(classes & HIDDEN) or tag in {"details", "script", "svg"} or any(self.hidden[-1:]))
        for group, sign in SIGNS.items():
            if f"sign-{group}" in classes:
                self.handle_data(sign)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag
            self.hidden.pop()

    def handle_data(self, data):
        if "article" in self.open and not self.hidden[-1]:
            self.words.append(data)


def page_of(app, found, wanted=None):
    """The result page of a workshop that is not stored."""
    revealed = datetime(2026, 5, 14, tzinfo=UTC)
    state = RoundState(number=found.facts.round, ballots=9, locked={}, revealed_at=revealed)
    settings = Settings(found.facts.title, organisation=found.facts.organisation)
    day = revealed.date()
    workshop = Workshop("0" * 32, settings, found.deck, day, day, state, revealed={found.facts.round: revealed})
    with app.test_request_context("/desk/x/result"):
        context = result_context(Result(workshop, found.comparison, found.facts), wanted)
        return render_template("result/result.html", **context)


def read_page(app, found):
    """What the page shows of the report."""
    return read_article(page_of(app, found))


def read_article(page):
    """What a page shows of a story."""
    reader = Reader()
    reader.feed(page)
    return flat("".join(reader.words))
