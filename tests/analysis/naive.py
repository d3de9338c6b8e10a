"""A second implementation, as slow and plain as possible: fractions, loops, no arrays. Only for comparison."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

Ballot = dict[str, Any]
Vector = list[Fraction]

CORE = {"it": "prediction", "customers": "own"}


def read(text: str) -> list[Ballot]:
    return [
        {
            "group": row["group"],
            "kind": row.get("kind") or CORE[row["group"]],
            "ranking": row["ranking"].split(),
            "segment": row.get("segment") or "",
            "respondent": row.get("respondent") or "",
            "basis": (row.get("basis") or "").split(),
            "round": int(row.get("round") or 1),
        }
        for row in csv.DictReader(io.StringIO(text))
    ]


def pick(ballots: Iterable[Ballot], group: str, kind: str, number: int) -> list[Ballot]:
    return [b for b in ballots if (b["group"], b["kind"], b["round"]) == (group, kind, number)]


def cut(ballots: Iterable[Ballot], depth: int) -> list[Ballot]:
    return [b | {"ranking": b["ranking"][:depth], "basis": b["basis"][:depth]} for b in ballots]


def rank(codes: Sequence[str], ballot: Ballot) -> Vector:
    """Every card's rank: its place, or the mean of the places left over."""
    ranking = ballot["ranking"]
    left = [Fraction(place) for place in range(len(ranking) + 1, len(codes) + 1)]
    unlisted = sum(left) / len(left) if left else None
    return [Fraction(ranking.index(code) + 1) if code in ranking else unlisted for code in codes]  # type: ignore[misc]


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def mean_ranks(codes: Sequence[str], ballots: Sequence[Ballot]) -> Vector:
    ranks = [rank(codes, ballot) for ballot in ballots]
    return [mean([row[card] for row in ranks]) for card in range(len(codes))]


def unlisted_rank(size: int, ballot: Ballot) -> Fraction:
    return Fraction(len(ballot["ranking"]) + 1 + size, 2)


def block(values: Sequence[Fraction], card: int) -> tuple[int, int]:
    return (
        1 + sum(value < values[card] for value in values),
        len(values) - sum(value > values[card] for value in values),
    )


def blocks(values: Sequence[Fraction]) -> list[tuple[int, int]]:
    return [block(values, card) for card in range(len(values))]


def membership(values: Sequence[Fraction], top: int) -> Vector:
    found = []
    for low, high in blocks(values):
        if high <= top:
            found.append(Fraction(1))
        elif low > top:
            found.append(Fraction(0))
        else:
            found.append(Fraction(top - low + 1, high - low + 1))
    return found


def hits(first: Vector, second: Vector, top: int) -> Fraction:
    return sum((a * b for a, b in zip(membership(first, top), membership(second, top), strict=True)), Fraction(0))


def pearson(first: Sequence[Fraction], second: Sequence[Fraction]) -> float | None:
    a, b = mean(first), mean(second)
    product = sum((x - a) * (y - b) for x, y in zip(first, second, strict=True))
    spread = sum((x - a) ** 2 for x in first) * sum((y - b) ** 2 for y in second)
    return float(product) / math.sqrt(float(spread)) if spread else None


def mid_ranks(values: Sequence[Fraction]) -> Vector:
    return [Fraction(low + high, 2) for low, high in blocks(values)]


def spearman(first: Vector, second: Vector) -> float | None:
    return pearson(mid_ranks(first), mid_ranks(second))


def tau_b(first: Vector, second: Vector) -> float:
    concordant = ties_a = ties_b = pairs = 0
    for i, j in combinations(range(len(first)), 2):
        a = (first[i] > first[j]) - (first[i] < first[j])
        b = (second[i] > second[j]) - (second[i] < second[j])
        concordant += a * b
        ties_a, ties_b, pairs = ties_a + (a == 0), ties_b + (b == 0), pairs + 1
    return concordant / math.sqrt((pairs - ties_a) * (pairs - ties_b))


def overlap(first: Vector, second: Vector, top: int, p: float = 0.9) -> float:
    shared = [float(hits(first, second, depth)) / depth for depth in range(1, top + 1)]
    series = sum(value * p**depth for depth, value in enumerate(shared, 1))
    return (1 - p) / p * series + shared[-1] * p**top


def wilson(successes: Fraction, n: int) -> tuple[float, float]:
    z = 1.959963984540054
    share = float(successes) / n
    root = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (
        max(0.0, (share + z * z / (2 * n) - root) / (1 + z * z / n)),
        min(1.0, (share + z * z / (2 * n) + root) / (1 + z * z / n)),
    )


