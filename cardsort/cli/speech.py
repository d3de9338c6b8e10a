"""The command line in a language: helps are marked where they stand and said when they are shown, as are click's words.

`Command.main` is where a command line begins, before any help or refusal: there it takes the terminal's language.
"""

import os
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from cardsort import language
from cardsort.language import N_, _

_PLACE = re.compile(r"\{(\w+)(?:!r)?\}")  # as click writes them
_OURS = re.compile(r"%\((\w+)\)s")
CLICK_SAYS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Aborted!"),
    N_("default: %(default)s"),
    N_("Error: %(message)s"),
    N_("Try '%(command)s %(option)s' for help."),
    N_("Invalid value: %(message)s"),
    N_("Invalid value for %(param_hint)s: %(message)s"),
    N_("Missing argument"),
    N_("Missing command."),
    N_("No such option %(name)s."),
    N_("No such command %(name)s."),
    N_("Did you mean %(possibility)s?"),
    N_("(Did you mean one of: %(possibilities)s?)"),
    N_("Option %(name)s does not take a value."),
    N_("Option %(name)s requires an argument."),
    N_("Got unexpected extra argument (%(args)s)"),
    N_("Got unexpected extra arguments (%(args)s)"),
    N_("%(value)s is not a valid %(number_type)s."),
    N_("%(value)s is not in the range %(range)s."),
    N_("%(value)s is not %(choice)s."),
    N_("%(value)s is not one of %(choices)s."),
    N_("%(value)s does not match the format %(format)s."),
    N_("%(name)s %(filename)s is a directory."),
)


def language_of(environ: Mapping[str, str]) -> str:
    """The language of the terminal, where it is offered; else English."""
    locale = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := environ.get(name))), "")
    place = locale.partition(".")[0]
    return next((code for code in (place, place.partition("_")[0]) if code in language.offered()), language.SOURCE)


class Said:
    """A help, kept as it is marked and said in the present language when it is asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._kept = f"_{name}"

    def __get__(self, holder: Any, owner: type) -> str | None:
        kept: str | None = getattr(holder, self._kept, None)
        return _(kept) if kept else kept

    def __set__(self, holder: Any, text: str | None) -> None:
        setattr(holder, self._kept, text)


class Option(click.Option):
    """An option whose help is marked by `N_`."""

    help = Said()  # click sets and reads it as a text


class Command(click.Command):
    """A command whose help is marked by `N_`."""

    help = Said()

    def main(self, *args: Any, **more: Any) -> Any:
        """The whole command line, in its language."""
        with language.speaking(language_of(os.environ)):
            return super().main(*args, **more)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, which click makes once for all languages."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("Show this message and exit.")
        return found


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command


option = partial(click.option, cls=Option)
# One that may not be read is refused when it is read, with the remedy, instead of by click
FILE = click.Path(path_type=Path, readable=False)
NEW_FILE = click.Path(path_type=Path, dir_okay=False, readable=False)


def say_for_click(message: str) -> str:
    """A message of click's, its places as click writes them, in the present language."""
    places = {found[1]: found[0] for found in _PLACE.finditer(message)}
    said = language.catalogue().gettext(_PLACE.sub(r"%(\1)s", message))
    return _OURS.sub(lambda found: places.get(found[1], found[0]), said).replace("%%", "%")


def _choose_for_click(one: str, many: str, count: int) -> str:
    return say_for_click(one if count == 1 else many)


def teach_click() -> None:
    """Its words come from catalogues of the system, where there are none for it; from now on they come from ours."""
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        for name, way in (("_", say_for_click), ("ngettext", _choose_for_click)):
            if hasattr(module, name):
                setattr(module, name, way)


teach_click()
