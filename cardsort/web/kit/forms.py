"""From what a page sends to the domain's values; the only place where requests are parsed."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from flask import request
from werkzeug.datastructures import ImmutableMultiDict

from cardsort import language
from cardsort.domain.ballots import CORE, SECOND, Ballot, Basis, Cost, Evidence, Group, Kind, Moment, Pile, Reason
from cardsort.domain.cards import MAX_CARDS, visible
from cardsort.domain.effort import Way
from cardsort.domain.errors import InvalidBallot, InvalidInput, NotFound
from cardsort.domain.settings import (
    CHAIN,
    DEFAULT_PICKS,
    DEFAULT_THRESHOLD,
    FIELDS,
    QUESTIONS,
    Appeal,
    ChainKind,
    Segment,
    Settings,
)
from cardsort.language import _
from cardsort.store.ballots import StoredBallot
from cardsort.story.slidekinds import FASTER, Slide, faster_from, first_of
from cardsort.usecases.rounds import NextRound
from cardsort.web.kit.speaking import chosen
from cardsort.web.kit.strictjson import list_at, object_at, text_at

BALLOT_ID = re.compile(r"[0-9a-f]{32}")
SEGMENT_ROWS = 6
ASKED = ("question_it", "question_customers", "question_it_own", "question_customers_prediction", "picks")
MAX_ROUND = 9999
FORMER_PILES = {"us": "often", "not": "no"}  # as pages say that were opened before an upgrade
Choice = TypeVar("Choice", bound=StrEnum)
Form = ImmutableMultiDict[str, str]


def settings_from(form: Form) -> Settings:
    """The new workshop's settings; the rules themselves are checked by the domain."""
    return Settings(
        name=_line(form, "name"),
        organisation=_line(form, "organisation"),
        question_it=_question(form, Group.IT, CORE[Group.IT]),
        question_customers=_question(form, Group.CUSTOMERS, CORE[Group.CUSTOMERS]),
        question_it_own=_second_question(form, Group.IT),
        question_customers_prediction=_second_question(form, Group.CUSTOMERS),
        picks=_number(form, "picks", _("The number of cards to choose")) or DEFAULT_PICKS,
        threshold=_number(form, "threshold", _("The smallest group to show")) or DEFAULT_THRESHOLD,
        expected_it=_number(form, "expected_it", _("The expected number of people")),
        expected_customers=_number(form, "expected_customers", _("The expected number of people")),
        segments=_segments(form, Group.CUSTOMERS),
        teams=_segments(form, Group.IT),
        appeal=_appeal(form),
        first_way_it=_way(form, Group.IT),
        first_way_customers=_way(form, Group.CUSTOMERS),
        census=form.get("census") == "yes",
        language=chosen(form) or language.present(),
    )


def _second_question(form: Form, group: Group) -> str:
    """The wording of a second ballot that is asked, the usual one where none was typed; "" = not asked."""
    if form.get(f"second_{group}") != "yes":
        return ""
    return _question(form, group, SECOND[group])


def _question(form: Form, group: Group, kind: Kind) -> str:
    """The wording of a question as it was typed; where that is the usual one in the language of the page, or nothing,
    the usual one, which everybody reads in theirs.
    """
    usual = QUESTIONS[group, kind]
    typed = _line(form, f"question_{group}" + ("" if kind is CORE[group] else f"_{kind}"))
    return usual if typed in {"", _(usual)} else typed


def edited_from(form: Form, before: Settings) -> Settings:
    """The settings after a change. What the form does not have, as it can no longer be changed, stays as it was."""
    after = replace(settings_from(form), example=before.example, language=chosen(form) or before.language)
    if not form.get("threshold", "").strip():
        after = replace(after, threshold=before.threshold)
    if "name" not in form:  # after the reveal
        return replace(before, threshold=after.threshold)
    if "question_it" not in form:  # after the first ballot
        kept = {name: getattr(before, name) for name in ASKED}
        segments, teams = (_expectations(form, before, group) for group in (Group.CUSTOMERS, Group.IT))
        return replace(after, **kept, segments=segments, teams=teams)
    return after


def usual_form() -> tuple[Settings, dict[Group, str]]:
    """Settings as the form has them where nothing was typed yet, and the usual questions of the second ballots."""
    usual = Settings("", language=language.present())
    it, customers = map(usual.question, Group)
    second = {group: _(QUESTIONS[group, SECOND[group]]) for group in Group}
    return replace(usual, question_it=it, question_customers=customers), second


