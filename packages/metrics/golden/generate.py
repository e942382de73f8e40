"""Writes the golden values beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/generate.py     (Debian: python3-scipy 1.10.1)
    npx biome check --write packages/metrics/golden

accuracy.json    NDCG, hit rate and reciprocal rank with ties: definitions in exact fractions (logarithms in floats),
                 averaged over every order inside the tie groups by enumeration.
statistics.json  scipy.stats: t, norm, ttest_rel, bootstrap (BCa); the randomisation test by enumeration of all signs.
"""

import itertools
import json
import math
import pathlib
from fractions import Fraction

import numpy
from scipy import stats

FOLDER = pathlib.Path(__file__).parent


def write(name, content):
    (FOLDER / name).write_text(json.dumps(content, indent=2) + "\n")


def score_order(order, gains, k):
    discounts = [1 / math.log2(rank + 1) for rank in range(1, k + 1)]
    dcg = math.fsum(gains[c] * d for c, d in zip(order, discounts))
    ideal = math.fsum(g * d for g, d in zip(sorted(gains, reverse=True), discounts))
    hits = [rank for rank, c in enumerate(order[:k], 1) if gains[c] > 0]
    return dcg / ideal, Fraction(bool(hits)), Fraction(1, hits[0]) if hits else Fraction(0)


def accuracy_case(tie_groups, gains, k):
    parts = [list(itertools.permutations(group)) for group in tie_groups]
    scores = [score_order(sum(map(list, choice), []), gains, k) for choice in itertools.product(*parts)]
    count = len(scores)
    return {
        "tieGroups": tie_groups,
        "gains": gains,
        "k": k,
        "ndcg": math.fsum(s[0] for s in scores) / count,
        "hitRate": float(sum(s[1] for s in scores) / count),
        "reciprocalRank": float(sum(s[2] for s in scores) / count),
    }


def accuracy():
    cases = [
        ([[2], [0], [1]], [0, 0, 1], 1),
        ([[0], [1], [2], [3]], [0, 1, 0, 2], 3),
        ([[3], [1], [0], [2]], [3, 2, 0, 1], 4),
        ([[0, 1, 2, 3, 4]], [0, 0, 1, 0, 0], 3),
        ([[0, 1, 2, 3, 4, 5]], [0, 2, 1, 0, 0.5, 0], 4),
        ([[1], [0, 2, 4], [3, 5]], [0, 0, 1, 1, 0, 0], 2),
        ([[1], [0, 2, 4], [3, 5]], [0, 0, 1, 1, 1, 0], 3),
        ([[6, 0], [1, 2, 3, 4]], [0, 0, 3, 0, 1, 2, 0], 5),
        ([[0], [1]], [0, 0, 0, 1], 2),
        ([[4], [0, 1]], [0, 1, 0, 0, 0], 10),
    ]
    write("accuracy.json", [accuracy_case(*case) for case in cases])


def randomization(differences):
    observed = math.fsum(differences)
    sums = [
        math.fsum(s * d for s, d in zip(signs, differences))
        for signs in itertools.product((-1, 1), repeat=len(differences))
    ]
    return {
        "twoSided": sum(abs(s) >= abs(observed) - 1e-12 for s in sums) / len(sums),
        "greater": sum(s >= observed - 1e-12 for s in sums) / len(sums),
    }


def bca(values, resamples, level, seed):
    """SciPy's interval with the indices it drew; ours is fed the same."""
    sample = numpy.array(values)
    result = stats.bootstrap(
        (sample,), numpy.mean, n_resamples=resamples, confidence_level=level, method="BCa",
        random_state=numpy.random.default_rng(seed),
    )
    drawn = numpy.random.default_rng(seed).integers(0, len(values), (resamples, len(values)))
    assert numpy.array_equal(result.bootstrap_distribution, sample[drawn].mean(axis=-1))
    return {
        "values": values,
        "level": level,
        "resamples": resamples,
        "indices": "".join(numpy.base_repr(index, 36) for index in drawn.ravel()),
        "low": result.confidence_interval.low,
        "high": result.confidence_interval.high,
    }


def statistics():
    first = [0.31, 1.0, 0.63, 0.5, 0.0, 0.43, 1.0, 0.39, 0.36, 0.63, 0.29, 0.5]
    second = [0.29, 0.63, 0.63, 0.43, 0.3, 0.39, 0.5, 0.43, 0.31, 0.5, 0.3, 0.36]
    rounded = numpy.round(numpy.random.default_rng(7).beta(0.4, 1.2, 20), 6).tolist()
    two_sided, greater = stats.ttest_rel(first, second), stats.ttest_rel(first, second, alternative="greater")
    reverse = stats.ttest_rel(second, first, alternative="greater")
    write("statistics.json", {
        "studentT": [
            {"t": t, "degreesOfFreedom": v, "cdf": stats.t.cdf(t, v), "upperTail": stats.t.sf(t, v)}
            for v in (1, 1.5, 2, 3, 4.7, 9, 30, 49, 199, 1999, 100000, 1000000)
            for t in (-8, -3.2, -1.7, -0.4, 0, 0.001, 0.9, 1.5, 1.96, 4.1, 12)
        ],
        "normalCdf": [{"z": z, "cdf": stats.norm.cdf(z)} for z in
                      (-37, -20, -8, -5, -3.0001, -3, -2.9999, -1.96, -1, -0.1, 0, 1e-9, 0.5, 1, 2.5, 3, 5, 8.2)],
        "normalQuantile": [{"probability": p, "z": stats.norm.ppf(p)} for p in
                           (1e-300, 1e-50, 1e-12, 1e-6, 0.001, 0.025, 0.1, 0.3, 0.4999, 0.5, 0.6, 0.975, 0.9999)],
        "paired": {
            "first": first,
            "second": second,
            "mean": numpy.mean(first),
            "standardDeviation": numpy.std(first, ddof=1),
            "statistic": two_sided.statistic,
            "twoSided": two_sided.pvalue,
            "greater": greater.pvalue,
            "less": reverse.pvalue,
            "randomization": randomization([a - b for a, b in zip(first, second)]),
        },
        "bca": [bca(rounded, 200, 0.95, 11), bca(first, 150, 0.9, 12), bca([0, 0, 1, 0, 1, 0, 0, 0], 100, 0.95, 13)],
    })


accuracy()
statistics()