def mean_rank_interval(codes: Sequence[str], ballots: Sequence[Ballot], depth: int, card: int) -> tuple[float, float]:
    from scipy.stats import t

    m, n = len(codes), len(ballots)
    centre = Fraction(m + 1, 2)
    ranks = [rank(codes, ballot)[card] for ballot in ballots]
    shrunk = (sum(ranks) + m + 1) / (n + 2)
    listed = mean([(place - centre) ** 2 for place in range(1, depth + 1)])
    unlisted = (Fraction(m + depth + 1, 2) - centre) ** 2
    v0 = Fraction(depth, m) * listed + (1 - Fraction(depth, m)) * unlisted
    variance = (sum((r - shrunk) ** 2 for r in ranks) + 2 * (v0 + (centre - shrunk) ** 2)) / (n + 2)
    half = t.ppf(0.975, n + 1) * math.sqrt(float(variance) / (n + 2))
    return max(1.0, float(shrunk) - half), min(float(m), float(shrunk) + half)


def agreement(codes: Sequence[str], ballots: Sequence[Ballot]) -> dict[str, float | None]:
    m, n = len(codes), len(ballots)
    ranks = [rank(codes, ballot) for ballot in ballots]
    pairs = [pearson(a, b) for a, b in combinations(ranks, 2)]
    rho = sum(pair or 0.0 for pair in pairs) / len(pairs)
    sums = [sum(row[card] for row in ranks) for card in range(m)]
    spread = sum((total - Fraction(n * (m + 1), 2)) ** 2 for total in sums)
    tied = sum((m - len(b["ranking"])) ** 3 - (m - len(b["ranking"])) for b in ballots)
    w = float(12 * spread / (n * n * (m**3 - m) - n * tied))
    reliability = n * rho / (1 + (n - 1) * rho) if rho > 1e-12 else None
    return {
        "mean_pairwise_spearman": rho,
        "kendalls_w": w,
        "chi_squared": n * (m - 1) * w,
        "reliability": reliability,
        "ceiling": math.sqrt(reliability) if reliability else None,
    }


def describe(codes: Sequence[str], ballots: Sequence[Ballot], depth: int, top: int) -> dict[str, Any]:
    """A list of the result, without what is random."""
    n, means = len(ballots), mean_ranks(codes, ballots)
    unlisted = mean([unlisted_rank(len(codes), ballot) for ballot in ballots])
    cards = {}
    for card, code in enumerate(codes):
        within = sum(code in ballot["ranking"][:top] for ballot in ballots)
        cards[code] = {
            "mean_rank": float(means[card]),
            "mean_rank_interval": list(mean_rank_interval(codes, ballots, depth, card)),
            "score": max(0.0, float(100 * (unlisted - means[card]) / (unlisted - 1))),
            "position": list(block(means, card)),
            "top_share": within / n,
            "top_share_interval": list(wilson(Fraction(within), n)),
            "first_share": sum(ballot["ranking"][0] == code for ballot in ballots) / n,
            "recognition_share": None,
        }
    return {"n": n, "agreement": agreement(codes, ballots), "cards": cards}


def z_scores(means: Vector) -> list[float]:
    centre = mean(means)
    deviation = math.sqrt(float(mean([(value - centre) ** 2 for value in means])))
    return [float(centre - value) / deviation for value in means]


def profile_gaps(predicted: Vector, actual: Vector) -> list[float]:
    """Both lists' places, read off the mean of both groups' sorted z values; positive = higher in actual."""
    profile = [
        (one + other) / 2
        for one, other in zip(*(sorted(z_scores(means), reverse=True) for means in (predicted, actual)), strict=True)
    ]

    def read(place: Fraction) -> float:
        if place.denominator == 1:
            return profile[int(place) - 1]
        return (profile[math.floor(place) - 1] + profile[math.ceil(place) - 1]) / 2

    return [read(a) - read(p) for p, a in zip(mid_ranks(predicted), mid_ranks(actual), strict=True)]


