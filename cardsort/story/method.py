"""How the result was computed and how sure it is, in plain words, with the small print."""

import re
from collections import Counter

from cardsort import language
from cardsort.analysis.result import Comparison, Prediction
from cardsort.analysis.sayable import sayable_of, shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.rounding import half_up
from cardsort.story import answered, findings, numbers, words
from cardsort.story.blocks import Beside, Block, Facts, Lead, Lines, Title, plain
from cardsort.story.facts import ReportFacts

PRINTED = re.compile(
    r"/lists/\w+/n|/comparison(/worth_in_customers|/cards/[^/]+/label)?|/basis(/.+)?"
    r"|/lenses(/.+)?"
)  # the JSON pointers of what this report prints
UNTOLD = "Kinds of customers and teams in IT are told from five people in each group on."


def tell_method(result: Comparison, _deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """Half a page of plain words beside the small print, the numbers, then the reasons for what is not shown."""
    prose = tuple(Lead(line) for line in sentences(result))
    missing = tuple(plain(line) for line in reasons(result))
    return (
        Beside((prose, (Facts(tuple(small_print(result, facts))),))),
        *numbers.tell_numbers(result),
        *((Title("What is not shown, and why"), Lines(missing)) if missing else ()),
    )


def sentences(result: Comparison) -> list[str]:
    """Half a page of plain words."""
    return [
        (
            f"Everybody chose and ranked up to {words.cards(result.depth)}. On each ballot a listed card counts with "
            "its place, and all the others share the average of the places left over. A group’s list is the mean over "
            "its people, each counted the same; cards with equal means share a block of places."
        ),
        findings.how_sure(result),
        *(_about_the_comparison(result, result.prediction) if result.prediction else []),
        "The people who answered are not a random sample: everything here is true of those who answered.",
        (
            f"Nothing is shown of fewer than {words.people(result.threshold)}, so that nobody can be recognised. "
            "Ballots that were typed in or imported do not count towards that number, as somebody knows them."
        ),
    ]


def _about_the_comparison(result: Comparison, prediction: Prediction) -> list[str]:
    chance = words.tally(prediction.hits_by_chance)
    hit = (
        f"A hit is a card in both groups’ {words.top(result.top)}; cards tied over the edge count in part. Guessing "
        f"gives {chance} {'hit' if chance == '1' else 'hits'} on average."
    )
    clear = (
        "A gap is clear when it is at least five places wide, its own range leaves out 0, and mixing the two groups’ "
        "ballots at random hardly ever gives one as large, with all cards looked at together. Every other gap chance "
        "alone could give."
    )
    untested = "There are too few people to test single cards. That is not the same as no difference."
    worth = findings.worth(result)
    return [
        hit,
        *_uncertainty(result, prediction),
        clear if prediction.testable else untested,
        *([worth] if worth and shares_sayable(result) else []),
    ]


def _uncertainty(result: Comparison, prediction: Prediction) -> list[str]:
    """The range of the hits and the overall test, where so many people allow them."""
    if not sayable_of(result).shares_with_intervals:
        return []
    hits = words.range_of(prediction.hits_interval)
    again = f"Had others of the same groups answered, {hits} hits would be no surprise. " if hits else ""
    said = f"{again}{findings.overall(prediction)}".strip()
    return [said] if said else []


def small_print(result: Comparison, facts: ReportFacts) -> list[tuple[str, str]]:
    """What is needed to repeat it: what, and its value."""
    rows = [
        ("Deck", f"{result.deck_name}, {words.cards(result.deck_size)}"),
        ("Depth", f"{words.cards(result.depth)} ranked at most"),
        ("Top", words.cards(result.top)),
        ("Shown from", words.people(result.threshold)),
        ("Weighting", "everybody counts the same"),
        *_sources(result),
        ("Restored", answered.restored(result.restored)),
        *(row for group in Group for row in _locks(facts, group)),
        ("Time asked", _moments(facts)),
        ("Agreement", _agreement(result)),
        ("Date", language.day(facts.date) if facts.date else ""),
        ("Seed", str(result.seed)),
        ("Cardsort", facts.version),
        ("Ballots’ checksum", facts.checksum),
    ]
    return [(what, value) for what, value in rows if value]


def _sources(result: Comparison) -> list[tuple[str, str]]:
    """Where the ballots of each list that is shown came from."""
    return [
        (f"Ballots of {words.LISTS[name]}", f"{found.n:,}: {answered.came(result.sources[name])}")
        for name, found in result.lists.items()
        if found.n is not None and name in result.sources
    ]


def _locks(facts: ReportFacts, group: Group) -> list[tuple[str, str]]:
    locked, reopened = facts.locked.get(group), facts.reopened.get(group, ())
    name = words.GROUPS[group]
    return [
        (f"{name} locked", language.moment(locked) if locked else ""),
        (f"{name} reopened", ", ".join(language.moment(when) for when in reopened)),
    ]


def _moments(facts: ReportFacts) -> str:
    known = [(answered.MOMENTS.get(name, name), count) for name, count in facts.moments.items()]
    return "; ".join(f"{name}: {words.people(count)}" for name, count in known)


def _agreement(result: Comparison) -> str:
    """Mean pairwise Spearman of each list, where defined."""
    found = [
        (name, shown.agreement.mean_pairwise_spearman)
        for name, shown in (("customers", result.actual), ("IT", result.predicted))
        if shown and shown.agreement
    ]
    said = [f"{name} {half_up(value, 2):.2f}".replace("-", "−") for name, value in found if value is not None]
    return f"{', '.join(said)} (0 = like random lists, 1 = identical)" if said else ""


def reasons(result: Comparison) -> list[str]:
    """Why something that the report would say is missing; reasons of many cards are counted."""
    kinds = {"/chain"} if findings.starter(result) else set()  # of few people no other part says it
    told = Counter(
        _subject(at, reason) for at, reason in result.reasons.items() if at in kinds or PRINTED.fullmatch(at)
    )
    lines = [f"{_counted(subject, times)}{reason}" for (subject, reason), times in told.items()]
    return [*dict.fromkeys(lines), *_untold(result)]


def _untold(result: Comparison) -> list[str]:
    """That kinds and teams, which may be shown, are not told of so few people: no part of theirs is there to say it."""
    if not findings.starter(result) or not (result.chain or result.teams):
        return []
    return [UNTOLD]


def _subject(at: str, reason: str) -> tuple[str, str]:
    """What a JSON pointer is about, beside its reason."""
    parts = at.strip("/").split("/")
    return ("card" if "cards" in parts else words.LISTS.get(parts[1], "") if parts[0] == "lists" else "", reason)


def _counted(subject: str, times: int) -> str:
    if subject == "card":
        return f"{words.cards(times)}: "
    return f"{subject[0].upper()}{subject[1:]}: " if subject else ""
