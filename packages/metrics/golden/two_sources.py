"""A golden file in which every value has two sources that agree.

The `expected` entries of a file are pairs: the values of the two sources that its `sources` name for that key, in that
order. A pair whose values differ by more than 1e-12 (absolute, or relative above 1) ends the script before it writes,
so both sources agree on all of a file. Files are laid out as `biome format` would.
"""

import json
import math
import numbers
import pathlib
import re
import time

TOLERANCE = 1e-12
WIDTH = 120
FOLDER = pathlib.Path(__file__).parent


class TwoSources:
    """Collects the pairs of one file. `sources`: key -> the names of its two sources."""

    def __init__(self, sources):
        for key, names in sources.items():
            assert len(names) == 2 and names[0] != names[1], (key, names)
        self.sources = sources
        self.values = dict.fromkeys(sources, 0)
        self.start = time.perf_counter()

    def pair(self, key, first, second):
        """The entry for `key`: numbers, texts or nested lists and dicts of them, from either source."""
        pair = [to_plain(first), to_plain(second)]
        assert agree(*pair), (key, dict(zip(self.sources[key], pair)))
        self.values[key] += count_leaves(pair[0])
        return pair

    def pairs(self, firsts, seconds):
        """The entries for all keys of two dicts."""
        assert firsts.keys() == seconds.keys(), firsts.keys() ^ seconds.keys()
        return {key: self.pair(key, firsts[key], seconds[key]) for key in firsts}

    def write(self, name, content):
        assert all(self.values.values()), ("no entry", self.values)
        text = render(to_plain({"sources": self.sources, **content})) + "\n"
        (FOLDER / name).write_text(text)
        total, seconds = sum(self.values.values()), time.perf_counter() - self.start
        print(f"{name}: {total} values of {len(self.sources)} kinds, each from two sources that agree, {seconds:.1f} s")


def to_plain(value):
    """Fractions and NumPy's numbers and arrays as Python's own."""
    if isinstance(value, dict):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if hasattr(value, "tolist"):
        return to_plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [to_plain(entry) for entry in value]
    if isinstance(value, numbers.Number) and not isinstance(value, (bool, int)):
        assert math.isfinite(value)
        return float(value)
    return value


def agree(first, second):
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(agree(first[key], second[key]) for key in first)
    if isinstance(first, list):
        return len(first) == len(second) and all(map(agree, first, second))
    if isinstance(first, (int, float)) and isinstance(second, (int, float)):
        return math.isclose(first, second, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return first == second


def count_leaves(value):
    if isinstance(value, dict):
        return sum(map(count_leaves, value.values()))
    return sum(map(count_leaves, value)) if isinstance(value, list) else 1


def render(value, indent=0, before=0):
    """JSON at `indent`, after `before` characters of key on the same line."""
    inner = " " * (indent + 2)
    if isinstance(value, dict) and value:
        parts = []
        for key, entry in value.items():
            name = json.dumps(key) + ": "
            parts.append(inner + name + render(entry, indent + 2, len(name)))
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    flat = dump(value)
    if not isinstance(value, list) or ("{" not in flat and indent + before + len(flat) + 1 <= WIDTH):
        return flat
    if all(isinstance(entry, (int, float)) for entry in value):
        return "[\n" + fill([dump(entry) for entry in value], inner) + "\n" + " " * indent + "]"
    return "[\n" + ",\n".join(inner + render(entry, indent + 2) for entry in value) + "\n" + " " * indent + "]"


def dump(value):
    """JSON on one line, with exponents as Biome writes them: 1e-5 and 1e21 for Python's 1e-05 and 1e+21."""
    return re.sub(r"(?<=\d)e([-+])0*(?=\d)", lambda match: "e-" if match[1] == "-" else "e", json.dumps(value, allow_nan=False))


def fill(words, inner):
    lines = [inner + words[0]]
    for index, word in enumerate(words[1:], 2):
        # Each word but the last is followed by a comma.
        if len(lines[-1]) + 2 + len(word) + (index < len(words)) <= WIDTH:
            lines[-1] += ", " + word
        else:
            lines[-1] += ","
            lines.append(inner + word)
    return "\n".join(lines)
