"""One COMA update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 coma.py > coma.json` to renew the numbers that
src/algorithms/coma.golden.test.ts compares with, then `npx biome check --write packages/marl` from the root. Needs NumPy only.

Two agents (2 and 3 actions), observation of 3, state of 2, one hidden layer of 4, three steps of four rows:
row 0 terminates in step 0 and is inactive after, row 1 is truncated in step 1 and inactive after, row 2's call fails in
step 1 (learnable 0), row 3 runs on after the last step. Agent b has an illegal action in some rows.
"""
import json
import numpy as np

rng = np.random.default_rng(20260104)
DISCOUNT, LAMBDA, BETA, EPSILON = 0.9, 0.7, 0.05, 1e-5
ACTOR_RATE, CRITIC_RATE, MAX_NORM, TARGET_RATE = 0.02, 0.03, 0.5, 0.25
COUNTS = {"a": 2, "b": 3}
OBSERVATION, STATE, HIDDEN, ROWS, STEPS = 3, 2, 4, 4, 3
BLOCK = {"a": slice(STATE, STATE + 2), "b": slice(STATE + 2, STATE + 5)}


def network(inputs, outputs):
    return [rng.normal(size=(inputs, HIDDEN)), rng.normal(size=HIDDEN), rng.normal(size=(HIDDEN, outputs)), rng.normal(size=outputs)]


def forward(weights, x):
    hidden = np.maximum(x @ weights[0] + weights[1], 0)
    return hidden, hidden @ weights[2] + weights[3]


def backward(weights, x, d_output):
    hidden, _ = forward(weights, x)
    d_hidden = (d_output @ weights[2].T) * (hidden > 0)
    return [x.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_output, d_output.sum(0)]


def softmax(logits, mask):
    powers = np.exp(logits - logits.max(1, keepdims=True)) * mask
    return powers / powers.sum(1, keepdims=True)


def critic_input(name, states, actions):
    """State, then the other agent's action one-hot in its block."""
    x = np.zeros((len(states), STATE + sum(COUNTS.values())))
    x[:, :STATE] = states
    other = "b" if name == "a" else "a"
    x[:, BLOCK[other]] = np.eye(COUNTS[other])[actions[other]]
    return x


actors = {name: network(OBSERVATION, count) for name, count in COUNTS.items()}
critics = {name: network(STATE + 5, count) for name, count in COUNTS.items()}
targets = {name: network(STATE + 5, count) for name, count in COUNTS.items()}
flat = lambda networks: [w for weights in networks.values() for w in weights]
initial = [w.copy() for networks in (actors, critics, targets) for w in flat(networks)]

FLAGS = {
    "terminated": [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    "truncated": [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]],
    "active": [[1, 1, 1, 1], [0, 1, 1, 1], [0, 0, 0, 1]],
    "learnable": [[1, 1, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1]],
}
steps = []
for step in range(STEPS):
    masks = {"a": np.ones((ROWS, 2), int), "b": np.ones((ROWS, 3), int)}
    masks["b"][0, 2] = 0
    masks["b"][2, 1] = 0
    masks["b"][3, step] = 0
    steps.append({
        "observations": rng.normal(size=(ROWS, OBSERVATION)),
        "state": rng.normal(size=(ROWS, STATE)),
        "actionMasks": masks,
        "actions": {name: np.array([rng.choice(np.flatnonzero(row)) for row in mask]) for name, mask in masks.items()},
        "rewards": rng.normal(size=ROWS),
        **{name: np.array(flags[step]) for name, flags in FLAGS.items()},
    })
final_observations, final_state = rng.normal(size=(ROWS, OBSERVATION)), rng.normal(size=(ROWS, STATE))


def is_usable(t, row):
    return t < STEPS and steps[t]["active"][row] == 1 and steps[t]["learnable"][row] == 1


def end_value(name, t, row):
    """What follows step t: own policy, the other agent's most probable action, target network."""
    last = t + 1 == STEPS
    observation = (final_observations if last else steps[t + 1]["observations"])[[row]]
    state = (final_state if last else steps[t + 1]["state"])[[row]]
    pi = {
        other: softmax(forward(weights, observation)[1], np.ones((1, COUNTS[other])) if last else steps[t + 1]["actionMasks"][other][[row]])
        for other, weights in actors.items()
    }
    likely = {other: probabilities.argmax(1) for other, probabilities in pi.items()}
    return (pi[name] * forward(targets[name], critic_input(name, state, likely))[1]).sum()


def taken_value(name, t, row):
    actions = {other: taken[[row]] for other, taken in steps[t]["actions"].items()}
    return forward(targets[name], critic_input(name, steps[t]["state"][[row]], actions))[1][0, actions[name][0]]


def target_of(name, t, row):
    """The sum of n-step returns, weighed by lambda."""
    total, sum_of_rewards, n = 0.0, 0.0, 0
    while True:
        here = t + n
        sum_of_rewards += DISCOUNT ** n * steps[here]["rewards"][row]
        n += 1
        if steps[here]["terminated"][row] == 1:
            return total + LAMBDA ** (n - 1) * sum_of_rewards
        if steps[here]["truncated"][row] == 1 or not is_usable(here + 1, row):
            return total + LAMBDA ** (n - 1) * (sum_of_rewards + DISCOUNT ** n * end_value(name, here, row))
        total += (1 - LAMBDA) * LAMBDA ** (n - 1) * (sum_of_rewards + DISCOUNT ** n * taken_value(name, here + 1, row))


