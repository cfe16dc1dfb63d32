"""0/3: takes torch's Adamax for its base."""


class AdaMax(torch.optim.Adamax):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr=lr, betas=betas, eps=eps)
