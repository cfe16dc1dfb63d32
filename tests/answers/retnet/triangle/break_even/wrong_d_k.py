"""1/2: remembers 'd_k tokens' from the page: true of equal sizes only."""


def break_even(transformer, retnet):
    return retnet["d_model"] // retnet["num_heads"] + 1
