"""Runs the engines alternately, so that other load on the machine affects all of them."""
import statistics
import time

import numpy as np

WARM_UP_RUNS = 2
PAUSE_SECONDS = 0.1  # gives threads that spin while waiting for work the time to stop
LARGEST_ERROR = {'single': 1e-6, 'tf32': 1e-4, 'half': 1e-4}  # at least 40 dB below the signal


class Row:
    def __init__(self, engine, times, ratio, error):
        self.engine, self.times, self.ratio, self.error = engine, times, ratio, error
        self.median = statistics.median(times)


def error(expected, actual, rounding):
    """Returns the normalized mean square error; differences up to the rounding error are not counted."""
    if expected.shape != actual.shape or not np.isfinite(actual).all() or not np.isfinite(expected).all():
        return float('inf')
    expected, actual = expected.astype(np.float64), actual.astype(np.float64)
    beyond = np.maximum(np.abs(actual - expected) - rounding, 0)
    return float((beyond ** 2).sum() / (expected ** 2).sum())


def measure(competitors, rounds, scratch):
    """Returns rows in the competitors' order, with ratios and errors relative to the first."""
    for competitor in competitors:
        for _ in range(WARM_UP_RUNS):
            competitor.run()
    outputs = [competitor.output(scratch) for competitor in competitors]
    times = [[] for _ in competitors]
    for _ in range(rounds):
        for of_one, competitor in zip(times, competitors):
            time.sleep(PAUSE_SECONDS)
            of_one.append(competitor.run())
    first = statistics.median(times[0])
    return [Row(competitor.engine, of_one, statistics.median(of_one) / first, error(output, outputs[0], competitor.rounding))
            for competitor, of_one, output in zip(competitors, times, outputs)]
