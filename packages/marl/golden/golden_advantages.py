"""Generalised advantages, written forward from their definition: discounted temporal differences along an episode.

The scripts of this folder import this file; it prints nothing by itself. Needs NumPy only.
"""
import numpy as np


def compute_advantages(steps, usable, values, discount, trace):
    """Advantages and returns of the rows `usable`; `values[t][row]`, t up to one behind the last step."""

    def delta(t, row):
        future = 0 if steps[t]["terminated"][row] else values[t + 1][row]
        return steps[t]["rewards"][row] + discount * future - values[t][row]

    advantages = []
    for t, row in usable:
        total, factor = 0.0, 1.0
        for later in range(t, len(steps)):
            if (later, row) not in usable:
                break
            total += factor * delta(later, row)
            factor *= discount * trace
            if steps[later]["terminated"][row] or steps[later]["truncated"][row]:
                break
        advantages.append(total)
    advantages = np.array(advantages)
    return advantages, advantages + np.array([values[t][row] for t, row in usable])


def normalise(advantages):
    return (advantages - advantages.mean()) / (advantages.std() + 1e-8)
