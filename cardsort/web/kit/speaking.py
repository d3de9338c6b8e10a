"""Whose language a request speaks: the one that its address names, else the one chosen on this device, else the link's,
else the browser's best among those offered, else the workshop's own. None of it is ever stored with a ballot.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, g, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

from cardsort import language
from cardsort.domain.cards import Card
from cardsort.web.kit.guard import SAFE, config

FIELD = "language"  # in addresses and forms, and the cookie


def install_languages(app: Flask) -> None:
    """Each request speaks a language of its own, error pages included, and leaves none behind in its thread."""
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.teardown_request(end)
    app.jinja_env.globals.update(tag=tag, this_page=this_page, tongue_of=tongue_of)


def begin() -> None:
    """Speak what is known before any workshop is."""
    g.language_before = language.present()
    speak_for(language.SOURCE)


def end(_error: BaseException | None) -> None:
    """The thread speaks again what it spoke before."""
    before = g.pop("language_before", None)
    if before in language.offered():
        language.speak(before)


def speak_for(own: str, of_link: str | None = None) -> None:
    """Speak to whoever asks about a workshop whose own language this is, by a link that may have one."""
    wanted = (_named(), request.cookies.get(cookie_name()), of_link, _browsers(), own, language.SOURCE)
    language.speak(next(code for code in wanted if code in language.offered()))


def chosen(given: Mapping[str, str]) -> str | None:
    """The language that a form or an address names; None where that is none that is offered."""
    found = given.get(FIELD)
    return found if found in language.offered() else None


def printing(given: Mapping[str, str], own: str) -> AbstractContextManager[None]:
    """What is made to be handed on speaks the language that is asked for, else the workshop's own."""
    return language.speaking(chosen(given) or (own if own in language.offered() else language.SOURCE))


def cookie_name() -> str:
    """It is the device's, and of no workshop."""
    return f"__Host-{FIELD}" if config().secure else FIELD


def tag(code: str) -> str:
    """The language's code as HTML has it."""
    return code.replace("_", "-")


def tongue_of(card: object, text: str = "title") -> Markup:
    """The attribute of a card's text that is in another language than the page; else nothing."""
    code = card.language_of(text) if isinstance(card, Card) else ""
    return Markup(' lang="{}"').format(tag(code)) if code else Markup()


def this_page() -> str:
    """Where to come back to from the switch: this page, not a kept copy, or the one with the form that led to it."""
    if request.method not in SAFE:
        return path_only(request.referrer or "")
    try:
        kept = [(name, value) for name, value in request.args.items(multi=True) if name not in {FIELD, "offline"}]
    except UnicodeDecodeError:  # this page is the refusal of an address that nobody can read
        return "/"
    return path_only(quote(request.path) + (f"?{urlencode(kept)}" if kept else ""))


def path_only(address: str) -> str:
    """The path on this very site, with its query; the start page for anything that leads elsewhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    plain = path.startswith("/") and path[1:2] not in {"/", "\\"} and path.isascii() and path.isprintable()
    return path if plain and "\\" not in path else "/"


def _named() -> str | None:
    try:
        return chosen(request.args)
    except UnicodeDecodeError:  # an address that nobody can read is refused in a moment
        return None


def _browsers() -> str | None:
    asked = LanguageAccept([(code, weight) for code, weight in request.accept_languages if code != "*"])
    return asked.best_match([tag(code) for code in language.offered()])
