"""The lists on everybody's own device: what the projector has turned over, once the facilitator shows it there too."""

from cardsort.domain.errors import NotFound
from cardsort.domain.workshops import Workshop
from cardsort.language import N_, _
from cardsort.store import workshops
from cardsort.store.engine import writing
from cardsort.story.slidekinds import Missing, Tops, lists_in
from cardsort.story.slides import tell_reveal
from cardsort.usecases.results import compare_groups

NOT_SHOWN = N_(
    "There is no result here just now. When the person who runs the workshop shows it, it stands at this address. "
    "Keep the link you voted with."
)


def show_on_devices(workshop: Workshop) -> None:
    """Let whoever has a voting link read the lists; WrongStage until all of them are turned over on the projector."""
    _told, by = _lists(workshop)
    with writing() as session:
        state = workshops.hold_round(session, workshop.id)
        state.check_turned(by)
        workshops.set_on_devices(session, workshop.id, state.number, shown=True)


def hide_on_devices(workshop: Workshop) -> None:
    """Let nobody behind a voting link read them any more."""
    with writing() as session:
        state = workshops.hold_round(session, workshop.id)
        workshops.set_on_devices(session, workshop.id, state.number, shown=False)


def read_lists(workshop: Workshop) -> tuple[Tops | Missing, ...]:
    """The lists as the projector showed them; NotFound while they are not shown, whether or not there are any."""
    if not workshop.round.on_devices:
        raise NotFound(_(NOT_SHOWN))
    return _lists(workshop)[0]


def _lists(workshop: Workshop) -> tuple[tuple[Tops | Missing, ...], int]:
    found = compare_groups(workshop)
    return lists_in(tell_reveal(found.comparison, workshop.deck, found.facts))
