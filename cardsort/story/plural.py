"""Customers, plural: what each segment puts at the top, and whether another weighting would tell the same."""

from collections.abc import Iterator

from cardsort.analysis.chain import lost_on_the_way
from cardsort.analysis.missing import hidden_kinds
from cardsort.analysis.result import Comparison, ConsensusList, Position, Weighting
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.domain.settings import ChainKind
from cardsort.language import N_, _, beside, ngettext, pgettext
from cardsort.story import words
from cardsort.story.blocks import Block, Cell, Grid, Head, Lead, Lines, Title, Told, Tone, cell
from cardsort.story.facts import ReportFacts

FIRST_PLACES = 3  # shaded darkest
NONE_LARGEST = N_("No kind of customer alone is the largest.")
NONE_DECIDES = N_("No single kind")
CONTESTED = N_("In the top under some ways of counting only, with the kind that decides:")
EQUAL = N_("All lists count everybody the same.")
THROUGH_KINDS = N_(
    "The places of each list’s %(top)s, from each kind of customer to all of them together; a dash is outside its top. "
    "Dark: among the first three. Rows without a dash are what everybody agrees on."
)
THROUGH_IT = N_(
    "The places of each list’s %(top)s, from IT through each kind of customer to all of them together; a dash is "
    "outside its top. Dark: among the first three. Rows without a dash are what everybody agrees on."
)
_WITHOUT = "without "  # how the analysis names a weighting that leaves a kind out


def tell_plural(comparison: Comparison, deck: Deck, _facts: ReportFacts) -> tuple[Block, ...]:
    """The grid where there are kinds of customers, and the loudest-stakeholder check where it can be made."""
    found = (*_segments(comparison, deck), *_loudest(comparison, deck))
    hidden = hidden_kinds(comparison)
    return (*([Lead(hidden)] if hidden else []), *found)


def _segments(comparison: Comparison, deck: Deck) -> Iterator[Block]:
    grid = segment_grid(comparison, deck)
    if grid is None:
        return
    through = THROUGH_IT if comparison.predicted else THROUGH_KINDS
    yield Lead(_(through, top=words.top(comparison.top)))
    yield grid
    lost = lost_on_the_way(comparison)
    if lost is not None:
        yield Lead(lost_in_words(len(lost)))
    if lost:
        yield Lines(tuple((deck[code],) for code in lost))


def _loudest(comparison: Comparison, deck: Deck) -> Iterator[Block]:
    weighting = comparison.weighting
    if weighting is None:
        return
    yield Title(_("Does one kind of customer decide for all?"))
    yield Lead(" ".join((_(EQUAL), *loudest(comparison))))
    yield weighings(weighting, comparison.top)
    yield Lead(robust(comparison))
    if found := contested(comparison):
        yield Lead(_(CONTESTED))
        yield Lines(
            tuple((Told(_("%(name)s:", name=name), Tone.STRONG), Told(_titles(deck, codes))) for name, codes in found)
        )


def _titles(deck: Deck, codes: tuple[str, ...]) -> str:
    return beside(f"{code}\xa0{deck[code].title}" for code in codes) + "."


def segment_grid(comparison: Comparison, deck: Deck) -> Grid | None:
    """What each segment that may be shown puts at the top, in the customers' order: IT's prediction first, then the
    segments along the chain, then all customers; None for fewer than two segments.
    """
    actual, predicted = comparison.actual, comparison.predicted
    if actual is None or len(comparison.chain) < 2:  # noqa: PLR2004 - one segment has nobody to differ from
        return None
    columns: list[tuple[Head, dict[str, Position]]] = []
    if predicted is not None:
        columns.append((_head(_("IT thought"), "", predicted.n, Group.IT), _top_places(predicted, comparison.top)))
    for link in comparison.chain:
        head = _head(link.segment, chain_kind(link.kind), link.n, Group.CUSTOMERS)
        columns.append((head, dict(zip(link.top, link.places, strict=True))))
    columns.append((_head(_("All customers"), "", actual.n, Group.CUSTOMERS), _top_places(actual, comparison.top)))
    named = {code for head, places in columns if head.group is Group.CUSTOMERS for code in places}
    rows = tuple(
        (cell(deck[code]), *(_place(places.get(code)) for _other, places in columns))
        for code in actual.order()
        if code in named
    )
    return Grid(_("The top of each list"), (Head(_("Card")), *(head for head, _other in columns)), rows)


def chain_kind(kind: str | None) -> str:
    """A place in the value chain in plain words; "" where nothing is known of it."""
    return ChainKind(kind).label if kind else ""


def _head(name: str, kind: str, n: int | None, group: Group) -> Head:
    """Whose list a column is: a name as typed, its place in the chain in words, and how many people."""
    return Head(name, group, ", ".join(part for part in (kind, words.people(n or 0)) if part))


