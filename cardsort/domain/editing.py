"""What of a workshop may still be changed: all of it at first, less once people have answered, little at the end."""

from dataclasses import replace

from cardsort.domain.ballots import Group, Kind
from cardsort.domain.errors import InvalidInput, WrongStage
from cardsort.domain.settings import ChainKind, Segment, Settings
from cardsort.language import _


def asked(settings: Settings) -> tuple[object, ...]:
    """What a ballot answers, and what therefore stays as it is from the first one on."""
    kinds = tuple(_named(settings.segments_of(group)) for group in Group)
    questions = tuple(settings.question(group, kind) for group in Group for kind in Kind)
    return questions, settings.picks, kinds


def told_as_before(before: Settings, after: Settings) -> Settings:
    """The changed settings with those kinds and teams told together that were, unless they are others now. It is
    decided elsewhere (`kinds`), so a page that was opened before undoes nothing of it.
    """
    segments, teams = _as_before(before.segments, after.segments), _as_before(before.teams, after.teams)
    return replace(after, segments=segments, teams=teams)


def check_change(before: Settings, after: Settings, *, voted: bool, revealed: bool) -> None:
    """Refuse a change that comes too late; `voted` once any ballot was sent."""
    if revealed and replace(after, threshold=before.threshold) != before:
        raise WrongStage(
            _("The result is revealed, so nothing was changed. Only the smallest group to show can still be raised.")
        )
    if voted and asked(after) != asked(before):
        raise WrongStage(
            _(
                "Since the first ballot the questions, the number of cards, the kinds of customers and the teams stay "
                "as they are, so nothing was changed. Open this page again to change the rest."
            )
        )
    if (voted or revealed) and after.threshold < before.threshold:
        raise InvalidInput(
            _(
                "People have answered knowing that nothing is shown of fewer than %(threshold)s. The smallest group "
                "can be raised, not lowered. Nothing was changed.",
                threshold=before.threshold,
            ),
            "threshold",
        )


def _as_before(before: tuple[Segment, ...], after: tuple[Segment, ...]) -> tuple[Segment, ...]:
    if _named(before) != _named(after):
        return after
    return tuple(replace(new, counts_with=old.counts_with) for old, new in zip(before, after, strict=True))


def _named(segments: tuple[Segment, ...]) -> tuple[tuple[str, ChainKind | None], ...]:
    return tuple((one.name, one.kind) for one in segments)
