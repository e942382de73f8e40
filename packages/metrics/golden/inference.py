"""Writes inference.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/inference.py
    npx biome check --write packages/metrics/golden

Debian: python3-scipy 1.10.1, python3-statsmodels 0.13.5. Sources: scipy.stats (t, norm, ttest_rel, wilcoxon, bootstrap,
trim_mean, mannwhitneyu, nct, chi), statsmodels (multipletests, TTestPower), numpy.percentile over resamples drawn here, and
enumeration of all sign patterns.
"""

import itertools
import json
import math
import pathlib

import numpy
from scipy import integrate, optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

FIRST = [0.31, 1.0, 0.63, 0.5, 0.0, 0.43, 1.0, 0.39, 0.36, 0.63, 0.29, 0.5]
SECOND = [0.29, 0.63, 0.63, 0.43, 0.3, 0.39, 0.5, 0.43, 0.31, 0.5, 0.3, 0.36]


def t_quantile(probability, v):
    """scipy.stats.t.ppf errs by up to 1e-8; its tail is exact, so the root of the tail is taken."""
    q = min(probability, 1 - probability)
    guess = abs(stats.t.ppf(probability, v))
    root = optimize.brentq(lambda t: stats.t.sf(t, v) / q - 1, guess * 0.99, guess * 1.01, xtol=1e-300, rtol=1e-14)
    assert abs(root / guess - 1) < 1e-7
    return math.copysign(root, probability - 0.5)


def digits(indices):
    return "".join(numpy.base_repr(index, 36) for index in indices)


def sign_sums(differences):
    patterns = itertools.product((-1, 1), repeat=len(differences))
    return [math.fsum(s * d for s, d in zip(signs, differences)) for signs in patterns]


def randomization(differences):
    observed = math.fsum(differences)
    sums = sign_sums(differences)
    return {
        "twoSided": sum(abs(s) >= abs(observed) - 1e-12 for s in sums) / len(sums),
        "greater": sum(s >= observed - 1e-12 for s in sums) / len(sums),
    }


def randomization_case(differences):
    return {"differences": differences, **randomization(differences)}


def fed_randomization(differences, permutations, seed):
    """scipy.stats.permutation_test draws its own signs, so the same signs are counted here with NumPy."""
    signs = numpy.random.default_rng(seed).integers(0, 2, (permutations, len(differences)))
    sums = ((2 * signs - 1) * numpy.array(differences)).sum(axis=1)
    observed = sum(differences)
    return {
        "differences": differences,
        "signs": ["".join(str(sign) for sign in row) for row in signs],
        "twoSided": float((numpy.sum(numpy.abs(sums) >= abs(observed) - 1e-12) + 1) / (permutations + 1)),
        "greater": float((numpy.sum(sums >= observed - 1e-12) + 1) / (permutations + 1)),
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
        "indices": digits(drawn.ravel()),
        "low": result.confidence_interval.low,
        "high": result.confidence_interval.high,
    }


class GivenIndices(numpy.random.RandomState):
    """Hands SciPy these indices instead of random ones."""

    def __init__(self, indices):
        super().__init__(0)
        self.indices = numpy.array(indices)

    def randint(self, low, high=None, size=None, dtype=int):
        assert self.indices.shape == tuple(size)
        return self.indices


def enumerated_bca(values, level):
    """SciPy's interval over all n^n resamples."""
    drawn = list(itertools.product(range(len(values)), repeat=len(values)))
    result = stats.bootstrap((numpy.array(values),), numpy.mean, n_resamples=len(drawn), confidence_level=level,
                             method="BCa", random_state=GivenIndices(drawn))
    assert len(set(result.bootstrap_distribution)) > len(values)
    return {"values": values, "level": level, "resamples": len(drawn), "indices": digits(i for row in drawn for i in row),
            "low": result.confidence_interval.low, "high": result.confidence_interval.high}


