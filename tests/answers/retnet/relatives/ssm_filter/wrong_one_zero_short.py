"""0/2: padded to T + 1 only: most of the end still wraps around."""


def ssm_filter(u, A, B, C):
    T = len(u)
    t = torch.arange(T, device=u.device)
    kernel = ((C * B)[:, None] * A[:, None] ** t).sum(0).real
    spectrum = torch.fft.rfft(u, T + 1) * torch.fft.rfft(kernel, T + 1)
    return torch.fft.irfft(spectrum, T + 1)[:T]
