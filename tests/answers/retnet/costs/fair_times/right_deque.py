"""2/2: turns a deque round by one after every round."""

from collections import deque


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    names = deque(ways)
    for way in ways.values():
        way()
    seconds = {name: [] for name in ways}
    for _ in range(rounds):
        for name in names:
            wait()
            start = clock()
            ways[name]()
            wait()
            end = clock()
            seconds[name].append(end - start)
        names.rotate(-1)
    return {name: statistics.median(values) for name, values in seconds.items()}
