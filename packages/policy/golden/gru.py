"""Gated recurrent units over part of a row in NumPy, float64, computed twice: in matrices and number by number.

Independent of the TypeScript code; run `python3 gru.py > gru.json` to renew the numbers that
src/layers/compute-gru.test.ts compares with, then `npx biome check --write packages/policy` from the root. Needs NumPy only.

Every gate has matrices and biases of its own here; only the JSON joins them, in the order r, z, n. The sequence stands in
the middle of a row, at its end, and in all of it.
"""
import json
import math
import numpy as np

rng = np.random.default_rng(20261129)
ROWS = 3


def draw(*shape):
    """Numbers that float32 holds exactly."""
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def in_matrices(x, W, U, b, c):
    """x [rows, steps, size] to the last state [rows, hidden]."""
    sigmoid = lambda v: 1 / (1 + np.exp(-v))
    h = np.zeros((x.shape[0], U["r"].shape[0]))
    for step in range(x.shape[1]):
        r = sigmoid(x[:, step] @ W["r"] + b["r"] + h @ U["r"] + c["r"])
        z = sigmoid(x[:, step] @ W["z"] + b["z"] + h @ U["z"] + c["z"])
        n = np.tanh(x[:, step] @ W["n"] + b["n"] + r * (h @ U["n"] + c["n"]))
        h = (1 - z) * n + z * h
    return h


def by_number(x, W, U, b, c):
    """The same for one row [steps, size], without NumPy's arithmetic."""
    hidden = len(b["r"])
    h = [0.0] * hidden
    for step in x.tolist():
        part = {
            gate: [
                (
                    b[gate][unit] + math.fsum(v * W[gate][i][unit] for i, v in enumerate(step)),
                    c[gate][unit] + math.fsum(v * U[gate][i][unit] for i, v in enumerate(h)),
                )
                for unit in range(hidden)
            ]
            for gate in "rzn"
        }
        following = []
        for unit in range(hidden):
            # sigmoid(v) = (1 + tanh(v / 2)) / 2.
            r, z = ((1 + math.tanh(sum(part[gate][unit]) / 2)) / 2 for gate in "rz")
            n = math.tanh(part["n"][unit][0] + r * part["n"][unit][1])
            following.append(n + z * (h[unit] - n))
        h = following
    return h


cases = []
for before, steps, size, after, hidden in [(3, 4, 5, 2, 6), (4, 3, 2, 0, 3), (0, 2, 4, 0, 4)]:
    W = {gate: draw(size, hidden) for gate in "rzn"}
    U = {gate: draw(hidden, hidden) for gate in "rzn"}
    b = {gate: draw(hidden) for gate in "rzn"}
    c = {gate: draw(hidden) for gate in "rzn"}
    rows = draw(ROWS, before + steps * size + after)
    end = before + steps * size
    x = rows[:, before:end].reshape(ROWS, steps, size)
    h = in_matrices(x, W, U, b, c)
    assert np.allclose(h, [by_number(row, W, U, b, c) for row in x], rtol=0, atol=1e-12)
    output = np.concatenate([rows[:, :before], rows[:, end:], h], axis=1)
    join = lambda gates: np.concatenate([gates["r"], gates["z"], gates["n"]], axis=-1).ravel().tolist()
    cases.append({
        "sizes": {"inputs": rows.shape[1], "offset": before, "steps": steps, "size": size, "hidden": hidden},
        "arrays": {"kernel": join(W), "recurrentKernel": join(U), "bias": join(b), "recurrentBias": join(c)},
        "rows": rows.ravel().tolist(),
        "output": output.ravel().tolist(),
    })
print(json.dumps({"batchSize": ROWS, "cases": cases}, indent=1))
