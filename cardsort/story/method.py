"""How the result was computed and how sure it is, in plain words, with the small print."""

import re
from collections import Counter

from cardsort.analysis.missing import CENSUS
from cardsort.analysis.result import Comparison, Prediction
from cardsort.analysis.sayable import sayable_of, shares_sayable
from cardsort.domain.ballots import Group
from cardsort.domain.cards import Deck
from cardsort.language import N_, _, beside, day, moment, ngettext, number, pgettext
from cardsort.rounding import half_up
from cardsort.story import answered, findings, numbers, words
from cardsort.story.blocks import Beside, Block, Facts, Lead, Lines, Title, plain
from cardsort.story.facts import ReportFacts

PRINTED = re.compile(
    r"/lists/\w+/n|/comparison(/worth_in_customers|/cards/[^/]+/label)?|/basis(/.+)?"
    r"|/lenses(/.+)?"
)  # the JSON pointers of what this report prints
AGAIN = {  # by whether everybody in IT took part
    False: N_("Had others of the same groups answered, %(hits)s hits would be no surprise."),
    True: N_("Had other customers answered, %(hits)s hits would be no surprise."),
}
UNTOLD = N_("Kinds of customers and teams in IT are told from five people in each group on.")
SUBJECTS = {
    "it_prediction": N_("IT’s prediction"),
    "customers_own": N_("The customers’ choice"),
    "it_own": N_("IT’s own view"),
    "customers_prediction": N_("The customers’ prediction"),
}
BALLOTS = {
    "it_prediction": N_("Ballots of IT’s prediction"),
    "customers_own": N_("Ballots of the customers’ choice"),
    "it_own": N_("Ballots of IT’s own view"),
    "customers_prediction": N_("Ballots of the customers’ prediction"),
}
LOCKED = {Group.IT: N_("IT locked"), Group.CUSTOMERS: N_("Customers locked")}
REOPENED = {Group.IT: N_("IT reopened"), Group.CUSTOMERS: N_("Customers reopened")}


def tell_method(result: Comparison, _deck: Deck, facts: ReportFacts) -> tuple[Block, ...]:
    """Half a page of plain words beside the small print, the numbers, then the reasons for what is not shown."""
    prose = tuple(Lead(line) for line in sentences(result))
    missing = tuple(plain(line) for line in reasons(result))
    return (
        Beside((prose, (Facts(tuple(small_print(result, facts))),))),
        *numbers.tell_numbers(result),
        *((Title(_("What is not shown, and why")), Lines(missing)) if missing else ()),
    )


def sentences(result: Comparison) -> list[str]:
    """Half a page of plain words."""
    return [
        _(
            "Everybody chose and ranked up to %(cards)s. On each ballot a listed card counts with its place, and all "
            "the others share the average of the places left over. A group’s list is the mean over its people, each "
            "counted the same; cards with equal means share a block of places.",
            cards=words.cards(result.depth),
        ),
        findings.how_sure(result),
        *([_(CENSUS)] if result.predicted and result.predicted.exact else []),
        *(_about_the_comparison(result, result.prediction) if result.prediction else []),
        _("The people who answered are not a random sample: everything here is true of those who answered."),
        _(
            "Nothing is shown of fewer than %(people)s, so that nobody can be recognised. Ballots that were typed in "
            "or imported do not count towards that number, as somebody knows them.",
            people=words.people(result.threshold),
        ),
    ]


def _about_the_comparison(result: Comparison, prediction: Prediction) -> list[str]:
    clear = _(
        "A gap is clear when it is at least five places wide, its own range leaves out 0, and mixing the two groups’ "
        "ballots at random hardly ever gives one as large, with all cards looked at together. Every other gap chance "
        "alone could give."
    )
    untested = _("There are too few people to test single cards. That is not the same as no difference.")
    worth = findings.worth(result)
    return [
        _hit(result, prediction),
        *_uncertainty(result, prediction),
        clear if prediction.testable else untested,
        *([worth] if worth and shares_sayable(result) else []),
    ]


def _hit(result: Comparison, prediction: Prediction) -> str:
    return ngettext(
        "A hit is a card in both groups’ %(top)s; cards tied over the edge count in part. Guessing gives %(chance)s "
        "hit on average.",
        "A hit is a card in both groups’ %(top)s; cards tied over the edge count in part. Guessing gives %(chance)s "
        "hits on average.",
        half_up(prediction.hits_by_chance, 1),
        top=words.top(result.top),
        chance=words.tally(prediction.hits_by_chance),
    )


