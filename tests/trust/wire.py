"""What no client would send, straight to the port of a real server: it answers the next request as before."""

import contextlib
import socket
import tempfile
import urllib.request
from pathlib import Path

from tests.browser.live import Server

PATIENCE = 0.5  # seconds to wait for an answer to what may get none
HALF = 40  # requests that are begun, left open, and never finished
CHUNKED = b"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
POST = b"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\n"
RAW = {
    "nothing": b"",
    "noise": bytes(range(256)) * 8,
    "a line's end": b"\r\n" * 50,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    "no version": b"GET /\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: elsewhere.example\r\n\r\n",
    "no path": b"GET  HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a whole address": b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a tunnel": b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n",
    "a climbing path": b"GET /static/x/../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "raw bytes in the path": b"GET /v/\xff\xfe\xed\xa0\x80?\xff=\xed\xa0\x80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "NUL in the path": b"GET /v/%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: a\0b\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: a\r\n b\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n: x\r\n\r\n",
    "a bare line feed": b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
    "a long path": b"GET /" + b"x" * 300_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a large header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + b"x" * 400_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
    "a negative length": POST + b"Content-Length: -5\r\n\r\n",
    "a length of letters": POST + b"Content-Length: many\r\n\r\n",
    "two lengths": POST + b"Content-Length: 1\r\nContent-Length: 9\r\n\r\na",
    "an enormous length": POST + b"Content-Length: 99999999999999999999\r\n\r\nx",
    "a length and chunks": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an unknown encoding": POST + b"Transfer-Encoding: gzip\r\n\r\nx",
    "a chunk that is no number": CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n",
    "a negative chunk": CHUNKED + b"-1\r\nhello\r\n0\r\n\r\n",
    "an enormous chunk": CHUNKED + b"ffffffffffffffffffff\r\nx",
    "a chunk without its end": CHUNKED + b"5\r\nhelloworld\r\n0\r\n\r\n",
    "two requests in one": b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 2,
    "one request smuggled in another": CHUNKED + b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n",
}


def send(server, raw):
    """The status lines of the answers, as far as there are any; whether anything from the inside stands in them."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        answer = b""
        with contextlib.suppress(OSError):  # hung up while it was still being sent to, or silent
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            while more := line.recv(65_536):
                answer += more
    return [part.split(b" ")[1] for part in answer.split(b"HTTP/1.")[1:]], b"Traceback" in answer


def answers(server):
    """Whether the server answers somebody who behaves."""
    with urllib.request.urlopen(f"{server.loopback}/health", timeout=10) as answer:
        return answer.read() == b"ok\n" and server.process.poll() is None


def try_all(server):
    """What went wrong with which of them."""
    wrong = []
    for name, raw in RAW.items():
        statuses, inside = send(server, raw)
        if inside or any(status >= b"500" and status != b"501" for status in statuses) or not answers(server):
            wrong.append((name, statuses))
    with contextlib.ExitStack() as left_open:
        for number in range(HALF):
            line = left_open.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE))
            line.sendall((POST + b"Content-Length: 100\r\n\r\ncode=")[: 5 + 2 * number])
        if not answers(server):
            wrong.append(("half a request", []))
    if "Traceback" in (server.data / "server.log").read_text():
        wrong.append(("a fault in the log", []))
    return wrong


def measure(_figures):
    """The rows of the soak's table."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        wrong = try_all(server)
        server.stop()
    yield (
        "broken HTTP, and 40 half requests left open: the server stays",
        f"{len(wrong)} of {len(RAW)} wrong",
        "0",
        not wrong,
    )
