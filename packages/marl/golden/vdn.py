"""One VDN update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 vdn.py > vdn.json` to renew the numbers that
src/algorithms/vdn.golden.test.ts compares with, then `npx biome check --write packages/marl` from the root. Needs NumPy only.

Two agents (2 and 3 actions), observation of 3, state of 2 (which VDN does not read), one hidden layer of 4. The replay
memory holds three rows without masks, of which the first terminated. Two steps of four rows join them: row 0 terminates in
step 0 and is inactive after, row 1 is truncated in step 1, row 2's call fails in step 1 (learnable 0), row 3 runs on. Agent
b has an illegal action in some rows. The batch is all nine rows, so that nothing depends on how they are drawn.
"""
import json
import numpy as np

rng = np.random.default_rng(20260104)
DISCOUNT, EPSILON, RATE, MAX_NORM, BLEND = 0.9, 1e-5, 0.02, 20, 0.25
COUNTS = {"a": 2, "b": 3}
OBSERVATION, STATE, HIDDEN, ROWS, STORED = 3, 2, 4, 4, 3


def network(inputs, outputs):
    return [rng.normal(size=(inputs, HIDDEN)), rng.normal(size=HIDDEN), rng.normal(size=(HIDDEN, outputs)), rng.normal(size=outputs)]


def forward(weights, x):
    hidden = np.maximum(x @ weights[0] + weights[1], 0)
    return hidden, hidden @ weights[2] + weights[3]


def backward(weights, x, d_output):
    hidden, _ = forward(weights, x)
    d_hidden = (d_output @ weights[2].T) * (hidden > 0)
    return [x.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_output, d_output.sum(0)]


online = {name: network(OBSERVATION, count) for name, count in COUNTS.items()}
target = {name: network(OBSERVATION, count) for name, count in COUNTS.items()}

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

# The batch, row by row: (observation, actions, reward, terminated, next observation, next masks).
everything = {name: np.ones(count, int) for name, count in COUNTS.items()}
batch = [
    (stored["observations"][row], {name: stored["actions"][name][row] for name in COUNTS}, stored["rewards"][row],
     stored["terminated"][row], stored["nextObservations"][row], everything)
    for row in range(STORED)
]
for t in range(2):
    for row in range(ROWS):
        step = steps[t]
        if not (step["active"][row] and step["learnable"][row]):
            continue
        following = steps[t + 1]["observations"][row] if t == 0 else final_observations[row]
        following_masks = {name: steps[t + 1]["actionMasks"][name][row] for name in COUNTS} if t == 0 else everything
        batch.append((step["observations"][row], {name: step["actions"][name][row] for name in COUNTS},
                      step["rewards"][row], step["terminated"][row], following, following_masks))
count = len(batch)

targets, masks_mattered, double_mattered = [], False, False
for _, _, reward, terminated, following, masks in batch:
    if terminated:
        targets.append(reward)
        continue
    total = 0.0
    for name in COUNTS:
        chooser = forward(online[name], following[None])[1][0]
        judge = forward(target[name], following[None])[1][0]
        best = np.argmax(np.where(masks[name] == 1, chooser, -np.inf))
        masks_mattered |= best != np.argmax(chooser)
        double_mattered |= best != np.argmax(np.where(masks[name] == 1, judge, -np.inf))
        total += judge[best]
    targets.append(reward + DISCOUNT * total)
targets = np.array(targets)
# Otherwise the numbers would not tell a right update from one without masks or without double Q-learning.
assert masks_mattered and double_mattered

observations = np.array([row[0] for row in batch])
chosen = {name: np.array([row[1][name] for row in batch]) for name in COUNTS}


def joint_values(networks):
    return sum(forward(networks[name], observations)[1][np.arange(count), chosen[name]] for name in COUNTS)


def compute_loss():
    return ((targets - joint_values(online)) ** 2).mean()


d_joint = 2 * (joint_values(online) - targets) / count
gradients = []
for name, actions in COUNTS.items():
    gradients += backward(online[name], observations, np.eye(actions)[chosen[name]] * d_joint[:, None])

parameters = [w for weights in online.values() for w in weights]
followers = [w for weights in target.values() for w in weights]
initial = [w.copy() for w in parameters + followers]

# Finite differences keep the hand-written gradients honest.
for w, gradient in zip(parameters, gradients):
    for index in np.ndindex(w.shape):
        kept = w[index]
        w[index] = kept + 1e-6
        above = compute_loss()
        w[index] = kept - 1e-6
        below = compute_loss()
        w[index] = kept
        assert abs((above - below) / 2e-6 - gradient[index]) < 1e-6, (index, gradient[index])

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
                "targetUpdate": {"rate": BLEND}, "hiddenSizes": [HIDDEN]},
    "stored": plain(stored),
    "steps": [plain(step) for step in steps],
    "finalObservations": final_observations.ravel().tolist(),
    "before": tensors(initial + [np.zeros_like(w) for w in parameters for _ in range(2)]),
    "after": tensors(moved + followed + moments),
    "metrics": {
        "train/loss": compute_loss(),
        "train/joint_value": joint_values(online).mean(),
        "train/gradient_norm": norm,
        "train/usable_rows": count - STORED,
        "train/replay_rows": count,
    },
}, indent=1))
