"""Figures over several runs."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from statistics import median


def p95(values: Sequence[float]) -> float:
    """The value that 19 of 20 stay at or below (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * 95 // 100) - 1)]


def interleaved(measure: Mapping[str, Callable[[], float]], rounds: int, warm_up: int = 1) -> dict[str, list[float]]:
    """Every measurement once a round in a shuffled order, so that a busy moment of the machine falls on all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in measure}
    order = list(measure)
    shuffle = random.Random(1).shuffle
    for number in range(warm_up + rounds):
        shuffle(order)
        for name in order:
            taken = measure[name]()
            if number >= warm_up:
                seconds[name].append(taken)
    return seconds


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Median over median."""
    return median(ours) / median(theirs)


def spread(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Both in milliseconds: median, 95th percentile and the best run, which a busy machine disturbs least."""
    figures = (("p50", median), ("p95", p95), ("best", min))
    return "ms: " + ", ".join(f"{name} {of(ours) * 1000:.0f}/{of(theirs) * 1000:.0f}" for name, of in figures)
