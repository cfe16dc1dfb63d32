"""1/2: one clock around all rounds of a way, divided by their number."""


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    names = list(ways)
    for name in names:
        ways[name]()
    total = dict.fromkeys(names, 0.0)
    for r in range(rounds):
        first = r % len(names)
        for name in names[first:] + names[:first]:
            wait()
            start = clock()
            ways[name]()
            wait()
            total[name] += clock() - start
    return {name: t / rounds for name, t in total.items()}