def form_from(settings: Settings) -> dict[str, str]:
    """The form as these settings would have been filled in."""
    texts = ("name", "organisation", "picks", "threshold", "language")
    filled = {name: str(getattr(settings, name)) for name in texts} | asdict(settings.appeal)
    filled |= {f"question_{group}": settings.question(group) for group in Group}
    for name in ("expected_it", "expected_customers", "first_way_it", "first_way_customers"):
        filled[name] = str(getattr(settings, name) or "")
    for group in Group:
        if question := settings.question(group, SECOND[group]):
            filled |= {f"second_{group}": "yes", f"question_{group}_{SECOND[group]}": question}
    for group, of in FIELDS.items():
        for row, segment in enumerate(settings.segments_of(group), start=1):
            filled |= {f"{of}segment-{row}": segment.name, f"{of}chain-{row}": segment.kind or ""}
            filled[f"{of}expected-{row}"] = str(segment.expected or "")
    return filled | ({"census": "yes"} if settings.census else {})


def _appeal(form: Form) -> Appeal:
    return Appeal(*(_line(form, entry.name) for entry in fields(Appeal)))


def _way(form: Form, group: Group) -> Way | None:
    """The way that is to be offered first to that group; None where the screen decides."""
    wanted = form.get(f"first_way_{group}", "")
    return Way(wanted) if wanted in set(Way) else None


def _segments(form: Form, group: Group) -> tuple[Segment, ...]:
    """The group's segments that were named; their order is the form's."""
    of, found = FIELDS[group], []
    for row in range(1, SEGMENT_ROWS + 1):
        name, kind = _line(form, f"{of}segment-{row}"), form.get(f"{of}chain-{row}", "")
        if name:
            known = ChainKind(kind) if kind in CHAIN[group] else None
            found.append(Segment(name, known, _expected(form, f"{of}expected-{row}", name)))
    return tuple(found)


def _expectations(form: Form, before: Settings, group: Group) -> tuple[Segment, ...]:
    """The same kinds of customers, or teams, with the numbers of people that are expected now."""
    return tuple(
        replace(segment, expected=_expected(form, f"{FIELDS[group]}expected-{row}", segment.name))
        for row, segment in enumerate(before.segments_of(group), start=1)
    )


def _expected(form: Form, field: str, name: str) -> int | None:
    return _number(form, field, _("The number of people expected of “%(name)s”", name=name))


def ballot_from(data: dict[str, Any], kind: Kind) -> StoredBallot:
    """The ballot in a request of the ballot page, with the id its device gave it."""
    ballot_id = _ballot_id(text_at(data, "id"))
    if text_at(data, "kind") != kind:
        raise InvalidBallot(_("This link is for another kind of ballot. Open the link again."))
    ranking = tuple(_code(code) for code in list_at(data, "ranking", limit=MAX_CARDS))
    piles = {code: _choice(Pile, FORMER_PILES.get(str(pile), pile)) for code, pile in object_at(data, "piles").items()}
    reasons = tuple(_reason(entry) for entry in list_at(data, "reasons", limit=3))
    given = data.get("moment")
    moment = None if given is None else _choice(Moment, given)
    serves, expected = _words(text_at(data, "serves")), _expected_hits(data.get("expected_hits"))
    return StoredBallot(ballot_id, Ballot(ranking, piles, reasons[: len(ranking)], moment, serves, expected))


def _expected_hits(value: Any) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise InvalidBallot(_("How many cards you expect is not a whole number. Reload the page and choose again."))


def segment_from(data: dict[str, Any]) -> int | None:
    """The kind of customer, or team, in a request of the ballot page, from 1; None where none was asked."""
    number = data.get("segment")
    if number is None or (isinstance(number, int) and not isinstance(number, bool)):
        return number
    raise InvalidBallot(_("What says where you belong is not a number. Reload the page and choose again."))


def round_from(data: dict[str, Any]) -> int:
    """The round for which the page was filled in; pages from before there were rounds do not say it: the first."""
    number = data.get("round", 1)
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= MAX_ROUND:
        return number
    raise InvalidBallot(_("The round is not a whole number. Reload the page and try again."))


