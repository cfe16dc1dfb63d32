"""2/2: indices modulo the number of ways, and a median by sorting."""


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    names, results = list(ways), {}

    def once(name):
        wait()
        start = clock()
        ways[name]()
        wait()
        return clock() - start

    for name in names:
        ways[name]()
        results[name] = []
    for r in range(rounds):
        for i in range(len(names)):
            name = names[(r + i) % len(names)]
            results[name].append(once(name))

    def median(values):
        values = sorted(values)
        middle = len(values) // 2
        return values[middle] if len(values) % 2 else sum(values[middle - 1 : middle + 1]) / 2

    return {name: median(values) for name, values in results.items()}
