"""Writes audits.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/audits.py

Debian: python3-scipy 1.10.1, python3-statsmodels 0.13.5, python3-sklearn 1.2.1, python3-numpy 1.24.2. `SOURCES` names
the two sources of each value. The permutation tests are exact over all rearrangements, and once more for given draws of
Fisher-Yates shuffles.
"""

import itertools
import math
import sys
from fractions import Fraction

import numpy
from scipy import stats
from sklearn import metrics
from statsmodels import api as statsmodels

sys.dont_write_bytecode = True
from rank_agreement import (  # noqa: E402
    OVERLAP, TAU, overlap_by_depth, overlap_by_orders, tau_by_counting, tau_by_scipy,
)
from tied_orders import complete, level, levels, orders  # noqa: E402
from two_sources import TwoSources  # noqa: E402

SOURCES = {
    "slope": ("SciPy linregress", "statsmodels OLS"),
    "standardError": ("SciPy linregress", "statsmodels OLS"),
    "pValue": ("SciPy linregress", "statsmodels OLS"),
    "counts": ("numpy.bincount", "counted one by one"),
    "means": ("numpy.bincount of the values over that of the positions", "means in fractions"),
    "permutationPValue": (
        "sum of squares between positions in fractions, counted over the rearrangements",
        "SciPy permutation_test, pairings, of f_oneway's F over the same rearrangements",
    ),
    "spread": ("weighted deviation of the position means in fractions", "eta squared from SciPy's f_oneway"),
    "pairs": ("pairs counted one by one", "n (n - 1) / 2"),
    "rankBiasedOverlap": tuple(f"mean of: {name}" for name in OVERLAP),
    "kendallPairs": ("pairs of rankings that are not constant", "pairs for which SciPy kendalltau is not NaN"),
    "kendallTauB": tuple(f"mean of: {name}" for name in TAU),
    "tiltPairs": ("pairs counted one by one", "pairs of equal gain less those of equal popularity, from class sizes"),
    "tilt": (
        "pairs counted in every order inside the tie groups, mean in fractions",
        "SciPy somersd inside each class of equal gain, weighted by its pairs",
    ),
    "groupSizes": ("counted one by one", "numpy.unique"),
    "exposure": (
        "mean discount over all orders inside the tie groups",
        "scikit-learn dcg_score of being in the group, over the group's size",
    ),
}


def exactly(values):
    """The decimals that stand in the file, not their nearest floats."""
    return [Fraction(str(value)) for value in values]


def line_case(golden, values, positions):
    count = max(positions) + 1
    fit = stats.linregress(positions, values)
    ols = statsmodels.OLS(values, statsmodels.add_constant(numpy.array(positions, float))).fit()
    cells = [[v for v, p in zip(exactly(values), positions) if p == position] for position in range(count)]
    counts = numpy.bincount(positions)
    sums = numpy.bincount(positions, weights=values)
    return {
        "values": values,
        "positions": positions,
        "expected": golden.pairs(
            {
                "slope": fit.slope,
                "standardError": fit.stderr,
                "pValue": fit.pvalue,
                "counts": counts,
                "means": [s / c if c else None for s, c in zip(sums, counts)],
            },
            {
                "slope": ols.params[1],
                "standardError": ols.bse[1],
                "pValue": ols.pvalues[1],
                "counts": [len(cell) for cell in cells],
                "means": [sum(cell) / len(cell) if cell else None for cell in cells],
            },
        ),
    }


def between(values, positions):
    mean = sum(values) / len(values)
    cells = {position: [v for v, p in zip(values, positions) if p == position] for position in positions}
    return sum(len(cell) * (sum(cell) / len(cell) - mean) ** 2 for cell in cells.values())


def f_statistic(values, positions):
    positions = numpy.array(positions)
    return stats.f_oneway(*(values[positions == position] for position in sorted(set(positions)))).statistic


def rearrange(positions, blocks, choice):
    moved = list(positions)
    for block, source in zip(blocks, choice):
        for target, origin in zip(block, source):
            moved[target] = positions[block[origin]]
    return moved


class GivenPermutations(numpy.random.RandomState):
    """Hands SciPy these permutations `[resamples][samples][length]`: it sorts what it takes for random numbers."""

    def __init__(self, permutations):
        super().__init__(0)
        self.permutations = numpy.array(permutations)

    def random(self, size=None):
        assert self.permutations.shape == tuple(size)
        return numpy.argsort(self.permutations, axis=-1)


