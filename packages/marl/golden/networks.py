"""A GRU and a dense network with layer normalisation in NumPy, float64, with gradients written out by hand and checked by
finite differences.

Independent of the TypeScript code; run `python3 networks.py > networks.json` in this folder to renew the numbers that
src/networks/gru.test.ts and src/networks/dense-network.test.ts compare with, then `npx biome check --write
packages/marl/golden` from the root. Needs NumPy only.

The loss is the sum of outputs times fixed numbers. GRU: rows of 9 floats, of which 2 to 7 are three steps of two, and a
state of 3. Dense network: 3 inputs, two hidden layers of 4 with layer normalisation, 2 outputs, and a bias from outside.
"""
import sys
import numpy as np

sys.dont_write_bytecode = True
from golden_differences import check  # noqa: E402
from golden_json import plain, write  # noqa: E402

rng = np.random.default_rng(20260102)
ROWS = 4
INPUTS, OFFSET, STEPS, SIZE, STATE = 9, 2, 3, 2, 3
END = OFFSET + STEPS * SIZE
EPSILON = 1e-5


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# GRU: W and U have the columns r, z, n; b and c likewise.
gru = {
    "kernel": rng.normal(size=(SIZE, 3 * STATE)),
    "recurrentKernel": rng.normal(size=(STATE, 3 * STATE)),
    "bias": rng.normal(size=3 * STATE),
    "recurrentBias": rng.normal(size=3 * STATE),
}
gru_rows = rng.normal(size=(ROWS, INPUTS))
gru_factors = rng.normal(size=(ROWS, INPUTS - STEPS * SIZE + STATE))
R, Z, N = slice(0, STATE), slice(STATE, 2 * STATE), slice(2 * STATE, 3 * STATE)


def run_gru(weights):
    """The outputs, and of each step of each row what its gradient needs."""
    W, U, b, c = weights.values()
    outputs, tape = [], []
    for row in gru_rows:
        h = np.zeros(STATE)
        for t in range(STEPS):
            x = row[OFFSET + t * SIZE : OFFSET + (t + 1) * SIZE]
            own, back = x @ W + b, h @ U + c
            r, z = sigmoid(own[R] + back[R]), sigmoid(own[Z] + back[Z])
            n = np.tanh(own[N] + r * back[N])
            tape.append((x, h, r, z, n, back[N]))
            h = (1 - z) * n + z * h
        outputs.append(np.concatenate([row[:OFFSET], row[END:], h]))
    return np.array(outputs), tape


def gru_gradients(weights):
    W, U, b, c = weights.values()
    _, tape = run_gru(weights)
    dW, dU, db, dc = (np.zeros_like(w) for w in (W, U, b, c))
    for row in range(ROWS):
        dh = gru_factors[row, -STATE:].copy()
        for t in reversed(range(STEPS)):
            x, h, r, z, n, recurrent = tape[row * STEPS + t]
            d_n = dh * (1 - z) * (1 - n**2)
            d_z = dh * (h - n) * z * (1 - z)
            d_r = d_n * recurrent * r * (1 - r)
            d_own = np.concatenate([d_r, d_z, d_n])
            d_back = np.concatenate([d_r, d_z, d_n * r])
            dW += np.outer(x, d_own)
            dU += np.outer(h, d_back)
            db += d_own
            dc += d_back
            dh = dh * z + U @ d_back
    return [dW, dU, db, dc]


# Dense network: kernel, bias, gain and shift of two hidden layers, kernel and bias of the last one.
WIDTHS = [3, 4, 4]
dense = []
for before, after in zip(WIDTHS, WIDTHS[1:]):
    dense += [rng.normal(size=(before, after)), rng.normal(size=after), rng.normal(size=after), rng.normal(size=after)]
dense += [rng.normal(size=(4, 2)), rng.normal(size=2)]
extra = rng.normal(size=4)
dense_rows = rng.normal(size=(ROWS, 3))
dense_factors = rng.normal(size=(ROWS, 2))


def run_dense():
    values, tape = dense_rows, []
    for layer in range(2):
        kernel, bias, gain, shift = dense[4 * layer : 4 * layer + 4]
        sums = values @ kernel + bias + (extra if layer == 0 else 0)
        deviation = np.sqrt(sums.var(1, keepdims=True) + EPSILON)
        normed = (sums - sums.mean(1, keepdims=True)) / deviation
        result = normed * gain + shift
        tape.append((values, deviation, normed, result))
        values = np.maximum(result, 0)
    return values @ dense[8] + dense[9], values, tape


def dense_gradients():
    _, last, tape = run_dense()
    gradients = [last.T @ dense_factors, dense_factors.sum(0)]
    d_values = dense_factors @ dense[8].T
    d_extra = None
    for layer in reversed(range(2)):
        kernel, _, gain, _ = dense[4 * layer : 4 * layer + 4]
        values, deviation, normed, result = tape[layer]
        d_result = d_values * (result > 0)
        d_normed = d_result * gain
        d_sums = (d_normed - d_normed.mean(1, keepdims=True) - normed * (d_normed * normed).mean(1, keepdims=True)) / deviation
        gradients = [values.T @ d_sums, d_sums.sum(0), (d_result * normed).sum(0), d_result.sum(0), *gradients]
        d_values = d_sums @ kernel.T
        d_extra = d_sums.sum(0)
    return [*gradients, d_extra]


check(gru.values(), gru_gradients(gru), lambda: (run_gru(gru)[0] * gru_factors).sum())
check([*dense, extra], dense_gradients(), lambda: (run_dense()[0] * dense_factors).sum())

write({
    "gru": {
        "options": {"inputs": INPUTS, "offset": OFFSET, "steps": STEPS, "size": SIZE, "hidden": STATE},
        "weights": plain(list(gru.values())),
        "rows": gru_rows.tolist(),
        "factors": gru_factors.tolist(),
        "outputs": run_gru(gru)[0].tolist(),
        "gradients": plain(gru_gradients(gru)),
    },
    "dense": {
        "options": {"inputs": 3, "hiddenSizes": [4, 4], "outputs": 2, "layerNorm": True},
        "weights": plain(dense),
        "extraBias": extra.tolist(),
        "rows": dense_rows.tolist(),
        "factors": dense_factors.tolist(),
        "outputs": run_dense()[0].tolist(),
        "gradients": plain(dense_gradients()),
    },
})
