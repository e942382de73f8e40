"""Arrays as the JSON of a golden file holds them.

The scripts of this folder import this file; it prints nothing by itself. Needs NumPy only.
"""
import json


def tensors(arrays):
    """Arrays with their shapes, as learners save them."""
    return [{"shape": list(a.shape), "values": a.ravel().tolist()} for a in arrays]


def plain(x):
    """Flat lists instead of arrays, inside lists and dicts."""
    if isinstance(x, dict):
        return {name: plain(v) for name, v in x.items()}
    return [plain(v) for v in x] if isinstance(x, list) else x.ravel().tolist()


def write(golden):
    print(json.dumps(golden, indent=1))