def profile_p(codes: Sequence[str], predicted: list[Ballot], actual: list[Ballot]) -> list[float]:
    """Each card's p over all ways to divide the pooled ballots anew."""

    def sizes(first: list[Ballot], second: list[Ballot]) -> list[float]:
        return [abs(found) for found in profile_gaps(mean_ranks(codes, first), mean_ranks(codes, second))]

    pool, observed = [*predicted, *actual], sizes(predicted, actual)
    counts, splits = [0] * len(codes), 0
    for chosen in combinations(range(len(pool)), len(predicted)):
        first = [pool[place] for place in chosen]
        drawn = sizes(first, [ballot for place, ballot in enumerate(pool) if place not in chosen])
        counts = [n + (one >= other - 1e-9) for n, one, other in zip(counts, drawn, observed, strict=True)]
        splits += 1
    return [n / splits for n in counts]


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float, float]:
    """Difference of two shares, each a count of so many, with its interval."""
    (low, high), (other_low, other_high) = (wilson(Fraction(count), n) for count, n in (first, second))
    share, other = first[0] / first[1], second[0] / second[1]
    return (
        share - other,
        share - other - math.hypot(share - low, other_high - other),
        share - other + math.hypot(high - share, other - other_low),
    )


def similarity(codes: Sequence[str], predicted: list[Ballot], actual: list[Ballot]) -> float | None:
    r = pearson(mean_ranks(codes, predicted), mean_ranks(codes, actual))
    reliable = [agreement(codes, ballots)["reliability"] for ballots in (predicted, actual)]
    if r is None or not reliable[0] or not reliable[1]:
        return None
    return max(-1.0, min(1.0, r / math.sqrt(reliable[0] * reliable[1])))


def gap(predicted: tuple[int, int], actual: tuple[int, int]) -> int:
    if actual[1] < predicted[0]:
        return predicted[0] - actual[1]
    if predicted[1] < actual[0]:
        return predicted[1] - actual[0]
    return 0


def zone(predicted: tuple[int, int], actual: tuple[int, int], top: int) -> str:
    places = [{low <= top, high <= top} for low, high in (predicted, actual)]
    if any(len(found) == 2 for found in places):
        return "borderline"
    names = {(True, True): "shared_pain", (False, True): "blind_spot", (True, False): "false_alarm"}
    return names.get((predicted[1] <= top, actual[1] <= top), "quiet")


def worth(accuracy: float | None, rho: float, n: int) -> float | None:
    if accuracy is None or rho <= 0:
        return None
    if accuracy <= 0:
        return 0.0
    ceiling = math.sqrt(n * rho / (1 + (n - 1) * rho))
    r = accuracy / ceiling
    return None if r >= 1 else (1 - rho) / rho * r * r / (1 - r * r)


def compare(codes: Sequence[str], predicted: list[Ballot], actual: list[Ballot], top: int) -> dict[str, Any]:
    p, a = mean_ranks(codes, predicted), mean_ranks(codes, actual)
    z = [y - x for x, y in zip(z_scores(p), z_scores(a), strict=True)]
    profile, shares = profile_gaps(p, a), {}
    for code in codes:
        counts = [(sum(code in b["ranking"][:top] for b in found), len(found)) for found in (actual, predicted)]
        shares[code] = newcombe(*counts)
    places = list(zip(blocks(p), blocks(a), strict=True))
    rho = agreement(codes, actual)["mean_pairwise_spearman"]
    return {
        "hits": float(hits(p, a, top)),
        "hits_by_chance": top * top / len(codes),
        "similarity": similarity(codes, predicted, actual),
        "spearman": spearman(p, a),
        "kendall_tau_b": tau_b(p, a),
        "rbo": overlap(p, a, top),
        "worth_in_customers": worth(pearson(p, a), rho or 0.0, len(actual)),
        "cards": {
            code: {
                "gap": gap(*places[card]),
                "z_gap": z[card],
                "profile_gap": profile[card],
                "share_difference": shares[code][0],
                "share_difference_interval": list(shares[code][1:]),
                "zone": zone(*places[card], top),
            }
            for card, code in enumerate(codes)
        },
    }


def basis(codes: Sequence[str], predicted: list[Ballot], actual: list[Ballot], top: int) -> dict[str, Any]:
    chosen = dict(zip(codes, membership(mean_ranks(codes, actual), top), strict=True))
    said: dict[str, list[Fraction]] = {"know": [], "think": []}
    depth = max(len(ballot["basis"]) for ballot in predicted)
    shares = []
    for place in range(depth):
        answers = [ballot["basis"][place] for ballot in predicted if len(ballot["basis"]) > place]
        shares.append(answers.count("think") / len(answers))
        for ballot in predicted:
            if len(ballot["basis"]) > place:
                said[ballot["basis"][place]].append(chosen[ballot["ranking"][place]])
    rates = {}
    for word, found in said.items():
        total = sum(found, Fraction(0))
        rates[word] = {"n": len(found), "hit_rate": float(total) / len(found), "interval": [*wilson(total, len(found))]}
    return {"think_share_first": shares[0], "think_share": shares, **rates}


