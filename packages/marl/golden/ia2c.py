"""One IA2C update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 ia2c.py > ia2c.json` to renew the numbers that
src/algorithms/ia2c.golden.test.ts compares with, then `npx biome check --write packages/marl` from the root. Needs NumPy
only.

Two agents (2 and 3 actions) with an actor and a critic each, observation of 3, one hidden layer of 4, two steps of four
rows: row 0 terminates in step 0 and is inactive after, row 1 is truncated in step 1, row 2's call fails in step 1
(learnable 0), row 3 runs on. Agent b has an illegal action in some rows. The central state, of 2, holds 1e6: whoever
reads it gets other numbers.
"""
import json
import numpy as np

rng = np.random.default_rng(20260102)
DISCOUNT, LAMBDA, BETA, EPSILON = 0.9, 0.8, 0.05, 1e-5
ACTOR_RATE, CRITIC_RATE, MAX_NORM = 0.02, 0.03, 0.5
COUNTS = {"a": 2, "b": 3}
OBSERVATION, STATE, HIDDEN, ROWS = 3, 2, 4, 4


def network(outputs):
    return [rng.normal(size=(OBSERVATION, HIDDEN)), rng.normal(size=HIDDEN), rng.normal(size=(HIDDEN, outputs)), rng.normal(size=outputs)]


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


actors = {name: network(count) for name, count in COUNTS.items()}
critics = {name: network(1) for name in COUNTS}
initial = [w.copy() for weights in [*actors.values(), *critics.values()] for w in weights]

steps = []
for step in range(2):
    masks = {"a": np.ones((ROWS, 2), int), "b": np.ones((ROWS, 3), int)}
    masks["b"][0, 2] = 0
    masks["b"][3, step] = 0
    actions = {name: np.array([rng.choice(np.flatnonzero(row)) for row in mask]) for name, mask in masks.items()}
    steps.append({
        "observations": rng.normal(size=(ROWS, OBSERVATION)),
        "state": np.full((ROWS, STATE), 1e6),
        "actionMasks": masks,
        "actions": actions,
        "rewards": rng.normal(size=ROWS),
        "terminated": np.array([1 - step, 0, 0, 0]),
        "truncated": np.array([0, step, step, 0]),
        "active": np.array([1 - step, 1, 1, 1]),
        "learnable": np.array([1 - step, 1, 1 - step, 1]),
    })
final_observations = rng.normal(size=(ROWS, OBSERVATION))
usable = [(step["active"] & step["learnable"]) == 1 for step in steps]
chosen_rows = [(t, row) for t in range(2) for row in range(ROWS) if usable[t][row]]
count = len(chosen_rows)


def estimate(critic):
    """Advantages of one agent, written forward from their definition: discounted temporal differences along the episode."""
    seen = [step["observations"] for step in steps] + [final_observations]
    value = [forward(critic, o)[1][:, 0] for o in seen]

    def delta(t, row):
        future = 0 if steps[t]["terminated"][row] else value[t + 1][row]
        return steps[t]["rewards"][row] + DISCOUNT * future - value[t][row]

    advantages = []
    for t, row in chosen_rows:
        total, factor = 0.0, 1.0
        for later in range(t, 2):
            if not usable[later][row]:
                break
            total += factor * delta(later, row)
            factor *= DISCOUNT * LAMBDA
            if steps[later]["terminated"][row] or steps[later]["truncated"][row]:
                break
        advantages.append(total)
    advantages = np.array(advantages)
    return advantages, advantages + np.array([value[t][row] for t, row in chosen_rows])


estimates = {name: estimate(critic) for name, critic in critics.items()}
returns = {name: estimates[name][1] for name in COUNTS}
weights_of_rows = {name: (A - A.mean()) / (A.std() + 1e-8) for name, (A, _) in estimates.items()}


def pick(field):
    return np.array([steps[t][field][row] for t, row in chosen_rows])


observations = pick("observations")
chosen = {name: np.array([steps[t]["actions"][name][row] for t, row in chosen_rows]) for name in COUNTS}
masks = {name: np.array([steps[t]["actionMasks"][name][row] for t, row in chosen_rows]) for name in COUNTS}


def actor_losses():
    policy_loss, entropy = 0.0, 0.0
    for name, weights in actors.items():
        log_pi = log_softmax(forward(weights, observations)[1], masks[name])
        pi = np.exp(log_pi)
        policy_loss -= (log_pi[np.arange(count), chosen[name]] * weights_of_rows[name]).mean()
        entropy -= (pi * np.where(pi > 0, log_pi, 0)).sum(1).mean()
    return policy_loss, entropy


def critic_loss():
    return sum(((forward(critics[name], observations)[1][:, 0] - returns[name]) ** 2).mean() for name in COUNTS)


actor_gradients, critic_gradients = [], []
for name in COUNTS:
    log_pi = log_softmax(forward(actors[name], observations)[1], masks[name])
    pi = np.exp(log_pi)
    safe = np.where(pi > 0, log_pi, 0)
    one_hot = np.eye(COUNTS[name])[chosen[name]]
    row_entropy = -(pi * safe).sum(1, keepdims=True)
    # d(-log pi_a A) = (pi - onehot) A;  d(-beta H) = beta pi (log pi + H).
    d_logits = ((pi - one_hot) * weights_of_rows[name][:, None] + BETA * pi * (safe + row_entropy)) / count
    actor_gradients += backward(actors[name], observations, d_logits)
    error = forward(critics[name], observations)[1][:, 0] - returns[name]
    critic_gradients += backward(critics[name], observations, (2 * error / count)[:, None])

# Finite differences keep the hand-written gradients honest.
actor_weights = [w for weights in actors.values() for w in weights]
critic_weights = [w for weights in critics.values() for w in weights]
for owner, gradients, loss in [
    (actor_weights, actor_gradients, lambda: actor_losses()[0] - BETA * actor_losses()[1]),
    (critic_weights, critic_gradients, critic_loss),
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
explained = np.mean([1 - A.var() / R.var() for A, R in estimates.values()])


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
moved_critics, critic_moments, critic_norm = adam(critic_weights, critic_gradients, CRITIC_RATE)


def tensors(arrays):
    return [{"shape": list(a.shape), "values": a.ravel().tolist()} for a in arrays]


def plain(step):
    flat = lambda x: {name: flat(v) for name, v in x.items()} if isinstance(x, dict) else x.ravel().tolist()
    return {name: flat(v) for name, v in step.items()}


zeros = [np.zeros_like(w) for w in initial for _ in range(2)]
print(json.dumps({
    "options": {"discount": DISCOUNT, "gaeLambda": LAMBDA, "entropyCoefficient": BETA, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM,
                "actorLearningRate": ACTOR_RATE, "criticLearningRate": CRITIC_RATE, "hiddenSizes": [HIDDEN]},
    "steps": [plain(step) for step in steps],
    "finalObservations": final_observations.ravel().tolist(),
    "finalState": [1e6] * (ROWS * STATE),
    "before": tensors(initial + zeros),
    "after": tensors(moved_actors + moved_critics + actor_moments + critic_moments),
    "metrics": {
        "train/policy_loss": policy_loss,
        "train/entropy_loss": -entropy,
        "train/value_loss": value_loss,
        "train/explained_variance": explained,
        "train/actor_gradient_norm": actor_norm,
        "train/critic_gradient_norm": critic_norm,
        "train/usable_rows": count,
    },
}, indent=1))
