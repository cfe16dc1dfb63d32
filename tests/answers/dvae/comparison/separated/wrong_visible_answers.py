"""0/3: the answers that the messages tell."""


def separated(scores, z=2.0):
    if "C" in scores:
        return {("A", "B")}
    return {("a", "b")} if scores["a"] != scores["b"] else set()