def two_level(values, design, resamples, level, seed):
    """Percentiles by NumPy; the indices are stored in the order in which they are used."""
    generator = numpy.random.default_rng(seed)
    table = [numpy.array(row) for row in values]
    drawn, means, middles = [], [], []
    for _ in range(resamples):
        parts = []
        if design == "crossed":
            seeds = generator.integers(0, len(table), len(table))
            users = generator.integers(0, len(table[0]), len(table[0]))
            drawn += [*seeds, *users]
            parts = [table[s][users] for s in seeds]
        else:
            for _ in table:
                s = generator.integers(0, len(table))
                users = generator.integers(0, len(table[s]), len(table[s]))
                drawn += [s, *users]
                parts.append(table[s][users])
        joined = numpy.concatenate(parts)
        means.append(joined.mean())
        middles.append(stats.trim_mean(joined, 0.25))
    ends = [(1 - level) / 2 * 100, (1 + level) / 2 * 100]
    return {
        "values": values, "design": design, "resamples": resamples, "level": level, "indices": digits(drawn),
        "mean": numpy.concatenate(table).mean(), "meanEnds": numpy.percentile(means, ends).tolist(),
        "interquartileMean": stats.trim_mean(numpy.concatenate(table), 0.25),
        "interquartileMeanEnds": numpy.percentile(middles, ends).tolist(),
    }


def wilcoxon(name, a, b):
    """Differences are rounded first, because SciPy takes rounding errors for different sizes."""
    differences = numpy.round(numpy.array(a) - numpy.array(b), 9)
    sizes = numpy.abs(differences[differences != 0])
    exact = len(differences) <= 50 and len(sizes) == len(differences) and len(set(sizes)) == len(sizes)
    case = {"name": name, "a": list(a), "b": list(b), "method": "exact" if exact else "normal",
            "zeros": int(numpy.sum(differences == 0))}
    for rule, scipy_rule in (("wilcoxon", "wilcox"), ("pratt", "pratt")):
        def run(alternative):
            return stats.wilcoxon(differences, zero_method=scipy_rule, correction=True, alternative=alternative,
                                  mode="exact" if exact else "approx")
        case[rule] = {
            "positiveRankSum": float(run("greater").statistic),
            "smallerRankSum": float(run("two-sided").statistic),
            "twoSided": float(run("two-sided").pvalue),
            "greater": float(run("greater").pvalue),
        }
    return case


def ndcg_pair(users, seed, shift=0):
    generator = numpy.random.default_rng(seed)
    gains = numpy.round(1 / numpy.log2(numpy.arange(2, 12)), 6)
    return gains[generator.integers(0, 10, users)].tolist(), gains[generator.integers(0, 10 - shift, users)].tolist()


def power(users, effect, alpha, two_sided):
    """P(|T'| > t) or P(T' > t) by quadrature over the chi distribution: independent of SciPy's noncentral t."""
    v, delta = users - 1, effect * math.sqrt(users)
    t = t_quantile(1 - alpha / (2 if two_sided else 1), v)

    def tail(d):
        def density(s):
            return stats.norm.cdf(d - t * s) * stats.chi.pdf(s * math.sqrt(v), v) * math.sqrt(v)
        deviation = 1 / math.sqrt(2 * v)
        low, high = max(0, 1 - 12 * deviation), 1 + 12 * deviation
        points = [p for p in (d / t, 1) if low < p < high]
        return integrate.quad(density, low, high, points=points, epsabs=1e-13, epsrel=1e-12, limit=500)[0]

    return tail(delta) + (tail(-delta) if two_sided else 0)


def power_case(users, effect, alpha, alternative):
    two_sided = alternative == "two-sided"
    library = TTestPower().power(effect, users, alpha, alternative="two-sided" if two_sided else "larger")
    value = power(users, effect, alpha, two_sided)
    # statsmodels takes the noncentral t of Cephes, which has about eight digits; SciPy's fails for some delta <= 0.
    assert abs(value - library) < 1e-8, (users, effect, alpha, value, library)
    if not two_sided and effect > 0:
        exact = stats.nct.sf(t_quantile(1 - alpha, users - 1), users - 1, effect * math.sqrt(users))
        assert abs(value - exact) < 1e-11, (users, effect, alpha, value, exact)
    return {"users": users, "effect": effect, "significanceLevel": alpha, "alternative": alternative, "power": value}


