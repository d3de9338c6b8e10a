"""Hostile requests to every route, drawn by lot from what a living workshop uses and from what nobody would send.

The routes come from the application itself, the fields of forms from its own pages: a new one is covered by itself.
What is drawn depends on the seed alone, so `python -m tests.trust.hostile SEED REQUESTS` plays a failed run again.
"""

import gc
import gzip
import json
import random
import re
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote, urlsplit

import brotli
from werkzeug.test import run_wsgi_app

from cardsort.web.app import create_app
from cardsort.web.kit.config import Config
from cardsort.web.kit.limits import install_limits
from tests.conftest import close
from tests.trust.living import FILE, Living, fill, parts_of
from tests.trust.odd import LIVE, TEXTS, broken_json, odd_text, odd_value

SEED = 7
BATCH = 40  # requests until the tables are put back, so that there is always a workshop to reach
SAFE = {"GET", "HEAD", "OPTIONS"}
METHODS = (
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "\xc3",
    "",
)
VISITORS = {"facilitator": 20, "customer": 3, "it": 2, "other": 1, "nobody": 1}
WILD = (0.02, 0.1, 0.3, 0.8)  # how much of a request is odd
SLOW = re.compile(r"\.pdf|/example|xlsx")  # drawn as documents, or 84 ballots: each only now and then
QUERY = (
    "round",
    "kind",
    "kiosk",
    "light",
    "large",
    "open",
    "paper",
    "parts",
    "by",
    "from",
    "taken",
    "stored",
    "known",
    "step",
)
QUERIED = ("1", "2", "own", "prediction", "a4", "letter", "lens", "A-02", "a" * 32, "summary")
FITTING = {"archives.restore": "a.cardsort.json", "decks.preview": "small.csv", "imports.bring": "few.csv"}
TYPED = ("Autumn", "3", "2031-05-31", "A-02 S-01 C-03", "group,ranking\nit,A-01 A-02 A-03\n")
HEADERS = {
    "HTTP_ACCEPT": ("text/html", "application/json", "*/*"),
    "HTTP_ACCEPT_ENCODING": ("gzip", "br;q=0.9, gzip", "identity"),
    "HTTP_ACCEPT_LANGUAGE": ("de", "en;q=0.1"),
    "HTTP_IF_NONE_MATCH": ('"abc"', "*", 'W/"x"'),
    "HTTP_IF_MODIFIED_SINCE": ("Thu, 01 Jan 1970 00:00:00 GMT",),
    "HTTP_RANGE": ("bytes=0-1", "bytes=-1", "bytes=5-1,9-", "bytes=0-99999999999999999999"),
    "HTTP_X_FORWARDED_FOR": ("10.0.0.1", "::1"),
    "HTTP_X_FORWARDED_HOST": ("elsewhere.example",),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_REFERER": ("http://cards.test/", "http://elsewhere.example/"),
    "HTTP_USER_AGENT": ("curl/8",),
    "HTTP_AUTHORIZATION": ("Basic eDp5", "Bearer x", "Basic \xff"),
    "HTTP_EXPECT": ("100-continue",),
    "HTTP_TRANSFER_ENCODING": ("chunked", "gzip"),
    "HTTP_CONTENT_ENCODING": ("gzip", "br"),
    "HTTP_HX_REQUEST": ("true",),
    "HTTP_ORIGIN": ("http://cards.test", "null", "http://elsewhere.example", "http://["),
    "HTTP_SEC_FETCH_SITE": ("cross-site", "none", "same-site"),
    "HTTP_HOST": ("elsewhere.example", "cards.test:80", "[", "cards.test@elsewhere.example", ""),
}
OTHER_SITES = (  # as browsers tell of a page of another site, with https and without
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "http://other.cards.test"},
    {"HTTP_SEC_FETCH_SITE": "", "HTTP_ORIGIN": "http://elsewhere.example"},
)
KINDS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 300,
    "text/plain; charset=utf-7",
    "application/json; charset=nothing",
    "application/x-www-form-urlencoded; charset=utf-16",
    "a/b/c;;;=",
    "",
)
LENGTHS = ("-1", "0", "1", "7", "999", "65537", "99999999999999999999", "1e3", " 5", "x", "")
INSIDE = ("Traceback", "sqlalchemy", "werkzeug", "sqlite3", "psycopg", "jinja2", 'File "', "SELECT ")
FAILED, SILENT, CHANGED = "failed", "no sentence", "a table has changed"
TOLD, MARKUP, HEADER, ELSEWHERE = "inside told", "markup not escaped", "odd header", "leads elsewhere"
FOREIGN = "a foreign write is taken"
GOALS = {
    FAILED: "no 5xx",
    SILENT: "a sentence for each refused",
    CHANGED: "no table changed by GET or refused",
    TOLD: "nothing from the inside",
    MARKUP: "all markup escaped",
    HEADER: "the strict headers, no other",
    ELSEWHERE: "no way to another site",
    FOREIGN: "no change for another site’s page",
}
SENTENCE = re.compile(r"[A-Z“][^.?!]* [^.?!]*[.?!]")


