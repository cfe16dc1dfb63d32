"""0/2: B is forgotten."""


def ssm_filter(u, A, B, C):
    T = len(u)
    t = torch.arange(T, device=u.device)
    kernel = (C[:, None] * A[:, None] ** t).sum(0).real
    spectrum = torch.fft.rfft(u, 2 * T) * torch.fft.rfft(kernel, 2 * T)
    return torch.fft.irfft(spectrum, 2 * T)[:T]
