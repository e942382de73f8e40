"""Writes comparison.json beside this file: three systems, two metrics, tested with SciPy and corrected with statsmodels.

    /usr/bin/python3 packages/metrics/golden/comparison.py
    npx biome check --write packages/metrics/golden

Debian: python3-scipy 1.10.1, python3-statsmodels 0.13.5.
"""

import itertools
import json
import math
import pathlib

import numpy
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests

USERS = 40


def quantile(probability, v):
    """scipy.stats.t.ppf errs by up to 1e-8; its tail is exact."""
    guess = stats.t.ppf(probability, v)
    return optimize.brentq(lambda t: stats.t.sf(t, v) - (1 - probability), guess * 0.99, guess * 1.01, xtol=1e-300, rtol=1e-14)


def interval(values):
    half = quantile(0.975, USERS - 1) * stats.sem(values)
    return {"mean": numpy.mean(values), "low": numpy.mean(values) - half, "high": numpy.mean(values) + half}


def main():
    generator = numpy.random.default_rng(61)
    gains = numpy.round(1 / numpy.log2(numpy.arange(2, 12)), 6)
    ranks = {"RPP": generator.integers(0, 4, USERS), "fixed": generator.integers(0, 6, USERS),
             "chance": generator.integers(0, 10, USERS)}
    values = {name: {"ndcg@10": gains[r], "hit_rate@3": (r < 3) * 1.0} for name, r in ranks.items()}
    pairs = []
    for metric in ("ndcg@10", "hit_rate@3"):
        for first, second in itertools.combinations(values, 2):
            a, b = values[first][metric], values[second][metric]
            differences = numpy.round(a - b, 9)
            pairs.append({
                "metric": metric, "first": first, "second": second, "difference": interval(differences),
                "cohensD": stats.ttest_rel(a, b).statistic / math.sqrt(USERS),
                "student": stats.ttest_rel(a, b).pvalue,
                "wilcoxon": stats.wilcoxon(differences, correction=True, mode="approx").pvalue,
            })
    for test in ("student", "wilcoxon"):
        for correction, method in (("holm", "holm"), ("benjamini-hochberg", "fdr_bh")):
            adjusted = multipletests([pair[test] for pair in pairs], method=method)[1]
            for pair, value in zip(pairs, adjusted):
                pair[f"{test} {correction}"] = value
    (pathlib.Path(__file__).parent / "comparison.json").write_text(json.dumps({
        "users": [f"user-{index}" for index in range(USERS)],
        "systems": {name: {metric: column.tolist() for metric, column in own.items()} for name, own in values.items()},
        "means": {name: {metric: interval(column) for metric, column in own.items()} for name, own in values.items()},
        "pairs": pairs,
    }, indent=2) + "\n")


main()
