"""0/3: wants to win with every seed, whatever the size of the differences."""


def separated(scores, z=2.0):
    return {
        (a, b) for a in scores for b in scores if all(x < y for x, y in zip(scores[a], scores[b]))
    }
