"""Student's t and the normal distribution twice: by SciPy, and by mpmath with 40 digits."""

import mpmath
from scipy import optimize, stats

mpmath.mp.dps = 40
SCIPY_T, MPMATH_T = "SciPy stats.t", "mpmath betainc, 40 digits"
SCIPY_NORMAL, MPMATH_NORMAL = "SciPy stats.norm", "mpmath erfc, 40 digits"


def upper_tail(t, v):
    """P(T > t) by mpmath, for any t."""
    t, v = mpmath.mpf(t), mpmath.mpf(v)
    half = mpmath.betainc(v / 2, mpmath.mpf(1) / 2, 0, v / (v + t * t), regularized=True) / 2
    return half if t >= 0 else 1 - half


def quantile_by_scipy(probability, v):
    """stats.t.ppf errs by up to 1e-8; its tail is exact, so the root of the tail is taken."""
    q = min(probability, 1 - probability)
    guess = abs(stats.t.ppf(probability, v))
    root = optimize.brentq(lambda t: stats.t.sf(t, v) / q - 1, guess * 0.99, guess * 1.01, xtol=1e-300, rtol=1e-15)
    return root if probability > 0.5 else -root


def quantile_by_mpmath(probability, v):
    q = mpmath.mpf(probability)
    q = min(q, 1 - q)
    root = mpmath.findroot(lambda t: mpmath.log(upper_tail(t, v) / q), mpmath.mpf(stats.t.isf(float(q), v)), tol=1e-40)
    return root if probability > 0.5 else -root


def normal_cdf(z):
    return mpmath.erfc(-mpmath.mpf(z) / mpmath.sqrt(2)) / 2


def normal_quantile(probability):
    p = mpmath.mpf(probability)
    return mpmath.findroot(lambda z: mpmath.log(normal_cdf(z) / p), mpmath.mpf(stats.norm.ppf(probability)), tol=1e-40)


def assert_relative(first, second, tolerance=1e-12):
    """For values below 1, where an absolute tolerance says little."""
    assert abs(first - second) <= tolerance * abs(second), (first, second)