def _top_places(found: ConsensusList, top: int) -> dict[str, Position]:
    return {code: found.cards[code].position for code in found.top(top)}


def _place(position: Position | None) -> Cell:
    if position is None:
        return cell("–", level=0)
    return cell(words.place(position), level=2 if position.high <= FIRST_PLACES else 1)


def lost_in_words(count: int) -> str:
    """What is lost on the way to those who pay."""
    if not count:
        return _("Nothing is lost on the way: each card at the top of those who pay is named by a group before them.")
    return ngettext(
        "%(n)s\xa0card is lost on the way: at the top of those who pay in the end, and named by none of the groups "
        "shown before them.",
        "%(n)s\xa0cards are lost on the way: at the top of those who pay in the end, and named by none of the groups "
        "shown before them.",
        count,
    )


def weighings(weighting: Weighting, top: int) -> Grid:
    """Every way of counting beside the headline's: how many of the top stay, and which cards come and go."""
    usual, *others = weighting.scenarios
    rows = []
    for one in others:
        comes = ", ".join(code for code in one.top if code not in usual.top)
        goes = ", ".join(code for code in usual.top if code not in one.top)
        kept = words.part_of(one.kept, top)
        rows.append((cell(scenario_name(one.name)), cell(kept), cell(comes or "–"), cell(goes or "–")))
    heads = tuple(
        map(
            Head,
            (
                _("Counted like this"),
                pgettext("cards of the top", "Stay"),
                pgettext("cards of the top", "Come in"),
                pgettext("cards of the top", "Go out"),
            ),
        )
    )
    return Grid(_("Counted otherwise"), heads, tuple(rows))


def scenario_name(name: str) -> str:
    """A weighting's name for people."""
    if name.startswith(_WITHOUT):
        return _("Without %(kind)s", kind=name.removeprefix(_WITHOUT))
    return {"respondents": _("Everybody counts the same"), "segments": _("Every kind counts the same")}.get(name, name)


def loudest(comparison: Comparison) -> tuple[str, ...]:
    """The loudest-stakeholder check in sentences; nothing where it cannot be made."""
    weighting = comparison.weighting
    if weighting is None:
        return ()
    said = [_largest(weighting), _equal(weighting, comparison.top), _decisive(weighting, comparison.top)]
    return tuple(sentence for sentence in said if sentence)


def _largest(weighting: Weighting) -> str:
    if weighting.largest_segment is None:
        return _(NONE_LARGEST)
    name, share = weighting.largest_segment
    return _(
        "The largest kind of customer, %(kind)s, is %(share)s of all customers who answered.",
        kind=name,
        share=words.share(share),
    )


def _equal(weighting: Weighting, top: int) -> str:
    equal = next((one for one in weighting.scenarios if one.name == "segments"), None)
    if equal is None:
        return ""
    if equal.kept == top:
        return _("With every kind counted the same, the %(top)s has the same cards.", top=words.top(top))
    return _(
        "With every kind counted the same, %(part)s stay in the %(top)s.",
        part=words.part_of(equal.kept, top),
        top=words.top(top),
    )


def _decisive(weighting: Weighting, top: int) -> str:
    """Which segment moves the list most when it is left out."""
    left_out = [one for one in weighting.scenarios if one.name.startswith(_WITHOUT)]
    if not left_out:
        return ""
    least = min(one.kept for one in left_out)
    if least == top:
        return _("Whichever kind is left out, the cards stay the same: no single one decides.")
    part = words.part_of(least, top)
    names = [one.name.removeprefix(_WITHOUT) for one in left_out if one.kept == least and one.tells]
    if len(names) != 1:
        return _("Whichever kind is left out, %(part)s or more stay: no single one decides.", part=part)
    return _("Leaving out %(kind)s keeps %(part)s: no other kind moves the list as much.", kind=names[0], part=part)


def robust(comparison: Comparison) -> str:
    """How many cards stay whichever way it is counted."""
    weighting = comparison.weighting
    if weighting is None:
        return ""
    count, top = len(weighting.robust), words.top(comparison.top)
    if not count:
        return _(
            "No card is in the %(top)s whichever way it is counted: talk about the kinds of customers one by one.",
            top=top,
        )
    return ngettext(
        "%(n)s\xa0card is in the %(top)s whichever way it is counted: begin with it.",
        "%(n)s\xa0cards are in the %(top)s whichever way it is counted: begin with those.",
        count,
        top=top,
    )


def contested(comparison: Comparison) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Segments with the cards that are in the top or out of it because of them, in the result's order."""
    decided: dict[str, list[str]] = {}
    for card in comparison.weighting.contested if comparison.weighting else ():
        decided.setdefault(card.decided_by or _(NONE_DECIDES), []).append(card.code)
    return tuple((name, tuple(codes)) for name, codes in decided.items())
