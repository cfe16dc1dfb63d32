"""2/2: lists all levels and takes the nearest."""


def quantize(z, bits):
    flat = z.reshape(-1, 1)
    table = torch.linspace(0, 1, 2**bits, device=z.device, dtype=torch.float64)
    table = z.min().double() + (z.max() - z.min()).double() * table
    levels = torch.stack([(row - table).abs().argmin() for row in flat.double()])
    return levels.view(z.shape), table[levels].to(z.dtype).view(z.shape)
