"""One VDN update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 vdn.py > vdn.json` in this folder to renew the numbers that
src/algorithms/vdn.golden.test.ts compares with, then `npx biome check --write packages/marl/golden` from the root. Needs
NumPy only.

The rollout of golden_rollout.py, whose rows join the replay memory of golden_replay.py; one hidden layer of 4. VDN does not
read the state.
"""
import sys
import numpy as np

sys.dont_write_bytecode = True
from golden_adam import first_step, fresh_moments  # noqa: E402
from golden_differences import check  # noqa: E402
from golden_json import plain, tensors, write  # noqa: E402
from golden_networks import backward, draw_network, forward, gather, join  # noqa: E402
from golden_replay import STORED, create_batch, draw_stored  # noqa: E402
from golden_rollout import COUNTS, OBSERVATION, draw_final, draw_step  # noqa: E402

rng = np.random.default_rng(20260104)
DISCOUNT, EPSILON, RATE, MAX_NORM, BLEND, HIDDEN = 0.9, 1e-5, 0.02, 20, 0.25, 4

online = {name: draw_network(rng, OBSERVATION, HIDDEN, count) for name, count in COUNTS.items()}
target = {name: draw_network(rng, OBSERVATION, HIDDEN, count) for name, count in COUNTS.items()}
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
    total = 0.0
    for name in COUNTS:
        mask = row["nextMasks"][name]
        chooser = forward(online[name], row["nextObservation"][None])[0]
        judge = forward(target[name], row["nextObservation"][None])[0]
        best = np.argmax(np.where(mask == 1, chooser, -np.inf))
        masks_mattered |= best != np.argmax(chooser)
        double_mattered |= best != np.argmax(np.where(mask == 1, judge, -np.inf))
        total += judge[best]
    targets.append(row["reward"] + DISCOUNT * total)
targets = np.array(targets)
# Otherwise the numbers would not tell a right update from one without masks or without double Q-learning.
assert masks_mattered and double_mattered

observations = np.array([row["observation"] for row in batch])
chosen = {name: np.array([row["actions"][name] for row in batch]) for name in COUNTS}


def joint_values():
    return sum(gather(forward(online[name], observations), chosen[name]) for name in COUNTS)


def compute_loss():
    return ((targets - joint_values()) ** 2).mean()


d_joint = 2 * (joint_values() - targets) / count
gradients = []
for name, actions in COUNTS.items():
    gradients += backward(online[name], observations, np.eye(actions)[chosen[name]] * d_joint[:, None])

parameters, followers = join(online.values()), join(target.values())
check(parameters, gradients, compute_loss)

moved, moments, norm = first_step(parameters, gradients, RATE, EPSILON, MAX_NORM)
assert norm > MAX_NORM, "clipping takes part"
followed = [(1 - BLEND) * old + BLEND * new for old, new in zip(followers, moved)]

write({
    "options": {"discount": DISCOUNT, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM, "learningRate": RATE,
                "targetUpdate": {"rate": BLEND}, "hiddenSizes": [HIDDEN]},
    "stored": plain(stored),
    "steps": plain(steps),
    "finalObservations": plain(final["observations"]),
    "before": tensors(parameters + followers + fresh_moments(parameters)),
    "after": tensors(moved + followed + moments),
    "metrics": {
        "train/loss": compute_loss(),
        "train/joint_value": joint_values().mean(),
        "train/gradient_norm": norm,
        "train/usable_rows": count - STORED,
        "train/replay_rows": count,
    },
})
