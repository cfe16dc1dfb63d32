"""0/2: uses its own clock instead of the one that it is given."""


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    names = list(ways)
    for name in names:
        ways[name]()
    seconds = {name: [] for name in names}
    for r in range(rounds):
        first = r % len(names)
        for name in names[first:] + names[:first]:
            wait()
            start = time.perf_counter()
            ways[name]()
            wait()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(s) for name, s in seconds.items()}
