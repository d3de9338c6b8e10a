"""What templates can call: icons, addresses of static files, dates, QR codes."""

import io
import json
from functools import cache, lru_cache
from typing import Any

import segno
from flask import Flask
from jinja2 import Environment
from markupsafe import Markup, escape

from cardsort import language, resources
from cardsort.rounding import half_up
from cardsort.web.kit.assets import asset
from cardsort.web.kit.dates import clock, moment
from cardsort.web.kit.icons import OWN_ICONS
from cardsort.web.kit.words import script_words


def install_jinja(app: Flask) -> None:
    """Add the functions and filters below to the templates."""
    app.jinja_env.globals.update(asset=asset, icon=icon, marked=marked, qr=qr)
    app.jinja_env.globals.update(language=language, script_words=script_words)
    app.jinja_env.filters.update(day=language.day, clock=clock, moment=moment, half_up=half_up)
    _install_messages(app.jinja_env)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _install_messages(env: Environment) -> None:
    """`_`, `ngettext` and `{% trans %}` in the language that is spoken when the page is made."""
    env.policies["ext.i18n.trimmed"] = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        gettext=lambda message: language.catalogue().gettext(message),
        ngettext=lambda one, many, count: language.catalogue().ngettext(one, many, count),
        pgettext=lambda context, message: language.catalogue().pgettext(context, message),
        newstyle=True,
    )


def marked(field: str, fault: object) -> Markup:
    """What tells of the field of a form that it is the wrong one; nothing for any other."""
    if getattr(fault, "field", "") != field:
        return Markup()
    return Markup('aria-invalid="true" aria-errormessage="fault"')


@lru_cache(maxsize=512)
def icon(name: str) -> Markup:
    """The icon as inline SVG, hidden from screen readers; nothing for a name that does not exist."""
    nodes = OWN_ICONS.get(name) or _icons().get(name)
    if not nodes:
        return Markup()
    shapes = Markup().join(
        Markup("<{}{}/>").format(tag, Markup().join(Markup(' {}="{}"').format(*pair) for pair in attributes.items()))
        for tag, attributes in nodes
    )
    return Markup(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>'
    ).format(shapes)


def qr(address: str, label: str) -> Markup:
    """A QR code of the address as inline SVG, named for screen readers."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=3, svgclass="qr", lineclass=None)
    drawing = out.getvalue().decode()
    start = Markup('<svg role="img" aria-label="{}" ').format(escape(label))
    return start + Markup(drawing.removeprefix("<svg "))  # noqa: S704  segno's own drawing, without any text


@cache
def _icons() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.VENDOR / "icons.json").read_text(encoding="utf-8"))
    return found
