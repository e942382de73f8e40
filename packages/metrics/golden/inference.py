"""Writes inference.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/inference.py
    npx biome check --write packages/metrics/golden/inference.json

Debian: python3-scipy 1.10.1, python3-numpy 1.24.2, python3-statsmodels 0.13.5, python3-mpmath 1.2.1. `SOURCES` names the
two sources of each value; paired_tests.py, resampling.py, power.py and student_t.py compute them.
"""

import itertools
import statistics
import sys
from fractions import Fraction

import numpy
from scipy import stats

sys.dont_write_bytecode = True
import paired_tests as paired  # noqa: E402
import power  # noqa: E402
import resampling  # noqa: E402
import student_t  # noqa: E402
from two_sources import TwoSources  # noqa: E402

FIRST = [0.31, 1.0, 0.63, 0.5, 0.0, 0.43, 1.0, 0.39, 0.36, 0.63, 0.29, 0.5]
SECOND = [0.29, 0.63, 0.63, 0.43, 0.3, 0.39, 0.5, 0.43, 0.31, 0.5, 0.3, 0.36]

SOURCES = {
    "studentT": (student_t.SCIPY_T, student_t.MPMATH_T),
    "studentTQuantile": ("root of SciPy's t tail", "root of mpmath's t tail"),
    "normalCdf": (student_t.SCIPY_NORMAL, student_t.MPMATH_NORMAL),
    "normalQuantile": (student_t.SCIPY_NORMAL, "root of mpmath's erfc"),
    "moments": ("NumPy mean and std", "statistics.fmean and stdev"),
    "student": paired.STUDENT,
    "studentInterval": paired.INTERVAL,
    "wilcoxon": paired.WILCOXON,
    "adjusted": paired.ADJUSTED,
    "randomization": resampling.SIGNS,
    "fedRandomization": resampling.FED_SIGNS,
    "bca": resampling.BCA,
    "twoLevel": resampling.TWO_LEVEL,
    "twoLevelEnumerated": resampling.ENUMERATED,
    "interquartileMean": ("SciPy trim_mean", "definition in fractions"),
    "improvement": ("SciPy mannwhitneyu by n m", "all pairs counted"),
    "power": power.POWER,
    "detectable": power.DETECTABLE,
    "required": power.REQUIRED,
}


def student_t_case(golden, t, v):
    tail, cdf = student_t.upper_tail(t, v), student_t.upper_tail(-t, v)
    student_t.assert_relative(stats.t.sf(t, v), tail)
    student_t.assert_relative(stats.t.cdf(t, v), cdf)
    value = golden.pair("studentT", {"upperTail": stats.t.sf(t, v), "cdf": stats.t.cdf(t, v)},
                        {"upperTail": float(tail), "cdf": float(cdf)})
    return {"t": t, "degreesOfFreedom": v, "expected": value}


def student_t_quantile_case(golden, p, v):
    first, second = student_t.quantile_by_scipy(p, v), float(student_t.quantile_by_mpmath(p, v))
    student_t.assert_relative(first, second)
    return {"probability": p, "degreesOfFreedom": v, "expected": golden.pair("studentTQuantile", first, second)}


def normal_case(golden, z):
    first, second = stats.norm.cdf(z), float(student_t.normal_cdf(z))
    student_t.assert_relative(first, second)
    return {"z": z, "expected": golden.pair("normalCdf", first, second)}


def normal_quantile_case(golden, p):
    return {"probability": p,
            "expected": golden.pair("normalQuantile", stats.norm.ppf(p), float(student_t.normal_quantile(p)))}


def paired_case(golden, a, b, level):
    differences = paired.differences_of(a, b)
    return {
        "first": a, "second": b, "level": level,
        "moments": golden.pair("moments", {"mean": numpy.mean(a), "standardDeviation": numpy.std(a, ddof=1)},
                               {"mean": statistics.fmean(a), "standardDeviation": statistics.stdev(a)}),
        "student": golden.pair("student", paired.student_by_scipy(a, b), paired.student_by_statsmodels(a, b)),
        "interval": golden.pair("studentInterval", paired.interval_by_scipy(a, level), paired.interval_by_mpmath(a, level)),
        "randomization": randomization(golden, differences),
    }


