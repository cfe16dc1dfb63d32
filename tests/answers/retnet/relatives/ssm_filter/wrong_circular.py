"""0/2: no zeros behind: the end wraps around to the beginning."""


def ssm_filter(u, A, B, C):
    T = len(u)
    t = torch.arange(T, device=u.device)
    kernel = ((C * B)[:, None] * A[:, None] ** t).sum(0).real
    spectrum = torch.fft.rfft(u) * torch.fft.rfft(kernel)
    return torch.fft.irfft(spectrum, T)
