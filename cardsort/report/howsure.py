"""The last part: how the result was computed, how sure it is, and the small print."""

from reportlab.platypus import CondPageBreak, Flowable

from cardsort.domain.ballots import Group
from cardsort.report import prose, style, tables, words
from cardsort.report.firstpage import Page
from cardsort.report.layout import Columns

REASONS_SHOWN = 12


def how_it_was_computed(page: Page) -> list[Flowable]:
    """Half a page of plain words beside the small print, then the reasons for what is not shown."""
    print_room = page.width - style.MEASURE + 40
    prose_room = page.width - print_room - 1.5 * style.GUTTER
    both = Columns(
        [[prose.say(line) for line in _sentences(page)], [tables.small_print(_small_print(page), print_room)]],
        (prose_room, print_room),
        1.5 * style.GUTTER,
    )
    needed = both.wrap(page.width, page.height)[1]
    return [
        CondPageBreak(min(needed + 60, page.height)),
        prose.heading("How it was computed, and how sure it is"),
        both,
        *_reasons(page),
    ]


def _sentences(page: Page) -> list[str]:
    result = page.comparison
    top = words.top(result.top)
    lines = [
        (
            f"Everybody chose and ranked up to {words.cards(result.depth)}. On each ballot a listed card counts with "
            "its place, and all the others share the average of the places left over. A group’s list is the mean over "
            "its people, each counted the same; cards with equal means share a block of places."
        ),
        words.how_sure(result),
    ]
    if result.prediction:
        lines += [
            (
                f"A hit is a card in both groups’ {top}; cards tied over the edge count in part. Guessing gives "
                f"{words.tally(result.prediction.hits_by_chance)} hits on average. A gap is clear when mixing the two "
                "groups’ ballots at random hardly ever gives one as large, with all cards looked at together, and when "
                "it is at least five places wide."
            ),
        ]
        if not result.prediction.testable:
            lines.append("There are too few people to test single cards. That is not the same as no difference.")
    lines += [
        "The people who answered are not a random sample: everything here is true of those who answered.",
        f"Nothing is shown of fewer than {words.people(result.threshold)}, so that nobody can be recognised.",
    ]
    return lines


def _small_print(page: Page) -> list[tuple[str, str]]:
    result, facts = page.comparison, page.facts
    rows = [
        ("Deck", f"{result.deck_name}, {words.cards(result.deck_size)}"),
        ("Depth", f"{words.cards(result.depth)} ranked at most"),
        ("Top", words.cards(result.top)),
        ("Shown from", words.people(result.threshold)),
        ("Weighting", "everybody counts the same"),
        *(row for group in Group for row in _locks(page, group)),
        ("Time asked", _moments(page)),
        ("Agreement", _agreement(page)),
        ("Date", words.day(facts.date) if facts.date else ""),
        ("Seed", str(result.seed)),
        ("Cardsort", facts.version),
        ("Ballots’ checksum", facts.checksum),
    ]
    return [(what, value) for what, value in rows if value]


def _locks(page: Page, group: Group) -> list[tuple[str, str]]:
    locked, reopened = page.facts.locked.get(group), page.facts.reopened.get(group, ())
    name = words.GROUPS[group]
    return [
        (f"{name} locked", words.moment_of(locked) if locked else ""),
        (f"{name} reopened", ", ".join(words.moment_of(when) for when in reopened)),
    ]


def _moments(page: Page) -> str:
    known = [(words.MOMENTS.get(name, name), count) for name, count in page.facts.moments.items()]
    return "; ".join(f"{name}: {words.people(count)}" for name, count in known)


def _agreement(page: Page) -> str:
    """Mean pairwise Spearman of each list, where defined."""
    found = [
        (name, shown.agreement.mean_pairwise_spearman)
        for name, shown in (("customers", page.comparison.actual), ("IT", page.comparison.predicted))
        if shown and shown.agreement
    ]
    said = [f"{name} {value:.2f}".replace("-", "−") for name, value in found if value is not None]
    return f"{', '.join(said)} (0 = like random lists, 1 = identical)" if said else ""


def _reasons(page: Page) -> list[Flowable]:
    sentences = list(dict.fromkeys(page.comparison.reasons.values()))
    if not sentences:
        return []
    shown = [prose.say(f"– {sentence}", style.QUIET) for sentence in sentences[:REASONS_SHOWN]]
    more = len(sentences) - REASONS_SHOWN
    if more > 0:
        shown.append(prose.say(f"– and {more:,} more of the kind", style.QUIET))
    return [prose.subheading("What is not shown, and why"), *shown]
