"""One update of the `reference` learner in NumPy, float64, with gradients by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 reference.py > reference.json` to renew the numbers that
src/algorithms/reference.golden.test.ts compares with, then `npx biome check --write packages/marl` from the root. Needs
NumPy only.

The defects are wanted: one reward for all rows, delta = gamma V(s) + r - V(s'), no reward in the critic's loss, and V(s')
also after a terminated step.

Two agents (2 and 3 actions), observation of 3, state of 2, one hidden layer of 4, two steps of four rows:
row 0 terminates in step 0 and is inactive after, row 1 is truncated in step 1, row 2's call fails in step 1
(learnable 0), row 3 runs on. Agent b has an illegal action in some rows.
"""
import json
import numpy as np

rng = np.random.default_rng(20260103)
DISCOUNT, BETA, EPSILON = 0.9, 0.05, 1e-5
ACTOR_RATE, CRITIC_RATE, MAX_NORM = 0.02, 0.03, 0.5
COUNTS = {"a": 2, "b": 3}
OBSERVATION, STATE, HIDDEN, ROWS = 3, 2, 4, 4


def network(inputs, outputs):
    return [rng.normal(size=(inputs, HIDDEN)), rng.normal(size=HIDDEN), rng.normal(size=(HIDDEN, outputs)), rng.normal(size=outputs)]


def forward(weights, x):
    hidden = np.maximum(x @ weights[0] + weights[1], 0)
    return hidden, hidden @ weights[2] + weights[3]


def backward(weights, x, d_output):
    hidden, _ = forward(weights, x)
    d_hidden = (d_output @ weights[2].T) * (hidden > 0)
    return [x.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_output, d_output.sum(0)]


def log_softmax(logits, mask):
    legal = np.where(mask == 1, logits, -np.inf)
    shifted = legal - legal.max(1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(1, keepdims=True))


actors = {name: network(OBSERVATION, count) for name, count in COUNTS.items()}
critic = network(STATE, 1)
initial = [w.copy() for weights in [*actors.values(), critic] for w in weights]

steps = []
for step in range(2):
    masks = {"a": np.ones((ROWS, 2), int), "b": np.ones((ROWS, 3), int)}
    masks["b"][0, 2] = 0
    masks["b"][3, step] = 0
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
final_state = rng.normal(size=(ROWS, STATE))

chosen_rows = [(t, row) for t in range(2) for row in range(ROWS) if steps[t]["active"][row] and steps[t]["learnable"][row]]
count = len(chosen_rows)


def pick(field):
    return np.array([steps[t][field][row] for t, row in chosen_rows])


observations, states = pick("observations"), pick("state")
next_states = np.array([(steps[1]["state"] if t == 0 else final_state)[row] for t, row in chosen_rows])
chosen = {name: np.array([steps[t]["actions"][name][row] for t, row in chosen_rows]) for name in COUNTS}
masks = {name: np.array([steps[t]["actionMasks"][name][row] for t, row in chosen_rows]) for name in COUNTS}
next_values = forward(critic, next_states)[1][:, 0]
delta = DISCOUNT * forward(critic, states)[1][:, 0] + pick("rewards").mean() - next_values


def actor_losses():
    policy_loss, entropy = 0.0, 0.0
    for name, weights in actors.items():
        log_pi = log_softmax(forward(weights, observations)[1], masks[name])
        pi = np.exp(log_pi)
        policy_loss -= (log_pi[np.arange(count), chosen[name]] * delta).mean()
        entropy -= (pi * np.where(pi > 0, log_pi, 0)).sum(1).mean()
    return policy_loss, entropy


def critic_loss():
    return ((DISCOUNT * forward(critic, states)[1][:, 0] - next_values) ** 2).mean()


actor_gradients = []
for name, weights in actors.items():
    log_pi = log_softmax(forward(weights, observations)[1], masks[name])
    pi = np.exp(log_pi)
    safe = np.where(pi > 0, log_pi, 0)
    one_hot = np.eye(COUNTS[name])[chosen[name]]
    row_entropy = -(pi * safe).sum(1, keepdims=True)
    # d(-log pi_a delta) = (pi - onehot) delta;  d(-beta H) = beta pi (log pi + H).
    d_logits = ((pi - one_hot) * delta[:, None] + BETA * pi * (safe + row_entropy)) / count
    actor_gradients += backward(weights, observations, d_logits)
error = DISCOUNT * forward(critic, states)[1][:, 0] - next_values
critic_gradients = backward(critic, states, (2 * DISCOUNT * error / count)[:, None])

# Finite differences keep the hand-written gradients honest. `delta` and `next_values` stay: no gradient through them.
actor_weights = [w for weights in actors.values() for w in weights]
for owner, gradients, loss in [
    (actor_weights, actor_gradients, lambda: actor_losses()[0] - BETA * actor_losses()[1]),
    (critic, critic_gradients, critic_loss),
]:
    for w, gradient in zip(owner, gradients):
        for index in np.ndindex(w.shape):
            kept = w[index]
            w[index] = kept + 1e-6
            above = loss()
            w[index] = kept - 1e-6
            below = loss()
            w[index] = kept
            assert abs((above - below) / 2e-6 - gradient[index]) < 1e-6, (index, gradient[index])

policy_loss, entropy = actor_losses()
value_loss = critic_loss()


def adam(parameters, gradients, rate):
    norm = np.sqrt(sum((g ** 2).sum() for g in gradients))
    scale = min(1, MAX_NORM / norm)
    moved, moments = [], []
    for w, g in zip(parameters, gradients):
        m, v = 0.1 * scale * g, 0.001 * (scale * g) ** 2
        moved.append(w - rate * (m / 0.1) / (np.sqrt(v / 0.001) + EPSILON))
        moments += [m, v]
    return moved, moments, norm


moved_actors, actor_moments, actor_norm = adam(actor_weights, actor_gradients, ACTOR_RATE)
moved_critic, critic_moments, critic_norm = adam(critic, critic_gradients, CRITIC_RATE)


def tensors(arrays):
    return [{"shape": list(a.shape), "values": a.ravel().tolist()} for a in arrays]


def plain(step):
    flat = lambda x: {name: flat(v) for name, v in x.items()} if isinstance(x, dict) else x.ravel().tolist()
    return {name: flat(v) for name, v in step.items()}


zeros = [np.zeros_like(w) for w in initial for _ in range(2)]
print(json.dumps({
    "options": {"discount": DISCOUNT, "entropyCoefficient": BETA, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM,
                "actorLearningRate": ACTOR_RATE, "criticLearningRate": CRITIC_RATE, "hiddenSizes": [HIDDEN]},
    "steps": [plain(step) for step in steps],
    "finalState": final_state.ravel().tolist(),
    "before": tensors(initial + zeros),
    "after": tensors(moved_actors + moved_critic + actor_moments + critic_moments),
    "metrics": {
        "train/policy_loss": policy_loss,
        "train/entropy_loss": -entropy,
        "train/value_loss": value_loss,
        "train/actor_gradient_norm": actor_norm,
        "train/critic_gradient_norm": critic_norm,
        "train/usable_rows": count,
    },
}, indent=1))
