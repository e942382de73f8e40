"""Writes beyond-accuracy.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/beyond-accuracy.py   (Debian: python3-scipy 1.10.1, python3-sklearn 1.2.1)
    npx biome check --write packages/metrics/golden

Gini              half the relative mean absolute difference over all pairs of items (NumPy)
entropy           scipy.stats.entropy
personalization   sklearn.metrics.pairwise.cosine_similarity of 0/1 vectors
diversity         scipy.spatial.distance.pdist, jaccard and cosine
calibration       scipy.stats.entropy(p, q) on smoothed distributions
deviation         scipy.spatial.distance.jensenshannon squared
groups            the definition in exact fractions, item by item
the rest          NumPy means
"""

import json
import pathlib
from fractions import Fraction

import numpy
from scipy import stats
from scipy.spatial import distance
from sklearn.metrics.pairwise import cosine_similarity

FOLDER = pathlib.Path(__file__).parent
ITEMS = 14
GENRES = ["comedy", "crime", "drama", "war"]


def gini(counts):
    return float(numpy.abs(numpy.subtract.outer(counts, counts)).mean() / (2 * counts.mean()))


def groups(popularity, head, tail):
    total = sum(popularity)
    above = [Fraction(sum(q for q in popularity if q > p), total) for p in popularity]
    below = [Fraction(sum(q for q in popularity if q < p), total) for p in popularity]
    return ["head" if a < head else "tail" if b < tail else "middle" for a, b in zip(above, below)]


def genre_shares(items, features, weights):
    rows = numpy.array([features[i] for i in items], dtype=float)
    rows /= rows.sum(axis=1, keepdims=True)
    return numpy.average(rows, axis=0, weights=weights)


def case(seed, users, lengths, alpha, smoothing):
    random = numpy.random.default_rng(seed)
    popularity = [int(p) for p in random.permutation([90, 60, 40, 22, 22, 13, 9, 9, 5, 3, 2, 1, 1, 0])]
    # The catalogue's last two items are never recommended.
    lists = [random.permutation(ITEMS - 2)[: lengths[u % len(lengths)]].tolist() for u in range(users)]
    histories = [random.integers(0, ITEMS, 6).tolist() for _ in range(users)]
    features = (random.random((ITEMS, len(GENRES))) < 0.5).astype(int)
    features[features.sum(axis=1) == 0, 1] = 1
    vectors = numpy.round(random.normal(size=(ITEMS, 3)), 3)
    list_weights = numpy.round(random.random(len(lists[0])), 3)
    history_weights = numpy.round(random.random(6), 3)

    counts = numpy.bincount(numpy.concatenate(lists), minlength=ITEMS)
    incidence = numpy.array([[int(i in items) for i in range(ITEMS)] for items in lists])
    cosines = cosine_similarity(incidence)
    item_groups = groups(popularity, Fraction(1, 5), Fraction(1, 5))
    names = ["head", "middle", "tail"]

    def group_shares(items):
        return [sum(item_groups[i] == name for i in items) / len(items) for name in names]

    p, q = genre_shares(histories[0], features, None), genre_shares(lists[0], features, None)
    pw, qw = (genre_shares(histories[0], features, history_weights), genre_shares(lists[0], features, list_weights))
    array = numpy.array(popularity)
    mean_of = lambda rows: numpy.mean([array[row].mean() for row in rows])
    probability = (array[lists[0]] + smoothing) / (100 + 2 * smoothing)
    return {
        "lists": lists,
        "histories": histories,
        "popularity": popularity,
        "categories": [[g for g, has in zip(GENRES, row) if has] for row in features],
        "vectors": vectors.tolist(),
        "alpha": alpha,
        "smoothing": smoothing,
        "listWeights": list_weights.tolist(),
        "historyWeights": history_weights.tolist(),
        "expected": {
            "itemCoverage": len(set(sum(lists, []))) / ITEMS,
            "giniIndex": gini(counts),
            "shannonEntropy": float(stats.entropy(counts, base=2)),
            "personalization": float(1 - cosines[numpy.triu_indices(users, 1)].mean()),
            "averagePopularity": float(array[lists[0]].mean()),
            "groups": item_groups,
            "twoGroups": groups(popularity, Fraction(1, 2), Fraction(1)),
            "tailShare": group_shares(lists[0])[2],
            "novelty": float(-numpy.log2(probability).mean()),
            "jaccardDiversity": float(distance.pdist(features[lists[0]].astype(bool), "jaccard").mean()),
            "cosineDiversity": float(distance.pdist(vectors[lists[0]], "cosine").mean()),
            "calibrationDivergence": float(stats.entropy(p, (1 - alpha) * q + alpha * p)),
            "weightedDivergence": float(stats.entropy(pw, (1 - alpha) * qw + alpha * pw)),
            "popularityDeviation": float(
                distance.jensenshannon(group_shares(lists[0]), group_shares(histories[0]), base=2) ** 2
            ),
            "popularityLift": float((mean_of(lists) - mean_of(histories)) / mean_of(histories)),
        },
    }


cases = [
    case(1, 3, [4], 0.01, 0.5),
    case(2, 6, [5, 3, 7], 0.1, 1),
    case(3, 2, [2, 9], 0.5, 2),
    case(4, 20, [10], 0.01, 0.01),
    case(5, 9, [6, 1], 0.05, 3),
]
(FOLDER / "beyond-accuracy.json").write_text(json.dumps(cases, indent=2) + "\n")
