"""The room's network: a TCP proxy that delays, refuses, and cuts answers off after the server has given them."""

import socket
import threading
import time


class WeakNetwork:
    """Passes requests on to the server at `port`; `fate(request)` and `delay(request)` (seconds) say how.

    "pass"; "refuse": closed before the server hears of it; "cut": the server has answered, nobody gets to know.
    """

    def __init__(self, port, fate, delay=lambda _request: 0.0):
        self.target, self.fate, self.delay = port, fate, delay
        self.fates = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client):
        with client:
            request = _read_request(client)
            if not request:
                return
            fate = self.fate(request)
            self.fates.append(fate)
            if fate == "refuse":
                return
            time.sleep(self.delay(request))
            answer = self._ask_server(request)
            if fate == "pass":
                client.sendall(answer)

    def _ask_server(self, request):
        with socket.create_connection(("127.0.0.1", self.target), timeout=30) as server:
            server.sendall(request)
            parts = iter(lambda: server.recv(65536), b"")
            return b"".join(parts)


def _read_request(client):
    """One whole request, made the last one of its connection; b"" when the browser has only opened one ahead."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65536)
        if not part:
            return b""
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += client.recv(65536)
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


def hold(page, pattern):
    """The page's requests for such an address, kept waiting until one is let through with `continue_()`."""
    held = []

    def keep(route):
        held.append(route)

    page.route(pattern, keep)
    return held


def lose_patience(page):
    """From now on a request that waits for its answer counts as failed within a second or so, not within many."""
    page.evaluate("""() => {
      const ends = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (pause) => ends(pause / 20);
    }""")
