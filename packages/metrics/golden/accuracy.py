"""Writes accuracy.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/accuracy.py

Debian: python3-sklearn 1.2.1, python3-scipy 1.10.1, python3-numpy 1.24.2.

The first source of a case is always the definition of the metric for an order without ties, in exact fractions
(logarithms in floats), averaged over every order inside the tie groups by enumeration. The second is a library, or
where no library has the metric, another derivation; `SOURCES` names it. A candidate that is not listed is never
retrieved.
"""

import collections
import itertools
import math
import sys
from fractions import Fraction

import numpy
from scipy import stats
from sklearn import metrics

sys.dont_write_bytecode = True
from tied_orders import orders  # noqa: E402
from two_sources import TwoSources  # noqa: E402

PERSISTENCE = Fraction(4, 5)
ENUMERATION = "definition in fractions, mean over all orders inside the tie groups"
PAIRS = "pairs of a relevant and another row counted in fractions"
SOURCES = {
    "dcg": (ENUMERATION, "scikit-learn dcg_score"),
    "ndcg": (ENUMERATION, "scikit-learn dcg_score over dcg_score of the gains themselves"),
    "dcgBurges": (ENUMERATION, "scikit-learn dcg_score of 2^gain - 1"),
    "ndcgBurges": (ENUMERATION, "scikit-learn dcg_score over dcg_score of the gains themselves, of 2^gain - 1"),
    "hitRate": (ENUMERATION, "SciPy hypergeom: no relevant candidate among those drawn from the group that k cuts"),
    "recall": (ENUMERATION, "scikit-learn recall_score"),
    "precision": (ENUMERATION, "scikit-learn precision_score, empty ranks as retrieved and not relevant"),
    "reciprocalRank": (ENUMERATION, "SciPy nhypergeom: others before the first relevant candidate of its group"),
    "averagePrecision": (ENUMERATION, "scikit-learn average_precision_score of the first k times hits@k / R"),
    "averagePrecisionCapped": (
        ENUMERATION,
        "scikit-learn average_precision_score of the first k times hits@k / min(k, R)",
    ),
    "rPrecision": (ENUMERATION, "scikit-learn recall_score of the first R"),
    "rankBiasedPrecision": (ENUMERATION, "scikit-learn precision_score at each depth, summed by parts with SciPy geom"),
    "expectedReciprocalRank": (ENUMERATION, "1 / first satisfying rank, over all 2^k outcomes of being satisfied"),
    "auc": (ENUMERATION, "scikit-learn roc_auc_score, unlisted relevant candidates below all others"),
    "groupedAuc": (PAIRS, "scikit-learn roc_auc_score of each group, weighted by rows"),
    "pooledAuc": (PAIRS, "SciPy mannwhitneyu, U over the number of pairs"),
}


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
    places = {c: rank for rank, c in enumerate(order)}
    # A relevant candidate that is not listed wins no pair; one that is listed wins against all that are not.
    pairs = [a in places and places[a] < places.get(b, math.inf)
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


def enumerate_orders(tie_groups, gains, k, max_grade):
    values = [define(order, gains, k, max_grade) for order in orders(tie_groups)]
    return {name: math.fsum(float(value[name]) for value in values) / len(values) for name in values[0]}


def derive(tie_groups, gains, k, max_grade):
    """The second sources. Those for orders without ties are averaged over the different sequences of gains or hits."""
    count, listed = len(gains), sum(map(len, tie_groups))
    relevant = numpy.array(gains) > 0
    total = int(relevant.sum())
    # Tie groups from the highest score down; not listed: -1, and below these the relevant ones, which win no pair.
    scores = numpy.full(count, -1.0)
    for height, group in enumerate(reversed(tie_groups)):
        scores[group] = height
    dcg = lambda values: metrics.dcg_score([values], [scores], k=min(k, listed))
    ideal = lambda values: metrics.dcg_score([values], [values], k=k)

    def mean(metric, values):
        sequences = collections.Counter(tuple(values[c] for c in order) for order in orders(tie_groups))
        return sum(times * metric(list(s)) for s, times in sequences.items()) / sum(sequences.values())

    # Candidates that are not listed follow the others and are never retrieved.
    truth = lambda hits: hits + [True] * (total - sum(hits)) + [False] * (count - listed - total + sum(hits))
    retrieved = lambda depth: numpy.arange(count) < min(depth, listed)
    recall_at = lambda depth: mean(lambda hits: metrics.recall_score(truth(hits), retrieved(depth)), relevant)

    def precision_of(hits, depth):
        empty = max(0, depth - listed)
        return metrics.precision_score(truth(hits) + [False] * empty, [*retrieved(depth), *[True] * empty])

    def average_precision(hits):
        found = hits[:k]
        return metrics.average_precision_score(found, -numpy.arange(len(found))) * sum(found) if any(found) else 0.0

    def rank_biased_precision(hits):
        """Relevance at a geometric stopping rank, by parts: P(stop at d) hits@d, less what goes on from d to d + 1."""
        stop = stats.geom(1 - float(PERSISTENCE))
        found = [depth * precision_of(hits, depth) for depth in range(1, k + 1)]
        return sum((stop.pmf(d) - (stop.pmf(d + 1) if d < k else 0)) * found[d - 1] for d in range(1, k + 1))

    precision_sum = mean(average_precision, relevant)
    return {
        "dcg": dcg(gains),
        "ndcg": dcg(gains) / ideal(gains),
        "dcgBurges": dcg(exponential(gains)),
        "ndcgBurges": dcg(exponential(gains)) / ideal(exponential(gains)),
        "hitRate": hit_rate(tie_groups, relevant, k),
        "recall": recall_at(k),
        "precision": mean(lambda hits: precision_of(hits, k), relevant),
        "reciprocalRank": reciprocal_rank(tie_groups, relevant, k),
        "averagePrecision": precision_sum / total,
        "averagePrecisionCapped": precision_sum / min(k, total),
        "rPrecision": recall_at(total),
        "rankBiasedPrecision": mean(rank_biased_precision, relevant),
        "expectedReciprocalRank": mean(lambda seen: satisfy(seen[:k], max_grade), gains),
        "auc": metrics.roc_auc_score(relevant, numpy.where((scores < 0) & relevant, -2.0, scores)),
    }


def hit_rate(tie_groups, relevant, k):
    missed, start = 1.0, 0
    for group in tie_groups:
        drawn = max(0, min(len(group), k - start))
        missed *= stats.hypergeom(len(group), relevant[group].sum(), drawn).pmf(0)
        start += len(group)
    return 1 - missed


def reciprocal_rank(tie_groups, relevant, k):
    start = 0
    for group in tie_groups:
        found = int(relevant[group].sum())
        if found > 0:
            others = len(group) - found
            before = stats.nhypergeom(len(group), others, 1) if others > 0 else None
            chance = lambda x: before.pmf(x) if before else 1.0
            return math.fsum(chance(x) / (start + x + 1) for x in range(others + 1) if start + x < k)
        start += len(group)
    return 0.0


def satisfy(seen, max_grade):
    """1 / the first satisfying rank, over all outcomes of being satisfied at each rank or not."""
    chances = [(2.0**gain - 1) / 2**max_grade for gain in seen]
    total = 0.0
    for outcome in itertools.product((False, True), repeat=len(chances)):
        if any(outcome):
            probability = math.prod(s if hit else 1 - s for s, hit in zip(chances, outcome))
            total += probability / (outcome.index(True) + 1)
    return total


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
    # 20 candidates, 3 of them not listed, one tie across the cut-off.
    ([[c] for c in (7, 19, 4, 0, 12, 3, 16, 9)] + [[1, 15, 6, 10]] + [[c] for c in (18, 2, 5, 14, 11)],
     [0, 2, 0, 1, 0, 0, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0], 10),
]