@dataclass(frozen=True)
class Request:
    """One request, as the server hands it to the application; `where` is the route, for the tally."""

    where: str
    visitor: str
    environ: dict[str, str]
    body: bytes

    @property
    def safe(self):
        return self.environ["REQUEST_METHOD"].upper() in SAFE  # as Werkzeug reads it

    @property
    def foreign(self):
        """Whether a browser would say that a page of another site asks."""
        site = self.environ["HTTP_SEC_FETCH_SITE"]
        return site != "same-origin" if site else self.environ.get("HTTP_ORIGIN") != "http://cards.test"

    def __str__(self):
        parts = {name: value for name, value in self.environ.items() if name != "REMOTE_ADDR"}
        return f"{self.visitor} {json.dumps(parts)[:1500]} {self.body[:300]!r}"


class Drawing:
    """Requests by lot: the route goes round, everything else is drawn."""

    def __init__(self, living, seed):
        self.living, self.seed = living, seed
        self.routes = sorted(
            (method, str(rule), rule)
            for rule in living.app.url_map.iter_rules()
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        )
        random.Random(seed).shuffle(self.routes)

    def draw(self, number):
        """The request of that number; the same for the same seed, but for keys and tokens."""
        self.dice = dice = random.Random(f"{self.seed} {number}")
        method, _, rule = self.routes[number % len(self.routes)]
        if SLOW.search(rule.rule) and (number // len(self.routes)) % 8:
            method, _, rule = dice.choice([route for route in self.routes if not SLOW.search(route[1])])
        self.wild = dice.choice(WILD)
        [self.place] = dice.choices(self.living.places, (2, 1, 3, 1))
        [visitor] = dice.choices(list(VISITORS), VISITORS.values())
        path = fill(rule, {name: self._part_of_path(rule, name) for name in rule.arguments})
        kind, body = self._body(rule.endpoint, path) if method not in SAFE or self._rarely() else ("", b"")
        environ = {
            "REQUEST_METHOD": dice.choice(METHODS) if self._rarely() else method,
            "PATH_INFO": _wire(path),
            "QUERY_STRING": self._query(),
            "REMOTE_ADDR": f"10.0.{number // BATCH // 250 % 250}.{number // BATCH % 250}",
            "CONTENT_TYPE": dice.choice(KINDS) if self._rarely() else kind,
            "CONTENT_LENGTH": dice.choice(LENGTHS) if self._rarely() else str(len(body)),
            "HTTP_HOST": "cards.test",
            "HTTP_COOKIE": self._cookies(visitor),
            "HTTP_SEC_FETCH_SITE": "same-origin",
            **self._headers(),
            **(self.dice.choice(OTHER_SITES) if self.dice.random() < 0.08 else {}),
        }
        return Request(f"{method} {rule.rule}", visitor, environ, body)

    def _part_of_path(self, rule, name):
        good = self.dice.choice(parts_of(self.place, rule, name))
        return self._odd(good) if self.dice.random() < 0.4 else good

    def _rarely(self):
        return self.dice.random() < self.wild / 4

    def _odd(self, good):
        """A value as it should be, or an odd one."""
        if self.dice.random() >= self.wild / 2:
            return good
        if isinstance(good, str) and good and self.dice.random() < 0.3:  # nearly right
            place = self.dice.randrange(len(good) + 1)
            return good[:place] + self.dice.choice(("\0", *self.dice.sample(TEXTS, 4)))[:20] + good[place:]
        return odd_text(self.dice)

    def _query(self):
        names = [name for name in QUERY if self.dice.random() < 0.07]
        pairs = [(self._odd(name), self._odd(self.dice.choice(QUERIED))) for name in names]
        if self._rarely():
            return _wire(odd_text(self.dice))
        return "&".join(f"{_percent(name)}={_percent(value)}" for name, value in pairs)

    def _cookies(self, visitor):
        good = self.place.cookies[visitor]
        if not self._rarely():
            return good
        name = self.dice.choice((good.split("=")[0], "desk-", "key-", "start", odd_text(self.dice)))
        return _wire(f"{name}={odd_text(self.dice)}; {good if self._rarely() else ''}")

    def _headers(self):
        names = [name for name in HEADERS if self.dice.random() < self.wild / 12]
        return {name: _wire(self._odd(self.dice.choice(HEADERS[name]))) for name in names}

    def _body(self, endpoint, path):
        """A body that the route could take, and then more or less odd: its content type and its bytes."""
        good = self._good_json(endpoint, path)
        if good is not None and not self._rarely():
            return "application/json", self._json(good)
        fields = self._fields(endpoint)
        if any(value is FILE for _, value in fields) or self._rarely():
            return self._multipart(fields, FITTING.get(endpoint))
        return "application/x-www-form-urlencoded", "&".join(
            f"{_percent(name)}={_percent(value)}" for name, value in fields
        ).encode()

    def _good_json(self, endpoint, path):
        draft = {"draft": {"step": "rank", "words": ["a", "b"]}, "round": 1}
        if endpoint == "voting.send":
            kind = "prediction" if path.startswith(self.place.room.it) else "own"
            ranking = self.dice.sample(("A-01", "A-02", "B-03", "C-03", "S-01"), 3)
            reasons = [{"basis": "know", "evidence": "asked", "costs": ["time"], "words": "Nine days."}]
            made = {"id": f"{self.dice.getrandbits(128):032x}", "kind": kind, "ranking": ranking, "reasons": reasons}
            made |= {"piles": {"A-01": "often"}, "moment": None, "replace": self.dice.random() < 0.5, "segment": None}
            made |= {"round": 1, "edition": 0, "serves": "", "expected_hits": 2}
            return made | {"code": self.dice.choice(self.place.parts["code"])}
        if endpoint == "agenda.save":
            return {"decision": "do", "action": "Sit in a shop", "owner": "Ann", "due": "2031-05-31", "from_whom": []}
        if endpoint == "presenter.put_note":
            return {"slide": "questions", "words": "Let them look first."}
        return draft if endpoint == "voting.put_draft" else None

    def _json(self, good):
        if self._rarely():
            return broken_json(self.dice, good)
        for name in list(good):
            if self.dice.random() < self.wild / 3:
                good[name] = odd_value(self.dice)
            elif self._rarely():
                good[odd_text(self.dice)[:50]] = good.pop(name)
        return json.dumps(good).encode()

    def _fields(self, endpoint):
        """A form's fields, some left out, some twice, some odd."""
        forms = self.place.forms.get(endpoint) or [[(name, "1") for name in QUERY[:4]]]
        return [
            (
                self._odd(name) if self._rarely() else name,
                value if value is FILE else self._odd(value or self._typed(name)),
            )
            for name, value in self.dice.choice(forms)
            for _ in range(self.dice.choices((1, 0, 2), (1, self.wild / 3, self.wild / 6))[0])
        ]

    def _typed(self, name):
        """What somebody types into an empty field; places beside 52 cards stay empty, as most people leave them."""
        if name.startswith("place-") or self.dice.random() < 0.3:
            return ""
        return self.dice.choice((*TYPED, self.place.title, *self.place.parts["code"]))

    def _multipart(self, fields, fitting):
        edge = self.dice.choice(("edge", "----WebKitFormBoundaryx", odd_text(self.dice)[:60].strip() or "edge"))
        parts = b"".join(self._part(edge, name, value, fitting) for name, value in fields)
        body = parts + b"--" + _bytes(edge) + b"--\r\n"
        if self._rarely():
            body = body[: self.dice.randrange(len(body))]
        return _wire(f'multipart/form-data; boundary="{edge}"'), body

    def _part(self, edge, name, value, fitting):
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"'
        if value is not FILE:
            return _bytes(f"{head}\r\n\r\n{value}\r\n")
        name = fitting if fitting and self.dice.random() < 0.6 else self.dice.choice(sorted(self.living.files))
        content = self.living.files[name]
        kind = self.dice.choice(("text/csv", "application/json", odd_text(self.dice)[:50]))
        return (
            _bytes(f'{head}; filename="{self._odd(name)}"\r\nContent-Type: {kind}\r\n\r\n')
            + self._spoil(content)
            + b"\r\n"
        )

    def _spoil(self, content):
        """A file as it is, or with some of it lost, doubled, or overwritten by something odd."""
        if self.dice.random() >= self.wild:
            return content
        start = self.dice.randrange(len(content))
        end = min(len(content), start + self.dice.choice((1, 3, 40, 100_000)))
        new = self.dice.choice(
            (b"", content[start:end] * 3, _bytes(odd_text(self.dice)), self.dice.randbytes(9), b",,,", b'"')
        )
        return content[:start] + new + content[end:]


def _bytes(text):
    return text.encode("utf-8", "surrogatepass")


def _wire(text):
    """A text as a server hands it on: its bytes, each as one letter."""
    return _bytes(text).decode("latin-1")


def _percent(text):
    return quote(_bytes(text))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self):
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def text(self):
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        return unpack(self.body).decode("utf-8", "replace")


