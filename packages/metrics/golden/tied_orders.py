"""Tie groups, best first: `[[2], [0, 1]]` ranks candidate 2 before 0 and 1, which tie."""

import itertools


def orders(tie_groups):
    """Every order inside the tie groups, as lists of candidates."""
    parts = [list(itertools.permutations(group)) for group in tie_groups]
    return [list(itertools.chain(*choice)) for choice in itertools.product(*parts)]


def complete(tie_groups, n):
    """With the candidates that are not listed in one more group."""
    rest = sorted(set(range(n)) - set(itertools.chain(*tie_groups)))
    return tie_groups + ([rest] if rest else [])


def level(tie_groups, candidate):
    """The index of the candidate's group; candidates that are not listed share the one after the last."""
    return next((g for g, group in enumerate(tie_groups) if candidate in group), len(tie_groups))


def levels(tie_groups, n):
    return [level(tie_groups, candidate) for candidate in range(n)]
