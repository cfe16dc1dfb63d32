"""1/2: turns, but always in one order."""


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    names = list(ways)
    for name in names:
        ways[name]()
    seconds = {name: [] for name in names}
    for r in range(rounds):
        first = r % len(names)
        for name in names:
            wait()
            start = clock()
            ways[name]()
            wait()
            seconds[name].append(clock() - start)
    return {name: statistics.median(s) for name, s in seconds.items()}