def ask(app, request):
    """The application's answer to a request made by hand, as no client would send it."""
    environ = {
        "SCRIPT_NAME": "",
        "SERVER_NAME": "cards.test",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **request.environ,
    }
    parts, status, headers = run_wsgi_app(app, environ, buffered=True)
    body = b"".join(parts)
    return Answer(int(status.split()[0]), dict(headers), body)


def faults_of(request, answer, living):
    """What is wrong with the answer itself."""
    found = []
    if answer.status >= 500:
        found.append(FAILED)
    if answer.status >= 400 and request.environ["REQUEST_METHOD"] != "HEAD" and not said(answer):
        found.append(SILENT)
    if answer.kind.startswith("text/html") and any(live in answer.text for live in LIVE):
        found.append(MARKUP)
    if answer.status >= 400 and any(word in answer.text for word in (*INSIDE, str(living.app.config["CARDSORT"].data))):
        found.append(TOLD)
    if any("\r" in value or "\n" in value for value in answer.headers.values()):
        found.append(HEADER)
    if urlsplit(answer.headers.get("Location", "")).netloc not in {"", "cards.test"}:
        found.append(ELSEWHERE)
    if request.foreign and not request.safe and answer.status not in {400, 403}:  # 400 where the host is foreign too
        found.append(FOREIGN)
    strict = answer.headers.get("Content-Security-Policy", ""), answer.headers.get("X-Content-Type-Options")
    if "default-src 'none'" not in strict[0] or strict[1] != "nosniff":
        found.append(HEADER)
    return found


