"""The claims of the autograd note's summary, which the chapter's opening page takes up."""

import torch

from torchnotes.graph import backward_graph


def test_grad_51_repeats_three_wrong_claims():
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    data = torch.ones(3)
    h = x**2
    loss = (h * data).sum()

    nodes, _ = backward_graph(loss)  # nodes are functions (GRAD-03)
    assert nodes and not any(isinstance(node, torch.Tensor) for node in nodes)

    assert (data * 2 + 1).is_leaf  # a leaf that an operation made and no one tracks (GRAD-07)
    assert not torch.ones(3, requires_grad=True).double().is_leaf

    loss.backward()  # frees what was saved, not the tensor (GRAD-12)
    assert h.tolist() == [1.0, 4.0, 9.0]
    try:
        _ = h.grad_fn._saved_self
    except RuntimeError as error:
        assert "already been freed" in str(error)
    else:
        raise AssertionError("the saved tensor is still there")


def test_grad_51_the_rest_of_the_summary_stands():
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    assert torch.zeros(1).requires_grad is False
    assert x.detach().data_ptr() == x.data_ptr()
    (x**2).backward(torch.tensor([1.0, 1.0, 1.0]))
    (x**2).backward(torch.tensor([1.0, 1.0, 1.0]))
    assert x.grad.tolist() == [4.0, 8.0, 12.0]  # twice [2, 4, 6]: gradients add up
    x.grad.zero_()
    assert x.grad.tolist() == [0.0, 0.0, 0.0]
