"""Kendall's tau-b and rank-biased overlap, each from two sources that share no code."""

import itertools
import math
from fractions import Fraction

import numpy
from scipy import stats

from tied_orders import level, orders

TAU = ("pairs counted one by one", "SciPy kendalltau, variant b")
OVERLAP = (
    "Eq. 32 in fractions, mean over all orders inside the tie groups",
    "sum of (1 - p) p^(d - 1) A_d to d = 10,000 in NumPy, with A_d from the chance to stand in the first d ranks",
)


def tau_by_counting(first, second):
    lead, free_first, free_second = 0, 0, 0
    for a, b in itertools.combinations(range(len(first)), 2):
        x, y = first[a] - first[b], second[a] - second[b]
        lead += (x * y > 0) - (x * y < 0)
        free_first += x != 0
        free_second += y != 0
    return lead / math.sqrt(free_first * free_second)


def tau_by_scipy(first, second):
    return stats.kendalltau(first, second, variant="b").statistic


def overlap_by_orders(first, second, p):
    pairs = list(itertools.product(orders(first), orders(second)))
    return sum(strict_overlap(a, b, p) for a, b in pairs) / len(pairs)


def strict_overlap(first, second, p):
    """Webber, Moffat and Zobel 2010, Eq. 32: RBO_ext of two lists without ties."""
    short, long = sorted((first, second), key=len)
    s, l = len(short), len(long)
    x = [Fraction(len(set(short[:d]) & set(long[:d]))) for d in range(l + 1)]
    inner = sum(x[d] / d * p**d for d in range(1, l + 1))
    inner += sum(x[s] * (d - s) / (s * d) * p**d for d in range(s + 1, l + 1))
    return (1 - p) / p * inner + ((x[l] - x[s]) / l + x[s] / s) * p**l


def overlap_by_depth(first, second, p):
    """The definition of RBO as an infinite sum. Beyond its end the shorter list agrees as it did on the whole."""
    short, long = sorted((first, second), key=lambda groups: sum(map(len, groups)))
    s, l = (sum(map(len, groups)) for groups in (short, long))
    shared = sorted(set(sum(short, [])) & set(sum(long, [])))
    depths = numpy.arange(1, l + 1)
    expected = numpy.zeros(l)
    for candidate in shared:
        expected += chance_within(short, candidate, depths) * chance_within(long, candidate, depths)
    agreement = (expected + numpy.where(depths > s, expected[s - 1] * (depths - s) / s, 0)) / depths
    agreement = numpy.concatenate([agreement, numpy.full(10_000 - l, agreement[-1])])
    return float(((1 - float(p)) * float(p) ** numpy.arange(10_000) * agreement).sum())


def chance_within(tie_groups, candidate, depths):
    group = level(tie_groups, candidate)
    before = sum(map(len, tie_groups[:group]))
    return numpy.clip((depths - before) / len(tie_groups[group]), 0, 1)