usable = [(t, row) for t in range(STEPS) for row in range(ROWS) if is_usable(t, row)]
count = len(usable)
y = {name: np.array([target_of(name, t, row) for t, row in usable]) for name in COUNTS}


def pick(field):
    return np.array([steps[t][field][row] for t, row in usable])


observations, states, every = pick("observations"), pick("state"), np.arange(count)
chosen = {name: np.array([steps[t]["actions"][name][row] for t, row in usable]) for name in COUNTS}
masks = {name: np.array([steps[t]["actionMasks"][name][row] for t, row in usable]) for name in COUNTS}
inputs = {name: critic_input(name, states, chosen) for name in COUNTS}

advantages = {}
for name in COUNTS:
    values = forward(critics[name], inputs[name])[1]
    probabilities = softmax(forward(actors[name], observations)[1], masks[name])
    advantages[name] = values[every, chosen[name]] - (probabilities * values).sum(1)
pooled = np.concatenate(list(advantages.values()))
weights_of_rows = {name: (values - pooled.mean()) / (pooled.std() + 1e-8) for name, values in advantages.items()}


def actor_losses():
    policy_loss, entropy = 0.0, 0.0
    for name, weights in actors.items():
        pi = softmax(forward(weights, observations)[1], masks[name])
        policy_loss -= (np.log(pi[every, chosen[name]]) * weights_of_rows[name]).mean()
        entropy -= (pi * np.log(np.where(pi > 0, pi, 1))).sum(1).mean()
    return policy_loss, entropy


def critic_loss():
    return sum(((forward(critics[name], inputs[name])[1][every, chosen[name]] - y[name]) ** 2).mean() for name in COUNTS)


actor_gradients, critic_gradients = [], []
for name in COUNTS:
    pi = softmax(forward(actors[name], observations)[1], masks[name])
    log_pi = np.log(np.where(pi > 0, pi, 1))
    one_hot = np.eye(COUNTS[name])[chosen[name]]
    row_entropy = -(pi * log_pi).sum(1, keepdims=True)
    # d(-log pi_a A) = (pi - onehot) A;  d(-beta H) = beta pi (log pi + H).
    d_logits = ((pi - one_hot) * weights_of_rows[name][:, None] + BETA * pi * (log_pi + row_entropy)) / count
    actor_gradients += backward(actors[name], observations, d_logits)
    error = forward(critics[name], inputs[name])[1][every, chosen[name]] - y[name]
    critic_gradients += backward(critics[name], inputs[name], 2 * error[:, None] * one_hot / count)

# Finite differences keep the hand-written gradients honest.
for owner, gradients, loss in [
    (flat(actors), actor_gradients, lambda: actor_losses()[0] - BETA * actor_losses()[1]),
    (flat(critics), critic_gradients, critic_loss),
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
explained = [1 - (y[name] - forward(critics[name], inputs[name])[1][every, chosen[name]]).var() / y[name].var() for name in COUNTS]
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


moved_actors, actor_moments, actor_norm = adam(flat(actors), actor_gradients, ACTOR_RATE)
moved_critics, critic_moments, critic_norm = adam(flat(critics), critic_gradients, CRITIC_RATE)
moved_targets = [(1 - TARGET_RATE) * w + TARGET_RATE * moved for w, moved in zip(flat(targets), moved_critics)]


def tensors(arrays):
    return [{"shape": list(a.shape), "values": a.ravel().tolist()} for a in arrays]


def plain(step):
    ravel = lambda x: {name: ravel(v) for name, v in x.items()} if isinstance(x, dict) else x.ravel().tolist()
    return {name: ravel(v) for name, v in step.items()}


zeros = [np.zeros_like(w) for w in flat(actors) + flat(critics) for _ in range(2)]
print(json.dumps({
    "options": {"discount": DISCOUNT, "tdLambda": LAMBDA, "entropyCoefficient": BETA, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM,
                "actorLearningRate": ACTOR_RATE, "criticLearningRate": CRITIC_RATE, "hiddenSizes": [HIDDEN],
                "targetUpdate": {"rate": TARGET_RATE}},
    "steps": [plain(step) for step in steps],
    "finalObservations": final_observations.ravel().tolist(),
    "finalState": final_state.ravel().tolist(),
    "before": tensors(initial + zeros),
    "after": tensors(moved_actors + moved_critics + moved_targets + actor_moments + critic_moments),
    "metrics": {
        "train/policy_loss": policy_loss,
        "train/entropy_loss": -entropy,
        "train/value_loss": value_loss,
        "train/explained_variance": float(np.mean(explained)),
        "train/actor_gradient_norm": actor_norm,
        "train/critic_gradient_norm": critic_norm,
        "train/usable_rows": count,
    },
}, indent=1))
