"""One MAPPO update of three epochs in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 mappo.py > mappo.json` to renew the numbers that
src/algorithms/mappo.golden.test.ts compares with, then `npx biome check --write packages/marl` from the root. Needs
NumPy only. `ippo.py` computes the same with a critic of the observation for each agent.

Two agents (2 and 3 actions), observation of 3, state of 2, one hidden layer of 4, two steps of four rows:
row 0 terminates in step 0 and is inactive after, row 1 is truncated in step 1, row 2's call fails in step 1
(learnable 0), row 3 runs on. Agent b has an illegal action in some rows. The stored log-probabilities are not those of the
actors, so that some rows are clipped from the start. One minibatch: all rows, in every epoch.
"""
import json
import numpy as np

DISCOUNT, LAMBDA, BETA, EPSILON = 0.9, 0.8, 0.05, 1e-5
ACTOR_RATE, CRITIC_RATE, MAX_NORM = 0.05, 0.1, 0.5
CLIP, EPOCHS, DECAY = 0.2, 3, 0.99999
COUNTS = {"a": 2, "b": 3}
OBSERVATION, STATE, HIDDEN, ROWS = 3, 2, 4, 4


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


def gather(log_pi, actions):
    return log_pi[np.arange(len(actions)), actions]


class Adam:
    def __init__(self, parameters, rate):
        self.parameters, self.rate, self.t = parameters, rate, 0
        self.m = [np.zeros_like(w) for w in parameters]
        self.v = [np.zeros_like(w) for w in parameters]

    def step(self, gradients):
        norm = np.sqrt(sum((g ** 2).sum() for g in gradients))
        scale = min(1, MAX_NORM / norm)
        self.t += 1
        for w, g, m, v in zip(self.parameters, gradients, self.m, self.v):
            m += 0.1 * (scale * g - m)
            v += 0.001 * ((scale * g) ** 2 - v)
            w -= self.rate * (m / (1 - 0.9 ** self.t)) / (np.sqrt(v / (1 - 0.999 ** self.t)) + EPSILON)
        return norm

    def moments(self):
        return [x for pair in zip(self.m, self.v) for x in pair]


class Statistics:
    """Running mean, mean square and weight of returns."""

    def __init__(self, mean, square, weight):
        self.sums = np.array([mean * weight, square * weight, weight])

    def plain(self):
        return dict(zip(["mean", "meanSquare", "weight"], self.sums.tolist()))

    def scale(self):
        mean, square = self.sums[:2] / self.sums[2]
        return mean, np.sqrt(max(square - mean ** 2, 0.01))

    def update(self, returns):
        self.sums = DECAY * self.sums + (1 - DECAY) * np.array([returns.mean(), (returns ** 2).mean(), 1])


def check(owner, gradients, loss):
    """Finite differences keep the hand-written gradients honest."""
    for w, gradient in zip(owner, gradients):
        for index in np.ndindex(w.shape):
            kept = w[index]
            w[index] = kept + 1e-6
            above = loss()
            w[index] = kept - 1e-6
            below = loss()
            w[index] = kept
            assert abs((above - below) / 2e-6 - gradient[index]) < 1e-6, (index, gradient[index])


def tensors(arrays):
    return [{"shape": list(a.shape), "values": a.ravel().tolist()} for a in arrays]


def plain(step):
    flat = lambda x: {name: flat(v) for name, v in x.items()} if isinstance(x, dict) else x.ravel().tolist()
    return {name: flat(v) for name, v in step.items()}