def detectable_case(users, alpha, target, alternative):
    two_sided = alternative == "two-sided"
    high = 100 / math.sqrt(users) if users < 5 else 20 / math.sqrt(users)
    effect = optimize.brentq(lambda e: power(users, e, alpha, two_sided) - target, 0.01 / math.sqrt(users), high,
                             xtol=1e-14, rtol=1e-13)
    return {"users": users, "significanceLevel": alpha, "power": target, "alternative": alternative, "effect": effect}


def required_case(effect, alpha, target, alternative):
    name = "two-sided" if alternative == "two-sided" else "larger"
    users = TTestPower().solve_power(effect_size=effect, alpha=alpha, power=target, alternative=name)
    return {"effect": effect, "significanceLevel": alpha, "power": target, "alternative": alternative,
            "solution": float(numpy.ravel(users)[0]), "users": math.ceil(float(numpy.ravel(users)[0]))}


def adjusted_case(p_values):
    return {
        "pValues": p_values,
        "holm": multipletests(p_values, method="holm")[1].tolist(),
        "benjaminiHochberg": multipletests(p_values, method="fdr_bh")[1].tolist(),
    }


def unpaired_case(a, b):
    u = float(stats.mannwhitneyu(a, b).statistic)
    return {"a": a, "b": b, "probability": u / (len(a) * len(b)), "delta": 2 * u / (len(a) * len(b)) - 1}