def position_case(golden, values, positions, tasks=None, draws=None):
    labels = tasks or ["all"] * len(values)
    names = list(dict.fromkeys(labels))
    blocks = [[i for i, label in enumerate(labels) if label == name] for name in names]
    exact = draws is None
    lengths = [len(block) for block in blocks]
    if exact:
        choices = list(itertools.product(*(itertools.permutations(range(n)) for n in lengths)))
    else:
        choices = [shuffle(row, lengths) for row in draws]
    observed = between(exactly(values), positions)
    count = sum(between(exactly(values), rearrange(positions, blocks, choice)) >= observed for choice in choices)

    # A task that was asked once has nothing to exchange, and SciPy refuses it.
    moving = [block for block in blocks if len(block) > 1]
    array = numpy.array(values)

    def statistic(*rows):
        moved = list(positions)
        for block, row in zip(moving, rows):
            for target, position in zip(block, row):
                moved[target] = position
        # Rounded, so that rearrangements that are equal but for rounding tie.
        return float(f"{f_statistic(array, moved):.10g}")

    result = stats.permutation_test(
        tuple([positions[i] for i in block] for block in moving), statistic, permutation_type="pairings",
        vectorized=False, alternative="greater", n_resamples=numpy.inf if exact else len(choices),
        random_state=None if exact else GivenPermutations(choices),
    )
    assert len(result.null_distribution) == len(choices)
    f, groups = f_statistic(array, positions), len(set(positions))
    eta_squared = f * (groups - 1) / (f * (groups - 1) + len(values) - groups)
    added = 0 if exact else 1
    return {
        "values": values,
        "positions": positions,
        **({"tasks": tasks} if tasks else {}),
        **({} if exact else {"draws": ["".join(numpy.base_repr(draw, 36) for draw in row) for row in draws]}),
        "expected": golden.pairs(
            {
                "permutationPValue": Fraction(count + added, len(choices) + added),
                "spread": math.sqrt(observed / len(values)),
            },
            {"permutationPValue": result.pvalue, "spread": math.sqrt(eta_squared * array.var())},
        ),
    }


def shuffle(draws, lengths):
    """Fisher and Yates: from the last place down, exchange with the drawn place, at or before it."""
    left, choice = list(draws), []
    for length in lengths:
        order = list(range(length))
        for last in range(length - 1, 0, -1):
            other = left.pop(0)
            order[last], order[other] = order[other], order[last]
        choice.append(order)
    assert not left
    return choice


def draw_shuffles(random, lengths, count):
    bounds = [last + 1 for length in lengths for last in range(length - 1, 0, -1)]
    return [[int(random.integers(bound)) for bound in bounds] for _ in range(count)]


def agreement_case(golden, rankings, n, p):
    pairs = list(itertools.combinations(rankings, 2))
    rows = [(levels(a, n), levels(b, n)) for a, b in pairs]
    varied = [(a, b) for a, b in rows if len(set(a)) > 1 and len(set(b)) > 1]
    library = numpy.array([tau_by_scipy(a, b) for a, b in rows])
    mean = lambda values: sum(values) / len(values)
    return {
        "rankings": rankings,
        "candidates": n,
        "persistence": float(p),
        "expected": golden.pairs(
            {
                "pairs": len(pairs),
                "rankBiasedOverlap": mean([overlap_by_orders(a, b, p) for a, b in pairs]),
                "kendallPairs": len(varied),
                "kendallTauB": mean([tau_by_counting(a, b) for a, b in varied]),
            },
            {
                "pairs": len(rankings) * (len(rankings) - 1) // 2,
                "rankBiasedOverlap": numpy.mean([overlap_by_depth(a, b, p) for a, b in pairs]),
                "kendallPairs": int(numpy.sum(~numpy.isnan(library))),
                "kendallTauB": numpy.nanmean(library),
            },
        ),
    }


def tilt_case(golden, tie_groups, gains, popularity):
    n = len(gains)
    compared = [(a, b) for a, b in itertools.permutations(range(n), 2)
                if gains[a] == gains[b] and popularity[a] > popularity[b]]
    choices = orders(complete(tie_groups, n))
    leads = [sum(1 if order.index(a) < order.index(b) else -1 for a, b in compared) for order in choices]

    height = [-level(tie_groups, c) for c in range(n)]
    weighted, pairs = 0, 0
    for gain in sorted(set(gains)):
        members = [c for c in range(n) if gains[c] == gain]
        _, equal = numpy.unique([popularity[c] for c in members], return_counts=True)
        used = math.comb(len(members), 2) - sum(math.comb(int(times), 2) for times in equal)
        if used > 0:
            weighted += used * stats.somersd([popularity[c] for c in members], [height[c] for c in members]).statistic
            pairs += used
    return {
        "tieGroups": tie_groups,
        "gains": gains,
        "popularity": popularity,
        "expected": golden.pairs(
            {"tiltPairs": len(compared), "tilt": Fraction(sum(leads), len(leads) * len(compared))},
            {"tiltPairs": pairs, "tilt": weighted / pairs},
        ),
    }


