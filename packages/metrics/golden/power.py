"""Power of the paired t test from two integrals that share no integrand, each checked against statsmodels."""

import math

import mpmath
from scipy import integrate, optimize, special, stats
from statsmodels.stats.power import TTestPower
from student_t import quantile_by_scipy

POWER = ("quadrature over the deviation, SciPy quad and norm", "quadrature over the mean, SciPy gammaincc")
DETECTABLE = ("root of the first power", "root of the second power")
REQUIRED = ("statsmodels TTestPower.solve_power, rounded up", "smallest number whose power by quadrature suffices")


def critical(users, alpha, two_sided):
    return -quantile_by_scipy(alpha / (2 if two_sided else 1), users - 1)


def add(low, high, density, points):
    """Integral between low and high, cut at the given points."""
    cuts = [low, *sorted(p for p in points if low < p < high), high]
    return math.fsum(integrate.quad(density, a, b, epsabs=1e-15, epsrel=1e-13, limit=500)[0] for a, b in zip(cuts, cuts[1:]))


def power_over_deviation(users, effect, alpha, two_sided):
    """E[CDF(d - t S)], S the deviation of the sample by that of the population."""
    v, delta, t = users - 1, effect * math.sqrt(users), critical(users, alpha, two_sided)
    spread = 1 / math.sqrt(2 * v)
    # log of the density at s = 1, where terms of the size of v cancel.
    half = mpmath.mpf(v) / 2
    peak = float(mpmath.log(2) + half * mpmath.log(half) - mpmath.loggamma(half) - half)

    def density(s):
        return math.exp(peak + (v - 1) * math.log(s) - v * (s - 1) * (s + 1) / 2) if s > 0 else 0.0

    def tail(d):
        near = [(d + z) / t for z in (-9, -3, 0, 3, 9)]
        return add(0, 1 + 14 * spread, lambda s: stats.norm.cdf(d - t * s) * density(s),
                   [*near, *(1 + z * spread for z in (-9, -3, 0, 3, 9))])

    return tail(delta) + (tail(-delta) if two_sided else 0)


def power_over_mean(users, effect, alpha, two_sided):
    """E[P(S < (d + Z) / t)] over the normal Z."""
    v, delta, t = users - 1, effect * math.sqrt(users), critical(users, alpha, two_sided)
    spread = 1 / math.sqrt(2 * v)

    def tail(d):
        def integrand(z):
            return stats.norm.pdf(z) * special.gammainc(v / 2, v / 2 * ((d + z) / t) ** 2)
        near = [t * (1 + k * spread) - d for k in (-9, -3, 0, 3, 9)]
        return add(-d, max(14, 14 - d), integrand, [*near, -9, -3, 0, 3, 9])

    return tail(delta) + (tail(-delta) if two_sided else 0)


def assert_near_statsmodels(users, effect, alpha, two_sided, value):
    """statsmodels takes the noncentral t of Cephes, which has about eight digits."""
    library = TTestPower().power(effect, users, alpha, alternative="two-sided" if two_sided else "larger")
    assert abs(value - library) < 1e-8, (users, effect, alpha, value, library)


def detectable(users, alpha, target, two_sided, power):
    high = (100 if users < 5 else 20) / math.sqrt(users)
    return optimize.brentq(lambda e: power(users, e, alpha, two_sided) - target, 0.01 / math.sqrt(users), high,
                           xtol=1e-15, rtol=1e-14)


def required_by_statsmodels(effect, alpha, target, two_sided):
    name = "two-sided" if two_sided else "larger"
    solved = TTestPower().solve_power(effect_size=effect, alpha=alpha, power=target, alternative=name)
    return math.ceil(float(solved[0]) if hasattr(solved, "__len__") else float(solved))


def required_by_search(effect, alpha, target, two_sided):
    low, high = 1, 2
    while power_over_mean(high, effect, alpha, two_sided) < target:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if power_over_mean(middle, effect, alpha, two_sided) >= target else (middle, high)
    return high
