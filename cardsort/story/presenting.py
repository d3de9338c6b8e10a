"""What whoever presents a slide wants to know of it: what stands on it in short, what to ask, where notes belong."""

from functools import singledispatch

from cardsort import language
from cardsort.story.slidekinds import (
    Agree,
    Basis,
    Cards,
    Chapter,
    Gap,
    Kinds,
    Marks,
    Missing,
    Question,
    Slide,
    Talk,
    Tops,
)


def key_of(slide: Slide) -> str:
    """By what a facilitator's notes belong to a slide: its chapter, with the card that it is about."""
    told = slide.told if isinstance(slide, Gap | Talk) else None
    return f"{slide.chapter}-{told.card.code}" if told else slide.chapter.value


def script_kind(slide: Slide) -> str:
    """Which script fits it: what is not clear, or has no line of marks, is something to talk about."""
    without_line = isinstance(slide, Marks) and slide.chart is None
    return "talk" if slide.kind == "open" or without_line else slide.kind


def question_of(slide: Slide) -> str:
    """The question on the back of the card that a slide is about; "" where it asks it itself."""
    return slide.told.card.question if isinstance(slide, Gap) else ""


@singledispatch
def lines_of(_slide: object) -> tuple[str, ...]:
    """What stands on a slide beside its title, in short."""
    return ()


@lines_of.register
def _(slide: Question) -> tuple[str, ...]:
    return tuple(
        language._("%(asked)s: %(question)s", asked=one.title, question=one.question)
        for one in slide.asked
        if one.question
    )


@lines_of.register
def _(slide: Basis) -> tuple[str, ...]:
    return (slide.sentence,)


@lines_of.register
def _(slide: Tops) -> tuple[str, ...]:
    rows = slide.customers if slide.chapter is Chapter.CUSTOMERS else slide.it
    return tuple(f"{row.place}\xa0 {row.words}" for row in rows if row.new)


@lines_of.register
def _(slide: Marks) -> tuple[str, ...]:
    return (*((slide.chart.alt,) if slide.chart else ()), *slide.said)


@lines_of.register
def _(slide: Gap) -> tuple[str, ...]:
    return (slide.told.said, *((f"{slide.quoted}{slide.voice[1]}",) if slide.voice else ()))


@lines_of.register
def _(slide: Kinds) -> tuple[str, ...]:
    return (slide.lead,) if slide.lead else ()


@lines_of.register(Cards)
@lines_of.register(Agree)
def _(slide: Cards | Agree) -> tuple[str, ...]:
    return (slide.lead, *(told.card.title for told in slide.cards))


@lines_of.register
def _(slide: Talk) -> tuple[str, ...]:
    card = slide.told.card
    return (card.title, *((language._("Better: %(better)s", better=card.better),) if card.better else ()))


@lines_of.register
def _(slide: Missing) -> tuple[str, ...]:
    return slide.why
