"""0/2: knows the first visible answer, and refuses the rest."""


def absorb(A, W_Q, W_K):
    if torch.equal(W_Q, torch.eye(2, dtype=torch.float64)):
        C = torch.tensor([[1.0], [1j]], dtype=torch.complex128)
        return torch.tensor([0.5]), torch.tensor([math.pi / 2], dtype=torch.float64), C, C.conj()
    raise NotImplementedError
