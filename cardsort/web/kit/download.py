"""A file to save, never to show: one form of answer for all that is taken along."""

from flask import Response, make_response

KINDS = {
    "csv": "text/csv",
    "ics": "text/calendar",
    "json": "application/json",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(body: bytes | str, name: str) -> Response:
    """The file under that name, by whose ending the browser learns its kind."""
    response = make_response(body)
    response.mimetype = KINDS[name.rpartition(".")[2]]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
