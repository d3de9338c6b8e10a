"""What a page's scripts say, in its language: brought by the page, as JSON, and not at all where that is English."""

from functools import cache
from typing import Any

from babel.messages.extract import extract_from_file
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from cardsort import language, resources

A_MILLION = 1_000_000  # French has a form of its own for it
COUNTS = range(200)  # whatever the language, the form of a larger count is that of 100 and its last two figures
_KEYWORDS = {"_": (1,), "ngettext": (1, 2)}


def script_words(folder: str) -> Markup:
    """The element with the messages in the scripts of that folder below static/, and which form of a plural each count
    takes; nothing where nothing has to be brought.
    """
    if language.present() == language.SOURCE:
        return Markup()
    return Markup('<script type="application/json" id="words">{}</script>').format(
        htmlsafe_json_dumps(_words(folder, language.present()), ensure_ascii=False)
    )


@cache
def _words(folder: str, spoken: str) -> dict[str, Any]:
    said = language.catalogue_of(spoken)
    forms = [language.form_of(spoken, count) for count in COUNTS]
    of_form = {language.form_of(spoken, count): count for count in (A_MILLION, *reversed(COUNTS))}
    counts = [of_form.get(form, 0) for form in range(max(forms) + 1)]  # one that stands for each form
    messages: dict[str, str | list[str]] = {}
    for message in _messages(folder):
        if isinstance(message, str):
            messages[message] = said.gettext(message)
        else:
            one, many = message
            messages[one] = [said.ngettext(one, many, count) for count in counts]
    return {"messages": messages, "plural": "".join(map(str, forms))}


@cache
def _messages(folder: str) -> tuple[str | tuple[str, ...], ...]:
    files = sorted((resources.STATIC / folder).glob("*.js"))
    found = (one for file in files for one in extract_from_file("javascript", file, keywords=_KEYWORDS))
    return tuple(dict.fromkeys(message for _line, message, *_ in found if message))
