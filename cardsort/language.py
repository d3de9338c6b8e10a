"""The language in which Cardsort speaks just now, and how numbers, days and lists are said in it.

English stands in the program itself; each other language is a catalogue, `translations/<code>/cardsort.mo`, and a deck,
`cards/<code>.toml`. Whoever answers a person says `speaking` first; everything below asks `present` only through the
functions here. A message is a whole sentence with named places, `%(name)s`, in which a per cent sign is doubled; one
that is needed before its language is known is marked by `N_` and said by `_` later.
"""

import gettext as catalogues
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from cardsort import resources
from cardsort.rounding import half_up

SOURCE = "en"
_LOCALES = {SOURCE: "en_GB"}  # days as 14 May 2026, "a, b and c"
_PERCENT = {SOURCE: "#,##0\xa0%"}  # set off, as the house writes it
_present: ContextVar[str] = ContextVar("language", default=SOURCE)


def offered() -> tuple[str, ...]:
    """The codes of all languages that have a catalogue, English first."""
    return _offered(resources.TRANSLATIONS)


def present() -> str:
    """The code of the language that is spoken."""
    return _present.get()


def speak(language: str) -> None:
    """From here on, in this thread or request, this language; ValueError for one that is not offered."""
    if language not in offered():
        raise ValueError(language)
    _present.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block this language; ValueError for one that is not offered."""
    before = present()
    speak(language)
    try:
        yield
    finally:
        _present.set(before)


def name_of(language: str) -> str:
    """The language's name in itself: Deutsch."""
    found = Locale.parse(language).get_display_name() or language
    return found[:1].upper() + found[1:]


def direction() -> str:
    """Which way the language runs: ltr or rtl."""
    return _locale(present()).text_direction


def catalogue() -> catalogues.NullTranslations:
    """The messages of the present language."""
    return catalogue_of(present())


def _(message: str, **places: object) -> str:
    """The message in the present language, its named places filled."""
    return catalogue().gettext(message) % places


def N_(message: str) -> str:  # noqa: N802  the name that gettext's tools look for
    """The message as it stands, marked to be translated when `_` says it."""
    return message


def pgettext(context: str, message: str, **places: object) -> str:
    """The message that English says alike in several meanings, in this one."""
    return catalogue().pgettext(context, message) % places


def ngettext(one: str, many: str, count: float, **places: object) -> str:
    """The message for so many; `%(n)s` in it is the count as it is written."""
    return catalogue().ngettext(one, many, _whole(count)) % {"n": number(count), **places}


def number(value: float, digits: int = 0) -> str:
    """A number with so many decimals, rounded half up, with the language's marks and a real minus sign."""
    return _written(present(), half_up(value, digits), digits)


def percent(share: float, digits: int = 0) -> str:
    """A share, 0..1, as a percentage, rounded half up."""
    language = present()
    pattern = _PERCENT.get(language) or _locale(language).percent_formats[None].pattern
    return pattern.replace("#,##0", number(100 * share, digits))


def listed(names: Sequence[str], *, either: bool = False) -> str:
    """a; a and b; a, b and c. `either`: a, b or c."""
    return format_list(list(names), style="or" if either else "standard", locale=_locale(present()))


def beside(texts: Iterable[str]) -> str:
    """a; b; c, set as the language sets a semicolon."""
    first, *others = [*texts] or [""]
    for other in others:
        first = _("%(first)s; %(second)s", first=first, second=other)
    return first


def day(value: date) -> str:
    """14 May 2026."""
    return format_date(value, "long", locale=_locale(present()))


def clock(value: datetime) -> str:
    """09:05, with the time zone's name where the time has one."""
    zone = value.tzname()
    return f"{value:%H:%M}" + (f" {zone}" if zone else "")


def moment(value: datetime) -> str:
    """14 May 2026, 09:05, with the time zone's name where the time has one."""
    return f"{day(value)}, {clock(value)}"


def _whole(count: float) -> int:
    """What the plural goes by: a number with a part is many."""
    return int(count) if count == int(count) else int(count) + 2


@lru_cache(maxsize=4096)  # a page has hundreds of numbers, nearly all of them the same few
def _written(language: str, rounded: float, digits: int) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(rounded, format=pattern, locale=_locale(language)).replace("-", "−")


@cache
def _offered(folder: Path) -> tuple[str, ...]:
    return (SOURCE, *sorted(path.parent.name for path in folder.glob("*/cardsort.mo")))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


def catalogue_of(language: str) -> catalogues.NullTranslations:
    """The messages of that language."""
    return _catalogue(resources.TRANSLATIONS, language)


@cache
def _catalogue(folder: Path, language: str) -> catalogues.NullTranslations:
    if language == SOURCE:
        return catalogues.NullTranslations()
    with (folder / language / "cardsort.mo").open("rb") as file:
        return catalogues.GNUTranslations(file)


def form_of(language: str, count: int) -> int:
    """Which of its plural's forms a language takes for so many, from 0."""
    chosen: int = catalogue_of(language).plural(count)  # type: ignore[attr-defined]  # gettext makes it from the header
    return chosen
