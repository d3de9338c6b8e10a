"""Ballots cast by plain requests, where a test needs many and looks at something else."""

import json
import secrets
import urllib.request


def cast(link, ranking, *, words="", moment=None, of_round=1, segment=None, expected=None):
    """One more person sends this ranking through the voting link; the receipt."""
    group_kind = "prediction" if _is_for_it(link) else "own"
    body = {"id": secrets.token_hex(16), "kind": group_kind, "ranking": ranking, "reasons": [{"words": words}]}
    body |= {"moment": moment, "round": of_round, "segment": segment}
    body |= {"expected_hits": expected}
    request = urllib.request.Request(f"{link}/ballots", data=json.dumps(body).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("Sec-Fetch-Site", "same-origin")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["receipt"]


def _is_for_it(link):
    with urllib.request.urlopen(f"{link}/ballot", timeout=30) as answer:
        return b'"kind": "prediction"' in answer.read().replace(b'"kind":"', b'"kind": "')
