"""Pages, scripts and styles travel compressed: a ballot page is a sixth as large, which a weak network thanks."""

import gzip
from functools import lru_cache

from flask import Response, request

WORTH_IT = 1024  # bytes; below, the header costs what compression saves
KINDS = frozenset({"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/csv"})


def compress(response: Response) -> Response:
    """The same answer, gzipped where the browser takes it and it is text."""
    response.vary.add("Accept-Encoding")
    if not _wanted(response):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= WORTH_IT:
        kept = request.endpoint == "files.static"
        response.set_data(_gzip_kept(body) if kept else gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if etag := response.get_etag()[0]:
            response.set_etag(etag, weak=True)
    return response


def _wanted(response: Response) -> bool:
    return (
        request.accept_encodings["gzip"] > 0
        and response.status_code in {200, 404, 409, 422}
        and response.mimetype in KINDS
        and "Content-Encoding" not in response.headers
    )


@lru_cache(maxsize=64)
def _gzip_kept(body: bytes) -> bytes:
    """Static files are compressed once, and well."""
    return gzip.compress(body, compresslevel=9, mtime=0)
