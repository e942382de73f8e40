"""A replay memory of three rows, which the rows of a rollout join, and the batch of all of them.

The scripts of this folder import this file; it prints nothing by itself. Needs NumPy only. The stored rows have no masks;
the first of them terminated. The batch is everything, so that nothing depends on how rows are drawn.
"""
import numpy as np
from golden_rollout import COUNTS, OBSERVATION, STATE, find_usable

STORED = 3


def draw_stored(rng):
    return {
        "observations": rng.normal(size=(STORED, OBSERVATION)),
        "states": rng.normal(size=(STORED, STATE)),
        "nextObservations": rng.normal(size=(STORED, OBSERVATION)),
        "nextStates": rng.normal(size=(STORED, STATE)),
        "rewards": rng.normal(size=STORED),
        "terminated": np.array([1, 0, 0]),
        "actions": {name: rng.integers(count, size=STORED) for name, count in COUNTS.items()},
        "logProbabilities": {name: np.zeros(STORED) for name in COUNTS},
    }


def create_batch(stored, steps, final):
    """One dict a row: the stored ones, then those of the steps; `nextMasks` are all 1 where they are not known."""
    everything = {name: np.ones(count, int) for name, count in COUNTS.items()}
    batch = [
        {
            "observation": stored["observations"][row],
            "state": stored["states"][row],
            "actions": {name: stored["actions"][name][row] for name in COUNTS},
            "reward": stored["rewards"][row],
            "terminated": stored["terminated"][row],
            "nextObservation": stored["nextObservations"][row],
            "nextState": stored["nextStates"][row],
            "nextMasks": everything,
        }
        for row in range(STORED)
    ]
    for t, row in find_usable(steps):
        step, later = steps[t], [*steps, final][t + 1]
        batch.append({
            "observation": step["observations"][row],
            "state": step["state"][row],
            "actions": {name: step["actions"][name][row] for name in COUNTS},
            "reward": step["rewards"][row],
            "terminated": step["terminated"][row],
            "nextObservation": later["observations"][row],
            "nextState": later["state"][row],
            "nextMasks": {name: later["actionMasks"][name][row] for name in COUNTS} if t + 1 < len(steps) else everything,
        })
    return batch
