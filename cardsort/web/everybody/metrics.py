"""What the server counts of itself, for a monitor on the same machine; to everybody else there is no such page."""

from ipaddress import IPv6Address, ip_address

from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from cardsort.store.measures import counted
from cardsort.web.kit.config import LOOPBACK
from cardsort.web.kit.guard import host_name

bp = Blueprint("metrics", __name__)
FORWARDED = ("Forwarded", "Via", "X-Real-Ip")  # and whatever begins with X-Forwarded


@bp.get("/metrics")
def show() -> Response:
    """In Prometheus' format."""
    if not (_peer_is_here() and host_name() in LOOPBACK) or _came_through_a_proxy():
        abort(404)
    return Response(generate_latest(counted()), content_type=CONTENT_TYPE_LATEST)


def _peer_is_here() -> bool:
    """By the connection itself, whatever its headers say of where the request came from."""
    environ = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    try:
        peer = ip_address(environ.get("REMOTE_ADDR") or "")
    except ValueError:  # a socket that is a file tells nothing
        return False
    return ((isinstance(peer, IPv6Address) and peer.ipv4_mapped) or peer).is_loopback


def _came_through_a_proxy() -> bool:
    """Also through one on this machine, whose connections all come from here."""
    return any(name.startswith("X-Forwarded") or name in FORWARDED for name, _value in request.headers)
