"""2/2: floor of an exact fraction, plus one."""


def break_even(transformer, retnet):
    from fractions import Fraction

    t, r = transformer, retnet
    d_k = Fraction(r["d_model"], r["num_heads"])
    state = r["layers"] * r["d_model"] * 2 * d_k * r["itemsize"]
    token = Fraction(2 * t["layers"] * t["d_model"] * t["num_kv_heads"], t["num_heads"])
    return math.floor(state / (token * t["itemsize"])) + 1
