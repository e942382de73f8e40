"""Writes agreement.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/agreement.py

Debian: python3-scipy 1.10.1, python3-numpy 1.24.2. `SOURCES` names the two sources of each value.
"""

import itertools
import math
import statistics
import sys
from fractions import Fraction

import numpy
from scipy import special, stats

sys.dont_write_bytecode = True
from rank_agreement import (  # noqa: E402
    OVERLAP, TAU, overlap_by_depth, overlap_by_orders, tau_by_counting, tau_by_scipy,
)
from tied_orders import complete, level, levels, orders  # noqa: E402
from two_sources import TwoSources  # noqa: E402

SOURCES = {
    "kendallTauB": TAU,
    "spearman": ("Pearson's formula in fractions on ranks found by counting", "SciPy spearmanr"),
    "averageRanks": ("mean place over all orders, in fractions", "SciPy rankdata, average"),
    "rankBiasedOverlap": OVERLAP,
    "borda": ("candidates beaten plus half of those tied, in fractions", "n + 1 - SciPy rankdata, summed"),
    "reciprocalRank": (
        "definition in fractions, mean over all orders inside the tie groups",
        "difference of SciPy's digamma at the ends of the tie group, over its size",
    ),
    "medianRank": ("statistics.median of the mean places over all orders", "numpy.median of SciPy rankdata"),
    "copeland": (
        "duels by counted votes",
        "Borda count (SciPy rankdata) of each pair alone, which is the majority by May's theorem",
    ),
}


def spearman_by_counting(first, second):
    def deviations(values):
        ranks = [sum(v < x for v in values) + Fraction(sum(v == x for v in values) + 1, 2) for x in values]
        return [rank - Fraction(len(values) + 1, 2) for rank in ranks]

    a, b = deviations(first), deviations(second)
    product = sum(x * y for x, y in zip(a, b))
    return product / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))


def mean_place(tie_groups, n, candidate):
    places = [order.index(candidate) + 1 for order in orders(complete(tie_groups, n))]
    return Fraction(sum(places), len(places))


def ranked(scores, kept, tolerance=0):
    """Tie groups by score, higher first; scores of floats tie within a relative tolerance."""
    groups = []
    for candidate in sorted(kept, key=lambda c: -scores[c]):
        best = scores[groups[-1][0]] if groups else None
        if groups and (scores[candidate] == best or best - scores[candidate] <= tolerance * abs(best)):
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return [sorted(group) for group in groups]


def is_unlisted(ranking, candidate):
    return level(ranking, candidate) == len(ranking)


def fuse_by_definition(rankings, n, missing, k, kept):
    def points(ranking, c):
        if missing == "zero" and is_unlisted(ranking, c):
            return Fraction(0)
        mine = level(ranking, c)
        beaten = sum(level(ranking, other) > mine for other in range(n))
        equal = sum(level(ranking, other) == mine for other in range(n)) - 1
        return beaten + Fraction(equal, 2) + 1

    reciprocal = [Fraction(0)] * n
    for ranking in rankings:
        choices = orders(ranking if missing == "zero" else complete(ranking, n))
        for order in choices:
            for rank, c in enumerate(order, 1):
                reciprocal[c] += Fraction(1, k + rank) / len(choices)

    def place(ranking, c):
        return math.inf if missing == "zero" and is_unlisted(ranking, c) else mean_place(ranking, n, c)

    def duel(a, b):
        votes = sum((level(r, a) < level(r, b)) - (level(r, a) > level(r, b)) for r in rankings)
        return (votes > 0) - (votes < 0)

    return {
        "borda": ranked([sum(points(r, c) for r in rankings) for c in range(n)], kept),
        "reciprocalRank": ranked(reciprocal, kept),
        "medianRank": ranked([-statistics.median([place(r, c) for r in rankings]) for c in range(n)], kept),
        "copeland": ranked([sum(duel(c, other) for other in range(n)) for c in range(n)], kept),
    }


def fuse_by_ranks(rankings, n, missing, k, kept):
    rows = numpy.array([levels(ranking, n) for ranking in rankings])
    absent = rows == numpy.array([[len(ranking)] for ranking in rankings])
    dropped = absent & (missing == "zero")
    rank = lambda method: numpy.array([stats.rankdata(row, method) for row in rows])
    first, last = rank("min"), rank("max")
    shares = (special.digamma(k + last + 1) - special.digamma(k + first)) / (last - first + 1)
    duels = numpy.zeros(n)
    for a, b in itertools.combinations(range(n), 2):
        counts = sum(3 - stats.rankdata(row[[a, b]]) for row in rows)
        duels[[a, b]] += numpy.sign([counts[0] - counts[1], counts[1] - counts[0]])
    return {
        "borda": ranked(numpy.where(dropped, 0, n + 1 - rank("average")).sum(axis=0), kept),
        "reciprocalRank": ranked(numpy.where(dropped, 0, shares).sum(axis=0), kept, tolerance=1e-11),
        "medianRank": ranked(-numpy.median(numpy.where(dropped, math.inf, rank("average")), axis=0), kept),
        "copeland": ranked(duels, kept),
    }