def said(answer):
    """The sentence that a refusal gives, "" where it gives none."""
    text = answer.text
    if answer.kind == "application/json":
        text = json.loads(text).get("message", "")
    elif answer.kind == "text/html":
        shown = re.findall(r'<(\w+)[^>]*(?:role="alert"|class="lead")[^>]*>(.*?)</\1>', text, re.DOTALL)
        text = " ".join(re.sub(r"<[^>]*>", " ", part) for _, part in shown)
    found = SENTENCE.search(text)
    return found[0] if found else ""


class Run:
    """Requests played one after the other, and what came of them."""

    def __init__(self, living, requests, seed=SEED):
        self.living = living
        self.drawing, self.seed = Drawing(self.living, seed), seed
        self.faults, self.tally = [], Counter()
        for number in range(requests):
            if number % BATCH == 0:
                install_limits(living.app, "memory://")  # nobody has guessed yet
                self.living.restore()
            self._play(number)
        self.living.restore()
        gc.collect()  # Werkzeug leaves it what it had read of an upload that breaks off

    def _play(self, number):
        request = self.drawing.draw(number)
        answer = ask(self.living.app, request)
        self.tally[request.where, f"{answer.status // 100}xx" if answer.status < 400 else str(answer.status)] += 1
        found = faults_of(request, answer, self.living)
        if self.living.has_changed() and (request.safe or answer.status >= 400):
            found.append(CHANGED)
        self.faults += [f"{self.seed}/{number}: {fault}, {answer.status} to {request}" for fault in found]

    def classes(self):
        """How many answers there were of each class."""
        found = Counter()
        for (_, name), count in self.tally.items():
            found[name] += count
        return found

    def report(self):
        """Every route with its answers, and every fault, for whoever has to find out."""
        lines = {}
        for (where, name), count in sorted(self.tally.items()):
            lines.setdefault(where, []).append(f"{name}:{count}")
        return "\n".join([f"{where:62} {' '.join(said)}" for where, said in lines.items()] + self.faults)


def measure(figures):
    """The rows of the soak's table."""
    with fresh_living() as living:
        run = Run(living, figures.hostile)
        print("\n".join(run.faults), end="\n" if run.faults else "")
        yield from rows(run)


def rows(run):
    """Promise, measured, goal, and whether it holds."""
    classes, total = run.classes(), run.tally.total()
    wrong = Counter(fault.split(": ")[1].split(",")[0] for fault in run.faults)
    refused = sum(count for name, count in classes.items() if name >= "4" and name != "5xx")
    taken = classes["2xx"] + classes["3xx"]
    where = f"hostile requests, {len(run.drawing.routes)} routes"
    for name, goal in GOALS.items():
        yield f"{where}: {goal}", f"{wrong[name]} of {total:,}", "0", not wrong[name]
    yield (
        f"{where}: taken, refused",
        f"{taken:,}, {refused:,}",
        "each a quarter or more",
        min(taken, refused) * 4 >= total,
    )


@contextmanager
def fresh_app():
    """An application on a fresh SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Config(Path(folder), "", b"a secret for trials, long enough for its use", "http://cards.test"))
        yield app
        close(app)


@contextmanager
def fresh_living():
    """The living workshops on a fresh SQLite file."""
    with fresh_app() as app:
        living = Living(app)
        yield living
        living.close()


if __name__ == "__main__":
    seed, requests = (int(given) for given in sys.argv[1:3])
    with fresh_living() as living:
        print(Run(living, requests, seed).report())
