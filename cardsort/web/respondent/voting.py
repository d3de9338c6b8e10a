"""The ballot's pages and its few requests; everything hangs on the voting link's token."""

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort import language
from cardsort.domain.ballots import CORE, MIN_RANKED, SECOND, Group, Kind, most_hits
from cardsort.domain.cards import Deck
from cardsort.domain.effort import Way, effort_of
from cardsort.domain.errors import InvalidInput, NotFound
from cardsort.domain.settings import HITS_QUESTION, NUMBERS, SERVES_QUESTION
from cardsort.language import _
from cardsort.story.answered import came
from cardsort.story.words import people
from cardsort.usecases.agenda import published_answer
from cardsort.usecases.codes import asks_code, hash_typed
from cardsort.usecases.counted import find_counted
from cardsort.usecases.removals import withdraw_ballot
from cardsort.usecases.tokens import mark_of, new_key
from cardsort.usecases.voting import (
    Respondent,
    Sent,
    Voting,
    cast_ballot,
    find_voting,
    hand_on,
    keep_draft,
    load_respondent,
    mark_of_cards,
    said_of_removed,
    turn_to_second,
)
from cardsort.usecases.workshops import DRAFTS_KEPT_FOR
from cardsort.web.everybody.deckpage import deck_context
from cardsort.web.kit.access import forget_language, give_key, respondent_key
from cardsort.web.kit.assets import BALLOT_SCRIPT, BALLOT_STYLE, asset, current_version
from cardsort.web.kit.bounds import count
from cardsort.web.kit.forms import (
    ballot_from,
    edition_from,
    round_from,
    segment_from,
    sent_id_from,
)
from cardsort.web.kit.guard import config
from cardsort.web.kit.limits import counting_one_time_codes
from cardsort.web.kit.speaking import cookie_name, speak_for
from cardsort.web.kit.strictjson import flag_at, object_at, parse_object, text_at

bp = Blueprint("voting", __name__, url_prefix="/v/<token>")
MAX_CODE = 40  # a one-time code with whatever spaces people type
DRAFT_BYTES = 16 * 1024  # a large deck sorted and ranked, with long remarks in any script
CARDS_KEPT = 86_400  # seconds: as long as a workshop's day
FILES = (BALLOT_STYLE, BALLOT_SCRIPT, "icon.svg")  # what the page loads


@bp.get("")
def welcome(token: str) -> str:
    """What this is, whom the link is for, and where to begin. Opening it changes nothing."""
    return welcome_page(voting_at(token))


def welcome_page(voting: Voting, **more: str) -> str:
    """The welcome page; `more` is the one-time code as it was typed, and what is wrong with it."""
    key = respondent_key(voting.workshop.id)
    person = load_respondent(voting, key)
    return render_template(
        "ballot/welcome.html",
        **common_parts(voting),
        workshop_id=voting.workshop.id,
        kind=voting.kind.value,
        ways=_ways(voting),
        first_way=voting.workshop.settings.first_way(voting.group),
        n_cards=voting.workshop.deck.size,
        open=voting.open,
        closes=voting.workshop.round.closes.get(voting.group),
        sent=person.sent,
        second_sent=_second_sent(voting, person, key),
        removed=None if person.sent else _said_last(person),
        draft=person.draft is not None,
        among=find_counted(voting, key),
        came=came,
        people=people,
        threshold=voting.workshop.settings.threshold,
        answered=published_answer(voting.workshop),
        asks_code=voting.open and asks_code(voting.workshop, voting.group, key),
        **more,
    )


@bp.get("/ballot")
def ballot(token: str) -> AnyResponse:
    """The ballot itself; the browser gets the key by which it is known in this workshop. Whoever is not asked in this
    round reads so on the welcome page.
    """
    voting = voting_at(token)
    if not (voting.takes_part or request.args.get("offline")):
        return redirect(common_parts(voting)["urls"]["welcome"], 303)
    key = respondent_key(voting.workshop.id) or new_key()
    return remember(make_response(_ballot_page(voting, key)), voting, key)


@bp.get("/second")
def second(token: str) -> AnyResponse:
    """The optional second ballot, which begins with the piles of the first; whoever has sent none yet begins there."""
    voting = turn_to_second(voting_at(token))
    key = respondent_key(voting.workshop.id) or new_key()
    if not request.args.get("offline") and load_respondent(replace(voting, second=False), key).sent is None:
        return redirect(common_parts(voting)["urls"]["welcome"], 303)
    return remember(make_response(_ballot_page(voting, key)), voting, key)


