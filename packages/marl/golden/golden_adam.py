"""Adam with moments of 0.9 and 0.999 on gradients clipped by their common norm: the first step, and any number of them.

The scripts of this folder import this file; it prints nothing by itself. Needs NumPy only. Moments stand in the order
m, v of the first weight, m, v of the second, and so on.
"""
import numpy as np


def clip(gradients, max_norm):
    """The norm of all gradients together, and what they are multiplied by."""
    norm = np.sqrt(sum((g ** 2).sum() for g in gradients))
    return norm, min(1, max_norm / norm)


def fresh_moments(parameters):
    return [np.zeros_like(w) for w in parameters for _ in range(2)]


def first_step(parameters, gradients, rate, epsilon, max_norm):
    """New weights, new moments and the norm before clipping, from moments of 0."""
    norm, scale = clip(gradients, max_norm)
    moved, moments = [], []
    for w, g in zip(parameters, gradients, strict=True):
        m, v = 0.1 * scale * g, 0.001 * (scale * g) ** 2
        moved.append(w - rate * (m / 0.1) / (np.sqrt(v / 0.001) + epsilon))
        moments += [m, v]
    return moved, moments, norm


class Adam:
    """Moves its parameters in place, step after step."""

    def __init__(self, parameters, rate, epsilon, max_norm):
        self.parameters, self.rate, self.epsilon, self.max_norm, self.t = parameters, rate, epsilon, max_norm, 0
        self.moments = fresh_moments(parameters)

    def step(self, gradients):
        """Returns the norm before clipping."""
        norm, scale = clip(gradients, self.max_norm)
        self.t += 1
        for w, g, m, v in zip(self.parameters, gradients, self.moments[::2], self.moments[1::2], strict=True):
            m += 0.1 * (scale * g - m)
            v += 0.001 * ((scale * g) ** 2 - v)
            w -= self.rate * (m / (1 - 0.9 ** self.t)) / (np.sqrt(v / (1 - 0.999 ** self.t)) + self.epsilon)
        return norm
