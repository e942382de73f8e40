"""One COMA update in NumPy, float64, with gradients written out by hand and checked by finite differences.

Independent of the TypeScript code; run `python3 coma.py > coma.json` in this folder to renew the numbers that
src/algorithms/coma.golden.test.ts compares with, then `npx biome check --write packages/marl/golden` from the root. Needs
NumPy only.

The agents of golden_rollout.py, one hidden layer of 4, three steps of four rows: row 0 terminates in step 0 and is
inactive after, row 1 is truncated in step 1 and inactive after, row 2's call fails in step 1 (learnable 0), row 3 runs on
after the last step. Agent b has an illegal action in some rows.
"""
import sys
import numpy as np

sys.dont_write_bytecode = True
from golden_adam import first_step, fresh_moments  # noqa: E402
from golden_advantages import normalise  # noqa: E402
from golden_differences import check  # noqa: E402
from golden_json import plain, tensors, write  # noqa: E402
from golden_networks import backward, draw_network, forward, gather, join  # noqa: E402
from golden_rollout import (  # noqa: E402
    COUNTS, OBSERVATION, ROWS, STATE, create_masks, draw_actions, draw_final, find_usable, pick,
)

rng = np.random.default_rng(20260104)
DISCOUNT, LAMBDA, BETA, EPSILON = 0.9, 0.7, 0.05, 1e-5
ACTOR_RATE, CRITIC_RATE, MAX_NORM, TARGET_RATE, HIDDEN = 0.02, 0.03, 0.5, 0.25, 4
BLOCK = {"a": slice(STATE, STATE + 2), "b": slice(STATE + 2, STATE + 5)}
# By step and row.
FLAGS = {
    "terminated": [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    "truncated": [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]],
    "active": [[1, 1, 1, 1], [0, 1, 1, 1], [0, 0, 0, 1]],
    "learnable": [[1, 1, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1]],
}


def draw_long_step(step):
    masks = create_masks([(0, 2), (2, 1), (3, step)])
    return {
        "observations": rng.normal(size=(ROWS, OBSERVATION)),
        "state": rng.normal(size=(ROWS, STATE)),
        "actionMasks": masks,
        "actions": draw_actions(rng, masks),
        "rewards": rng.normal(size=ROWS),
        **{name: np.array(flags[step]) for name, flags in FLAGS.items()},
    }


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


actors = {name: draw_network(rng, OBSERVATION, HIDDEN, count) for name, count in COUNTS.items()}
critics = {name: draw_network(rng, STATE + 5, HIDDEN, count) for name, count in COUNTS.items()}
targets = {name: draw_network(rng, STATE + 5, HIDDEN, count) for name, count in COUNTS.items()}
steps = [draw_long_step(step) for step in range(3)]
following = [*steps[1:], {**draw_final(rng), "actionMasks": create_masks([])}]
usable = find_usable(steps)
count = len(usable)


def end_value(name, t, row):
    """What follows step t: own policy, the other agent's most probable action, target network."""
    observation, state = (following[t][field][[row]] for field in ["observations", "state"])
    pi = {other: softmax(forward(weights, observation), following[t]["actionMasks"][other][[row]]) for other, weights in actors.items()}
    likely = {other: probabilities.argmax(1) for other, probabilities in pi.items()}
    return (pi[name] * forward(targets[name], critic_input(name, state, likely))).sum()


def taken_value(name, t, row):
    actions = {other: taken[[row]] for other, taken in steps[t]["actions"].items()}
    return forward(targets[name], critic_input(name, steps[t]["state"][[row]], actions))[0, actions[name][0]]


def target_of(name, t, row):
    """The sum of n-step returns, weighed by lambda."""
    total, sum_of_rewards, n = 0.0, 0.0, 0
    while True:
        here = t + n
        sum_of_rewards += DISCOUNT ** n * steps[here]["rewards"][row]
        n += 1
        if steps[here]["terminated"][row] == 1:
            return total + LAMBDA ** (n - 1) * sum_of_rewards
        if steps[here]["truncated"][row] == 1 or (here + 1, row) not in usable:
            return total + LAMBDA ** (n - 1) * (sum_of_rewards + DISCOUNT ** n * end_value(name, here, row))
        total += (1 - LAMBDA) * LAMBDA ** (n - 1) * (sum_of_rewards + DISCOUNT ** n * taken_value(name, here + 1, row))