def randomization(golden, differences):
    return golden.pair("randomization", resampling.randomization_by_scipy(differences),
                       resampling.randomization_by_counting(differences))


def randomization_case(golden, differences):
    return {"differences": differences, "expected": randomization(golden, differences)}


def fed_randomization_case(golden, differences, permutations, seed):
    signs = numpy.random.default_rng(seed).integers(0, 2, (permutations, len(differences))).tolist()
    value = golden.pair("fedRandomization", resampling.randomization_by_scipy(differences, signs),
                        resampling.randomization_by_counting(differences, signs))
    return {"differences": differences, "signs": ["".join(map(str, row)) for row in signs], "expected": value}


def bca_case(golden, values, level, resamples, seed):
    """All resamples where their number is not given."""
    if resamples is None:
        drawn = [list(row) for row in itertools.product(range(len(values)), repeat=len(values))]
    else:
        drawn = numpy.random.default_rng(seed).integers(0, len(values), (resamples, len(values))).tolist()
    value = golden.pair("bca", resampling.bca_by_scipy(values, drawn, level), resampling.bca_by_formula(values, drawn, level))
    return {"values": values, "level": level, "resamples": len(drawn),
            "indices": resampling.digits(index for row in drawn for index in row), "expected": value}


def two_level_case(golden, values, design, resamples, level, seed):
    drawn, indices = resampling.draw_two_level(values, design, resamples, seed)
    value = golden.pair("twoLevel", resampling.two_level_by_numpy(values, drawn, level),
                        resampling.two_level_by_definition(values, drawn, level))
    return {"values": values, "design": design, "resamples": resamples, "level": level, "indices": indices,
            "expected": value}


def two_level_enumerated_case(golden, values, design, level):
    drawn, indices = resampling.enumerate_two_level(values, design)
    value = golden.pair("twoLevelEnumerated", resampling.enumerated_by_numpy(values, drawn, level),
                        resampling.enumerated_by_parts(values, design, level))
    return {"values": values, "design": design, "resamples": len(drawn), "level": level, "indices": indices,
            "expected": value}


def wilcoxon_case(golden, name, a, b):
    differences = paired.differences_of(a, b)
    rules = {rule: golden.pair("wilcoxon", paired.wilcoxon_by_scipy(differences, rule),
                               paired.wilcoxon_by_formula(differences, rule)) for rule in ("wilcoxon", "pratt")}
    return {"name": name, "a": a, "b": b, "zeros": differences.count(0), "expected": rules}


def ndcg_pair(users, seed, shift=0):
    generator = numpy.random.default_rng(seed)
    gains = numpy.round(1 / numpy.log2(numpy.arange(2, 12)), 6)
    return gains[generator.integers(0, 10, users)].tolist(), gains[generator.integers(0, 10 - shift, users)].tolist()


def interquartile_mean_case(golden, values):
    value = golden.pair("interquartileMean", stats.trim_mean(values, 0.25),
                        resampling.middle_mean([Fraction(str(value)) for value in values]))
    return {"values": values, "expected": value}


def improvement_case(golden, a, b):
    u = float(stats.mannwhitneyu(a, b).statistic) / (len(a) * len(b))
    counted = Fraction(sum(2 * (x > y) + (x == y) for x in a for y in b), 2 * len(a) * len(b))
    return {"a": a, "b": b, "expected": golden.pair("improvement", {"probability": u, "delta": 2 * u - 1},
                                                    {"probability": counted, "delta": 2 * counted - 1})}


def adjusted_case(golden, p_values):
    return {"pValues": p_values, "expected": golden.pair("adjusted", paired.adjusted_by_statsmodels(p_values),
                                                         paired.adjusted_by_definition(p_values))}