GROUPED = [
    (
        [0.9, 0.1, 0.4, 0.4, 0.7, 0.2, 0.6, 0.6, 0.3, 0.8, 0.5, 0.1],
        [1, 0, 0, 1, 0, 2, 0, 1, 0, 0, 1, 1],
        [1, 1, 1, 1, 7, 7, 7, 7, 7, 4, 4, 2],
    ),
    ([3, 3, 1, 3, 5, 4, 4, 4, 1], [0, 1, 0, 1, 0, 0, 1, 3, 0], [0, 2, 0, 0, 2, 2, 5, 5, 5]),
]


def case(golden, tie_groups, gains, k, max_grade=3):
    arguments = (tie_groups, gains, k, max_grade)
    return {
        "tieGroups": tie_groups,
        "gains": gains,
        "k": k,
        "maxGrade": max_grade,
        "persistence": float(PERSISTENCE),
        "expected": golden.pairs(enumerate_orders(*arguments), derive(*arguments)),
    }


def grouped_case(golden, scores, gains, groups):
    def count_pairs(rows):
        wins = [Fraction(1) if scores[a] > scores[b] else Fraction(int(scores[a] == scores[b]), 2)
                for a in rows if gains[a] > 0 for b in rows if gains[b] == 0]
        return sum(wins) / len(wins)

    def library(rows):
        return metrics.roc_auc_score([gains[row] > 0 for row in rows], [scores[row] for row in rows])

    everything = range(len(scores))
    parts = [[row for row in everything if groups[row] == group] for group in sorted(set(groups))]
    defined = [rows for rows in parts if len({gains[row] > 0 for row in rows}) == 2]
    sizes = [len(rows) for rows in defined]
    counted = sum(size * count_pairs(rows) for size, rows in zip(sizes, defined)) / sum(sizes)
    found = [scores[row] for row in everything if gains[row] > 0]
    others = [scores[row] for row in everything if gains[row] == 0]
    return {
        "scores": scores,
        "gains": gains,
        "groups": groups,
        "expected": golden.pairs(
            {"groupedAuc": counted, "pooledAuc": count_pairs(everything)},
            {
                "groupedAuc": numpy.average([library(rows) for rows in defined], weights=sizes),
                "pooledAuc": stats.mannwhitneyu(found, others).statistic / (len(found) * len(others)),
            },
        ),
    }


def main():
    golden = TwoSources(SOURCES)
    golden.write("accuracy.json", {
        "cases": [case(golden, *arguments) for arguments in CASES],
        "groupedAuc": [grouped_case(golden, *columns) for columns in GROUPED],
    })


main()