def form_round_from(form: Form) -> int:
    """The same for the plain form and for the page that starts the next round."""
    return _number(form, "round", _("The number of the round")) or 1


def alone_from(form: Form) -> Group | None:
    """The one group that takes part, None where both do."""
    wanted = form.get("alone", "")
    return Group(wanted) if wanted in set(Group) else None


def next_round_from(form: Form) -> NextRound:
    """What the facilitator decided about the next round."""
    return NextRound(
        after=form_round_from(form),
        new_links=form.get("people") == "new",
        expected_it=_number(form, "expected_it", _("The expected number of people")),
        expected_customers=_number(form, "expected_customers", _("The expected number of people")),
        alone=alone_from(form),
        appeal=_appeal(form) if "hear_by" in form else None,
    )


def asked_round(given: Mapping[str, str]) -> int | None:
    """The round asked for in an address; None where none is named, NotFound for what can be none."""
    typed = given.get("round", "")
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= MAX_ROUND:
        return int(typed[:9])
    raise NotFound


def edition_from(value: Any) -> int:
    """Which edition of what is asked the page showed, from JSON or a form; the first for a page that does not say."""
    if value is None:
        return 0
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidBallot(_("The server could not tell what your page asked. Reload it, then send your order."))
    return value


def paper_ballot_from(form: Form, codes: tuple[str, ...]) -> StoredBallot:
    """The ballot of the plain form: codes typed in order, or places typed beside the cards; with its segment."""
    ballot_id = _ballot_id(form.get("id", ""))
    listed, placed = _listed_codes(form, codes), _placed_codes(form, codes)
    if listed and placed:
        raise InvalidBallot(
            _("There are codes in order and places beside the cards. Use one of the two, clear the other.")
        )
    ranking = listed or placed
    reasons = tuple(_paper_reason(form, place) for place in range(1, min(3, len(ranking)) + 1))
    moment = form.get("moment")
    serves = _words(form.get("serves", ""))
    expected = _number(form, "expected_hits", _("The number of cards that you expect"))
    ballot = Ballot(ranking, {}, reasons, _choice(Moment, moment) if moment else None, serves, expected)
    return StoredBallot(ballot_id, ballot, _number(form, "segment", _("The kind of customer or team")))


def turn_from(form: Form, slides: tuple[Slide, ...]) -> tuple[int, int]:
    """From which slide of the reveal to which one, from 0: a number, a chapter's name, or "faster"."""
    seen, wanted = _number(form, "seen", _("The slide on the screen")), form.get("to", "").strip()
    if seen is None or not wanted:
        raise InvalidInput(_("It is not said from which slide to which. Use the buttons on the page."))
    to = faster_from(slides, seen) if wanted == FASTER else first_of(slides, wanted)
    return seen, _number(form, "to", _("The slide to show")) or 0 if to is None else to


def timer_from(form: Form) -> int:
    """For how many minutes the timer is to run, 0 = to end it."""
    minutes = _number(form, "minutes", _("The number of minutes"))
    if minutes is None:
        raise InvalidInput(_("It is not said for how many minutes. Type a number, or use the buttons on the page."))
    return minutes


def step_from(given: Mapping[str, str]) -> int:
    """Which slide of a rehearsal is asked for, from 0; the first where none is."""
    return _number(given, "step", _("The slide to show")) or 0


def _listed_codes(form: Form, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Codes typed one after the other, first place first: "A-07 S-02", "a7, s2"."""
    alike = Counter(map(_bare, codes))  # “A-1” and “A1” of a deck from elsewhere must be typed in full
    known = {_bare(code): code for code in codes if alike[_bare(code)] == 1}
    found: list[str] = []
    for typed in re.split(r"[\s,;]+", form.get("codes", "").strip()):
        if not typed:
            continue
        code = typed if typed in codes else known.get(_bare(typed))
        if code is None:
            raise InvalidBallot(
                _("“%(typed)s” is not a card of this deck. Check it and type it again.", typed=visible(typed[:20]))
            )
        if code in found:
            raise InvalidBallot(
                _("Card %(code)s stands twice among the codes. Each card can have one place only.", code=code)
            )
        found.append(code)
    return tuple(found)


def _bare(code: str) -> str:
    """The code as people type it in a hurry: no dash, no leading zero, any case; "A-07" and "a7" are the same."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[-–—._]", "", code)).upper()


