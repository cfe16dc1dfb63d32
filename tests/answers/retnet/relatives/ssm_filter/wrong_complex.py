"""0/2: returns complex outputs."""


def ssm_filter(u, A, B, C):
    T = len(u)
    t = torch.arange(T, device=u.device)
    kernel = ((C * B)[:, None] * A[:, None] ** t).sum(0)
    spectrum = torch.fft.fft(u, 2 * T) * torch.fft.fft(kernel, 2 * T)
    return torch.fft.ifft(spectrum)[:T]