def _uncertainty(result: Comparison, prediction: Prediction) -> list[str]:
    """The range of the hits and the overall test, where so many people allow them."""
    if not sayable_of(result).shares_with_intervals:
        return []
    hits = words.range_of(prediction.hits_interval)
    exact = result.predicted is not None and result.predicted.exact
    again = _(AGAIN[exact], hits=hits) if hits else ""
    said = f"{again} {findings.overall(prediction)}".strip()
    return [said] if said else []


def small_print(result: Comparison, facts: ReportFacts) -> list[tuple[str, str]]:
    """What is needed to repeat it: what, and its value."""
    rows = [
        (_("Deck"), f"{result.deck_name}, {words.cards(result.deck_size)}"),
        (pgettext("of a list", "Depth"), _("%(cards)s ranked at most", cards=words.cards(result.depth))),
        (pgettext("of a list", "Top"), words.cards(result.top)),
        (_("Shown from"), words.people(result.threshold)),
        (_("Weighting"), _("everybody counts the same")),
        *_sources(result),
        (_("Restored"), answered.restored(result.restored)),
        *(row for group in Group for row in _locks(facts, group)),
        (_("Time asked"), _moments(facts)),
        (_("Agreement"), _agreement(result)),
        (_("Date"), day(facts.date) if facts.date else ""),
        # L10N: the number that random draws start from
        (_("Seed"), str(result.seed)),
        ("Cardsort", facts.version),
        (_("Ballots’ checksum"), facts.checksum),
    ]
    return [(what, value) for what, value in rows if value]


def _sources(result: Comparison) -> list[tuple[str, str]]:
    """Where the ballots of each list that is shown came from."""
    return [
        (_(BALLOTS[name]), _("%(n)s: %(how)s", n=number(found.n), how=answered.came(result.sources[name])))
        for name, found in result.lists.items()
        if found.n is not None and name in result.sources
    ]


def _locks(facts: ReportFacts, group: Group) -> list[tuple[str, str]]:
    locked, reopened = facts.locked.get(group), facts.reopened.get(group, ())
    return [
        (_(LOCKED[group]), moment(locked) if locked else ""),
        (_(REOPENED[group]), ", ".join(moment(when) for when in reopened)),
    ]


def _moments(facts: ReportFacts) -> str:
    return beside(
        _("%(time)s: %(people)s", time=answered.moment_name(name), people=words.people(count))
        for name, count in facts.moments.items()
    )


def _agreement(result: Comparison) -> str:
    """Mean pairwise Spearman of each list, where defined."""
    found = [
        (message, shown.agreement.mean_pairwise_spearman)
        for message, shown in ((N_("customers %(value)s"), result.actual), (N_("IT %(value)s"), result.predicted))
        if shown and shown.agreement
    ]
    said = [_(message, value=numbers.decimal(value)) for message, value in found if value is not None]
    return _("%(values)s (0 = like random lists, 1 = identical)", values=", ".join(said)) if said else ""


def reasons(result: Comparison) -> list[str]:
    """Why something that the report would say is missing; reasons of many cards are counted."""
    kinds = {"/chain"} if findings.starter(result) else set()  # of few people no other part says it
    told = Counter(
        _subject(at, reason) for at, reason in result.reasons.items() if at in kinds or PRINTED.fullmatch(at)
    )
    lines = [_counted(subject, reason, times) for (subject, reason), times in told.items()]
    return [*dict.fromkeys(lines), *_untold(result)]


def _untold(result: Comparison) -> list[str]:
    """That kinds and teams, which may be shown, are not told of so few people: no part of theirs is there to say it."""
    if not findings.starter(result) or not (result.chain or result.teams):
        return []
    return [_(UNTOLD)]


def _subject(at: str, reason: str) -> tuple[str, str]:
    """What a JSON pointer is about, beside its reason."""
    parts = at.strip("/").split("/")
    return ("card" if "cards" in parts else parts[1] if parts[0] == "lists" else "", reason)


def _counted(subject: str, reason: str, times: int) -> str:
    if subject == "card":
        return _("%(subject)s: %(reason)s", subject=words.cards(times), reason=reason)
    if subject in SUBJECTS:
        return _("%(subject)s: %(reason)s", subject=_(SUBJECTS[subject]), reason=reason)
    return reason
