"""The facilitator's guide on paper: the same parts as on its page, set as the report's are."""

from reportlab.platypus import Flowable, PageBreakIfNotEmpty

from cardsort import language
from cardsort.domain.cards import Deck
from cardsort.paper.blocks import Room, set_part
from cardsort.paper.kit import document, fonts, prose, style
from cardsort.story.blocks import Part
from cardsort.story.handbook.parts import lead, tell_handbook, title


def build_handbook(deck: Deck, *, paper: str = "a4") -> bytes:
    """The guide on "a4" or "letter" paper. The same deck gives the same bytes. KeyError for another paper."""
    size = style.PAPERS[paper]
    furniture = document.Furniture(
        title=title(), author="Cardsort", foot="Cardsort", mark="", language=language.present(), paper=size
    )
    room = Room(*document.room(size))
    head: list[Flowable] = [
        prose.say(title(), style.style(26, 31, fonts.SEMIBOLD, after=4), "H1"),
        prose.say(lead(), style.style(9.5, 13, after=2)),
    ]
    return document.render([*head, *(flow for part in tell_handbook(deck) for flow in _set(part, room))], furniture)


def _set(part: Part, room: Room) -> list[Flowable]:
    """What stands alone begins on a page of its own."""
    return [*([PageBreakIfNotEmpty()] if part.alone else []), *set_part(part, room)]
