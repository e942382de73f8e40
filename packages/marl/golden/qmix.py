"""One QMIX update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 qmix.py > qmix.json` to renew the numbers that the tests of
src/algorithms/qmix.ts and src/networks/mixing-network.ts compare with, then `npx biome check --write packages/marl` from
the root. Needs NumPy only.

Two agents (2 and 3 actions), observation of 3, state of 2, utilities with one hidden layer of 4, a mixing network of 3
units. The replay memory holds three rows without masks, of which the first terminated. Two steps of four rows join them:
row 0 terminates in step 0 and is inactive after, row 1 is truncated in step 1, row 2's call fails in step 1 (learnable 0),
row 3 runs on. Agent b has an illegal action in some rows. The batch is all nine rows, so that nothing depends on how they
are drawn.
"""
import json
import numpy as np

rng = np.random.default_rng(20260105)
DISCOUNT, EPSILON, RATE, MAX_NORM, BLEND = 0.9, 1e-5, 0.02, 20, 0.25
COUNTS = {"a": 2, "b": 3}
OBSERVATION, STATE, HIDDEN, UNITS, ROWS, STORED = 3, 2, 4, 3, 4, 3


def linear(inputs, outputs):
    return [rng.normal(scale=0.6, size=(inputs, outputs)), rng.normal(scale=0.6, size=outputs)]


def two_layers(inputs, hidden, outputs):
    return linear(inputs, hidden) + linear(hidden, outputs)


def forward(weights, x):
    hidden = np.maximum(x @ weights[0] + weights[1], 0)
    return hidden, hidden @ weights[2] + weights[3]


def backward(weights, x, d_output):
    hidden, _ = forward(weights, x)
    d_hidden = (d_output @ weights[2].T) * (hidden > 0)
    return [x.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_output, d_output.sum(0)]


class Model:
    """Utilities, and a mixer of one linear layer for |W_1| of each agent, b_1 and |w_2|, and two layers for V."""

    def __init__(self):
        self.utilities = {name: two_layers(OBSERVATION, HIDDEN, count) for name, count in COUNTS.items()}
        self.first = {name: linear(STATE, UNITS) for name in COUNTS}
        self.bias = linear(STATE, UNITS)
        self.last = linear(STATE, UNITS)
        self.value = two_layers(STATE, UNITS, 1)

    def mixer(self):
        return [w for part in [*self.first.values(), self.bias, self.last, self.value] for w in part]

    def parameters(self):
        return [w for part in self.utilities.values() for w in part] + self.mixer()

    def mix(self, q, states):
        sums = states @ self.bias[0] + self.bias[1]
        for name in COUNTS:
            sums = sums + q[name][:, None] * np.abs(states @ self.first[name][0] + self.first[name][1])
        h = np.where(sums > 0, sums, np.expm1(sums))
        joint = (h * np.abs(states @ self.last[0] + self.last[1])).sum(1) + forward(self.value, states)[1][:, 0]
        return sums, h, joint


online, target = Model(), Model()

stored = {
    "observations": rng.normal(size=(STORED, OBSERVATION)),
    "states": rng.normal(size=(STORED, STATE)),
    "nextObservations": rng.normal(size=(STORED, OBSERVATION)),
    "nextStates": rng.normal(size=(STORED, STATE)),
    "rewards": rng.normal(size=STORED),
    "terminated": np.array([1, 0, 0]),
    "actions": {name: rng.integers(count, size=STORED) for name, count in COUNTS.items()},
    "logProbabilities": {name: np.zeros(STORED) for name in COUNTS},
}
steps = []
for step in range(2):
    masks = {"a": np.ones((ROWS, 2), int), "b": np.ones((ROWS, 3), int)}
    masks["b"][0, 2] = 0
    masks["b"][1, step] = 0
    masks["b"][2, 2 * step] = 0
    masks["b"][3, 2 - step] = 0
    actions = {name: np.array([rng.choice(np.flatnonzero(row)) for row in mask]) for name, mask in masks.items()}
    steps.append({
        "observations": rng.normal(size=(ROWS, OBSERVATION)),
        "state": rng.normal(size=(ROWS, STATE)),
        "actionMasks": masks,
        "actions": actions,
        "rewards": rng.normal(size=ROWS),
        "terminated": np.array([1 - step, 0, 0, 0]),
        "truncated": np.array([0, step, step, 0]),
        "active": np.array([1 - step, 1, 1, 1]),
        "learnable": np.array([1 - step, 1, 1 - step, 1]),
    })
final_observations = rng.normal(size=(ROWS, OBSERVATION))
final_state = rng.normal(size=(ROWS, STATE))

# The batch, row by row.
everything = {name: np.ones(count, int) for name, count in COUNTS.items()}
batch = [
    {"o": stored["observations"][row], "s": stored["states"][row], "a": {name: stored["actions"][name][row] for name in COUNTS},
     "r": stored["rewards"][row], "end": stored["terminated"][row], "o2": stored["nextObservations"][row],
     "s2": stored["nextStates"][row], "m2": everything}
    for row in range(STORED)
]
for t in range(2):
    for row in range(ROWS):
        step = steps[t]
        if not (step["active"][row] and step["learnable"][row]):
            continue
        later = steps[1] if t == 0 else None
        batch.append({
            "o": step["observations"][row], "s": step["state"][row], "a": {name: step["actions"][name][row] for name in COUNTS},
            "r": step["rewards"][row], "end": step["terminated"][row],
            "o2": later["observations"][row] if later else final_observations[row],
            "s2": later["state"][row] if later else final_state[row],
            "m2": {name: later["actionMasks"][name][row] for name in COUNTS} if later else everything,
        })
