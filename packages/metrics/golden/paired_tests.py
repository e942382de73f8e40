"""Tests on paired values and corrections of p-values, each from a library and from its formula."""

import itertools
import math
import statistics
from fractions import Fraction

import numpy
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import DescrStatsW
from student_t import quantile_by_mpmath, quantile_by_scipy

STUDENT = ("SciPy ttest_rel", "statsmodels DescrStatsW.ttest_mean")
INTERVAL = ("SciPy sem and root of its t tail", "statistics.stdev and t of mpmath")
WILCOXON = ("SciPy wilcoxon(correction=True)", "ranks by counting in fractions; all signs counted, or the formula with erfc")
ADJUSTED = ("statsmodels multipletests", "definition in fractions")


def differences_of(a, b):
    """Rounded, because SciPy takes rounding errors for differences of different sizes."""
    return numpy.round(numpy.array(a) - numpy.array(b), 9).tolist()


def student_by_scipy(a, b):
    two_sided, greater = stats.ttest_rel(a, b), stats.ttest_rel(a, b, alternative="greater")
    return {"statistic": two_sided.statistic, "twoSided": two_sided.pvalue, "greater": greater.pvalue,
            "less": stats.ttest_rel(a, b, alternative="less").pvalue,
            "cohensD": two_sided.statistic / math.sqrt(len(a))}


def student_by_statsmodels(a, b):
    differences = numpy.array(a) - numpy.array(b)
    test = DescrStatsW(differences).ttest_mean
    return {"statistic": test()[0], "twoSided": test()[1], "greater": test(alternative="larger")[1],
            "less": test(alternative="smaller")[1], "cohensD": statistics.fmean(differences) / statistics.stdev(differences)}


def interval_by_scipy(values, level):
    half = quantile_by_scipy((1 + level) / 2, len(values) - 1) * stats.sem(values)
    return [numpy.mean(values), numpy.mean(values) - half, numpy.mean(values) + half]


def interval_by_mpmath(values, level):
    mean = statistics.fmean(values)
    half = float(quantile_by_mpmath((1 + level) / 2, len(values) - 1)) * statistics.stdev(values) / math.sqrt(len(values))
    return [mean, mean - half, mean + half]


def is_exact(differences):
    sizes = {abs(d) for d in differences if d != 0}
    return len(sizes) == len(differences) <= 50


def wilcoxon_by_scipy(differences, rule):
    mode = "exact" if is_exact(differences) else "approx"

    def run(alternative):
        return stats.wilcoxon(differences, zero_method={"wilcoxon": "wilcox"}.get(rule, rule), correction=True,
                              alternative=alternative, mode=mode)
    return {"method": "exact" if mode == "exact" else "normal", "positiveRankSum": run("greater").statistic,
            "smallerRankSum": run("two-sided").statistic, "twoSided": run("two-sided").pvalue,
            "greater": run("greater").pvalue}


def wilcoxon_by_formula(differences, rule):
    n, zeros = len(differences), differences.count(0)
    kept = [d for d in differences if d != 0 or rule == "pratt"]
    rank = {d: sum(abs(o) < abs(d) for o in kept) + Fraction(sum(abs(o) == abs(d) for o in kept) + 1, 2) for d in kept}
    positive = sum(rank[d] for d in kept if d > 0)
    negative = sum(rank[d] for d in kept if d < 0)
    result = {"positiveRankSum": positive, "smallerRankSum": min(positive, negative)}
    if is_exact(differences):
        # Coefficients of the product of (1 + x^rank) over the ranks 1 … n: how many sign patterns have each rank sum.
        counts = [1]
        for r in range(1, n + 1):
            counts = [a + b for a, b in itertools.zip_longest(counts + [0] * r, [0] * r + counts, fillvalue=0)]
        greater, less = (Fraction(sum(counts[int(w):]), 2**n) for w in (positive, negative))
        return {"method": "exact", **result, "twoSided": min(1, 2 * min(greater, less)), "greater": greater}
    ranked, skipped = len(kept), zeros if rule == "pratt" else 0
    mean = Fraction(ranked * (ranked + 1) - skipped * (skipped + 1), 4)
    ties = [sum(abs(d) == size for d in kept) for size in {abs(d) for d in kept if d != 0}]
    variance = Fraction(ranked * (ranked + 1) * (2 * ranked + 1) - skipped * (skipped + 1) * (2 * skipped + 1), 24)
    variance -= Fraction(sum(t**3 - t for t in ties), 48)
    distance = positive - mean
    toward = (distance > 0) - (distance < 0)
    two_sided = math.erfc(abs(distance - Fraction(toward, 2)) / math.sqrt(2 * variance))
    return {"method": "normal", **result, "twoSided": two_sided,
            "greater": math.erfc((distance - Fraction(1, 2)) / math.sqrt(2 * variance)) / 2}


def adjusted_by_statsmodels(p_values):
    return {"holm": multipletests(p_values, method="holm")[1],
            "benjaminiHochberg": multipletests(p_values, method="fdr_bh")[1]}


def adjusted_by_definition(p_values):
    """Holm: the largest of (m - j + 1) p_(j) up to p. Benjamini-Hochberg: the smallest of m p_(j) / j from p on."""
    exact = [Fraction(p) for p in p_values]
    ordered = sorted(exact)
    m = len(exact)
    holm = [min(1, max((m - j) * ordered[j] for j in range(m) if ordered[j] <= p)) for p in exact]
    hochberg = [min(1, min(m * ordered[j] / (j + 1) for j in range(m) if ordered[j] >= p)) for p in exact]
    return {"holm": holm, "benjaminiHochberg": hochberg}
