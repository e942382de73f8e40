"""Writes agreement.json and audits.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/agreement.py   (Debian: python3-scipy 1.10.1)
    npx biome check --write packages/metrics/golden

correlations     scipy.stats.kendalltau (variant b) and spearmanr
overlap          Webber et al. 2010, Eq. 32, on sets and exact fractions, averaged over every order inside the tie groups
fusion           definitions in exact fractions: Borda by counting beaten candidates, reciprocal ranks averaged over every
                 order inside the tie groups, statistics.median of ranks, Copeland by counting votes
position         scipy.stats.linregress; permutation tests by enumeration of every rearrangement
tilt             scipy.stats.somersd inside each class of equal gain, joined by the number of pairs
exposure         averaged over every order inside the tie groups
"""

import itertools
import json
import math
import pathlib
import statistics
from fractions import Fraction

import numpy
from scipy import stats

FOLDER = pathlib.Path(__file__).parent


def write(name, content):
    (FOLDER / name).write_text(json.dumps(content, indent=2) + "\n")


def orders(tie_groups):
    parts = [list(itertools.permutations(group)) for group in tie_groups]
    return [list(itertools.chain(*choice)) for choice in itertools.product(*parts)]


def rbo(first, second, p):
    short, long = sorted((first, second), key=len)
    s, l = len(short), len(long)
    x = [Fraction(len(set(short[:d]) & set(long[:d]))) for d in range(l + 1)]
    inner = sum(x[d] / d * p**d for d in range(1, l + 1))
    inner += sum(x[s] * (d - s) / (s * d) * p**d for d in range(s + 1, l + 1))
    return (1 - p) / p * inner + ((x[l] - x[s]) / l + x[s] / s) * p**l


def expected_rbo(first, second, p):
    pairs = list(itertools.product(orders(first), orders(second)))
    return sum(rbo(a, b, p) for a, b in pairs) / len(pairs)


def complete(tie_groups, n):
    rest = sorted(set(range(n)) - set(itertools.chain(*tie_groups)))
    return tie_groups + ([rest] if rest else [])


def level(tie_groups, candidate):
    """The index of the candidate's group; unlisted candidates share the one after the last."""
    return next((g for g, group in enumerate(tie_groups) if candidate in group), len(tie_groups))


def ranked(scores, kept):
    values = sorted({scores[c] for c in kept}, reverse=True)
    return [sorted(c for c in kept if scores[c] == value) for value in values]


def borda(rankings, n, missing):
    def points(ranking, c):
        if missing == "zero" and level(ranking, c) == len(ranking):
            return Fraction(0)
        mine = level(ranking, c)
        beaten = sum(level(ranking, other) > mine for other in range(n))
        equal = sum(level(ranking, other) == mine for other in range(n)) - 1
        return beaten + Fraction(equal, 2) + 1

    return [sum(points(r, c) for r in rankings) for c in range(n)]


def reciprocal(rankings, n, missing, k):
    scores = [Fraction(0)] * n
    for ranking in rankings:
        choices = orders(ranking if missing == "zero" else complete(ranking, n))
        for order in choices:
            for rank, c in enumerate(order, 1):
                scores[c] += Fraction(1, k + rank) / len(choices)
    return scores


def median(rankings, n, missing):
    def rank(ranking, c):
        if missing == "zero" and level(ranking, c) == len(ranking):
            return math.inf
        places = [order.index(c) + 1 for order in orders(complete(ranking, n))]
        return Fraction(sum(places), len(places))

    return [-statistics.median([rank(r, c) for r in rankings]) for c in range(n)]


def copeland(rankings, n):
    def duel(a, b):
        votes = sum((level(r, a) < level(r, b)) - (level(r, a) > level(r, b)) for r in rankings)
        return (votes > 0) - (votes < 0)

    return [sum(duel(c, other) for other in range(n)) for c in range(n)]


def fusion_case(rankings, n, missing, k=60):
    listed = sorted(set(itertools.chain(*itertools.chain(*rankings))))
    kept = listed if missing == "zero" else list(range(n))
    return {
        "rankings": rankings,
        "candidates": n,
        "missing": missing,
        "k": k,
        "borda": ranked(borda(rankings, n, missing), kept),
        "reciprocalRank": ranked(reciprocal(rankings, n, missing, k), kept),
        "medianRank": ranked(median(rankings, n, missing), kept),
        "copeland": ranked(copeland(rankings, n), kept),
    }