def fusion_case(golden, rankings, n, missing, k=60):
    listed = sorted(set(itertools.chain(*itertools.chain(*rankings))))
    arguments = (rankings, n, missing, k, listed if missing == "zero" else list(range(n)))
    return {
        "rankings": rankings,
        "candidates": n,
        "missing": missing,
        "k": k,
        "expected": golden.pairs(fuse_by_definition(*arguments), fuse_by_ranks(*arguments)),
    }


def correlation_case(golden, first, second):
    return {
        "first": first,
        "second": second,
        "expected": golden.pairs(
            {"kendallTauB": tau_by_counting(first, second), "spearman": spearman_by_counting(first, second)},
            {"kendallTauB": tau_by_scipy(first, second), "spearman": stats.spearmanr(first, second).correlation},
        ),
    }


def rank_case(golden, tie_groups, n):
    counted = [mean_place(tie_groups, n, candidate) for candidate in range(n)]
    library = stats.rankdata(levels(tie_groups, n))
    return {
        "tieGroups": tie_groups,
        "candidates": n,
        "expected": {"averageRanks": golden.pair("averageRanks", counted, library)},
    }


def overlap_case(golden, first, second, p):
    values = overlap_by_orders(first, second, p), overlap_by_depth(first, second, p)
    return {
        "first": first,
        "second": second,
        "persistence": float(p),
        "expected": {"rankBiasedOverlap": golden.pair("rankBiasedOverlap", *values)},
    }


def draw_correlations():
    random = numpy.random.default_rng(5)
    for n, values in ((2, 9), (3, 2), (5, 3), (8, 100), (10, 4), (10, 10), (25, 6), (60, 1000), (200, 12)):
        first, second = random.integers(0, values, n), random.integers(0, values, n)
        first[0], first[1], second[0], second[1] = 0, 1, 1, 0
        yield first.tolist(), second.tolist()


def draw_fusions():
    for seed in range(6):
        draw = numpy.random.default_rng(100 + seed)
        rankings = []
        for _ in range(int(draw.integers(2, 6))):
            chosen = draw.permutation(6)[: draw.integers(2, 7)].tolist()
            cuts = [0, *sorted(set(draw.integers(1, len(chosen), 3).tolist())), len(chosen)]
            rankings.append([sorted(chosen[a:b]) for a, b in zip(cuts, cuts[1:])])
        yield rankings, 6, ["expected-ties", "zero"][seed % 2]


def singles(text):
    return [[ord(letter) - ord("a")] for letter in text]


OVERLAPS = [
    (singles("abcdefg"), singles("zcavwxy"), Fraction(9, 10)),
    (singles("abcdefghijklmnopqrstuvwxyz"), singles("kxcnarvmwyp"), Fraction(99, 100)),
    (singles("abcde"), singles("bacde"), Fraction(95, 100)),
    (singles("a"), singles("bcad"), Fraction(1, 2)),
    ([[0, 1], [2], [3, 4, 5]], [[5], [0, 2], [1, 3, 4]], Fraction(9, 10)),
    ([[0, 1, 2, 3]], [[3], [1], [0]], Fraction(8, 10)),
    ([[4], [0, 1]], [[1, 2, 0], [5, 6], [4]], Fraction(7, 10)),
    ([[0, 1, 2]], [[0, 1, 2]], Fraction(9, 10)),
]
FUSIONS = [
    ([[[0], [1], [2]], [[2], [1], [0]]], 3, "expected-ties"),
    ([[[0], [1], [2], [3]], [[1], [0], [3], [2]], [[1], [2], [0], [3]]], 4, "expected-ties"),
    ([[[3], [1]], [[1, 2], [0]], [[4], [3], [0]]], 6, "expected-ties"),
    ([[[3], [1]], [[1, 2], [0]], [[4], [3], [0]]], 6, "zero"),
    ([[[0, 1, 2]], [[2], [0]], [], [[1], [2], [0]]], 5, "expected-ties", 1),
    ([[[0, 1, 2]], [[2], [0]], [], [[1], [2], [0]]], 5, "zero", 0),
    # Sums of three reciprocals in three orders: equal, but not in floating point.
    ([[[0], [1], [2]], [[1], [2], [0]], [[2], [0], [1]]], 3, "zero", 2),
]
RANKS = [([[3], [0, 5], [2]], 7), ([[0, 1, 2, 3]], 4), ([[2], [0], [1]], 3), ([], 4)]


def main():
    golden = TwoSources(SOURCES)
    golden.write("agreement.json", {
        "correlations": [correlation_case(golden, *vectors) for vectors in draw_correlations()],
        "ranks": [rank_case(golden, *ranking) for ranking in RANKS],
        "overlaps": [overlap_case(golden, *lists) for lists in OVERLAPS],
        "fusions": [fusion_case(golden, *rankings) for rankings in (*FUSIONS, *draw_fusions())],
    })


main()