@bp.post("/withdraw")
def withdraw(token: str) -> AnyResponse:
    """Take back the ballot whose id the page names, where it is this person's."""
    voting = voting_at(token)
    key = respondent_key(voting.workshop.id)
    if key is not None:
        withdraw_ballot(voting, key, sent_id_from(request.form))
    return redirect(common_parts(voting)["urls"]["welcome"], 303)


@bp.get("/worker.js")
def worker(token: str) -> Response:
    """What keeps the ballot's page for a reload without network. Every link has its own, at the link's address."""
    voting = voting_at(token)
    pages = [".ballot", *([".second"] if voting.asks_second else [])]
    kiosk = request.args.get("kiosk")
    spoken = language.present() if len(language.offered()) > 1 else None  # the copy comes without cookies
    copies = {page: url_for(page, token=token, kiosk=kiosk, offline=1, language=spoken) for page in pages}
    text = render_template(
        "ballot/worker.js",
        pages={url_for(page, token=token): copy for page, copy in copies.items()},
        files=[*(asset(name) for name in FILES), _cards_url(voting)],
        family=f"ballot {mark_of(token)} ",
        version=" ".join(
            (
                current_version(),
                str(voting.workshop.round.number),
                voting.deck_mark,
                mark_of(repr(voting.workshop.settings)),
                *([spoken] if spoken else []),
            )
        ),
    )
    return Response(text, mimetype="text/javascript")


@bp.get("/cards/<mark>")
def cards(token: str, mark: str) -> Response:
    """What is printed on the cards, apart from the page, which is then small enough to be seen at once.

    The browser keeps it: the address has the mark of these very cards in their language, which is thereby said, and
    nothing of any person is on them.
    """
    voting = voting_at(token)
    decks = _decks_by_mark(voting)
    if mark not in decks:
        decks = _decks_by_mark(voting_at(token, mark))
    if mark not in decks:
        raise NotFound(_("The cards have been exchanged since this page was opened. Reload it."))
    response = make_response(_cards_page(decks[mark]))
    response.headers["Cache-Control"] = f"private, max-age={CARDS_KEPT}, immutable"
    return response


@bp.put("/draft")
def put_draft(token: str) -> Response:
    """Keep the draft of this person's ballot."""
    request.max_content_length = DRAFT_BYTES
    voting = voting_at(token)
    data = parse_object(request.get_data())
    if "draft" not in data:
        raise InvalidInput(_("There is no draft in this request, so the one before is kept. Reload the page."))
    draft = object_at(data, "draft")
    key, deck_mark = respondent_key(voting.workshop.id) or new_key(), text_at(data, "deck")
    voting = voting_at(token, deck_mark)
    if deck_mark not in {"", voting.deck_mark}:  # of cards that are no longer the workshop's
        return jsonify(saved=False, open=voting.open, deck=voting.deck_mark)
    content = json.dumps(draft, ensure_ascii=False, separators=(",", ":"))
    taken = keep_draft(voting, key, content, of_round=round_from(data), on_new=partial(count, "drafts"))
    return remember(jsonify(saved=True, open=taken), voting, key)


@bp.post("/ballots")
def send(token: str) -> Response:
    """Store the ballot: 201 when it is on disk now, 200 when it was there already."""
    voting = voting_at(token)
    data = parse_object(request.get_data())
    key = respondent_key(voting.workshop.id) or new_key()
    ballot, segment, code = ballot_from(data, voting.kind), segment_from(data), text_at(data, "code", limit=MAX_CODE)
    with counting_one_time_codes(code, key):
        sent = cast_ballot(
            voting,
            key,
            ballot,
            replace=flag_at(data, "replace"),
            segment=segment,
            deck_mark=text_at(data, "deck"),
            of_round=round_from(data),
            edition=edition_from(data.get("edition")),
            code=hash_typed(code, secret=config().secret),
        )
    response = jsonify(receipt=sent.receipt, id=sent.id)
    response.status_code = 201 if sent.new else 200
    return remember(response, voting, key)


@bp.get("/state")
def state(token: str) -> Response:
    """The present round: whether its ballots are taken, and what this person has sent in it."""
    voting = voting_at(token)
    person = load_respondent(voting, respondent_key(voting.workshop.id))
    state = voting.workshop.round
    return jsonify(
        round=state.number,
        open=voting.open,
        sent=_sent_json(person.sent, voting),
        removed=_removed_json(person),
        revealed=state.revealed_at is not None,
        answered=state.published_on is not None,
        shown=state.on_devices,
        deck=voting.deck_mark,
    )


