"""0/2: returns tensors where numbers were asked for."""


def usage(batches, num_codes):
    codes = torch.cat([b.flatten() for b in batches])
    p = torch.bincount(codes, minlength=num_codes).double() / codes.numel()
    return (p > 0).sum(), torch.special.entr(p).sum().exp()
