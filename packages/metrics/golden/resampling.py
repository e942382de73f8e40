"""Randomisation tests and bootstrap intervals: SciPy fed given signs and indices, and the same worked out from the
definitions, exactly or in NumPy."""

import itertools
import math
from fractions import Fraction
from statistics import NormalDist

import numpy
from scipy import stats

SIGNS = ("SciPy permutation_test over all signs", "sums of all signs in fractions")
FED_SIGNS = ("SciPy permutation_test fed these signs", "sums of these signs in fractions")
BCA = ("SciPy bootstrap, BCa, fed these indices", "Efron's formulas on means in fractions")
TWO_LEVEL = ("NumPy percentile and SciPy trim_mean on these resamples", "definitions in fractions on the same")
ENUMERATED = ("NumPy percentile over all resamples", "exact distribution of the mean, put together from its parts")


class Given(numpy.random.RandomState):
    """Hands SciPy these numbers instead of random ones."""

    def __init__(self, numbers):
        super().__init__(0)
        self.numbers = numpy.array(numbers)

    def randint(self, low, high=None, size=None, dtype=int):
        assert self.numbers.shape == tuple(size)
        return self.numbers

    def random(self, size=None):
        assert self.numbers.shape == tuple(size)
        return self.numbers


def digits(indices):
    return "".join(numpy.base_repr(index, 36) for index in indices)


def randomization_by_scipy(differences, signs=None):
    """`signs` [permutations][users] of 1 (kept) and 0; all of them where none are given."""
    def run(statistic):
        # SciPy sorts two numbers a user and takes the first: 0 before 1 keeps a sign, 1 before 0 turns it.
        random = None if signs is None else Given([[[1 - sign, sign] for sign in row] for row in signs])
        return stats.permutation_test((numpy.array(differences),), statistic, permutation_type="samples", vectorized=True,
                                      n_resamples=numpy.inf if signs is None else len(signs), alternative="greater",
                                      random_state=random).pvalue
    return {"twoSided": run(lambda x, axis: numpy.abs(numpy.mean(x, axis=axis))),
            "greater": run(lambda x, axis: numpy.mean(x, axis=axis))}


def randomization_by_counting(differences, signs=None):
    exact = [Fraction(str(d)) for d in differences]
    patterns = itertools.product((0, 1), repeat=len(exact)) if signs is None else signs
    sums = [sum(d if sign else -d for sign, d in zip(row, exact)) for row in patterns]
    observed, more = sum(exact), 0 if signs is None else 1
    return {"twoSided": Fraction(sum(abs(s) >= abs(observed) for s in sums) + more, len(sums) + more),
            "greater": Fraction(sum(s >= observed for s in sums) + more, len(sums) + more)}


def bca_by_scipy(values, drawn, level):
    interval = stats.bootstrap((numpy.array(values),), numpy.mean, n_resamples=len(drawn), confidence_level=level,
                               method="BCa", random_state=Given(drawn)).confidence_interval
    return [interval.low, interval.high]


def bca_by_formula(values, drawn, level):
    exact = [Fraction(str(value)) for value in values]
    mean = sum(exact) / len(exact)
    means = sorted(sum(exact[index] for index in row) / len(exact) for row in drawn)
    below = Fraction(2 * sum(m < mean for m in means) + sum(m == mean for m in means), 2 * len(means))
    normal = NormalDist()
    z0 = normal.inv_cdf(float(below))
    # The acceleration from the means without one value each.
    without = [(sum(exact) - value) / (len(exact) - 1) for value in exact]
    centre = sum(without) / len(without)
    acceleration = float(sum((centre - m) ** 3 for m in without)) / (6 * float(sum((centre - m) ** 2 for m in without)) ** 1.5)
    ends = []
    for probability in ((1 - level) / 2, (1 + level) / 2):
        z = z0 + normal.inv_cdf(probability)
        ends.append(interpolate(means, math.erfc(-(z0 + z / (1 - acceleration * z)) / math.sqrt(2)) / 2))
    return ends


