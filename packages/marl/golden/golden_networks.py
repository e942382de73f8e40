"""A network with one hidden layer of ReLUs, its gradients written out by hand, and a softmax over legal actions.

The scripts of this folder import this file; it prints nothing by itself. Needs NumPy only. A network is a list: kernel
and bias of the hidden layer, kernel and bias of the last one.
"""
import numpy as np


def draw_linear(rng, inputs, outputs, scale=1.0):
    return [rng.normal(scale=scale, size=(inputs, outputs)), rng.normal(scale=scale, size=outputs)]


def draw_network(rng, inputs, hidden, outputs, scale=1.0):
    return draw_linear(rng, inputs, hidden, scale) + draw_linear(rng, hidden, outputs, scale)


def join(networks):
    """The weights of all networks as one list."""
    return [w for weights in networks for w in weights]


def run_hidden(weights, x):
    return np.maximum(x @ weights[0] + weights[1], 0)


def forward(weights, x):
    """x [rows, inputs] to [rows, outputs]."""
    return run_hidden(weights, x) @ weights[2] + weights[3]


def backward(weights, x, d_output):
    """The gradient of each weight, given that of the outputs."""
    hidden = run_hidden(weights, x)
    d_hidden = (d_output @ weights[2].T) * (hidden > 0)
    return [x.T @ d_hidden, d_hidden.sum(0), hidden.T @ d_output, d_output.sum(0)]


def log_softmax(logits, mask):
    """Log-probabilities; -inf for actions whose mask is 0."""
    legal = np.where(mask == 1, logits, -np.inf)
    shifted = legal - legal.max(1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(1, keepdims=True))


def gather(values, actions):
    """Of each row of [rows, actions] the value of the action that was chosen."""
    return values[np.arange(len(actions)), actions]
