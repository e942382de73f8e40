"""Implicit ALS on MovieLens 100K, a second source for the figures of createAls in @rppkit/recommenders.

Written from the paper with exact solves (NumPy) and without a look at ours:
Y. Hu, Y. Koren, C. Volinsky: "Collaborative filtering for implicit feedback datasets", ICDM 2008.

Every rating is an interaction with r = 1. Per user in time order (ties in file order) the last item is the test target, the
one before it the validation target, the rest the training part. A target is ranked among all items less those that the user
had before it.

Run: python3 benchmarks/references/als.py <folder with u.data> --seed 1 --dimensions 64 --regularization 15 --confidence 0.5
     --iterations 15 [--target validation]
Prints one JSON line. Needs NumPy >= 1.24.
"""

import argparse
import json
import platform
from pathlib import Path

import numpy as np


def read_sequences(folder):
    """Item indices of each user, oldest first, and the number of items."""
    rows = np.loadtxt(Path(folder) / "u.data", dtype=np.int64, delimiter="\t")
    users, user = np.unique(rows[:, 0], return_inverse=True)
    items, item = np.unique(rows[:, 1], return_inverse=True)
    order = np.lexsort((rows[:, 3], user))  # Stable: rows of equal time stay in file order.
    return np.split(item[order], np.cumsum(np.bincount(user, minlength=len(users)))[:-1]), len(items)


def solve_side(fixed, rows, confidence, regularization):
    """Eq. 4 (and 5 for the other side): x = (Y'Y + Y'(C - I)Y + lambda I)^-1 Y'C p, for every row."""
    dimensions = fixed.shape[1]
    common = fixed.T @ fixed + regularization * np.eye(dimensions)
    left = np.empty((len(rows), dimensions, dimensions))
    right = np.empty((len(rows), dimensions, 1))
    for index, row in enumerate(rows):
        own = fixed[row]
        left[index] = common + confidence * (own.T @ own)
        right[index, :, 0] = (1 + confidence) * own.sum(axis=0)
    return np.linalg.solve(left, right)[:, :, 0]


def fit(rows, item_count, *, dimensions, regularization, confidence, iterations, seed):
    """User factors and item factors; the users are solved last."""
    random = np.random.default_rng(seed)
    users = random.normal(0, 0.1, (len(rows), dimensions))
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    item = np.concatenate(rows)
    order = np.argsort(item, kind="stable")
    columns = np.split(owner[order], np.cumsum(np.bincount(item, minlength=item_count))[:-1])
    for _ in range(iterations):
        items = solve_side(users, columns, confidence, regularization)
        users = solve_side(items, rows, confidence, regularization)
    return users, items


def evaluate(users, items, sequences, offset, k=10):
    """Mean NDCG@k and recall@k of the item at `offset` from the end of each sequence."""
    gains, hits = [], []
    for vector, sequence in zip(users, sequences):
        scores = items @ vector
        target = sequence[offset]
        scores[sequence[:offset]] = -np.inf
        rank = int(np.sum(scores > scores[target]))
        hits.append(float(rank < k))
        gains.append(1 / np.log2(rank + 2) if rank < k else 0.0)
    return float(np.mean(gains)), float(np.mean(hits))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dimensions", type=int, default=64)
    parser.add_argument("--regularization", type=float, default=15.0)
    parser.add_argument("--confidence", type=float, default=0.5)
    parser.add_argument("--iterations", type=int, default=15)
    parser.add_argument("--target", choices=["test", "validation"], default="test")
    settings = vars(parser.parse_args())
    folder, target = settings.pop("folder"), settings.pop("target")
    sequences, item_count = read_sequences(folder)
    users, items = fit([sequence[:-2] for sequence in sequences], item_count, **settings)
    ndcg, recall = evaluate(users, items, sequences, -1 if target == "test" else -2)
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    print(json.dumps({"ndcg@10": ndcg, "recall@10": recall, "target": target, **settings, "versions": versions}))


if __name__ == "__main__":
    main()
