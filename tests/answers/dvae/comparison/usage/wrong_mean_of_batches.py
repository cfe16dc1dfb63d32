"""0/2: averages the perplexities of the batches."""


def usage(batches, num_codes):
    seen, each = set(), []
    for codes in batches:
        p = torch.bincount(codes.flatten(), minlength=num_codes).double() / codes.numel()
        seen |= set(codes.flatten().tolist())
        each.append(torch.special.entr(p).sum().exp().item())
    return len(seen), sum(each) / len(each)