def agreement():
    random = numpy.random.default_rng(5)
    correlations = []
    for n, levels in ((2, 9), (3, 2), (5, 3), (8, 100), (10, 4), (10, 10), (25, 6), (60, 1000), (200, 12)):
        first, second = random.integers(0, levels, n), random.integers(0, levels, n)
        first[0], first[1], second[0], second[1] = 0, 1, 1, 0
        correlations.append({
            "first": first.tolist(),
            "second": second.tolist(),
            "kendallTauB": stats.kendalltau(first, second, variant="b").statistic,
            "spearman": stats.spearmanr(first, second).correlation,
        })
    singles = lambda text: [[ord(c) - ord("a")] for c in text]
    overlaps = [
        (singles("abcdefg"), singles("zcavwxy"), Fraction(9, 10)),
        (singles("abcdefghijklmnopqrstuvwxyz"), singles("kxcnarvmwyp"), Fraction(99, 100)),
        (singles("abcde"), singles("bacde"), Fraction(95, 100)),
        (singles("a"), singles("bcad"), Fraction(1, 2)),
        ([[0, 1], [2], [3, 4, 5]], [[5], [0, 2], [1, 3, 4]], Fraction(9, 10)),
        ([[0, 1, 2, 3]], [[3], [1], [0]], Fraction(8, 10)),
        ([[4], [0, 1]], [[1, 2, 0], [5, 6], [4]], Fraction(7, 10)),
        ([[0, 1, 2]], [[0, 1, 2]], Fraction(9, 10)),
    ]
    fusions = [
        fusion_case([[[0], [1], [2]], [[2], [1], [0]]], 3, "expected-ties"),
        fusion_case([[[0], [1], [2], [3]], [[1], [0], [3], [2]], [[1], [2], [0], [3]]], 4, "expected-ties"),
        fusion_case([[[3], [1]], [[1, 2], [0]], [[4], [3], [0]]], 6, "expected-ties"),
        fusion_case([[[3], [1]], [[1, 2], [0]], [[4], [3], [0]]], 6, "zero"),
        fusion_case([[[0, 1, 2]], [[2], [0]], [], [[1], [2], [0]]], 5, "expected-ties", 1),
        fusion_case([[[0, 1, 2]], [[2], [0]], [], [[1], [2], [0]]], 5, "zero", 0),
        # Sums of three reciprocals in three orders: equal, but not in floating point.
        fusion_case([[[0], [1], [2]], [[1], [2], [0]], [[2], [0], [1]]], 3, "zero", 2),
    ]
    for seed in range(6):
        draw = numpy.random.default_rng(100 + seed)
        rankings = []
        for _ in range(int(draw.integers(2, 6))):
            chosen = draw.permutation(6)[: draw.integers(2, 7)].tolist()
            cuts = [0, *sorted(set(draw.integers(1, len(chosen), 3).tolist())), len(chosen)]
            rankings.append([sorted(chosen[a:b]) for a, b in zip(cuts, cuts[1:])])
        fusions.append(fusion_case(rankings, 6, ["expected-ties", "zero"][seed % 2]))
    write("agreement.json", {
        "correlations": correlations,
        "overlaps": [
            {"first": a, "second": b, "persistence": float(p), "value": float(expected_rbo(a, b, p))}
            for a, b, p in overlaps
        ],
        "fusions": fusions,
    })


def between(values, positions):
    values, positions = numpy.array(values), numpy.array(positions)
    cells = [values[positions == p] for p in numpy.unique(positions)]
    return sum(len(cell) * (cell.mean() - values.mean()) ** 2 for cell in cells)


def enumerate_position_test(values, positions, tasks):
    blocks = [[i for i, t in enumerate(tasks) if t == task] for task in sorted(set(tasks))]
    observed, count, total = between(values, positions), 0, 0
    for choice in itertools.product(*(itertools.permutations(block) for block in blocks)):
        moved = list(positions)
        for block, source in zip(blocks, choice):
            for target, origin in zip(block, source):
                moved[target] = positions[origin]
        count += between(values, moved) >= observed - 1e-12
        total += 1
    return count / total