def _placed_codes(form: Form, codes: tuple[str, ...]) -> tuple[str, ...]:
    places: dict[int, str] = {}
    for code in codes:
        place = _number(form, f"place-{code}", _("The place of card %(code)s", code=code))
        if place is None:
            continue
        if place in places:
            raise InvalidBallot(
                _(
                    "Cards %(one)s and %(other)s both have place %(place)s. Each needs a place of its own.",
                    one=places[place],
                    other=code,
                    place=place,
                )
            )
        places[place] = code
    if sorted(places) != list(range(1, len(places) + 1)):
        missing = next(place for place in range(1, len(places) + 1) if place not in places)
        raise InvalidBallot(_("Place %(n)s is missing. Number the cards 1, 2, 3 … without a gap.", n=missing))
    return tuple(places[place] for place in sorted(places))


def _paper_reason(form: Form, place: int) -> Reason:
    basis, evidence = form.get(f"basis-{place}"), form.get(f"evidence-{place}")
    return Reason(
        basis=_choice(Basis, basis) if basis else None,
        evidence=_choice(Evidence, evidence) if evidence else None,
        costs=frozenset(_choice(Cost, cost) for cost in form.getlist(f"costs-{place}")),
        words=_words(form.get(f"words-{place}", "")),
    )


def _ballot_id(given: str) -> str:
    if not BALLOT_ID.fullmatch(given):
        raise InvalidBallot(_("The ballot has no valid id. Reload the page and send it again."))
    return given


def _reason(entry: Any) -> Reason:
    if not isinstance(entry, dict):
        raise InvalidBallot(_("A reason has another form than expected. Reload the page and send the ballot again."))
    basis, evidence = entry.get("basis"), entry.get("evidence")
    return Reason(
        basis=None if basis is None else _choice(Basis, basis),
        evidence=None if evidence is None else _choice(Evidence, evidence),
        costs=frozenset(_choice(Cost, cost) for cost in list_at(entry, "costs", limit=len(Cost))),
        words=_words(text_at(entry, "words")),
    )


def _words(text: str) -> str:
    """Own words as typed; line breaks are kept as spaces, other control characters become visible."""
    return visible(" ".join(text.split()))


def _code(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidBallot(_("The ballot names a card that does not exist. Reload the page."))
    return value


def _choice(kind: type[Choice], value: Any) -> Choice:
    found: Choice | None = _choices(kind).get(value) if isinstance(value, str) else None
    if found is None:
        raise InvalidBallot(_("One of the answers is not among the choices. Reload the page and try again."))
    return found


@cache
def _choices(kind: type[Choice]) -> dict[str, Choice]:
    return {choice.value: choice for choice in kind}


def _line(form: Form, name: str) -> str:
    return visible(" ".join(form.get(name, "").split()))


def _number(form: Mapping[str, str], name: str, label: str) -> int | None:
    typed = form.get(name, "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 7):  # noqa: PLR2004  up to a million
        # L10N: %(field)s begins the sentence and names a field: “The place of card A-01”. It does not inflect: where it
        # would have to, put it before a colon.
        said = _("%(field)s is “%(typed)s”. Type a whole number, or leave it empty.", field=label, typed=typed[:20])
        raise InvalidInput(said, name)
    return int(typed)


def count_from(form: Form) -> int | None:
    """How many one-time codes are wanted; None where nothing was typed."""
    return _number(form, "count", _("The number of codes"))


def kind_from(form: Form, name: str) -> int:
    """The number of a kind of customers, or team, in that field; 0 where there is none."""
    return _number(form, name, _("The kind of customers or team")) or 0


def segmented_from(form: Form) -> Group:
    """The group whose kinds the form is about; customers where it does not say."""
    return Group.IT if form.get("group") == Group.IT else Group.CUSTOMERS


def removal_from(form: Form) -> tuple[str, str]:
    """The receipt of a ballot to take out, and why."""
    return _line(form, "receipt"), _line(form, "reason")


def sent_id_from(form: Form) -> str:
    """The id of a ballot that the page knows as sent; "" for what can be none."""
    given = form.get("id", "")
    return given if BALLOT_ID.fullmatch(given) else ""


def large() -> int | None:
    """Whether the page is shown large, for a projector: part of the address."""
    return 1 if request.args.get("large") == "1" else None
