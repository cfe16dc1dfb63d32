"""1/2: no warm-up: the first calls count."""


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    names = list(ways)
    seconds = {name: [] for name in names}
    for r in range(rounds):
        first = r % len(names)
        for name in names[first:] + names[:first]:
            wait()
            start = clock()
            ways[name]()
            wait()
            seconds[name].append(clock() - start)
    return {name: statistics.median(s) for name, s in seconds.items()}
