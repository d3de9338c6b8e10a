"""What no page would ever send: odd texts and odd values, and what a browser would run if a page did not escape it."""

import json

RUNS = (  # each marks the page that lets it run
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "'><b onmouseover='window.hit=1'>",
    "</script><script>window.hit=1</script>",
    "</textarea></title><img src=x onerror=window.hit=1>",
    "<a href=javascript:window.hit=1>here</a>",
    "javascript:window.hit=1",
    "';window.hit=1;//",
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    '--><!--<iframe srcdoc="<script>top.hit=1</script>">',
    "<img src=//elsewhere.example/x.png>",
)
LIVE = ("<script>window.hit", "<img src=x", "<svg onload", "<iframe srcdoc", "<b onmouseover", "<img src=//elsewhere")
TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "\r\nSet-Cookie: hit=1",
    "\n\n\n",
    "\x1b[31mred\x07",
    "\x7f\x80\x9f",
    "\ud800",
    "\udfff\ud800 turned round",
    "\ufeff",
    "\ufffe\uffff",
    "\u202eteksab\u202c",
    "שלום עולם",
    "مرحبا",
    "👩🏽‍💻🎯",
    "Ж Θ Ğ Łódź",
    "e" + "\u0301" * 60,
    "w" * 250,
    "9" * 250,
    "x" * 5000,
    "=1+1",
    '=HYPERLINK("http://elsewhere.example")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1",
    "-1",
    "0",
    "1",
    "1.5",
    "1e999",
    "٣",
    "NaN",
    "null",
    "true",
    "[]",
    str(2**31),
    str(2**63),
    str(2**64),
    "9" * 5000,
    "%s%n%d",
    "%00",
    "%ff%fe",
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "//elsewhere.example/",
    "http://elsewhere.example/",
    "' OR 1=1 --",
    '"; DROP TABLE ballot; --',
    "2026-02-30",
    "9999-12-31",
    "0000-00-00",
    "A-01",
    "a" * 32,
    "__proto__",
    *RUNS,
)
VALUES = (
    True,
    False,
    None,
    0,
    1,
    -1,
    1.5,
    1e300,
    2**31,
    2**63,
    -(2**63) - 1,
    10**40,
    float("nan"),
    float("inf"),
    [],
    {},
    [[]],
    [None],
    ["A-01"] * 3,
    ["A-01"] * 500,
    [1, 2, 3],
    [["A-01"], ["A-02"], ["A-03"]],
    {"A-01": "often"},
    {"A-01": {"A-02": {}}},
    {"__proto__": {"hit": 1}},
    {"": ""},
    [{"words": {"words": "x"}}],
    *TEXTS,
)


NUMBERS = ("NaN", "Infinity", "-Infinity", "1e999", "01", "+1", ".5", "0x1", "nul")  # of JavaScript, not of JSON


def odd_text(dice):
    """One of the texts above, two of them together, or letters from all over Unicode."""
    kind = dice.random()
    if kind < 0.7:
        return dice.choice(TEXTS)
    if kind < 0.85:
        return dice.choice(TEXTS)[:300] + dice.choice(TEXTS)[:300]
    return "".join(chr(dice.randrange(dice.choice((0x20, 0x100, 0x3000, 0x110000)))) for _ in range(12))


def odd_value(dice, depth=3):
    """Anything that JSON can hold, and some that it cannot."""
    kind = dice.random()
    if depth and kind < 0.15:
        return [odd_value(dice, depth - 1) for _ in range(dice.randrange(4))]
    if depth and kind < 0.3:
        return {odd_text(dice)[:40]: odd_value(dice, depth - 1) for _ in range(dice.randrange(4))}
    return dice.choice(VALUES) if kind < 0.9 else odd_text(dice)


def broken_json(dice, good):
    """Bytes that are no JSON object as the server takes it, made from one that is."""
    text = json.dumps(good)
    first = next(iter(good))
    deep = dice.choice((13, 40, 990, 5000))
    return dice.choice(
        (
            b"",
            b"\0",
            b" " * dice.randrange(1, 9),
            dice.choice((b"null", b"true", b"1.5", b'"A-01"', b"[]", b"[[]]", b"NaN", b"-", b"'{}'", b"undefined")),
            text[: dice.randrange(len(text))].encode(),
            text[dice.randrange(1, len(text)) :].encode(),
            text.encode() + dice.choice((b"}", b"{}", b"\0", b"x", b",", b"[1]")),
            text.encode(dice.choice(("utf-16", "utf-16-be", "utf-32"))),
            b"\xef\xbb\xbf" + text.encode(),
            f"[{text}]".encode(),
            f"{text[:-1]}, {json.dumps(first)}: 1}}".encode(),
            f'{text[:-1]}, "x": {dice.choice(NUMBERS)}}}'.encode(),
            f'{text[:-1]}, "x": {"[" * deep}{"]" * deep}}}'.encode(),
            ('{"a":' * deep + "1" + "}" * deep).encode(),
            f'{text[:-1]}, "x": "\\u{dice.choice(("d800", "dfff", "0000"))}"}}'.encode(),
            f'{text[:-1]}, "\\ud800": 1}}'.encode(),
            text[:-1].encode()
            + b', "x": "'
            + dice.choice((b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\n", b"\0"))
            + b'"}',
            f'{text[:-1]}, "x": {"9" * 6000}}}'.encode(),
            text.replace('"', "'").encode(),
            f"/* hello */ {text}".encode(),
            f"{text[:-1]},}}".encode(),
        )
    )