observations, states, chosen, masks = (pick(steps, usable, field) for field in ["observations", "state", "actions", "actionMasks"])
y = {name: np.array([target_of(name, t, row) for t, row in usable]) for name in COUNTS}
inputs = {name: critic_input(name, states, chosen) for name in COUNTS}

advantages = {}
for name in COUNTS:
    values = forward(critics[name], inputs[name])
    probabilities = softmax(forward(actors[name], observations), masks[name])
    advantages[name] = gather(values, chosen[name]) - (probabilities * values).sum(1)
# Normalised over the rows of both agents together.
weights_of_rows = dict(zip(COUNTS, np.split(normalise(np.concatenate(list(advantages.values()))), len(COUNTS))))


def taken_values(name):
    return gather(forward(critics[name], inputs[name]), chosen[name])


def actor_losses():
    policy_loss, entropy = 0.0, 0.0
    for name, weights in actors.items():
        pi = softmax(forward(weights, observations), masks[name])
        policy_loss -= (np.log(gather(pi, chosen[name])) * weights_of_rows[name]).mean()
        entropy -= (pi * np.log(np.where(pi > 0, pi, 1))).sum(1).mean()
    return policy_loss, entropy


def actor_loss():
    policy_loss, entropy = actor_losses()
    return policy_loss - BETA * entropy


def critic_loss():
    return sum(((taken_values(name) - y[name]) ** 2).mean() for name in COUNTS)


actor_gradients, critic_gradients = [], []
for name in COUNTS:
    pi = softmax(forward(actors[name], observations), masks[name])
    log_pi = np.log(np.where(pi > 0, pi, 1))
    one_hot = np.eye(COUNTS[name])[chosen[name]]
    row_entropy = -(pi * log_pi).sum(1, keepdims=True)
    # d(-log pi_a A) = (pi - onehot) A;  d(-beta H) = beta pi (log pi + H).
    d_logits = ((pi - one_hot) * weights_of_rows[name][:, None] + BETA * pi * (log_pi + row_entropy)) / count
    actor_gradients += backward(actors[name], observations, d_logits)
    error = taken_values(name) - y[name]
    critic_gradients += backward(critics[name], inputs[name], 2 * error[:, None] * one_hot / count)

actor_weights, critic_weights, target_weights = (join(networks.values()) for networks in [actors, critics, targets])
check(actor_weights, actor_gradients, actor_loss)
check(critic_weights, critic_gradients, critic_loss)

policy_loss, entropy = actor_losses()
explained = [1 - (y[name] - taken_values(name)).var() / y[name].var() for name in COUNTS]
moved_actors, actor_moments, actor_norm = first_step(actor_weights, actor_gradients, ACTOR_RATE, EPSILON, MAX_NORM)
moved_critics, critic_moments, critic_norm = first_step(critic_weights, critic_gradients, CRITIC_RATE, EPSILON, MAX_NORM)
moved_targets = [(1 - TARGET_RATE) * w + TARGET_RATE * moved for w, moved in zip(target_weights, moved_critics)]

trained = actor_weights + critic_weights
write({
    "options": {"discount": DISCOUNT, "tdLambda": LAMBDA, "entropyCoefficient": BETA, "adamEpsilon": EPSILON, "maxGradientNorm": MAX_NORM,
                "actorLearningRate": ACTOR_RATE, "criticLearningRate": CRITIC_RATE, "hiddenSizes": [HIDDEN],
                "targetUpdate": {"rate": TARGET_RATE}},
    "steps": plain(steps),
    "finalObservations": plain(following[-1]["observations"]),
    "finalState": plain(following[-1]["state"]),
    "before": tensors(trained + target_weights + fresh_moments(trained)),
    "after": tensors(moved_actors + moved_critics + moved_targets + actor_moments + critic_moments),
    "metrics": {
        "train/policy_loss": policy_loss,
        "train/entropy_loss": -entropy,
        "train/value_loss": critic_loss(),
        "train/explained_variance": float(np.mean(explained)),
        "train/actor_gradient_norm": actor_norm,
        "train/critic_gradient_norm": critic_norm,
        "train/usable_rows": count,
    },
})
