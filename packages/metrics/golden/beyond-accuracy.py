"""Writes beyond-accuracy.json beside this file, from sources that share no code with the package.

    /usr/bin/python3 packages/metrics/golden/beyond-accuracy.py

Debian: python3-scipy 1.10.1, python3-sklearn 1.2.1, python3-numpy 1.24.2. `SOURCES` names the two sources of each
value.
"""

import collections
import itertools
import math
import sys
from fractions import Fraction

import numpy
from scipy import stats
from scipy.spatial import distance
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.preprocessing import MultiLabelBinarizer

sys.dont_write_bytecode = True
from two_sources import TwoSources  # noqa: E402

ITEMS = 14
USERS = 100
GENRES = ["comedy", "crime", "drama", "war"]
GROUPS = ["head", "middle", "tail"]
CATALOGUE_SHARES = {"groups": (Fraction(1, 5), Fraction(1, 5)), "twoGroups": (Fraction(1, 2), Fraction(1))}

ITEM_BY_ITEM = ("definition in fractions, item by item", "NumPy: sums before and after each place of the sorted counts")
SETS = ("sets, in fractions", "SciPy pdist, jaccard")
UNIT_VECTORS = ("half the squared distance of the unit vectors", "SciPy pdist, cosine")
CROSS_ENTROPY = ("cross entropy less entropy, of shares in fractions", "SciPy entropy(p, q) of NumPy's shares")
SOURCES = {
    "itemCoverage": ("union of the lists, in fractions", "scikit-learn MultiLabelBinarizer, share of columns in use"),
    "giniIndex": (
        "half the relative mean absolute difference over all pairs of items, in fractions",
        "1 - twice the area under the Lorenz curve, numpy.trapz",
    ),
    "shannonEntropy": ("log2(n) - sum of c log2 c / n over counts c", "SciPy entropy"),
    "personalization": ("shared items over all pairs of users", "scikit-learn cosine_similarity of 0/1 vectors"),
    "averagePopularity": ("mean in fractions", "numpy.mean"),
    "groups": ITEM_BY_ITEM,
    "twoGroups": ITEM_BY_ITEM,
    "tailShare": ("share of the list in fractions", "numpy.mean over NumPy's groups"),
    "novelty": ("mean of log2(1 / p), p in fractions", "- log2 of the geometric mean of p, SciPy gmean"),
    "jaccardDistances": SETS,
    "jaccardDiversity": SETS,
    "cosineDistances": UNIT_VECTORS,
    "cosineDiversity": UNIT_VECTORS,
    "calibrationDivergence": CROSS_ENTROPY,
    "weightedDivergence": CROSS_ENTROPY,
    "popularityDeviation": ("H(m) - (H(p) + H(q)) / 2, of shares in fractions", "SciPy jensenshannon, squared"),
    "popularityLift": ("ratio of mean popularities in fractions, less 1", "numpy.mean of each list"),
}


def draw(seed, users, lengths, alpha, smoothing):
    random = numpy.random.default_rng(seed)
    popularity = [int(p) for p in random.permutation([90, 60, 40, 22, 22, 13, 9, 9, 5, 3, 2, 1, 1, 0])]
    # The catalogue's last two items are never recommended.
    lists = [random.permutation(ITEMS - 2)[: lengths[u % len(lengths)]].tolist() for u in range(users)]
    histories = [random.integers(0, ITEMS, 6).tolist() for _ in range(users)]
    features = (random.random((ITEMS, len(GENRES))) < 0.5).astype(int)
    features[features.sum(axis=1) == 0, 1] = 1
    return {
        "lists": lists,
        "histories": histories,
        "popularity": popularity,
        "categories": [[g for g, has in zip(GENRES, row) if has] for row in features],
        "vectors": numpy.round(random.normal(size=(ITEMS, 3)), 3).tolist(),
        "alpha": alpha,
        "smoothing": smoothing,
        "listWeights": numpy.round(random.random(len(lists[0])), 3).tolist(),
        "historyWeights": numpy.round(random.random(6), 3).tolist(),
    }


