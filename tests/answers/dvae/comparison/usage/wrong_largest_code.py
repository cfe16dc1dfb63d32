"""0/2: takes the largest code for the number of codes."""


def usage(batches, num_codes):
    codes = torch.cat([b.flatten() for b in batches])
    p = torch.bincount(codes).double() / codes.numel()
    return int(codes.max()) + 1, torch.special.entr(p).sum().exp().item()
