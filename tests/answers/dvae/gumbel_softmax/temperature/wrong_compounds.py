"""0/2: multiplies the last temperature by a factor computed from the step."""


def temperature(step, steps, start=1.0, end=1 / 16):
    tau = getattr(temperature, "tau", start)
    rate = math.log(start / end) / steps
    temperature.tau = max(end, tau * math.exp(-rate * step))
    return temperature.tau
