"""0/2: correlates instead of convolving: looks ahead."""


def ssm_filter(u, A, B, C):
    T = len(u)
    t = torch.arange(T, device=u.device)
    kernel = ((C * B)[:, None] * A[:, None] ** t).sum(0).real
    spectrum = torch.fft.rfft(u, 2 * T) * torch.fft.rfft(kernel, 2 * T).conj()
    return torch.fft.irfft(spectrum, 2 * T)[:T]
