"""A workshop as one file, and back: the archive to take along, and the page that restores one."""

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from cardsort.domain.errors import InvalidArchive, InvalidInput
from cardsort.language import _
from cardsort.usecases.archives import archive_workshop
from cardsort.usecases.restores import NO_ARCHIVE, Archived, read_archive, restore_workshop
from cardsort.web.everybody.starting import needs_start_code
from cardsort.web.facilitator.downloads import name_for
from cardsort.web.kit.access import desk_of, give_desk
from cardsort.web.kit.bounds import count
from cardsort.web.kit.download import download
from cardsort.web.kit.guard import config
from cardsort.web.kit.strictjson import parse_object

bp = Blueprint("archives", __name__)
ARCHIVE_BYTES = 16 * 1024 * 1024


@bp.get("/desk/<workshop_id>/archive")
def archive(workshop_id: str) -> Response:
    """The revealed workshop as one file."""
    workshop = desk_of(workshop_id)
    body = archive_workshop(workshop, today=datetime.now(UTC).date())
    return download(body, name_for(workshop, "archive.cardsort.json"))


@bp.get("/restore")
@needs_start_code
def ask_restore() -> str:
    """Choose an archive."""
    return render_template("pages/restore.html")


@bp.post("/restore")
@needs_start_code
def restore() -> Response:
    """Make a new workshop from the archive and show its facilitator link."""
    request.max_content_length = ARCHIVE_BYTES
    file = request.files.get("file")
    content = b""
    if file is not None:
        with file.stream as stream:
            content = stream.read()
    count("restores")
    if not content:
        return _ask_again(_("No file was chosen. Choose the file whose name ends in .cardsort.json."))
    try:
        today = datetime.now(UTC).date()
        started = restore_workshop(parse_archive(content), secret=config().secret, today=today)
    except InvalidArchive as error:
        return _ask_again(str(error))
    response = make_response(redirect(url_for("desk.keep_link", workshop_id=started.workshop_id), 303))
    give_desk(response, started.workshop_id, started.token)
    return response


def _ask_again(fault: str) -> Response:
    return make_response(render_template("pages/restore.html", fault=fault), 422)


def parse_archive(content: bytes) -> Archived:
    """What the archive tells, read with exact JSON types."""
    try:
        document = parse_object(content.removeprefix(b"\xef\xbb\xbf"))
    except InvalidInput:
        raise InvalidArchive(_(NO_ARCHIVE)) from None
    return read_archive(document)
