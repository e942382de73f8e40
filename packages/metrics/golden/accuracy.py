"""Writes accuracy.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/accuracy.py     (Debian: python3-sklearn 1.2.1, python3-numpy 1.24.2)
    npx biome check --write packages/metrics/golden

Every value has two sources:
1. `definition`: the definition of the metric for an order without ties, in exact fractions (logarithms in floats),
   averaged over every order inside the tie groups by enumeration.
2. `second`: scikit-learn where it has the metric (ndcg_score and dcg_score average over ties; roc_auc_score;
   average_precision_score, precision_score and recall_score for orders without ties, so these are averaged over the
   orders here), else another derivation: expected reciprocal rank as 1 / the rank at which the user stops over all
   2^n outcomes of being satisfied, rank-biased precision as the relevance at a geometric stopping rank, hit rate and
   reciprocal rank from numpy arrays of first ranks. The script stops where the two differ by more than 1e-12.
"""

import itertools
import json
import math
import pathlib
from fractions import Fraction

import numpy
from sklearn import metrics

PERSISTENCE = Fraction(4, 5)
TOLERANCE = 1e-12


def discounted(order, gains, k):
    return math.fsum(gains[c] / math.log2(rank + 1) for rank, c in enumerate(order[:k], 1))


def exponential(gains):
    return [2**gain - 1 for gain in gains]


def define(order, gains, k, max_grade):
    """All metrics of one order without ties, each as its formula is written."""
    relevant = [gain > 0 for gain in gains]
    count = sum(relevant)
    ideal = sorted(range(len(gains)), key=lambda c: -gains[c])
    hits = [rank for rank, c in enumerate(order, 1) if relevant[c]]
    within = [rank for rank in hits if rank <= k]
    precisions = sum((Fraction(sum(h <= rank for h in hits), rank) for rank in within), Fraction(0))
    expected_reciprocal_rank, reached = Fraction(0), Fraction(1)
    for rank, c in enumerate(order[:k], 1):
        satisfied = Fraction(2 ** gains[c] - 1) / 2**max_grade
        expected_reciprocal_rank += reached * satisfied / rank
        reached *= 1 - satisfied
    unranked = [c for c in range(len(gains)) if c not in order]
    pairs = [(order + unranked).index(a) < (order + unranked).index(b) and a in order
             for a in range(len(gains)) if relevant[a] for b in range(len(gains)) if not relevant[b]]
    return {
        "dcg": discounted(order, gains, k),
        "ndcg": discounted(order, gains, k) / discounted(ideal, gains, k),
        "dcgBurges": discounted(order, exponential(gains), k),
        "ndcgBurges": discounted(order, exponential(gains), k) / discounted(ideal, exponential(gains), k),
        "hitRate": Fraction(bool(within)),
        "recall": Fraction(len(within), count),
        "precision": Fraction(len(within), k),
        "reciprocalRank": Fraction(1, within[0]) if within else Fraction(0),
        "averagePrecision": precisions / count,
        "averagePrecisionCapped": precisions / min(k, count),
        "rPrecision": Fraction(sum(h <= count for h in hits), count),
        "rankBiasedPrecision": (1 - PERSISTENCE) * sum((PERSISTENCE ** (h - 1) for h in within), Fraction(0)),
        "expectedReciprocalRank": expected_reciprocal_rank,
        "auc": Fraction(sum(pairs), len(pairs)),
    }


def second(tie_groups, orders, gains, k, max_grade):
    """The same from scikit-learn and from other derivations; candidates that are not ranked come last."""
    count = len(gains)
    ranked = [c for group in tie_groups for c in group]
    relevant = numpy.array(gains) > 0
    scores = numpy.full(count, -1.0)
    for level, group in enumerate(tie_groups):
        scores[group] = len(tie_groups) - level
    complete = len(ranked) == count
    rows = [numpy.array(order) for order in orders]
    first = numpy.array([next((r for r, c in enumerate(row, 1) if relevant[c]), math.inf) for row in rows])
    found = {
        "hitRate": float(numpy.mean(first <= k)),
        "reciprocalRank": float(numpy.mean(numpy.where(first <= k, 1 / first, 0))),
        "recall": mean(metrics.recall_score(relevant, retrieved(row, count, k)) for row in rows),
        "rankBiasedPrecision": mean(stop_geometrically(relevant[row], k) for row in rows),
        "expectedReciprocalRank": mean(satisfy(row, gains, k, max_grade) for row in rows),
        "rPrecision": mean(metrics.recall_score(relevant, retrieved(row, count, int(relevant.sum()))) for row in rows),
    }
    if k <= len(ranked):
        found["precision"] = mean(metrics.precision_score(relevant, retrieved(row, count, k)) for row in rows)
    if complete and count > 1:
        found["dcg"] = metrics.dcg_score([gains], [scores], k=k)
        found["ndcg"] = metrics.ndcg_score([gains], [scores], k=k)
        found["dcgBurges"] = metrics.dcg_score([exponential(gains)], [scores], k=k)
        found["ndcgBurges"] = metrics.ndcg_score([exponential(gains)], [scores], k=k)
        found["auc"] = metrics.roc_auc_score(relevant, scores)
    if complete and k >= count:
        strict = [metrics.average_precision_score(relevant[row], -numpy.arange(count)) for row in rows]
        found["averagePrecision"] = found["averagePrecisionCapped"] = mean(strict)
    return found


