"""0/1: divides by the sum, which is the corrected average's job."""

import torch


def weights(beta, t):
    w = beta ** torch.arange(t - 1, -1, -1, dtype=torch.float64)
    return w / w.sum()