def power_case(golden, users, effect, alpha, alternative, is_far=False):
    two_sided = alternative == "two-sided"
    values = [f(users, effect, alpha, two_sided) for f in (power.power_over_deviation, power.power_over_mean)]
    if not is_far:
        power.assert_near_statsmodels(users, effect, alpha, two_sided, values[0])
    return {"users": users, "effect": effect, "significanceLevel": alpha, "alternative": alternative,
            "expected": golden.pair("power", *values)}


def detectable_case(golden, users, alpha, target, alternative):
    values = [power.detectable(users, alpha, target, alternative == "two-sided", f)
              for f in (power.power_over_deviation, power.power_over_mean)]
    return {"users": users, "significanceLevel": alpha, "power": target, "alternative": alternative,
            "expected": golden.pair("detectable", *values)}


def required_case(golden, effect, alpha, target, alternative):
    values = [f(effect, alpha, target, alternative == "two-sided")
              for f in (power.required_by_statsmodels, power.required_by_search)]
    return {"effect": effect, "significanceLevel": alpha, "power": target, "alternative": alternative,
            "expected": golden.pair("required", *values)}


def main():
    golden = TwoSources(SOURCES)
    alternatives = ("two-sided", "greater")
    skewed = numpy.round(numpy.random.default_rng(7).beta(0.4, 1.2, 20), 6).tolist()
    generator = numpy.random.default_rng(21)
    smooth = numpy.round(generator.normal(0.1, 1, (2, 50)), 6)
    rows = numpy.round(generator.beta(0.5, 1.5, (4, 9)), 4).tolist()
    ragged = [row[: 9 - index] for index, row in enumerate(rows)]
    spread = numpy.round(generator.uniform(0, 1, 30) ** 3, 5).tolist()
    golden.write("inference.json", {
        "studentT": [student_t_case(golden, t, v)
                     for v in (1, 1.5, 2, 3, 4.7, 9, 30, 49, 199, 1999, 100000, 1000000, 1000001, 3000000, 1000000000)
                     for t in (-8, -3.2, -1.7, -0.4, 0, 0.001, 0.9, 1.5, 1.96, 4.1, 12, 30)],
        "studentTQuantile": [student_t_quantile_case(golden, p, v)
                             for v in (1, 2, 4.7, 30, 1999, 1000000, 1000001, 50000000)
                             for p in (1e-100, 1e-9, 0.001, 0.025, 0.3, 0.6, 0.95, 0.9999) if p > 1e-50 or v > 3],
        "normalCdf": [normal_case(golden, z) for z in
                      (-37, -20, -8, -5, -3.0001, -3, -2.9999, -1.96, -1, -0.1, 0, 1e-9, 0.5, 1, 2.5, 3, 5, 8.2)],
        "normalQuantile": [normal_quantile_case(golden, p) for p in
                           (1e-300, 1e-50, 1e-12, 1e-6, 0.001, 0.025, 0.1, 0.3, 0.4999, 0.6, 0.975, 0.9999)],
        "paired": [paired_case(golden, FIRST, SECOND, 0.9), paired_case(golden, SECOND[:7], skewed[:7], 0.95)],
        "randomization": [
            randomization_case(golden, [1, 2, -3, 4]),
            randomization_case(golden, [0.5, 0, 0, -0.25, 0.125]),
            randomization_case(golden, numpy.round(generator.normal(0.3, 1, 9), 3).tolist()),
            randomization_case(golden, numpy.round(generator.normal(0, 1, 12), 3).tolist()),
        ],
        "fedRandomization": [
            fed_randomization_case(golden, [0.3, -0.1, 0.2, 0.2, 0.05, -0.05, 0.4, 0, 0.1], 60, 31),
            fed_randomization_case(golden, numpy.round(generator.normal(0.1, 1, 40), 3).tolist(), 60, 32),
        ],
        "bca": [bca_case(golden, skewed, 0.95, 200, 11), bca_case(golden, FIRST, 0.9, 150, 12),
                bca_case(golden, [0, 0, 1, 0, 1, 0, 0, 0], 0.95, 100, 13),
                bca_case(golden, [0, 0.43, 0.63, 1], 0.95, None, None), bca_case(golden, [0.1, 0.1, 0.9], 0.8, None, None)],
        "twoLevel": [two_level_case(golden, rows, "crossed", 120, 0.9, 41),
                     two_level_case(golden, ragged, "nested", 120, 0.95, 42)],
        "twoLevelEnumerated": [
            two_level_enumerated_case(golden, [[0, 4], [8, 20]], "crossed", 0.8),
            two_level_enumerated_case(golden, [[0.1, 0.43], [0.63, 1]], "nested", 0.8),
            two_level_enumerated_case(golden, [[0.1, 0.43, 0.2], [0.63, 1, 0.5]], "crossed", 0.9),
        ],
        "wilcoxon": [
            wilcoxon_case(golden, "no ties", *smooth[:, :11].tolist()),
            wilcoxon_case(golden, "fifty pairs", *smooth.tolist()),
            wilcoxon_case(golden, "zeros and ties", FIRST, SECOND),
            wilcoxon_case(golden, "ties, no zeros", [1, 2, 3, 4, 5, 6], [2, 4, 1, 2, 4, 9]),
            wilcoxon_case(golden, "zeros, no ties", [1, 2, 3, 4, 5, 6], [1, 2, 2, 6, 2, 2]),
            wilcoxon_case(golden, "equal rank sums", [0, 0, 1, 2, 4], [1, 2, 0, 0, 4]),
            wilcoxon_case(golden, "NDCG, 50 users", *ndcg_pair(50, 51)),
            wilcoxon_case(golden, "NDCG, 200 users", *ndcg_pair(200, 52)),
            wilcoxon_case(golden, "NDCG, 200 users, unequal", *ndcg_pair(200, 53, 3)),
        ],
        "interquartileMean": [interquartile_mean_case(golden, values)
                              for values in ([3.0], [1, 5.0], FIRST, SECOND[:7], skewed, spread)],
        "improvement": [improvement_case(golden, FIRST, SECOND), improvement_case(golden, [1, 2, 3], [2, 2, 5, 0]),
                        improvement_case(golden, spread, FIRST)],
        "adjusted": [
            adjusted_case(golden, [0.01, 0.04, 0.03, 0.005]),
            adjusted_case(golden, [0.2]),
            adjusted_case(golden, [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 1, 0.5]),
            adjusted_case(golden, [0.02, 0.02, 0.9, 0.02, 0]),
        ],
        "power": [
            *(power_case(golden, users, effect, alpha, alternative)
              for users, effect, alpha in ((2, 1.5, 0.05), (3, 2, 0.01), (10, 0.5, 0.05), (34, 0.5, 0.05), (34, -0.2, 0.1),
                                           (200, 0.2, 0.05), (1000, 0.0, 0.05), (5000, 0.05, 0.001))
              for alternative in alternatives),
            # Beyond what statsmodels computes.
            *(power_case(golden, users, effect, alpha, alternative, is_far=True)
              for users, effect, alpha in ((2, 1e4, 1e-4), (2, 30, 0.001), (3, 100, 1e-5), (5, 40, 1e-7), (20, 2, 1e-12),
                                           (2000000, 0.002, 0.05))
              for alternative in alternatives),
        ],
        "detectable": [
            detectable_case(golden, users, alpha, target, alternative)
            for users, alpha, target in ((3, 0.05, 0.8), (10, 0.05, 0.8), (50, 0.01, 0.9), (200, 0.05, 0.8), (3000, 0.05, 0.95))
            for alternative in alternatives
        ],
        "required": [
            required_case(golden, effect, alpha, target, alternative)
            for effect, alpha, target in ((0.5, 0.05, 0.8), (0.2, 0.05, 0.8), (0.1, 0.01, 0.9), (0.03, 0.05, 0.8), (2, 0.05, 0.9))
            for alternative in alternatives
        ],
    })


main()