def tilt(tie_groups, gains, popularity):
    n = len(gains)
    height = [-level(tie_groups, c) for c in range(n)]
    lead, pairs = 0, 0
    for gain in sorted(set(gains)):
        members = [c for c in range(n) if gains[c] == gain]
        used = sum(popularity[a] != popularity[b] for a, b in itertools.combinations(members, 2))
        if used > 0:
            lead += used * stats.somersd([popularity[c] for c in members], [height[c] for c in members]).statistic
            pairs += used
    return {"tieGroups": tie_groups, "gains": gains, "popularity": popularity, "pairs": pairs, "tilt": lead / pairs}


def exposure(tie_groups, names):
    choices = orders(tie_groups)
    value = lambda order, c: 1 / math.log2(order.index(c) + 2) if c in order else 0
    result = {}
    for name in sorted(set(names)):
        members = [c for c, other in enumerate(names) if other == name]
        total = math.fsum(value(order, c) for order in choices for c in members)
        result[name] = total / len(choices) / len(members)
    return {"tieGroups": tie_groups, "groupOf": names, "exposure": result}


def permutation_agreement(rankings, n, p):
    pairs = list(itertools.combinations(rankings, 2))
    levels = [[level(r, c) for c in range(n)] for r in rankings]
    taus = [
        stats.kendalltau(a, b, variant="b").statistic
        for a, b in itertools.combinations(levels, 2)
        if len(set(a)) > 1 and len(set(b)) > 1
    ]
    return {
        "rankings": rankings,
        "candidates": n,
        "persistence": float(p),
        "pairs": len(pairs),
        "rankBiasedOverlap": float(sum(expected_rbo(a, b, p) for a, b in pairs) / len(pairs)),
        "kendallPairs": len(taus),
        "kendallTauB": float(numpy.mean(taus)),
    }


def audits():
    random = numpy.random.default_rng(9)
    lines = []
    for n, slots in ((4, 3), (12, 5), (50, 10), (300, 20)):
        positions = random.integers(0, slots, n)
        positions[0], positions[1] = 0, slots - 1
        values = numpy.round(random.random(n) - 0.02 * positions, 4)
        fit = stats.linregress(positions, values)
        lines.append({
            "values": values.tolist(),
            "positions": positions.tolist(),
            "slope": fit.slope,
            "standardError": fit.stderr,
            "pValue": fit.pvalue,
            "counts": numpy.bincount(positions).tolist(),
            "means": [float(values[positions == p].mean()) if (positions == p).any() else None for p in range(slots)],
        })
    values, positions = [1.0, 0.63, 0.5, 0.43, 0.39, 0.9, 0.36], [0, 1, 1, 2, 2, 0, 1]
    tasks = ["a", "b", "a", "b", "a", "b", "c"]
    write("audits.json", {
        "lines": lines,
        "positionTests": [
            {"values": values, "positions": positions, "pValue": enumerate_position_test(values, positions, [0] * 7)},
            {
                "values": values,
                "positions": positions,
                "tasks": tasks,
                "pValue": enumerate_position_test(values, positions, tasks),
            },
        ],
        "agreements": [
            permutation_agreement([[[0], [1], [2], [3]], [[1], [0], [2], [3]], [[3], [2], [1], [0]]], 4, Fraction(9, 10)),
            permutation_agreement([[[0, 1], [4]], [[4], [3], [2], [1], [0]], [[0, 1, 2, 3, 4]]], 5, Fraction(7, 10)),
        ],
        "tilts": [
            tilt([[0], [1], [2], [3], [4]], [0, 0, 1, 0, 0], [50, 20, 90, 20, 3]),
            tilt([[4], [1, 3], [0], [2]], [0, 0, 0, 0, 1], [5, 9, 1, 9, 2]),
            tilt([[2, 5], [0], [7, 1]], [0, 1, 0, 2, 1, 0, 0, 1], [4, 8, 15, 16, 23, 42, 4, 1]),
        ],
        "exposures": [
            exposure([[0], [1], [2], [3]], ["x", "y", "y", "x"]),
            exposure([[3, 0, 4], [1]], ["x", "y", "x", "y", "z", "z"]),
        ],
    })


agreement()
audits()
