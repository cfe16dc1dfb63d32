"""0/2: the kernel starts with A instead of 1: the input has faded before it is heard."""


def ssm_filter(u, A, B, C):
    T = len(u)
    t = torch.arange(T, device=u.device)
    kernel = ((C * B)[:, None] * A[:, None] ** (t + 1)).sum(0).real
    spectrum = torch.fft.rfft(u, 2 * T) * torch.fft.rfft(kernel, 2 * T)
    return torch.fft.irfft(spectrum, 2 * T)[:T]