def compute_golden(own_critics, seed):
    rng = np.random.default_rng(seed)

    def network(inputs, outputs):
        shapes = [(inputs, HIDDEN), HIDDEN, (HIDDEN, outputs), outputs]
        return [rng.normal(size=shape) for shape in shapes]

    actors = {name: network(OBSERVATION, count) for name, count in COUNTS.items()}
    # What critic i reads, and the advantages of which agent it gives.
    read = "observations" if own_critics else "state"
    critics = [network(OBSERVATION, 1) for _ in COUNTS] if own_critics else [network(STATE, 1)]
    statistics = [Statistics(0.3, 0.9, 2e-5), Statistics(-0.2, 0.7, 3e-5)][: len(critics)]
    critic_of = {name: i if own_critics else 0 for i, name in enumerate(COUNTS)}

    steps = []
    for step in range(2):
        masks = {"a": np.ones((ROWS, 2), int), "b": np.ones((ROWS, 3), int)}
        masks["b"][0, 2] = 0
        masks["b"][3, step] = 0
        actions = {name: np.array([rng.choice(np.flatnonzero(row)) for row in mask]) for name, mask in masks.items()}
        observations = rng.normal(size=(ROWS, OBSERVATION))
        steps.append({
            "observations": observations,
            "state": rng.normal(size=(ROWS, STATE)),
            "actionMasks": masks,
            "actions": actions,
            "logProbabilities": {
                name: gather(log_softmax(forward(actors[name], observations)[1], masks[name]), actions[name])
                + 0.3 * rng.normal(size=ROWS)
                for name in COUNTS
            },
            "rewards": rng.normal(size=ROWS),
            "terminated": np.array([1 - step, 0, 0, 0]),
            "truncated": np.array([0, step, step, 0]),
            "active": np.array([1 - step, 1, 1, 1]),
            "learnable": np.array([1 - step, 1, 1 - step, 1]),
        })
    final = {"observations": rng.normal(size=(ROWS, OBSERVATION)), "state": rng.normal(size=(ROWS, STATE))}
    usable = [(step["active"] & step["learnable"]) == 1 for step in steps]
    chosen_rows = [(t, row) for t in range(2) for row in range(ROWS) if usable[t][row]]
    count = len(chosen_rows)

    def pick(field, name=None):
        source = lambda t: steps[t][field] if name is None else steps[t][field][name]
        return np.array([source(t)[row] for t, row in chosen_rows])

    observations, inputs = pick("observations"), pick(read)
    chosen, masks, stored = ({name: pick(field, name) for name in COUNTS} for field in ["actions", "actionMasks", "logProbabilities"])

    before = [w.copy() for weights in [*actors.values(), *critics] for w in weights]
    statistics_before = [one.plain() for one in statistics]

    # Advantages, written forward from their definition: a sum of discounted temporal differences along the episode.
    weights_of_rows, targets, old, explained = [], [], [], []
    for critic, statistic in zip(critics, statistics):
        raw = [forward(critic, where[read])[1][:, 0] for where in [*steps, final]]
        mean, deviation = statistic.scale()
        value = [mean + deviation * v for v in raw]
        delta = [step["rewards"] + DISCOUNT * np.where(step["terminated"] == 1, 0, value[t + 1]) - value[t] for t, step in enumerate(steps)]
        advantages = []
        for t, row in chosen_rows:
            total, factor = 0.0, 1.0
            for later in range(t, 2):
                if not usable[later][row]:
                    break
                total += factor * delta[later][row]
                factor *= DISCOUNT * LAMBDA
                if steps[later]["terminated"][row] or steps[later]["truncated"][row]:
                    break
            advantages.append(total)
        advantages = np.array(advantages)
        returns = advantages + np.array([value[t][row] for t, row in chosen_rows])
        statistic.update(returns)
        mean, deviation = statistic.scale()
        targets.append((returns - mean) / deviation)
        old.append(np.array([raw[t][row] for t, row in chosen_rows]))
        explained.append(1 - advantages.var() / returns.var())
        weights_of_rows.append((advantages - advantages.mean()) / (advantages.std() + 1e-8))

    def ratio_of(name):
        return np.exp(gather(log_softmax(forward(actors[name], observations)[1], masks[name]), chosen[name]) - stored[name])

    def entropy_of(name):
        log_pi = log_softmax(forward(actors[name], observations)[1], masks[name])
        return -(np.exp(log_pi) * np.where(masks[name] == 1, log_pi, 0)).sum(1)

    def policy_loss():
        total = 0.0
        for name in COUNTS:
            A, ratio = weights_of_rows[critic_of[name]], ratio_of(name)
            total -= np.minimum(ratio * A, np.clip(ratio, 1 - CLIP, 1 + CLIP) * A).mean()
        return total

    def entropy():
        return sum(entropy_of(name).mean() for name in COUNTS)

    def value_loss():
        total = 0.0
        for critic, target, old_value in zip(critics, targets, old):
            now = forward(critic, inputs)[1][:, 0]
            held = old_value + np.clip(now - old_value, -CLIP, CLIP)
            total += np.maximum((now - target) ** 2, (held - target) ** 2).mean()
        return total

    actor_adam = Adam([w for weights in actors.values() for w in weights], ACTOR_RATE)
    critic_adam = Adam([w for weights in critics for w in weights], CRITIC_RATE)
    seen = []
    clipped_rows = clipped_values = 0
    for epoch in range(EPOCHS):
        actor_gradients = []
        for name, weights in actors.items():
            A, ratio = weights_of_rows[critic_of[name]], ratio_of(name)
            log_pi = log_softmax(forward(weights, observations)[1], masks[name])
            pi = np.exp(log_pi)
            safe = np.where(masks[name] == 1, log_pi, 0)
            one_hot = np.eye(COUNTS[name])[chosen[name]]
            # A clipped row does not depend on the actor: d rho = 0 there, else rho d log pi.
            is_clipped = np.clip(ratio, 1 - CLIP, 1 + CLIP) * A < ratio * A
            clipped_rows += is_clipped.sum()
            d_log = np.where(is_clipped, 0, ratio * A)
            d_logits = (d_log[:, None] * (pi - one_hot) + BETA * pi * (safe + entropy_of(name)[:, None])) / count
            actor_gradients += backward(weights, observations, d_logits)
        critic_gradients = []
        for critic, target, old_value in zip(critics, targets, old):
            now = forward(critic, inputs)[1][:, 0]
            held = old_value + np.clip(now - old_value, -CLIP, CLIP)
            is_clipped = (held - target) ** 2 > (now - target) ** 2
            clipped_values += is_clipped.sum()
            critic_gradients += backward(critic, inputs, np.where(is_clipped, 0, 2 * (now - target) / count)[:, None])
        check(actor_adam.parameters, actor_gradients, lambda: policy_loss() - BETA * entropy())
        check(critic_adam.parameters, critic_gradients, value_loss)
        ratios = [ratio_of(name) for name in COUNTS]
        figures = {
            "train/policy_loss": policy_loss(),
            "train/entropy_loss": -entropy(),
            "train/value_loss": value_loss(),
            "train/approx_kl": sum((ratio - 1 - np.log(ratio)).mean() for ratio in ratios),
            "train/clip_fraction": np.mean([abs(ratio - 1) > CLIP for ratio in ratios]),
        }
        figures["train/actor_gradient_norm"] = actor_adam.step(actor_gradients)
        figures["train/critic_gradient_norm"] = critic_adam.step(critic_gradients)
        seen.append(figures)
    # Otherwise the numbers would show less than they seem to.
    assert 0 < clipped_rows < EPOCHS * count * len(COUNTS) and 0 < clipped_values < EPOCHS * count * len(critics)

    metrics = {name: float(np.mean([figures[name] for figures in seen])) for name in seen[0]}
    metrics["train/approx_kl"] = float(seen[-1]["train/approx_kl"])
    metrics["train/explained_variance"] = float(np.mean(explained))
    metrics["train/usable_rows"] = count
    return {
        "options": {"discount": DISCOUNT, "gaeLambda": LAMBDA, "entropyCoefficient": BETA, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM,
                    "actorLearningRate": ACTOR_RATE, "criticLearningRate": CRITIC_RATE, "clipRange": CLIP, "epochs": EPOCHS, "hiddenSizes": [HIDDEN]},
        "steps": [plain(step) for step in steps],
        "finalObservations": final["observations"].ravel().tolist(),
        "finalState": final["state"].ravel().tolist(),
        "before": tensors(before + [np.zeros_like(w) for w in before for _ in range(2)]),
        "valueNormalizersBefore": statistics_before,
        "after": tensors(actor_adam.parameters + critic_adam.parameters + actor_adam.moments() + critic_adam.moments()),
        "valueNormalizersAfter": [one.plain() for one in statistics],
        "metrics": metrics,
    }


if __name__ == "__main__":
    print(json.dumps(compute_golden(own_critics=False, seed=20260102), indent=1))
