"""One QMIX update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 qmix.py > qmix.json` in this folder to renew the numbers that the tests of
src/algorithms/qmix.ts and src/networks/mixing-network.ts compare with, then `npx biome check --write packages/marl/golden`
from the root. Needs NumPy only.

The rollout of golden_rollout.py, whose rows join the replay memory of golden_replay.py; utilities with one hidden layer of
4, a mixing network of 3 units.
"""
import sys
import numpy as np

sys.dont_write_bytecode = True
from golden_adam import first_step, fresh_moments  # noqa: E402
from golden_differences import check  # noqa: E402
from golden_json import plain, tensors, write  # noqa: E402
from golden_networks import backward, draw_linear, draw_network, forward, gather, join  # noqa: E402
from golden_replay import STORED, create_batch, draw_stored  # noqa: E402
from golden_rollout import COUNTS, OBSERVATION, STATE, draw_final, draw_step  # noqa: E402

rng = np.random.default_rng(20260105)
DISCOUNT, EPSILON, RATE, MAX_NORM, BLEND = 0.9, 1e-5, 0.02, 20, 0.25
HIDDEN, UNITS, SCALE = 4, 3, 0.6


class Model:
    """Utilities, and a mixer of one linear layer for |W_1| of each agent, b_1 and |w_2|, and two layers for V."""

    def __init__(self):
        self.utilities = {name: draw_network(rng, OBSERVATION, HIDDEN, count, SCALE) for name, count in COUNTS.items()}
        self.first = {name: draw_linear(rng, STATE, UNITS, SCALE) for name in COUNTS}
        self.bias = draw_linear(rng, STATE, UNITS, SCALE)
        self.last = draw_linear(rng, STATE, UNITS, SCALE)
        self.value = draw_network(rng, STATE, UNITS, 1, SCALE)

    def mixer(self):
        return join([*self.first.values(), self.bias, self.last, self.value])

    def parameters(self):
        return join(self.utilities.values()) + self.mixer()

    def mix(self, q, states):
        sums = states @ self.bias[0] + self.bias[1]
        for name in COUNTS:
            sums = sums + q[name][:, None] * np.abs(states @ self.first[name][0] + self.first[name][1])
        h = np.where(sums > 0, sums, np.expm1(sums))
        joint = (h * np.abs(states @ self.last[0] + self.last[1])).sum(1) + forward(self.value, states)[:, 0]
        return sums, h, joint


online, target = Model(), Model()
stored = draw_stored(rng)
steps = [draw_step(rng, step, illegal=[(0, 2), (1, step), (2, 2 * step), (3, 2 - step)]) for step in range(2)]
final = draw_final(rng)
batch = create_batch(stored, steps, final)
count = len(batch)

targets, masks_mattered, double_mattered = [], False, False
for row in batch:
    if row["terminated"]:
        targets.append(row["reward"])
        continue
    q = {}
    for name in COUNTS:
        mask = row["nextMasks"][name]
        chooser = forward(online.utilities[name], row["nextObservation"][None])[0]
        judge = forward(target.utilities[name], row["nextObservation"][None])[0]
        best = np.argmax(np.where(mask == 1, chooser, -np.inf))
        masks_mattered |= best != np.argmax(chooser)
        double_mattered |= best != np.argmax(np.where(mask == 1, judge, -np.inf))
        q[name] = judge[[best]]
    targets.append(row["reward"] + DISCOUNT * target.mix(q, row["nextState"][None])[2][0])
targets = np.array(targets)
# Otherwise the numbers would not tell a right update from one without masks or without double Q-learning.
assert masks_mattered and double_mattered

observations, states = (np.array([row[field] for row in batch]) for field in ["observation", "state"])
chosen = {name: np.array([row["actions"][name] for row in batch]) for name in COUNTS}


def utilities():
    return {name: gather(forward(online.utilities[name], observations), chosen[name]) for name in COUNTS}


def compute_loss():
    return ((targets - online.mix(utilities(), states)[2]) ** 2).mean()


q = utilities()
sums, h, joint = online.mix(q, states)
last = states @ online.last[0] + online.last[1]
# Both sides of the elu and of the absolute values are met.
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
check(parameters, gradients, compute_loss, tolerance=1e-5)

moved, moments, norm = first_step(parameters, gradients, RATE, EPSILON, MAX_NORM)
assert norm > MAX_NORM, "clipping takes part"
followed = [(1 - BLEND) * old + BLEND * new for old, new in zip(followers, moved)]

write({
    "options": {"discount": DISCOUNT, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM, "learningRate": RATE,
                "targetUpdate": {"rate": BLEND}, "hiddenSizes": [HIDDEN], "mixingUnits": UNITS},
    "stored": plain(stored),
    "steps": plain(steps),
    "finalObservations": plain(final["observations"]),
    "finalState": plain(final["state"]),
    "before": tensors(parameters + followers + fresh_moments(parameters)),
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
        "weights": plain(online.mixer()),
        "utilities": [q[name].tolist() for name in COUNTS],
        "states": states.tolist(),
        "jointValues": joint.tolist(),
        "utilityGradients": [
            ((np.abs(last) * np.where(sums > 0, 1, np.exp(sums))) * np.abs(states @ online.first[name][0] + online.first[name][1])).sum(1).tolist()
            for name in COUNTS
        ],
    },
})