def top_codes(codes: Sequence[str], means: Vector, top: int) -> list[str]:
    order = sorted(range(len(codes)), key=lambda card: (block(means, card)[0], card))
    return [codes[card] for card in order if block(means, card)[0] <= top]


def weighting(codes: Sequence[str], customers: list[Ballot], top: int) -> dict[str, Any]:
    names = sorted({ballot["segment"] for ballot in customers})
    members = {name: [b for b in customers if b["segment"] == name] for name in names}
    own = {name: mean_ranks(codes, found) for name, found in members.items()}
    weights = {"respondents": mean_ranks(codes, customers)}
    weights["segments"] = [mean([own[name][card] for name in names]) for card in range(len(codes))]
    for name in names:
        weights[f"without {name}"] = mean_ranks(codes, [b for b in customers if b["segment"] != name])
    tops = {name: top_codes(codes, means, top) for name, means in weights.items()}
    head = membership(weights["respondents"], top)
    scenarios = [
        {
            "name": name,
            "top": tops[name],
            "kept": float(sum(min(a, b) for a, b in zip(membership(means, top), head, strict=True))),
        }
        for name, means in weights.items()
    ]
    belongs = {name: dict(zip(codes, membership(means, top), strict=True)) for name, means in weights.items()}
    everywhere = [code for code in codes if {found[code] for found in belongs.values()} == {1}]
    differing = [code for code in codes if len({found[code] for found in belongs.values()}) > 1]
    biggest = [name for name in names if all(len(members[name]) >= len(found) for found in members.values())]
    largest = biggest[0] if len(biggest) == 1 else None
    contested = []
    for code in differing:
        card = codes.index(code)
        changes = {}
        for name in names:
            found = weights[f"without {name}"]
            change = abs(belongs[f"without {name}"][code] - belongs["respondents"][code])
            move = abs(mid_ranks(found)[card] - mid_ranks(weights["respondents"])[card])
            if change:
                changes[name] = (change, move)
        deciding = [name for name, found in changes.items() if all(found >= other for other in changes.values())]
        single = deciding[0] if len(deciding) == 1 else None
        contested.append({"code": code, "decided_by": single if deciding else largest})
    return {
        "headline": "respondents",
        "largest_segment": largest and {"name": largest, "share": len(members[largest]) / len(customers)},
        "scenarios": scenarios,
        "robust": everywhere,
        "contested": contested,
    }


def projection(
    codes: Sequence[str], predicted: list[Ballot], actual: list[Ballot], own: list[Ballot]
) -> dict[str, float]:
    p, a, o = (mean_ranks(codes, found) for found in (predicted, actual, own))
    pa, po, oa = pearson(p, a) or 0.0, pearson(p, o) or 0.0, pearson(o, a) or 0.0
    differences = []
    for ballot in predicted:
        for other in own:
            if ballot["respondent"] == other["respondent"] and ballot["respondent"]:
                said, wanted = rank(codes, ballot), rank(codes, other)
                differences.append((spearman(said, a) or 0.0) - (spearman(wanted, a) or 0.0))
    return {
        "accuracy": pa,
        "assumed_similarity": po,
        "real_similarity": oa,
        "truth_force": (pa - po * oa) / (1 - oa * oa),
        "bias_force": (po - pa * oa) / (1 - oa * oa),
        "gain": pa - oa,
        "person_difference": sum(differences) / len(differences),
    }


def lenses(codes: Sequence[str], kinds: dict[str, str], ballots: list[Ballot], top: int) -> dict[str, float]:
    means = mean_ranks(codes, ballots)
    unlisted = mean([unlisted_rank(len(codes), ballot) for ballot in ballots])
    pain = dict.fromkeys(("customer", "process", "cost"), Fraction(0))
    for card, code in enumerate(codes):
        score = max(Fraction(0), 100 * (unlisted - means[card]) / (unlisted - 1))
        pain[kinds[code]] += membership(means, top)[card] * score
    for kind in pain:
        pain[kind] /= sum(found == kind for found in kinds.values())
    return {kind: float(found / sum(pain.values())) for kind, found in pain.items()}
