"""The few tests the measurement needs, with their chance of a false alarm stated as p-values."""

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def two_sided_p(z: float) -> float:
    """Chance of a standard normal at least this far from zero.

    >>> round(two_sided_p(1.96), 3)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def of_many(p: float, tests: int) -> float:
    """Chance that the smallest of `tests` independent p-values is at most `p` (Šidák)."""
    return -math.expm1(tests * math.log1p(-min(p, 1 - 1e-16)))


def kolmogorov_p(distance: float, count: int) -> float:
    """Chance of a Kolmogorov–Smirnov distance at least this large (Stephens' approximation)."""
    root = math.sqrt(count)
    scaled = (root + 0.12 + 0.11 / root) * distance
    if scaled < 0.2:
        return 1.0
    terms = ((-1.0) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101))
    return min(1.0, max(0.0, 2 * sum(terms)))


def ranks(values: Floats) -> Floats:
    """Ranks from 0, ties at their mean, shape of `values`; no NaN allowed."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    mid: Floats = ends - (counts + 1) / 2
    return mid[inverse]


def correlation(a: Floats, b: Floats) -> float:
    """Pearson correlation; 0 where one side does not vary."""
    a, b = a - a.mean(), b - b.mean()
    scale = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / scale if scale > 0 else 0.0


def order_p(values: Floats, lags: int = 3) -> float:
    """Chance that values without any order in time show rank autocorrelation as strong as this.

    Looks at the first `lags` lags together. Small for anything that a process carried along.
    """
    ranked = ranks(values)
    count = len(ranked)
    strongest = max(
        abs(correlation(ranked[lag:], ranked[:-lag])) * math.sqrt(count - lag)
        for lag in range(1, lags + 1)
    )
    return of_many(two_sided_p(strongest), lags)


def related_p(a: Floats, b: Floats) -> float:
    """Chance that two unrelated series show a rank correlation as strong as this."""
    return two_sided_p(correlation(ranks(a), ranks(b)) * math.sqrt(len(a) - 1))


def uniform_p(values: Floats, low: float | None = None, high: float | None = None) -> float:
    """Chance that evenly spread values lie as unevenly as these between `low` and `high`.

    Without bounds the extremes are used, half a resolution step wider, so whole numbers
    count as evenly spread where each is equally frequent.
    """
    ordered = np.sort(values)
    if low is None or high is None:
        step = float(np.min(np.diff(np.unique(ordered)))) / 2
        low, high = float(ordered[0]) - step, float(ordered[-1]) + step
    return _distance_p((ordered - low) / (high - low))


def normal_p(values: Floats) -> float:
    """Chance that normal values differ from their own normal curve as much as these (Lilliefors).

    Critical distances of Dallal and Wilkinson (1986); above p = 0.1 only its order is meant.
    """
    ordered = np.sort(values)
    count = len(ordered)
    spread = float(ordered.std(ddof=1))
    cumulated = np.array([_phi(z) for z in (ordered - ordered.mean()) / spread])
    distance = _distance(cumulated) * (math.sqrt(count) - 0.01 + 0.85 / math.sqrt(count))
    # Fitted to the table 0.775, 0.819, 0.895, 0.995, 1.035 at p = .15, .10, .05, .025, .01.
    return min(1.0, math.exp(-10.3 * (distance - 0.775) - 1.9))


def _phi(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _distance_p(cumulated: Floats) -> float:
    return kolmogorov_p(_distance(cumulated), len(cumulated))


def _distance(cumulated: Floats) -> float:
    count = len(cumulated)
    steps = np.arange(1, count + 1) / count
    above = float(np.max(steps - cumulated))
    below = float(np.max(cumulated - (steps - 1 / count)))
    return max(above, below)


def thin_out(values: Floats, most: int) -> Floats:
    """At most `most` values, evenly picked; speed for tests that are settled long before."""
    if len(values) <= most:
        return values
    return values[np.linspace(0, len(values) - 1, most).astype(np.int64)]
