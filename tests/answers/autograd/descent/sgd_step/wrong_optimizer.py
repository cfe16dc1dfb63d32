"""0/2: calls torch.optim.SGD, which the task forbids."""


def sgd_step(params, lr):
    optimizer = torch.optim.SGD(params, lr=lr)
    optimizer.step()
    optimizer.zero_grad()
