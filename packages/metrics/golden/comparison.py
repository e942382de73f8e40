"""Writes comparison.json beside this file: three systems, two metrics, tested and corrected.

    /usr/bin/python3 packages/metrics/golden/comparison.py

Debian: python3-scipy 1.10.1, python3-numpy 1.24.2, python3-statsmodels 0.13.5, python3-mpmath 1.2.1. `SOURCES` names the
two sources of each value; paired_tests.py computes them.
"""

import itertools
import sys

import numpy

sys.dont_write_bytecode = True
import paired_tests as paired  # noqa: E402
from two_sources import TwoSources  # noqa: E402

USERS = 40
SOURCES = {"interval": paired.INTERVAL, "student": paired.STUDENT, "wilcoxon": paired.WILCOXON, "adjusted": paired.ADJUSTED}


def interval(golden, values):
    return golden.pair("interval", paired.interval_by_scipy(values, 0.95), paired.interval_by_mpmath(values, 0.95))


def pair_case(golden, values, metric, first, second):
    a, b = values[first][metric], values[second][metric]
    differences = paired.differences_of(a, b)
    return {
        "metric": metric, "first": first, "second": second, "difference": interval(golden, differences),
        "student": golden.pair("student", paired.student_by_scipy(a, b), paired.student_by_statsmodels(a, b)),
        "wilcoxon": golden.pair("wilcoxon", paired.wilcoxon_by_scipy(differences, "wilcoxon"),
                                paired.wilcoxon_by_formula(differences, "wilcoxon")),
    }


def main():
    golden = TwoSources(SOURCES)
    generator = numpy.random.default_rng(61)
    gains = numpy.round(1 / numpy.log2(numpy.arange(2, 12)), 6)
    ranks = {"RPP": generator.integers(0, 4, USERS), "fixed": generator.integers(0, 6, USERS),
             "chance": generator.integers(0, 10, USERS)}
    values = {name: {"ndcg@10": gains[r].tolist(), "hit_rate@3": ((r < 3) * 1.0).tolist()} for name, r in ranks.items()}
    metrics = ("ndcg@10", "hit_rate@3")
    pairs = [pair_case(golden, values, metric, *names) for metric in metrics for names in itertools.combinations(values, 2)]
    adjusted = {}
    for test in ("student", "wilcoxon"):
        p_values = [pair[test][0]["twoSided"] for pair in pairs]
        adjusted[test] = golden.pair("adjusted", paired.adjusted_by_statsmodels(p_values),
                                     paired.adjusted_by_definition(p_values))
    golden.write("comparison.json", {
        "users": [f"user-{index}" for index in range(USERS)],
        "systems": values,
        "means": {name: {metric: interval(golden, column) for metric, column in own.items()} for name, own in values.items()},
        "pairs": pairs,
        "adjusted": adjusted,
    })


main()
