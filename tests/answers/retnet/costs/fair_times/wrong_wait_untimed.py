"""1/2: waits after the clock has been read."""


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    names = list(ways)
    for name in names:
        ways[name]()
    seconds = {name: [] for name in names}
    for r in range(rounds):
        first = r % len(names)
        for name in names[first:] + names[:first]:
            wait()
            start = clock()
            ways[name]()
            seconds[name].append(clock() - start)
            wait()
    return {name: statistics.median(s) for name, s in seconds.items()}
