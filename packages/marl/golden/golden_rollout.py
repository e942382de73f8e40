"""The rollouts that learners are given, and which rows of them they learn from.

The scripts of this folder import this file; it prints nothing by itself. Needs NumPy only.

Two agents (2 and 3 actions), observation of 3, state of 2, two steps of four rows: row 0 terminates in step 0 and is
inactive after, row 1 is truncated in step 1, row 2's call fails in step 1 (learnable 0), row 3 runs on. Agent b has an
illegal action in some rows.
"""
import numpy as np

from golden_networks import draw_network

COUNTS = {"a": 2, "b": 3}
OBSERVATION, STATE, ROWS = 3, 2, 4


def create_masks(illegal):
    """All actions are legal but those of agent b in `illegal`, pairs of a row and an action."""
    masks = {name: np.ones((ROWS, count), int) for name, count in COUNTS.items()}
    for row, action in illegal:
        masks["b"][row, action] = 0
    return masks


def draw_actions(rng, masks):
    return {name: np.array([rng.choice(np.flatnonzero(row)) for row in mask]) for name, mask in masks.items()}


def draw_step(rng, step, illegal, state=None, draw_log_probabilities=None):
    """Step 0 or 1. The state is drawn unless given; log-probabilities are stored where there is a function for them."""
    masks = create_masks(illegal)
    actions = draw_actions(rng, masks)
    drawn = {
        "observations": rng.normal(size=(ROWS, OBSERVATION)),
        "state": rng.normal(size=(ROWS, STATE)) if state is None else state,
        "actionMasks": masks,
        "actions": actions,
    }
    if draw_log_probabilities is not None:
        drawn["logProbabilities"] = draw_log_probabilities(drawn["observations"], masks, actions)
    return {
        **drawn,
        "rewards": rng.normal(size=ROWS),
        "terminated": np.array([1 - step, 0, 0, 0]),
        "truncated": np.array([0, step, step, 0]),
        "active": np.array([1 - step, 1, 1, 1]),
        "learnable": np.array([1 - step, 1, 1 - step, 1]),
    }


def draw_final(rng):
    """What stands behind the last step."""
    return {"observations": rng.normal(size=(ROWS, OBSERVATION)), "state": rng.normal(size=(ROWS, STATE))}


def find_usable(steps):
    """Pairs of a step and a row, step by step: active, and with a reward to learn from."""
    return [(t, row) for t, step in enumerate(steps) for row in range(ROWS) if step["active"][row] and step["learnable"][row]]


def pick(steps, usable, field):
    """The values of a field in these rows; of each agent where it has its own."""
    if isinstance(steps[0][field], dict):
        return {name: np.array([steps[t][field][name][row] for t, row in usable]) for name in COUNTS}
    return np.array([steps[t][field][row] for t, row in usable])


def draw_central_example(rng, hidden):
    """Actors, one critic of the state, two steps, and the state behind them."""
    actors = {name: draw_network(rng, OBSERVATION, hidden, count) for name, count in COUNTS.items()}
    critic = draw_network(rng, STATE, hidden, 1)
    steps = [draw_step(rng, step, illegal=[(0, 2), (3, step)]) for step in range(2)]
    return actors, critic, steps, rng.normal(size=(ROWS, STATE))


def pick_central(steps, usable):
    """Observations, states, actions and masks of these rows."""
    return tuple(pick(steps, usable, field) for field in ["observations", "state", "actions", "actionMasks"])