@bp.get("/deck")
def deck(token: str) -> str:
    """All cards of the workshop, front and back."""
    voting = voting_at(token)
    return render_template(
        "deck/voting.html", **common_parts(voting), **deck_context(voting.workshop.deck, request.args)
    )


@bp.get("/anonymous")
def anonymous(token: str) -> str:
    """Is it anonymous? What is stored, what is not, who could find out what, and what is printed."""
    voting = voting_at(token)
    return render_template(
        "ballot/anonymous.html",
        **common_parts(voting),
        threshold=voting.workshop.settings.threshold,
        drafts_kept=DRAFTS_KEPT_FOR.days,
        codes=voting.workshop.round.codes and voting.group is Group.CUSTOMERS,
    )


@bp.post("/next")
def next_person(token: str) -> Response:
    """A shared device goes to the next person, who gets a key of their own and sees nothing of the last."""
    voting = voting_at(token)
    key = respondent_key(voting.workshop.id)
    if key is not None:
        hand_on(voting, key)
    response = make_response(redirect(url_for(".welcome", token=token, kiosk=1), 303))
    give_key(response, voting.workshop.id, new_key())
    if request.cookies.get(cookie_name()):
        forget_language(response)
    return response


def voting_at(token: str, deck_mark: str = "") -> Voting:
    """What the link opens; `?kind=` turns to the group's second ballot."""
    voting = find_voting(token, secret=config().secret, deck_mark=deck_mark, now=datetime.now(UTC))
    speak_to(voting)
    wanted = request.args.get("kind", voting.kind)
    return voting if wanted == voting.kind else turn_to_second(voting)


def speak_to(voting: Voting) -> None:
    """Whoever came by this link is spoken to in their language, else the link's, else the workshop's."""
    speak_for(voting.workshop.settings.language, voting.language)


def common_parts(voting: Voting) -> dict[str, Any]:
    """What all pages of a voting link say: whose they are, what is asked, and where things are."""
    token, kind = voting.token, voting.kind if voting.second else None
    predicts = voting.kind is Kind.PREDICTION and not voting.second
    most = most_hits(voting.workshop.settings.picks, voting.workshop.deck.size)
    kiosk = 1 if request.args.get("kiosk") == "1" else None  # part of the address: the device itself keeps nothing
    return {
        "kiosk": bool(kiosk),
        "workshop": voting.workshop.settings,
        "round_number": voting.workshop.round.number,
        "takes_part": voting.takes_part,
        "alone": voting.workshop.round.alone is not None,
        "group": voting.group.value,
        "segments": [segment.name for segment in voting.segments],
        "kind_of_customer": voting.kind_of_customer,
        "question": voting.question,
        "second": voting.second,
        "revealed": voting.workshop.round.revealed_at is not None,
        "shown": voting.workshop.round.on_devices,
        "second_question": voting.workshop.settings.question(voting.group, SECOND[voting.group]),
        "serves_question": _(SERVES_QUESTION) if predicts else "",
        "hits_question": _(HITS_QUESTION, number=_(NUMBERS[most])) if predicts else "",
        "most_hits": most,
        "urls": {
            "welcome": url_for("voting.welcome", token=token, kiosk=kiosk),
            "shared": url_for("voting.welcome", token=token, kiosk=1),
            "ballot": url_for("voting.ballot", token=token, kiosk=kiosk),
            "second": url_for("voting.second", token=token, kiosk=kiosk),
            "code": url_for("code.check", token=token, kiosk=kiosk),
            "cards": _cards_url(voting),
            "draft": url_for("voting.put_draft", token=token, kind=kind),
            "send": url_for("voting.send", token=token, kind=kind),
            "state": url_for("voting.state", token=token, kind=kind),
            "form": url_for("plainform.send_form", token=token, kiosk=kiosk, kind=kind),
            "worker": url_for("voting.worker", token=token, kiosk=kiosk),
            "paper": url_for("plainform.send_paper", token=token),
            "next": url_for("voting.next_person", token=token),
            "withdraw": url_for("voting.withdraw", token=token, kiosk=kiosk),
            "deck": url_for("voting.deck", token=token, kiosk=kiosk),
            "anonymous": url_for("voting.anonymous", token=token, kiosk=kiosk),
            "handover": url_for("handovers.ask", token=token),
            "result": url_for("lists.show", token=token, kiosk=kiosk),
            "answer": url_for("answer.answer", token=token, kiosk=kiosk),
        },
    }