def mean(values):
    values = list(values)
    return float(math.fsum(values) / len(values))


def retrieved(row, count, k):
    found = numpy.zeros(count, bool)
    found[row[:k]] = True
    return found


def stop_geometrically(relevant, k):
    """The probability that the rank at which the user stops lies within k and holds a relevant candidate."""
    p = float(PERSISTENCE)
    going_on = numpy.cumprod(numpy.full(len(relevant), p)) / p
    return float(((going_on * (1 - p)) * relevant)[:k].sum())


def satisfy(row, gains, k, max_grade):
    """1 / the first satisfying rank within k, over all outcomes of being satisfied at each rank or not."""
    chances = [(2.0 ** gains[c] - 1) / 2**max_grade for c in row[:k]]
    total = 0.0
    for outcome in itertools.product((False, True), repeat=len(chances)):
        if any(outcome):
            probability = math.prod(s if hit else 1 - s for s, hit in zip(chances, outcome))
            total += probability / (outcome.index(True) + 1)
    return total


def case(tie_groups, gains, k, max_grade=3):
    parts = [list(itertools.permutations(group)) for group in tie_groups]
    orders = [sum(map(list, choice), []) for choice in itertools.product(*parts)]
    values = [define(order, gains, k, max_grade) for order in orders]
    definition = {
        name: math.fsum(float(value[name]) for value in values) / len(values) for name in values[0]
    }
    found = second(tie_groups, orders, gains, k, max_grade)
    for name, value in found.items():
        assert abs(value - definition[name]) < TOLERANCE, (tie_groups, gains, k, name, value, definition[name])
    return {
        "tieGroups": tie_groups,
        "gains": gains,
        "k": k,
        "maxGrade": max_grade,
        "persistence": float(PERSISTENCE),
        "definition": definition,
        "second": found,
    }


CASES = [
    ([[2], [0], [1]], [0, 0, 1], 1),
    ([[0], [1], [2], [3]], [0, 1, 0, 2], 3),
    ([[3], [1], [0], [2]], [3, 2, 0, 1], 4),
    ([[4], [2], [0], [5], [1], [3]], [1, 0, 3, 0, 2, 1], 6),
    ([[5], [3], [1], [0], [2], [4], [6]], [1, 0, 2, 0, 3, 0, 1], 9),
    ([[0, 1, 2, 3, 4]], [0, 0, 1, 0, 0], 3),
    ([[0, 1, 2, 3, 4, 5]], [0, 2, 1, 0, 1, 0], 4),
    ([[1], [0, 2, 4], [3, 5]], [0, 0, 1, 1, 0, 0], 2),
    ([[1], [0, 2, 4], [3, 5]], [0, 0, 1, 1, 1, 0], 3),
    ([[1], [0, 2, 4], [3, 5]], [0, 0, 1, 1, 1, 0], 6),
    ([[6, 0], [1, 2, 3, 4], [5]], [0, 0, 3, 0, 1, 2, 0], 5),
    ([[6, 0], [1, 2, 3, 4], [5]], [0, 1, 3, 0, 1, 2, 0], 8),
    ([[0, 1, 2, 3, 4, 5, 6]], [3, 2, 0, 1, 0, 0, 1], 7),
    ([[6, 0], [1, 2, 3, 4]], [0, 0, 3, 0, 1, 2, 0], 5),
    ([[0], [1]], [0, 0, 0, 1], 2),
    ([[4], [0, 1]], [0, 1, 0, 0, 0], 10),
    ([[2, 0], [1], [3]], [3, 1, 2, 0], 2),
]

cases = [case(*arguments) for arguments in CASES]
seen = {name for entry in cases for name in entry["second"]}
assert seen == set(cases[0]["definition"]), "a metric has one source only"


def grouped_auc(scores, gains, groups):
    """GAUC from scikit-learn's AUC of each group, and from counted pairs."""
    scores, relevant, groups = numpy.array(scores), numpy.array(gains) > 0, numpy.array(groups)
    areas, counted, sizes = [], [], []
    for group in sorted(set(groups.tolist())):
        s, r = scores[groups == group], relevant[groups == group]
        if r.all() or not r.any():
            continue
        wins = [Fraction(1) if a > b else Fraction(1, 2) if a == b else Fraction(0) for a in s[r] for b in s[~r]]
        areas.append(metrics.roc_auc_score(r, s))
        counted.append(sum(wins) / len(wins))
        sizes.append(len(s))
    weighted = sum(size * area for size, area in zip(sizes, counted)) / sum(sizes)
    assert abs(numpy.average(areas, weights=sizes) - weighted) < TOLERANCE
    return {
        "scores": scores.tolist(),
        "gains": gains,
        "groups": groups.tolist(),
        "rows": float(weighted),
        "pooled": metrics.roc_auc_score(relevant, scores),
    }


golden = {
    "cases": cases,
    "groupedAuc": grouped_auc(
        [0.9, 0.1, 0.4, 0.4, 0.7, 0.2, 0.6, 0.6, 0.3, 0.8, 0.5, 0.1],
        [1, 0, 0, 1, 0, 2, 0, 1, 0, 0, 1, 1],
        [1, 1, 1, 1, 7, 7, 7, 7, 7, 4, 4, 2],
    ),
}
path = pathlib.Path(__file__).parent / "accuracy.json"
path.write_text(json.dumps(golden, indent=2) + "\n")
