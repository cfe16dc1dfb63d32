"""0/2: the real part of each factor: Re(ab) is not Re(a) Re(b)."""


def ssm_filter(u, A, B, C):
    T = len(u)
    t = torch.arange(T, device=u.device)
    kernel = ((C * B).real[:, None] * (A[:, None] ** t).real).sum(0)
    spectrum = torch.fft.rfft(u, 2 * T) * torch.fft.rfft(kernel, 2 * T)
    return torch.fft.irfft(spectrum, 2 * T)[:T]
