"""Style sheets, scripts, fonts: served under a name that changes with any of them, so that browsers keep them for ever.

The version is part of the path, not of the query: a script's relative imports stay within it.
"""

import hashlib
from functools import cache

from flask import Blueprint, Response, send_from_directory, url_for

from cardsort import resources
from cardsort.web.kit.modules import join_modules, join_styles

bp = Blueprint("files", __name__)
YEAR = 365 * 24 * 3600
BALLOT_SCRIPT, BALLOT_STYLE = "js/ballot.js", "css/ballot-page.css"  # joined from several files, see modules.py
JOINED = {BALLOT_SCRIPT: "text/javascript", BALLOT_STYLE: "text/css"}


@bp.get("/static/<version>/<path:filename>")
def static(version: str, filename: str) -> Response:
    """A static file. A page opened before an upgrade gets today's file, and is told not to keep it."""
    age = YEAR if version == current_version() else 0
    if filename in JOINED:
        response = Response(_joined(filename), mimetype=JOINED[filename])
        response.cache_control.max_age = age
    else:
        response = send_from_directory(resources.STATIC, filename, max_age=age)
    if version == current_version():
        response.cache_control.public = True
        response.cache_control.immutable = True
    return response


def asset(filename: str) -> str:
    """The present address of a static file."""
    return url_for("files.static", version=current_version(), filename=filename)


@cache
def _joined(filename: str) -> str:
    if filename == BALLOT_SCRIPT:
        return join_modules(resources.STATIC / "js/ballot", "main")
    return join_styles(resources.STATIC / "css", ("base", "card", "ballot"))


@cache
def current_version() -> str:
    """Changes when any file that pages load does."""
    digest = hashlib.sha256()
    for path in sorted(resources.STATIC.rglob("*")):
        if path.suffix in {".css", ".js", ".svg"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
