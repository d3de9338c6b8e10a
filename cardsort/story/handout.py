"""The reveal to take along: each slide as it lies when all of it is turned over, with what to say and to ask.

It holds what the slides on the projector hold in the end, and nothing else of the result.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cardsort.language import _
from cardsort.story.presenting import key_of, question_of, script_kind
from cardsort.story.script import script_of
from cardsort.story.slidekinds import Marks, Slide, Tops


@dataclass(frozen=True, slots=True)
class Page:
    """A slide, and the paragraphs of its notes."""

    slide: Slide
    notes: tuple[str, ...]


def tell_handout(slides: tuple[Slide, ...], own: Mapping[str, str]) -> tuple[Page, ...]:
    """The pages in order; `own`: the facilitator's notes, by the keys of slides."""
    return tuple(Page(slide, tuple(_notes(slide, own.get(key_of(slide), "")))) for slide in turned(slides))


def turned(slides: tuple[Slide, ...]) -> tuple[Slide, ...]:
    """Of slides that turn over more and more of the same, the last."""
    following = (*slides[1:], None)
    return tuple(slide for slide, after in zip(slides, following, strict=True) if not _goes_on(slide, after))


def _goes_on(slide: Slide, after: Slide | None) -> bool:
    return isinstance(slide, Tops | Marks) and isinstance(after, type(slide)) and slide.chapter is after.chapter


def _notes(slide: Slide, own: str) -> Iterator[str]:
    script = script_of(script_kind(slide))
    yield from (_("Say:"), *script.say, _("Ask:"))
    yield from (asked for asked in (question_of(slide), *script.ask) if asked)
    if own:
        yield from (_("Your notes:"), *own.splitlines())