def exposure_case(golden, tie_groups, names):
    choices = orders(tie_groups)
    value = lambda order, c: 1 / math.log2(order.index(c) + 2) if c in order else 0
    members = {name: [c for c, other in enumerate(names) if other == name] for name in sorted(set(names))}
    enumerated = {
        name: math.fsum(value(order, c) for order in choices for c in own) / len(choices) / len(own)
        for name, own in members.items()
    }
    scores = [[-level(tie_groups, c) for c in range(len(names))]]
    inside = {name: [[int(other == name) for other in names]] for name in members}
    listed = sum(map(len, tie_groups))
    library = {name: metrics.dcg_score(row, scores, k=listed) / numpy.sum(row) for name, row in inside.items()}
    return {
        "tieGroups": tie_groups,
        "groupOf": names,
        "expected": golden.pairs(
            {"groupSizes": {name: len(own) for name, own in members.items()}, "exposure": enumerated},
            {"groupSizes": dict(zip(*numpy.unique(names, return_counts=True))), "exposure": library},
        ),
    }


def draw_lines():
    random = numpy.random.default_rng(9)
    for n, slots in ((4, 3), (12, 5), (50, 10), (300, 20)):
        positions = random.integers(0, slots, n)
        positions[0], positions[1] = 0, slots - 1
        yield numpy.round(random.random(n) - 0.02 * positions, 4).tolist(), positions.tolist()


SEVEN = ([1.0, 0.63, 0.5, 0.43, 0.39, 0.9, 0.36], [0, 1, 1, 2, 2, 0, 1])
TWELVE = ([0.63, 0.5, 0.43, 1.0, 0.63, 0.5, 0.39, 0.36, 0.5, 1.0, 0.43, 0.43], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 1])
EIGHTEEN = (
    [0.63, 0.5, 1.0, 0.43, 0.39, 0.36, 0.5, 1.0, 0.63, 0.33, 0.32, 0.5, 1.0, 0.43, 0.63, 0.39, 0.3, 0.29],
    [0, 1, 3, 2, 3, 0, 1, 0, 0, 2, 3, 2, 1, 1, 0, 2, 3, 1],
)


AGREEMENTS = [
    ([[[0], [1], [2], [3]], [[1], [0], [2], [3]], [[3], [2], [1], [0]]], 4, Fraction(9, 10)),
    ([[[0, 1], [4]], [[4], [3], [2], [1], [0]], [[0, 1, 2, 3, 4]]], 5, Fraction(7, 10)),
]


def main():
    golden = TwoSources(SOURCES)
    random = numpy.random.default_rng(61)
    golden.write("audits.json", {
        "lines": [line_case(golden, *line) for line in draw_lines()],
        "exactPositionTests": [
            position_case(golden, *SEVEN),
            position_case(golden, *SEVEN, tasks=["a", "b", "a", "b", "a", "b", "c"]),
            position_case(golden, *TWELVE, tasks=list("aaabbbcccddd")),
        ],
        "fedPositionTests": [
            position_case(golden, *EIGHTEEN, draws=draw_shuffles(random, [18], 60)),
            position_case(golden, *EIGHTEEN, tasks=list("aaaaaaaaabbbbbbbbb"), draws=draw_shuffles(random, [9, 9], 60)),
        ],
        "agreements": [agreement_case(golden, *audited) for audited in AGREEMENTS],
        "tilts": [
            tilt_case(golden, [[0], [1], [2], [3], [4]], [0, 0, 1, 0, 0], [50, 20, 90, 20, 3]),
            tilt_case(golden, [[4], [1, 3], [0], [2]], [0, 0, 0, 0, 1], [5, 9, 1, 9, 2]),
            tilt_case(golden, [[2, 5], [0], [7, 1]], [0, 1, 0, 2, 1, 0, 0, 1], [4, 8, 15, 16, 23, 42, 4, 1]),
        ],
        "exposures": [
            exposure_case(golden, [[0], [1], [2], [3]], ["x", "y", "y", "x"]),
            exposure_case(golden, [[3, 0, 4], [1]], ["x", "y", "x", "y", "z", "z"]),
        ],
    })


main()
