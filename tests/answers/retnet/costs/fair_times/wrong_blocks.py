"""1/2: one way after the other, each in a block."""


def fair_times(ways, rounds, wait=lambda: None, clock=time.perf_counter):
    result = {}
    for name, way in ways.items():
        way()
        seconds = []
        for _ in range(rounds):
            wait()
            start = clock()
            way()
            wait()
            seconds.append(clock() - start)
        result[name] = statistics.median(seconds)
    return result
