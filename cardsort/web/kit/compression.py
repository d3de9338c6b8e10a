"""Pages, scripts and styles travel compressed: a ballot page is a sixth as large, which a weak network thanks."""

import gzip
from functools import lru_cache

import brotli
from flask import Response, request

WORTH_IT = 1024  # bytes; below, the header costs what compression saves
KINDS = frozenset({"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/csv"})
ALIKE_FOR_ALL = frozenset({"files.static", "voting.cards"})


def compress(response: Response) -> Response:
    """The same text, packed as the browser takes it: with Brotli, which browsers take by https only, or with gzip."""
    response.vary.add("Accept-Encoding")
    if not _wanted(response):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= WORTH_IT:
        kept = request.endpoint in ALIKE_FOR_ALL
        name = "br" if request.accept_encodings["br"] > 0 else "gzip"
        response.set_data(_pack_kept(name, body) if kept else _pack(name, body))
        response.headers["Content-Encoding"] = name
        if etag := response.get_etag()[0]:
            response.set_etag(etag, weak=True)
    return response


def _wanted(response: Response) -> bool:
    return (
        (request.accept_encodings["gzip"] > 0 or request.accept_encodings["br"] > 0)
        and response.status_code in {200, 404, 409, 422}
        and response.mimetype in KINDS
        and "Content-Encoding" not in response.headers
    )


def _pack(name: str, body: bytes) -> bytes:
    """Quickly, as it is done for every answer."""
    if name == "br":
        packed: bytes = brotli.compress(body, quality=5)
        return packed
    return gzip.compress(body, compresslevel=6, mtime=0)


@lru_cache(maxsize=128)
def _pack_kept(name: str, body: bytes) -> bytes:
    """What all get alike is packed once, and well."""
    if name == "br":
        packed: bytes = brotli.compress(body)
        return packed
    return gzip.compress(body, compresslevel=9, mtime=0)
