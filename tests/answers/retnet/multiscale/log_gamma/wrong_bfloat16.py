"""0/2: gamma passes through bfloat16, where it is 1 from head 4 on."""


def log_gamma(num_heads, schedule="paper"):
    if schedule == "paper":
        gamma = 1 - torch.exp2(-5 - torch.arange(num_heads, dtype=torch.float64))
    else:
        x = torch.linspace(math.log(1 / 32), math.log(1 / 512), num_heads, dtype=torch.float64)
        gamma = 1 - x.exp()
    return gamma.to(torch.bfloat16).double().log().float()
