"""One MAA2C update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 maa2c.py > maa2c.json` in this folder to renew the numbers that
src/algorithms/maa2c.golden.test.ts compares with, then `npx biome check --write packages/marl/golden` from the root. Needs
NumPy only.

The rollout of golden_rollout.py; one hidden layer of 4.
"""
import sys
import numpy as np

sys.dont_write_bytecode = True
from golden_adam import first_step, fresh_moments  # noqa: E402
from golden_advantages import compute_advantages, normalise  # noqa: E402
from golden_differences import check  # noqa: E402
from golden_json import plain, tensors, write  # noqa: E402
from golden_networks import backward, forward, gather, join, log_softmax  # noqa: E402
from golden_rollout import COUNTS, draw_central_example, find_usable, pick_central  # noqa: E402

rng = np.random.default_rng(20260101)
DISCOUNT, LAMBDA, BETA, EPSILON = 0.9, 0.8, 0.05, 1e-5
ACTOR_RATE, CRITIC_RATE, MAX_NORM, HIDDEN = 0.02, 0.03, 0.5, 4

actors, critic, steps, final_state = draw_central_example(rng, HIDDEN)
usable = find_usable(steps)
count = len(usable)
observations, states, chosen, masks = pick_central(steps, usable)
values = [forward(critic, state)[:, 0] for state in [*(step["state"] for step in steps), final_state]]
advantages, returns = compute_advantages(steps, usable, values, DISCOUNT, LAMBDA)
weights_of_rows = normalise(advantages)


def actor_losses():
    policy_loss, entropy = 0.0, 0.0
    for name, weights in actors.items():
        log_pi = log_softmax(forward(weights, observations), masks[name])
        pi = np.exp(log_pi)
        policy_loss -= (gather(log_pi, chosen[name]) * weights_of_rows).mean()
        entropy -= (pi * np.where(pi > 0, log_pi, 0)).sum(1).mean()
    return policy_loss, entropy


def actor_loss():
    policy_loss, entropy = actor_losses()
    return policy_loss - BETA * entropy


def critic_loss():
    return ((forward(critic, states)[:, 0] - returns) ** 2).mean()


actor_gradients = []
for name, weights in actors.items():
    log_pi = log_softmax(forward(weights, observations), masks[name])
    pi = np.exp(log_pi)
    safe = np.where(pi > 0, log_pi, 0)
    one_hot = np.eye(COUNTS[name])[chosen[name]]
    row_entropy = -(pi * safe).sum(1, keepdims=True)
    # d(-log pi_a A) = (pi - onehot) A;  d(-beta H) = beta pi (log pi + H).
    d_logits = ((pi - one_hot) * weights_of_rows[:, None] + BETA * pi * (safe + row_entropy)) / count
    actor_gradients += backward(weights, observations, d_logits)
critic_gradients = backward(critic, states, (2 * (forward(critic, states)[:, 0] - returns) / count)[:, None])

actor_weights = join(actors.values())
check(actor_weights, actor_gradients, actor_loss)
check(critic, critic_gradients, critic_loss)

policy_loss, entropy = actor_losses()
moved_actors, actor_moments, actor_norm = first_step(actor_weights, actor_gradients, ACTOR_RATE, EPSILON, MAX_NORM)
moved_critic, critic_moments, critic_norm = first_step(critic, critic_gradients, CRITIC_RATE, EPSILON, MAX_NORM)

before = actor_weights + critic
write({
    "options": {"discount": DISCOUNT, "gaeLambda": LAMBDA, "entropyCoefficient": BETA, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM,
                "actorLearningRate": ACTOR_RATE, "criticLearningRate": CRITIC_RATE, "hiddenSizes": [HIDDEN]},
    "steps": plain(steps),
    "finalState": plain(final_state),
    "before": tensors(before + fresh_moments(before)),
    "after": tensors(moved_actors + moved_critic + actor_moments + critic_moments),
    "metrics": {
        "train/policy_loss": policy_loss,
        "train/entropy_loss": -entropy,
        "train/value_loss": critic_loss(),
        "train/explained_variance": 1 - advantages.var() / returns.var(),
        "train/actor_gradient_norm": actor_norm,
        "train/critic_gradient_norm": critic_norm,
        "train/usable_rows": count,
    },
})