def _ways(voting: Voting) -> list[tuple[Way, int, str]]:
    """Both ways through the cards: its name, the minutes that it takes, and its address."""
    deck, picks, kiosk = voting.workshop.deck, voting.workshop.settings.picks, request.args.get("kiosk")
    return [
        (way, effort_of(way, deck, picks).minutes, url_for("voting.ballot", token=voting.token, kiosk=kiosk, way=way))
        for way in (Way.LIST, Way.CARDS)
    ]


def _cards_url(voting: Voting) -> str:
    return url_for("voting.cards", token=voting.token, mark=mark_of_cards(voting.workshop.deck))


def _decks_by_mark(voting: Voting) -> dict[str, Deck]:
    """The cards in each language, by what tells them apart."""
    decks = []
    for code in language.offered():
        with language.speaking(code):
            decks.append(voting.workshop.deck)
    return {mark_of_cards(deck): deck for deck in decks}


def _deck(deck: Deck) -> dict[str, Any]:
    return {"deck": deck, "suits": {suit.letter: suit for suit in deck.suits}}


@lru_cache(maxsize=64)
def _cards_page(deck: Deck) -> str:
    """Made once, as a whole room asks for the same."""
    return render_template("ballot/cards.html", **_deck(deck))


def _ballot_page(voting: Voting, key: str) -> str:
    workshop, common, person = voting.workshop, common_parts(voting), load_respondent(voting, key)
    first, way = secrets.choice(workshop.deck.cards), request.args.get("way")
    new = respondent_key(workshop.id) is None and not request.args.get("offline")
    data = {
        "workshop": workshop.id,
        "round": workshop.round.number,
        "group": voting.group,
        "kind": voting.kind,
        "core": CORE[voting.group],
        "second": voting.second,
        "piles": dict(person.piles) if voting.second else {},
        "picks": workshop.settings.picks,
        "min": MIN_RANKED,
        "first": first.code,
        "way": way if way in set(Way) else None,
        "deck": voting.deck_mark,
        "draft": json.loads(person.draft) if person.draft else None,
        "sent": _sent_json(person.sent, voting),
        "removed": _removed_json(person),
        "edition": workshop.round.edition,
        "open": voting.open,
        "revealed": common["revealed"],
        "answered": workshop.round.published_on is not None,
        "shown": workshop.round.on_devices,
        "segments": common["segments"],
        "person": "" if request.args.get("offline") else mark_of(key),  # a kept page is nobody's
        "kiosk": common["kiosk"],
        "urls": common["urls"],
    }
    return render_template(
        "ballot/ballot.html",
        **common,
        kind=voting.kind.value,
        picks=workshop.settings.picks,
        second_sent=_second_sent(voting, person, key),
        **_deck(voting.workshop.deck),
        first_card=first if new and way != Way.LIST else None,
        data=data,
    )


def _second_sent(voting: Voting, person: Respondent, key: str | None) -> bool:
    """Whether the second ballot that may follow this one was sent: then it is not offered once more."""
    may_follow = voting.asks_second and person.sent is not None
    return may_follow and load_respondent(turn_to_second(voting), key).sent is not None


def _sent_json(sent: Sent | None, voting: Voting) -> dict[str, Any] | None:
    """The receipt for the page; the kind of customer only where the page asks for it."""
    if sent is None:
        return None
    segment = sent.segment if voting.segments else None
    return {"id": sent.id, "receipt": sent.receipt, "ranking": sent.ranking, "segment": segment}


def _removed_json(person: Respondent) -> list[dict[str, str]]:
    """What was taken out of this person's ballots, with the sentence that tells them."""
    return [{"id": one.id, "said": said_of_removed(one)} for one in person.removed]


def _said_last(person: Respondent) -> str:
    """The one sentence for somebody who has nothing sent any more; what the facilitator did comes first."""
    found = sorted(person.removed, key=lambda one: not one.discarded)
    return said_of_removed(found[0]) if found else ""


def remember(response: Response, voting: Voting, key: str) -> Response:
    """The answer, with the key for a browser that has none yet."""
    if respondent_key(voting.workshop.id) is None:
        give_key(response, voting.workshop.id, key)
    return response