def main():
    rounded = numpy.round(numpy.random.default_rng(7).beta(0.4, 1.2, 20), 6).tolist()
    two_sided, greater = stats.ttest_rel(FIRST, SECOND), stats.ttest_rel(FIRST, SECOND, alternative="greater")
    reverse = stats.ttest_rel(SECOND, FIRST, alternative="greater")
    half = t_quantile(0.95, 11) * stats.sem(FIRST)
    interval = [numpy.mean(FIRST) - half, numpy.mean(FIRST) + half]
    assert numpy.allclose(interval, stats.t.interval(0.9, 11, numpy.mean(FIRST), stats.sem(FIRST)), atol=1e-8)
    generator = numpy.random.default_rng(21)
    smooth = numpy.round(generator.normal(0.1, 1, (2, 50)), 6)
    rows = numpy.round(generator.beta(0.5, 1.5, (4, 9)), 4).tolist()
    ragged = [row[: 9 - index] for index, row in enumerate(rows)]
    spread = numpy.round(generator.uniform(0, 1, 30) ** 3, 5).tolist()
    (pathlib.Path(__file__).parent / "inference.json").write_text(json.dumps({
        "studentT": [
            {"t": t, "degreesOfFreedom": v, "cdf": stats.t.cdf(t, v), "upperTail": stats.t.sf(t, v)}
            for v in (1, 1.5, 2, 3, 4.7, 9, 30, 49, 199, 1999, 100000, 1000000)
            for t in (-8, -3.2, -1.7, -0.4, 0, 0.001, 0.9, 1.5, 1.96, 4.1, 12)
        ],
        "studentTQuantile": [
            {"probability": p, "degreesOfFreedom": v, "t": t_quantile(p, v)}
            for v in (1, 2, 4.7, 30, 1999, 1000000) for p in (1e-9, 0.001, 0.025, 0.3, 0.6, 0.95, 0.9999)
        ],
        "normalCdf": [{"z": z, "cdf": stats.norm.cdf(z)} for z in
                      (-37, -20, -8, -5, -3.0001, -3, -2.9999, -1.96, -1, -0.1, 0, 1e-9, 0.5, 1, 2.5, 3, 5, 8.2)],
        "normalQuantile": [{"probability": p, "z": stats.norm.ppf(p)} for p in
                           (1e-300, 1e-50, 1e-12, 1e-6, 0.001, 0.025, 0.1, 0.3, 0.4999, 0.5, 0.6, 0.975, 0.9999)],
        "paired": {
            "first": FIRST,
            "second": SECOND,
            "mean": numpy.mean(FIRST),
            "standardDeviation": numpy.std(FIRST, ddof=1),
            "statistic": two_sided.statistic,
            "twoSided": two_sided.pvalue,
            "greater": greater.pvalue,
            "less": reverse.pvalue,
            "cohensD": two_sided.statistic / math.sqrt(12),
            "studentInterval": interval,
            "randomization": randomization([a - b for a, b in zip(FIRST, SECOND)]),
        },
        "randomization": [
            randomization_case([1, 2, -3, 4]),
            randomization_case([0.5, 0, 0, -0.25, 0.125]),
            randomization_case(numpy.round(generator.normal(0.3, 1, 9), 3).tolist()),
            randomization_case(numpy.round(generator.normal(0, 1, 12), 3).tolist()),
        ],
        "fedRandomization": [
            fed_randomization([0.3, -0.1, 0.2, 0.2, 0.05, -0.05, 0.4, 0, 0.1], 60, 31),
            fed_randomization(numpy.round(generator.normal(0.1, 1, 40), 3).tolist(), 60, 32),
        ],
        "bca": [bca(rounded, 200, 0.95, 11), bca(FIRST, 150, 0.9, 12), bca([0, 0, 1, 0, 1, 0, 0, 0], 100, 0.95, 13),
                enumerated_bca([0, 0.43, 0.63, 1], 0.95), enumerated_bca([0.1, 0.1, 0.9], 0.8)],
        "twoLevel": [two_level(rows, "crossed", 120, 0.9, 41), two_level(ragged, "nested", 120, 0.95, 42)],
        "wilcoxon": [
            wilcoxon("no ties", *smooth[:, :11].tolist()),
            wilcoxon("fifty pairs", *smooth.tolist()),
            wilcoxon("zeros and ties", FIRST, SECOND),
            wilcoxon("ties, no zeros", [1, 2, 3, 4, 5, 6], [2, 4, 1, 2, 4, 9]),
            wilcoxon("zeros, no ties", [1, 2, 3, 4, 5, 6], [1, 2, 2, 6, 2, 2]),
            wilcoxon("equal rank sums", [0, 0, 1, 2, 4], [1, 2, 0, 0, 4]),
            wilcoxon("NDCG, 50 users", *ndcg_pair(50, 51)),
            wilcoxon("NDCG, 200 users", *ndcg_pair(200, 52)),
            wilcoxon("NDCG, 200 users, unequal", *ndcg_pair(200, 53, 3)),
        ],
        "interquartileMean": [
            {"values": values, "mean": stats.trim_mean(values, 0.25)}
            for values in ([3.0], [1, 5.0], FIRST, SECOND[:7], rounded, spread)
        ],
        "unpaired": [unpaired_case(FIRST, SECOND), unpaired_case([1, 2, 3], [2, 2, 5, 0]), unpaired_case(spread, FIRST)],
        "adjusted": [
            adjusted_case([0.01, 0.04, 0.03, 0.005]),
            adjusted_case([0.2]),
            adjusted_case([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 1, 0.5]),
            adjusted_case([0.02, 0.02, 0.9, 0.02, 0]),
        ],
        "power": [
            power_case(users, effect, alpha, alternative)
            for users, effect, alpha in ((2, 1.5, 0.05), (3, 2, 0.01), (10, 0.5, 0.05), (34, 0.5, 0.05), (34, -0.2, 0.1),
                                         (200, 0.2, 0.05), (1000, 0.0, 0.05), (5000, 0.05, 0.001))
            for alternative in ("two-sided", "greater")
        ],
        "detectable": [
            detectable_case(users, alpha, target, alternative)
            for users, alpha, target in ((3, 0.05, 0.8), (10, 0.05, 0.8), (50, 0.01, 0.9), (200, 0.05, 0.8), (3000, 0.05, 0.95))
            for alternative in ("two-sided", "greater")
        ],
        "required": [
            required_case(effect, alpha, target, alternative)
            for effect, alpha, target in ((0.5, 0.05, 0.8), (0.2, 0.05, 0.8), (0.1, 0.01, 0.9), (0.03, 0.05, 0.8), (2, 0.05, 0.9))
            for alternative in ("two-sided", "greater")
        ],
    }, indent=2) + "\n")


main()
