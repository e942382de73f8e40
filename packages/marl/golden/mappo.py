"""One MAPPO update of three epochs in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 mappo.py > mappo.json` in this folder to renew the numbers that
src/algorithms/mappo.golden.test.ts compares with, then `npx biome check --write packages/marl/golden` from the root. Needs
NumPy only. `ippo.py` computes the same with a critic of the observation for each agent.

The rollout of golden_rollout.py; one hidden layer of 4. The stored log-probabilities are not those of the actors, so that
some rows are clipped from the start. One minibatch: all rows, in every epoch.
"""
import sys
import numpy as np

sys.dont_write_bytecode = True
from golden_adam import Adam, fresh_moments  # noqa: E402
from golden_advantages import compute_advantages, normalise  # noqa: E402
from golden_differences import check  # noqa: E402
from golden_json import plain, tensors, write  # noqa: E402
from golden_networks import backward, draw_network, forward, gather, join, log_softmax  # noqa: E402
from golden_rollout import COUNTS, OBSERVATION, ROWS, STATE, draw_final, draw_step, find_usable, pick  # noqa: E402

DISCOUNT, LAMBDA, BETA, EPSILON = 0.9, 0.8, 0.05, 1e-5
ACTOR_RATE, CRITIC_RATE, MAX_NORM, HIDDEN = 0.05, 0.1, 0.5, 4
CLIP, EPOCHS, DECAY = 0.2, 3, 0.99999


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


def compute_golden(own_critics, seed):
    rng = np.random.default_rng(seed)
    actors = {name: draw_network(rng, OBSERVATION, HIDDEN, count) for name, count in COUNTS.items()}
    # What critic i reads, and the advantages of which agent it gives.
    read = "observations" if own_critics else "state"
    critics = [draw_network(rng, OBSERVATION, HIDDEN, 1) for _ in COUNTS] if own_critics else [draw_network(rng, STATE, HIDDEN, 1)]
    statistics = [Statistics(0.3, 0.9, 2e-5), Statistics(-0.2, 0.7, 3e-5)][: len(critics)]
    critic_of = {name: i if own_critics else 0 for i, name in enumerate(COUNTS)}

    def draw_log_probabilities(observations, masks, actions):
        return {
            name: gather(log_softmax(forward(actors[name], observations), masks[name]), actions[name]) + 0.3 * rng.normal(size=ROWS)
            for name in COUNTS
        }

    steps = [
        draw_step(rng, step, illegal=[(0, 2), (3, step)], draw_log_probabilities=draw_log_probabilities) for step in range(2)
    ]
    final = draw_final(rng)
    usable = find_usable(steps)
    count = len(usable)
    observations, inputs, chosen, masks, stored = (
        pick(steps, usable, field) for field in ["observations", read, "actions", "actionMasks", "logProbabilities"]
    )
    before = [w.copy() for w in join([*actors.values(), *critics])]
    statistics_before = [one.plain() for one in statistics]

    weights_of_rows, targets, old, explained = [], [], [], []
    for critic, statistic in zip(critics, statistics):
        raw = [forward(critic, where[read])[:, 0] for where in [*steps, final]]
        mean, deviation = statistic.scale()
        values = [mean + deviation * v for v in raw]
        advantages, returns = compute_advantages(steps, usable, values, DISCOUNT, LAMBDA)
        statistic.update(returns)
        mean, deviation = statistic.scale()
        targets.append((returns - mean) / deviation)
        old.append(np.array([raw[t][row] for t, row in usable]))
        explained.append(1 - advantages.var() / returns.var())
        weights_of_rows.append(normalise(advantages))

    def ratio_of(name):
        return np.exp(gather(log_softmax(forward(actors[name], observations), masks[name]), chosen[name]) - stored[name])

    def entropy_of(name):
        log_pi = log_softmax(forward(actors[name], observations), masks[name])
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
            now = forward(critic, inputs)[:, 0]
            held = old_value + np.clip(now - old_value, -CLIP, CLIP)
            total += np.maximum((now - target) ** 2, (held - target) ** 2).mean()
        return total

    actor_adam = Adam(join(actors.values()), ACTOR_RATE, EPSILON, MAX_NORM)
    critic_adam = Adam(join(critics), CRITIC_RATE, EPSILON, MAX_NORM)
    seen = []
    clipped_rows = clipped_values = 0
    for epoch in range(EPOCHS):
        actor_gradients = []
        for name, weights in actors.items():
            A, ratio = weights_of_rows[critic_of[name]], ratio_of(name)
            log_pi = log_softmax(forward(weights, observations), masks[name])
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
            now = forward(critic, inputs)[:, 0]
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
        "steps": plain(steps),
        "finalObservations": plain(final["observations"]),
        "finalState": plain(final["state"]),
        "before": tensors(before + fresh_moments(before)),
        "valueNormalizersBefore": statistics_before,
        "after": tensors(actor_adam.parameters + critic_adam.parameters + actor_adam.moments + critic_adam.moments),
        "valueNormalizersAfter": [one.plain() for one in statistics],
        "metrics": metrics,
    }


if __name__ == "__main__":
    write(compute_golden(own_critics=False, seed=20260102))