count = len(batch)

targets, masks_mattered, double_mattered = [], False, False
for row in batch:
    if row["end"]:
        targets.append(row["r"])
        continue
    q = {}
    for name in COUNTS:
        chooser = forward(online.utilities[name], row["o2"][None])[1][0]
        judge = forward(target.utilities[name], row["o2"][None])[1][0]
        best = np.argmax(np.where(row["m2"][name] == 1, chooser, -np.inf))
        masks_mattered |= best != np.argmax(chooser)
        double_mattered |= best != np.argmax(np.where(row["m2"][name] == 1, judge, -np.inf))
        q[name] = judge[[best]]
    targets.append(row["r"] + DISCOUNT * target.mix(q, row["s2"][None])[2][0])
targets = np.array(targets)
# Otherwise the numbers would not tell a right update from one without masks or without double Q-learning.
assert masks_mattered and double_mattered

observations, states = np.array([row["o"] for row in batch]), np.array([row["s"] for row in batch])
chosen = {name: np.array([row["a"][name] for row in batch]) for name in COUNTS}


def utilities():
    return {name: forward(online.utilities[name], observations)[1][np.arange(count), chosen[name]] for name in COUNTS}


def compute_loss():
    return ((targets - online.mix(utilities(), states)[2]) ** 2).mean()


q = utilities()
sums, h, joint = online.mix(q, states)
# Both sides of the elu and of the absolute values are met.
last = states @ online.last[0] + online.last[1]
assert (sums > 0).any() and (sums < 0).any() and (last > 0).any() and (last < 0).any()
d_joint = (2 * (joint - targets) / count)[:, None]
d_sums = d_joint * np.abs(last) * np.where(sums > 0, 1, np.exp(sums))
utility_gradients, first_gradients = [], []
for name, actions in COUNTS.items():
    first = states @ online.first[name][0] + online.first[name][1]
    d_q = (d_sums * np.abs(first)).sum(1, keepdims=True)
    utility_gradients += backward(online.utilities[name], observations, np.eye(actions)[chosen[name]] * d_q)
    d_first = d_sums * q[name][:, None] * np.sign(first)
    first_gradients += [states.T @ d_first, d_first.sum(0)]
d_last = d_joint * h * np.sign(last)
gradients = (utility_gradients + first_gradients + [states.T @ d_sums, d_sums.sum(0)]
             + [states.T @ d_last, d_last.sum(0)] + backward(online.value, states, d_joint))

parameters, followers = online.parameters(), target.parameters()
initial = [w.copy() for w in parameters + followers]
mixer_before = [w.ravel().tolist() for w in online.mixer()]

# Finite differences keep the hand-written gradients honest.
for w, gradient in zip(parameters, gradients):
    for index in np.ndindex(w.shape):
        kept = w[index]
        w[index] = kept + 1e-6
        above = compute_loss()
        w[index] = kept - 1e-6
        below = compute_loss()
        w[index] = kept
        assert abs((above - below) / 2e-6 - gradient[index]) < 1e-5, (index, gradient[index])

norm = np.sqrt(sum((g ** 2).sum() for g in gradients))
assert norm > MAX_NORM, "clipping takes part"
scale = min(1, MAX_NORM / norm)
moments = [m for g in gradients for m in (0.1 * scale * g, 0.001 * (scale * g) ** 2)]
moved = [
    w - RATE * (moments[2 * i] / 0.1) / (np.sqrt(moments[2 * i + 1] / 0.001) + EPSILON)
    for i, w in enumerate(parameters)
]
followed = [(1 - BLEND) * old + BLEND * new for old, new in zip(followers, moved)]


def tensors(arrays):
    return [{"shape": list(a.shape), "values": a.ravel().tolist()} for a in arrays]


def plain(x):
    return {name: plain(v) for name, v in x.items()} if isinstance(x, dict) else x.ravel().tolist()


print(json.dumps({
    "options": {"discount": DISCOUNT, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM, "learningRate": RATE,
                "targetUpdate": {"rate": BLEND}, "hiddenSizes": [HIDDEN], "mixingUnits": UNITS},
    "stored": plain(stored),
    "steps": [plain(step) for step in steps],
    "finalObservations": final_observations.ravel().tolist(),
    "finalState": final_state.ravel().tolist(),
    "before": tensors(initial + [np.zeros_like(w) for w in parameters for _ in range(2)]),
    "after": tensors(moved + followed + moments),
    "metrics": {
        "train/loss": compute_loss(),
        "train/joint_value": joint.mean(),
        "train/gradient_norm": norm,
        "train/usable_rows": count - STORED,
        "train/replay_rows": count,
    },
    # The mixing network alone, with the gradient of the sum of its outputs.
    "mixing": {
        "weights": mixer_before,
        "utilities": [q[name].tolist() for name in COUNTS],
        "states": states.tolist(),
        "jointValues": joint.tolist(),
        "utilityGradients": [
            ((np.abs(last) * np.where(sums > 0, 1, np.exp(sums))) * np.abs(states @ online.first[name][0] + online.first[name][1])).sum(1).tolist()
            for name in COUNTS
        ],
    },
}, indent=1))