def exactly(value):
    """The decimal that stands in the file, not its nearest float."""
    return Fraction(str(value))


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def define(lists, histories, popularity, categories, vectors, alpha, smoothing, listWeights, historyWeights):
    """First sources: plain Python, in fractions but for roots and logarithms."""
    items, history = lists[0], histories[0]
    counts = collections.Counter(itertools.chain(*lists))
    every = [Fraction(counts[i]) for i in range(ITEMS)]
    total = sum(counts.values())
    overlaps = [len(set(a) & set(b)) / math.sqrt(len(a) * len(b)) for a, b in itertools.combinations(lists, 2)]
    groups = {name: group_items(popularity, *shares) for name, shares in CATALOGUE_SHARES.items()}
    jaccard = [1 - Fraction(len(set(categories[a]) & set(categories[b])), len(set(categories[a]) | set(categories[b])))
               for a, b in itertools.combinations(items, 2)]
    units = {i: [x / math.hypot(*vectors[i]) for x in vectors[i]] for i in items}
    cosine = [math.dist(units[a], units[b]) ** 2 / 2 for a, b in itertools.combinations(items, 2)]
    known = [(popularity[i] + exactly(smoothing)) / (USERS + 2 * exactly(smoothing)) for i in items]

    def divergence(history_weights, list_weights):
        p, q = category_shares(history, history_weights), category_shares(items, list_weights)
        mixed = {g: (1 - exactly(alpha)) * q.get(g, 0) + exactly(alpha) * share for g, share in p.items()}
        entropy = math.fsum(-share * math.log(share) for share in p.values())
        return math.fsum(-p[g] * math.log(mixed[g]) for g in p) - entropy

    def category_shares(listed, weights):
        shares = collections.defaultdict(Fraction)
        for i, weight in zip(listed, map(exactly, weights)):
            for name in categories[i]:
                shares[name] += weight / sum(map(exactly, weights)) / len(categories[i])
        return shares

    def group_shares(listed):
        return [Fraction(sum(groups["groups"][i] == name for i in listed), len(listed)) for name in GROUPS]

    bits = lambda shares: math.fsum(-share * math.log2(share) for share in shares if share)
    shown, chosen = group_shares(items), group_shares(history)
    middle = [(a + b) / 2 for a, b in zip(shown, chosen)]
    popular = lambda rows: mean(mean(Fraction(popularity[i]) for i in row) for row in rows)
    return {
        "itemCoverage": Fraction(len(set().union(*lists)), ITEMS),
        "giniIndex": sum(abs(a - b) for a in every for b in every) / ITEMS**2 / (2 * mean(every)),
        "shannonEntropy": math.log2(total) - math.fsum(c * math.log2(c) for c in counts.values()) / total,
        "personalization": 1 - math.fsum(overlaps) / len(overlaps),
        "averagePopularity": mean(Fraction(popularity[i]) for i in items),
        **groups,
        "tailShare": group_shares(items)[2],
        "novelty": mean(math.log2(1 / p) for p in known),
        "jaccardDistances": jaccard,
        "jaccardDiversity": mean(jaccard),
        "cosineDistances": cosine,
        "cosineDiversity": mean(cosine),
        "calibrationDivergence": divergence([1] * len(history), [1] * len(items)),
        "weightedDivergence": divergence(historyWeights, listWeights),
        "popularityDeviation": bits(middle) - (bits(shown) + bits(chosen)) / 2,
        "popularityLift": popular(lists) / popular(histories) - 1,
    }


def group_items(popularity, head, tail):
    total = sum(popularity)
    above = [Fraction(sum(q for q in popularity if q > p), total) for p in popularity]
    below = [Fraction(sum(q for q in popularity if q < p), total) for p in popularity]
    return ["head" if a < head else "tail" if b < tail else "middle" for a, b in zip(above, below)]


def derive(lists, histories, popularity, categories, vectors, alpha, smoothing, listWeights, historyWeights):
    """Second sources: NumPy, SciPy and scikit-learn."""
    items, history = lists[0], histories[0]
    incidence = MultiLabelBinarizer(classes=range(ITEMS)).fit_transform(lists)
    counts = incidence.sum(axis=0)
    lorenz = numpy.concatenate([[0], numpy.cumsum(numpy.sort(counts))]) / counts.sum()
    groups = {name: group_sorted(popularity, *map(float, shares)) for name, shares in CATALOGUE_SHARES.items()}
    features = MultiLabelBinarizer(classes=GENRES).fit_transform(categories)
    jaccard = distance.pdist(features[items].astype(bool), "jaccard")
    cosine = distance.pdist(numpy.array(vectors)[items], "cosine")
    array = numpy.array(popularity)
    group_shares = lambda listed: [(groups["groups"][listed] == name).mean() for name in GROUPS]
    genre_shares = lambda listed, weights: numpy.average(
        features[listed] / features[listed].sum(axis=1, keepdims=True), axis=0, weights=weights)

    def divergence(history_weights, list_weights):
        p, q = genre_shares(history, history_weights), genre_shares(items, list_weights)
        return stats.entropy(p, (1 - alpha) * q + alpha * p)

    popular = lambda rows: numpy.mean([array[row].mean() for row in rows])
    return {
        "itemCoverage": incidence.any(axis=0).mean(),
        "giniIndex": 1 - 2 * numpy.trapz(lorenz, dx=1 / ITEMS),
        "shannonEntropy": stats.entropy(counts, base=2),
        "personalization": 1 - cosine_similarity(incidence)[numpy.triu_indices(len(lists), 1)].mean(),
        "averagePopularity": array[items].mean(),
        **groups,
        "tailShare": (groups["groups"][items] == "tail").mean(),
        "novelty": -numpy.log2(stats.gmean((array[items] + smoothing) / (USERS + 2 * smoothing))),
        "jaccardDistances": jaccard,
        "jaccardDiversity": jaccard.mean(),
        "cosineDistances": cosine,
        "cosineDiversity": cosine.mean(),
        "calibrationDivergence": divergence(None, None),
        "weightedDivergence": divergence(historyWeights, listWeights),
        "popularityDeviation": distance.jensenshannon(group_shares(items), group_shares(history), base=2) ** 2,
        "popularityLift": (popular(lists) - popular(histories)) / popular(histories),
    }


def group_sorted(popularity, head, tail):
    """The first and the last of several equal counts bound their group."""
    rising = numpy.sort(popularity)
    sums = numpy.concatenate([[0], numpy.cumsum(rising)])
    below = sums[numpy.searchsorted(rising, popularity, "left")]
    above = sums[-1] - sums[numpy.searchsorted(rising, popularity, "right")]
    return numpy.where(above < head * sums[-1], "head", numpy.where(below < tail * sums[-1], "tail", "middle"))


def case(golden, *settings):
    given = draw(*settings)
    return {**given, "users": USERS, "expected": golden.pairs(define(**given), derive(**given))}


def main():
    golden = TwoSources(SOURCES)
    golden.write("beyond-accuracy.json", {
        "cases": [
            case(golden, 1, 3, [4], 0.01, 0.5),
            case(golden, 2, 6, [5, 3, 7], 0.1, 1),
            case(golden, 3, 2, [2, 9], 0.5, 2),
            case(golden, 4, 20, [10], 0.01, 0.01),
            case(golden, 5, 9, [6, 1], 0.05, 3),
        ],
    })


main()
