"""2/2: a convolution per entry of the state, added up in the end; powers by cumprod."""


def ssm_filter(u, A, B, C):
    T = u.shape[0]
    y = torch.zeros_like(u)
    n = 1 << (2 * T).bit_length()
    spectrum = torch.fft.fft(u, n)
    for a, b, c in zip(A, B, C, strict=True):
        steps = torch.cat([torch.ones_like(a)[None], a.expand(T - 1)])
        kernel = torch.cumprod(steps, 0) * b
        y = y + (c * torch.fft.ifft(spectrum * torch.fft.fft(kernel, n))[:T]).real
    return y