def interpolate(ascending, probability):
    at = Fraction(probability) * (len(ascending) - 1)
    low = math.floor(at)
    return ascending[low] + (at - low) * (ascending[min(low + 1, len(ascending) - 1)] - ascending[low])


def draw_two_level(values, design, resamples, seed):
    """Resamples [rows of (seed, users)], and their indices in the order in which they are used."""
    generator = numpy.random.default_rng(seed)
    drawn, indices = [], []
    for _ in range(resamples):
        if design == "crossed":
            seeds = generator.integers(0, len(values), len(values)).tolist()
            users = generator.integers(0, len(values[0]), len(values[0])).tolist()
            drawn.append([(s, users) for s in seeds])
            indices += [*seeds, *users]
            continue
        rows = []
        for _ in values:
            s = int(generator.integers(0, len(values)))
            rows.append((s, generator.integers(0, len(values[s]), len(values[s])).tolist()))
            indices += [s, *rows[-1][1]]
        drawn.append(rows)
    return drawn, digits(indices)


def two_level_by_numpy(values, drawn, level):
    table = [numpy.array(row) for row in values]
    joined = [numpy.concatenate([table[s][users] for s, users in rows]) for rows in drawn]
    ends = [(1 - level) / 2 * 100, (1 + level) / 2 * 100]
    whole = numpy.concatenate(table)
    return {"mean": [whole.mean(), *numpy.percentile([x.mean() for x in joined], ends)],
            "interquartileMean": [stats.trim_mean(whole, 0.25),
                                  *numpy.percentile([stats.trim_mean(x, 0.25) for x in joined], ends)]}


def middle_mean(values):
    cut = len(values) // 4
    middle = sorted(values)[cut : len(values) - cut]
    return sum(middle) / len(middle)


def two_level_by_definition(values, drawn, level):
    table = [[Fraction(str(value)) for value in row] for row in values]
    samples = [[table[s][user] for s, users in rows for user in users] for rows in drawn]
    whole = [value for row in table for value in row]
    ends = [(1 - level) / 2, (1 + level) / 2]

    def run(statistic):
        ascending = sorted(statistic(sample) for sample in samples)
        return [statistic(whole), *(interpolate(ascending, end) for end in ends)]
    return {"mean": run(lambda sample: sum(sample) / len(sample)), "interquartileMean": run(middle_mean)}


def enumerate_two_level(values, design):
    """All resamples of rows of equal length, each equally likely."""
    draws = range(len(values))
    users = list(itertools.product(range(len(values[0])), repeat=len(values[0])))
    if design == "crossed":
        all_seeds = list(itertools.product(draws, repeat=len(values)))
        drawn = [[(s, list(u)) for s in seeds] for seeds in all_seeds for u in users]
        return drawn, digits(i for seeds in all_seeds for u in users for i in (*seeds, *u))
    rows = [(s, list(u)) for s in draws for u in users]
    drawn = [list(pair) for pair in itertools.product(rows, repeat=len(values))]
    return drawn, digits(i for pair in drawn for s, u in pair for i in (s, *u))


def enumerated_by_numpy(values, drawn, level):
    return two_level_by_numpy(values, drawn, level)["mean"]


def enumerated_by_parts(values, design, level):
    """Crossed: means of the rectangle by how often each seed and user is drawn. Nested: sums of independent row means."""
    n, m = len(values), len(values[0])
    table = [[Fraction(str(value)) for value in row] for row in values]
    if design == "crossed":
        def weights(size):
            return [[row.count(i) for i in range(size)] for row in itertools.product(range(size), repeat=size)]
        means = [sum(a[s] * b[u] * table[s][u] for s in range(n) for u in range(m)) / (n * m)
                 for a in weights(n) for b in weights(m)]
    else:
        row_means = [sum(sample) / m for row in table for sample in itertools.product(row, repeat=m)]
        means = [sum(draw) / n for draw in itertools.product(row_means, repeat=n)]
    whole = sum(map(sum, table)) / (n * m)
    return [whole, *(interpolate(sorted(means), end) for end in ((1 - level) / 2, (1 + level) / 2))]
